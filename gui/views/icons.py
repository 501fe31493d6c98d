"""The line drawings on buttons: one function for each shape, listed in `SHAPES`.

A shape draws itself into a square of `side` pixels, four times as large as it will be seen.
"""

from typing import Final

from PIL import ImageColor, ImageDraw

from gui.views.menuicons import MENU_SHAPES, Colour, Shape


def rgba(colour: str) -> Colour:
    """'#rrggbb' (or '' for transparent) as Pillow takes it."""
    if not colour:
        return 0, 0, 0, 0
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, 255


def _send(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    points = [(0.29, 0.28), (0.78, 0.5), (0.29, 0.72), (0.35, 0.53), (0.58, 0.5), (0.35, 0.47)]
    draw.polygon([(x * side, y * side) for x, y in points], fill=colour)


def _plus(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    width = round(side * 0.06)
    draw.line((side * 0.3, side / 2, side * 0.7, side / 2), colour, width)
    draw.line((side / 2, side * 0.3, side / 2, side * 0.7), colour, width)


def _menu(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    dot = side * 0.055
    for y in (0.28, 0.5, 0.72):
        draw.ellipse((side / 2 - dot, side * y - dot, side / 2 + dot, side * y + dot), fill=colour)


def _people(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    def person(x: float, scale: float) -> None:
        head, half = side * 0.11 * scale, side * 0.21 * scale
        draw.ellipse((x - head, side * 0.36 - head, x + head, side * 0.36 + head), fill=colour)
        box = (x - half, side * 0.53, x + half, side * 0.53 + 2 * half)
        draw.pieslice(box, 180, 360, fill=colour)

    person(side * 0.4, 1.0)
    person(side * 0.7, 0.72)


def _down(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    points = [(side * 0.32, side * 0.42), (side * 0.5, side * 0.6), (side * 0.68, side * 0.42)]
    draw.line(points, colour, round(side * 0.07), joint="curve")


def _tick(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    points = [(side * 0.12, side * 0.55), (side * 0.38, side * 0.8), (side * 0.88, side * 0.24)]
    draw.line(points, colour, round(side * 0.11), joint="curve")


def _clock(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    box = (side * 0.1, side * 0.1, side * 0.9, side * 0.9)
    draw.ellipse(box, outline=colour, width=round(side * 0.09))
    points = [(side * 0.5, side * 0.26), (side * 0.5, side * 0.53), (side * 0.68, side * 0.62)]
    draw.line(points, colour, round(side * 0.09))


def _warning(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    box = (side * 0.06, side * 0.06, side * 0.94, side * 0.94)
    draw.ellipse(box, outline=colour, width=round(side * 0.1))
    draw.line((side / 2, side * 0.25, side / 2, side * 0.58), colour, round(side * 0.11))
    draw.line((side / 2, side * 0.66, side / 2, side * 0.77), colour, round(side * 0.11))


def _close(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    width = round(side * 0.06)
    draw.line((side * 0.34, side * 0.34, side * 0.66, side * 0.66), colour, width)
    draw.line((side * 0.66, side * 0.34, side * 0.34, side * 0.66), colour, width)


def _stroke(
    draw: ImageDraw.ImageDraw,
    points: list[tuple[float, float]],
    side: int,
    colour: Colour,
    width: float,
) -> None:
    """A line with round ends; points and width in parts of the side."""
    line = [(x * side, y * side) for x, y in points]
    draw.line(line, colour, round(side * width), joint="curve")
    for x, y in (line[0], line[-1]):
        end = side * width / 2
        draw.ellipse((x - end, y - end, x + end, y + end), fill=colour)


def _chevron(points: list[tuple[float, float]]) -> Shape:
    return lambda draw, side, colour: _stroke(draw, points, side, colour, 0.09)


def _search(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    width = round(side * 0.08)
    draw.ellipse((side * 0.2, side * 0.2, side * 0.62, side * 0.62), None, colour, width)
    _stroke(draw, [(0.57, 0.57), (0.78, 0.78)], side, colour, 0.09)


def _find(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    """As `_search`, as large as what stands on the other buttons."""
    width = round(side * 0.06)
    draw.ellipse((side * 0.29, side * 0.29, side * 0.6, side * 0.6), None, colour, width)
    _stroke(draw, [(0.57, 0.57), (0.71, 0.71)], side, colour, 0.065)


def _eye(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    width = round(side * 0.07)
    draw.arc((side * 0.08, side * 0.3, side * 0.92, side * 1.14), 212, 328, colour, width)
    draw.arc((side * 0.08, -side * 0.14, side * 0.92, side * 0.7), 32, 148, colour, width)
    pupil = side * 0.11
    middle = (side / 2 - pupil, side / 2 - pupil, side / 2 + pupil, side / 2 + pupil)
    draw.ellipse(middle, fill=colour)


def _eye_off(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    _eye(draw, side, colour)
    _stroke(draw, [(0.22, 0.82), (0.78, 0.18)], side, colour, 0.08)


def _pin(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    head = [(0.56, 0.12), (0.88, 0.44), (0.76, 0.5), (0.62, 0.66), (0.58, 0.84), (0.16, 0.42)]
    head += [(0.34, 0.38), (0.5, 0.24)]
    draw.polygon([(x * side, y * side) for x, y in head], fill=colour)
    _stroke(draw, [(0.36, 0.64), (0.14, 0.86)], side, colour, 0.1)


def _muted(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    """A loudspeaker, crossed out."""
    box = [(0.1, 0.38), (0.26, 0.38), (0.5, 0.16), (0.5, 0.84), (0.26, 0.62), (0.1, 0.62)]
    draw.polygon([(x * side, y * side) for x, y in box], fill=colour)
    _stroke(draw, [(0.64, 0.38), (0.88, 0.62)], side, colour, 0.09)
    _stroke(draw, [(0.88, 0.38), (0.64, 0.62)], side, colour, 0.09)


def _smile(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    """A face."""
    width = round(side * 0.065)
    draw.ellipse((side * 0.16, side * 0.16, side * 0.84, side * 0.84), None, colour, width)
    dot = side * 0.05
    for x in (0.385, 0.615):
        middle = (side * x - dot, side * 0.42 - dot, side * x + dot, side * 0.42 + dot)
        draw.ellipse(middle, fill=colour)
    draw.arc((side * 0.32, side * 0.3, side * 0.68, side * 0.68), 25, 155, colour, width)


def _reply(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    """An arrow that goes back."""
    head = [(0.44, 0.22), (0.16, 0.46), (0.44, 0.7)]
    draw.polygon([(x * side, y * side) for x, y in head], fill=colour)
    _stroke(draw, [(0.4, 0.46), (0.6, 0.46), (0.76, 0.54), (0.83, 0.74)], side, colour, 0.12)


def _more(draw: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    """Three dots in a row."""
    dot = side * 0.06
    for x in (0.26, 0.5, 0.74):
        place = (side * x - dot, side / 2 - dot, side * x + dot, side / 2 + dot)
        draw.ellipse(place, fill=colour)


SHAPES: Final[dict[str, Shape]] = {
    **MENU_SHAPES,
    "pin": _pin,
    "muted": _muted,
    "send": _send,
    "smile": _smile,
    "reply": _reply,
    "plus": _plus,
    "menu": _menu,
    "more": _more,
    "people": _people,
    "down": _down,
    "tick": _tick,
    "clock": _clock,
    "warning": _warning,
    "close": _close,
    "spin_down": _chevron([(0.15, 0.35), (0.5, 0.7), (0.85, 0.35)]),
    "spin_up": _chevron([(0.15, 0.65), (0.5, 0.3), (0.85, 0.65)]),
    "search": _search,
    "find": _find,
    "eye": _eye,
    "eye_off": _eye_off,
    "chevron_down": _chevron([(0.28, 0.4), (0.5, 0.62), (0.72, 0.4)]),
    "chevron_up": _chevron([(0.28, 0.6), (0.5, 0.38), (0.72, 0.6)]),
    "chevron_right": _chevron([(0.4, 0.28), (0.62, 0.5), (0.4, 0.72)]),
}
