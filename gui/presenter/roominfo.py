"""The dialog about a room: topic, modes, bans, invitations, what calls, and the way out."""

from collections.abc import Callable

from core.client import events
from core.wire.modes import ModeType
from gui.model import ranks
from gui.model.conversation import Conversation, Place
from gui.model.dates import day_name
from gui.model.roomcard import BanRow, ModeSwitch, RoomCard
from gui.model.roommodes import ABOUT_ACCOUNTS, SWITCHES
from gui.presenter import commands
from gui.presenter.desk import Desk, Handlers, Part

_COMMANDS = {"TOPIC", "MODE", "INVITE", "RENAME"}
_NAMELESS = {"461", "472", "481", "482", "501", "525", "696"}


class RoomInfo:
    """See `RoomInfoActions`; `key` is "" while no card is open.  `level` and `set_level` are
    `Notifying`'s."""

    def __init__(
        self,
        desk: Desk,
        level: Callable[[Conversation], str],
        set_level: Callable[[str, str], None],
    ) -> None:
        self._desk, self._level, self._set_level = desk, level, set_level
        self.key = ""
        self._bans: tuple[BanRow, ...] | None = None
        self._invited = ""
        self._error = self._notice = ""
        desk.draws(Part.CARDS, self._draw)
        desk.opens["room"] = self.open

    def handlers(self) -> Handlers:
        """What this part listens to; it comes before `Rooms` and `Answers`."""
        return {
            events.ErrorReceived: self.refused,
            events.ServerNotice: self.noticed,
            events.RoomMasksReceived: self.masks,
            events.RoomModesChanged: self.modes,
            events.RoomRenamed: self.renamed,
            events.RoomLeft: self.left,
        }

    # --- opening and closing ------------------------------------------------------------

    def open(self, key: str = "") -> None:
        """See `RoomInfoActions`."""
        room = self._desk.chat.get(key or self._desk.chat.current)
        if room is not None and room.place is Place.PRIVATE:
            self._desk.opens["profile"](room.name)
            self._desk.flush()
        if room is None or room.place is not Place.ROOM:
            return
        self.key, self._bans, self._invited = room.key, None, ""
        self._error = self._notice = ""
        if room.joined:
            name = room.name
            self._desk.link.ask(lambda session, now: session.set_mode(name))
            self._ask_bans(room)
        self._desk.touch(Part.CARDS)
        self._desk.flush()

    def closed(self) -> None:
        """See `RoomInfoActions`."""
        if self.key:
            self.key = ""
            self._desk.screen.room_info.close()

    def _ask_bans(self, room: Conversation) -> None:
        if self._desk.chat.support.mode_types.get("b") is ModeType.LIST:
            name = room.name
            self._desk.link.ask(lambda session, now: session.request_masks(name))

    # --- what is asked for --------------------------------------------------------------

    def _room(self) -> Conversation | None:
        """The open card's room; what is asked for now makes the last error old."""
        self._error = self._notice = ""
        self._desk.touch(Part.CARDS)
        return self._desk.chat.get(self.key)

    def _mode(self, *words: str) -> None:
        if room := self._room():
            name = room.name
            self._desk.link.ask(lambda session, now: session.set_mode(name, *words))
        self._desk.flush()

    def set_topic(self, text: str) -> None:
        """See `RoomInfoActions`."""
        if room := self._room():
            name, topic = room.name, " ".join(text.split())
            if topic != room.topic:
                self._desk.link.ask(lambda session, now: session.set_topic(name, topic))
        self._desk.flush()

    def switch(self, letter: str, on: bool) -> None:
        """See `RoomInfoActions`."""
        self._mode(f"{'+' if on else '-'}{letter}")

    def set_key(self, key: str) -> None:
        """See `RoomInfoActions`."""
        room, key = self._room(), key.strip()
        if room is None or key == room.modes.get("k", ""):
            return
        if any(character in " ,:" for character in key):
            self._fail("A key has no blanks, commas or colons.")
        elif key:
            self._mode("+k", key)
        else:
            self._mode("-k", room.modes.get("k") or "*")

    def set_limit(self, limit: str) -> None:
        """See `RoomInfoActions`."""
        room, limit = self._room(), limit.strip()
        if room is None or limit == room.modes.get("l", ""):
            return
        if not limit:
            self._mode("-l")
        elif limit.isascii() and limit.isdigit() and 0 < int(limit[:10]) < 10**9:
            self._mode("+l", str(int(limit)))
        else:
            self._fail("A limit is a number of members.")

    def unban(self, mask: str) -> None:
        """See `RoomInfoActions`."""
        self._mode("-b", mask)

    def invite(self, nick: str) -> None:
        """See `RoomInfoActions`."""
        room, nick = self._room(), nick.strip()
        if room is not None and nick:
            if any(character in " ,:" for character in nick):
                self._fail("A nickname has no blanks, commas or colons.")
                return
            name, self._invited = room.name, self._desk.link.key(nick)
            self._desk.link.ask(lambda session, now: session.invite(nick, name))
        self._desk.flush()

    def notify(self, level: str) -> None:
        """See `RoomInfoActions`."""
        if room := self._room():
            self._set_level(room.key, level)
        self._desk.flush()

    def rename(self, name: str) -> None:
        """See `RoomInfoActions`."""
        room, name = self._room(), name.strip()
        if room is None or name == room.name:
            return
        if not self._desk.link.is_room(name) or any(one in " ,:\a" for one in name):
            self._fail("A room's name begins with # and has no blanks, commas or colons.")
            return
        old = room.name
        self._desk.link.ask(lambda session, now: session.rename_room(old, name))
        self._desk.flush()

    def leave(self) -> None:
        """See `RoomInfoActions`."""
        room = self._desk.chat.get(self.key)
        self.closed()
        if room is not None:
            commands.run(self._desk, room, "/part")
        self._desk.flush()

    def join(self) -> None:
        """See `RoomInfoActions`."""
        room = self._desk.chat.get(self.key)
        self.closed()
        if room is not None:
            commands.run(self._desk, room, f"/join {room.name}")
        self._desk.flush()

    def _fail(self, sentence: str) -> None:
        self._error = sentence
        self._desk.touch(Part.CARDS)
        self._desk.flush()

    # --- what the server says -----------------------------------------------------------

    def refused(self, event: events.ErrorReceived) -> bool:
        """An error belongs into the dialog if it is about this room, about whom we have invited,
        or about a command of the dialog's, and names nothing at all."""
        if not self.key:
            return False
        keys = {self._desk.link.key(word) for word in event.context if word}
        named = self.key in keys or bool(self._invited and self._invited in keys)
        nameless = not any(map(self._desk.link.is_room, event.context))
        ours = event.command in _COMMANDS or event.code in _NAMELESS
        if not named and not (nameless and ours):
            return False
        self._error = event.sentence
        self._desk.touch(Part.CARDS)
        return True

    def noticed(self, event: events.ServerNotice) -> bool:
        """Our invitation is on its way."""
        if not self.key or event.code != "341":
            return False
        self._notice, self._invited = event.text, ""
        self._desk.touch(Part.CARDS)
        return True

    def masks(self, event: events.RoomMasksReceived) -> None:
        """The list of bans."""
        if event.room == self.key and event.mode == "b":
            self._bans = tuple(
                BanRow(one.mask, self._about_ban(one.by, one.time)) for one in event.masks
            )
            self._desk.touch(Part.CARDS)

    def _about_ban(self, by: str, time: float) -> str:
        who = f"by {by}" if by else ""
        when = day_name(time, self._desk.now()) if time else ""
        return ", ".join(filter(None, (who, when)))

    def modes(self, event: events.RoomModesChanged) -> None:
        """Something was set; if that may have been a ban, ask for them again."""
        room = self._desk.chat.get(event.room)
        if event.room == self.key and room is not None:
            self._desk.touch(Part.CARDS)
            if event.by and "b" in event.changes.partition(" ")[0]:
                self._ask_bans(room)

    def renamed(self, event: events.RoomRenamed) -> None:
        """The room has another name."""
        if event.old == self.key:
            self.key = event.new
            self._desk.touch(Part.CARDS)

    def left(self, event: events.RoomLeft) -> None:
        """We are out; if the room was put away, so is its card."""
        if event.room == self.key:
            self._desk.touch(Part.CARDS)

    # --- the card -----------------------------------------------------------------------

    def _draw(self) -> None:
        if not self.key:
            return
        room = self._desk.chat.get(self.key)
        if room is None:
            self.closed()
        else:
            self._desk.screen.room_info.show(self.card(room))

    def card(self, room: Conversation) -> RoomCard:
        """All that is known now, and what our rank allows."""
        chat = self._desk.chat
        member = room.roster.get(chat.nick)
        prefixes = member.prefixes if member and room.joined else ""
        rules = room.joined and ranks.rules(prefixes, chat.support)
        types = chat.support.mode_types
        count, online = len(room.roster), room.roster.online()
        about = f"{count:,} member{'s' * (count != 1)}"
        if online != count:
            about += f", {online:,} online"
        if not room.joined:
            about = "you are not in this room"
        return RoomCard(
            room=room.key,
            name=room.name,
            topic=room.topic,
            about=about,
            rank=ranks.name(prefixes),
            joined=room.joined,
            can_topic=room.joined and (rules or "t" not in room.modes),
            can_invite=room.joined and (rules or "i" not in room.modes),
            can_rename=chat.features.room_rename and ranks.founds(prefixes, chat.support),
            can_unban=rules,
            switches=self._switches(room) if rules else (),
            key=room.modes.get("k", "") if rules and "k" in types else None,
            limit=room.modes.get("l", "") if rules and "l" in types else None,
            bans=self._bans if room.joined else (),
            level=self._level(room),
            error=self._error,
            notice=self._notice,
        )

    def _switches(self, room: Conversation) -> tuple[ModeSwitch, ...]:
        chat = self._desk.chat
        accounts = chat.features.login or bool(chat.account)
        return tuple(
            ModeSwitch(one.letter, one.label, one.hint, one.letter in room.modes)
            for one in SWITCHES
            if chat.support.mode_types.get(one.letter) is ModeType.FLAG
            and (accounts or one.letter in room.modes or one.letter not in ABOUT_ACCOUNTS)
        )
