"""What is selected in the message list, and the text of it.  No tkinter here."""

from collections.abc import Sequence
from typing import NamedTuple

from gui.model.dates import clock
from gui.model.message import Kind, Message

WHOLE = 1 << 30


class Point(NamedTuple):
    """A place between two characters: of message number `row`, before character `position`."""

    row: int
    position: int


class Selection:
    """From `anchor` to `active`, in either order; empty if they are the same."""

    def __init__(self) -> None:
        self.anchor = self.active = Point(0, 0)

    def clear(self) -> None:
        """Select nothing."""
        self.anchor = self.active = Point(0, 0)

    @property
    def empty(self) -> bool:
        """True if nothing is selected."""
        return self.anchor == self.active

    def range_in(self, row: int) -> tuple[int, int]:
        """The selected characters of a message, (0, 0) for none."""
        start, end = sorted((self.anchor, self.active))
        if self.empty or not start.row <= row <= end.row:
            return 0, 0
        return (
            start.position if row == start.row else 0,
            end.position if row == end.row else WHOLE,
        )

    def shift(self, index: int, count: int) -> None:
        """Messages were inserted at `index`."""
        self.anchor, self.active = (
            point._replace(row=point.row + count) if point.row >= index else point
            for point in (self.anchor, self.active)
        )

    def removed(self, index: int) -> None:
        """The message at `index` is gone; a selection that held it ends."""
        start, end = sorted((self.anchor, self.active))
        if not self.empty and start.row <= index <= end.row:
            self.clear()
            return
        self.anchor, self.active = (
            point._replace(row=point.row - 1) if point.row > index else point
            for point in (self.anchor, self.active)
        )

    def text(self, messages: Sequence[Message]) -> str:
        """The selected text; of several messages, each with its time and sender."""
        start, end = sorted((self.anchor, self.active))
        if start.row == end.row:
            if start.row >= len(messages):
                return ""
            return messages[start.row].shown()[start.position : end.position]
        parts = []
        for row in range(start.row, min(end.row + 1, len(messages))):
            message, (begin, finish) = messages[row], self.range_in(row)
            text = message.shown()[begin:finish]
            who = "" if message.kind in (Kind.NOTE, Kind.ACTION) else f"{message.sender}: "
            if text:
                parts.append(f"[{clock(message.time)}] {who}{text}")
        return "\n".join(parts)


def chunk(text: str, offset: int, limit: int) -> str:
    """A part of `text` in Tcl's terms, which counts UTF-16 units, not characters."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + limit)].decode("utf-16-le", "surrogatepass")
