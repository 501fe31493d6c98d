"""ISON, USERHOST, USERIP and AWAY."""

import pytest

from tests.fakes.bench import LABELS, Bench, Client, codes, with_limits
from tests.fakes.operators import operator, with_operator


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    return bench.enter("bob", "#b")


def test_userhost(ada: Client, bob: Client) -> None:
    bob.say("AWAY :x")
    assert ada.say("USERHOST ADA nobody bob") == [
        ":srv 302 ada :ada=+~ada@10.0.0.1 bob=-~bob@10.0.0.1"
    ]
    assert ada.say("USERHOST") == [":srv 461 ada USERHOST :Not enough parameters"]
    assert ada.say("USERHOST a b c d e ada") == [":srv 302 ada :"]


def test_userip_tells_addresses_to_those_who_may_know_them() -> None:
    bench = Bench(with_operator())
    root, ada, bob = operator(bench), bench.enter("ada"), bench.enter("bob")
    root.say("CHGHOST ada nice.example")
    ada.read()
    assert ada.say("USERIP ada") == [":srv 340 ada :ada=+~ada@10.0.0.1"]
    assert bob.say("USERIP ada root") == [
        ":srv 340 bob :ada=+~ada@nice.example root*=+~root@10.0.0.1"
    ]
    assert root.say("USERIP ada") == [":srv 340 root :ada=+~ada@10.0.0.1"]
    assert bob.say("USERHOST ada") == [":srv 302 bob :ada=+~ada@nice.example"]


def test_ison(ada: Client, bob: Client) -> None:
    assert ada.say("ISON eve ADA :bob eva") == [":srv 303 ada :ada bob"]
    assert ada.say("ISON eve", "ISON") == [
        ":srv 303 ada :",
        ":srv 461 ada ISON :Not enough parameters",
    ]
    got = ada.say(f"ISON {' '.join(['ada'] * 125)}")
    assert len(got) == 2
    assert all(len(line) <= 510 for line in got)


def test_away_is_told_to_those_who_asked(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps="away-notify")
    eve = bench.enter("eve", "#a")
    ada.read()
    bob.read()
    assert codes(ada.say("AWAY :lunch")) == ["306"]
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY :lunch"]
    assert codes(ada.say("AWAY :lunch")) == ["306"]
    assert bob.read() == []  # nothing new
    assert codes(ada.say("AWAY")) == ["305"]
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY"]
    assert codes(ada.say("AWAY :")) == ["305"]
    assert eve.read() == []
    assert codes(bob.say("AWAY :x")) == ["306"]  # one's own is not told


def test_who_comes_in_away_is_told_as_such(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps="away-notify")
    bob = bench.enter("bob", caps="away-notify")
    bob.say("AWAY :x")
    assert codes(bob.say("JOIN #a")) == ["JOIN", "353", "366"]
    assert ada.read() == [":bob!~bob@10.0.0.1 JOIN #a", ":bob!~bob@10.0.0.1 AWAY :x"]


@pytest.mark.parametrize(("limit", "kept"), [(3, "abc"), (0, "abcdef")])
def test_how_long_an_away_message_may_be(limit: int, kept: str) -> None:
    bench = Bench(with_limits(away_length=limit))
    ada = bench.enter("ada")
    bench.enter("bob").say("AWAY abcdef")
    assert ada.say("PRIVMSG bob :x") == [f":srv 301 ada bob :{kept}"]


def test_labels(bench: Bench) -> None:
    ada = bench.enter("ada", caps=LABELS)
    assert ada.say("@label=x AWAY :x") == [
        "@label=x :srv 306 ada :You have been marked as being away"
    ]
    assert ada.say("@label=x ISON ada") == ["@label=x :srv 303 ada :ada"]
