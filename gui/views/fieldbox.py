"""What can be typed into, drawn on a canvas behind an entry."""

import tkinter

from gui.theme import Look
from gui.views.inline import draw_rounded


def draw_field(canvas: tkinter.Canvas, look: Look, size: tuple[int, int], *, focused: bool) -> None:
    """Over the whole of a canvas, with an edge where the keyboard is; items have the tag 'art'."""
    palette, (width, height) = look.palette, size
    if not focused:
        draw_rounded(
            canvas, look, (0, 0, width, height), radius=height // 2, fill=palette.field,
            behind=palette.side, tag="art",
        )  # fmt: skip
        return
    picture = look.images.field(
        width, height, palette.field, palette.accent, max(1, look.px(1.5)), palette.side
    )
    canvas.create_image(0, 0, image=picture, anchor="nw", tags="art")
