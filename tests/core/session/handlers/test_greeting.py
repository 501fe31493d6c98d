"""CAP, PASS, NICK, USER, PING, QUIT: the way in and the way out."""

from dataclasses import replace

import pytest

from core.config import ServerConfig
from core.wire.capabilities import BATCH, CAP_NOTIFY, MESSAGE_TAGS
from tests.fakes.bench import ISUPPORT, LABELS, QUIET, Bench, codes, with_server

COUNTS = ["251", "252", "253", "254", "255", "265", "266"]
WELCOME = ["001", "002", "003", "004", *ISUPPORT, *COUNTS, "422"]


@pytest.mark.parametrize(
    "lines",
    [
        ("NICK ada", "USER a 0 * :Ada"),
        ("USER a 0 * :Ada", "NICK ada"),
        ("PASS any", "NICK ada", "USER a 0 * :Ada"),
        ("NICK other", "NICK ada", "USER a 0 * :Ada"),
        ("NICK ada", "PONG x", "ERROR :x", "USER a 0 * :Ada"),
    ],
)
def test_ways_to_register(lines: tuple[str, ...]) -> None:
    client = Bench().connect()
    got = client.say(*lines)
    assert codes(got) == WELCOME
    assert got[0] == ":srv 001 ada :Welcome to Parlor, ada!~a@10.0.0.1"
    user = client.connection.user
    assert user is not None
    assert (user.nick, user.ident, user.host, user.realname) == ("ada", "~a", "10.0.0.1", "Ada")


def test_one_line_at_a_time_registers_as_well() -> None:
    client = Bench().connect()
    assert client.say("NICK ada") == []
    assert codes(client.say("USER a 0 * :Ada")) == WELCOME


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("NICK", ":srv 431 * :No nickname given"),
        ("NICK :", ":srv 431 * :No nickname given"),
        ("NICK 1a", ":srv 432 * 1a :Erroneous nickname"),
        ("NICK :a b", ":srv 432 * a :Erroneous nickname"),
        ("USER a 0 *", ":srv 461 * USER :Not enough parameters"),
        ("USER a 0 * :", ":srv 461 * USER :Not enough parameters"),
        ("USER -. 0 * :A", ":srv 468 * :Your username is not valid"),
        ("PASS", ":srv 461 * PASS :Not enough parameters"),
        ("CAP", ":srv 461 * CAP :Not enough parameters"),
        ("CAP BAD", ":srv 410 * BAD :Invalid CAP command"),
        ("CAP :", ":srv 410 * * :Invalid CAP command"),
        ("JOIN #a", ":srv 451 * :You have not registered"),
        ("BOGUS", ":srv 451 * :You have not registered"),
        ("PING x", ":srv PONG srv :x"),
        ("PONG", None),
    ],
)
def test_before_registration(line: str, answer: str | None) -> None:
    assert Bench().connect().say(line) == ([answer] if answer else [])


@pytest.mark.parametrize("line", ["USER a 0 * :b", "PASS x"])
def test_only_once(line: str) -> None:
    assert Bench().enter("ada").say(line) == [":srv 462 ada :You may not reregister"]


@pytest.mark.parametrize("line", ["GET / HTTP/1.1", "POST /", "CONNECT x", "get /"])
def test_a_browser_is_shown_out(line: str) -> None:
    client = Bench().connect()
    assert client.say(line, "NICK ada") == ["ERROR :Closing link: This is an IRC server"]
    assert client.closed
    assert client.bench.node.connections == {}


def test_once_registered_the_words_of_a_browser_are_unknown_commands() -> None:
    assert codes(Bench().enter("ada").say("GET / HTTP/1.1")) == ["421"]


# Nicks.


def test_a_nick_in_use_is_told_early_and_at_the_end() -> None:
    bench = Bench()
    bench.enter("ada")
    client = bench.connect()
    assert client.say("NICK ADA") == [":srv 433 * ADA :Nickname is already in use"]
    assert client.say("USER b 0 * :B") == []  # no nick is left to register
    assert codes(client.say("NICK bob")) == WELCOME


