"""INVITE, KNOCK, RENAME, messages to a rank: bytes in, bytes out."""

import pytest

from core.state.apply_invitations import INVITATIONS, KNOCK_EVERY
from core.state.apply_rooms import LOOKS_TAKEN
from tests.fakes.bench import LABELS, Bench, Client, codes, with_limits, with_server

ADA = ":ada!~ada@10.0.0.1"
BOB = ":bob!~bob@10.0.0.1"
EVE = ":eve!~eve@10.0.0.1"


# INVITE.


def test_the_rooms_one_is_invited_to(ada: Client, bob: Client, eve: Client) -> None:
    assert eve.say("INVITE") == [":srv 337 eve :End of /INVITE list"]
    bob.say("INVITE eve #a")  # only tells
    assert eve.say("INVITE")[1:] == [":srv 337 eve :End of /INVITE list"]
    ada.say("INVITE eve #a")
    eve.read()
    assert eve.say("INVITE") == [":srv 336 eve #a", ":srv 337 eve :End of /INVITE list"]
    eve.say("JOIN #a")
    assert codes(eve.say("INVITE")) == ["337"]


def test_several_are_invited_at_once(bench: Bench, ada: Client, eve: Client) -> None:
    bench.enter("joe")
    ada.read()
    assert codes(ada.say("INVITE eve,joe,nobody #a")) == ["341", "341", "401"]
    assert eve.read() == [f"{ADA} INVITE eve #a"]


def test_too_many_are_invited_at_once() -> None:
    bench = Bench(with_limits(targets=1))
    ada = bench.enter("ada", "#a")
    bench.enter("eve")
    assert codes(ada.say("INVITE eve,ada #a")) == ["407", "341"]


def test_members_are_told_of_invitations(bench: Bench, ada: Client, eve: Client) -> None:
    joe = bench.enter("joe", "#a", caps="invite-notify")
    ada.say("CAP REQ :invite-notify")
    assert codes(ada.say("INVITE eve #a"))[-1:] == ["341"]
    assert joe.read() == eve.read() == [f"{ADA} INVITE eve #a"]


# KNOCK.


def test_knock(ada: Client, bob: Client, eve: Client) -> None:
    assert eve.say("KNOCK #a") == [":srv 713 eve #a :The channel is open: join it"]
    assert eve.say("KNOCK #none") == [":srv 403 eve #none :No such channel"]
    assert bob.say("KNOCK #a")[-1] == ":srv 714 bob #a :You are on that channel"
    assert codes(eve.say("KNOCK")) == ["461"]
    ada.say("MODE #a +i")
    bob.read()
    assert eve.say("KNOCK #A :let me in") == [":srv 711 eve #a :Your knock was delivered"]
    assert ada.read() == [":srv 710 ada #a eve!~eve@10.0.0.1 :let me in"]
    assert bob.read() == []
    assert eve.say("KNOCK #a") == [":srv 712 eve #a :You knocked there a moment ago"]
    ada.bench.time += KNOCK_EVERY
    eve.say("KNOCK #a")
    assert ada.read() == [":srv 710 ada #a eve!~eve@10.0.0.1 :asks to be invited"]


@pytest.mark.parametrize("ban", ["eve", "~m:eve"])
def test_the_banned_do_not_knock(ada: Client, eve: Client, ban: str) -> None:
    ada.say(f"MODE #a +kb sesam {ban}")
    assert eve.say("KNOCK #a") == [":srv 404 eve #a :Cannot send to channel (+b)"]


def test_the_oldest_knock_is_forgotten_first(bench: Bench, ada: Client, eve: Client) -> None:
    ada.say("MODE #a +i")
    eve.say("KNOCK #a")
    for number in range(INVITATIONS):
        bench.enter(f"n{number}").say("KNOCK #a")
    assert codes(eve.say("KNOCK #a")) == ["711"]


# RENAME.


