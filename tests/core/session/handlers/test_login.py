"""AUTHENTICATE: what the mechanisms need of the rest, and what a login changes."""

import base64

import pytest

from core.state.records import Account
from tests.fakes.bench import Bench, Client, codes, with_limits, words

PASSWORD = "correct horse"


def plain(account: str, password: str = PASSWORD, authzid: str = "") -> str:
    """The payload of PLAIN."""
    return base64.b64encode(f"{authzid}\0{account}\0{password}".encode()).decode()


def register(bench: Bench, nick: str = "ada", *rooms: str, caps: str = "") -> Client:
    """A user with an account."""
    client = bench.enter(nick, *rooms, caps=caps)
    assert f":srv REGISTER SUCCESS {nick} " in "\n".join(client.say(f"REGISTER * * :{PASSWORD}"))
    return client


def log_in(client: Client, account: str = "ada", password: str = PASSWORD) -> list[str]:
    """PLAIN, from the first line to the last; what came back."""
    return client.say("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain(account, password)}")


def device(bench: Bench, nick: str = "ada", account: str = "ada", caps: str = "") -> list[str]:
    """One more connection of an account; what it was told from the login on."""
    client = bench.connect()
    client.say("CAP LS 302", f"CAP REQ :sasl {caps}")
    told = log_in(client, account)
    return told + client.say(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "CAP END")


def account(bench: Bench, name: str = "ada") -> Account:
    """The account called so."""
    found = bench.node.replica.account_named(name)
    assert found is not None
    return found


def last(bench: Bench) -> Client:
    return list(bench.clients.values())[-1]


def test_a_login_before_the_registration() -> None:
    bench = Bench()
    register(bench).say("QUIT")
    client = bench.connect()
    client.say("CAP LS 302", "CAP REQ :sasl", "NICK ada", "USER a 0 * :Ada")
    told = log_in(client)
    assert told == [
        ":srv AUTHENTICATE +",
        ":srv 900 ada ada!~a@10.0.0.1 ada :You are now logged in as ada",
        ":srv 903 ada :SASL authentication successful",
    ]
    greeting = client.say("CAP END")
    assert codes(greeting)[0] == "001"
    assert client.connection.user is account(bench).user


def test_the_name_is_not_known_yet() -> None:
    bench = Bench()
    register(bench).say("QUIT")
    client = bench.connect()
    told = client.say("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ada')}")
    assert told[1].startswith(":srv 900 * *!*@10.0.0.1 ada :")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["AUTHENTICATE"], "461"),
        (["AUTHENTICATE *"], "906"),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE *"], "906"),
        (["AUTHENTICATE FANCY"], "904"),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE " + "A" * 401], "905"),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE !!!"], "904"),
        (["AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ada', 'wrong')}"], "904"),
        (["AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('nobody')}"], "904"),
        (["AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ada', authzid='bob')}"], "904"),
        (["AUTHENTICATE EXTERNAL", "AUTHENTICATE +"], "904"),
    ],
)
def test_what_fails(lines: list[str], told: str) -> None:
    bench = Bench(with_limits(login_attempts=0))
    register(bench).say("QUIT")
    client = bench.connect()
    assert codes(client.say(*lines))[-1] == told
    assert codes(log_in(client))[-1] == "903"  # and one can try again


def test_an_unknown_mechanism_is_answered_with_those_there_are() -> None:
    client = Bench().connect()
    assert client.say("AUTHENTICATE FANCY") == [
        ":srv 908 * EXTERNAL,SCRAM-SHA-256,PLAIN :are available SASL mechanisms",
        ":srv 904 * :SASL authentication failed",
    ]


def test_a_certificate_that_was_added() -> None:
    bench = Bench()
    ada = register(bench)
    told = ada.say(f"NS CERT ADD {'AB:' * 31}AB")
    assert told[0].endswith(f":{'ab' * 32} may log in as you.")
    phone = bench.connect(certificate="ab" * 32)
    assert codes(phone.say("AUTHENTICATE EXTERNAL", "AUTHENTICATE +"))[-2:] == ["900", "903"]
    ada.say(f"NS CERT DEL {'ab' * 32}")
    phone = bench.connect(certificate="ab" * 32)
    assert codes(phone.say("AUTHENTICATE EXTERNAL", "AUTHENTICATE +"))[-1] == "904"


def test_too_many_attempts_wait_and_are_refused_then() -> None:
    bench = Bench()
    register(bench).say("QUIT")
    client = bench.connect()
    begun = bench.now
    for _ in range(3):
        log_in(client, password="wrong")
    assert bench.now == begun
    log_in(client, password="wrong")
    assert bench.now > begun  # that one had to wait
    for _ in range(3):
        log_in(client, password="wrong")
    assert codes(log_in(client))[-1] == "904"  # although the password is right
    bench.now += 61
    assert codes(log_in(client))[-1] == "903"


