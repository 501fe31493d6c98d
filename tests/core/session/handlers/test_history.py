"""CHATHISTORY: what is refused, and pages out of a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.session.handlers.history import parse_reference
from core.session.render import timestamp
from core.state.conversations import Part, Row
from tests.fakes.bench import START, Bench, Client, bench_with_store, codes, tags, with_limits

ADA = "ada!~ada@10.0.0.1"
CAPS = "batch draft/chathistory message-tags server-time"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A node with a store behind it, which keeps one message a second."""
    with bench_with_store(tmp_path, with_limits(history_messages=4)) as bench:
        yield bench


@pytest.fixture
def ada(bench: Bench) -> Client:
    """In #a, where six messages were said: m0 to m5, a second apart."""
    ada = bench.enter("ada", "#a", caps=CAPS)
    for number in range(6):
        bench.time = START + 1000 * number
        ada.say(f"PRIVMSG #a :m{number}")
    return ada


def texts(lines: list[str]) -> list[str]:
    return [line.rpartition(":")[2] for line in lines if " PRIVMSG " in line]


def ids(lines: list[str]) -> list[str]:
    return [part[6:] for line in lines for part in tags(line).split(";") if part[:6] == "msgid="]


# References.


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("*", (None, None)),
        ("msgid=1f", (31, None)),
        ("msgid=", None),
        ("msgid=0", None),
        ("msgid=1F", None),
        ("msgid=01f", None),
        ("msgid=0x1f", None),
        ("msgid=-1", None),
        ("msgid=1_0", None),
        ("msgid=" + "f" * 16, None),
        ("msgid=hello", None),
        ("timestamp=2023-11-14T22:13:20.000Z", (None, START)),
        ("timestamp=2023-11-14T22:13:20.1Z", (None, START + 100)),
        ("timestamp=1969-12-31T23:59:59.000Z", (None, -1000)),
        ("timestamp=0001-01-01T00:00:00.000Z", (None, -62135596800000)),
        ("timestamp=2023-11-14T22:13:20Z", None),
        ("timestamp=2023-11-31T22:13:20.000Z", None),
        ("timestamp=now", None),
        ("other=1", None),
        ("", None),
        ("**", None),
    ],
)
def test_parse_reference(text: str, bound: tuple[int | None, int | None] | None) -> None:
    assert parse_reference(text) == bound


@example(2150000000002)  # as a float it is a millisecond too early
@given(st.integers(0, 253402300799999))
def test_the_time_of_a_message_is_a_reference_to_it(milliseconds: int) -> None:
    assert parse_reference(f"timestamp={timestamp(milliseconds)}") == (None, milliseconds)