def test_who_loses_a_nick_at_the_end_may_choose_again() -> None:
    bench = Bench()
    one, two = bench.connect(), bench.connect()
    for client in (one, two):
        client.feed("NICK ada", "USER a 0 * :A")
    two.feed("PING waits")  # nothing is taken while the claim is under way
    bench.settle()
    assert codes(one.read()) == WELCOME
    assert codes(two.read()) == ["433", "PONG"]
    assert codes(two.say("NICK bob")) == WELCOME


def test_a_wish_that_changed_is_not_commented_on() -> None:
    bench = Bench()
    bench.enter("ada")
    client = bench.connect()
    assert client.say("NICK ada", "NICK bob") == []


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ("bob", ":ada!~ada@10.0.0.1 NICK bob"),
        ("ADA", ":ada!~ada@10.0.0.1 NICK ADA"),
        ("ada", None),
        ("EVE", ":srv 433 ada EVE :Nickname is already in use"),
        ("", ":srv 431 ada :No nickname given"),
        ("b!", ":srv 432 ada b! :Erroneous nickname"),
        ("x" * 70, f":srv 432 ada {'x' * 60} :Erroneous nickname"),
    ],
)
def test_nick_once_registered(wanted: str, answer: str | None) -> None:
    bench = Bench()
    bench.enter("eve")
    assert bench.enter("ada").say(f"NICK {wanted}") == ([answer] if answer else [])


# The password.


@pytest.mark.parametrize("given", [(), ("PASS wrong",), ("PASS sesam", "PASS wrong"), ("PASS :ö",)])
def test_a_wrong_password_ends_it(given: tuple[str, ...]) -> None:
    bench = Bench(with_server(password="sesam"))
    client = bench.connect()
    assert client.say(*given, "NICK ada", "USER a 0 * :A", "PING x") == [
        ":srv 464 ada :Password incorrect",
        "ERROR :Closing link: Wrong or missing server password",
    ]
    assert client.closed
    assert bench.node.replica.users == {}


def test_the_right_password() -> None:
    client = Bench(with_server(password="sesam")).connect()
    assert codes(client.say("PASS sesam", "NICK ada", "USER a 0 * :A")) == WELCOME


# The greeting.


def test_the_lobby_and_the_message_of_the_day_come_with_the_greeting() -> None:
    server = ServerConfig(name="srv", lobby="#lobby", motd="one\n\ntwo {x}")
    bench = Bench(replace(QUIET, server=server))
    client = bench.connect()
    got = client.say("NICK ada", "USER a 0 * :A")
    assert codes(got) == [*WELCOME[:-1], "375", "372", "372", "372", "376", "JOIN", "353", "366"]
    assert ":srv 372 ada :- two {x}" in got
    assert ":srv 353 ada = #lobby :ada" in got  # nobody's room: no operator


# CAP.


def test_cap_ls_holds_registration_back() -> None:
    client = Bench().connect()
    assert codes(client.say("CAP LS", "NICK ada", "USER a 0 * :A")) == ["CAP"]
    assert codes(client.say("CAP END")) == WELCOME
    assert client.say("CAP END") == []


def test_cap_req_alone_holds_registration_back_too() -> None:
    client = Bench().connect()
    assert client.say("CAP REQ :batch", "NICK ada", "USER a 0 * :A") == [":srv CAP * ACK :batch"]
    assert codes(client.say("CAP END")) == WELCOME


def test_cap_end_before_anything_is_nothing() -> None:
    client = Bench().connect()
    assert client.say("CAP END", "NICK ada") == []


@pytest.mark.parametrize("version", ["", "301", "abc", "٣٠٢", "9" * 12])
def test_old_versions_of_cap(version: str) -> None:
    client = Bench().connect()
    client.say(f"CAP LS {version}")
    assert not client.connection.caps & CAP_NOTIFY


