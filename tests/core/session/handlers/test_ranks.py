"""Who may do what in a room: ranks, lists, accounts; bytes in, bytes out."""

import pytest

from tests.fakes.bench import Bench, Client, codes, with_limits, words

ADA = ":ada!~ada@10.0.0.1"
RANKS = "qaohv"


@pytest.fixture
def bench() -> Bench:
    """As many accounts as a test wants."""
    return Bench(with_limits(login_attempts=0))


def founder(bench: Bench, nick: str, *rooms: str) -> Client:
    """A user with an account, who makes the rooms."""
    client = bench.enter(nick)
    client.say("REGISTER * * password")
    for room in rooms:
        client.say(f"JOIN {room}")
    return client


@pytest.fixture
def owner(bench: Bench) -> Client:
    """The founder of #f."""
    return founder(bench, "owner", "#f")


@pytest.fixture
def members(bench: Bench, owner: Client) -> dict[str, Client]:
    """Members of #f: one of each rank, and "n" with none."""
    found = {letter: founder(bench, f"r{letter}", "#f") for letter in RANKS + "n"}
    for letter in RANKS:
        owner.say(f"MODE #f +{letter} r{letter}")
    for client in (owner, *found.values()):
        client.read()
    return found


def test_who_makes_a_room_with_an_account_is_its_founder(bench: Bench) -> None:
    owner = founder(bench, "owner")
    assert "353 owner = #f :@owner" in owner.say("JOIN #f")[1]  # as on other networks
    helper = founder(bench, "helper", "#f")
    owner.say("MODE #f +o helper")
    helper.read()
    assert codes(helper.say("MODE #f -o owner", "KICK #f owner")) == ["482", "482"]
    owner.say("PART #f")
    told = owner.say("JOIN #f")
    assert "353 owner = #f :@helper ~owner" in told[1]
    assert told[3] == ":srv MODE #f +qo owner owner"
    owner.say("PART #f", "JOIN #f", "MODE #f -q owner")
    assert codes(helper.say("MODE #f -o owner"))[-1] == "MODE"


def test_a_founder_gives_its_place_up_before_it_is_shown(bench: Bench) -> None:
    owner = founder(bench, "owner", "#f")
    helper = founder(bench, "helper", "#f")
    owner.say("MODE #f +q helper", "MODE #f -q owner")
    helper.read()
    assert codes(helper.say("KICK #f owner")) == ["KICK"]


# Which ranks may give and take which mode (RANKS in order; n: none).
MAY_SET = {"q": "q", "a": "q", "o": "qao", "h": "qao", "v": "qaoh"}


@pytest.mark.parametrize("letter", RANKS)
@pytest.mark.parametrize("rank", RANKS + "n")
@pytest.mark.parametrize("sign", "+-")
def test_who_gives_and_takes_ranks(
    bench: Bench, owner: Client, members: dict[str, Client], letter: str, rank: str, sign: str
) -> None:
    target = founder(bench, "target", "#f")
    if sign == "-":
        owner.say(f"MODE #f +{letter} target")
        target.read()
    client = members[rank]
    client.read()
    got = client.say(f"MODE #f {sign}{letter} target")
    if rank in MAY_SET[letter]:
        assert codes(got) == ["MODE"]
        assert words(got[0])[2:] == ["#f", sign + letter, "target"]
    else:
        assert codes(got) == ["482"]


@pytest.mark.parametrize("target", RANKS + "n")
@pytest.mark.parametrize("rank", RANKS + "n")
def test_nobody_kicks_upwards(members: dict[str, Client], rank: str, target: str) -> None:
    order = "nvhoaq"
    allowed = rank in "qaoh" and order.index(target) <= order.index(rank)
    assert codes(members[rank].say(f"KICK #f r{target}")) == ["KICK" if allowed else "482"]


