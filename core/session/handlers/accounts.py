"""Accounts: REGISTER, VERIFY, PERSISTENCE.

Sources: https://ircv3.net/specs/extensions/account-registration and
https://ircv3.net/specs/extensions/persistence
"""

from collections.abc import Callable

from core.session import render
from core.session.account_lines import send_persistence
from core.session.connection import Connection
from core.session.dispatch import ANYTIME, command
from core.session.handlers.greeting import server_password_fits
from core.session.handlers.login import attempt, counted_address, in_order, log_in
from core.session.jobs import MakeCredentials
from core.session.node import Node
from core.state import facts
from core.state.credentials import Credentials
from core.state.events import Refused
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.message import Message

# Bytes of a password: it must fit into a message to NickServ as well.
PASSWORD_BYTES = 300
EMAIL_BYTES = 250


@command("REGISTER", params=3, needs=ANYTIME)
def register(node: Node, connection: Connection, message: Message) -> None:
    """Make an account of one's nick."""
    name, email, password = message.params[:3]
    in_order(node, connection, lambda: _register(node, connection, name, email, password))


def _register(node: Node, connection: Connection, name: str, email: str, password: str) -> None:
    shown = connection.name if name == "*" else numerics.middle(name)

    def fail(code: str, text: str) -> None:
        node.fail(connection, "REGISTER", code, text, shown)

    early = node.config.accounts.before_connect and server_password_fits(node, connection)
    if connection.user is None and not early:
        fail("COMPLETE_CONNECTION_REQUIRED", "Complete your connection first")
        return
    if shown == "*":
        fail("NEED_NICK", "Choose a nickname first")
        return
    if fold(shown) != fold(connection.name):
        fail("ACCOUNT_NAME_MUST_BE_NICK", "An account has the name of your current nickname")
        return
    if email not in ("", "*") and not _plausible(email):
        fail("INVALID_EMAIL", "This is no e-mail address; * stands for none")
        return

    def made(refused: Refused | None) -> None:
        if refused is not None:
            fail(refused.code, refused.text)
            return
        text = f"Account {shown} is registered, and you are logged in"
        line = f":{node.server} REGISTER SUCCESS {shown} :{text}"
        node.answer(connection, render.line(line))
        account = node.replica.account_named(shown)
        if connection.user is None and account is not None:
            log_in(node, connection, account, lambda: None, lambda: None)

    make_account(node, connection, "" if email == "*" else email, password, fail, made)


def _plausible(email: str) -> bool:
    """True for what looks like an address; whether it is one would only show by writing to it."""
    local, at, domain = email.rpartition("@")
    return bool(local and at and domain and " " not in email) and len(email) <= EMAIL_BYTES


def make_account(
    node: Node,
    connection: Connection,
    email: str,
    password: str,
    fail: Callable[[str, str], None],
    made: Callable[[Refused | None], None],
) -> None:
    """Register an account of the connection's nick.

    ``fail`` is told a code of the specification and a text, ``made`` the verdict.
    """
    name = connection.name
    user = connection.user
    if node.config.accounts.registration != "open":
        fail("TEMPORARILY_UNAVAILABLE", "This server's operator registers accounts")
        return
    if connection.account or (user is not None and user.account is not None):
        fail("ALREADY_AUTHENTICATED", "You are logged in already")
        return
    if node.replica.account_named(name) is not None:
        fail("ACCOUNT_EXISTS", "This account exists already")
        return
    why = unacceptable(node, password)
    if why is not None:
        fail(*why)
        return

    def propose(credentials: object) -> None:
        if not isinstance(credentials, Credentials):
            fail("UNACCEPTABLE_PASSWORD", "The password has characters that no password may have")
            return
        user_id = connection.user.id if connection.user is not None else 0
        fact = facts.AccountRegistered(user_id, connection.id, name, credentials, email)
        node.propose(connection, fact, lambda refused: _registered(node, connection, made, refused))
        node.hold(connection)

    def hash_password() -> None:
        node.sign_ups.failed(counted_address(connection), node.now)
        node.ask(connection, MakeCredentials(password), propose)

    def refuse() -> None:
        fail("TEMPORARILY_UNAVAILABLE", "Too many accounts were registered; wait a minute")

    attempt(node, connection, name, hash_password, refuse, node.sign_ups)


def _registered(
    node: Node,
    connection: Connection,
    made: Callable[[Refused | None], None],
    refused: Refused | None,
) -> None:
    node.release(connection)
    made(refused)


def unacceptable(node: Node, password: str) -> tuple[str, str] | None:
    """What is wrong with a new password: a code and a text, or None."""
    least = node.config.accounts.password_length
    if len(password) < least:
        return "WEAK_PASSWORD", f"A password has at least {least} characters"
    if len(password.encode()) > PASSWORD_BYTES:
        return "UNACCEPTABLE_PASSWORD", f"A password has at most {PASSWORD_BYTES} bytes"
    return None


@command("VERIFY", params=2, needs=ANYTIME)
def verify(node: Node, connection: Connection, message: Message) -> None:
    """No account waits for a code here: it is always one too many."""
    shown = connection.name if message.params[0] == "*" else numerics.middle(message.params[0])
    in_order(node, connection, lambda: _verify(node, connection, shown))


def _verify(node: Node, connection: Connection, shown: str) -> None:
    user = connection.user
    if connection.account or (user is not None and user.account is not None):
        text = "You are logged in already"
        node.fail(connection, "VERIFY", "ALREADY_AUTHENTICATED", text, shown)
    else:
        text = "This account does not wait for a code"
        node.fail(connection, "VERIFY", "INVALID_CODE", text, shown)


@command("PERSISTENCE")
def persistence(node: Node, connection: Connection, message: Message) -> None:
    """GET or SET whether one stays without a connection; other subcommands are ignored."""
    subcommand = message.param(0).upper()
    if subcommand in ("GET", "SET"):
        value = message.param(1).upper() if subcommand == "SET" else "GET"
        in_order(node, connection, lambda: _persistence(node, connection, value))
    elif not message.params:
        _invalid(node, connection)


def _invalid(node: Node, connection: Connection) -> None:
    node.fail(connection, "PERSISTENCE", "INVALID_PARAMETERS", "Invalid parameters")


def _persistence(node: Node, connection: Connection, value: str) -> None:
    user = connection.user
    assert user is not None
    if user.account is None:
        node.fail(connection, "PERSISTENCE", "ACCOUNT_REQUIRED", "An account is required")
    elif value == "GET":
        send_persistence(node, connection, user)
    elif value in ("ON", "OFF", "DEFAULT"):
        kept = "" if value == "DEFAULT" else value
        node.propose(connection, facts.SettingSet(user.id, "persistence", kept))
    else:
        _invalid(node, connection)
