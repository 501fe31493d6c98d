"""JOIN, PART, KICK, INVITE, TOPIC, MODE, NAMES, LIST: bytes in, bytes out."""

import pytest

from tests.fakes.bench import LABELS, Bench, Client, codes, with_limits

ADA = ":ada!~ada@10.0.0.1"
BOB = ":bob!~bob@10.0.0.1"


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ada(bench: Bench) -> Client:
    """The operator of #a."""
    return bench.enter("ada", "#a")


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    """A member of #a."""
    return bench.enter("bob", "#a")


@pytest.fixture
def eve(bench: Bench, bob: Client) -> Client:
    """In no room."""
    return bench.enter("eve")


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
        ("JOIN :#b c", ["476"]),
        ("JOIN #b*", ["476"]),
        ("JOIN #" + "x" * 64, ["476"]),
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
        ("ada", "TOPIC #a :", ["TOPIC"]),
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


# NAMES and LIST.


def test_names(ada: Client, bob: Client, eve: Client) -> None:
    ada.say("MODE #a +v ada")
    bob.say("MODE bob +i", "CAP REQ :multi-prefix")
    bob.read()
    assert bob.say("NAMES #A") == [
        ":srv 353 bob = #a :@+ada bob",
        ":srv 366 bob #a :End of /NAMES list",
    ]
    assert eve.say("NAMES #a,#b")[0] == ":srv 353 eve = #a :@ada"  # bob is invisible
    assert eve.say("NAMES #none") == [":srv 366 eve #none :End of /NAMES list"]
    assert eve.say("NAMES") == [":srv 366 eve * :End of /NAMES list"]
    assert eve.say("NAMES ,") == [":srv 366 eve * :End of /NAMES list"]


def test_list(ada: Client, bob: Client, eve: Client) -> None:
    ada.say("TOPIC #a :tea", "JOIN #b")
    assert eve.say("LIST") == [
        ":srv 321 eve Channel :Users  Name",
        ":srv 322 eve #a 2 :tea",
        ":srv 322 eve #b 1 :",
        ":srv 323 eve :End of /LIST",
    ]
    assert codes(eve.say("LIST #b,#none")) == ["321", "322", "323"]
    assert codes(eve.say("LIST >1")) == ["321", "322", "322", "323"]


@pytest.mark.parametrize(
    ("line", "outside", "inside"),
    [
        ("LIST", ["321", "323"], ["321", "322", "323"]),
        ("LIST #a", ["321", "323"], ["321", "322", "323"]),
        ("NAMES #a", ["366"], ["353", "366"]),
        ("TOPIC #a", ["403"], ["331"]),
        ("MODE #a", ["403"], ["324", "329"]),
        ("MODE #a b", ["403"], ["368"]),
        ("WHO #a", ["315"], ["352", "352", "315"]),
        ("WHOIS ada", ["311", "312", "317", "318"], ["311", "319", "312", "317", "318"]),
    ],
)
def test_secret_rooms(
    ada: Client, bob: Client, eve: Client, line: str, outside: list[str], inside: list[str]
) -> None:
    ada.say("MODE #a +s")
    bob.read()
    assert codes(eve.say(line)) == outside
    assert codes(bob.say(line)) == inside


def test_a_secret_room_is_marked_for_its_members(ada: Client) -> None:
    ada.say("MODE #a +s")
    assert ada.say("NAMES #a")[0] == ":srv 353 ada @ #a :@ada"


