"""Breaking text into lines of runs, given a way to measure words.  No tkinter here.

Positions are counted in Python characters of the message's text, so that a selection can be cut
out of it; Tk's own indices (UTF-16) are never used.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from gui.model.text import Span, SpanKind, spans

Measure = Callable[[str], int]

_WORDS = re.compile(r"\n|[^\S\n]+|[^\s]+")


class Run(NamedTuple):
    """A piece of one line that is drawn by one item, `x` pixels from the line's beginning."""

    x: int
    width: int
    kind: SpanKind
    text: str
    start: int
    link: str  # the whole link that this is a part of, "" for none


class Line(NamedTuple):
    """`start` and `end` are positions in the text; blanks at the break belong to the line."""

    runs: tuple[Run, ...]
    width: int
    start: int
    end: int


class _Piece(NamedTuple):
    kind: SpanKind
    text: str
    start: int
    link: str


def _pieces(found: list[Span]) -> Iterator[_Piece]:
    for span in found:
        if span.kind is SpanKind.EMOJI:
            yield _Piece(span.kind, span.text, span.start, "")
            continue
        link = span.text if span.kind is SpanKind.LINK else ""
        for word in _WORDS.finditer(span.text):
            yield _Piece(span.kind, word.group(), span.start + word.start(), link)


class _Filler:
    """Takes pieces and fills lines with them."""

    def __init__(self, width: int, measure: Measure, emoji: int) -> None:
        self._width, self._measure, self._emoji = max(width, emoji), measure, emoji
        self._lines: list[Line] = []
        self._runs: list[Run] = []
        self._x = 0
        self._solid = 0  # the width without blanks at the end
        self._start = 0

    def add(self, piece: _Piece) -> None:
        if piece.text == "\n":
            self._finish(piece.start + 1)
            return
        if piece.kind is SpanKind.EMOJI:
            if self._x + self._emoji > self._width and self._runs:
                self._finish(piece.start)
            self._put(piece, self._emoji)
            return
        width = self._measure(piece.text)
        if piece.text.isspace():
            self._put(piece, width, blank=True)
            return
        if self._x + width > self._width and self._runs:
            self._finish(piece.start)
        if width > self._width:
            self._break(piece)
        else:
            self._put(piece, width)

    def finish(self, end: int) -> list[Line]:
        self._finish(end)
        return self._lines

    def _break(self, piece: _Piece) -> None:
        """A word wider than a line: as many characters on each as there is room for."""
        text, start = piece.text, piece.start
        while text:
            fits = self._fitting(text)
            part = _Piece(piece.kind, text[:fits], start, piece.link)
            self._put(part, self._measure(part.text))
            text, start = text[fits:], start + fits
            if text:
                self._finish(start)

    def _fitting(self, text: str) -> int:
        low, high = 1, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._measure(text[:middle]) <= self._width:
                low = middle
            else:
                high = middle - 1
        return low

    def _put(self, piece: _Piece, width: int, *, blank: bool = False) -> None:
        last = self._runs[-1] if self._runs else None
        kind = SpanKind.TEXT if blank and not piece.link else piece.kind
        if last and kind is not SpanKind.EMOJI and (last.kind, last.link) == (kind, piece.link):
            self._runs[-1] = last._replace(width=last.width + width, text=last.text + piece.text)
        else:
            self._runs.append(Run(self._x, width, kind, piece.text, piece.start, piece.link))
        self._x += width
        if not blank:
            self._solid = self._x

    def _finish(self, end: int) -> None:
        self._lines.append(Line(tuple(self._runs), self._solid, self._start, end))
        self._runs, self._x, self._solid, self._start = [], 0, 0, end


def wrap(text: str, width: int, measure: Measure, emoji: int) -> list[Line]:
    """Break `text` into lines of at most `width` pixels; an emoji is `emoji` pixels wide."""
    filler = _Filler(width, measure, emoji)
    for piece in _pieces(spans(text)):
        filler.add(piece)
    return filler.finish(len(text))


def hit(line: Line, x: int, measure: Measure) -> int:
    """The position in the text whose left edge is nearest to `x`."""
    for run in line.runs:
        if x >= run.x + run.width:
            continue
        inside = x - run.x
        if run.kind is SpanKind.EMOJI:
            return run.start if inside < run.width // 2 else run.start + len(run.text)
        for count in range(1, len(run.text) + 1):
            before, after = measure(run.text[: count - 1]), measure(run.text[:count])
            if inside < (before + after) // 2:
                return run.start + count - 1
        return run.start + len(run.text)
    if line.runs:
        return line.runs[-1].start + len(line.runs[-1].text)
    return line.start


def x_of(line: Line, position: int, measure: Measure) -> int:
    """Where the character at `position` begins on its line, in pixels."""
    for run in line.runs:
        if position <= run.start:
            return run.x
        if position < run.start + len(run.text):
            if run.kind is SpanKind.EMOJI:
                return run.x
            return run.x + measure(run.text[: position - run.start])
    return line.runs[-1].x + line.runs[-1].width if line.runs else 0


def word_at(text: str, position: int) -> tuple[int, int]:
    """The beginning and end of the word around `position`."""
    for word in re.finditer(r"\w+|\s+|[^\w\s]+", text):
        if word.start() <= position < word.end():
            return word.start(), word.end()
    return len(text), len(text)
