"""AUTHENTICATE: logging in by SASL, before the registration or after it.

Source: https://ircv3.net/specs/extensions/sasl-3.2.  The mechanisms are in ``core.session.sasl``;
here is what they need of the rest: whose verifier, whether the password is right, how often it may
be tried, and what the client is told.
"""

from collections.abc import Callable

from core.session.account_lines import tell_login
from core.session.attempts import Attempts
from core.session.connection import Connection
from core.session.dispatch import ANYTIME, command
from core.session.jobs import Verify, Wait
from core.session.node import Node
from core.session.sasl import Challenge, Check, Done, Failed, Lookup, Step, begin
from core.state import facts
from core.state.events import Refused
from core.state.records import Account
from core.wire import authenticate as payload
from core.wire import numerics
from core.wire.message import Message

_FAILURES = {"too long": numerics.ERR_SASLTOOLONG, "aborted": numerics.ERR_SASLABORTED}


@command("AUTHENTICATE", params=1, needs=ANYTIME)
def authenticate(node: Node, connection: Connection, message: Message) -> None:
    """One line of a login, also from who has not asked for the capability.

    What comes after it waits for its outcome.
    """
    parameter = message.params[0]
    in_order(node, connection, lambda: _take(node, connection, parameter))


def in_order(node: Node, connection: Connection, step: Callable[[], None]) -> None:
    """Do ``step`` when everything before it is done; further commands wait for what it asks."""

    def answer() -> None:
        node.release(connection)  # unless ``step`` holds it again
        step()

    node.hold(connection)
    node.read(connection, answer)


def _take(node: Node, connection: Connection, parameter: str) -> None:
    if connection.dialogue is not None:
        step = connection.dialogue.receive(parameter)
        if step is not None:
            _advance(node, connection, step)
    elif parameter == payload.ABORT:
        node.reply(connection, numerics.ERR_SASLABORTED)
    else:
        _begin(node, connection, parameter)


def _begin(node: Node, connection: Connection, mechanism: str) -> None:
    offered = node.offers.mechanisms
    if mechanism.upper() in offered.split(","):
        connection.dialogue = begin(
            mechanism,
            nonce=node.nonce(),
            secret=node.secret,
            certificate_account=_certified(node, connection),
        )
    if connection.dialogue is None:
        node.reply(connection, numerics.RPL_SASLMECHS, mechanisms=offered)
        node.reply(connection, numerics.ERR_SASLFAIL)
    else:
        _send(node, connection, [payload.NOTHING])


def _certified(node: Node, connection: Connection) -> str | None:
    """The name of the account that the client's certificate opens."""
    fingerprint = connection.certificate
    if not fingerprint:
        return None
    account = node.replica.certificates.get(fingerprint)
    return account.name if account is not None else None


def _send(node: Node, connection: Connection, parameters: list[str]) -> None:
    for parameter in parameters:
        node.answer(connection, f":{node.server} AUTHENTICATE {parameter}\r\n".encode())


def _advance(node: Node, connection: Connection, step: Step) -> None:
    """Go on from ``step`` to wherever the exchange waits for somebody."""
    dialogue = connection.dialogue
    if isinstance(step, Challenge):
        _send(node, connection, payload.split(step.data))
    elif isinstance(step, Failed):
        _fail(node, connection, step)
    elif isinstance(step, Done):
        connection.dialogue = None
        account = node.replica.account_named(step.account)
        if account is None or not _still_opens(connection, account, step):
            node.reply(connection, numerics.ERR_SASLFAIL)
        else:
            _succeed(node, connection, account)
    elif isinstance(step, Lookup):
        assert dialogue is not None
        found = node.replica.account_named(step.account)
        verifier = found.credentials.verifier if found is not None else None

        def look_up() -> None:
            if connection.dialogue is dialogue:
                _advance(node, connection, dialogue.resume(verifier))

        attempt(node, connection, step.account, look_up, lambda: _refuse(node, connection))
    else:
        _check(node, connection, step)


