"""MARKREAD: what was read, here and on the user's other devices.

The server tells it of a room when we join, and of every conversation when it changes; of private
ones it has to be asked.  What was read while there was no connection is told afterwards.

Source: https://ircv3.net/specs/extensions/read-marker
"""

from core.client.acquaintances import Marker
from core.client.events import ReadMarkerChanged
from core.client.reading import read_time, write_time
from core.client.state import ClientState, Handler
from core.wire.message import Message

CAPABILITY = "draft/read-marker"
_TIMESTAMP = "timestamp="


def begin(state: ClientState) -> None:
    """A new connection: what was sent on the last one may not have arrived."""
    for marker in state.markers.values():
        marker.sent = 0.0


def ask(state: ClientState, target: str) -> None:
    """Up to when was a private conversation read?"""
    if state.features.read_marker:
        state.send("MARKREAD", target)


def mark(state: ClientState, target: str, time: float) -> None:
    """We have read everything up to ``time``; nothing is told that is known already."""
    marker = state.markers.setdefault(state.fold(target), Marker())
    if time > max(marker.wanted, marker.told):
        marker.wanted = time
        _send(state, target, marker)


def _send(state: ClientState, target: str, marker: Marker) -> None:
    new = marker.wanted > max(marker.told, marker.sent)
    if new and state.phase == "ready" and state.features.read_marker:
        state.send("MARKREAD", target, f"{_TIMESTAMP}{write_time(marker.wanted)}")
        marker.sent = marker.wanted


def on_markread(state: ClientState, message: Message, label: str) -> None:
    """MARKREAD: ``<target> <timestamp>``, or ``*`` where nothing was read."""
    target, stamp = message.param(0), message.param(1)
    key = state.fold(target)
    if key not in state.conversations:
        return
    marker = state.markers.setdefault(key, Marker())
    time = read_time(stamp[len(_TIMESTAMP) :], 0.0) if stamp.startswith(_TIMESTAMP) else 0.0
    if time != marker.told:
        marker.told = time
        state.emit(ReadMarkerChanged(key, time))
    _send(state, target, marker)


HANDLERS: dict[str, Handler] = {"MARKREAD": on_markread}
