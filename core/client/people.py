"""What is told of people: away, account, host, real name, WHO and WHOIS."""

import msgspec

from core.client import presence
from core.client.events import AwayChanged, UserChanged, WhoisReceived
from core.client.reading import read_number
from core.client.room_events import note_host
from core.client.state import ClientState, Handler
from core.wire.message import Message

# WHOIS answers under way at once, and rooms in one of them.
_MOST_WHOIS = 100
_MOST_ROOMS = 1000


def on_away(state: ClientState, message: Message, label: str) -> None:
    """AWAY (away-notify): someone goes away, or without a text comes back."""
    presence.note_away(state, message.nick, bool(message.param(0)))
    user = state.roster.user(message.nick)
    if user is None:
        return
    user.away, user.away_message = bool(message.param(0)), message.param(0)
    is_self = state.is_own(message.nick)
    if is_self:
        if state.away == user.away:
            return  # 305 or 306 told it already
        state.away = user.away
    state.emit(AwayChanged(user.nick, user.away, user.away_message, is_self))


def on_own_away(state: ClientState, message: Message, label: str) -> None:
    """305 (back) and 306 (away)."""
    state.away = message.command == "306"
    user = state.roster.user(state.nick)
    text = ""
    if user is not None:
        user.away = state.away
        text = user.away_message = user.away_message if state.away else ""
    state.emit(AwayChanged(state.nick, state.away, text, True))


def on_is_away(state: ClientState, message: Message, label: str) -> None:
    """301: who we wrote to, or asked about, is away."""
    nick, text = message.param(1), message.param(2)
    presence.note_away(state, nick, True)
    whois = state.collected.whois.get(state.fold(nick))
    if whois is not None:
        _collect(state, nick, away=text)
    user = state.roster.user(nick)
    if user is not None:
        user.away, user.away_message = True, text
    if whois is None:
        state.emit(AwayChanged(nick, True, text, state.is_own(nick)))


def on_account(state: ClientState, message: Message, label: str) -> None:
    """ACCOUNT (account-notify): someone logged in, or out ("*")."""
    user = state.roster.user(message.nick)
    if user is not None:
        user.account = message.param(0).removeprefix("*")
        state.emit(UserChanged(user.nick))


def on_chghost(state: ClientState, message: Message, label: str) -> None:
    """CHGHOST: another user name and host."""
    user = state.roster.user(message.nick)
    if user is not None and len(message.params) > 1:
        user.username, user.host = message.param(0), message.param(1)
        if state.is_own(user.nick):
            state.source = f"{user.nick}!{user.username}@{user.host}"
        state.emit(UserChanged(user.nick))


def on_setname(state: ClientState, message: Message, label: str) -> None:
    """SETNAME: another real name."""
    user = state.roster.user(message.nick)
    if user is not None:
        user.realname = message.param(0)
        state.emit(UserChanged(user.nick))


def on_who(state: ClientState, message: Message, label: str) -> None:
    """352: ``<nick> <room> <user> <host> <server> <nick> <flags> :<hops> <real name>``."""
    user = state.roster.user(message.param(5))
    if user is None:
        return
    note_host(state, f"{user.nick}!{message.param(2)}@{message.param(3)}")
    user.realname = message.param(7).partition(" ")[2]
    away = message.param(6).startswith("G")
    presence.note_away(state, user.nick, away)
    if away != user.away:
        user.away, user.away_message = away, ""
        state.emit(AwayChanged(user.nick, away, "", state.is_own(user.nick)))


def on_who_end(state: ClientState, message: Message, label: str) -> None:
    """315: nobody needs to be told of what we asked ourselves."""
    state.collected.who.discard(state.fold(message.param(1)))


# --- WHOIS ----------------------------------------------------------------------------------


def _collect(state: ClientState, nick: str, **fields: object) -> None:
    """Add what a line told to the answer about ``nick``."""
    key = state.fold(nick)
    known = state.collected.whois.get(key)
    if known is None:
        if len(state.collected.whois) >= _MOST_WHOIS:
            return
        known = WhoisReceived(nick)
    state.collected.whois[key] = msgspec.structs.replace(known, **fields)


def on_whois(state: ClientState, message: Message, label: str) -> None:
    """The lines of a WHOIS answer."""
    nick, first = message.param(1), message.param(2)
    code = message.command
    if code == "311":
        _collect(state, nick, username=first, host=message.param(3), realname=message.param(5))
    elif code == "312":
        _collect(state, nick, server=first)
    elif code == "313":
        _collect(state, nick, operator=True)
    elif code == "317":
        signed_on = float(read_number(message.param(3)))
        _collect(state, nick, idle=float(read_number(first, -1)), signed_on=signed_on)
    elif code == "319":
        known = state.collected.whois.get(state.fold(nick))
        rooms = known.rooms if known is not None else ()
        _collect(state, nick, rooms=(rooms + tuple(first.split()))[:_MOST_ROOMS])
    elif code == "330":
        _collect(state, nick, account=first)
    elif code == "671":
        _collect(state, nick, secure=True)
    else:
        known = state.collected.whois.get(state.fold(nick))
        if known is not None and len(known.extra) < 20:
            _collect(state, nick, extra=(*known.extra, " ".join(message.params[2:])))


def on_whois_end(state: ClientState, message: Message, label: str) -> None:
    """318: the answer is complete; without any line before it there is nobody."""
    nick = message.param(1)
    whois = state.collected.whois.pop(state.fold(nick), None)
    state.emit(whois if whois is not None else WhoisReceived(nick, found=False))


_WHOIS_LINES = (
    "276", "307", "311", "312", "313", "317", "319", "320", "330", "335", "338", "378", "379",
    "671",
)  # fmt: skip

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_WHOIS_LINES, on_whois),
    "AWAY": on_away,
    "ACCOUNT": on_account,
    "CHGHOST": on_chghost,
    "SETNAME": on_setname,
    "301": on_is_away,
    "305": on_own_away,
    "306": on_own_away,
    "315": on_who_end,
    "318": on_whois_end,
    "352": on_who,
}
