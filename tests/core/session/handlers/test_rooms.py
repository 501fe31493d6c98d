"""JOIN, PART, KICK, INVITE, TOPIC, MODE, NAMES, LIST: bytes in, bytes out."""

import pytest

from tests.fakes.bench import ISUPPORT, LABELS, Bench, Client, codes, with_limits

ADA = ":ada!~ada@10.0.0.1"
BOB = ":bob!~bob@10.0.0.1"


# JOIN and PART.


def test_join(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob")
    ada.say("TOPIC #a :all of it")
    assert bob.say("JOIN #A") == [
        f"{BOB} JOIN #a",
        ":srv 332 bob #a :all of it",
        ":srv 333 bob #a ada!~ada@10.0.0.1 1700000000",
        ":srv 353 bob = #a :@ada bob",
        ":srv 366 bob #a :End of /NAMES list",
    ]
    assert f"{BOB} JOIN #a" in ada.read()


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("JOIN", ["461"]),
        ("JOIN #a", []),  # in it already: nothing happens
        ("JOIN bad", ["403"]),
        ("JOIN :#b c", ["403"]),
        ("JOIN #b*", ["403"]),
        ("JOIN #" + "x" * 64, ["403"]),
        ("JOIN ,,", []),
        ("JOIN #b,,#c", ["JOIN", "353", "366"] * 2),
        ("JOIN #b key,unused", ["JOIN", "353", "366"]),
        ("PART", ["461"]),
        ("PART #a", ["PART"]),
        ("PART #none", ["403"]),
        ("PART ,#a,#none", ["PART", "403"]),
        ("PART ::a", ["403"]),
        ("JOIN 0", ["PART"]),
    ],
)
def test_joining_and_parting(ada: Client, line: str, answers: list[str]) -> None:
    assert codes(ada.say(line)) == answers


def test_part_gives_the_reason(ada: Client, bob: Client, eve: Client) -> None:
    assert bob.say("PART #a :for tea") == [f"{BOB} PART #a :for tea"]
    assert ada.read() == [f"{BOB} PART #a :for tea"]
    assert eve.say("PART #a") == [":srv 442 eve #a :You're not on that channel"]
    assert ada.say("PART #a") == [f"{ADA} PART #a"]


@pytest.mark.parametrize(("limit", "kept"), [(5, "12345"), (0, "1234567")])
def test_how_long_a_reason_may_be(limit: int, kept: str) -> None:
    bench = Bench(with_limits(kick_length=limit))
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    ada.read()
    assert ada.say("PART #a 1234567") == [f"{ADA} PART #a :{kept}"]
    ada.say("JOIN #b")
    bob.say("JOIN #b")
    bob.read()
    ada.say("KICK #b bob 1234567")
    assert bob.read() == [f"{ADA} KICK #b bob :{kept}"]


def test_join_0_leaves_what_was_joined_just_before(ada: Client) -> None:
    got = ada.say("JOIN #b", "JOIN 0", "NAMES #b", "JOIN #c")
    assert codes(got) == ["JOIN", "353", "366", "PART", "PART", "366", "JOIN", "353", "366"]
    assert {line.split(" ")[2] for line in got if " PART " in line} == {"#a", "#b"}


@pytest.mark.parametrize(
    ("mode", "key", "numeric"),
    [
        ("+i", "", "473"),
        ("+k sesam", "", "475"),
        ("+k sesam", "other", "475"),
        ("+k sesam", "sesam", "JOIN"),
        ("+l 2", "", "471"),
        ("+l 3", "", "JOIN"),
        ("+b eve", "", "474"),
        ("+b *!*@10.0.0.*", "", "474"),
        ("+b other", "", "JOIN"),
    ],
)
def test_closed_rooms(ada: Client, eve: Client, mode: str, key: str, numeric: str) -> None:
    ada.say(f"MODE #a {mode}")
    assert codes(eve.say(f"JOIN #a {key}"))[0] == numeric
    ada.say("INVITE eve #a")
    eve.read()
    if numeric != "JOIN":
        assert codes(eve.say(f"JOIN #a {key}"))[0] == "JOIN"  # an invitation overrides it
        eve.say("PART #a")
        assert codes(eve.say(f"JOIN #a {key}"))[0] == numeric  # once


