"""Small things drawn on any canvas: a rounded box, a line of text with emoji."""

import tkinter

from gui.model.text import SpanKind, drawable, spans
from gui.theme import Look


def draw_rounded(
    canvas: tkinter.Canvas,
    look: Look,
    box: tuple[int, int, int, int],
    *,
    radius: int,
    fill: str,
    behind: str,
    tag: str = "",
    edge: str = "",
    thick: int = 0,
) -> None:
    """A box with round corners, out of four small pictures and up to two rectangles; with a
    rim of `thick` pixels if `edge` is a colour."""
    left, top, right, bottom = box
    radius = max(1, min(radius, (bottom - top) // 2))
    for which, x, y in (
        ("nw", left, top),
        ("ne", right - radius, top),
        ("sw", left, bottom - radius),
        ("se", right - radius, bottom - radius),
    ):
        picture = look.images.corner(which, radius, fill, behind, edge, thick)
        canvas.create_image(x, y, image=picture, anchor="nw", tags=tag)
    if right - left > 2 * radius:
        canvas.create_rectangle(
            left + radius, top, right - radius, bottom, fill=fill, width=0, tags=tag
        )
    if bottom - top > 2 * radius:
        canvas.create_rectangle(
            left, top + radius, right, bottom - radius, fill=fill, width=0, tags=tag
        )
    if edge:
        _draw_rim(canvas, box, radius, edge, thick, tag)


def _draw_rim(
    canvas: tkinter.Canvas,
    box: tuple[int, int, int, int],
    radius: int,
    edge: str,
    thick: int,
    tag: str,
) -> None:
    """The straight parts of an edge."""
    left, top, right, bottom = box
    for rim in (
        (left + radius, top, right - radius, top + thick),
        (left + radius, bottom - thick, right - radius, bottom),
        (left, top + radius, left + thick, bottom - radius),
        (right - thick, top + radius, right, bottom - radius),
    ):
        canvas.create_rectangle(*rim, fill=edge, width=0, tags=tag)


def draw_field(canvas: tkinter.Canvas, look: Look, size: tuple[int, int], *, focused: bool) -> None:
    """What can be typed into, over the whole of a canvas; items have the tag 'art'."""
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


def draw_line(
    canvas: tkinter.Canvas,
    look: Look,
    text: str,
    *,
    at: tuple[int, int],
    width: int,
    style: str,
    colour: str,
    background: str,
    tag: str = "",
) -> None:
    """Draw `text` with its left end and vertical middle `at`; what does not fit is cut off."""
    x, y = at
    end = x + width
    side = round(look.fonts.line(style) * 1.0)
    for span in spans(text[:300]):
        if span.kind is SpanKind.EMOJI:
            picture = look.images.emoji(span.text, side, background)
            if not picture:
                span = span._replace(kind=SpanKind.TEXT, text="\u25ab")
            elif x + side > end:
                _draw(canvas, look, "…", (x, y), style, colour, tag)
                return
            else:
                canvas.create_image(x, y, image=picture, anchor="w", tags=tag)
                x += side + 1
                continue
        shown = look.fonts.shorten(style, span.text, end - x)
        _draw(canvas, look, shown, (x, y), style, colour, tag)
        if shown != span.text:
            return
        x += look.fonts[style].measure(shown)


def _draw(
    canvas: tkinter.Canvas,
    look: Look,
    text: str,
    at: tuple[int, int],
    style: str,
    colour: str,
    tag: str,
) -> None:
    font = look.fonts[style]
    canvas.create_text(*at, text=drawable(text), anchor="w", font=font, fill=colour, tags=tag)
