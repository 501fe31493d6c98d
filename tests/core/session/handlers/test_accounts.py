"""REGISTER, VERIFY and NickServ, over one node."""

from dataclasses import replace

import pytest

from core.config import AccountsConfig
from core.state import facts
from core.state.credentials import Credentials
from tests.core.session.handlers.test_login import PASSWORD, log_in, register
from tests.fakes.bench import QUIET, Bench, Client, codes, with_limits, with_server

CREDENTIALS = Credentials("$argon2id$", b"salt", 4096, b"stored", b"server")
CLOSED = replace(QUIET, accounts=AccountsConfig(registration="closed"))


def notices(lines: list[str]) -> list[str]:
    """What NickServ said."""
    return [line.split(" :", 1)[1] for line in lines if line.startswith(":NickServ!")]


def ask(client: Client, text: str) -> list[str]:
    return notices(client.say(f"PRIVMSG NickServ :{text}"))


def test_an_account_of_ones_nick() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a")
    bob = bench.enter("bob", "#a", caps="account-notify account-tag extended-join")
    ada.read()
    assert ada.say("REGISTER ada ada@example.org :a long password") == [
        ":srv 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada",
        ":srv REGISTER SUCCESS ada :Account ada is registered, and you are logged in",
    ]
    assert bob.read() == ["@account=ada :ada!~ada@10.0.0.1 ACCOUNT ada"]
    ada.say("PRIVMSG #a :hi")
    assert bob.read() == ["@account=ada :ada!~ada@10.0.0.1 PRIVMSG #a :hi"]
    ada.say("PART #a", "JOIN #a")
    assert bob.read()[1] == "@account=ada :ada!~ada@10.0.0.1 JOIN #a ada :Ada"


def test_before_the_connection_is_complete() -> None:
    bench = Bench()
    client = bench.connect()
    client.say("CAP LS 302")
    assert "NEED_NICK" in client.say("REGISTER * * :password")[0]
    told = client.say("NICK ada", "REGISTER * * :password")
    assert told[0] == ":srv REGISTER SUCCESS ada :Account ada is registered, and you are logged in"
    assert codes(told) == ["REGISTER", "900"]
    greeting = client.say("USER ada 0 * :Ada", "CAP END")
    assert codes(greeting)[0] == "001"
    assert client.connection.user is not None
    assert client.connection.user.account_name == "ada"


def test_not_before_the_servers_password() -> None:
    client = Bench(with_server(password="secret")).connect()
    told = client.say("CAP LS 302", "NICK ada", "REGISTER * * :password")
    assert "draft/account-registration " in told[0]
    assert told[-1].startswith(":srv FAIL REGISTER COMPLETE_CONNECTION_REQUIRED ada :")


def test_not_before_the_connection_where_that_is_not_wanted() -> None:
    accounts = replace(QUIET.accounts, before_connect=False)
    client = Bench(replace(QUIET, accounts=accounts)).connect()
    told = client.say("CAP LS 302", "NICK ada", "REGISTER * * :password")
    assert "draft/account-registration " in told[0]
    assert told[-1].startswith(":srv FAIL REGISTER COMPLETE_CONNECTION_REQUIRED ada :")
    client.say("USER ada 0 * :Ada", "CAP END")
    assert ":srv REGISTER SUCCESS ada " in "\n".join(client.say("REGISTER * * :password"))


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ("other * :password", "ACCOUNT_NAME_MUST_BE_NICK"),
        ("bob * :ab", "WEAK_PASSWORD"),
        (f"bob * :{'x' * 301}", "UNACCEPTABLE_PASSWORD"),
        ("bob * :pass\x07word", "UNACCEPTABLE_PASSWORD"),
        ("bob nonsense :password", "INVALID_EMAIL"),
    ],
)
def test_what_cannot_be_registered(parameters: str, code: str) -> None:
    bob = Bench().enter("bob")
    (told,) = bob.say(f"REGISTER {parameters}")
    assert told.startswith(f":srv FAIL REGISTER {code} ")


def test_a_name_that_is_taken() -> None:
    bench = Bench()
    ada = register(bench)
    assert "ALREADY_AUTHENTICATED ada" in ada.say("REGISTER * * :password")[0]
    ada.say("NICK lovelace")
    client = bench.connect()
    client.say("CAP LS 302", "NICK Ada")
    assert "FAIL REGISTER ACCOUNT_EXISTS Ada" in client.say("REGISTER * * :password")[0]
    client.say("NICK LOVELACE")
    assert "FAIL REGISTER ACCOUNT_EXISTS" in client.say("REGISTER * * :password")[0]


def test_two_register_one_name_at_once() -> None:
    bench = Bench()
    one, other = bench.connect(), bench.connect()
    for client in (one, other):
        client.feed("CAP LS 302", "NICK ada", "REGISTER * * :password")
    bench.settle()
    answers = [next(c for c in codes(client.read()) if c in ("REGISTER", "FAIL"))
               for client in (one, other)]  # fmt: skip
    assert answers == ["REGISTER", "FAIL"]