def test_what_refusals_say(members: dict[str, Client]) -> None:
    head = ":srv 482 {} #f :"
    assert members["n"].say("MODE #f +v rn") == [head.format("rn") + "You're not channel operator"]
    assert members["h"].say("MODE #f +o rn") == [
        head.format("rh") + "You must be an operator to set mode o"
    ]
    assert members["a"].say("MODE #f +a rn") == [
        head.format("ra") + "You must be the founder to set mode a"
    ]
    assert members["o"].say("KICK #f ra") == [
        head.format("ro") + "ra has a higher rank here than you"
    ]
    assert members["o"].say("MODE #f -o ra") == [
        head.format("ro") + "ra has a higher rank here than you"
    ]


@pytest.mark.parametrize("rank", RANKS)
def test_everybody_may_step_back(members: dict[str, Client], rank: str) -> None:
    assert codes(members[rank].say(f"MODE #f -{rank} r{rank}")) == ["MODE"]


@pytest.mark.parametrize(
    ("line", "least"),
    [
        ("MODE #f +m", "h"),
        ("MODE #f +b x", "h"),
        ("MODE #f e", "h"),
        ("MODE #f I", "h"),
        ("MODE #f b", "n"),
        ("TOPIC #f :x", "h"),
        ("INVITE other #f", "h"),
        ("RENAME #f #g", "o"),
    ],
)
def test_what_each_rank_may_do(
    bench: Bench, members: dict[str, Client], line: str, least: str
) -> None:
    bench.enter("other")
    members["q"].say("MODE #f +i")
    for rank in "nvhoa":
        members[rank].read()
        allowed = "nvhoaq".index(rank) >= "nvhoaq".index(least)
        assert ("482" in codes(members[rank].say(line))) is not allowed
        if allowed:
            break


def test_a_room_is_handed_over(bench: Bench, owner: Client) -> None:
    heir = founder(bench, "heir", "#f")
    guest = bench.enter("guest", "#f")
    owner.read()
    assert owner.say("MODE #f +q guest") == [
        ":srv 482 owner #f :guest needs an account to be a founder"
    ]
    owner.say("MODE #f +q-qo heir owner owner")
    assert owner.say("KICK #f heir")[0].startswith(":srv 482 ")
    assert codes(heir.say("KICK #f owner"))[-1] == "KICK"
    assert codes(guest.read())[-1] == "KICK"


def test_operators_choose_a_founder_where_there_is_none(bench: Bench) -> None:
    ada = bench.enter("ada", "#a")
    assert codes(ada.say("MODE #a +q ada")) == ["482"]
    ada.say("REGISTER * * password")
    assert codes(ada.say("MODE #a +q ada")) == ["MODE"]
    ada.say("QUIT")
    assert bench.node.replica.room_named("#a") is not None


def test_who_comes_back_has_the_old_rank_and_is_let_in(bench: Bench, owner: Client) -> None:
    bob = bench.enter("bob", "#f")
    owner.say("MODE #f +ik sesam")
    owner.say("PART #f")
    bob.read()
    got = owner.say("JOIN #f")
    assert codes(got) == ["JOIN", "353", "366", "MODE"]
    assert got[1].endswith(":bob ~owner")
    assert got[3] == ":srv MODE #f +qo owner owner"
    assert codes(bob.read()) == ["JOIN", "MODE"]
    owner.say("MODE #f -ik x")
    bob.say("PART #f")
    owner.say("PART #f")
    assert codes(owner.say("JOIN #f")) == ["JOIN", "353", "366"]  # alone: nobody to tell


# Lists, and modes that look at accounts.


