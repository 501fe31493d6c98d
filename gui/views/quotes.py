"""The message that is answered, above the answer: a coloured bar, who, and one line of it."""

import tkinter
from typing import Final, NamedTuple

from gui.model.text import drawable
from gui.theme import Look
from gui.views.inline import draw_line, draw_rounded

UNKNOWN: Final = "Original message"
_LONGEST: Final = 120  # characters of the quoted text that are looked at

Box = tuple[int, int, int, int]


class Quoted(NamedTuple):
    """`sender` is "" if the message is not known here; `name` is what they are called."""

    sender: str
    name: str
    text: str
    own: bool = False
    color: str = ""  # that the sender chose, "" for none


def quoted_line(text: str) -> str:
    """A text as one line of bounded length."""
    return " ".join(text[: 2 * _LONGEST].split())[:_LONGEST]


def quote_width(look: Look, quoted: Quoted, room: int) -> int:
    """How wide a bubble must be for it, within `room`."""
    name = look.fonts.measure("small_bold", drawable(quoted.name or UNKNOWN))
    text = look.fonts["small"].measure(drawable(quoted.text)) + look.px(6)
    return min(room, max(name, text) + look.px(20))


def lay_quote(look: Look, room: Box) -> Box:
    """Where it stands in the room that it has above the text."""
    left, top, right, bottom = room
    return left, top + look.px(2), right, bottom - look.px(4)


def draw_quote(
    canvas: tkinter.Canvas,
    look: Look,
    quoted: Quoted,
    box: Box,
    *,
    own: bool,
    behind: str,
    tag: str,
) -> None:
    """Draw it in a bubble of the colour `behind`, one of ours if `own`."""
    palette, px = look.palette, look.px
    left, top, right, bottom = box
    fill = palette.own_tint if own else palette.tint
    colour = palette.name_color(quoted.sender, quoted.color, fill)
    if own or not quoted.sender:
        colour = palette.own_link if own else palette.link
    draw_rounded(canvas, look, box, radius=px(4), fill=fill, behind=behind, tag=tag)
    bar = (left, top + px(2), left + px(3), bottom - px(2))
    canvas.create_rectangle(*bar, fill=colour, width=0, tags=tag)
    first = top + px(2) + look.fonts.line("small_bold") // 2 + px(1)
    x, width = left + px(10), right - left - px(16)
    draw_line(
        canvas, look, quoted.name or UNKNOWN, at=(x, first), width=width, style="small_bold",
        colour=colour, background=fill, tag=tag,
    )  # fmt: skip
    second = bottom - px(3) - look.fonts.line("small") // 2
    text = quoted.text if quoted.sender else "Click to show it"
    draw_line(
        canvas, look, text, at=(x, second), width=width, style="small",
        colour=palette.own_text if own else palette.bubble_text, background=fill, tag=tag,
    )  # fmt: skip
