"""How one message looks: draws a row's layout on a canvas.

All items of a row have one tag, so that the list can move or delete the row by it.
"""

import tkinter
from typing import Final, NamedTuple

from gui.model.matching import spans
from gui.model.message import Delivery, Kind
from gui.model.names import initials
from gui.model.text import drawable
from gui.palette import ink
from gui.theme import Look
from gui.views.inline import draw_line, draw_rounded
from gui.views.layout import AGAIN, DISCARD, Box, Layout, What
from gui.views.lines import Inks, Lines
from gui.views.markers import draw_day, draw_unread
from gui.views.quotes import draw_quote
from gui.views.reactions import draw_chips

_MOST_FOUND: Final = 50  # places in one message


class Marks(NamedTuple):
    """What is on a row for a while."""

    selected: tuple[int, int] = (0, 0)  # a range of its text
    cursor: bool = False  # the keyboard acts on it
    wanted: str = ""  # what is searched for
    hit: bool = False  # it is the hit that is looked at


class _Ground(NamedTuple):
    """The colours of a bubble."""

    fill: str
    text: str
    muted: str
    link: str
    tint: str
    selected: str


class Bubbles:
    """Draws layouts."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.lines = Lines(look)

    def _ground(self, layout: Layout) -> _Ground:
        palette, message = self.look.palette, layout.message
        if message.kind is Kind.NOTE:
            return _Ground(
                palette.chip, palette.chip_text, palette.chip_text, palette.link, palette.tint,
                palette.highlight,
            )  # fmt: skip
        if message.own:
            return _Ground(
                palette.own, palette.own_text, palette.own_muted, palette.own_link,
                palette.own_tint, palette.highlight_own,
            )  # fmt: skip
        fill = palette.mention if message.mention else palette.bubble
        return _Ground(
            fill, palette.bubble_text, palette.bubble_muted, palette.link, palette.tint,
            palette.highlight,
        )  # fmt: skip

    def draw(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str, marks: Marks) -> None:
        """Make the row's items with its upper edge at `y`."""
        look, message, context = self.look, layout.message, layout.context
        if context.day:
            draw_day(canvas, look, context.day, y, tag, look.palette.chat)
        if context.unread:
            draw_unread(canvas, look, y + (look.px(36) if context.day else 0), tag)
        ground = self._ground(layout)
        self._draw_box(canvas, layout, y, tag, ground, ring=marks.cursor)
        self._draw_text(canvas, layout, y, tag, ground, marks)
        if message.kind is Kind.NOTE:
            return
        if context.quoted and layout.quote:
            left, top, right, bottom = layout.quote
            box = (left, y + top, right, y + bottom)
            own = message.own
            draw_quote(canvas, look, context.quoted, box, own=own, behind=ground.fill, tag=tag)
        draw_chips(canvas, look, layout.chips, y, own=message.own, behind=ground.fill, tag=tag)
        self._draw_sender(canvas, layout, y, tag)
        self._draw_stamp(canvas, layout, y, tag, ground)
        if message.delivery is Delivery.FAILED:
            self._draw_failed(canvas, layout, y, tag)

    def _draw_box(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        ground: _Ground,
        *,
        ring: bool,
    ) -> None:
        look, px = self.look, self.look.px
        left, top, right, bottom = layout.box
        box: Box = (left, y + top, right, y + bottom)
        radius = px(10 if layout.message.kind is Kind.NOTE else 12)
        thick = px(2) if ring else 0
        draw_rounded(
            canvas, look, (left - thick, box[1] - thick, right + thick, box[3] + thick),
            radius=radius + thick, fill=ground.fill, behind=look.palette.chat, tag=tag,
            edge=look.palette.focus if ring else "", thick=thick,
        )  # fmt: skip
        if layout.message.mention and not layout.message.own:
            bar = (left + px(4), box[1] + px(7), left + px(7), box[3] - px(7))
            canvas.create_rectangle(*bar, fill=look.palette.mention_bar, width=0, tags=tag)

    def _draw_text(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        ground: _Ground,
        marks: Marks,
    ) -> None:
        palette, lines = self.look.palette, self.lines
        muted = bool(layout.message.redacted or layout.message.folded)
        inks = Inks(
            ground.muted if muted else ground.text, ground.link, ground.fill, ground.tint,
            ground.selected,
        )  # fmt: skip
        lines.draw_code(canvas, layout, y, tag, inks)
        if found := spans(layout.text, marks.wanted):
            fill = palette.found_now if marks.hit else palette.found
            lines.draw_ranges(canvas, layout, y, tag, found[:_MOST_FOUND], fill)
        if marks.selected[0] < marks.selected[1]:
            lines.draw_ranges(canvas, layout, y, tag, [marks.selected], ground.selected)
        solid = not found and marks.selected[0] >= marks.selected[1]
        lines.draw_text(canvas, layout, y, tag, inks, solid=solid)

    def _draw_sender(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str) -> None:
        message, look, px = layout.message, self.look, self.look.px
        if message.own or not layout.context.named:
            return
        bottom = layout.box[3]
        chosen = layout.context.color
        if layout.context.first:
            self._draw_name(canvas, layout, y, tag, chosen)
        if layout.context.last:
            side = px(34)
            fill = look.palette.avatar_color(message.sender, chosen)
            picture = look.images.avatar(side, fill, look.palette.chat)
            at = (px(12), y + bottom - side)
            canvas.create_image(*at, image=picture, anchor="nw", tags=tag)
            canvas.create_text(
                at[0] + side // 2, at[1] + side // 2,
                text=initials(layout.context.name or message.sender),
                font=look.fonts["initials_small"], fill=ink(chosen) if chosen else "#ffffff",
                tags=tag,
            )  # fmt: skip

    def _draw_name(
        self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str, chosen: str
    ) -> None:
        look, px, message = self.look, self.look.px, layout.message
        box = next(one.box for one in layout.targets if one.what is What.PERSON)
        fill = look.palette.mention if message.mention else look.palette.bubble
        colour = look.palette.name_color(message.sender, chosen, fill)
        at = (box[0], y + box[1] + px(6) + look.fonts.line("bold") // 2)
        name, width = layout.context.name or message.sender, box[2] - box[0]
        draw_line(
            canvas, look, name, at=at, width=width, style="bold", colour=colour, background=fill,
            tag=tag,
        )  # fmt: skip
        if layout.context.name:
            x = at[0] + look.fonts.measure("bold", drawable(name)) + px(6)
            draw_line(
                canvas, look, message.sender, at=(x, at[1]), width=max(0, at[0] + width - x),
                style="small", colour=look.palette.bubble_muted, background=fill, tag=tag,
            )  # fmt: skip

    def _draw_stamp(
        self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str, ground: _Ground
    ) -> None:
        message, look, px = layout.message, self.look, self.look.px
        right, bottom = layout.box[2] - px(10), y + layout.box[3] - px(5)
        if message.own:
            shape, colour = {
                Delivery.PENDING: ("clock", ground.muted),
                Delivery.SENT: ("tick", ground.muted),
                Delivery.FAILED: ("warning", look.palette.error),
            }[message.delivery]
            picture = look.images.icon(shape, px(11), colour, ground.fill)
            canvas.create_image(right, bottom - px(1), image=picture, anchor="se", tags=tag)
            right -= px(15)
        canvas.create_text(
            right, bottom + px(1), text=look.clock(message.time), anchor="se",
            font=look.fonts["small"], fill=ground.muted, tags=tag,
        )  # fmt: skip

    def _draw_failed(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str) -> None:
        look, px = self.look, self.look.px
        labels = {What.AGAIN: AGAIN, What.DISCARD: DISCARD}
        edge = layout.box[2]
        middle = y + layout.box[3] + px(11)
        for target in layout.targets:
            if target.what in labels:
                edge = min(edge, target.box[0])
                canvas.create_text(
                    target.box[0], middle, text=labels[target.what], anchor="w",
                    font=look.fonts["small_bold"], fill=look.palette.link, tags=tag,
                )  # fmt: skip
        edge -= px(10)
        problem = look.fonts.shorten(
            "small", drawable(layout.message.problem or "Not sent."), max(0, edge - px(20))
        )
        canvas.create_text(
            edge, middle, text=problem, anchor="e", font=look.fonts["small"],
            fill=look.palette.error, tags=tag,
        )  # fmt: skip
