"""What can be done with rooms."""

from core.client import registration, room_events
from core.client.actions.base import Actions
from core.client.events import JoinFailed, RoomLeft
from core.client.reading import clean


class RoomActions(Actions):
    """A part of `Session`."""

    def join(self, room: str, key: str = "") -> None:
        """Answered by ``RoomJoined`` or ``JoinFailed``; by nothing if we are there already."""
        state = self._state
        known = state.roster.rooms.get(state.fold(room))
        if known is not None and known.joined:
            return
        if key and state.support.is_room(room):  # for the next connection, too
            room_events.forget_wanted(state, state.fold(room))
            state.wanted_rooms[room] = key
        if state.phase == "ready":
            if not registration.enter(state, room, key):
                room_events.forget_wanted(state, state.fold(room))
                sentence = f"{room!r} cannot be the name of a room."
                state.emit(JoinFailed(state.fold(room), room, sentence, ""))
        elif state.support.is_room(room):
            state.wanted_rooms[room] = key

    def part(self, room: str, reason: str = "") -> None:
        """Answered by ``RoomLeft``."""
        state = self._state
        known = state.roster.rooms.get(state.fold(room))
        if known is not None and not known.joined:
            room_events.forget_wanted(state, known.key)
            state.roster.leave(known.key)
            state.emit(RoomLeft(known.key, "part", state.nick, reason))
        else:
            self._act("PART", room, *([clean(reason)] if reason else []))

    def set_topic(self, room: str, topic: str) -> None:
        """Answered by ``TopicChanged`` or ``ErrorReceived``."""
        self._act("TOPIC", room, clean(topic))

    def invite(self, nick: str, room: str) -> None:
        """Answered by ``Invited``, ``ServerNotice`` (341) or ``ErrorReceived``."""
        self._act("INVITE", nick, room)

    def kick(self, room: str, nick: str, reason: str = "") -> None:
        """Answered by ``MemberLeft`` or ``ErrorReceived``."""
        self._act("KICK", room, nick, *([clean(reason)] if reason else []))

    def set_mode(self, target: str, *words: str) -> None:
        """``set_mode("#room", "+o", "ada")``.  Without words: ask for the modes."""
        self._act("MODE", target, *words)

    def request_masks(self, room: str, mode: str = "b") -> None:
        """The list ``mode``: "b" (bans), "e" (exceptions) or "I" (who needs no invitation).
        Answered by ``RoomMasksReceived`` or ``ErrorReceived``."""
        self._act("MODE", room, mode)

    def rename_room(self, old: str, new: str, reason: str = "") -> None:
        """Where ``features.room_rename``; answered by ``RoomRenamed`` or ``ErrorReceived``."""
        self._act("RENAME", old, new, *([clean(reason)] if reason else []))

    def request_room_list(self, pattern: str = "") -> None:
        """Answered by ``RoomsListed``."""
        self._act("LIST", *([pattern] if pattern else []))