# Modes of rooms.


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("MODE", [":srv 461 ada MODE :Not enough parameters"]),
        ("MODE #a", [":srv 324 ada #a +nt", ":srv 329 ada #a 1700000000"]),
        ("MODE #none", [":srv 403 ada #none :No such channel"]),
        ("MODE #none +i", [":srv 403 ada #none :No such channel"]),
        ("MODE #none b", [":srv 403 ada #none :No such channel"]),
        ("MODE #A +im", [f"{ADA} MODE #a +im"]),
        ("MODE #a +n-s", []),  # so it is already
        ("MODE #a -nt", [f"{ADA} MODE #a -nt"]),
        ("MODE #a +l 5", [f"{ADA} MODE #a +l 5"]),
        ("MODE #a +l 007", [f"{ADA} MODE #a +l 007"]),
        ("MODE #a -l", []),
        ("MODE #a +k sesam", [f"{ADA} MODE #a +k sesam"]),
        ("MODE #a -k", []),
        ("MODE #a +v bob", [f"{ADA} MODE #a +v bob"]),
        ("MODE #a +o-o BOB ada", [f"{ADA} MODE #a +o-o bob ada"]),
        ("MODE #a -v bob", []),
        ("MODE #a +o nobody", [":srv 401 ada nobody :No such nick/channel"]),
        ("MODE #a +o eve", [":srv 441 ada eve #a :They aren't on that channel"]),
        (
            "MODE #a +iv eve",
            [":srv 441 ada eve #a :They aren't on that channel", f"{ADA} MODE #a +i"],
        ),
        ("MODE #a +o", [":srv 461 ada MODE :Not enough parameters"]),
        ("MODE #a +z", [":srv 472 ada z :is unknown mode char to me"]),
        ("MODE #a +:", [":srv 472 ada * :is unknown mode char to me"]),
        ("MODE #a +b eve", [f"{ADA} MODE #a +b eve!*@*"]),
        ("MODE #a -b eve", []),
        ("MODE #a b", [":srv 368 ada #a :End of channel ban list"]),
    ],
)
def test_modes(ada: Client, eve: Client, line: str, answers: list[str]) -> None:
    ada.read()
    assert ada.say(line) == answers


@pytest.mark.parametrize(
    ("line", "letter", "shown"),
    [
        ("MODE #a +k a,b", "k", "a,b"),
        ("MODE #a +k :a b", "k", "a"),
        ("MODE #a +k " + "x" * 33, "k", "x" * 33),
        ("MODE #a -k :a b", "k", "a"),
        ("MODE #a +l 0", "l", "0"),
        ("MODE #a +l -1", "l", "-1"),
        ("MODE #a +l x", "l", "x"),
        ("MODE #a +l ٣", "l", "٣"),
        ("MODE #a +l 1234567890", "l", "1234567890"),
        ("MODE #a +b :a b", "b", "a"),
        ("MODE #a +b ::a", "b", "*"),
        ("MODE #a +o :a b", "o", "a"),
    ],
)
def test_parameters_that_cannot_be(ada: Client, line: str, letter: str, shown: str) -> None:
    (answer,) = ada.say(line)
    assert answer.startswith(f":srv 696 ada #a {letter} {shown} :")


def test_no_limit_of_a_key() -> None:
    ada = Bench(with_limits(key_length=0)).enter("ada", "#a")
    key = "x" * 100
    assert ada.say(f"MODE #a +k {key}") == [f"{ADA} MODE #a +k {key}"]


@pytest.mark.parametrize(("who", "numeric"), [("bob", "482"), ("eve", "442")])
def test_only_operators_change_modes(
    ada: Client, bob: Client, eve: Client, who: str, numeric: str
) -> None:
    client = bob if who == "bob" else eve
    assert codes(client.say("MODE #a +i")) == [numeric]


def test_the_key_is_for_members(ada: Client, bob: Client, eve: Client) -> None:
    ada.say("MODE #a +kl sesam 9")
    bob.read()
    assert bob.say("MODE #a")[0] == ":srv 324 bob #a +klnt sesam 9"
    assert eve.say("MODE #a")[0] == ":srv 324 eve #a +klnt * 9"
    assert ada.say("MODE #a -k wrong")[-1] == f"{ADA} MODE #a -k wrong"
    assert codes(eve.say("JOIN #a"))[0] == "JOIN"


def test_changing_a_parameter_again(ada: Client) -> None:
    ada.say("MODE #a +l 5")
    assert ada.say("MODE #a +l 5") == []
    assert ada.say("MODE #a +l 6") == [f"{ADA} MODE #a +l 6"]
    assert ada.say("MODE #a -l") == [f"{ADA} MODE #a -l"]


