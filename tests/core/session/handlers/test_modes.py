"""MODE: bytes in, bytes out."""

import pytest

from tests.fakes.bench import Bench, Client, codes, with_limits

ADA = ":ada!~ada@10.0.0.1"


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
        ("MODE #a +l 007", [f"{ADA} MODE #a +l 7"]),
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
        ("MODE #a +b :", [":srv 368 ada #a :End of channel ban list"]),
        ("MODE #a e", [":srv 349 ada #a :End of channel exception list"]),
        ("MODE #a +I", [":srv 347 ada #a :End of channel invite exception list"]),
        ("MODE #a +b ~m:~a:x", [f"{ADA} MODE #a +b ~m:~a:x"]),
        ("MODE #a -b ~x:y", []),
        ("MODE #a -k :a b", []),
    ],
)
def test_modes(ada: Client, eve: Client, line: str, answers: list[str]) -> None:
    ada.read()
    assert ada.say(line) == answers


@pytest.mark.parametrize(
    ("line", "letter", "shown"),
    [
        ("MODE #a +k a,b", "k", "*"),  # keys are not repeated
        ("MODE #a +k :a b", "k", "*"),
        ("MODE #a +k :", "k", "*"),
        ("MODE #a +k " + "x" * 33, "k", "*"),
        ("MODE #a +l :", "l", "*"),
        ("MODE #a +v :", "v", "*"),
        ("MODE #a +b ~m:", "b", "~m:"),
        ("MODE #a +b ~x:y", "b", "~x:y"),
        ("MODE #a +I ~m:y", "I", "~m:y"),
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
