"""Rooms and the people in them: joining, and what happens there."""

from core.client import events
from gui.link import Listed
from gui.model import roommodes
from gui.model.conversation import Conversation, Place
from gui.model.members import Member
from gui.model.message import Kind
from gui.model.text import clean
from gui.model.timeline import Changed
from gui.presenter.desk import Desk, Handlers, Part

_QUIET_FROM = 40  # in larger rooms coming and going is not told
_NOTE_LENGTH = 160
_MOVES = "members"  # the label of notes about coming and going


class Rooms:
    """Handles them on a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            Listed: self.listed,
            events.RoomJoined: self.joined,
            events.RoomLeft: self.left,
            events.JoinFailed: self.join_failed,
            events.MemberJoined: self.came,
            events.MemberLeft: self.went,
            events.MemberRankChanged: self.ranked,
            events.TopicChanged: self.topic,
            events.RoomModesChanged: self.modes,
            events.RoomRenamed: self.room_renamed,
            events.Invited: self.invited,
            events.NickChanged: self.renamed,
            events.AwayChanged: self.away,
        }

    def joined(self, event: events.RoomJoined) -> None:
        """We are in a room."""
        desk = self._desk
        room = desk.chat.ensure(event.room, event.name, Place.ROOM)
        room.joined, room.name = True, event.name
        room.ask_again()
        room.fresh = room.fresh or not event.rejoined
        if not event.rejoined:
            room.activity = max(room.activity, desk.now())
        shown = desk.chat.open
        idle = shown is None or shown.place is Place.SERVER
        if desk.chat.wanted == event.room or idle:
            desk.chat.wanted = ""
            desk.open(room)
        desk.touch(Part.LIST, Part.HEADER, Part.MEMBERS)

    def left(self, event: events.RoomLeft) -> None:
        """We are out: put away if we wanted that, told if we did not."""
        desk = self._desk
        room = desk.chat.get(event.room)
        if room is None:
            return
        room.joined = False
        room.roster.replace(())
        room.typing.clear()
        if event.how == "kick":
            reason = f": {event.reason}" if event.reason else ""
            desk.note(room, f"{event.by} removed you from {room.name}{reason}")
        else:
            desk.put_away(event.room)
        desk.touch(*Part)

    def join_failed(self, event: events.JoinFailed) -> None:
        """The room stays closed to us."""
        desk = self._desk
        desk.chat.wanted = desk.link.key(event.forward) if event.forward else ""
        room = desk.chat.get(event.room)
        if room is not None:
            room.joined = False
        named = event.name in event.sentence
        desk.note(desk.here(), event.sentence if named else f"{event.name}: {event.sentence}")
        desk.touch(Part.HEADER)

    def listed(self, signal: Listed) -> None:
        """The members are complete."""
        if room := self._desk.chat.get(signal.room):
            name = self._name
            room.roster.replace(Member(*one, name=name(one.nick)) for one in signal.members)
            self._desk.touch(Part.MEMBERS, Part.LIST, Part.CARDS)

    def _name(self, nick: str) -> str:
        """What they call themselves, '' if that is the nick."""
        name = self._desk.chat.people.name(nick)
        return "" if name == nick else name

    def came(self, event: events.MemberJoined) -> None:
        """Somebody came in."""
        if room := self._desk.chat.get(event.room):
            room.roster.add(event.nick, self._name(event.nick))
            self._move(room, f"{event.nick} joined", event.time)

    def went(self, event: events.MemberLeft) -> None:
        """Somebody left, was removed, or went offline."""
        room = self._desk.chat.get(event.room)
        if room is None:
            return
        room.roster.remove(event.nick)
        room.set_typing(event.nick, False)
        if event.how == "kick":
            reason = f" ({event.reason})" if event.reason else ""
            self._move(room, f"{event.by} removed {event.nick}{reason}", event.time)
        else:
            self._move(room, f"{event.nick} left", event.time)
        self._desk.touch(Part.TYPING)

    def _told(self, room: Conversation) -> bool:
        """Whether coming and going is told there."""
        moves = self._desk.preferences.moves
        return moves == "always" or (moves != "never" and len(room.roster) < _QUIET_FROM)

    def _move(self, room: Conversation, text: str, time: float) -> None:
        """Tell of coming and going in one growing note, if the user wants that."""
        desk = self._desk
        desk.touch(Part.MEMBERS, Part.LIST, Part.CARDS)
        if not self._told(room):
            return
        last = room.timeline.last
        fits = last is not None and len(last.text) + len(text) < _NOTE_LENGTH
        if last and fits and last.kind is Kind.NOTE and last.label == _MOVES:
            if _told_last(last.text, text):  # everybody comes back after a reconnection
                return
            last.text = f"{last.text}, {text}"
            desk.changed(room, [Changed(len(room.timeline) - 1)])
            return
        change = room.note(text, time)
        room.timeline.messages[change.at].label = _MOVES
        desk.changed(room, [change])

    def ranked(self, event: events.MemberRankChanged) -> None:
        """Somebody became an operator, or something else."""
        if room := self._desk.chat.get(event.room):
            room.roster.rank(event.nick, event.prefixes)
            self._desk.touch(Part.MEMBERS, Part.CARDS)

    def topic(self, event: events.TopicChanged) -> None:
        """The topic, told on joining or newly set."""
        desk = self._desk
        room = desk.chat.get(event.room)
        if room is None:
            return
        room.topic = clean(event.topic)
        if not event.initial:
            who = event.by.split("!", 1)[0] or "Somebody"
            text = f"set the topic: {room.topic}" if room.topic else "removed the topic"
            desk.note(room, f"{who} {text}")
        desk.touch(Part.HEADER, Part.LIST, Part.CARDS)

    def modes(self, event: events.RoomModesChanged) -> None:
        """Who may do what: as it was asked for (by nobody), or as somebody has changed it."""
        room, types = self._desk.chat.get(event.room), self._desk.chat.support.mode_types
        if room is None:
            return
        room.modes = roommodes.told(room.modes, event.changes, event.modes, types)
        who = event.by.split("!", 1)[0]
        if who:
            self._desk.note(room, "\n".join(roommodes.sentences(who, event.changes, types)))

    def room_renamed(self, event: events.RoomRenamed) -> None:
        """A room has another name, and goes on under it."""
        chat = self._desk.chat
        self._desk.rename(event.old, event.new, event.name)
        if chat.wanted == event.old:
            chat.wanted = event.new
        if room := chat.get(event.new):
            reason = f": {event.reason}" if event.reason else ""
            self._desk.note(room, f"{event.by} renamed the room to {event.name}{reason}")
            self._desk.show_draft(room) if chat.current == room.key else None
        self._desk.touch(*Part)

    def invited(self, event: events.Invited) -> None:
        """Somebody wants another in a room (what we are invited to: see `Offers`)."""
        if room := self._desk.chat.get(event.room):
            self._desk.note(room, f"{event.by} invited {event.nick}")

    def renamed(self, event: events.NickChanged) -> None:
        """Somebody, perhaps we, has another nick."""
        desk = self._desk
        if event.is_self:
            desk.chat.nick = event.new
            desk.note(desk.here(), f"You are {event.new} now")
        for room in desk.chat.rooms_with(event.old):
            room.roster.rename(event.old, event.new)
            if room.set_typing(event.old, False):
                desk.touch(Part.TYPING)
            if not event.is_self and self._told(room):
                desk.note(room, f"{event.old} is {event.new} now")
        desk.touch(Part.MEMBERS, Part.LIST, Part.HEADER)

    def away(self, event: events.AwayChanged) -> None:
        """Somebody, perhaps we, went away or came back."""
        desk = self._desk
        if event.is_self:
            desk.chat.away = event.away
            desk.note(desk.here(), "You are away" if event.away else "You are back")
        for room in desk.chat.rooms_with(event.nick):
            room.roster.away(event.nick, event.away)
        desk.touch(Part.MEMBERS, Part.LIST, Part.HEADER)


def _told_last(note: str, text: str) -> bool:
    """True if this is the last thing that a note has told of that person."""
    who = text.split(" ", 1)[0]
    told = [part for part in note.split(", ") if who in part.split()]
    return told[-1:] == [text]
