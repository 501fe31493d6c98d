"""REDACT: who may take what back, who sees it, and what nobody learns by trying."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.config import OperatorConfig
from core.state import facts
from core.wire.modes import ModeChange
from tests.fakes.bench import LABELS, QUIET, Bench, Client, bench_with_store, codes, tags

CAPS = f"draft/message-redaction echo-message message-tags {LABELS}"
ADA, BOB = ":ada!~ada@10.0.0.1", ":bob!~bob@10.0.0.1"
OPERATORS = {"root": OperatorConfig("x"), "guard": OperatorConfig("x", ("kill",))}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A node with a store behind it."""
    with bench_with_store(tmp_path, replace(QUIET, operators=OPERATORS)) as bench:
        yield bench


@pytest.fixture
def ada(bench: Bench) -> Client:
    """The founder of #a."""
    return bench.enter("ada", "#a", caps=CAPS)


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    """A member."""
    return bench.enter("bob", "#a", caps=CAPS)


def say(client: Client, line: str) -> str:
    """The msgid of what is said."""
    echo = client.say(line)[0]
    for other in client.bench.clients.values():
        other.read()
    return next(tag[6:] for tag in tags(echo).split(";") if tag.startswith("msgid="))


def bodies(client: Client) -> list[str]:
    return [line.partition(" ")[2] if line[0] == "@" else line for line in client.read()]


def make_operator(bench: Bench, client: Client, name: str) -> None:
    user = client.connection.user
    assert user is not None
    bench.turn(facts.Opered(user.id, name))
    client.read()


def test_authors_and_operators_of_the_room(bench: Bench, ada: Client, bob: Client) -> None:
    eve = bench.enter("eve", "#a", caps="message-tags")
    for author, who, reason in ((ada, ada, ""), (bob, bob, " :typo"), (bob, ada, " :spam")):
        id = say(author, "PRIVMSG #a :x")
        who.feed(f"REDACT #A {id}{reason}")
        bench.settle()
        name = ADA if who is ada else BOB
        for client in (ada, bob):
            assert bodies(client) == [f"{name} REDACT #a {id}{reason}"]
        assert eve.read() == []
        assert ada.say(f"REDACT #a {id}") == [
            f":srv FAIL REDACT UNKNOWN_MSGID #a {id} :This message does not exist or is too old"
        ]
    id = say(ada, "PRIVMSG #a :x")
    refusal = f":srv FAIL REDACT REDACT_FORBIDDEN #a {id} :You are not authorised to delete"
    assert bob.say(f"@label=L REDACT #a {id}")[0].startswith(f"@label=L {refusal}")
    assert ada.read() == []
    ada.say("MODE #a +h bob")
    ada.read(), bob.read()
    assert codes(bob.say(f"REDACT #a {id}")) == ["REDACT"]


