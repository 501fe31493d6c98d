"""Pictures made of palette colours: corners, discs, pills, avatars, icons.

Everything is drawn four times as large and scaled down, on the background it will stand on, so
that Tk has nothing to blend; the few that lie over varying things keep an alpha channel.  They
are cached by their parameters, for as long as the look is the same.  Strangers choose emoji and
colours, so there may be any number of them: past a bound, those not drawn for longest are given up.
"""

from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageTk

from gui.views import emoji
from gui.views.icons import SHAPES, rgba

OVER: Final = 4
_MOST: Final = 20_000  # pictures; what a screen shows are hundreds
Painter = Callable[[ImageDraw.ImageDraw, int], None]


def paint(width: int, height: int, background: str, painter: Painter) -> Image.Image:
    """Let `painter` draw on an enlarged canvas (it gets the factor), and scale down."""
    base = rgba(background)
    if not background:  # so that edges do not fade to black
        base = (0, 0, 0, 0)
    canvas = Image.new("RGBA", (width * OVER, height * OVER), base)
    painter(ImageDraw.Draw(canvas), OVER)
    small = canvas.resize((width, height), Image.Resampling.BOX)
    return small if not background else small.convert("RGB")


class Images:
    """Tk images by what they show; `name` strings are what canvas items take."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], ImageTk.PhotoImage] = {}

    def clear(self) -> None:
        """Forget all of them: the look has changed."""
        self._kept.clear()

    def keep(self, key: tuple[object, ...], make: Callable[[], Image.Image]) -> str:
        """The Tk image for `key`, made on its first use."""
        found = self._kept.pop(key, None)
        if found is None:
            found = ImageTk.PhotoImage(make())
            if len(self._kept) >= _MOST:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = found  # at the end: it was used last
        return str(found)

    def corner(
        self, which: str, radius: int, colour: str, background: str, edge: str = "", thick: int = 0
    ) -> str:
        """A quarter disc; `which` is 'nw', 'ne', 'sw' or 'se'; `edge` is the colour of its rim,
        `thick` pixels of it."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side, rim = radius * over, thick * over
            x = 0 if which.endswith("w") else -side
            y = 0 if which.startswith("n") else -side
            box = (x, y, x + 2 * side - 1, y + 2 * side - 1)
            draw.ellipse(box, rgba(colour), rgba(edge) if rim else None, rim)

        key = ("corner", which, radius, colour, background, edge, thick)
        return self.keep(key, lambda: paint(radius, radius, background, painter))

    def pill(self, width: int, height: int, colour: str, background: str, radius: int = -1) -> str:
        """A rounded rectangle; the radius is half the height unless given."""
        round_by = height // 2 if radius < 0 else radius

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            box = (0, 0, width * over - 1, height * over - 1)
            draw.rounded_rectangle(box, round_by * over, fill=rgba(colour))

        key = ("pill", width, height, colour, background, round_by)
        return self.keep(key, lambda: paint(width, height, background, painter))

    def frame(
        self, side: int, radius: int, fill: str, edge: str = "", ring: str = "", line: int = 2
    ) -> str:
        """A rounded square for ttk to stretch; `edge` is a line of `line` pixels around it ('' for
        none), `ring` one a little further inside.  What is outside stays transparent."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            last, width = side * over - 1, line * over
            outline = rgba(edge) if edge else None
            body = rgba(fill) if fill else None
            if body or outline:  # else Pillow would draw a white line
                draw.rounded_rectangle((0, 0, last, last), radius * over, body, outline, width)
            if ring:
                box = (width, width, last - width, last - width)
                draw.rounded_rectangle(box, radius * over - width, None, rgba(ring), width)

        key = ("frame", side, radius, fill, edge, ring, line)
        return self.keep(key, lambda: paint(side, side, "", painter))

    def mark(self, kind: str, size: int, fill: str, edge: str, colour: str, ring: str = "") -> str:
        """The box of a choice: 'check' is square with a tick, 'radio' round with a dot, both
        empty without a `colour`; `ring` is around it where the keyboard is."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            last, margin = size * over - 1, round(size * over * 0.14)
            radius = size * over * (0.3 if kind == "check" else 0.5)
            if ring:
                box = (0, 0, last, last)
                draw.rounded_rectangle(box, radius, None, rgba(ring), round(margin * 0.6))
            box = (margin, margin, last - margin, last - margin)
            width = max(over, round(size * over * 0.07))
            body = rgba(fill) if fill else None
            draw.rounded_rectangle(box, radius - margin, body, rgba(edge), width)
            side = last - 2 * margin
            if colour and kind == "check":
                points = [(0.24, 0.52), (0.43, 0.7), (0.77, 0.31)]
                line = [(margin + x * side, margin + y * side) for x, y in points]
                draw.line(line, rgba(colour), round(side * 0.13), joint="curve")
            elif colour:
                inner = (margin + side * 0.3,) * 2 + (margin + side * 0.7,) * 2
                draw.ellipse(inner, fill=rgba(colour))

        key = ("mark", kind, size, fill, edge, colour, ring)
        return self.keep(key, lambda: paint(size, size, "", painter))

    def switch(self, height: int, track: str, on: bool, knob: str, ring: str = "") -> str:
        """A sliding switch, with a ring around it where the keyboard is."""
        width = round(height * 1.7)

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            right, low, margin = width * over - 1, height * over - 1, round(height * over * 0.13)
            if ring:
                box = (0, 0, right, low)
                draw.rounded_rectangle(box, low / 2, None, rgba(ring), round(margin * 0.55))
            box = (margin, margin, right - margin, low - margin)
            draw.rounded_rectangle(box, (low - 2 * margin) / 2, rgba(track))
            size = low - 2 * margin - 2 * (gap := round(height * over * 0.09))
            left = right - margin - gap - size if on else margin + gap
            top = margin + gap
            draw.ellipse((left, top, left + size, top + size), fill=rgba(knob))

        key = ("switch", height, track, on, knob, ring)
        return self.keep(key, lambda: paint(width, height, "", painter))

    def spinner(self, size: int, step: int, colour: str) -> str:
        """Three quarters of a circle, turned by `step` of 12."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side, edge = size * over, round(size * over * 0.06)
            box, width = (edge, edge, side - 1 - edge, side - 1 - edge), round(side * 0.11)
            draw.arc(box, step * 30, step * 30 + 270, rgba(colour), width)

        return self.keep(("spinner", size, step, colour), lambda: paint(size, size, "", painter))

    def avatar(self, size: int, colour: str, background: str, dot: str = "") -> str:
        """A disc, with a presence dot at its lower right if `dot` names a colour."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = size * over
            draw.ellipse((0, 0, side - 1, side - 1), fill=rgba(colour))
            if dot:
                ring, inner = side * 0.175, side * 0.12
                x = y = side - side * 0.165
                draw.ellipse((x - ring, y - ring, x + ring, y + ring), fill=rgba(background))
                draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=rgba(dot))

        key = ("avatar", size, colour, background, dot)
        return self.keep(key, lambda: paint(size, size, background, painter))

    def emoji(self, text: str, size: int, background: str = "") -> str:
        """The emoji's picture on `background`, "" where there is no colour font."""
        drawn = emoji.picture(text, size)
        if drawn is None:
            return ""

        def make() -> Image.Image:
            if not background:
                return drawn
            base = Image.new("RGBA", drawn.size, rgba(background))
            return Image.alpha_composite(base, drawn).convert("RGB")

        return self.keep(("emoji", text, size, background), make)

    def program(self, size: int, colour: str, dot: str = "") -> str:
        """The program's own icon: a speech bubble on a rounded square; `dot` is the colour of a
        mark that something waits."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = size * over
            draw.rounded_rectangle((0, 0, side - 1, side - 1), side * 0.22, rgba(colour))
            white = rgba("#ffffff")
            box = (side * 0.2, side * 0.24, side * 0.8, side * 0.64)
            draw.rounded_rectangle(box, side * 0.14, white)
            tail = [(0.3, 0.58), (0.3, 0.82), (0.52, 0.62)]
            draw.polygon([(x * side, y * side) for x, y in tail], fill=white)
            if dot:
                box = (side * 0.56, side * 0.56, side - 1, side - 1)
                draw.ellipse(box, rgba(dot), white, round(side * 0.06))

        return self.keep(("program", size, colour, dot), lambda: paint(size, size, "", painter))

    def field(
        self, width: int, height: int, fill: str, edge: str, thick: int, background: str
    ) -> str:
        """A box with round ends and an edge, `thick` pixels wide."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            box = (0, 0, width * over - 1, height * over - 1)
            draw.rounded_rectangle(box, height * over // 2, rgba(fill), rgba(edge), thick * over)

        key = ("field", width, height, fill, edge, thick, background)
        return self.keep(key, lambda: paint(width, height, background, painter))

    def room(self, size: int, colour: str, background: str) -> str:
        """What stands for a room: a square with round corners."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = size * over
            draw.rounded_rectangle((0, 0, side - 1, side - 1), side * 0.3, fill=rgba(colour))

        key = ("room", size, colour, background)
        return self.keep(key, lambda: paint(size, size, background, painter))

    def button(
        self, shape: str, size: int, colour: str, background: str, disc: str, edge: str
    ) -> str:
        """An icon on a disc with an edge; '' leaves either out."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side, width = size * over, max(over, round(size * over * 0.045))
            box = (0, 0, side - 1, side - 1)
            outline = rgba(edge) if edge else None
            if disc or outline:  # else Pillow would draw a white line
                draw.ellipse(box, rgba(disc) if disc else None, outline, width)
            SHAPES[shape](draw, side, rgba(colour))

        key = ("button", shape, size, colour, background, disc, edge)
        return self.keep(key, lambda: paint(size, size, background, painter))

    def menu_icon(self, shape: str, size: int, width: int, height: int, colour: str) -> str:
        """An icon with room around it, which makes the lines of a menu as high as they are."""

        def make() -> Image.Image:
            small = paint(size, size, "", lambda draw, over: icon(draw, size * over))
            whole = Image.new("RGBA", (width, height))
            whole.paste(small, ((width - size) // 2, (height - size) // 2))
            return whole

        def icon(draw: ImageDraw.ImageDraw, side: int) -> None:
            SHAPES[shape](draw, side, rgba(colour))

        return self.keep(("menu_icon", shape, size, width, height, colour), make)

    def icon(self, shape: str, size: int, colour: str, background: str, disc: str = "") -> str:
        """A line drawing from `SHAPES`, on a disc if that has a colour."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = size * over
            if disc:
                draw.ellipse((0, 0, side - 1, side - 1), fill=rgba(disc))
            SHAPES[shape](draw, side, rgba(colour))

        key = ("icon", shape, size, colour, background, disc)
        return self.keep(key, lambda: paint(size, size, background, painter))
