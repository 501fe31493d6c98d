"""Which conversation a message belongs to, and how the past of one is asked for."""

from typing import NamedTuple

from core.state.records import Room, User


class Query(NamedTuple):
    """A question to the store; the rows come back in the log's order."""

    conversation: str
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


def room_conversation(room: Room) -> str:
    """The key under which a room's messages are kept."""
    return room.key


def private_conversation(one: User, other: User) -> str:
    """The key under which two users' messages are kept; the same from both sides."""
    low, high = sorted((one.id, other.id))
    return f"{low:x}:{high:x}"
