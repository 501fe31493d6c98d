"""What people tell of themselves: their metadata, as far as a window shows it.

We subscribe to a few keys, and the server tells their values of us, of everyone in our rooms
and of whom we watch; in rooms that are too full for that it asks us to come again (774).  Whoever
comes into view again may be somebody else with the same nick, so what was known then is void.

Source: https://ircv3.net/specs/extensions/metadata (draft/metadata-2)
"""

import re

import msgspec

from core.client.events import ErrorReceived, ProfileChanged
from core.client.reading import read_number
from core.client.roster import NO_PROFILE, Profile, User
from core.client.sentences import server_text
from core.client.state import ClientState, Handler
from core.wire.message import Message

CAPABILITY = "draft/metadata-2"
# The keys that are subscribed to, most wanted first, and the profile's fields.
FIELDS = {
    "display-name": "display_name",
    "avatar": "avatar",
    "color": "color",
    "status": "status",
    "homepage": "homepage",
}
# People whose profiles are kept; those of more are not.
MOST_PROFILES = 20_000
# Seconds until a postponed synchronisation where the server says nothing, and at most.
_LATER, _LATEST = 5, 600
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
# Refusals of what nobody but ourselves asked for, and of what is so already.
_SILENT = {"TOO_MANY_SUBS", "KEY_NOT_SET", "NO_MATCHING_KEY"}


def begin(state: ClientState) -> None:
    """The connection is ready, or the capability has come: subscribe, and ask for our own."""
    if state.features.profiles:
        state.send("METADATA", "*", "SUB", *FIELDS)
        ask(state, state.nick, "*")


def ask(state: ClientState, nick: str, target: str = "") -> None:
    """METADATA GET; ``target``: what to call them there, "" for their nick."""
    state.profiles.asked.add(state.fold(nick))
    state.send("METADATA", target or nick, "GET", *FIELDS)


def of(state: ClientState, nick: str) -> Profile:
    """What is known of ``nick``."""
    return state.profiles.known.get(state.fold(nick), NO_PROFILE)


# --- What the server tells -------------------------------------------------------------------


def on_metadata(state: ClientState, message: Message, label: str) -> None:
    """METADATA: ``<target> <key> <visibility> [<value>]``; without a value it is gone."""
    _note(state, message.param(0), message.param(1), message.param(3))


def on_value(state: ClientState, message: Message, label: str) -> None:
    """760, 761 (``<nick> <target> <key> <visibility> [:<value>]``) and 766 (there is none)."""
    value = "" if message.command == "766" else message.param(4)
    _note(state, message.param(1), message.param(2), value)


def _note(state: ClientState, target: str, key: str, value: str) -> None:
    name = FIELDS.get(key.lower())
    nick = state.nick if target == "*" else target
    if name is None or not nick or state.support.is_room(nick):
        return
    if name == "color" and not _COLOR.fullmatch(value):
        value = ""
    profiles, folded = state.profiles, state.fold(nick)
    known = profiles.known.get(folded, NO_PROFILE)
    if folded in profiles.asked:
        profiles.changed[folded] = nick
    if getattr(known, name) == value:
        return
    if folded not in profiles.known and len(profiles.known) >= MOST_PROFILES:
        return
    known = profiles.known[folded] = msgspec.structs.replace(known, **{name: value})
    profiles.changed[folded] = nick
    user = state.roster.user(nick)
    if user is not None:
        user.profile = known


def tell(state: ClientState) -> None:
    """A line, or a whole batch, is read: tell of each whose profile it changed, once."""
    profiles = state.profiles
    for folded, nick in profiles.changed.items():
        known = profiles.known.get(folded, NO_PROFILE)
        fields = msgspec.structs.asdict(known)
        state.emit(ProfileChanged(nick=nick, is_self=state.is_own(nick), **fields))
        profiles.asked.discard(folded)
    profiles.changed.clear()


def on_later(state: ClientState, message: Message, label: str) -> None:
    """774: ``<nick> <target> [<seconds>]``: what is told of the target is to be asked for."""
    target = message.param(1)
    key = state.fold(target)
    if key in state.roster.rooms or key in state.watch.nicks or state.is_own(target):
        seconds = read_number(message.param(2), _LATER)
        state.timers.set(state.now + min(seconds, _LATEST), "metadata", target)


def synchronise(state: ClientState, target: str) -> None:
    """The timer "metadata"."""
    if state.features.profiles:
        state.send("METADATA", target, "SYNC")


def refused(state: ClientState, message: Message) -> None:
    """FAIL METADATA: ``<code> [<target>] [<key>] :<text>``."""
    code, context = message.param(1), tuple(message.params[2:-1])
    target = context[0] if context else ""
    folded = state.fold(state.nick if target == "*" else target)
    if code in _SILENT:
        if len(context) > 1:
            _note(state, target, context[1], "")
    elif code == "INVALID_TARGET":
        if folded in state.profiles.asked:  # nobody is there: that is the answer
            state.profiles.known.pop(folded, None)
            state.profiles.changed[folded] = target
    else:
        state.emit(ErrorReceived(server_text(message), code, "METADATA", context))


# --- Who is meant ----------------------------------------------------------------------------


def arrived(state: ClientState, user: User) -> None:
    """Someone of whom nothing was seen for a while: perhaps another one with the same nick."""
    folded = state.fold(user.nick)
    unseen = state.watch.states.get(folded, "offline") == "offline"
    if unseen and not state.is_own(user.nick):
        forget(state, user.nick)
    else:
        user.profile = state.profiles.known.get(folded, NO_PROFILE)


def forget(state: ClientState, nick: str) -> None:
    """What is known of ``nick`` was somebody else's."""
    folded = state.fold(nick)
    if state.profiles.known.pop(folded, NO_PROFILE) != NO_PROFILE:
        state.profiles.changed[folded] = nick


def renamed(state: ClientState, old: str, new: str) -> None:
    """``old`` is called ``new`` now."""
    profile = state.profiles.known.pop(state.fold(old), None)
    replaced = state.profiles.known.pop(state.fold(new), None)
    if profile is not None:
        state.profiles.known[state.fold(new)] = profile
    if profile is not None or replaced is not None:
        state.profiles.changed[state.fold(new)] = new


def _nothing(state: ClientState, message: Message, label: str) -> None:
    """Ends of lists, and what is subscribed to."""


HANDLERS: dict[str, Handler] = {
    "METADATA": on_metadata,
    "760": on_value,
    "761": on_value,
    "762": _nothing,
    "766": on_value,
    "770": _nothing,
    "771": _nothing,
    "772": _nothing,
    "774": on_later,
}
