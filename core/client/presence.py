"""Whether those we write with privately are there: MONITOR.

The server tells when a nick comes and goes (730, 731).  Who of those is away we learn from
whatever tells it: AWAY, which with extended-monitor comes for them even where no room is shared,
and USERHOST for how it is when they are there already.

Sources: https://ircv3.net/specs/extensions/monitor and extended-monitor
"""

from collections.abc import Iterable
from typing import Literal

from core.client import profiles
from core.client.acquaintances import Presence
from core.client.events import PresenceChanged, ServerNotice
from core.client.state import ClientState, Handler
from core.wire.message import Message

EXTENDED = ("extended-monitor", "draft/extended-monitor")
# Bytes of nicks in one line.
_LINE = 400
# Nicks in one USERHOST (RFC 2812, 4.8).
_USERHOST = 5
# People who are known to be there or not, at most.
_MOST = 10_000


def watch(state: ClientState, nicks: Iterable[str]) -> None:
    """Have the server tell of these people, as many as it takes."""
    if not state.features.presence:
        return
    limit = state.support.monitor_limit
    wanted: list[str] = []
    for nick in nicks:
        full = bool(limit) and len(state.watch.nicks) >= limit
        folded = state.fold(nick)
        if full or folded in state.watch.nicks or state.is_own(nick) or "," in nick:
            continue
        state.watch.nicks[folded] = nick
        wanted.append(nick)
    line: list[str] = []
    for nick in wanted:
        if line and len(",".join([*line, nick]).encode()) > _LINE:
            state.send("MONITOR", "+", ",".join(line))
            line = []
        line.append(nick)
    if line:
        state.send("MONITOR", "+", ",".join(line))


def on_online(state: ClientState, message: Message, label: str) -> None:
    """730: these people are there."""
    unknown: list[str] = []
    for source in filter(None, message.param(1).split(",")):
        nick = source.partition("!")[0]
        user = state.roster.user(nick)
        if state.watch.states.get(state.fold(nick), "offline") == "offline" and user is None:
            profiles.forget(state, nick)
        _set(state, nick, "away" if user is not None and user.away else "online")
        if user is None:
            unknown.append(nick)
    enabled = state.negotiation.enabled
    if "away-notify" in enabled and not enabled.isdisjoint(EXTENDED):
        for first in range(0, len(unknown), _USERHOST):
            state.send("USERHOST", *unknown[first : first + _USERHOST])
            state.watch.asked += 1


def on_offline(state: ClientState, message: Message, label: str) -> None:
    """731: these people are not there."""
    for source in filter(None, message.param(1).split(",")):
        _set(state, source.partition("!")[0], "offline")


def _set(state: ClientState, nick: str, presence: Presence) -> None:
    states, folded = state.watch.states, state.fold(nick)
    if states.get(folded) != presence and (folded in states or len(states) < _MOST):
        states[folded] = presence
        state.emit(PresenceChanged(nick, presence))


def note_away(state: ClientState, nick: str, away: bool) -> None:
    """Someone is away, or not; of who is not there at all that says nothing."""
    if state.watch.states.get(state.fold(nick), "offline") != "offline":
        _set(state, nick, "away" if away else "online")


def on_userhost(state: ClientState, message: Message, label: str) -> None:
    """302: ``<nick>[*]=<+|-><user>@<host>``; "-" is away."""
    if not state.watch.asked:
        state.emit(ServerNotice(message.params[-1], message.source, message.command))
        return
    state.watch.asked -= 1
    for word in message.params[-1].split():
        nick, _, host = word.partition("=")
        note_away(state, nick.removesuffix("*"), host.startswith("-"))


def on_full(state: ClientState, message: Message, label: str) -> None:
    """734: ``<nick> <limit> <nicks>``: these are not watched."""
    for nick in message.param(2).split(","):
        state.watch.nicks.pop(state.fold(nick), None)


def refused(state: ClientState, nick: str) -> bool:
    """432: True if ``nick`` is none that could be watched, and nothing else is meant."""
    folded = state.fold(nick)
    return folded not in state.watch.states and state.watch.nicks.pop(folded, None) is not None


def of(state: ClientState, nick: str) -> Presence | Literal[""]:
    """What is known of ``nick``."""
    return state.watch.states.get(state.fold(nick), "")


def renamed(state: ClientState, old: str, new: str) -> None:
    """``old`` is called ``new`` now: our conversation with them goes along."""
    folded = state.fold(old)
    if folded in state.watch.nicks and folded not in state.conversations:
        state.send("MONITOR", "-", state.watch.nicks.pop(folded))
        state.watch.states.pop(folded, None)
        state.met.append(state.fold(new))


HANDLERS: dict[str, Handler] = {
    "302": on_userhost,
    "730": on_online,
    "731": on_offline,
    "734": on_full,
}
