"""Bytes into lines, in any portions, with a bound on what is kept.

A line ends at LF; a CR before it is dropped, and so are empty lines.  A line that grows past
the bound is reported once and skipped up to its end: it costs its sender an error, never
anybody memory.
"""

import re
from typing import NamedTuple

# Bytes of an overlong line that are kept: enough to see how it began.
HEAD = 512
_EMPTY_LINES = re.compile(rb"\n(?:\r?\n)+")


class TooLong(NamedTuple):
    """Stands in the list of lines for one that was over the limit."""

    head: bytes  # how it began: the line's first bytes, HEAD at most


class LineBuffer:
    """Splits a stream into lines of at most ``limit`` bytes (CR LF not counted)."""

    __slots__ = ("_head", "_rest", "_skipping", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._head = min(HEAD, limit)
        self._rest = b""  # the beginning of a line whose end has not come
        self._skipping = False  # the rest of an overlong line is being dropped

    @property
    def waiting(self) -> int:
        """Bytes kept for a line that is not complete."""
        return len(self._rest)

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """The lines that ``data`` completes, in order."""
        if b"\n\n" in data or b"\n\r\n" in data:
            data = _EMPTY_LINES.sub(b"\n", data)  # however many there are, they cost little
        pieces = (self._rest + data if self._rest else data).split(b"\n")
        rest = pieces.pop()
        lines: list[bytes | TooLong] = []
        for piece in pieces:
            if self._skipping:
                self._skipping = False
                continue
            line = piece[:-1] if piece.endswith(b"\r") else piece
            if len(line) > self.limit:
                lines.append(TooLong(line[: self._head]))
            elif line:
                lines.append(line)
        if self._skipping:
            rest = b""
        elif len(rest) > self.limit + 1:
            lines.append(TooLong(rest[: self._head]))
            self._skipping = True
            rest = b""
        self._rest = rest
        return lines
