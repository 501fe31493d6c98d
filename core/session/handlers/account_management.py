"""NickServ for operators of the server who have the permission ``accounts``."""

from collections.abc import Callable

from core.session.handlers.accounts import unacceptable
from core.session.handlers.authority import permitted
from core.session.handlers.services import Request, subcommand
from core.session.jobs import MakeCredentials
from core.state import facts
from core.state.credentials import Credentials
from core.state.events import Refused
from core.state.facts import Fact
from core.state.records import Account
from core.wire.identifiers import prepared_nick

PERMISSION = "accounts"
_Proposal = Callable[[Credentials], None]


def _permitted(request: Request) -> bool:
    return permitted(request.node, request.connection, PERMISSION)


def _account(request: Request) -> Account | None:
    """The account that is named; else that is said."""
    account = request.node.replica.account_named(request.words[0])
    if account is None:
        request.say(f"There is no account {request.words[0]}.")
    return account


def _propose(request: Request, fact: Fact, done: str) -> None:
    def told(refused: Refused | None) -> None:
        request.say(f"{refused.text}." if refused is not None else done)

    request.node.propose(request.connection, fact, told)


@subcommand("SETPASS", 2, "<account> <password>", "changes somebody's password", operators=True)
def setpass(request: Request) -> None:
    """For who has forgotten it.  Connections of the account go on."""
    if not _permitted(request):
        return
    account = _account(request)
    if account is None:
        return
    done = f"The account {account.name} has another password."

    def propose(credentials: Credentials) -> None:
        _propose(request, facts.CredentialsSet(account.id, credentials), done)

    _hash(request, propose)


@subcommand("CREATE", 2, "<account> <password>", "makes an account for somebody", operators=True)
def create(request: Request) -> None:
    """Also where nobody else may."""
    if not _permitted(request):
        return
    name = prepared_nick(request.words[0])
    if name is None:
        request.say("An account has the name of a nickname.")
        return

    def propose(credentials: Credentials) -> None:
        fact = facts.AccountRegistered(0, request.connection.id, name, credentials)
        _propose(request, fact, f"The account {name} is registered.")

    _hash(request, propose)


@subcommand("ERASE", 1, "<account>", "ends somebody's account for ever", operators=True)
def erase(request: Request) -> None:
    """Its connections go on as guests."""
    if not _permitted(request):
        return
    account = _account(request)
    if account is not None:
        done = f"The account {account.name} is no more."
        _propose(request, facts.AccountDropped(account.id), done)


def _hash(request: Request, propose: _Proposal) -> None:
    """Hash the password that was given, if it may be one."""
    password = request.words[1]
    why = unacceptable(request.node, password)
    if why is not None:
        request.say(f"{why[1]}.")
        return

    def hashed(credentials: object) -> None:
        if isinstance(credentials, Credentials):
            propose(credentials)
        else:
            request.say("The password has characters that no password may have.")

    request.node.ask(request.connection, MakeCredentials(password), hashed)