def test_rename(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("CAP REQ :draft/channel-rename", "TOPIC #a :tea", "MODE #a +b x")
    bob.say("CAP REQ :extended-join")
    bob.read()
    assert ada.say("RENAME #A #B :better") == [f"{ADA} RENAME #a #B :better"]
    assert bob.read() == [
        f"{BOB} PART #a :better",
        f"{BOB} JOIN #B * :Bob",
        ":srv 332 bob #B :tea",
        ":srv 333 bob #B ada!~ada@10.0.0.1 1700000000",
        ":srv 353 bob = #B :@ada bob",
        ":srv 366 bob #B :End of /NAMES list",
    ]
    bob.say("PRIVMSG #b :here")
    assert ada.read() == [f"{BOB} PRIVMSG #B :here"]
    assert codes(ada.say("MODE #b b")) == ["367", "368"]
    assert codes(ada.say("NAMES #a")) == ["366"]
    assert codes(bob.say("JOIN #a")) == ["JOIN", "353", "366"]  # the old name is free


def test_only_the_case_is_changed(ada: Client, bob: Client) -> None:
    ada.say("CAP REQ :draft/channel-rename")
    assert ada.say("RENAME #a #A") == [f"{ADA} RENAME #a #A :"]
    assert bob.read() == []
    assert codes(bob.say("NAMES #A")) == ["353", "366"]


def test_rename_without_a_reason_and_without_the_capability(ada: Client, bob: Client) -> None:
    assert codes(ada.say("RENAME #a #b"))[-4:] == ["PART", "JOIN", "353", "366"]
    assert bob.read()[0] == f"{BOB} PART #a"


@pytest.mark.parametrize(
    ("who", "line", "answer"),
    [
        ("ada", "RENAME #a", ":srv 461 ada RENAME :Not enough parameters"),
        ("ada", "RENAME #none #b", ":srv 403 ada #none :No such channel"),
        ("eve", "RENAME #a #b", ":srv 442 eve #a :You're not on that channel"),
        ("bob", "RENAME #a #b", ":srv 482 bob #a :You're not channel operator"),
        ("ada", "RENAME #a #x", f":srv FAIL RENAME CHANNEL_NAME_IN_USE #a #x :{LOOKS_TAKEN}"),
        (
            "ada",
            "RENAME #a b",
            ":srv FAIL RENAME CANNOT_RENAME #a b :No channel can have this name",
        ),
        (
            "ada",
            "RENAME #a #a",
            ":srv FAIL RENAME CANNOT_RENAME #a #a :The channel has this name already",
        ),
    ],
)
def test_renames_that_fail(
    bench: Bench, ada: Client, bob: Client, eve: Client, who: str, line: str, answer: str
) -> None:
    bench.enter("joe", "#x")
    client = {"ada": ada, "bob": bob, "eve": eve}[who]
    client.read()
    assert client.say(line) == [answer]


def test_the_lobby_keeps_its_name() -> None:
    bench = Bench(with_server(lobby="#lobby"))
    ada = bench.enter("ada")
    room = bench.node.replica.room_named("#lobby")
    assert room is not None
    room.members[next(iter(room.members))] = "o"
    assert ada.say("RENAME #lobby #b") == [
        ":srv FAIL RENAME CANNOT_RENAME #lobby #b :Everybody starts in this channel"
    ]


def test_a_labelled_rename(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=f"{LABELS} draft/channel-rename")
    assert ada.say("@label=x RENAME #a #b") == [f"@label=x {ADA} RENAME #a #b :"]
    assert ada.say("@label=x RENAME #b #b")[0].startswith("@label=x :srv FAIL RENAME CANNOT")


# Names that look alike.


def test_a_room_cannot_pass_for_another(bench: Bench) -> None:
    ada = bench.enter("ada", "#paypal", "#straße")
    assert ada.say("JOIN #pаypal") == [f":srv 403 ada #pаypal :{LOOKS_TAKEN}"]  # noqa: RUF001
    assert ada.say("JOIN #STRASSE") == []  # it is the same
    ada.say("JOIN #b")
    assert codes(ada.say("RENAME #b #pаypal")) == ["FAIL"]  # noqa: RUF001
    ada.say("PART #paypal")
    assert codes(ada.say("JOIN #pаypal"))[0] == "JOIN"  # noqa: RUF001


# Messages to a rank.


@pytest.mark.parametrize(
    ("target", "shown", "receivers"),
    [
        ("~#a", "~#a", ""),
        ("&#a", "&#a", ""),
        ("@#A", "@#a", "ada"),
        ("%#a", "%#a", "ada"),
        ("+#a", "+#a", "ada joe"),
        ("@+#a", "+#a", "ada joe"),
        ("+@#a", "+#a", "ada joe"),
    ],
)
def test_messages_to_a_rank(
    bench: Bench, ada: Client, bob: Client, eve: Client, target: str, shown: str, receivers: str
) -> None:
    joe = bench.enter("joe", "#a")
    ada.say("MODE #a +v joe")
    clients = {"ada": ada, "bob": bob, "eve": eve, "joe": joe}
    for client in clients.values():
        client.read()
    assert bob.say(f"PRIVMSG {target} :help") == []
    got = {name: client.read() for name, client in clients.items()}
    line = f"{BOB} PRIVMSG {shown} :help"
    assert got == {name: [line] if name in receivers.split() else [] for name in clients}


def test_the_sender_gets_an_echo_of_it(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps=f"echo-message {LABELS}")
    assert bob.say("PRIVMSG @#a :help", "@label=x PRIVMSG @#a :help") == [
        f"{BOB} PRIVMSG @#a :help",
        f"@label=x {BOB} PRIVMSG @#a :help",
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("PRIVMSG @#a :x", ":srv 404 eve #a :Cannot send to channel (+n)"),
        ("PRIVMSG @#none :x", ":srv 403 eve #none :No such channel"),
        ("PRIVMSG @ada :x", ":srv 401 eve @ada :No such nick/channel"),
        ("PRIVMSG @ :x", ":srv 401 eve @ :No such nick/channel"),
    ],
)
def test_messages_to_no_rank(ada: Client, eve: Client, line: str, answer: str) -> None:
    assert eve.say(line) == [answer]
