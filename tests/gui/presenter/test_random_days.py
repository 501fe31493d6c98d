"""Windows at random, over the real server's node and store: nothing is lost or shown twice.

Connections break at any byte, with or without the server's knowledge; windows are closed, killed
and started again; people talk, react, take back, scroll up, look at the past, leave and come back,
on several devices at once, with clocks that are wrong.  When all has settled every window shows a
stretch of the server's order that reaches to its end.

A seed tells the same story every time.  PARLOR_DAYS=1000 runs so many more.
"""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from core.config import AccountsConfig, Config, LimitsConfig, ServerConfig
from gui.model.conversation import Conversation, Place
from gui.model.message import Delivery, Kind, Message
from tests.fakes.bench import bench_with_store
from tests.gui.day import PASSWORD, Day, Device, seq

SEEDS = 30 + int(os.environ.get("PARLOR_DAYS", "0"))
STEPS = 250
ROOMS = ("#a", "#b")
CONFIG = Config(
    server=ServerConfig(name="srv", lobby=""),
    accounts=AccountsConfig(argon2_memory_kib=8, argon2_iterations=1),
    limits=LimitsConfig(
        messages_per_second=0.0, login_attempts=0, register_seconds=0.0, ping_seconds=0.0
    ),
)


# --- what people do ---------------------------------------------------------------------------


def here(device: Device) -> Conversation | None:
    one = device.presenter.desk.chat.open
    return one if one is not None and one.place is not Place.SERVER else None


def say(day: Day, device: Device) -> None:
    one = here(device)
    if one is None or not one.joined or device.presenter.connection.state == "trying":
        return
    text = day.text()
    if day.random.random() < 0.2 and (answered := pick(day, one)):
        device.presenter.message.reply(answered.uid)
    device.presenter.composer.send(text)
    if one.draft != text:  # it was not refused
        device.said.append(text)


def write_to(day: Day, device: Device) -> None:
    if not device.target.account:
        return  # the server keeps no private history of guests
    device.presenter.people.message(day.random.choice(["ada", "bob"]))
    say(day, device)


def pick(day: Day, one: Conversation) -> Message | None:
    messages = [each for each in one.shown.messages if each.kind is Kind.TEXT]
    return day.random.choice(messages) if messages else None


def react(day: Day, device: Device) -> None:
    if (one := here(device)) and (message := pick(day, one)):
        device.presenter.message.react(message.uid, day.random.choice("ab"))


def redact(day: Day, device: Device) -> None:
    if (one := here(device)) and (message := pick(day, one)):
        device.presenter.message.redact(message.uid)
        day.redacted.add(message.text)


def again(day: Day, device: Device) -> None:
    one = here(device)
    failed = [each for each in one.timeline.unsent() if each.problem] if one else []
    if failed:
        device.again.add(failed[0].text)
        device.presenter.message.send_again(failed[0].uid)


def look_back(day: Day, device: Device) -> None:
    """At a message of the whole past."""
    one = here(device)
    rows = day.truth(device.nick, one.name) if one else []
    if one is not None and rows:
        device.presenter.jumping.jump(one.key, f"{day.random.choice(rows).seq:x}")


def leave(day: Day, device: Device) -> None:
    if one := here(device):
        device.closed.add(one.key)
        device.presenter.conversations.close(one.key)


def join(day: Day, device: Device) -> None:
    room = day.random.choice(ROOMS)
    device.presenter.composer.send(f"/join {room}")


def go(day: Day, device: Device) -> None:
    device.presenter.conversations.step(day.random.choice((1, -1)))


def attend(day: Day, device: Device) -> None:
    device.screen.attends = not device.screen.attends
    device.presenter.reading.looked()


def lose(day: Day, device: Device) -> None:
    device.link.lose(silently=day.random.random() < 0.4)


def connect(day: Day, device: Device) -> None:
    if device.link.client is None:
        device.link.connect()


def restart(day: Day, device: Device) -> None:
    if device.presenter.desk.chat.nick and day.random.random() < 0.3:
        device.restart(killed=day.random.random() < 0.5)


def older(day: Day, device: Device) -> None:
    device.presenter.reading.older()


def newer(day: Day, device: Device) -> None:
    device.presenter.reading.newer()


def write(day: Day, device: Device) -> None:
    device.write()


def pass_time(day: Day, device: Device) -> None:
    day.pass_time(day.random.choice((0.1, 1.0, 30.0)))


