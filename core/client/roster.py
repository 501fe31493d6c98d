"""Who is where: rooms, their members, and what is known of each user."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What someone tells of themselves; "" for what they do not tell."""

    display_name: str = ""
    status: str = ""
    avatar: str = ""  # an address
    color: str = ""  # '#rrggbb'
    homepage: str = ""


NO_PROFILE = Profile()


@dataclass(slots=True)
class User:
    """Someone who shares a room with us."""

    nick: str
    username: str = ""
    host: str = ""
    realname: str = ""
    account: str = ""  # "" if none, or unknown
    away: bool = False
    away_message: str = ""  # "" where it is not known
    profile: Profile = NO_PROFILE


@dataclass(slots=True)
class Member:
    """A user's place in one room."""

    user: User
    prefixes: str = ""  # highest rank first: "@+"; "" for none


@dataclass(slots=True)
class Room:
    """A room that we are in."""

    key: str
    name: str
    members: dict[str, Member] = field(default_factory=dict)  # by folded nick
    topic: str = ""  # "" for none
    topic_by: str = ""  # "" if not told
    topic_time: float = 0.0  # 0.0 if not told
    modes: dict[str, str] = field(default_factory=dict)  # letter: argument, "" for none
    created: float = 0.0  # 0.0 if not told
    joined: bool = True  # False while the connection is broken
    listed: bool = False  # True once NAMES is complete


class Roster:
    """The rooms that we are in and everyone in them.

    A user is known for as long as a room is shared with them.
    """

    __slots__ = ("_fold", "rooms", "users")

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, User] = {}

    def enter(self, name: str) -> Room:
        """We joined: a room without members, which NAMES will tell."""
        key = self._fold(name)
        self.leave(key)
        room = self.rooms[key] = Room(key, name)
        return room

    def leave(self, key: str) -> Room | None:
        """We left; users who were only there are forgotten."""
        room = self.rooms.pop(key, None)
        if room is not None:
            for folded in room.members:
                self._forget_stranger(folded)
        return room

    def break_off(self) -> None:
        """The connection is gone: all stays as it was last seen, until we are back."""
        for room in self.rooms.values():
            room.joined = room.listed = False

    def refold(self, fold: Callable[[str], str]) -> None:
        """The server's casemapping became known: sort everything in anew."""
        self._fold = fold
        self.users = {fold(user.nick): user for user in self.users.values()}
        self.rooms = {fold(room.name): room for room in self.rooms.values()}
        for key, room in self.rooms.items():
            room.key = key
            room.members = {fold(member.user.nick): member for member in room.members.values()}

    def add(self, room: Room, nick: str, prefixes: str = "") -> Member:
        """``nick`` is in ``room``, with these prefixes; repeating it is harmless."""
        folded = self._fold(nick)
        user = self.users.get(folded)
        if user is None:
            user = self.users[folded] = User(nick)
        member = room.members.get(folded)
        if member is None:
            member = room.members[folded] = Member(user)
        member.prefixes = prefixes
        return member

    def remove(self, room: Room, nick: str) -> bool:
        """``nick`` left ``room``; False if they were not in it."""
        folded = self._fold(nick)
        if room.members.pop(folded, None) is None:
            return False
        self._forget_stranger(folded)
        return True

    def shared_with(self, nick: str) -> list[Room]:
        """The rooms that ``nick`` is in with us."""
        folded = self._fold(nick)
        return [room for room in self.rooms.values() if folded in room.members]

    def rename(self, old: str, new: str) -> list[Room]:
        """``old`` is called ``new`` now; the rooms shared with them."""
        before, after = self._fold(old), self._fold(new)
        rooms = self.shared_with(old)
        user = self.users.pop(before, None)
        if user is not None:
            user.nick = new
            self.users[after] = user
        for room in rooms:
            room.members[after] = room.members.pop(before)
        return rooms

    def rename_room(self, key: str, name: str) -> Room | None:
        """A room is called ``name`` now; None if we are not in it."""
        room = self.rooms.pop(key, None)
        if room is not None:
            self.leave(self._fold(name))
            room.key, room.name = self._fold(name), name
            self.rooms[room.key] = room
        return room

    def user(self, nick: str) -> User | None:
        """Who that is, None for someone who shares no room with us."""
        return self.users.get(self._fold(nick))

    def _forget_stranger(self, folded: str) -> None:
        if not any(folded in room.members for room in self.rooms.values()):
            self.users.pop(folded, None)


def change_rank(member: Member, symbol: str, adding: bool, ranks: Mapping[str, str]) -> None:
    """Give or take the prefix ``symbol``; ``ranks`` are all prefixes, highest first."""
    held = set(member.prefixes) - {symbol}
    if adding:
        held.add(symbol)
    member.prefixes = "".join(rank for rank in ranks.values() if rank in held)