def test_further_commands_wait_for_the_outcome() -> None:
    bench = Bench()
    register(bench, "ada", "#a").say("QUIT")
    client = bench.enter("guest")
    told = client.say(
        "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ada')}", "PRIVMSG #a :hi", "PING x"
    )
    assert codes(told)[:3] == ["AUTHENTICATE", "900", "903"]
    assert ":srv PONG srv :x" in told
    assert "404" not in codes(told)  # it was said by ada, who is in the room


# What a login changes for who is registered already.


def test_a_guest_becomes_the_accounts_user_where_it_has_none() -> None:
    bench = Bench()
    ada = register(bench)
    ada.say("PERSISTENCE SET OFF", "QUIT")
    guest = bench.enter("bob", "#a")
    told = log_in(guest)
    assert codes(told) == ["AUTHENTICATE", "900", "903"]
    user = guest.connection.user
    assert user is not None
    assert (user.nick, user.account_name, user.id) == ("bob", "ada", account(bench).id)


def test_a_guest_takes_the_place_of_an_account_behind_which_nobody_sits() -> None:
    bench = Bench()
    register(bench, "ada", "#a", "#both").say("QUIT")
    watcher = bench.enter("eve", "#a", "#b", "#both")
    guest = bench.enter("guest", "#b", "#both")
    watcher.read()
    told = log_in(guest)
    assert told[1:] == [
        ":srv 900 guest guest!~guest@10.0.0.1 ada :You are now logged in as ada",
        ":srv 903 guest :SASL authentication successful",
        ":ada!~ada@10.0.0.1 QUIT :Logged in as guest",  # it saw her in #both
        ":guest!~guest@10.0.0.1 JOIN #a",
        ":srv 353 guest = #a :eve @guest",
        ":srv 366 guest #a :End of /NAMES list",
        ":srv MODE #both +o guest",
        ":srv MODE #a +o guest",
    ]
    assert watcher.read() == [
        ":ada!~ada@10.0.0.1 QUIT :Logged in as guest",
        ":guest!~guest@10.0.0.1 JOIN #a",
        ":srv MODE #both +o guest",
        ":srv MODE #a +o guest",
    ]
    assert set(bench.node.replica.users.values()) == {watcher.connection.user, account(bench).user}


@pytest.mark.parametrize("nick", ["ada_", "ada2", "ada-`", "Guest7"])
def test_a_nick_that_stood_in_for_the_accounts_is_given_up(nick: str) -> None:
    bench = Bench()
    register(bench, "ada").say("QUIT")
    watcher = bench.enter("eve", "#b", caps="account-notify")
    guest = bench.enter(nick, "#b")
    watcher.read()
    assert f":{nick}!~{guest.connection.ident[1:]}@10.0.0.1 NICK ada" in log_in(guest)
    assert [line.partition(" ")[2] for line in watcher.read()] == ["NICK ada", "ACCOUNT ada"]


def test_a_guest_moves_to_the_accounts_user_where_it_has_one() -> None:
    bench = Bench()
    register(bench, "ada", "#a", "#both")
    watcher = bench.enter("eve", "#a", "#b", "#both")
    guest = bench.enter("guest", "#b", "#both")
    watcher.read()
    told = log_in(guest)
    assert told[1:] == [
        ":srv 900 guest guest!~guest@10.0.0.1 ada :You are now logged in as ada",
        ":srv 903 guest :SASL authentication successful",
        ":ada!~ada@10.0.0.1 PART #both",  # where the client knew both
        ":guest!~guest@10.0.0.1 NICK ada",
        ":srv MODE #both +o ada",
        ":ada!~ada@10.0.0.1 PART #b",
        ":ada!~ada@10.0.0.1 JOIN #a",
        ":srv 353 ada = #a :@ada eve",
        ":srv 366 ada #a :End of /NAMES list",
        ":ada!~ada@10.0.0.1 JOIN #b",
        ":srv 353 ada = #b :@eve ada",
        ":srv 366 ada #b :End of /NAMES list",
    ]
    assert watcher.read() == [
        ":guest!~guest@10.0.0.1 QUIT :Logged in as ada",
        ":ada!~ada@10.0.0.1 JOIN #b",
    ]


def test_from_one_account_to_another() -> None:
    bench = Bench()
    ada = register(bench, "ada", "#a")
    register(bench, "bob", "#a").say("QUIT")
    ada.read()
    told = log_in(ada, "bob")
    assert told[3:] == [
        ":bob!~ada@10.0.0.1 PART #a",
        ":ada!~ada@10.0.0.1 NICK bob",
        ":ada!~ada@10.0.0.1 JOIN #a",
        ":srv MODE #a -o+o bob ada",
        ":srv 396 bob 10.0.0.1 :is your visible host now",
    ]
    stays = account(bench).user
    assert stays is not None
    assert (stays.connections, stays.away) == ({}, "Offline")


# Several connections.