# What is refused.


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("CHATHISTORY", "INVALID_PARAMS * :Unknown command"),
        ("CHATHISTORY BAD #a * 5", "INVALID_PARAMS BAD :Unknown command"),
        ("CHATHISTORY LATEST", "INVALID_PARAMS LATEST :Insufficient parameters"),
        ("CHATHISTORY LATEST #a *", "INVALID_PARAMS LATEST :Insufficient parameters"),
        ("CHATHISTORY LATEST #a * 5 6", "INVALID_PARAMS LATEST :Too many parameters"),
        ("CHATHISTORY BETWEEN #a * * 5", "INVALID_PARAMS BETWEEN * :The reference must be"),
        ("CHATHISTORY BETWEEN #a msgid=1 5", "INVALID_PARAMS BETWEEN :Insufficient parameters"),
        ("CHATHISTORY AROUND #a * 5", "INVALID_PARAMS AROUND * :The reference must be"),
        ("CHATHISTORY TARGETS * * 5", "INVALID_PARAMS TARGETS * :The reference must be"),
        ("CHATHISTORY TARGETS msgid=1 msgid=2 5", "INVALID_PARAMS TARGETS msgid=1 :Invalid"),
        ("CHATHISTORY TARGETS #a timestamp=1 5", "INVALID_PARAMS TARGETS #a :The reference"),
        ("CHATHISTORY BEFORE #a * 5", "INVALID_PARAMS BEFORE * :The reference must be"),
        ("CHATHISTORY AFTER #a msgid=zz 5", "INVALID_PARAMS AFTER msgid=zz :The reference"),
        ("CHATHISTORY AFTER #a seq=1 5", "INVALID_MSGREFTYPE AFTER #a :References are"),
        ("CHATHISTORY TARGETS seq=1 * 5", "INVALID_PARAMS TARGETS seq=1 :The reference"),
        ("CHATHISTORY LATEST #a * x", "INVALID_PARAMS LATEST x :The limit must be"),
        ("CHATHISTORY LATEST #a * -1", "INVALID_PARAMS LATEST -1 :The limit must be"),
        ("CHATHISTORY LATEST #a * ٣", "INVALID_PARAMS LATEST ٣ :The limit must be"),
        ("CHATHISTORY LATEST #a * 1234567890", "INVALID_PARAMS LATEST 1234567890 :The limit"),
        ("CHATHISTORY LATEST #none * 5", "INVALID_TARGET LATEST #none :Messages could not"),
        ("CHATHISTORY LATEST #b * 5", "INVALID_TARGET LATEST #b :Messages could not"),
        ("CHATHISTORY LATEST nobody * 5", "INVALID_TARGET LATEST nobody :Messages could not"),
    ],
)
def test_errors(bench: Bench, ada: Client, line: str, answer: str) -> None:
    bench.enter("eve", "#b")
    got = ada.say(line, "PING after")
    assert got[0].startswith(f":srv FAIL CHATHISTORY {answer}")
    assert got[1:] == [":srv PONG srv :after"]


# Pages.


@pytest.mark.parametrize(
    ("request_", "found"),
    [
        ("LATEST #a * 2", "m4 m5"),
        ("LATEST #A * 100", "m2 m3 m4 m5"),  # the most that one answer holds
        ("latest #a * 0", "m2 m3 m4 m5"),
        ("LATEST #a msgid={2} 9", "m3 m4 m5"),
        ("LATEST #a msgid={2} 2", "m4 m5"),
        ("LATEST #a timestamp={t4} 9", "m5"),
        ("BEFORE #a msgid={3} 2", "m1 m2"),
        ("BEFORE #a msgid={0} 2", ""),
        ("BEFORE #a timestamp={t2} 9", "m0 m1"),
        ("AFTER #a msgid={1} 2", "m2 m3"),
        ("AFTER #a msgid={5} 2", ""),
        ("AFTER #a timestamp={t3} 9", "m4 m5"),
        ("AROUND #a msgid={2} 3", "m1 m2 m3"),
        ("AROUND #a timestamp={t2} 1", "m2"),
        ("BETWEEN #a msgid={0} msgid={5} 2", "m1 m2"),
        ("BETWEEN #a msgid={5} msgid={0} 2", "m3 m4"),
        ("BETWEEN #a timestamp={t4} timestamp={t1} 9", "m2 m3"),
        ("BETWEEN #a msgid={1} timestamp={t4} 9", "m2 m3"),
    ],
)
def test_pages(bench: Bench, ada: Client, request_: str, found: str) -> None:
    every = ids(ada.say("CHATHISTORY LATEST #a * 4"))
    first = int(every[0], 16) - 2  # m0's: each was one fact
    names = {f"t{n}": timestamp(START + 1000 * n) for n in range(6)}
    request_ = request_.format(*(f"{first + n:x}" for n in range(6)), **names)
    got = ada.say(f"CHATHISTORY {request_}")
    assert codes(got)[0] == codes(got)[-1] == "BATCH"
    assert texts(got) == found.split()


