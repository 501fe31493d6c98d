"""The line drawings in menus; `gui.views.icons` has them all in its table.

Coordinates are parts of the side: (0, 0) is the upper left, (1, 1) the lower right.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final

from PIL import ImageDraw

Colour = tuple[int, int, int, int]
Shape = Callable[[ImageDraw.ImageDraw, int, Colour], None]
_LINE = 0.075


class _Pen:
    """Draws in parts of the side."""

    def __init__(self, draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
        self._draw, self._side, self._colour = draw, side, colour
        self._width = round(side * _LINE)

    def line(self, *points: tuple[float, float]) -> None:
        """Through all points, with round ends."""
        side, half = self._side, self._side * _LINE / 2
        at = [(x * side, y * side) for x, y in points]
        self._draw.line(at, self._colour, self._width, joint="curve")
        for x, y in at:
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=self._colour)

    def _box(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = (part * self._side for part in box)
        return left, top, right, bottom

    def circle(self, x: float, y: float, radius: float, *, full: bool = False) -> None:
        """A circle, or a disc."""
        box = self._box((x - radius, y - radius, x + radius, y + radius))
        fill = self._colour if full else None
        self._draw.ellipse(box, fill, self._colour, self._width)

    def box(self, *box: float, radius: float = 0.06) -> None:
        """A rounded rectangle."""
        self._draw.rounded_rectangle(
            self._box(box), radius * self._side, None, self._colour, self._width
        )

    def arc(self, *box: float, start: float, end: float) -> None:
        """Part of an ellipse, from 0 at the right, clockwise in degrees."""
        self._draw.arc(self._box(box), start, end, self._colour, self._width)


def _shape(pictured: Callable[[_Pen], None]) -> Shape:
    return lambda draw, side, colour: pictured(_Pen(draw, side, colour))


def _none(_: _Pen) -> None:
    """Nothing: keeps the labels of a menu in line."""


def _tick(pen: _Pen) -> None:
    pen.line((0.22, 0.53), (0.42, 0.72), (0.78, 0.3))


def _bell(pen: _Pen) -> None:
    pen.arc(0.28, 0.2, 0.72, 0.7, start=180, end=360)
    pen.line((0.2, 0.68), (0.32, 0.56), (0.32, 0.42))
    pen.line((0.8, 0.68), (0.68, 0.56), (0.68, 0.42))
    pen.line((0.2, 0.68), (0.8, 0.68))
    pen.arc(0.42, 0.68, 0.58, 0.84, start=0, end=180)


def _bell_off(pen: _Pen) -> None:
    _bell(pen)
    pen.line((0.2, 0.14), (0.84, 0.86))


def _sun(pen: _Pen) -> None:
    pen.circle(0.5, 0.5, 0.17)
    for number in range(8):
        x, y = math.cos(number * math.pi / 4), math.sin(number * math.pi / 4)
        pen.line((0.5 + 0.29 * x, 0.5 + 0.29 * y), (0.5 + 0.37 * x, 0.5 + 0.37 * y))


def _moon(pen: _Pen) -> None:
    pen.arc(0.2, 0.2, 0.8, 0.8, start=10, end=260)
    pen.arc(0.38, 0.12, 0.84, 0.58, start=50, end=222)


def _gear(pen: _Pen) -> None:
    pen.circle(0.5, 0.5, 0.12)
    pen.circle(0.5, 0.5, 0.26)
    for number in range(8):
        angle = (number + 0.5) * math.pi / 4
        x, y = math.cos(angle), math.sin(angle)
        pen.line((0.5 + 0.3 * x, 0.5 + 0.3 * y), (0.5 + 0.36 * x, 0.5 + 0.36 * y))


def _keyboard(pen: _Pen) -> None:
    pen.box(0.12, 0.27, 0.88, 0.73)
    for x in (0.28, 0.43, 0.57, 0.72):
        pen.circle(x, 0.42, 0.035, full=True)
    pen.line((0.34, 0.59), (0.66, 0.59))


def _plug(pen: _Pen) -> None:
    pen.circle(0.3, 0.7, 0.13)
    pen.circle(0.7, 0.3, 0.13)
    pen.line((0.4, 0.6), (0.6, 0.4))


def _exit(pen: _Pen) -> None:
    pen.line((0.52, 0.22), (0.24, 0.22), (0.24, 0.78), (0.52, 0.78))
    pen.line((0.44, 0.5), (0.82, 0.5))
    pen.line((0.68, 0.36), (0.82, 0.5), (0.68, 0.64))


def _chat(pen: _Pen) -> None:
    pen.box(0.16, 0.22, 0.84, 0.68, radius=0.12)
    pen.line((0.32, 0.68), (0.32, 0.82), (0.48, 0.68))


def _person(pen: _Pen) -> None:
    pen.circle(0.5, 0.36, 0.15)
    pen.arc(0.22, 0.56, 0.78, 1.12, start=185, end=355)


def _info(pen: _Pen) -> None:
    pen.circle(0.5, 0.5, 0.34)
    pen.line((0.5, 0.48), (0.5, 0.68))
    pen.circle(0.5, 0.34, 0.04, full=True)


def _key(pen: _Pen) -> None:
    pen.circle(0.33, 0.64, 0.15)
    pen.line((0.44, 0.53), (0.78, 0.2))
    pen.line((0.64, 0.34), (0.74, 0.44))


def _copy(pen: _Pen) -> None:
    pen.box(0.36, 0.34, 0.8, 0.82)
    pen.line((0.24, 0.66), (0.2, 0.62), (0.2, 0.22), (0.24, 0.18), (0.58, 0.18), (0.62, 0.22))


def _cut(pen: _Pen) -> None:
    for side in (-1, 1):
        middle = 0.5 + 0.18 * side
        pen.arc(middle - 0.12, 0.62, middle + 0.12, 0.86, start=0, end=360)
        pen.line((middle - 0.05 * side, 0.63), (0.5 - 0.18 * side, 0.16))


def _paste(pen: _Pen) -> None:
    pen.box(0.26, 0.24, 0.74, 0.84)
    pen.line((0.4, 0.24), (0.42, 0.16), (0.58, 0.16), (0.6, 0.24))


def _trash(pen: _Pen) -> None:
    pen.line((0.2, 0.28), (0.8, 0.28))
    pen.line((0.4, 0.28), (0.42, 0.18), (0.58, 0.18), (0.6, 0.28))
    pen.line((0.27, 0.28), (0.31, 0.82), (0.69, 0.82), (0.73, 0.28))


def _pencil(pen: _Pen) -> None:
    pen.line((0.22, 0.78), (0.26, 0.62), (0.66, 0.22), (0.78, 0.34), (0.38, 0.74), (0.22, 0.78))


def _reply(pen: _Pen) -> None:
    pen.line((0.4, 0.24), (0.18, 0.45), (0.4, 0.66))
    pen.line((0.18, 0.45), (0.6, 0.45), (0.76, 0.52), (0.82, 0.76))


def _smile(pen: _Pen) -> None:
    pen.circle(0.5, 0.5, 0.34)
    pen.circle(0.39, 0.42, 0.045, full=True)
    pen.circle(0.61, 0.42, 0.045, full=True)
    pen.arc(0.32, 0.34, 0.68, 0.7, start=25, end=155)


MENU_SHAPES: Final[dict[str, Shape]] = {
    "none": _shape(_none),
    "tick_small": _shape(_tick),
    "bell": _shape(_bell),
    "bell_off": _shape(_bell_off),
    "sun": _shape(_sun),
    "moon": _shape(_moon),
    "gear": _shape(_gear),
    "keyboard": _shape(_keyboard),
    "plug": _shape(_plug),
    "exit": _shape(_exit),
    "chat": _shape(_chat),
    "person": _shape(_person),
    "info": _shape(_info),
    "key": _shape(_key),
    "copy": _shape(_copy),
    "cut": _shape(_cut),
    "paste": _shape(_paste),
    "trash": _shape(_trash),
    "pencil": _shape(_pencil),
    "reply": _shape(_reply),
    "smile": _shape(_smile),
}
