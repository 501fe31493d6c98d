"""The ground of what floats over the messages: a rounded plate with an edge and a soft shadow."""

from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from gui.theme import Look
from gui.views.icons import rgba

_OVER: Final = 4
_SHADOW: Final = 70  # of 255


def shadow_room(look: Look) -> int:
    """How far the picture of a plate reaches beyond the plate, on each side."""
    return look.px(5)


def plate(look: Look, width: int, height: int, radius: int, fill: str = "") -> str:
    """A picture larger than `width` x `height` by `shadow_room` on each side."""
    colour, edge, room = fill or look.palette.field, look.palette.line, shadow_room(look)

    def make() -> Image.Image:
        wide, tall = (width + 2 * room) * _OVER, (height + 2 * room) * _OVER
        box = (room * _OVER, room * _OVER, wide - room * _OVER - 1, tall - room * _OVER - 1)
        picture = Image.new("RGBA", (wide, tall), (0, 0, 0, 0))
        lower = (box[0], box[1] + _OVER, box[2], box[3] + _OVER)
        ImageDraw.Draw(picture).rounded_rectangle(lower, radius * _OVER, (0, 0, 0, _SHADOW))
        picture = picture.filter(ImageFilter.GaussianBlur(room * _OVER // 3))
        ImageDraw.Draw(picture).rounded_rectangle(
            box, radius * _OVER, rgba(colour), rgba(edge), _OVER
        )
        return picture.resize((width + 2 * room, height + 2 * room), Image.Resampling.BOX)

    return look.images.keep(("plate", width, height, radius, colour, edge), make)