def test_two_devices_are_one_user() -> None:
    bench = Bench()
    ada = register(bench, "ada", "#a")
    ada.say("TOPIC #a :Numbers")
    bob = bench.enter("bob", "#a")
    ada.read()
    told = device(bench)
    phone = last(bench)
    assert [line for line in told if " JOIN " in line or " 366 " in line or " 332 " in line] == [
        ":ada!~ada@10.0.0.1 JOIN #a",
        ":srv 332 ada #a :Numbers",
        ":srv 366 ada #a :End of /NAMES list",
    ]
    assert bob.read() == []  # nobody else notices
    ada.say("PRIVMSG #a :from the desk", "PRIVMSG bob :psst")
    assert [words(line)[1:4] for line in phone.read()] == [
        ["PRIVMSG", "#a", ":from"],
        ["PRIVMSG", "bob", ":psst"],
    ]
    bob.say("PRIVMSG ada :hi")
    assert codes(ada.read()) == codes(phone.read()) == ["PRIVMSG"]
    phone.say("JOIN #b")
    assert codes(ada.read()) == ["JOIN", "353", "366"]


def test_who_leaves_by_its_last_device_stays_away() -> None:
    bench = Bench()
    ada = register(bench, "ada", "#a")
    device(bench)
    phone = last(bench)
    bob = bench.enter("bob", "#a", caps="away-notify")
    phone.say("QUIT")
    assert bob.read() == []
    ada.say("QUIT")
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY :Offline"]
    assert bob.say("PRIVMSG ada :when you are back")[-1] == ":srv 301 bob ada :Offline"
    device(bench)
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY"]


def test_present_on_one_device_is_present() -> None:
    bench = Bench()
    ada = register(bench, "ada", "#a")
    device(bench)
    phone = last(bench)
    bob = bench.enter("bob", "#a", caps="away-notify")
    assert phone.say("AWAY :in a tram") == [":srv 306 ada :You have been marked as being away"]
    assert bob.read() == []
    ada.say("AWAY *")
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY :in a tram"]
    phone.say("AWAY")
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY"]


def test_a_device_that_is_alone_brings_its_nick() -> None:
    bench = Bench()
    register(bench, "ada", "#a").say("QUIT")
    bob = bench.enter("bob", "#a")
    assert codes(device(bench, "lovelace"))[3] == "001"
    assert bob.read()[0] == ":ada!~ada@10.0.0.1 NICK lovelace"
    device(bench, "byron")
    assert words(last(bench).say("PING x")[0])[1] == "PONG"
    assert last(bench).connection.name == "lovelace"


def test_a_nick_that_somebody_owns() -> None:
    bench = Bench()
    ada = register(bench)
    ada.say("NICK other")
    bob = bench.enter("bob")
    assert codes(bob.say("NICK ADA")) == ["433"]
    assert codes(ada.say("NICK Ada")) == ["NICK"]
    assert codes(bob.say("NICK \u0430da")) == ["433"]  # the first letter is Cyrillic


def test_away_before_the_registration() -> None:
    bench = Bench()
    register(bench, "ada", "#a").say("QUIT")
    bob = bench.enter("bob", "#a", caps="away-notify")
    client = bench.connect()
    assert codes(client.say("AWAY *")) == ["451"]
    client.say("CAP REQ :sasl draft/pre-away")
    log_in(client)
    assert codes(client.say("AWAY *")) == ["306"]
    client.say("NICK ada", "USER ada 0 * :ada", "CAP END")
    assert bob.read() == [":ada!~ada@10.0.0.1 AWAY :*"]


def test_persistence() -> None:
    bench = Bench()
    guest = bench.enter("bob", caps="draft/persistence")
    assert guest.say("PERSISTENCE GET") == [
        ":srv FAIL PERSISTENCE ACCOUNT_REQUIRED :An account is required"
    ]
    assert codes(guest.say("PERSISTENCE")) == ["FAIL"]
    assert guest.say("PERSISTENCE FROB") == []
    ada = register(bench, caps="draft/persistence")
    assert ada.say("PERSISTENCE GET") == [":srv PERSISTENCE STATUS DEFAULT ON"]
    assert ada.say("PERSISTENCE SET FROB") == [
        ":srv FAIL PERSISTENCE INVALID_PARAMETERS :Invalid parameters"
    ]
    told = device(bench, caps="draft/persistence")
    lines = codes(told)
    assert lines.index("PERSISTENCE") in range(lines.index("005"), lines.index("422"))
    assert ada.say("PERSISTENCE SET OFF") == [":srv PERSISTENCE STATUS OFF OFF"]
    assert last(bench).read() == [":srv PERSISTENCE STATUS OFF OFF"]
    assert ada.say("PERSISTENCE SET DEFAULT") == [":srv PERSISTENCE STATUS DEFAULT ON"]
    ada.say("PERSISTENCE SET OFF", "QUIT")
    last(bench).say("QUIT")
    assert account(bench).user is None