def _still_opens(connection: Connection, account: Account, step: Done) -> bool:
    """True if the account has still what the client has shown to be its own."""
    if step.verifier is None:
        return connection.certificate in account.certificates
    return account.credentials.verifier == step.verifier


def _check(node: Node, connection: Connection, step: Check) -> None:
    connection.dialogue = None

    def judged(account: Account | None) -> None:
        if account is None:
            node.reply(connection, numerics.ERR_SASLFAIL)
        else:
            _succeed(node, connection, account)

    check_password(node, connection, step.account, step.password, judged)


def _succeed(node: Node, connection: Connection, account: Account) -> None:
    log_in(
        node,
        connection,
        account,
        lambda: node.reply(connection, numerics.RPL_SASLSUCCESS),
        lambda: node.reply(connection, numerics.ERR_SASLFAIL),
    )


def _fail(node: Node, connection: Connection, step: Failed) -> None:
    connection.dialogue = None
    if step.reason == "wrong":
        node.attempts.failed(counted_address(connection), node.now)
    node.reply(connection, _FAILURES.get(step.reason, numerics.ERR_SASLFAIL))


def _refuse(node: Node, connection: Connection) -> None:
    """Too many attempts."""
    connection.dialogue = None
    node.reply(connection, numerics.ERR_SASLFAIL)


def counted_address(connection: Connection) -> str:
    """Under which address its attempts count; "" for one of this machine, which has no limit."""
    address = connection.address
    return "" if address.startswith("127.") or address in ("::1", "0::1") else address


def attempt(
    node: Node,
    connection: Connection,
    account: str,
    go_on: Callable[[], None],
    refuse: Callable[[], None],
    attempts: Attempts | None = None,
) -> None:
    """Go on as soon as one more attempt is allowed (to log in, or of ``attempts``), or refuse."""
    counts = attempts or node.attempts
    delay = counts.delay(account, counted_address(connection), node.now)
    if delay is None:
        refuse()
    elif delay > 0:
        node.ask(
            connection,
            Wait(delay),
            lambda _: attempt(node, connection, account, go_on, refuse, attempts),
        )
    else:
        go_on()


def check_password(
    node: Node,
    connection: Connection,
    name: str,
    password: str,
    judged: Callable[[Account | None], None],
) -> None:
    """Have a password verified; ``judged`` is told the account that it opens, or None."""
    account = node.replica.account_named(name)
    encoded = account.credentials.argon2 if account is not None else None

    def answer(right: object) -> None:
        if right is True and account is not None and _is_current(node, account, encoded):
            judged(account)
        else:
            node.attempts.failed(counted_address(connection), node.now)
            judged(None)

    attempt(
        node,
        connection,
        name,
        lambda: node.ask(connection, Verify(encoded, password), answer),
        lambda: judged(None),
    )


def _is_current(node: Node, account: Account, encoded: str | None) -> bool:
    """True if the account exists, and the password that was judged is still its own."""
    found = node.replica.accounts.get(account.id)
    return found is account and account.credentials.argon2 == encoded


def log_in(
    node: Node,
    connection: Connection,
    account: Account,
    then: Callable[[], None],
    failed: Callable[[], None],
) -> None:
    """The connection is the account's: 900, then ``then``; or ``failed``, if that is no more."""
    node.attempts.succeeded(account.name, counted_address(connection))
    user = connection.user
    if user is None or user.account is account:
        connection.account, connection.account_since = account.id, account.registered_at
        tell_login(node, connection, account.name)
        then()
        return

    def logged_in(refused: Refused | None) -> None:
        told, connection.then = connection.then is None, None
        node.release(connection)
        if not told and (refused is None or not refused.closes):
            failed()
        elif refused is not None and refused.numeric is not None:
            # The account is banned; or, if nothing is closed, it may not come into a room.
            node.reply(connection, refused.numeric, **refused.values)
            if refused.closes:
                node.close(connection, refused.closes)

    connection.then = then

    # What comes after waits: it is said under another nick perhaps.
    node.hold(connection)
    fact = facts.LoggedIn(user.id, connection.id, account.id, account.registered_at)
    node.propose(connection, fact, logged_in)