def test_version_302_implies_cap_notify_which_cannot_be_taken_back() -> None:
    client = Bench().connect()
    listed = client.say("CAP ls 302")
    assert listed[0].startswith(":srv CAP * LS * :account-notify account-tag away-notify batch ")
    assert listed[-1].startswith(":srv CAP * LS :")
    assert client.connection.caps == CAP_NOTIFY
    assert client.say("CAP REQ :-cap-notify") == [":srv CAP * NAK :-cap-notify"]
    assert client.say("CAP REQ :batch -batch") == [":srv CAP * ACK :batch -batch"]
    client.say("CAP LS")  # an older version later takes nothing back
    assert client.say("CAP REQ :-cap-notify") == [":srv CAP * NAK :-cap-notify"]


def test_cap_list_and_changes() -> None:
    client = Bench().connect()
    assert client.say("CAP LIST") == [":srv CAP * LIST :"]
    assert client.say("CAP REQ :message-tags batch ") == [":srv CAP * ACK :message-tags batch"]
    assert client.connection.caps == MESSAGE_TAGS | BATCH
    assert client.say("CAP REQ :-batch unknown") == [":srv CAP * NAK :-batch unknown"]
    assert client.say("CAP LIST") == [":srv CAP * LIST :batch message-tags"]
    assert client.say("CAP REQ") == [":srv CAP * ACK :"]


def test_cap_ls_later_holds_nothing_back() -> None:
    ada = Bench().enter("ada")
    assert codes(ada.say("CAP LS", "PING x")) == ["CAP", "PONG"]
    assert not ada.connection.negotiating


def test_what_would_not_fit_into_the_answer_is_refused() -> None:
    client = Bench().connect()
    wanted = " ".join(["batch"] * 83)
    (answer,) = client.say(f"CAP REQ :{wanted}")
    assert answer.startswith(":srv CAP * NAK :batch batch")
    assert len(answer) <= 510
    assert client.connection.caps == 0


def test_capabilities_change_in_the_order_of_commands() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a")
    got = ada.say("PRIVMSG #a :one", "CAP REQ :echo-message", "PRIVMSG #a :two", "CAP LIST")
    assert got == [
        ":srv CAP ada ACK :echo-message",
        ":ada!~ada@10.0.0.1 PRIVMSG #a :two",
        ":srv CAP ada LIST :echo-message",
    ]


def test_another_class_of_receivers_gets_the_same_rooms() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    bob.say("CAP REQ :message-tags")
    ada.say("PRIVMSG #a :one")
    assert bob.read()[0].startswith("@msgid=")
    bob.say("CAP REQ :-message-tags")
    ada.say("PRIVMSG #a :two")
    assert bob.read() == [":ada!~ada@10.0.0.1 PRIVMSG #a :two"]


# PING and QUIT.


def test_ping() -> None:
    ada = Bench().enter("ada")
    assert ada.say("PING :a b") == [":srv PONG srv :a b"]
    assert ada.say("PING") == [":srv 461 ada PING :Not enough parameters"]
    assert ada.say("PING " + "x" * 505) == [":srv PONG srv :" + "x" * 495]
    assert ada.say("PONG", "ERROR") == []


@pytest.mark.parametrize(
    ("line", "shown"), [("QUIT", "Quit: "), ("QUIT :so long", "Quit: so long")]
)
def test_quit(line: str, shown: str) -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    assert ada.say(line) == [f"ERROR :Closing link: {shown}"]
    assert ada.closed
    assert bob.read() == [f":ada!~ada@10.0.0.1 QUIT :{shown}"]
    ada.feed("PRIVMSG #a :from beyond")
    bench.settle()
    assert bob.read() == []


def test_quit_comes_behind_what_was_sent_before() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    assert ada.say("PRIVMSG #a :last words", "QUIT", "PRIVMSG #a :never said") == [
        "ERROR :Closing link: Quit: "
    ]
    assert codes(bob.read()) == ["PRIVMSG", "QUIT"]


def test_quit_before_registration_and_with_a_label() -> None:
    bench = Bench()
    client = bench.connect()
    assert client.say("QUIT") == ["ERROR :Closing link: Quit: "]
    ada = bench.enter("ada", caps=LABELS)
    assert ada.say("@label=x QUIT") == ["@label=x ERROR :Closing link: Quit: "]
