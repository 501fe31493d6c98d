"""How one message looks: where its parts go, and drawing them on a canvas.

A row is one message with everything above it (day, unread line) and below it (not sent).  The
layout is a value, made once for a width and kept; drawing makes items for it at a y, all with
one tag, so that the list can move or delete the row by that tag.
"""

import tkinter
from collections.abc import Iterable
from typing import Final, NamedTuple

from gui.model.dates import clock
from gui.model.message import Delivery, Kind, Message
from gui.model.names import colour_index, initials
from gui.model.text import SpanKind, drawable
from gui.theme import Look
from gui.views.inline import draw_rounded
from gui.views.wrap import Line, wrap, x_of

AGAIN: Final = "Send again"


class Context(NamedTuple):
    """What a message's looks owe to its neighbours."""

    first: bool  # of a group
    last: bool  # of a group
    day: str  # the day that begins here, "" for none
    unread: bool  # the first one that is new
    named: bool  # a room: names and avatars are shown


class Layout(NamedTuple):
    """Everything in pixels; y counts from the row's top, x from the canvas's left."""

    message: Message
    context: Context
    text: str
    height: int
    box: tuple[int, int, int, int]
    lines: tuple[Line, ...]
    text_at: tuple[int, int]
    pitch: int  # from line to line
    style: str  # the text's font


