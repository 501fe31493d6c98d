"""A client's line: what it is told where it cannot be taken, and under which label."""

import pytest

from core.session.label import Label
from tests.fakes.bench import LABELS, Bench, Client, codes


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ada(bench: Bench) -> Client:
    return bench.enter("ada", "#a", caps=f"message-tags {LABELS}")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"@label=L PING " + b"x" * 600, "417 ada :Input line was too long"),
        (b"@label=L PING " + b"x" * 9000, "417 ada :Input line was too long"),
        (b"@label=L;+x=" + b"x" * 4094 + b" PING x", "417 ada :Input line was too long"),
        (b"@label=L;+x=" + b"x" * 9000 + b" PING x", "417 ada :Input line was too long"),
        (b"@a;label=x;label=L PRIVMSG #a :\xff", "FAIL PRIVMSG INVALID_UTF8 :Message rejected:"),
        (b"@label=L;+x=\xff PRIVMSG #a :x", "FAIL PRIVMSG INVALID_UTF8 :Message rejected:"),
        (b"@label=L \xff", "FAIL * INVALID_UTF8 :Message rejected: its bytes are not UTF-8"),
        (b"@label=L PRIVMSG #a :a\0b", "FAIL * INVALID_MESSAGE :Message rejected:"),
        (b"@label=L", "ACK"),
        (b"@label=L :ada", "ACK"),
        (b"@label=L BOGUS", "421 ada BOGUS :Unknown command"),
        (b"@label=L USER a b c d", "462 ada :You may not reregister"),
        (b"@label=L JOIN", "461 ada JOIN :Not enough parameters"),
        (b"@label=L PONG", "ACK"),
        (b"@label=L NOTICE nobody :x", "ACK"),
        (b"@label=L NOTICE", "ACK"),
        (b"@label=L PRIVMSG #a :x", "ACK"),
        (b"@label=L NICK ada", "ACK"),
    ],
)
def test_labels_of_what_cannot_be_taken(ada: Client, line: bytes, answer: str) -> None:
    (got,) = ada.say(line)
    assert got.startswith(f"@label=L :srv {answer}")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"PING " + b"x" * 600, ["417"]),
        (b"@+x=" + b"x" * 9000, ["417"]),
        (b"@label=" + b"L" * 65 + b" PRIVMSG #a :\xff", ["FAIL"]),
        (b"@label= BOGUS", ["421"]),
        (b":ada", []),
        (b"@x=label=L", []),
    ],
)
def test_without_a_label(ada: Client, line: bytes, answer: list[str]) -> None:
    got = ada.say(line)
    assert codes(got) == answer
    assert not any("label" in line for line in got)


def test_before_the_registration(bench: Bench) -> None:
    client = bench.connect()
    client.feed(f"CAP REQ :{LABELS}")
    client.say()
    assert client.say("@label=L JOIN #a") == ["@label=L :srv 451 * :You have not registered"]
    assert client.say("@label=L NICK") == ["@label=L :srv 431 * :No nickname given"]
    assert client.say("@label=L NICK ada") == ["@label=L :srv ACK"]
    client.feed("CAP END")
    got = client.say("@label=L USER u 0 * :r")
    assert codes([got[0], got[1], got[-1]]) == ["BATCH", "001", "BATCH"]
    assert all(line.startswith("@batch=") for line in got[1:-1])
    assert got[0].startswith("@label=L ")


def test_renaming(ada: Client) -> None:
    assert ada.say("@label=L NICK eva") == ["@label=L :ada!~ada@10.0.0.1 NICK eva"]
    (got,) = ada.say("@label=L QUIT :bye")
    assert got == "@label=L ERROR :Closing link: Quit: bye"


def test_several_targets(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", "#b", caps=f"echo-message {LABELS}")
    got = ada.say("@label=L PRIVMSG #a,nobody,#b :x")
    assert codes(got) == ["BATCH", "PRIVMSG", "401", "PRIVMSG", "BATCH"]
    assert got[0].startswith("@label=L :srv BATCH +")


def test_two_batches_are_no_single_answer(bench: Bench) -> None:
    caps = f"echo-message draft/multiline {LABELS}"
    ada = bench.enter("ada", "#a", caps=caps)
    node, connection = bench.node, ada.connection
    lines = [":srv BATCH +1 x\r\n", "@batch=1 :srv NOTE\r\n", ":srv BATCH -1\r\n"]

    def answer_twice() -> None:
        for number in ("1", "2"):
            for line in lines:
                node.send(connection, line.replace("1", number).encode())

    label = connection.label = Label("L")
    answer_twice()
    connection.label = None
    node.settle_label(connection, label)
    got = ada.read()
    assert codes(got) == ["BATCH", *["BATCH", "NOTE", "BATCH"] * 2, "BATCH"]
