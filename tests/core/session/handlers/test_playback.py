"""What else happened in a room, in its history: the same lines as they were seen live."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.session.render import timestamp
from tests.fakes.bench import START, Bench, Client, bench_with_store, tags

CAPS = "batch draft/chathistory message-tags server-time"
ALL = (
    f"{CAPS} draft/event-playback extended-join account-tag draft/message-redaction"
    " draft/multiline echo-message"
)
_BATCH = re.compile(r"^@batch=[0-9a-f]+;?")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with bench_with_store(tmp_path) as bench:
        yield bench


def replayed(client: Client, request: str = "LATEST #a * 99") -> list[str]:
    """The lines of an answer as they would be outside of their batch."""
    opening, *inside, closing = client.say(f"CHATHISTORY {request}")
    assert " BATCH +" in opening
    assert " BATCH -" in closing
    assert all(line.startswith("@batch=") for line in inside)
    lines = [_BATCH.sub("@", line) for line in inside]
    return [line.removeprefix("@ ") for line in lines]


@pytest.mark.parametrize("caps", [ALL, "draft/event-playback batch"])
def test_history_is_what_was_seen(bench: Bench, caps: str) -> None:
    """Everything a member sees of a room, its history says again, byte by byte."""
    ada = bench.enter("ada", "#a")
    bob = bench.enter("bob", "#a", caps=caps)
    live = []
    for client, line in [
        (ada, "PRIVMSG #a :hi"),
        (ada, "REGISTER * * :a long password"),
        (ada, "TOPIC #a :our topic"),
        (ada, "TOPIC #a :"),
        (ada, "MODE #a +mv-v bob bob"),
        (ada, "MODE #a +k key"),
        (ada, "MODE #a -mk key"),
        (ada, "MODE ada +B"),
        (ada, "PRIVMSG #a :beep"),
        (ada, "NICK eva"),
        (ada, "NICK ada"),
    ]:
        bench.time += 1000
        client.say(line)
        live += bob.read()
    cy = bench.enter("cy")
    for client, line in [
        (cy, "JOIN #a"),
        (cy, "PART #a"),
        (cy, "JOIN #a"),
        (cy, "PART #a :bye now"),
        (cy, "JOIN #a"),
        (ada, "KICK #a cy :out with you"),
        (cy, "JOIN #a"),
        (cy, "QUIT :gone"),
    ]:
        bench.time += 1000
        client.say(line)
        live += bob.read()
    start = timestamp(START)
    again = replayed(bob, f"AFTER #a timestamp={start} 99")
    assert again == [line for line in live if " ACCOUNT " not in line]


def test_only_for_those_who_asked(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=CAPS)
    ada.say("TOPIC #a :x", "PRIVMSG #a :one", "TOPIC #a :y", "@+draft/react=x TAGMSG #a")
    assert [line.rpartition(":")[2] for line in replayed(ada)] == ["one"]
    ada.say("CAP REQ :draft/event-playback")
    commands = [line.split(" ")[2] for line in replayed(ada)]
    assert commands == ["JOIN", "TOPIC", "PRIVMSG", "TOPIC", "TAGMSG"]
    ada.say("CAP REQ :-message-tags")
    assert len(replayed(ada)) == 4, "TAGMSG is for those who know tags"


def test_modes_that_fit_into_no_line(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=ALL)
    masks = [f"{number}{'x' * 100}!*@*" for number in range(9)]
    bench.time += 1
    live = ada.say(f"MODE #a +{'b' * 4} {' '.join(masks[:4])}")
    live = [line for line in live if " MODE " in line]
    assert [line for line in replayed(ada) if " MODE " in line] == live


def test_messages_of_several_lines(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=ALL)
    plain = bench.enter("bob", "#a", caps=CAPS)
    ada.say(
        "@+x=y BATCH +1 draft/multiline #a",
        "@batch=1 PRIVMSG #a :one",
        "@batch=1 PRIVMSG #a :",
        "@batch=1;draft/multiline-concat PRIVMSG #a :two",
        "BATCH -1",
    )
    fallback = plain.read()
    opening, inner, *pieces, inner_end, closing = ada.say("CHATHISTORY LATEST #a * 1")
    outer = opening.split(" ")[2][1:]
    reference = inner.split(" BATCH +")[1].split(" ")[0]
    assert inner.startswith(f"@batch={outer};time=")
    assert tags(inner).endswith(";+x=y")
    assert [line.partition(" :")[0].partition(";")[0] for line in pieces] == (
        [f"@batch={reference}"] * 3
    )
    assert inner_end == f"@batch={outer} :ada!~ada@10.0.0.1 BATCH -{reference}"
    assert closing == f":srv BATCH -{outer}"
    assert replayed(plain) == fallback
    assert len(fallback) == 2
    assert [("msgid=" in tags(line)) for line in fallback] == [True, False]


def test_redacted_messages(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=ALL)
    id = next(part[6:] for part in tags(ada.say("PRIVMSG #a :oops")[0]).split(";") if "id=" in part)
    live = ada.say(f"REDACT #a {id} :too much")
    assert replayed(ada)[-1] == live[0]
    assert not any("oops" in line for line in replayed(ada))
    ada.say("CAP REQ :-draft/message-redaction")
    assert [line.split(" ")[2] for line in replayed(ada)] == ["JOIN"]
    ada.say("CAP REQ :draft/message-redaction", "PRIVMSG #a :again")
    id = next(part[6:] for part in tags(replayed(ada)[-1]).split(";") if part.startswith("msgid="))
    live = ada.say(f"REDACT #a {id}")
    assert replayed(ada)[-1] == live[0]


def test_an_account_comes_back_to_its_modes(bench: Bench) -> None:
    """A mode that nobody gave has the server as its source."""
    ada = bench.enter("ada", "#a", caps="sasl")
    ada.say("REGISTER * * :a long password")
    bob = bench.enter("bob", "#a", caps=ALL)
    ada.say("PERSISTENCE SET OFF")
    ada.say("QUIT")
    guest = bench.enter("guest", "#a")
    bob.read()
    guest.say("PRIVMSG NickServ :IDENTIFY ada a long password")
    bench.settle()
    live = [line for line in bob.read() if " MODE " in line]
    assert [line for line in replayed(bob) if " MODE " in line] == live
