"""From a fresh connection to the server's welcome, and our nick all the way.

The welcome is 001; what the server can do follows in 005, and the end of the message of the
day (376, or 422 for none) ends it.  A server that forgets that is taken as ready after a while.
"""

import re

from core.client import attention, capabilities, history, login, outbound, presence
from core.client.events import (
    CloseConnection,
    MotdReceived,
    NickRejected,
    Registered,
    RegistrationFailed,
)
from core.client.reading import clean
from core.client.sentences import sentence_for
from core.client.state import ClientState, Handler
from core.wire.message import Message

# Seconds after 001 in which the end of the welcome has to come.
WELCOME_LASTS = 10.0
# Seconds between two attempts to get the wanted nick back.
RECLAIM_EVERY = 15.0
# Nicks tried automatically in the place of one that is in use.
_MOST_ALTERNATES = 5

# "Closing link: (ada@host) [why]", "Closing Link: ada[host] (why)": only that is told.
_CLOSING = re.compile(r"closing link: \S+ [\[(](.+)[\])]$", re.IGNORECASE)
_IN_USE = {"433", "436", "437"}
_PERMANENT = {"464", "465"}


def begin(state: ClientState) -> None:
    """The first lines of a connection."""
    settings = state.settings
    state.phase = "registering"
    state.alternates = 0
    capabilities.begin(state)
    if settings.password:
        state.send("PASS", clean(settings.password))
    state.set_nick(state.wanted_nick)
    state.send("NICK", state.nick)
    username = settings.username or "".join(filter(str.isalnum, settings.nick)) or "user"
    state.send("USER", username, "0", "*", clean(settings.realname or settings.nick))


def on_welcome(state: ClientState, message: Message, label: str) -> None:
    """001: the nick that we really have."""
    login.on_welcome(state)
    if state.refused:
        return  # by ourselves: what still comes of the welcome is of no interest
    if message.param(0):
        state.set_nick(message.param(0))
        state.own_nicks.add(state.nick)
    state.timers.set(state.now + WELCOME_LASTS, "welcome")


def on_isupport(state: ClientState, message: Message, label: str) -> None:
    """005: what the server is like.  The last parameter is a sentence."""
    mapping = state.support.casemapping
    for token in message.params[1:-1]:
        state.support.apply(token)
    state.features = capabilities.derive_features(state)
    if state.support.casemapping != mapping:
        state.roster.refold(state.fold)
        for key, conversation in list(state.conversations.items()):
            if state.fold(conversation.name) != key:
                state.rename_conversation(key, conversation.name)


def on_motd(state: ClientState, message: Message, label: str) -> None:
    """375 and 372: its lines; 376 and 422: its end, and that of the welcome."""
    if message.command == "375":
        state.collected.motd.clear()
    elif message.command == "372":
        if len(state.collected.motd) < 1000:
            state.collected.motd.append(message.params[-1] if message.params else "")
    else:
        text = "\n".join(line.removeprefix("- ") for line in state.collected.motd)
        state.collected.motd.clear()
        if state.phase == "registering" and state.timers.is_set("welcome"):
            ready(state)
        state.emit(MotdReceived(text))


def ready(state: ClientState) -> None:
    """The welcome is over: tell, join, catch up, send what waited."""
    state.timers.cancel("welcome")
    state.phase = "ready"
    reconnected = state.registered_before
    state.registered_before = True
    capabilities.note_multiline(state)
    state.emit(Registered(state.nick, state.support.network, state.features, reconnected))
    if login.is_wanted(state):
        capabilities.log_in(state)
    _reclaim_later(state)
    attention.ready(state)
    _enter_rooms(state, reconnected)
    if state.features.history and state.settings.find_conversations:
        history.ask_targets(state)
    for conversation in list(state.conversations.values()):
        if conversation.key in state.roster.rooms or conversation.key in state.joining:
            outbound.flush(state, conversation.key)
        elif conversation.is_room:
            outbound.settle_uncertain(state, conversation.key, covered=False)
        else:
            history.catch_up(state, conversation, rejoined=reconnected)


def _enter_rooms(state: ClientState, reconnected: bool) -> None:
    if not reconnected:
        for entry in state.settings.rooms:
            name, _, key = entry.partition(" ")
            state.wanted_rooms.setdefault(name, key)
    elif not state.settings.rejoin:
        for room in list(state.roster.rooms.values()):
            if not room.joined:
                state.roster.leave(room.key)
                state.wanted_rooms.pop(room.name, None)
    for name, key in list(state.wanted_rooms.items()):
        known = state.roster.rooms.get(state.fold(name))
        if known is None or not known.joined:
            changed = known.modes.get("k", "*") if known is not None else "*"
            enter(state, name, key if changed in ("", "*") else changed)  # some hide it


