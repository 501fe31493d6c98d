"""Breaking text into lines of runs, given a way to measure words.  No tkinter here.

Positions are counted in Python characters of the message's text, so that a selection can be cut
out of it; Tk's own indices (UTF-16) are never used.  A block of code has lines of its own, set in
from both edges.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from gui.model.text import Face, Span, SpanKind, spans

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
    face: Face = Face.PROSE


class Line(NamedTuple):
    """`start` and `end` are positions in the text; blanks at the break belong to the line."""

    runs: tuple[Run, ...]
    width: int
    start: int
    end: int
    block: int = 0  # the number of the block of code that it is in; 0: none


class _Piece(NamedTuple):
    kind: SpanKind
    text: str
    start: int
    link: str
    face: Face
    block: int = 0


class Sizes(NamedTuple):
    """What things measure: `emoji` is the width of one, `indent` how far code is set in."""

    text: Measure
    code: Measure
    emoji: int
    indent: int = 0

    def of(self, face: Face) -> Measure:
        """What measures text in this face."""
        return self.text if face is Face.PROSE else self.code


def _pieces(found: list[Span]) -> Iterator[_Piece]:
    blocks = end = 0
    for span in found:
        if span.face is Face.BLOCK and span.start != end:
            blocks += 1
        end = span.start + len(span.text)
        block = blocks if span.face is Face.BLOCK else 0
        if span.kind is SpanKind.EMOJI:
            yield _Piece(span.kind, span.text, span.start, "", span.face, block)
            continue
        link = span.text if span.kind is SpanKind.LINK else ""
        for word in _WORDS.finditer(span.text):
            start = span.start + word.start()
            yield _Piece(span.kind, word.group(), start, link, span.face, block)


class _Filler:
    """Takes pieces and fills lines with them."""

    def __init__(self, width: int, sizes: Sizes) -> None:
        self._sizes = sizes
        self._whole = max(width, sizes.emoji)
        self._lines: list[Line] = []
        self._runs: list[Run] = []
        self._x = 0
        self._solid = 0  # the width without blanks at the end
        self._start = 0
        self._block = 0  # the number of the block that is being filled; 0: prose
        self._fresh = True  # a line has just been begun, by a break in the text or at the top

    @property
    def _width(self) -> int:
        """Where a line ends at the latest."""
        if not self._block:
            return self._whole
        return max(self._whole - self._sizes.indent, self._sizes.indent + self._sizes.emoji)

    def add(self, piece: _Piece) -> None:
        if piece.block != self._block:
            self._turn(piece)
        if piece.text == "\n":
            self._finish(piece.start + 1)
            self._fresh = True
        elif piece.kind is SpanKind.EMOJI:
            if self._x + self._sizes.emoji > self._width and self._runs:
                self._finish(piece.start)
            self._put(piece, self._sizes.emoji)
        else:
            self._add_word(piece)

    def _add_word(self, piece: _Piece) -> None:
        width = self._sizes.of(piece.face)(piece.text)
        if piece.text.isspace():
            self._put(piece, width, blank=True)
            return
        if self._x + width > self._width and self._runs:
            self._finish(piece.start)
        if self._x + width > self._width:
            self._break(piece)
        else:
            self._put(piece, width)

    def _turn(self, piece: _Piece) -> None:
        """Code begins or ends, on a line of its own."""
        if self._runs or self._block or not self._fresh:
            self._finish(piece.start)
        self._block = piece.block
        self._x = self._sizes.indent if self._block else 0

    def finish(self, end: int) -> list[Line]:
        self._finish(end)
        return self._lines

    def _break(self, piece: _Piece) -> None:
        """A word wider than a line: as many characters on each as there is room for."""
        text, start, measure = piece.text, piece.start, self._sizes.of(piece.face)
        while text:
            fits = self._fitting(text, measure)
            part = piece._replace(text=text[:fits], start=start)
            self._put(part, measure(part.text))
            text, start = text[fits:], start + fits
            if text:
                self._finish(start)

    def _fitting(self, text: str, measure: Measure) -> int:
        low, high, room = 1, 1, self._width - self._x
        while high < len(text) and measure(text[:high]) <= room:  # a word may have thousands
            low, high = high, min(2 * high, len(text))
        while low < high:
            middle = (low + high + 1) // 2
            if measure(text[:middle]) <= room:
                low = middle
            else:
                high = middle - 1
        return low

    def _put(self, piece: _Piece, width: int, *, blank: bool = False) -> None:
        last = self._runs[-1] if self._runs else None
        kind = SpanKind.TEXT if blank and not piece.link else piece.kind
        drawn = (kind, piece.link, piece.face)
        if last and kind is not SpanKind.EMOJI and (last.kind, last.link, last.face) == drawn:
            text = last.text + piece.text
            self._runs[-1] = last._replace(width=last.width + width, text=text)
        else:
            run = Run(self._x, width, kind, piece.text, piece.start, piece.link, piece.face)
            self._runs.append(run)
        self._x += width
        self._fresh = False
        if not blank:
            self._solid = self._x

    def _finish(self, end: int) -> None:
        wide = self._solid + self._sizes.indent if self._block else self._solid
        self._lines.append(Line(tuple(self._runs), wide, self._start, end, self._block))
        self._runs, self._solid, self._start = [], 0, end
        self._x = self._sizes.indent if self._block else 0
        self._fresh = False


def wrap(text: str, width: int, sizes: Sizes) -> list[Line]:
    """Break `text` into lines of at most `width` pixels."""
    filler = _Filler(width, sizes)
    for piece in _pieces(spans(text)):
        filler.add(piece)
    return filler.finish(len(text))


def hit(line: Line, x: int, sizes: Sizes) -> int:
    """The position in the text whose left edge is nearest to `x`."""
    for run in line.runs:
        if x >= run.x + run.width:
            continue
        inside = x - run.x
        if run.kind is SpanKind.EMOJI:
            return run.start if inside < run.width // 2 else run.start + len(run.text)
        measure = sizes.of(run.face)
        for count in range(1, len(run.text) + 1):
            before, after = measure(run.text[: count - 1]), measure(run.text[:count])
            if inside < (before + after) // 2:
                return run.start + count - 1
        return run.start + len(run.text)
    if line.runs:
        return line.runs[-1].start + len(line.runs[-1].text)
    return line.start


def x_of(line: Line, position: int, sizes: Sizes) -> int:
    """Where the character at `position` begins on its line, in pixels."""
    for run in line.runs:
        if position <= run.start:
            return run.x
        if position < run.start + len(run.text):
            if run.kind is SpanKind.EMOJI:
                return run.x
            return run.x + sizes.of(run.face)(run.text[: position - run.start])
    return line.runs[-1].x + line.runs[-1].width if line.runs else 0


def word_at(text: str, position: int) -> tuple[int, int]:
    """The beginning and end of the word around `position`."""
    for word in re.finditer(r"\w+|\s+|[^\w\s]+", text):
        if word.start() <= position < word.end():
            return word.start(), word.end()
    return len(text), len(text)
