"""ACCEPT and SILENCE, and the modes that go with them: who is kept away from whom."""

import pytest

from core.state import facts
from core.state.snapshot import digest, restore, take
from core.wire.names import ACCEPT_ENTRIES, SILENCE_ENTRIES
from tests.fakes.bench import LABELS, Bench, Client, codes

BOB = ":bob!~bob@10.0.0.1"


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ada(bench: Bench) -> Client:
    return bench.enter("ada")


@pytest.fixture
def bob(bench: Bench) -> Client:
    return bench.enter("bob")


def test_caller_id(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE ada +g")
    assert bob.say("PRIVMSG ada :hi", "PRIVMSG ada :hello?") == [
        ":srv 716 bob ada :is in +g mode (server-side ignore)",
        ":srv 717 bob ada :has been informed that you messaged them.",
        ":srv 716 bob ada :is in +g mode (server-side ignore)",
    ]
    assert ada.read() == [
        ":srv 718 ada bob ~bob@10.0.0.1 :is messaging you, and you have user mode +g set"
    ]
    bench.time += 60_000
    assert bob.say("NOTICE ada :hi") == []
    assert ada.read() == []
    assert codes(bob.say("PRIVMSG ada :hi")) == ["716", "717"]
    assert codes(ada.read()) == ["718"]
    ada.say("ACCEPT BOB")
    assert bob.say("PRIVMSG ada :hi") == []
    assert ada.read() == [f"{BOB} PRIVMSG ada :hi"]
    ada.say("ACCEPT -bob")
    assert codes(bob.say("PRIVMSG ada :hi")) == ["716"]


def test_tags_ask_for_nothing(bench: Bench, ada: Client) -> None:
    eve = bench.enter("eve", caps="message-tags")
    ada.say("MODE ada +g")
    assert codes(eve.say("@+typing=active TAGMSG ada")) == ["716"]
    assert ada.read() == []


def test_only_from_users_who_are_logged_in(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE ada +R")
    refusal = ":srv 477 bob ada :It is for users who are logged in (+R)"
    assert bob.say("PRIVMSG ada :hi", "NOTICE ada :hi") == [refusal]
    assert ada.say("PRIVMSG ada :to myself") == [":ada!~ada@10.0.0.1 PRIVMSG ada :to myself"]
    assert ada.say("PRIVMSG bob :hi") == []  # who is written to may answer
    bob.read()
    assert bob.say("PRIVMSG ada :hi") == []
    assert codes(ada.read()) == ["PRIVMSG"]
    assert ada.say("ACCEPT *", "PRIVMSG bob :again") == [
        ":srv 281 ada bob",
        ":srv 282 ada :End of /ACCEPT list.",
    ]


def test_accounts_pass_and_are_accepted_under_their_names(bench: Bench, bob: Client) -> None:
    ada = bench.enter("ada")
    ada.say("PRIVMSG NickServ :REGISTER sesame")
    bob.say("MODE bob +R")
    assert ada.say("PRIVMSG bob :hi") == []
    bob.say("MODE bob +g")
    assert codes(ada.say("PRIVMSG bob :hi")) == ["716", "717"]
    bob.read()
    ada.say("NICK eva")
    assert bob.say("ACCEPT ADA") == []
    assert ada.say("PRIVMSG bob :hi") == []
    assert bob.say("PRIVMSG eva :hi", "ACCEPT")[1:] == [
        ":srv 281 bob ada",
        ":srv 282 bob :End of /ACCEPT list.",
    ]


def test_the_list_of_an_account_stays_with_it(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("PRIVMSG NickServ :REGISTER sesame", "ACCEPT bob", "SILENCE *!*@evil")
    user = ada.connection.user
    assert user is not None
    assert user.account is not None
    assert {kind: list(entries) for kind, entries in user.account.lists.items()} == {
        "accept": ["bob"],
        "silence": ["*!*@evil"],
    }
    copy = restore(take(bench.node.replica), bench.node.replica.rules)
    assert digest(copy) == digest(bench.node.replica)


def test_accept(bench: Bench, ada: Client, bob: Client) -> None:
    assert ada.say("ACCEPT") == [":srv 282 ada :End of /ACCEPT list."]
    assert ada.say("ACCEPT nobody,bob,BOB,-eve,,-") == [
        ":srv 401 ada nobody :No such nick/channel",
        ":srv 457 ada BOB :is already on your accept list",
        ":srv 458 ada eve :is not on your accept list",
    ]
    user = ada.connection.user
    assert user is not None
    user.lists["accept"].update((f"n{number}", None) for number in range(ACCEPT_ENTRIES - 1))
    bench.enter("eve")
    assert ada.say("ACCEPT eve") == [":srv 456 ada :Accept list is full"]
    listed = ada.say("ACCEPT *")
    assert codes(listed) == ["281", "281", "282"] or codes(listed) == ["281", "282"]
    ada.say("MODE ada +g", "PRIVMSG eve :hi")  # no room for who is written to
    assert len(user.lists["accept"]) == ACCEPT_ENTRIES


def test_silence(bench: Bench, ada: Client, bob: Client) -> None:
    assert ada.say("SILENCE") == [":srv 272 ada ada :End of Silence List"]
    assert ada.say("SILENCE +b?b!*@*,eve") == [
        ":ada!~ada@10.0.0.1 SILENCE +b?b!*@*",
        ":ada!~ada@10.0.0.1 SILENCE +eve!*@*",
    ]
    assert ada.say("SILENCE eve") == []  # it is there already
    assert ada.say("SILENCE ADA") == [
        ":srv 271 ada ada b?b!*@*",
        ":srv 271 ada ada eve!*@*",
        ":srv 272 ada ada :End of Silence List",
    ]
    assert bob.say("PRIVMSG ada :x", "NOTICE ada :x") == []
    assert ada.read() == []
    eva = bench.enter("eva")
    assert eva.say("PRIVMSG ada :x") == []
    assert codes(ada.read()) == ["PRIVMSG"]
    assert ada.say("SILENCE -b?b!*@*") == [":ada!~ada@10.0.0.1 SILENCE -b?b!*@*"]
    assert ada.say("SILENCE -b?b!*@*") == []
    bob.say("PRIVMSG ada :x")
    assert codes(ada.read()) == ["PRIVMSG"]


def test_who_is_silenced_does_not_notice(bench: Bench, ada: Client) -> None:
    eve = bench.enter("eve", caps=f"echo-message {LABELS}")
    ada.say("SILENCE eve", "AWAY :out")
    echo = ":eve!~eve@10.0.0.1 PRIVMSG ada :x"
    assert eve.say("PRIVMSG ada :x") == [echo, ":srv 301 eve ada :out"]
    assert eve.say("@label=L NOTICE ada :x") == ["@label=L :eve!~eve@10.0.0.1 NOTICE ada :x"]
    assert ada.read() == []
    user, other = eve.connection.user, ada.connection.user
    assert user is not None
    assert other is not None
    bench.turn(facts.Said(user.id, facts.PRIVMSG, "ada", "by another worker"))
    assert ada.read() == eve.read() == []


def test_the_silence_list_is_not_endless(ada: Client) -> None:
    for number in range(SILENCE_ENTRIES):
        ada.say(f"SILENCE n{number}")
    assert ada.say("SILENCE more") == [":srv 511 ada more!*@* :Your silence list is full"]


def test_no_ctcp(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE ada +T")
    assert bob.say("PRIVMSG ada :\x01VERSION\x01") == [
        ":srv 531 bob ada :You cannot send that to this user: no CTCP (+T)"
    ]
    assert bob.say("PRIVMSG ada :\x01ACTION waves\x01", "PRIVMSG ada :VERSION") == []
    assert len(ada.read()) == 2


def test_operators_of_the_server_are_heard(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE ada +gRT", "SILENCE bob")
    user = bob.connection.user
    assert user is not None
    bench.turn(facts.Opered(user.id, "root"))
    bob.read()
    assert bob.say("PRIVMSG ada :you there!") == []
    assert codes(ada.read()) == ["PRIVMSG"]


def test_who_is_gone_changes_nothing(bench: Bench) -> None:
    assert bench.turn(facts.ListSet(99, "accept", "x", True))


def test_calls_of_other_workers(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE ada +g")
    user = bob.connection.user
    assert user is not None
    bench.turn(facts.Said(user.id, facts.PRIVMSG, "ada", "x"))
    assert codes(ada.read()) == ["718"]
    assert bob.read() == []