class Bubbles:
    """Lays messages out and draws them."""

    def __init__(self, look: Look) -> None:
        self.look = look

    @property
    def emoji_side(self) -> int:
        """The width of an emoji in the text."""
        return self.look.fonts.line("text") + self.look.px(2)

    def estimates(self, messages: Iterable[Message], width: int) -> list[int]:
        """Guesses at the heights, without measuring anything: there may be 100,000."""
        look = self.look
        letters = max(10, self._room_for_text(width) // max(1, look.px(7)))
        pitch = look.fonts.line("text") + look.px(2)
        base = look.px(8 + 12) + pitch
        return [
            base + (len(text) // letters + text.count("\n")) * pitch
            for text in [message.text for message in messages]
        ]

    def _room_for_text(self, width: int) -> int:
        px = self.look.px
        return max(px(120), min(px(560), width - px(54 + 24 + 24 + 40)))

    def layout(self, message: Message, context: Context, width: int) -> Layout:
        """Place the parts of `message` on a canvas `width` pixels wide."""
        px = self.look.px
        top = px(8) if context.first else px(2)
        if context.day:
            top += px(36)
        if context.unread:
            top += px(30)
        if message.kind is Kind.NOTE:
            return self._note(message, context, width, top)
        return self._bubble(message, context, width, top)

    def _measure(self, style: str, text: str, width: int, emoji: int) -> tuple[Line, ...]:
        measure = self.look.fonts.measure
        return tuple(wrap(text, width, lambda word: measure(style, word), emoji))

    def _note(self, message: Message, context: Context, width: int, top: int) -> Layout:
        look, px = self.look, self.look.px
        room = max(px(120), width - px(120))
        lines = self._measure("small", message.text, room, look.fonts.line("small"))
        wide = max(line.width for line in lines)
        pitch = look.fonts.line("small") + px(2)
        left = (width - wide) // 2
        bottom = top + len(lines) * pitch + px(6)
        box = (left - px(12), top, left + wide + px(12), bottom)
        at = (left, top + px(3))
        return Layout(
            message, context, message.text, bottom + px(2), box, lines, at, pitch, "small"
        )

    def _bubble(self, message: Message, context: Context, width: int, top: int) -> Layout:
        look, px = self.look, self.look.px
        text = message.text
        if message.kind is Kind.ACTION:
            text = f"{message.sender} {text}"
        room = self._room_for_text(width)
        lines = self._measure("text", text, room, self.emoji_side)
        wide = max(line.width for line in lines)
        stamp = look.fonts.measure("small", clock(message.time)) + px(12)
        if message.own:
            stamp += px(16)
        pitch = look.fonts.line("text") + px(2)
        named = context.named and context.first and not message.own
        height = len(lines) * pitch + px(12) + (pitch if named else 0)
        if lines[-1].width + stamp <= room + px(20):
            wide = max(wide, lines[-1].width + stamp)
        else:
            height += px(13)
        if named:
            wide = max(wide, look.fonts.measure("bold", message.sender))
        outer = wide + px(24) - px(2)
        left = width - px(24) - outer if message.own else px(54) if context.named else px(16)
        box = (left, top, left + outer, top + height)
        at = (left + px(12), top + px(6) + (pitch if named else 0))
        below = px(18) if message.delivery is Delivery.FAILED else 0
        return Layout(message, context, text, top + height + below, box, lines, at, pitch, "text")

    # --- drawing ------------------------------------------------------------------------

    def draw(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        selected: tuple[int, int],
    ) -> None:
        """Make the row's items; `selected` is the range of its text to highlight."""
        if layout.context.day:
            self._draw_day(canvas, layout.context.day, y, tag)
        if layout.context.unread:
            self._draw_unread(canvas, layout, y, tag)
        palette, message = self.look.palette, layout.message
        if message.kind is Kind.NOTE:
            fill, colour = palette.chip, palette.chip_text
        elif message.own:
            fill, colour = palette.own, palette.own_text
        else:
            fill, colour = palette.bubble, palette.bubble_text
        left, top, right, bottom = layout.box
        radius = self.look.px(10 if message.kind is Kind.NOTE else 12)
        self._rounded(canvas, (left, y + top, right, y + bottom), radius, fill, tag)
        self._draw_selection(canvas, layout, y, tag, selected)
        self._draw_text(canvas, layout, y, tag, colour)
        if message.kind is not Kind.NOTE:
            self._draw_sender(canvas, layout, y, tag)
            self._draw_stamp(canvas, layout, y, tag)

    def _rounded(
        self,
        canvas: tkinter.Canvas,
        box: tuple[int, int, int, int],
        radius: int,
        fill: str,
        tag: str,
    ) -> None:
        behind = self.look.palette.chat
        draw_rounded(canvas, self.look, box, radius=radius, fill=fill, behind=behind, tag=tag)

    def _draw_day(self, canvas: tkinter.Canvas, day: str, y: int, tag: str) -> None:
        look, px = self.look, self.look.px
        middle, half = canvas.winfo_width() // 2, look.fonts.measure("small", day) // 2 + px(12)
        box = (middle - half, y + px(10), middle + half, y + px(30))
        self._rounded(canvas, box, px(10), look.palette.chip, tag)
        canvas.create_text(
            middle, y + px(20), text=day, font=look.fonts["small"],
            fill=look.palette.chip_text, tags=tag,
        )  # fmt: skip

    def _draw_unread(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str) -> None:
        look, px, width = self.look, self.look.px, canvas.winfo_width()
        y += px(16) + (px(36) if layout.context.day else 0)
        text = "New messages"
        half = look.fonts.measure("small_bold", text) // 2 + px(10)
        for left, right in ((px(16), width // 2 - half), (width // 2 + half, width - px(16))):
            canvas.create_line(left, y, right, y, fill=look.palette.unread, tags=tag)
        canvas.create_text(
            width // 2, y, text=text, font=look.fonts["small_bold"],
            fill=look.palette.unread, tags=tag,
        )  # fmt: skip

    def _draw_selection(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        selected: tuple[int, int],
    ) -> None:
        if selected[0] >= selected[1]:
            return

        def measure(text: str) -> int:
            return self.look.fonts[layout.style].measure(text)

        palette = self.look.palette
        fill = palette.highlight_own if layout.message.own else palette.highlight
        x, top = layout.text_at
        for number, line in enumerate(layout.lines):
            start, end = max(selected[0], line.start), min(selected[1], line.end)
            if start >= end:
                continue
            left, right = x_of(line, start, measure), x_of(line, end, measure)
            upper = y + top + number * layout.pitch
            canvas.create_rectangle(
                x + left, upper, x + right, upper + layout.pitch, fill=fill, width=0, tags=tag
            )

    def _draw_text(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        colour: str,
    ) -> None:
        look = self.look
        font, palette = look.fonts[layout.style], look.palette
        link = palette.own_link if layout.message.own else palette.link
        side = self.emoji_side if layout.style == "text" else look.fonts.line(layout.style)
        x, top = layout.text_at
        for number, line in enumerate(layout.lines):
            middle = y + top + number * layout.pitch + layout.pitch // 2
            for run in line.runs:
                if run.kind is SpanKind.EMOJI:
                    picture = look.images.emoji(run.text, side - look.px(1))
                    if picture:
                        at = (x + run.x, middle)
                        canvas.create_image(*at, image=picture, anchor="w", tags=tag)
                        continue
                canvas.create_text(
                    x + run.x, middle, text=drawable(run.text), anchor="w", font=font,
                    fill=link if run.link else colour, tags=tag,
                )  # fmt: skip

    def _draw_sender(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str) -> None:
        message, look, px = layout.message, self.look, self.look.px
        if message.own or not layout.context.named:
            return
        left, top, _, bottom = layout.box
        colour = colour_index(message.sender.lower(), len(look.palette.avatars))
        if layout.context.first:
            canvas.create_text(
                left + px(12), y + top + px(6) + layout.pitch // 2, text=drawable(message.sender),
                anchor="w", font=look.fonts["bold"], fill=look.palette.names[colour], tags=tag,
            )  # fmt: skip
        if layout.context.last:
            side = px(34)
            picture = look.images.avatar(side, look.palette.avatars[colour], look.palette.chat)
            at = (px(12), y + bottom - side)
            canvas.create_image(*at, image=picture, anchor="nw", tags=tag)
            canvas.create_text(
                at[0] + side // 2, at[1] + side // 2, text=initials(message.sender),
                font=look.fonts["initials_small"], fill="#ffffff", tags=tag,
            )  # fmt: skip

    def _draw_stamp(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str) -> None:
        message, look, px = layout.message, self.look, self.look.px
        palette = look.palette
        right, bottom = layout.box[2] - px(10), y + layout.box[3] - px(5)
        if message.own:
            shape, colour = {
                Delivery.PENDING: ("clock", palette.own_muted),
                Delivery.SENT: ("tick", palette.own_muted),
                Delivery.FAILED: ("warning", palette.error),
            }[message.delivery]
            picture = look.images.icon(shape, px(11), colour, palette.own)
            canvas.create_image(right, bottom - px(1), image=picture, anchor="se", tags=tag)
            right -= px(15)
        canvas.create_text(
            right, bottom + px(1), text=clock(message.time), anchor="se",
            font=look.fonts["small"],
            fill=palette.own_muted if message.own else palette.bubble_muted, tags=tag,
        )  # fmt: skip
        if message.delivery is Delivery.FAILED:
            self._draw_failed(canvas, layout, y, tag)

    def _draw_failed(self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str) -> None:
        look, px = self.look, self.look.px
        right, middle = layout.box[2], y + layout.box[3] + px(10)
        canvas.create_text(
            right, middle, text=AGAIN, anchor="e", font=look.fonts["small_bold"],
            fill=look.palette.link, tags=tag,
        )  # fmt: skip
        right -= look.fonts.measure("small_bold", AGAIN) + px(8)
        problem = look.fonts.shorten(
            "small", drawable(layout.message.problem or "Not sent."), max(0, right - px(20))
        )
        canvas.create_text(
            right, middle, text=problem, anchor="e", font=look.fonts["small"],
            fill=look.palette.error, tags=tag,
        )  # fmt: skip

    def again_at(self, layout: Layout, x: int, y: int) -> bool:
        """True if (x, y in the row) is on "Send again"."""
        return (
            layout.message.delivery is Delivery.FAILED
            and y >= layout.box[3]
            and x >= layout.box[2] - self.look.fonts.measure("small_bold", AGAIN) - 4
        )
