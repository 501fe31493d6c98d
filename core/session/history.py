"""What of the past is asked for, and how it is shown.

Source: https://ircv3.net/specs/extensions/chathistory
"""

from typing import NamedTuple, Protocol

from core.session import render
from core.state.records import Room, User
from core.wire.capabilities import BATCH


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


class HistoryReader(Protocol):
    """What the runtime gives: the store's reading side."""

    def read(self, query: Query) -> list[Row]:
        """The rows for ``query``, oldest first."""


def room_conversation(room: Room) -> str:
    """The key under which a room's messages are kept."""
    return room.key


def private_conversation(one: User, other: User) -> str:
    """The key under which two users' messages are kept; the same from both sides."""
    low, high = sorted((one.id, other.id))
    return f"{low:x}:{high:x}"


def render_batch(
    server: str, target: str, rows: list[Row], caps: int, render_class: int, reference: str
) -> list[bytes]:
    """The lines of an answer; without the batch capability, the messages alone."""
    lines: list[bytes] = []
    batched = bool(caps & BATCH)
    for row in rows:
        time = render.timestamp(row.time)
        tags = render.tag_section(render_class, time, render.message_id(row.seq), row.tags)
        line = tags + render.spoken(row.sender, row.kind, row.target, row.text)
        if batched:
            separator = b";" if tags else b" "
            line = f"@batch={reference}".encode() + separator + line[1 if tags else 0 :]
        lines.append(line)
    if not batched:
        return lines
    return [
        f":{server} BATCH +{reference} chathistory {target}\r\n".encode(),
        *lines,
        f":{server} BATCH -{reference}\r\n".encode(),
    ]
