"""Where the parts of a message go.

A row is one message with everything above it (day, unread line) and below it (not sent).  Its
layout is a value, made once for a width and kept; it holds what can be clicked, too.
"""

from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from typing import Final, NamedTuple

from gui.model.message import Delivery, Kind, Message
from gui.model.text import drawable, emoji_alone
from gui.theme import Look
from gui.views.quotes import Quoted, lay_quote, quote_width
from gui.views.reactions import Chip, lay_chips
from gui.views.wrap import Line, Sizes, wrap

AGAIN: Final = "Send again"
DISCARD: Final = "Delete"

Box = tuple[int, int, int, int]  # left, top, right, bottom


class What(Enum):
    """What a click on a part of a row is about."""

    QUOTE = "quote"  # the msgid of the message that is quoted
    REACTION = "reaction"  # its text
    PERSON = "person"  # the nick
    AGAIN = "again"
    DISCARD = "discard"


class Target(NamedTuple):
    """A part of a row that can be clicked; `box` counts y from the row's top."""

    what: What
    value: str
    box: Box


class Context(NamedTuple):
    """What a message's looks owe to its neighbours, and to what is known of its sender."""

    first: bool  # of a group
    last: bool  # of a group
    day: str  # the day that begins here, "" for none
    unread: bool  # the first one that is new
    named: bool  # a room: names and avatars are shown
    name: str = ""  # what the sender wants to be called, "" for the nick
    color: str = ""  # the one that the sender has chosen, "" for none
    quoted: Quoted | None = None


class Layout(NamedTuple):
    """Everything in pixels; y counts from the row's top, x from the canvas's left."""

    message: Message
    context: Context
    text: str
    height: int
    box: Box
    lines: tuple[Line, ...]
    tops: tuple[int, ...]  # of the lines, from `text_at`
    text_at: tuple[int, int]
    pitch: int  # the height of a line
    style: str  # the text's font
    side: int  # of an emoji in it
    quote: Box | None = None
    chips: tuple[Chip, ...] = ()
    targets: tuple[Target, ...] = ()

    def line_at(self, y: int) -> int:
        """The line at `y`: -1 above the first one, the number of lines below the last one."""
        inside = y - self.text_at[1]
        line = bisect_right(self.tops, inside) - 1
        if line == len(self.tops) - 1 and inside >= self.tops[-1] + self.pitch:
            return len(self.tops)
        return line

    def target_at(self, x: int, y: int) -> Target | None:
        """What can be clicked there, None for nothing."""
        for target in self.targets:
            left, top, right, bottom = target.box
            if left <= x < right and top <= y < bottom:
                return target
        return None


class _Words(NamedTuple):
    """A text, broken into lines."""

    text: str
    style: str
    side: int
    pitch: int
    lines: tuple[Line, ...]
    tops: tuple[int, ...]
    wide: int
    tall: int


class _Stack(NamedTuple):
    """A bubble's parts: how wide, where each begins from the bubble's top, and where it ends."""

    wide: int
    quote: int
    text: int
    chips: tuple[Chip, ...]
    bottom: int