def bury(day: Day, device: Device) -> None:
    day.bury()


DEEDS: list[Callable[[Day, Device], None]] = [
    *[say] * 8, *[write_to] * 2, *[react] * 2, *[older] * 3, *[go] * 3, *[connect] * 4,
    *[attend] * 2, lose, redact, again, look_back, newer, leave, join, restart, pass_time, bury,
]  # fmt: skip


def step(day: Day) -> None:
    """Something happens somewhere, or something moves on."""
    device = day.random.choice(day.devices)
    day.pass_time(0.003)
    what = day.random.random()
    if what < 0.35:
        day.random.choice(DEEDS)(day, device)
    elif what < 0.5:
        device.link.work()
    elif what < 0.7:
        device.link.read(day.random.choice((1, 40, 300, 10_000)))
    elif what < 0.85:
        device.show(day.random.choice((1, 3, 100)))
    else:
        day.bench.settle()


# --- what must hold ---------------------------------------------------------------------------


def check(day: Day, device: Device) -> None:
    chat, session = device.presenter.desk.chat, device.link.session
    assert session is not None
    assert device.presenter.connection.state == "online"
    for one in chat.conversations.values():
        assert session.pending(one.key) == ()

        if one.place is Place.SERVER or not one.joined:
            continue
        check_order(day, device, one)
        check_unread(device, one)
    check_said(day, device, arrived(day))


def check_order(day: Day, device: Device, one: Conversation) -> None:
    """What is shown is the end of what the server has, in its order, each once."""
    messages = [each for each in one.timeline.messages if each.kind is not Kind.NOTE]
    assert not [each for each in messages if each.delivery is Delivery.PENDING]
    sent = [each for each in messages if each.delivery is Delivery.SENT]
    shown = [seq(each.msgid) for each in sent if not each.redacted]
    told = [row.seq for row in day.truth(device.nick, one.name)]
    assert shown == told[len(told) - len(shown) :], one.name
    assert len(shown) >= min(len(told), 1)
    all_shown = [each.msgid for each in sent]
    assert len(all_shown) == len(set(all_shown))
    texts = {row.seq: row.text for row in day.truth(device.nick, one.name)}
    assert [each.text for each in sent if not each.redacted] == [texts[each] for each in shown]


def check_unread(device: Device, one: Conversation) -> None:
    """No more is unread than others have said after what was read.  (What was told while a
    conversation was being closed is counted still.)"""
    if one.read_until and one.key not in device.closed:
        others = [each for each in one.timeline.messages if each.msgid and not each.own]
        assert one.unread <= sum(each.time > one.read_until for each in others), one.name


def arrived(day: Day) -> Counter[str]:
    """How often each text is in the server's store, as far as anybody may read it."""
    rows = {
        row.seq: row.text
        for nick in ("ada", "bob", "witness")
        for name in (*ROOMS, "ada", "bob")
        for row in day.truth(nick, name)
    }
    return Counter(rows.values())


def check_said(day: Day, device: Device, there: Counter[str]) -> None:
    """Each message of ours has arrived once, or stands there as not sent."""
    unsent = Counter(
        one.text
        for unfinished in device.presenter.keeping.unfinished().values()
        for one in unfinished.unsent
    )
    for text in device.said:
        if text != "ok" and text not in device.again:
            kept = there[text] + unsent[text] >= 1 or text in day.redacted
            assert kept, f"{text} is lost"
            assert there[text] <= 1, f"{text} came twice"


def begin(seed: int, folder: Path) -> None:
    with bench_with_store(folder, CONFIG) as bench:
        day = Day(seed, bench)
        for name in ("ada", "bob"):
            bench.enter(name, *ROOMS).say(f"REGISTER * * :{PASSWORD}")
        bench.enter("witness", *ROOMS)
        skew = day.random.choice((0.0, 0.0, 5000.0, -5000.0))
        day.devices += [
            Device(day, "ada", "ada", skew), Device(day, "ada", "ada"),
            Device(day, "bob", "bob"), Device(day, "carol"),
        ]  # fmt: skip
        day.settle()
        day.devices[3].presenter.composer.send("/join #a")
        for _ in range(STEPS):
            step(day)
        day.settle()
        for device in day.devices:
            check(day, device)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_day(seed: int, tmp_path: Path) -> None:
    begin(seed, tmp_path)