def test_too_many_rooms() -> None:
    ada = Bench(with_limits(rooms_per_user=2)).enter("ada", "#a", "#b")
    assert ada.say("JOIN #c") == [":srv 405 ada #c :You have joined too many channels"]
    assert ada.say("JOIN #a") == []


def test_names_are_wrapped_into_lines_that_fit(bench: Bench) -> None:
    nicks = [f"{'n' * 28}{number:02}" for number in range(40)]
    for nick in nicks:
        bench.enter(nick, "#a")
    got = bench.enter("ada").say("NAMES #a")
    assert len(got) == 4
    assert all(len(line) <= 510 for line in got)
    shown = [nick.lstrip("@") for line in got[:-1] for nick in line.rpartition(":")[2].split(" ")]
    assert shown == nicks


# KICK and INVITE.


@pytest.mark.parametrize(
    ("who", "line", "answer"),
    [
        ("ada", "KICK #a", ":srv 461 ada KICK :Not enough parameters"),
        ("ada", "KICK #none bob", ":srv 403 ada #none :No such channel"),
        ("eve", "KICK #a bob", ":srv 442 eve #a :You're not on that channel"),
        ("bob", "KICK #a ada", ":srv 482 bob #a :You're not channel operator"),
        ("ada", "KICK #a nobody", ":srv 401 ada nobody :No such nick/channel"),
        ("ada", "KICK #a eve", ":srv 441 ada eve #a :They aren't on that channel"),
        ("ada", "KICK #a bob", f"{ADA} KICK #a bob :ada"),
        ("ada", "KICK #a BOB :go now", f"{ADA} KICK #a bob :go now"),
        ("ada", "KICK #a ada", f"{ADA} KICK #a ada :ada"),
        ("ada", "KICK #a ,", None),
        ("ada", "KICK #a,#b bob", ":srv 461 ada KICK :Not enough parameters"),
        ("ada", "INVITE bob", ":srv 461 ada INVITE :Not enough parameters"),
        ("ada", "INVITE nobody #a", ":srv 401 ada nobody :No such nick/channel"),
        ("ada", "INVITE eve #none", ":srv 403 ada #none :No such channel"),
        ("eve", "INVITE ada #a", ":srv 442 eve #a :You're not on that channel"),
        ("ada", "INVITE bob #a", ":srv 443 ada bob #a :is already on channel"),
        ("bob", "INVITE eve #a", ":srv 341 bob eve #a"),
    ],
)
def test_kick_and_invite(
    ada: Client, bob: Client, eve: Client, who: str, line: str, answer: str | None
) -> None:
    client = {"ada": ada, "bob": bob, "eve": eve}[who]
    ada.read()
    assert client.say(line) == ([answer] if answer else [])


def test_who_is_kicked_and_who_stays_see_it(ada: Client, bob: Client, eve: Client) -> None:
    eve.say("JOIN #a")
    ada.say("KICK #a bob,eve,bob :out")
    assert [codes(client.read())[-2:] for client in (bob, eve)] == [
        ["JOIN", "KICK"],
        ["KICK", "KICK"],
    ]
    ada.say("PRIVMSG #a :gone?")
    assert bob.read() == eve.read() == []


def test_each_from_a_room_of_its_own(ada: Client, bob: Client, eve: Client) -> None:
    ada.say("JOIN #b")
    eve.say("JOIN #b")
    ada.read()
    assert ada.say("KICK #a,#b bob,eve :out") == [
        f"{ADA} KICK #a bob :out",
        f"{ADA} KICK #b eve :out",
    ]


def test_too_many_at_once() -> None:
    bench = Bench(with_limits(targets=1))
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    ada.read()
    assert ada.say("KICK #a bob,ada") == [
        ":srv 407 ada ada :Too many targets; no more than 1 at once",
        f"{ADA} KICK #a bob :ada",
    ]
    assert codes(bob.read()) == ["KICK"]