@pytest.mark.parametrize(
    ("modes", "guest", "member"),
    [
        ("+b *!*@*", "474", "474"),
        ("+b ~a:*", "JOIN", "474"),
        ("+b ~a:BOB", "JOIN", "474"),
        ("+b ~a:rob", "JOIN", "JOIN"),
        ("+b ~m:*", "JOIN", "JOIN"),
        ("+be *!*@* ~a:bob", "474", "JOIN"),
        ("+be *!*@* ~m:~a:bob", "474", "474"),
        ("+be *!*@* eve!*@*", "JOIN", "474"),
        ("+i", "473", "473"),
        ("+iI ~a:b*", "473", "JOIN"),
        ("+iI eve", "JOIN", "473"),
        ("+R", "477", "JOIN"),
    ],
)
def test_doors(bench: Bench, ada: Client, modes: str, guest: str, member: str) -> None:
    ada.say(f"MODE #a {modes}")
    eve = bench.enter("eve")
    bob = founder(bench, "bob")
    assert codes(eve.say("JOIN #a"))[0] == guest
    assert codes(bob.say("JOIN #a"))[0] == member


def test_477_names_the_room(ada: Client, eve: Client) -> None:
    ada.say("MODE #a +R")
    assert eve.say("JOIN #a")[0].startswith(":srv 477 eve #a :")


@pytest.mark.parametrize(
    ("modes", "text", "why"),
    [
        ("+b eve", "hi", "+b"),
        ("+b ~m:eve", "hi", "+b"),
        ("+b ~m:~a:*", "hi", ""),
        ("+be ~m:* ~m:eve!*@*", "hi", ""),
        ("+be *!*@* eve", "hi", ""),
        ("+be *!*@* ~m:eve", "hi", ""),
        ("+M", "hi", "+M"),
        ("+Mv eve", "hi", ""),
        ("+bv eve eve", "hi", ""),
        ("+m", "hi", "+m"),
        ("+C", "hi", ""),
        ("+C", "\x01ACTION waves\x01", ""),
        ("+C", "\x01ACTION\x01", ""),
        ("+C", "\x01ACTIONS\x01", "+C"),
        ("+C", "\x01VERSION\x01", "+C"),
        ("+Cv eve", "\x01VERSION\x01", "+C"),
    ],
)
def test_who_may_say_what(ada: Client, eve: Client, modes: str, text: str, why: str) -> None:
    eve.say("JOIN #a")
    ada.say(f"MODE #a {modes}")
    eve.read()
    got = eve.say(f"PRIVMSG #a :{text}")
    if why:
        assert got[0].startswith(f":srv 404 eve #a :Cannot send to channel ({why})")
        assert not ada.read()
    else:
        assert got == []
        assert codes(ada.read()) == ["PRIVMSG"]


def test_an_account_lets_one_speak(bench: Bench, ada: Client) -> None:
    ada.say("MODE #a +M")
    bob = founder(bench, "bob", "#a")
    assert bob.say("PRIVMSG #a :hi") == []


def test_entries_are_found_whatever_their_case(ada: Client) -> None:
    ada.say("MODE #a +b BAR")
    assert ada.say("MODE #a +b bar!*@*") == []
    assert ada.say("MODE #a -b bar") == [f"{ADA} MODE #a -b BAR!*@*"]


def test_the_lists_have_one_bound_together(bench: Bench) -> None:
    ada = bench.enter("ada", "#a")
    limit = bench.node.replica.rules.list_entries
    for number in range(limit):
        ada.say(f"MODE #a +{'beI'[number % 3]} n{number}")
    assert ada.say("MODE #a +I more") == [":srv 478 ada #a I :Channel list is full"]


def test_the_lists_are_shown(ada: Client, bob: Client) -> None:
    ada.say("MODE #a +eI x ~a:y")
    assert ada.say("MODE #a eI") == [
        ":srv 348 ada #a x!*@* ada!~ada@10.0.0.1 1700000000",
        ":srv 349 ada #a :End of channel exception list",
        ":srv 346 ada #a ~a:y ada!~ada@10.0.0.1 1700000000",
        ":srv 347 ada #a :End of channel invite exception list",
    ]
    bob.read()
    assert codes(bob.say("MODE #a e")) == ["482"]