def test_bans() -> None:
    ada = Bench(with_limits(list_entries=2)).enter("ada", "#a")
    assert ada.say("MODE #a +bbb one two three") == [
        ":srv 478 ada #a b :Channel list is full",
        f"{ADA} MODE #a +bb one!*@* two!*@*",
    ]
    assert ada.say("MODE #a +b one") == []
    assert ada.say("MODE #a +b") == [
        ":srv 367 ada #a one!*@* ada!~ada@10.0.0.1 1700000000",
        ":srv 367 ada #a two!*@* ada!~ada@10.0.0.1 1700000000",
        ":srv 368 ada #a :End of channel ban list",
    ]
    assert ada.say("MODE #a -b+b one three") == [f"{ADA} MODE #a -b+b one!*@* three!*@*"]


def test_many_masks_take_several_lines(ada: Client) -> None:
    masks = [f"{'m' * 42}{number}" for number in range(10)]
    got = ada.say(f"MODE #a +{'b' * 10} {' '.join(masks)}")
    assert len(got) == 2
    assert all(len(line) <= 510 for line in got)
    shown = [mask for line in got for mask in line.split(" ")[4:]]
    assert shown == [f"{mask}!*@*" for mask in masks]


@pytest.mark.parametrize(("length", "code"), [(120, "MODE"), (121, "696")])
def test_how_long_a_mask_may_be(ada: Client, length: int, code: str) -> None:
    assert codes(ada.say(f"MODE #a +b {'x' * length}")) == [code]


@pytest.mark.parametrize(("line", "count"), [("+zz", 1), ("+zy", 2), ("+oo", 1), ("+ol", 2)])
def test_one_answer_to_the_same_mistake(ada: Client, line: str, count: int) -> None:
    assert len(ada.say(f"MODE #a {line}")) == count


def test_a_members_invitation_opens_no_closed_door(ada: Client, bob: Client, eve: Client) -> None:
    bob.say("INVITE eve #a")
    ada.say("MODE #a +k sesam")
    eve.read()
    assert codes(eve.say("JOIN #a")) == ["475"]


def test_a_list_and_changes_in_one_command(ada: Client) -> None:
    assert codes(ada.say("MODE #a +bi")) == ["368", "MODE"]


# Modes of users.


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("MODE ada", [":srv 221 ada +"]),
        ("MODE ADA +i", [f"{ADA} MODE ada +i"]),
        ("MODE ada -i", []),
        ("MODE ada +o", []),  # nobody makes an operator of oneself
        ("MODE ada -o", []),
        ("MODE ada +z", [":srv 501 ada :Unknown MODE flag"]),
        ("MODE ada +zi", [":srv 501 ada :Unknown MODE flag", f"{ADA} MODE ada +i"]),
        ("MODE eve", [":srv 502 ada :Cannot change mode for other users"]),
        ("MODE eve +i", [":srv 502 ada :Cannot change mode for other users"]),
        ("MODE nobody", [":srv 401 ada nobody :No such nick/channel"]),
    ],
)
def test_user_modes(ada: Client, eve: Client, line: str, answers: list[str]) -> None:
    ada.read()
    assert ada.say(line) == answers


def test_user_modes_are_kept_and_taken_back(ada: Client) -> None:
    ada.say("MODE ada +i")
    assert ada.say("MODE ada +i") == []
    assert ada.say("MODE ada") == [":srv 221 ada +i"]
    assert ada.bench.node.replica.invisible == 1
    assert ada.say("MODE ada -i") == [f"{ADA} MODE ada -i"]
    assert ada.bench.node.replica.invisible == 0


def test_one_knows_ones_new_nick_in_the_order(ada: Client) -> None:
    assert codes(ada.say("NICK eva", "MODE eva +i", "MODE ada", "PING x")) == [
        "NICK",
        "MODE",
        "401",
        "PONG",
    ]


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
        got = got[3:] if pipelined else got
        assert got[0].startswith("@label=x :")
        if isinstance(answer, str):
            assert codes(got) == [answer]
        else:
            assert codes(got) == ["BATCH", *answer, "BATCH"]
            assert all(one.startswith("@batch=") for one in got[1:-1])
        bench = Bench()
        ada = bench.enter("ada", "#a", "#b", caps=LABELS)