class Layouts:
    """Lays messages out."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def estimates(self, messages: Iterable[Message], width: int) -> list[int]:
        """Guesses at the heights, without measuring anything: there may be 100,000."""
        look = self.look
        letters = max(10, self._room_for_text(width) // max(1, look.fonts.line("text") * 7 // 16))
        pitch = look.fonts.line("text") + look.px(2)
        base = look.px(8 + 12) + pitch
        return [
            base + (len(text) // letters + text.count("\n")) * pitch
            for text in [message.text for message in messages]
        ]

    def _room_for_text(self, width: int) -> int:
        px = self.look.px
        return max(px(120), min(px(560), width - px(54 + 24 + 24 + 40)))

    def sizes(self, style: str, side: int) -> Sizes:
        """What measures a text in this style."""
        fonts = self.look.fonts
        return Sizes(
            lambda word: fonts.measure(style, word),
            lambda word: fonts.measure("code", word),
            side,
            self.look.px(8),
        )

    def layout(self, message: Message, context: Context, width: int) -> Layout:
        """Place the parts of `message` on a canvas `width` pixels wide."""
        px = self.look.px
        top = px(4 if self.look.compact else 8) if context.first else px(2)
        if context.day:
            top += px(36)
        if context.unread:
            top += px(30)
        if message.kind is Kind.NOTE:
            return self._note(message, context, width, top)
        return self._bubble(message, context, width, top)

    def _words(self, text: str, style: str, width: int) -> _Words:
        look = self.look
        pitch = look.fonts.line(style) + look.px(2)
        side = look.fonts.line(style) + (look.px(2) if style != "small" else 0)
        if style == "text" and emoji_alone(text):
            side, pitch = look.px(34), look.px(38)
        lines = tuple(wrap(text, width, self.sizes(style, side)))
        tops, y, block = [], 0, 0
        for line in lines:
            if line.block != block:  # some room above a block, and below it
                y += look.px(5) * (1 + bool(block and line.block))
            block = line.block
            tops.append(y)
            y += pitch
        y += look.px(5) if block else 0
        wide = max(line.width for line in lines)
        return _Words(text, style, side, pitch, lines, tuple(tops), wide, y)

    def _note(self, message: Message, context: Context, width: int, top: int) -> Layout:
        px = self.look.px
        words = self._words(message.text, "small", max(px(120), width - px(120)))
        left = (width - words.wide) // 2
        bottom = top + words.tall + px(6)
        box = (left - px(12), top, left + words.wide + px(12), bottom)
        return Layout(
            message, context, words.text, bottom + px(2), box, words.lines, words.tops,
            (left, top + px(3)), words.pitch, "small", words.side,
        )  # fmt: skip

    def _bubble(self, message: Message, context: Context, width: int, top: int) -> Layout:
        px, room = self.look.px, self._room_for_text(width)
        gone = message.redacted or message.folded
        style = "italic" if gone or message.kind is Kind.ACTION else "text"
        words = self._words(message.shown(), style, room)
        stack = self._stack(message, context, words, room)
        outer = stack.wide + px(22)
        left = width - px(24) - outer if message.own else px(54) if context.named else px(16)
        x = left + px(12)
        box = (left, top, left + outer, top + stack.bottom)
        quote = None
        if context.quoted:
            room_above = (x, top + stack.quote, box[2] - px(10), top + stack.text)
            quote = lay_quote(self.look, room_above)
        chips = tuple(one.moved(x, top) for one in stack.chips)
        below = px(20) if message.delivery is Delivery.FAILED else 0
        targets = self._targets(message, context, box, quote, chips)
        return Layout(
            message, context, words.text, box[3] + below, box, words.lines, words.tops,
            (x, top + stack.text), words.pitch, style, words.side, quote, chips, targets,
        )  # fmt: skip

    def _stack(self, message: Message, context: Context, words: _Words, room: int) -> _Stack:
        """Put a bubble's parts one below the other: name, quote, text, reactions, time."""
        px, fonts = self.look.px, self.look.fonts
        wide = words.wide
        y = pad = px(4 if self.look.compact else 6)
        if context.named and context.first and not message.own:
            wide = max(wide, self._name_width(message, context, room))
            y += fonts.line("bold") + px(2)
        quote = y
        if context.quoted:
            wide = max(wide, quote_width(self.look, context.quoted, room))
            y += fonts.line("small_bold") + fonts.line("small") + px(12)
        text, y = y, y + words.tall
        last = words.lines[-1].width if not words.lines[-1].block else room + px(21)
        chips, chips_wide, chips_tall = lay_chips(self.look, message.reactions, room)
        if chips:
            chips = tuple(one.moved(0, y + px(4)) for one in chips)
            last, wide, y = chips[-1].box[2], max(wide, chips_wide), y + px(4) + chips_tall
        stamp = self._stamp_width(message)
        if last + stamp <= room + px(20):  # beside the last line
            wide = max(wide, last + stamp)
        else:
            y += max(px(13), fonts.line("small"))
        return _Stack(wide, quote, text, chips, y + pad)

    def _stamp_width(self, message: Message) -> int:
        look = self.look
        wide = look.fonts.measure("small", look.clock(message.time)) + look.px(12)
        return wide + look.px(16) if message.own else wide

    def _name_width(self, message: Message, context: Context, room: int) -> int:
        look = self.look
        wide = look.fonts.measure("bold", drawable(context.name or message.sender))
        if context.name:
            wide += look.px(6) + look.fonts.measure("small", drawable(message.sender))
        return min(wide, room)

    def _targets(
        self,
        message: Message,
        context: Context,
        box: Box,
        quote: Box | None,
        chips: tuple[Chip, ...],
    ) -> tuple[Target, ...]:
        px, found = self.look.px, []
        left, top, right, bottom = box
        if context.named and not message.own:
            if context.first:
                edge = left + px(12) + self._name_width(message, context, right - left - px(22))
                name = (left + px(12), top, edge, top + self.look.fonts.line("bold") + px(7))
                found.append(Target(What.PERSON, message.sender, name))
            if context.last:
                avatar = (px(12), bottom - px(34), px(12 + 34), bottom)
                found.append(Target(What.PERSON, message.sender, avatar))
        if quote is not None:
            found.append(Target(What.QUOTE, message.reply_to, quote))
        found += [Target(What.REACTION, chip.reaction.text, chip.box) for chip in chips]
        if message.delivery is Delivery.FAILED:
            for what, label in ((What.DISCARD, DISCARD), (What.AGAIN, AGAIN)):
                start = right - self.look.fonts.measure("small_bold", label)
                found.append(Target(what, "", (start, bottom, right, bottom + px(20))))
                right = start - px(12)
        return tuple(found)