def enter(state: ClientState, name: str, key: str = "") -> bool:
    """Ask to join one room; what is said there waits until we are in."""
    if not state.send("JOIN", name, *([key] if key else [])):
        return False
    state.joining[state.fold(name)] = name
    return True


# --- the nick -------------------------------------------------------------------------------


def on_nick_refused(state: ClientState, message: Message, label: str) -> None:
    """431, 432, 433, 436, 437: another nick, of our making or the user's."""
    nick = message.param(1) if len(message.params) > 2 else state.wanted_nick
    if state.phase == "ready":
        if message.command == "432" and presence.refused(state, nick):
            return
        if state.reclaiming and state.fold(nick) == state.fold(state.reclaiming):
            state.reclaiming = ""
            return
        reason = sentence_for(message)
        state.emit(NickRejected(nick, reason, message.command, "", False))
        return
    mode = state.settings.alternate_nick
    automatic = mode == "always" or (mode == "reconnect" and state.registered_before)
    if automatic and message.command in _IN_USE and state.alternates < _MOST_ALTERNATES:
        state.alternates += 1
        state.set_nick(alternate(state, state.nick))
        state.send("NICK", state.nick)
        return
    suggestion = alternate(state, nick) if message.command in _IN_USE else ""
    reason = sentence_for(message)
    state.emit(NickRejected(nick, reason, message.command, suggestion, True))


def alternate(state: ClientState, nick: str) -> str:
    """A nick like ``nick``: with an underscore more, or in its last place where it is full."""
    longest = state.support.nick_length if state.registered_before else 0
    if not longest or len(nick) < longest:
        return nick + "_"
    base = nick.rstrip("_") or "user"
    underscores = min(len(nick) - len(nick.rstrip("_")) + 1, longest - 1)
    return base[: longest - underscores] + "_" * underscores


def _reclaim_later(state: ClientState) -> None:
    if state.alternates and not state.is_own(state.wanted_nick):
        state.timers.set(state.now + RECLAIM_EVERY, "reclaim")


def reclaim(state: ClientState) -> None:
    """The timer "reclaim", or the wanted nick was just given up: try to get it."""
    if state.is_own(state.wanted_nick):
        state.timers.cancel("reclaim")
        return
    state.reclaiming = state.wanted_nick
    state.send("NICK", state.wanted_nick)
    state.timers.set(state.now + RECLAIM_EVERY, "reclaim")


def nick_given_up(state: ClientState, nick: str) -> None:
    """Someone left, or changed their nick: perhaps it is the one that we wait for."""
    waiting = state.timers.is_set("reclaim")
    if waiting and state.fold(nick) == state.fold(state.wanted_nick):
        reclaim(state)


# --- refusal --------------------------------------------------------------------------------


def on_registration_refused(state: ClientState, message: Message, label: str) -> None:
    """464 and 465: the server does not let us in."""
    state.refused = True
    code = message.command
    state.emit(RegistrationFailed(sentence_for(message), code, code in _PERMANENT))


def on_error(state: ClientState, message: Message, label: str) -> None:
    """ERROR: the server closes the connection, and says why."""
    text = message.params[-1] if message.params else "The server closed it."
    if inside := _CLOSING.match(text):
        text = inside.group(1)
    state.close_reason = text
    if state.phase == "registering" and not state.refused and not state.leaving:
        state.refused = True
        password = "password" in text.lower()  # ngIRCd says it here alone
        state.emit(RegistrationFailed(text, "464" if password else "", password))
    state.emit(CloseConnection(state.close_reason))


def on_ping(state: ClientState, message: Message, label: str) -> None:
    """PING is answered at once."""
    state.send("PONG", *message.params)


def on_pong(state: ClientState, message: Message, label: str) -> None:
    """The answer to one of our PINGs: the token is the last parameter."""
    token = message.params[-1] if message.params else ""
    if token and token == state.pings.keepalive_token:
        state.pings.keepalive_token = ""
        state.measured(state.pings.keepalive_sent)
    elif token and token == state.pings.confirm_token:
        outbound.confirmed_by_ping(state)


HANDLERS: dict[str, Handler] = {
    "001": on_welcome,
    "005": on_isupport,
    "372": on_motd,
    "375": on_motd,
    "376": on_motd,
    "422": on_motd,
    "431": on_nick_refused,
    "432": on_nick_refused,
    "433": on_nick_refused,
    "436": on_nick_refused,
    "464": on_registration_refused,
    "465": on_registration_refused,
    "ERROR": on_error,
    "PING": on_ping,
    "PONG": on_pong,
}
