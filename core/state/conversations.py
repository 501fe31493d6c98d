"""Which conversation a message belongs to, and how the past of one is asked for."""

from typing import NamedTuple

from core.state.records import Room, User


class Query(NamedTuple):
    """A question to the store; the rows come back in the log's order."""

    conversations: tuple[str, ...]  # read as one
    direction: str  # "latest", "before" or "after"
    seq: int | None  # the bound by message, itself excluded
    time: int | None  # the bound by milliseconds since the epoch, itself excluded
    limit: int


class Row(NamedTuple):
    """A kept message."""

    seq: int
    time: int  # milliseconds since the epoch
    sender: str  # nick!ident@host
    kind: int
    target: str
    text: str
    tags: str


# Modes that keep people out of a room, or out of the knowledge of it.
CLOSED = frozenset("iks")


def room_conversation(room: Room) -> str:
    """The key under which a message said in ``room`` now is kept.

    A room ends with its last member, and anybody may make another one of that name.  So what is
    said behind closed doors belongs to this very room (a name holds no space), the rest to all
    rooms of the name.
    """
    return _behind_doors(room) if CLOSED & room.modes.keys() else room.key


def room_conversations(room: Room) -> tuple[str, ...]:
    """The keys of all that a member of ``room`` may read."""
    return room.key, _behind_doors(room)


def _behind_doors(room: Room) -> str:
    return f"{room.key} {room.created:x}"


def private_conversation(one: User, other: User) -> str:
    """The key under which two users' messages are kept; the same from both sides."""
    low, high = sorted((one.id, other.id))
    return f"{low:x}:{high:x}"
