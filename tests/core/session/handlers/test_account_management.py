"""What NickServ does for operators of the server, over one node."""

from dataclasses import replace

import pytest

from core.config import AccountsConfig
from tests.core.session.handlers.test_accounts import ask
from tests.core.session.handlers.test_login import PASSWORD, log_in, register
from tests.fakes.bench import QUIET, Bench, codes
from tests.fakes.operators import operator, with_operator

ALLOWED = with_operator("accounts")


def test_another_password_for_who_has_forgotten_it() -> None:
    bench = Bench(ALLOWED)
    ada = register(bench)
    root = operator(bench)
    assert ask(root, "setpass Ada second") == ["The account ada has another password."]
    assert ada.read() == []
    assert codes(log_in(bench.connect()))[-1] == "904"
    assert codes(log_in(bench.connect(), password="second"))[-1] == "903"
    assert ask(root, "setpass nobody second") == ["There is no account nobody."]
    assert ask(root, "setpass ada x") == ["A password has at least 3 characters."]
    assert ask(root, "setpass ada sec\x07ond") == [
        "The password has characters that no password may have."
    ]
    assert ask(root, "setpass ada") == ["Usage: SETPASS <account> <password>"]


def test_an_account_for_somebody_where_registration_is_closed() -> None:
    closed = replace(ALLOWED, accounts=AccountsConfig(registration="closed"))
    bench = Bench(closed)
    root = operator(bench)
    assert ask(root, "create ada first") == ["The account ada is registered."]
    assert root.connection.user is not None
    assert root.connection.user.account is None
    assert codes(log_in(bench.connect(), password="first"))[-1] == "903"
    assert ask(root, "create ada first") == ["This account exists already."]
    assert ask(root, "create 1bad first") == ["An account has the name of a nickname."]
    assert ask(root, "create bob x") == ["A password has at least 3 characters."]
    bench.enter("bob")
    assert ask(root, "create bob first") == ["This name, or one that looks like it, is somebody's."]


def test_the_end_of_an_account() -> None:
    bench = Bench(ALLOWED)
    ada = register(bench)
    root = operator(bench)
    assert ask(root, "erase ada") == ["The account ada is no more."]
    assert codes(ada.read()) == ["901"]
    assert ask(root, "erase ada") == ["There is no account ada."]


@pytest.mark.parametrize("text", ["setpass ada second", "create bob first", "erase ada"])
def test_not_for_everybody(text: str) -> None:
    bench = Bench(with_operator("kill"))
    register(bench)
    guest, root = bench.enter("guest"), operator(bench)
    assert codes(guest.say(f"NS {text}")) == ["481"]
    assert codes(root.say(f"NS {text}")) == ["723"]
    assert codes(log_in(bench.connect()))[-1] == "903"
    assert set(bench.node.replica.account_keys) == {"ada"}


def test_help_names_it_to_operators_alone() -> None:
    bench = Bench(ALLOWED)
    told = ask(bench.enter("ada"), "help")
    assert not [line for line in told if line.startswith("SETPASS")]
    assert [line for line in ask(operator(bench), "help") if line.startswith("SETPASS")]


def test_nothing_of_it_is_shown_to_others() -> None:
    bench = Bench(with_operator(config=QUIET))
    root, other = operator(bench, caps="echo-message"), bench.enter("bob", caps="echo-message")
    told = root.say(f"PRIVMSG NickServ :create ada {PASSWORD.split()[0]}")
    assert all(PASSWORD.split()[0] not in line for line in told + other.read())
