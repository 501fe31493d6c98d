"""SEARCH: attributes, errors, and who finds what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.session.handlers.search import words_of
from core.session.render import timestamp
from tests.fakes.bench import START, Bench, Client, bench_with_store, codes, with_limits

CAPS = "batch draft/search message-tags server-time"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with bench_with_store(tmp_path, with_limits(history_messages=4)) as bench:
        yield bench


@pytest.fixture
def ada(bench: Bench) -> Client:
    """In #a and #b with Bob, where things were said, a second apart."""
    ada = bench.enter("ada", "#a", "#b", caps=CAPS)
    bob = bench.enter("bob", "#a", caps=CAPS)
    for number, (client, line) in enumerate(
        [
            (ada, "PRIVMSG #a :Be what you want"),
            (bob, "PRIVMSG #a :Want what you be"),
            (ada, "NOTICE #b :you there"),
            (bob, "PRIVMSG ada :only you"),
            (ada, "TOPIC #a :you are no message"),
            (bob, "PRIVMSG #a :the end"),
        ]
    ):
        bench.time = START + 1000 * number
        client.say(line)
    ada.read()
    return ada


def texts(lines: list[str]) -> list[str]:
    return [line.rpartition(" :")[2] for line in lines if " BATCH " not in line]


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ("text=you", ["Be what you want", "Want what you be", "you there", "only you"]),
        ("text=you;limit=1", ["only you"]),
        ("text=you;in=#A", ["Be what you want", "Want what you be"]),
        ("text=you;in=bob", ["only you"]),
        ("text=you;from=BOB", ["Want what you be", "only you"]),
        ("from=jackie", []),
        ("in=#b", ["you there"]),
        ("in=nobody", []),
        ("text=you\\swant", ["Be what you want", "Want what you be"]),
        ("text=you;after=" + timestamp(START + 2000), ["you there", "only you"]),
        ("text=you;limit=1;after=" + timestamp(START), ["Be what you want"]),
        ("text=you;before=" + timestamp(START + 1000), ["Be what you want", "Want what you be"]),
        ("limit=9", ["Want what you be", "you there", "only you", "the end"]),
        ("limit=0", []),
    ],
)
def test_what_is_found(ada: Client, attributes: str, found: list[str]) -> None:
    got = ada.say(f"SEARCH {attributes}")
    assert codes(got)[0] == codes(got)[-1] == "BATCH"
    assert got[0].endswith(" search")
    assert texts(got) == found


def test_the_older_name(ada: Client) -> None:
    ada.say("CAP REQ :soju.im/search")
    opening, line, closing = ada.say("SEARCH text=there")
    reference = opening.split(" ")[2][1:]
    assert opening == f":srv BATCH +{reference} soju.im/search"
    assert line.startswith(f"@batch={reference};time={timestamp(START + 2000)};msgid=")
    assert line.endswith(" :ada!~ada@10.0.0.1 NOTICE #b :you there")
    assert closing == f":srv BATCH -{reference}"


def test_without_batches(ada: Client) -> None:
    ada.say("CAP REQ :-batch -message-tags -server-time")
    assert ada.say("SEARCH text=there") == [":ada!~ada@10.0.0.1 NOTICE #b :you there"]


@pytest.mark.parametrize(
    ("line", "parameter"),
    [
        ("SEARCH", "*"),
        ("SEARCH :", "*"),
        ("SEARCH ;", "*"),
        ("SEARCH what=ever", "what"),
        ("SEARCH text=", "text"),
        ("SEARCH text=!?", "text"),
        ("SEARCH text=" + "\\s".join("x" * 21), "text"),
        ("SEARCH limit=many", "limit"),
        ("SEARCH limit=-1", "limit"),
        ("SEARCH after=yesterday", "after"),
        ("SEARCH before=timestamp=2020-01-01T00:00:00.000Z", "before"),
        ("SEARCH in=#nowhere", "in"),
        ("SEARCH in=#c", "in"),
    ],
)
def test_errors(bench: Bench, ada: Client, line: str, parameter: str) -> None:
    bench.enter("eve", "#c")
    got = ada.say(line, "PING after")
    assert got == [
        f":srv FAIL SEARCH INVALID_PARAMS {parameter} :Invalid parameters",
        ":srv PONG srv :after",
    ]


def test_strangers_find_nothing(bench: Bench, ada: Client) -> None:
    eve = bench.enter("eve", "#c", caps=CAPS)
    assert texts(eve.say("SEARCH text=you")) == []
    assert texts(eve.say("SEARCH in=ada")) == []


def test_a_store_that_fails() -> None:
    bench = Bench(with_limits(history_messages=0))
    ada = bench.enter("ada")
    ada.feed("SEARCH limit=7", "PING behind")
    bench.turn()
    (request,) = bench.node.requests
    assert request.job.limit == 7
    bench.node.requests.clear()
    bench.node.answer_request(request, OSError("the disk"))
    bench.node.inbound.wake(bench.now)
    bench.settle()
    assert ada.read() == [
        ":srv FAIL SEARCH INTERNAL_ERROR :The search could not be run",
        ":srv PONG srv :behind",
    ]


@pytest.mark.parametrize(("text", "cost"), [("one\\sthree", 3.0), ("a\\sb\\scd", 6.0)])
def test_short_words_count_more(text: str, cost: float) -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=20))
    ada = bench.enter("ada")
    ada.connection.tokens = 20.0
    ada.feed(f"SEARCH text={text}")
    assert ada.connection.tokens == 20.0 - cost


def test_words() -> None:
    assert words_of(" a  b! -- \t ünï \u2003 1 ") == ("a", "b!", "ünï", "1")