def test_a_whole_answer(bench: Bench, ada: Client) -> None:
    opening, line, closing = ada.say("CHATHISTORY LATEST #A * 1")
    reference = opening.split(" ")[2][1:]
    assert opening == f":srv BATCH +{reference} chathistory #a"
    section = f"@batch={reference};time={timestamp(START + 5000)};msgid="
    assert line.startswith(section)
    assert line.endswith(f" :{ADA} PRIVMSG #a :m5")
    assert closing == f":srv BATCH -{reference}"


def test_without_batch_or_tags(bench: Bench, ada: Client) -> None:
    ada.say(f"CAP REQ :{' '.join('-' + name for name in CAPS.split())}")
    line = f":{ADA} PRIVMSG #a :m5"
    assert ada.say("CHATHISTORY LATEST #a * 1") == [line]
    ada.say("CAP REQ :batch")
    opening, inside, _ = ada.say("CHATHISTORY LATEST #a * 1")
    assert inside == f"@batch={opening.split(' ')[2][1:]} {line}"


def test_a_label_stands_on_the_batch(bench: Bench, ada: Client) -> None:
    ada.say("CAP REQ :labeled-response")
    opening, *inside, closing = ada.say("@label=x CHATHISTORY LATEST #a * 2")
    assert opening.startswith("@label=x :srv BATCH +")
    assert [tags(line).startswith("batch=") for line in inside] == [True, True]
    assert closing.startswith(":srv BATCH -")