def test_tags_and_labels(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("CAP REQ :server-time")
    id = say(ada, "PRIVMSG #a :x")
    seq = bench.sequencer.next_seq
    got = ada.say(f"@label=L REDACT #a {id}")
    assert got == [f"@label=L;time=2023-11-14T22:13:20.000Z;msgid={seq:x} {ADA} REDACT #a {id}"]
    assert bob.read() == [f"@msgid={seq:x} {ADA} REDACT #a {id}"]
    ada.say("CAP REQ :-echo-message")
    id = say(bob, "PRIVMSG #a :x")
    assert ada.say(f"@label=L REDACT #a {id}") == ["@label=L :srv ACK"]
    assert codes(bob.read()) == ["REDACT"]


def test_between_two_users(bench: Bench, ada: Client, bob: Client) -> None:
    id = say(ada, "PRIVMSG bob :x")
    refusal = bob.say(f"REDACT ada {id}")
    assert "REDACT_FORBIDDEN" in refusal[0]
    assert ada.read() == []
    ada.feed(f"REDACT BOB {id} :oh")
    bench.settle()
    assert bodies(ada) == bodies(bob) == [f"{ADA} REDACT bob {id} :oh"]


def test_what_is_said_to_who_is_gone(bench: Bench, ada: Client, bob: Client) -> None:
    id = say(ada, "PRIVMSG bob :x")
    bob.say("QUIT")
    ada.read()
    ada.feed(f"REDACT bob {id}")
    bench.settle()
    assert bodies(ada) == [f"{ADA} REDACT bob {id}"]


def test_nobody_learns_of_what_it_may_not_read(bench: Bench, ada: Client, bob: Client) -> None:
    eve = bench.enter("eve", "#e", caps=CAPS)
    there, hidden = say(ada, "PRIVMSG #a :x"), say(ada, "PRIVMSG bob :x")
    for id in (there, hidden, "ffff", "nonsense"):
        for target in ("#e", "bob", "ada"):
            assert eve.say(f"REDACT {target} {id}") == [
                f":srv FAIL REDACT UNKNOWN_MSGID {target} {id}"
                " :This message does not exist or is too old"
            ]
        for target in ("#a", "#none"):
            assert eve.say(f"REDACT {target} {id}") == [
                f":srv FAIL REDACT INVALID_TARGET {target} :You cannot delete messages there"
            ]


def test_a_message_for_operators_alone(bench: Bench, ada: Client, bob: Client) -> None:
    id = say(ada, "PRIVMSG @#a :x")
    assert "UNKNOWN_MSGID" in bob.say(f"REDACT #a {id}")[0]
    assert codes(ada.say(f"REDACT #a {id}")) == ["REDACT"]
    assert bob.read() == []


def test_operators_of_the_server(bench: Bench, ada: Client, bob: Client) -> None:
    root, guard = bench.enter("root", caps=CAPS), bench.enter("guard", "#a", caps=CAPS)
    make_operator(bench, root, "root")
    make_operator(bench, guard, "guard")
    for client in (ada, bob):
        client.read()
    id = say(ada, "PRIVMSG #a :x")
    assert "REDACT_FORBIDDEN" in guard.say(f"REDACT #a {id}")[0]
    assert codes(root.say(f"REDACT #a {id} :no")) == ["REDACT"]
    assert codes(bob.read()) == ["REDACT"]
    assert "INVALID_TARGET" in root.say(f"REDACT #none {id}")[0]
    id = say(ada, "PRIVMSG bob :x")
    assert "UNKNOWN_MSGID" in root.say(f"REDACT bob {id}")[0]


def test_what_changes_before_the_turn_has_come(bench: Bench, ada: Client, bob: Client) -> None:
    id = say(bob, "PRIVMSG #a :x")
    user, other = ada.connection.user, bob.connection.user
    assert user is not None
    assert other is not None
    ada.feed(f"REDACT #a {id}")
    bench.turn()  # the question is on its way to the store
    request = bench.node.requests.pop()
    assert bench.reader is not None
    bench.node.answer_request(request, bench.reader.answer(request.job))
    bench.turn(facts.RoomModesSet(user.id, "#a", (ModeChange(False, "o", "ada"),)))
    bench.settle()
    assert codes(ada.read()) == ["MODE", "FAIL"]
    bob.read()
    bob.feed(f"REDACT #a {id}")
    bench.turn()
    request = bench.node.requests.pop()
    bench.node.answer_request(request, bench.reader.answer(request.job))
    bench.turn(facts.Parted(other.id, "#a", ""))
    bench.settle()
    assert codes(bob.read()) == ["PART", "FAIL"]


def test_a_store_that_fails(bench: Bench, ada: Client) -> None:
    id = say(ada, "PRIVMSG #a :x")
    ada.feed(f"REDACT #a {id}")
    bench.turn()
    bench.node.answer_request(bench.node.requests.pop(), OSError())
    bench.settle()
    assert "UNKNOWN_MSGID" in ada.read()[0]


def test_nobody_asks(bench: Bench) -> None:
    """Who is gone when its fact's turn comes."""
    assert bench.turn(facts.Redacted(99, "#a", 1, 99, "#a", ""))


def test_syntax(bench: Bench, ada: Client) -> None:
    assert codes(ada.say("REDACT", "REDACT #a", "REDACT : x")) == ["461"] * 3
    assert bench.enter("old").say("REDACT #a 1") == [":srv 421 old REDACT :Unknown command"]