def test_closed_registration() -> None:
    bench = Bench(CLOSED)
    client = bench.connect()
    assert "account-registration" not in client.say("CAP LS 302")[0]
    bob = bench.enter("bob")
    assert "TEMPORARILY_UNAVAILABLE" in bob.say("REGISTER * * :password")[0]


def test_too_many_registrations_from_one_address() -> None:
    bench = Bench(with_limits(login_attempts=1))
    answers = [
        "SUCCESS" in "".join(bench.enter(f"user{number}").say("REGISTER * * :password"))
        for number in range(4)
    ]
    assert answers[0] is True
    assert answers[-1] is False


def test_verify() -> None:
    bench = Bench()
    bob = bench.enter("bob")
    assert bob.say("VERIFY bob 123") == [
        ":srv FAIL VERIFY INVALID_CODE bob :This account does not wait for a code"
    ]
    ada = register(bench)
    assert "FAIL VERIFY ALREADY_AUTHENTICATED ada" in ada.say("VERIFY * 1")[0]


def test_nickserv_registers_and_identifies() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    assert ask(ada, "register") == ["Usage: REGISTER <password> [<email>]"]
    assert ask(ada, f"register {PASSWORD.replace(' ', '')}") == [
        "Account ada is registered. You are logged in."
    ]
    assert ask(ada, "identify x") == ["You are logged in already."]
    assert ask(ada, "register other") == ["You are logged in already."]
    guest = bench.enter("guest")
    assert ask(guest, "identify ada wrong") == ["The account or the password is wrong."]
    told = guest.say("NS identify ada correcthorse")
    assert codes(told) == ["900", "NOTICE", "NICK"]
    assert notices(told) == ["You are logged in as ada."]


def test_nickserv_passwd() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    assert ask(ada, "passwd a b") == ["You are not logged in."]
    ask(ada, "register first")
    assert ask(ada, "passwd wrong second") == ["The old password is wrong."]
    assert ask(ada, "passwd first xy") == ["A password has at least 3 characters."]
    assert ask(ada, "passwd first sec\x07ond") == [
        "The password has characters that no password may have."
    ]
    assert ask(ada, "passwd first second") == ["Your password is changed."]
    assert codes(log_in(bench.connect(), password="first"))[-1] == "904"
    assert codes(log_in(bench.connect(), password="second"))[-1] == "903"


def test_nickserv_logout_and_drop() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a")
    bob = bench.enter("bob", "#a", caps="account-notify")
    ada.read()
    ask(ada, "register first")
    bob.read()
    told = ada.say("PRIVMSG NickServ :logout")
    assert codes(told) == ["901", "NICK", "PART", "NOTICE"]
    assert ask(ada, "drop first") == ["You are not logged in."]
    log_in(ada, password="first")
    assert ada.connection.name == "ada"
    assert ask(ada, "drop wrong") == ["The password is wrong."]
    bob.read()
    told = ada.say("PRIVMSG NickServ :drop first")
    assert notices(told) == ["The account ada is no more."]
    assert bob.read()[-1] == ":ada!~ada@10.0.0.1 ACCOUNT *"
    assert bench.node.replica.accounts == {}
    assert codes(ada.say("PRIVMSG #a :still here", "PING x")) == ["PONG"]


def test_nickserv_info_cert_and_help() -> None:
    bench = Bench()
    ada = register(bench)
    bob = bench.enter("bob")
    assert ask(bob, "info") == ["There is no account bob."]
    assert ask(bob, "info ada")[0] == "Account: ada"
    assert len(ask(bob, "info ada")) == 2
    assert ask(ada, "info")[2:] == ["E-mail: none", "Certificates: 0", "Connections: 1"]
    assert ask(bob, "cert") == ["You are not logged in."]
    assert ask(ada, "cert") == ["0 certificates."]
    assert ask(ada, "cert add nonsense")[0].startswith("Give the certificate's SHA-256")
    assert ask(ada, f"cert del {'0' * 64}") == ["The account has no such certificate."]
    for number in range(10):
        ask(ada, f"cert add {number:064x}")
    assert ask(ada, f"cert add {11:064x}") == ["An account has at most 10 certificates."]
    assert len(ask(ada, "cert")) == 11
    assert len(ask(bob, "help")) > 5
    assert ask(bob, "") == []
    assert ask(bob, "frob") == ["There is no command FROB. Say HELP for those there are."]
    assert len(notices(bob.say("NICKSERV"))) > 5
    bob.say("CAP REQ message-tags")
    assert bob.say("@+x=y TAGMSG NickServ") == bob.say("NOTICE nickserv") == []


def test_nickserv_says_why_there_is_no_account() -> None:
    bench = Bench()
    eve = bench.enter("eve")
    assert ask(eve, "register a") == ["A password has at least 3 characters."]
    assert eve.connection.user is not None
    eve.feed("PRIVMSG NickServ :register correct-horse")
    while not bench.node.requests:
        bench.turn()
    bench.turn(facts.AccountRegistered(eve.connection.user.id, 0, "eve", CREDENTIALS))
    bench.settle()
    assert notices(eve.read()) == ["You are logged in already."]
