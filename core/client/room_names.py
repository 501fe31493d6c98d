"""RENAME: a room gets another name, and everything that is kept of it goes along.

A server that does not know the capability of us sends PART and JOIN instead.
Source: https://ircv3.net/specs/extensions/channel-rename
"""

from core.client import registration, typists
from core.client.events import JoinFailed, RoomRenamed
from core.client.state import ClientState, Handler
from core.wire.message import Message


def on_rename(state: ClientState, message: Message, label: str) -> None:
    """RENAME: ``<old> <new> :<reason>``."""
    _rename(state, message.param(0), message.param(1), message.nick, message.param(2))


def _rename(state: ClientState, old: str, new: str, by: str, reason: str) -> None:
    before, after = state.fold(old), state.fold(new)
    if not state.support.is_room(new) or before not in state.conversations:
        return
    for key, folded in [each for each in state.typists if each[0] == before]:
        typists.stopped(state, key, state.typists[key, folded][0])
    state.own_typing.pop(before, None)
    state.roster.rename_room(before, new)
    for name in [name for name in state.wanted_rooms if state.fold(name) == before]:
        state.wanted_rooms[new] = state.wanted_rooms.pop(name)
    state.move_conversation(before, new)
    state.emit(RoomRenamed(before, after, new, by, reason))


def redirected(state: ClientState, old: str, new: str) -> bool:
    """FAIL JOIN CHANNEL_RENAMED: while we were not there it got another name.

    False if we did not ask to join ``old``.
    """
    before = state.fold(old)
    if before not in state.joining or not state.support.is_room(new):
        return False
    del state.joining[before]
    keys = [key for name, key in state.wanted_rooms.items() if state.fold(name) == before]
    if before in state.conversations:
        _rename(state, old, new, "", "")
    else:
        for name in [name for name in state.wanted_rooms if state.fold(name) == before]:
            del state.wanted_rooms[name]
        sentence = f"{old} is called {new} now."
        state.emit(JoinFailed(before, old, sentence, "CHANNEL_RENAMED"))
    registration.enter(state, new, keys[0] if keys else "")
    return True


HANDLERS: dict[str, Handler] = {"RENAME": on_rename}
