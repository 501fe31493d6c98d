"""Pictures made of palette colours: corners, discs, pills, avatars, icons.

Everything is drawn four times as large and scaled down, on the background it will stand on, so
that Tk has nothing to blend; the few that lie over varying things keep an alpha channel.  They
are cached by their parameters, for as long as the look is the same.
"""

from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageTk

from gui.views import emoji
from gui.views.icons import SHAPES, rgba

OVER: Final = 4
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
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = ImageTk.PhotoImage(make())
        return str(found)

    def corner(self, which: str, radius: int, colour: str, background: str) -> str:
        """A quarter disc; `which` is 'nw', 'ne', 'sw' or 'se'."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = radius * over
            x = 0 if which.endswith("w") else -side
            y = 0 if which.startswith("n") else -side
            draw.ellipse((x, y, x + 2 * side - 1, y + 2 * side - 1), fill=rgba(colour))

        key = ("corner", which, radius, colour, background)
        return self.keep(key, lambda: paint(radius, radius, background, painter))

    def pill(self, width: int, height: int, colour: str, background: str, radius: int = -1) -> str:
        """A rounded rectangle; the radius is half the height unless given."""
        round_by = height // 2 if radius < 0 else radius

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            box = (0, 0, width * over - 1, height * over - 1)
            draw.rounded_rectangle(box, round_by * over, fill=rgba(colour))

        key = ("pill", width, height, colour, background, round_by)
        return self.keep(key, lambda: paint(width, height, background, painter))

    def frame(self, side: int, radius: int, fill: str, edge: str, background: str) -> str:
        """A rounded square with a thin edge ('' for none), for ttk to stretch."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            box = (0, 0, side * over - 1, side * over - 1)
            outline = rgba(edge) if edge else None
            width = max(over, side * over // 12)
            draw.rounded_rectangle(box, radius * over, rgba(fill), outline, width)

        key = ("frame", side, radius, fill, edge, background)
        return self.keep(key, lambda: paint(side, side, background, painter))

    def switch(self, width: int, height: int, track: str, on: bool, background: str) -> str:
        """A sliding switch."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            w, h, gap = width * over, height * over, height * over * 0.14
            draw.rounded_rectangle((0, 0, w - 1, h - 1), h // 2, rgba(track))
            left = w - h + gap if on else gap
            draw.ellipse((left, gap, left + h - 2 * gap, h - gap), fill=rgba("#ffffff"))

        key = ("switch", width, height, track, on, background)
        return self.keep(key, lambda: paint(width, height, background, painter))

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

    def program(self, size: int, colour: str) -> str:
        """The program's own icon: a speech bubble on a rounded square."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = size * over
            draw.rounded_rectangle((0, 0, side - 1, side - 1), side * 0.22, rgba(colour))
            white = rgba("#ffffff")
            box = (side * 0.2, side * 0.24, side * 0.8, side * 0.64)
            draw.rounded_rectangle(box, side * 0.14, white)
            tail = [(0.3, 0.58), (0.3, 0.82), (0.52, 0.62)]
            draw.polygon([(x * side, y * side) for x, y in tail], fill=white)

        return self.keep(("program", size, colour), lambda: paint(size, size, "", painter))

    def icon(self, shape: str, size: int, colour: str, background: str, disc: str = "") -> str:
        """A line drawing from `SHAPES`, on a disc if that has a colour."""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = size * over
            if disc:
                draw.ellipse((0, 0, side - 1, side - 1), fill=rgba(disc))
            SHAPES[shape](draw, side, rgba(colour))

        key = ("icon", shape, size, colour, background, disc)
        return self.keep(key, lambda: paint(size, size, background, painter))
