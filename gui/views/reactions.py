"""Reactions under a text: chips with the emoji and how many people; ours stand out."""

import tkinter
from collections.abc import Iterable
from typing import NamedTuple

from gui.model.message import Reaction
from gui.model.text import SpanKind, drawable, spans
from gui.theme import Look
from gui.views.inline import draw_rounded

Box = tuple[int, int, int, int]


class Chip(NamedTuple):
    """One of them, where it stands."""

    reaction: Reaction
    label: str  # "" where there is a picture
    box: Box

    def moved(self, x: int, y: int) -> "Chip":
        """The same one further right and down."""
        left, top, right, bottom = self.box
        return self._replace(box=(left + x, top + y, right + x, bottom + y))


def is_picture(text: str) -> bool:
    """True if this is one emoji."""
    found = spans(text)
    return len(found) == 1 and found[0].kind is SpanKind.EMOJI


def lay_chips(
    look: Look, reactions: Iterable[Reaction], room: int
) -> tuple[tuple[Chip, ...], int, int]:
    """Place chips from (0, 0) on, in lines of at most `room` pixels; and how wide and tall all
    of them are."""
    px, fonts = look.px, look.fonts
    side, tall, gap = px(16), px(24), px(4)
    found: list[Chip] = []
    x = y = wide = 0
    for reaction in reactions:
        label = (
            ""
            if is_picture(reaction.text)
            else fonts.shorten("small", drawable(reaction.text), px(120))
        )
        inner = side if not label else fonts.measure("small", drawable(label))
        width = inner + px(5) + fonts.measure("small_bold", str(reaction.people)) + px(16)
        if x and x + width > room:
            x, y = 0, y + tall + gap
        found.append(Chip(reaction, label, (x, y, x + width, y + tall)))
        wide = max(wide, x + width)
        x += width + gap
    return tuple(found), wide, y + tall if found else 0


def draw_chips(
    canvas: tkinter.Canvas,
    look: Look,
    chips: Iterable[Chip],
    y: int,
    *,
    own: bool,
    behind: str,
    tag: str,
) -> None:
    """Draw them in a bubble of the colour `behind`, one of ours if `own`; its row begins at
    `y`."""
    palette, px = look.palette, look.px
    for reaction, label, (left, top, right, bottom) in chips:
        if reaction.own:
            fill = palette.own_reacted if own else palette.accent
            colour = palette.on_own_reacted if own else palette.on_accent
        else:
            fill = palette.own_reaction if own else palette.reaction
            colour = palette.own_text if own else palette.bubble_text
        box, middle = (left, y + top, right, y + bottom), y + (top + bottom) // 2
        draw_rounded(canvas, look, box, radius=px(12), fill=fill, behind=behind, tag=tag)
        picture = "" if label else look.images.emoji(reaction.text, px(16), fill)
        if picture:
            at = (left + px(8), middle)
            canvas.create_image(*at, image=picture, anchor="w", tags=tag)
        else:
            canvas.create_text(
                left + px(8), middle, text=drawable(label or reaction.text), anchor="w",
                font=look.fonts["small"], fill=colour, tags=tag,
            )  # fmt: skip
        canvas.create_text(
            right - px(8), middle, text=str(reaction.people), anchor="e",
            font=look.fonts["small_bold"], fill=colour, tags=tag,
        )  # fmt: skip
