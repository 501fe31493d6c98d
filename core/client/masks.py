"""The lists of a room: bans, exceptions from them, and from the need of an invitation."""

from core.client.events import RoomMask, RoomMasksReceived
from core.client.reading import read_number
from core.client.state import ClientState, Handler
from core.wire.message import Message

# Entries of one list that are kept, and lists that are read at once.
_MOST_MASKS = 10_000
_MOST_LISTS = 100
_ENTRIES = {"367": "b", "348": "e", "346": "I"}
_ENDS = {"368": "b", "349": "e", "347": "I"}


def on_entry(state: ClientState, message: Message, label: str) -> None:
    """367, 348, 346: ``<nick> <room> <mask> [<by> <time>]``."""
    key = state.fold(message.param(1)), _ENTRIES[message.command]
    lists = state.collected.masks
    if key not in lists and len(lists) >= _MOST_LISTS:
        return
    masks = lists.setdefault(key, [])
    if len(masks) < _MOST_MASKS and message.param(2):
        by = message.param(3).partition("!")[0]
        masks.append(RoomMask(message.param(2), by, float(read_number(message.param(4)))))


def on_end(state: ClientState, message: Message, label: str) -> None:
    """368, 349, 347: the list is complete."""
    room, mode = state.fold(message.param(1)), _ENDS[message.command]
    masks = state.collected.masks.pop((room, mode), [])
    state.emit(RoomMasksReceived(room, mode, tuple(masks)))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_ENTRIES, on_entry),
    **dict.fromkeys(_ENDS, on_end),
}
