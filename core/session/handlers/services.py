"""NickServ: accounts for clients that know neither SASL nor REGISTER.

It is a name, not a user: what is said to it (PRIVMSG, or NICKSERV and NS) is taken as a command
and answered with notices.  Nothing said to it is kept or shown to anybody.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.accounts import make_account, unacceptable
from core.session.handlers.login import check_password, in_order, log_in
from core.session.jobs import MakeCredentials
from core.session.node import Node
from core.session.render import timestamp
from core.state import facts
from core.state.credentials import Credentials
from core.state.events import Refused
from core.state.records import Account, User
from core.wire.identifiers import fold
from core.wire.message import Message

NAME = "NickServ"
_FINGERPRINT_DIGITS = 64

Answer = Callable[[str], None]


class Request(NamedTuple):
    """One command to NickServ, and how its sender is answered."""

    node: Node
    connection: Connection
    user: User
    words: Sequence[str]  # behind the command's name
    say: Answer


class Subcommand(NamedTuple):
    """A row of the table; ``usage`` names the words it takes, those in [] may be left out."""

    handler: Callable[[Request], None]
    least: int
    usage: str
    meaning: str
    operators: bool  # for those of the server only: HELP names it to nobody else


SUBCOMMANDS: dict[str, Subcommand] = {}


def subcommand(
    name: str, least: int, usage: str, meaning: str, *, operators: bool = False
) -> Callable[[Callable[[Request], None]], Callable[[Request], None]]:
    """Enter the decorated handler into the table."""

    def enter(handler: Callable[[Request], None]) -> Callable[[Request], None]:
        SUBCOMMANDS[name] = Subcommand(handler, least, usage, meaning, operators)
        return handler

    return enter


@command("NICKSERV")
@command("NS")
def nickserv(node: Node, connection: Connection, message: Message) -> None:
    """What stands behind the command is what one would say to NickServ."""
    tell(node, connection, " ".join(message.params))


def is_service(target: str) -> bool:
    """True if ``target`` of a message is NickServ."""
    return len(target) == len(NAME) and fold(target) == "nickserv"


def tell(node: Node, connection: Connection, text: str) -> None:
    """Do what ``text``, said to NickServ, asks for."""
    in_order(node, connection, lambda: _run(node, connection, text.split()))


def _run(node: Node, connection: Connection, words: list[str]) -> None:
    user = connection.user
    assert user is not None

    def say(text: str) -> None:
        line = f":{NAME}!{NAME}@{node.server} NOTICE {connection.name} :{text}"
        node.answer(connection, render.line(line))

    name = words[0].upper() if words else "HELP"
    row = SUBCOMMANDS.get(name)
    if row is None:
        say(f"There is no command {name}. Say HELP for those there are.")
    elif len(words[1:]) < row.least:
        say(f"Usage: {name} {row.usage}")
    else:
        row.handler(Request(node, connection, user, words[1:], say))


@subcommand("HELP", 0, "", "lists the commands")
def help_(request: Request) -> None:
    """The table."""
    request.say("An account keeps your nickname, your rooms and your messages for you.")
    for name, row in SUBCOMMANDS.items():
        if row.operators and request.user not in request.node.replica.operators:
            continue
        request.say(f"{name} {row.usage} - {row.meaning}".replace("  ", " "))


@subcommand("REGISTER", 1, "<password> [<email>]", "makes an account of your nickname")
def register(request: Request) -> None:
    """As the command REGISTER."""
    email = request.words[1] if len(request.words) > 1 and request.words[1] != "*" else ""

    def made(refused: Refused | None) -> None:
        if refused is not None:
            request.say(f"{refused.text}.")
        else:
            request.say(f"Account {request.user.nick} is registered. You are logged in.")

    make_account(
        request.node,
        request.connection,
        email,
        request.words[0],
        lambda code, text: request.say(f"{text}."),
        made,
    )


@subcommand("IDENTIFY", 1, "[<account>] <password>", "logs in")
def identify(request: Request) -> None:
    """By password; the account is the nickname unless it is named."""
    *names, password = request.words[:2]
    name = names[0] if names else request.user.nick

    def judged(account: Account | None) -> None:
        if account is None:
            request.say("The account or the password is wrong.")
        else:
            log_in(
                request.node,
                request.connection,
                account,
                lambda: request.say(f"You are logged in as {account.name}."),
                lambda: request.say("The account is no more."),
            )

    if request.user.account is not None and request.user.account.key == fold(name):
        request.say("You are logged in already.")
        return
    check_password(request.node, request.connection, name, password, judged)


@subcommand("LOGOUT", 0, "", "goes on without an account, as a guest")
def logout(request: Request) -> None:
    """The account stays."""
    if _account(request) is None:
        return
    node, connection = request.node, request.connection

    def done(refused: Refused | None) -> None:
        node.release(connection)
        request.say("You are logged out.")

    node.hold(connection)
    node.propose(connection, facts.LoggedOut(request.user.id, connection.id), done)


@subcommand("PASSWD", 2, "<old password> <new password>", "changes your password")
def passwd(request: Request) -> None:
    """The old one is asked for: an unattended window is not enough."""
    account = _account(request)
    if account is None:
        return
    node, connection = request.node, request.connection
    old, new = request.words[:2]
    why = unacceptable(node, new)
    if why is not None:
        request.say(f"{why[1]}.")
        return

    def propose(credentials: object) -> None:
        if not isinstance(credentials, Credentials):
            request.say("The password has characters that no password may have.")
            return
        node.propose(
            connection,
            facts.CredentialsSet(account.id, credentials),
            lambda refused: request.say("Your password is changed."),
        )

    def judged(found: Account | None) -> None:
        if found is None:
            request.say("The old password is wrong.")
        else:
            node.ask(connection, MakeCredentials(new), propose)

    check_password(node, connection, account.name, old, judged)


@subcommand("DROP", 1, "<password>", "ends your account; it cannot be undone")
def drop(request: Request) -> None:
    """Only with the password."""
    account = _account(request)
    if account is None:
        return
    node, connection = request.node, request.connection

    def judged(found: Account | None) -> None:
        if found is None:
            request.say("The password is wrong.")
            return
        node.propose(
            connection,
            facts.AccountDropped(account.id),
            lambda refused: request.say(f"The account {account.name} is no more."),
        )

    check_password(node, connection, account.name, " ".join(request.words), judged)


@subcommand("CERT", 0, "[ADD|DEL [<fingerprint>]]", "certificates that log you in (SASL EXTERNAL)")
def cert(request: Request) -> None:
    """List them, or add or take away one: the connection's own where none is given."""
    account = _account(request)
    if account is None:
        return
    action = request.words[0].upper() if request.words else "LIST"
    if action not in ("ADD", "DEL"):
        for fingerprint in account.certificates:
            request.say(fingerprint)
        request.say(f"{len(account.certificates)} certificates.")
        return
    given = request.words[1] if len(request.words) > 1 else request.connection.certificate
    fingerprint = given.replace(":", "").lower()
    if len(fingerprint) != _FINGERPRINT_DIGITS or set(fingerprint) - set("0123456789abcdef"):
        request.say("Give the certificate's SHA-256 fingerprint, or connect with the certificate.")
        return
    done = "may log in as you" if action == "ADD" else "logs in no more"
    request.node.propose(
        request.connection,
        facts.CertificateSet(account.id, fingerprint, action == "ADD"),
        lambda refused: request.say(f"{refused.text if refused else f'{fingerprint} {done}'}."),
    )


@subcommand("INFO", 0, "[<account>]", "tells what is known of an account")
def info(request: Request) -> None:
    """E-mail and certificates are told to its owner alone."""
    own = request.user.account
    name = request.words[0] if request.words else own.name if own else request.user.nick
    account = request.node.replica.account_named(name)
    if account is None:
        request.say(f"There is no account {name}.")
        return
    request.say(f"Account: {account.name}")
    request.say(f"Registered: {timestamp(account.registered_at)}")
    if account is own:
        request.say(f"E-mail: {account.email or 'none'}")
        request.say(f"Certificates: {len(account.certificates)}")
        request.say(f"Connections: {len(request.user.connections)}")


def _account(request: Request) -> Account | None:
    """The sender's account; without one it is told so."""
    if request.user.account is None:
        request.say("You are not logged in.")
    return request.user.account
