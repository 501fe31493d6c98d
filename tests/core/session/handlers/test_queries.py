"""WHOIS, USERHOST, AWAY; LUSERS, MOTD, VERSION, TIME."""

import pytest

from core.state.facts import UserModesSet
from core.state.replica import Stamp
from core.wire.modes import ModeChange
from tests.fakes.bench import (
    ISUPPORT,
    LABELS,
    START,
    Bench,
    Client,
    codes,
    with_limits,
    with_server,
)

COUNTS = ["251", "252", "253", "254", "255", "265", "266"]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ada(bench: Bench) -> Client:
    return bench.enter("ada", "#a")


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    return bench.enter("bob", "#b")


def make_operator(bench: Bench, client: Client) -> None:
    """Nothing grants +o yet; the replica knows it all the same."""
    user = client.connection.user
    assert user is not None
    user.modes += "o"
    fact = UserModesSet(user.id, (ModeChange(True, "o"),))
    assert bench.node.replica.apply(Stamp(0, 0, 0), fact)[0].changes == ()  # type: ignore[union-attr]


# WHOIS.


def test_whois(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", "#b", secure=True)
    make_operator(bench, bob)
    bob.say("AWAY :lunch")
    ada.read()
    bench.time = START + 65_000
    assert ada.say("WHOIS BOB") == [
        ":srv 311 ada bob ~bob 10.0.0.1 * :Bob",
        ":srv 319 ada bob :#a @#b",
        ":srv 312 ada bob srv :parlor-0.1.0",
        ":srv 301 ada bob :lunch",
        ":srv 313 ada bob :is an IRC operator",
        ":srv 671 ada bob :is using a secure connection",
        ":srv 317 ada bob 65 1700000000 :seconds idle, signon time",
        ":srv 318 ada bob :End of /WHOIS list",
    ]
    bob.say("PRIVMSG #a :x", "NOTICE #a :x")
    assert ":srv 317 ada bob 0 1700000000 :seconds idle, signon time" in ada.say("WHOIS bob")


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("WHOIS", ["431"]),
        ("WHOIS :", ["431"]),
        ("WHOIS nobody", ["401", "318"]),
        ("WHOIS srv ada", ["311", "319", "312", "317", "318"]),
        ("WHOIS ada,bob", ["311", "319", "312", "317", "318"]),
        ("WHOIS :a b", ["401", "318"]),
    ],
)
def test_forms_of_whois(ada: Client, bob: Client, line: str, answers: list[str]) -> None:
    assert codes(ada.say(line)) == answers


def test_rooms_of_the_invisible(ada: Client, bob: Client) -> None:
    bob.say("MODE bob +i", "JOIN #a")
    assert ":srv 319 ada bob :#a" in ada.say("WHOIS bob")
    assert ":srv 319 bob bob :@#b #a" in bob.say("WHOIS bob")


def test_many_rooms_take_several_lines(bench: Bench, ada: Client) -> None:
    names = [f"#{'r' * 50}{number}" for number in range(20)]
    bob = bench.enter("bob", *names)
    got = [line for line in ada.say("WHOIS bob") if " 319 " in line]
    assert len(got) > 1
    assert all(len(line) <= 510 for line in got)
    listed = [room for line in got for room in line.rpartition(":")[2].split(" ")]
    assert listed == [f"@{name}" for name in names]
    assert bob.read() == []


# USERHOST and AWAY.


def test_userhost(bench: Bench, ada: Client, bob: Client) -> None:
    make_operator(bench, bob)
    bob.say("AWAY :x")
    assert ada.say("USERHOST ADA nobody bob") == [
        ":srv 302 ada :ada=+~ada@10.0.0.1 bob*=-~bob@10.0.0.1"
    ]
    assert ada.say("USERHOST") == [":srv 461 ada USERHOST :Not enough parameters"]
    assert ada.say("USERHOST a b c d e ada") == [":srv 302 ada :"]


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


# The server.


@pytest.mark.parametrize("target", ["", "srv", "s*", "ADA"])
@pytest.mark.parametrize(
    ("command", "answers"),
    [("MOTD", ["422"]), ("VERSION", ["351", *ISUPPORT]), ("TIME", ["391"])],
)
def test_questions_to_this_server(
    ada: Client, command: str, answers: list[str], target: str
) -> None:
    assert codes(ada.say(f"{command} {target}")) == answers


@pytest.mark.parametrize("command", ["MOTD", "VERSION", "TIME"])
def test_there_is_no_other_server(ada: Client, command: str) -> None:
    assert ada.say(f"{command} other") == [":srv 402 ada other :No such server"]


def test_what_the_answers_hold(ada: Client) -> None:
    ada.bench.time = START + 1234
    assert ada.say("TIME") == [":srv 391 ada srv :2023-11-14T22:13:21.234Z"]
    assert ada.say("VERSION")[0] == ":srv 351 ada parlor-0.1.0 srv :"


def test_the_message_of_the_day() -> None:
    ada = Bench(with_server(motd="hello")).enter("ada")
    assert ada.say("MOTD") == [
        ":srv 375 ada :- srv Message of the day -",
        ":srv 372 ada :- hello",
        ":srv 376 ada :End of /MOTD command",
    ]


def test_lusers(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("MODE bob +i")
    bench.enter("eve").say("QUIT")
    got = ada.say("LUSERS")
    assert codes(got) == COUNTS
    assert got[0] == ":srv 251 ada :There are 1 users and 1 invisible on 1 servers"
    assert got[3] == ":srv 254 ada 2 :channels formed"
    assert got[5] == ":srv 265 ada 2 3 :Current local users 2, max 3"


def test_labels(bench: Bench) -> None:
    ada = bench.enter("ada", caps=LABELS)
    assert ada.say("@label=x AWAY :x") == [
        "@label=x :srv 306 ada :You have been marked as being away"
    ]
    assert codes(ada.say("@label=x WHOIS nobody")) == ["BATCH", "401", "318", "BATCH"]
    assert codes(ada.say("@label=x VERSION")) == ["BATCH", "351", *ISUPPORT, "BATCH"]
    assert codes(ada.say("@label=x VERSION other")) == ["402"]