def test_private_messages_from_both_sides(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", caps=CAPS)
    ada.say("PRIVMSG bob :one")
    bob.say("PRIVMSG ada :two", "NOTICE ada :three", "@+x=1 TAGMSG ada")
    ada.read()
    got = ada.say("CHATHISTORY LATEST BOB * 9")
    assert got[0].endswith(" chathistory BOB")
    assert codes(got) == ["BATCH", "PRIVMSG", "PRIVMSG", "NOTICE", "BATCH"]
    assert codes(bob.say("CHATHISTORY LATEST ada * 9")) == codes(got)
    assert codes(bench.enter("eve").say("CHATHISTORY LATEST ada * 9")) == []


def targets(client: Client, first: int, second: int, limit: int = 9) -> list[str]:
    """The names that TARGETS gives, between two times in seconds after the start."""
    one, other = (timestamp(START + 1000 * seconds) for seconds in (first, second))
    got = client.say(f"CHATHISTORY TARGETS timestamp={one} timestamp={other} {limit}")
    opening, *inside, closing = got
    reference = opening.split(" ")[2][1:]
    assert opening == f":srv BATCH +{reference} draft/chathistory-targets"
    assert closing == f":srv BATCH -{reference}"
    assert all(line.startswith(f"@batch={reference} :srv CHATHISTORY TARGETS ") for line in inside)
    return [" ".join(line.split(" ")[4:]) for line in inside]


def test_targets(bench: Bench, ada: Client) -> None:
    at = [timestamp(START + 1000 * seconds) for seconds in range(20)]
    for seconds, nick in ((10, "Bob"), (12, "Cy")):
        bench.time = START + 1000 * seconds
        bench.enter(nick, caps=CAPS).say("PRIVMSG ada :hi")
    bench.time += 1000
    cy = list(bench.clients.values())[-1]
    cy.say("NICK Cyril")
    bench.enter("cy").say("PRIVMSG ada :another one")
    ada.read()
    ada.say("JOIN #silent")
    every = [f"#a {at[5]}", f"Bob {at[10]}", f"Cyril {at[12]}", f"cy {at[13]}"]
    assert targets(ada, -1, 99) == targets(ada, 99, -1) == every
    assert targets(ada, -1, 99, 2) == every[:2]
    assert targets(ada, 99, -1, 2) == every[2:]
    assert targets(ada, 5, 12) == [every[1]]
    assert targets(ada, 5, 5) == []
    for client in list(bench.clients.values())[1:]:
        client.say("QUIT")
    bench.time += 1000
    bench.enter("BOB").say("PRIVMSG ada :hi")
    ada.read()
    assert targets(ada, 9, 99) == [every[2], every[3], f"BOB {at[14]}"], "one nick, one target"
    ada.say("CAP REQ :-batch")
    request = f"CHATHISTORY TARGETS timestamp={at[0]} timestamp={at[9]} 9"
    assert ada.say(request) == [f":srv CHATHISTORY TARGETS {every[0]}"]


def test_targets_of_a_store_that_fails(slow: Client) -> None:
    bench = slow.bench
    slow.feed(f"CHATHISTORY TARGETS timestamp={timestamp(0)} timestamp={timestamp(1)} 9")
    bench.turn()
    bench.node.answer_request(bench.node.requests.pop(), OSError("the disk"))
    assert slow.read() == [
        ":srv FAIL CHATHISTORY MESSAGE_ERROR TARGETS * :Messages could not be retrieved"
    ]


def test_a_guest_that_is_gone_can_still_be_read(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob")
    bob.say("PRIVMSG ada :bye", "QUIT")
    ada.read()
    assert texts(ada.say("CHATHISTORY LATEST bob * 9")) == ["bye"]


def test_a_room_with_another_name(bench: Bench, ada: Client) -> None:
    ada.say("RENAME #a #new :better")
    got = ada.say("CHATHISTORY LATEST #new * 2")
    assert [line.split(" ")[3] for line in got[1:-1]] == ["#new", "#new"]


def test_no_limit_of_what_an_answer_holds(tmp_path: Path) -> None:
    bench = Bench(with_limits(history_messages=0))
    ada = bench.enter("ada", "#a")
    ada.feed("CHATHISTORY LATEST #a * 123456")
    bench.turn()
    user = ada.connection.user
    assert user is not None
    since = bench.node.replica.rooms["#a"].since[user]
    keys = ("", f" {START:x}R", f" {START:x}")
    place = tuple(Part(f"#a{key}", 0 if not key else since, "#a") for key in keys)
    assert bench.node.requests[0].job.place[:3] == place
    assert bench.node.requests[0].job.limit == 123456


# The store is slow, or fails.


@pytest.fixture
def slow() -> Client:
    """Ada, in #a; nobody answers her questions but the test."""
    return Bench().enter("ada", "#a", caps="batch draft/chathistory")


def test_commands_wait_for_the_answer(slow: Client) -> None:
    bench = slow.bench
    slow.feed("CHATHISTORY LATEST #a * 9", "PING behind")
    bench.turn()
    slow.feed("PING too")
    assert slow.read() == []
    (request,) = bench.node.requests
    bench.node.requests.clear()
    bench.node.answer_request(request, [Row(1, START, ADA, 0, "#a", "hi", "")])
    bench.node.inbound.wake(bench.now)
    bench.settle()
    assert codes(slow.read()) == ["BATCH", "PRIVMSG", "BATCH", "PONG", "PONG"]


def test_a_store_that_fails(slow: Client) -> None:
    bench = slow.bench
    slow.feed("CHATHISTORY LATEST #a * 9")
    bench.turn()
    bench.node.answer_request(bench.node.requests.pop(), OSError("the disk"))
    assert slow.read() == [
        ":srv FAIL CHATHISTORY MESSAGE_ERROR LATEST #a :Messages could not be retrieved"
    ]


def test_who_asked_is_gone(slow: Client) -> None:
    bench = slow.bench
    slow.feed("CHATHISTORY LATEST #a * 9")
    bench.turn()
    bench.node.lost(slow.connection, "reset")
    bench.node.answer_request(bench.node.requests.pop(), [])
    bench.settle()
    assert slow.read() == []


def test_who_asks_is_gone_before_its_turn(slow: Client) -> None:
    slow.feed("CHATHISTORY LATEST #a * 9")
    slow.bench.node.lost(slow.connection, "reset")
    slow.bench.turn()
    assert slow.bench.node.requests == []
