"""Accounts: logging in (SASL), registering one, and what the server says of ours.

A login begins while capabilities are agreed on, and CAP END waits for its end; or later, when
the user asks for it.  Sources: https://ircv3.net/specs/extensions/sasl-3.1 and sasl-3.2,
https://ircv3.net/specs/extensions/account-registration
"""

from core.client import attention, keepalive, sasl
from core.client.events import (
    AccountRegistered,
    ErrorReceived,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    RegistrationFailed,
    VerificationRequired,
)
from core.client.sentences import sentence_for, server_text
from core.client.state import ClientState, Handler, Login
from core.errors import PeerError
from core.wire import authenticate
from core.wire.message import Message

# Seconds that the server may take for each answer; it may make us wait on purpose.
LOGIN_LASTS = 20.0

_NO_ACCOUNTS = "This server has no accounts to log in to. Come in as a guest."
_NO_WAY = "The server does not offer a way to log in that can be used here."
_UNUSABLE = "The account's name or password has a character that cannot be used."
_BROKEN_OFF = "The login was broken off: the server does not keep to its rules."
_UNPROVEN = "The login was broken off: the server could not prove that it knows the account."
_SILENT = "The server did not answer the login."
_CERTIFICATE = "The server does not know this certificate."


def prepare(state: ClientState, nonce: str) -> None:
    """A connection is up: the same account as before, from the beginning."""
    last = state.login
    state.account = ""
    state.login = Login(last.account, last.password, last.wanted_mechanism, nonce)


def is_wanted(state: ClientState) -> bool:
    """True if there is something to log in with, and it was not tried yet."""
    login = state.login
    return login.stage == "new" and bool(login.password or login.wanted_mechanism == "EXTERNAL")


def is_under_way(state: ClientState) -> bool:
    """True while an answer of the server's is waited for."""
    return state.login.stage in ("asked", "talking")


def end_negotiation(state: ClientState) -> None:
    """CAP END, unless there is still something to agree on, or a login under way."""
    negotiation = state.negotiation
    waiting = negotiation.unanswered > 0 or negotiation.ended or is_under_way(state)
    if not waiting and state.phase == "registering":
        negotiation.ended = True
        state.send("CAP", "END")


# --- One login ------------------------------------------------------------------------------


def ask(state: ClientState) -> None:
    """The capability "sasl" is asked for."""
    state.login.stage = "asked"
    state.timers.set(state.now + LOGIN_LASTS, "login")


def begin(state: ClientState, refusal: Message | None = None) -> None:
    """The capability is agreed on; or the server does not take (``refusal``) the last mechanism."""
    login = state.login
    name = sasl.choose(_mechanisms(state), login.password, login.nonce, login.wanted_mechanism)
    if not name:
        sentence = server_text(refusal) if refusal else _NO_WAY
        fail(state, sentence, refusal.command if refusal else "")
        return
    nick = "" if name == "EXTERNAL" else state.wanted_nick
    try:
        login.exchange = sasl.begin(name, login.account or nick, login.password, login.nonce)
    except PeerError:
        fail(state, _UNUSABLE, "")
        return
    login.stage = "talking"
    login.tried.append(name)
    login.accepted = False
    state.timers.set(state.now + LOGIN_LASTS, "login")
    state.send("AUTHENTICATE", name)


def _mechanisms(state: ClientState) -> set[str]:
    """Those that the server has and that were not tried yet."""
    listed = state.negotiation.offered.get("sasl", "").upper()
    # A server of the older specification lists none; nearly all have these.
    mechanisms = set(listed.split(",")) if listed else {"PLAIN", "EXTERNAL"}
    return mechanisms.difference(state.login.tried)


def on_authenticate(state: ClientState, message: Message, label: str) -> None:
    """AUTHENTICATE: a challenge, or a part of one."""
    login = state.login
    if login.stage != "talking" or login.exchange is None or login.failure:
        return
    login.accepted = True
    state.timers.set(state.now + LOGIN_LASTS, "login")
    try:
        challenge = login.assembler.feed(message.param(0))
        response = None if challenge is None else login.exchange.respond(challenge)
    except PeerError:
        login.failure = _BROKEN_OFF
        state.send("AUTHENTICATE", authenticate.ABORT)
        return
    if response is not None:
        for chunk in authenticate.split(response):
            state.send("AUTHENTICATE", chunk)


