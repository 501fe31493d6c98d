"""The shared state, and the one function that changes it.

Every worker and the store hold a replica and apply the same log; so all replicas are equal.
``apply`` and the rules it calls are deterministic: no clock (time comes with the fact), no
randomness, no I/O, no order of a set.  Whatever a rule needs is in the log or in ``Rules``,
which is the same in every process.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from core.state.events import Event
from core.state.facts import Fact
from core.state.records import Room, User
from core.wire.casemapping import fold


class Rules(msgspec.Struct, frozen=True):
    """The limits that verdicts depend on; 0 lifts one."""

    lobby: str = "#lobby"
    rooms_per_user: int = 100
    list_entries: int = 100


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """Where in the log a fact stands, when, and which worker proposed it."""

    seq: int
    time: int  # milliseconds since the epoch, the batch's
    origin: int


Rule = Callable[["Replica", Stamp, Any], Sequence[Event]]
# Filled by the apply_* modules through ``rule``.
RULES: dict[type[Fact], Rule] = {}


def rule(fact: type[Any]) -> Callable[[Rule], Rule]:
    """Register the decorated function as what ``fact`` means."""

    def register(function: Rule) -> Rule:
        RULES[fact] = function
        return function

    return register


class Replica:
    """Users and rooms as of one sequence number."""

    def __init__(self, rules: Rules, seq: int = 0) -> None:
        self.rules = rules
        self.seq = seq  # of the last fact applied
        self.users: dict[int, User] = {}
        self.owner_of: dict[str, User] = {}  # folded nick -> user
        self.rooms: dict[str, Room] = {}  # folded name -> room
        self.peak_users = 0
        self.invisible = 0  # users with +i

    def apply(self, stamp: Stamp, fact: Fact) -> Sequence[Event]:
        """Change the state as ``fact`` demands, if it may, and say what came of it."""
        self.seq = stamp.seq
        return RULES[type(fact)](self, stamp, fact)

    def user_named(self, nick: str) -> User | None:
        """The user who has ``nick``, in whatever case."""
        return self.owner_of.get(fold(nick))

    def room_named(self, name: str) -> Room | None:
        """The room called ``name``, in whatever case."""
        return self.rooms.get(fold(name))

    def leave(self, user: User, room: Room) -> None:
        """Take ``user`` out of ``room``; an empty room ends."""
        del room.members[user]
        del user.rooms[room]
        if not room.members:
            del self.rooms[room.key]

    def remove(self, user: User) -> tuple[Room, ...]:
        """End ``user``; the rooms that lost it."""
        rooms = tuple(user.rooms)
        for room in rooms:
            self.leave(user, room)
        self.invisible -= "i" in user.modes
        del self.owner_of[fold(user.nick)]
        del self.users[user.id]
        return rooms