def test_invite(ada: Client, bob: Client, eve: Client) -> None:
    eve.say("AWAY :asleep")
    ada.say("MODE #a +i")
    assert codes(bob.say("INVITE eve #a")) == ["MODE", "482"]
    ada.read()
    assert ada.say("INVITE eve #A") == [":srv 341 ada eve #a", ":srv 301 ada eve :asleep"]
    assert eve.read() == [f"{ADA} INVITE eve #a"]


# TOPIC.


@pytest.mark.parametrize(
    ("who", "line", "answers"),
    [
        ("ada", "TOPIC", ["461"]),
        ("ada", "TOPIC #none", ["403"]),
        ("ada", "TOPIC #none :x", ["403"]),
        ("ada", "TOPIC #a", ["331"]),
        ("eve", "TOPIC #a", ["331"]),
        ("eve", "TOPIC #a :x", ["442"]),
        ("bob", "TOPIC #a :x", ["482"]),
        ("ada", "TOPIC #a :", []),  # it has none: nothing changes
    ],
)
def test_topic(
    ada: Client, bob: Client, eve: Client, who: str, line: str, answers: list[str]
) -> None:
    client = {"ada": ada, "bob": bob, "eve": eve}[who]
    ada.read()
    assert codes(client.say(line)) == answers


def test_everyone_sees_a_new_topic(ada: Client, bob: Client) -> None:
    ada.say("MODE #a -t")
    bob.read()
    ada.read()
    line = f"{BOB} TOPIC #a :tea: now"
    assert bob.say("TOPIC #a :tea: now") == [line]
    assert ada.read() == [line]
    assert ada.say("TOPIC #a") == [
        ":srv 332 ada #a :tea: now",
        ":srv 333 ada #a bob!~bob@10.0.0.1 1700000000",
    ]
    assert ada.say("TOPIC #a :") == [f"{ADA} TOPIC #a :"]
    assert codes(ada.say("TOPIC #a")) == ["331"]


@pytest.mark.parametrize(("limit", "kept"), [(3, "abc"), (0, "abcdef")])
def test_how_long_a_topic_may_be(limit: int, kept: str) -> None:
    ada = Bench(with_limits(topic_length=limit)).enter("ada", "#a")
    assert ada.say("TOPIC #a abcdef") == [f"{ADA} TOPIC #a :{kept}"]


# Labels.


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("JOIN #a", "ACK"),
        ("JOIN ,", "ACK"),
        ("JOIN 0", ["PART", "PART"]),
        ("JOIN #c,bad", ["JOIN", "353", "366", "403"]),
        ("PART #none", "403"),
        ("MODE #a +zi", ["472", "MODE"]),
        ("MODE ada +i", "MODE"),
        ("MODE ada +zi", ["501", "MODE"]),
        ("MODE ada +o", "ACK"),
        ("TOPIC #a", "331"),
        ("TOPIC #a :x", "TOPIC"),
        ("NAMES #a", ["353", "366"]),
        ("LIST #none", ["321", "323"]),
        ("KICK #a nobody", "401"),
        ("BOGUS", "421"),
        ("PING x", "PONG"),
        ("PONG x", "ACK"),
        ("USER a b c d", "462"),
        ("CAP REQ :-batch", "CAP"),
        ("CHATHISTORY X", "FAIL"),
    ],
)
def test_labels(bench: Bench, line: str, answer: str | list[str]) -> None:
    ada = bench.enter("ada", "#a", "#b", caps=LABELS)
    for pipelined in (False, True):
        got = ada.say(*(["VERSION"] if pipelined else []), f"@label=x {line}")
        got = got[1 + len(ISUPPORT) :] if pipelined else got
        assert got[0].startswith("@label=x :")
        if isinstance(answer, str):
            assert codes(got) == [answer]
        else:
            assert codes(got) == ["BATCH", *answer, "BATCH"]
            assert all(one.startswith("@batch=") for one in got[1:-1])
        bench = Bench()
        ada = bench.enter("ada", "#a", "#b", caps=LABELS)