def on_success(state: ClientState, message: Message, label: str) -> None:
    """903: the server is content; we are if it has shown that it knows the account."""
    login = state.login
    if login.stage != "talking" or login.exchange is None:
        return
    if login.failure or not login.exchange.trusted:
        state.account = ""
        fail(state, _UNPROVEN, "")
    else:
        _over(state)
        end_negotiation(state)


def on_refused(state: ClientState, message: Message, label: str) -> None:
    """902, 904, 905, 906, 907: no login, or none by this mechanism."""
    login = state.login
    code = message.command
    sentence = sentence_for(message)
    if login.stage != "talking":
        state.emit(ErrorReceived(sentence, code, "AUTHENTICATE", ()))
    elif not login.accepted and code == "904":
        begin(state, message)
    elif code == "904" and login.tried[-1] == "EXTERNAL":
        fail(state, _CERTIFICATE, code)
    else:
        fail(state, login.failure or sentence, code)


def on_mechanisms(state: ClientState, message: Message, label: str) -> None:
    """908: what the server has; 904 follows."""
    state.negotiation.offered["sasl"] = message.param(1)


def on_welcome(state: ClientState) -> None:
    """001: a login that is not over will not be answered any more, or cannot come in time."""
    if is_under_way(state):
        fail(state, state.login.failure or _SILENT, "")
    elif is_wanted(state) and state.settings.login_required:
        not_offered(state)


def not_offered(state: ClientState) -> None:
    """The server has no "sasl", or refused it."""
    fail(state, _NO_WAY if "sasl" in state.negotiation.offered else _NO_ACCOUNTS, "")


def timed_out(state: ClientState) -> None:
    """The timer "login"."""
    state.send("AUTHENTICATE", authenticate.ABORT)
    fail(state, state.login.failure or _SILENT, "")


def fail(state: ClientState, sentence: str, code: str) -> None:
    """The login is over; what becomes of the connection is for the settings to say."""
    account = state.login.account
    _over(state)
    ends = state.settings.login_required and state.phase == "registering"
    state.emit(LoginFailed(account, sentence, code, ends))
    if ends:
        state.refused = True
        state.emit(RegistrationFailed(sentence, code, bool(code)))
        keepalive.close(state, sentence)
    else:
        end_negotiation(state)


def _over(state: ClientState) -> None:
    login = state.login
    login.stage = "over"
    login.exchange = None
    login.nonce = ""  # whoever logs in again on this connection brings another
    state.timers.cancel("login")


# --- The account ----------------------------------------------------------------------------


def on_logged_in(state: ClientState, message: Message, label: str) -> None:
    """900: ``<nick> <nick!user@host> <account> :<text>``."""
    state.account = message.param(2)
    state.emit(LoggedIn(state.account))
    attention.logged_in(state)


def on_logged_out(state: ClientState, message: Message, label: str) -> None:
    """901."""
    state.account = ""
    state.emit(LoggedOut())


def on_registered(state: ClientState, message: Message, label: str) -> None:
    """REGISTER and VERIFY: ``SUCCESS`` or ``VERIFICATION_REQUIRED``, the account, a text."""
    login = state.login
    account = message.param(1)
    if message.param(0) == "VERIFICATION_REQUIRED":
        state.emit(VerificationRequired(account, server_text(message)))
    elif message.param(0) == "SUCCESS":
        state.account = account
        if login.new_password:  # for the next connection
            login.account, login.password = account, login.new_password
            login.new_password = ""
        state.emit(AccountRegistered(account))


HANDLERS: dict[str, Handler] = {
    "AUTHENTICATE": on_authenticate,
    "REGISTER": on_registered,
    "VERIFY": on_registered,
    "900": on_logged_in,
    "901": on_logged_out,
    "902": on_refused,
    "903": on_success,
    "904": on_refused,
    "905": on_refused,
    "906": on_refused,
    "907": on_refused,
    "908": on_mechanisms,
}
