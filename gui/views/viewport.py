"""Which rows of a long list are in view, and where.  No tkinter here.

The position is (top row, pixel offset): heights of rows that were never seen are guesses, but
no guess above the top row can move what is visible.  Rows are laid out exactly only when they
come into sight; then their height replaces the guess.  While `stuck` the end stays in view.
"""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from gui.model.dates import day, day_name
from gui.model.message import Delivery, Message
from gui.model.timeline import Change, Inserted, Removed, Timeline, merged
from gui.views.heights import Heights
from gui.views.layout import Context, Layout, Layouts
from gui.views.quotes import Quoted, quoted_line

_KEPT_LAYOUTS = 600


class Visible(NamedTuple):
    """A row that is on the screen, with its upper edge at `y`."""

    number: int
    y: int
    layout: Layout


class Place(NamedTuple):
    """How much there is, how much of it is above the upper edge, and how much fits; in pixels."""

    total: int
    above: int
    height: int


class Viewport:
    """`face` tells the name and the colour that somebody has chosen, "" for none.  A timeline
    that is `ahead` never sticks to its end, which is not the newest message."""

    def __init__(self, layouts: Layouts) -> None:
        self.layouts = layouts
        self.timeline = Timeline()
        self.named, self.divider = True, 0
        self.width = self.height = 0
        self.stuck = True
        self.top, self.offset = 0, 0
        self.face: Callable[[str], tuple[str, str]] = lambda nick: ("", "")
        self._visible: list[Visible] = []
        self._anchored = False
        self._heights = Heights()
        self._guess_again = False
        self._kept: dict[int, tuple[tuple[object, ...], Layout]] = {}

    # --- what is shown ------------------------------------------------------------------

    def show(self, timeline: Timeline, *, named: bool, divider: int) -> None:
        """Another timeline, at its end."""
        self.timeline, self.named, self.divider = timeline, named, divider
        self.top, self.offset, self.stuck, self._anchored = 0, 0, not timeline.ahead, False
        self._visible = []
        self.forget()

    def swap(self, timeline: Timeline) -> None:
        """Another timeline that has the same messages: what is in view stays where it is."""
        self.timeline, self._guess_again = timeline, True
        for row in self._visible:
            message = row.layout.message
            there = timeline.get(message.uid) or timeline.find(message.msgid)
            if there is not None:
                self.go(timeline.index(there), -row.y)
                self._anchored = True
                break

    def forget(self) -> None:
        """The look has changed: nothing that was measured is right any more."""
        self._kept.clear()
        self._guess_again = True

    def resize(self, width: int, height: int) -> None:
        """There is more room, or less; what is in view stays there."""
        if width != self.width:
            self.take_anchor()
        self.width, self.height = width, height

    def guess_again(self) -> None:
        """The width does not change any more: guess the heights of what is out of sight anew."""
        self._guess_again = True

    def apply(self, changes: Iterable[Change]) -> list[Change]:
        """Follow the timeline's changes; answers with them, the neighbouring ones joined."""
        self.take_anchor()
        joined = merged(changes)
        for change in joined:
            if isinstance(change, Inserted):
                self._inserted(change)
            elif isinstance(change, Removed):
                if not self._guess_again:
                    del self._heights[change.at]
                if change.at < self.top:
                    self.top -= 1
        return joined

    def take_anchor(self) -> None:
        """Hold on to a row in view: those above it may look different after a change (the
        first one loses its day when a page of history comes in front), and it must not move."""
        if not self.stuck and self._visible and not self._anchored:
            row = self._visible[min(2, len(self._visible) - 1)]
            self.top, self.offset, self._anchored = row.number, -row.y, True

    def _inserted(self, change: Inserted) -> None:
        if not self._guess_again:  # else all of them are guessed before the next drawing
            inserted = self.timeline.messages[change.at : change.at + change.many]
            guesses = self.layouts.estimates(inserted, self.width)
            guesses += [self.layouts.look.px(40)] * (change.many - len(guesses))
            self._heights.insert(change.at, guesses)
        if change.at <= self.top and len(self.timeline) > change.many:
            self.top += change.many

    # --- the position -------------------------------------------------------------------

    def go(self, row: int, offset: int) -> None:
        """Put row `row` at the upper edge, `offset` pixels of it above that."""
        self.top, self.offset, self.stuck, self._anchored = row, offset, False, False

    def go_to(self, fraction: float) -> None:
        """Put the place at `fraction` of the whole at the upper edge."""
        reach = max(0, self._heights.total() - self.height)
        self.go(*self._heights.find(round(reach * fraction)))

    def move(self, pixels: int) -> bool:
        """Move by `pixels`, down if positive; False if that cannot be."""
        if self.stuck and pixels > 0:
            return False
        self.stuck = False
        self.offset += pixels
        return True

    def reveal(self, row: int) -> None:
        """Move as little as needed to have row `row` in view; one that is far, to the middle."""
        shown = next((one for one in self._visible if one.number == row), None)
        room = self.layouts.look.px(12)
        if shown is None:
            self.go(row, -(self.height // 3))
            return
        below = shown.y + shown.layout.height + room - self.height
        if shown.y < room:
            self.move(shown.y - room)
        elif below > 0:
            self.move(min(below, shown.y - room))

    def place(self) -> Place:
        """For the scroll bar."""
        total = self._heights.total()
        seen = self._heights.top(self.top) + self.offset if self._visible else 0
        return Place(total, total - self.height if self.stuck else seen, self.height)

    # --- the rows -----------------------------------------------------------------------

    def rows(self, bottom: int) -> list[Visible]:
        """Find the rows in view, correcting the position on the way; while stuck, the last one
        ends at `bottom`."""
        self._anchored = False
        self._guess()
        self._visible = self._find_rows(bottom)
        return self._visible

    def _guess(self) -> None:
        if self._guess_again:
            self._guess_again = False
            guesses = self.layouts.estimates(self.timeline.messages, self.width)
            self._heights = Heights(guesses)

    def _find_rows(self, bottom: int) -> list[Visible]:
        count = len(self.timeline)
        if not count:
            self.stuck = not self.timeline.ahead
            return []
        if not self.stuck:
            rows = self._rows_down(count)
            last = rows[-1]
            if last.number < count - 1 or last.y + last.layout.height > bottom:
                return rows
            self.stuck = not self.timeline.ahead
        rows = self._rows_up(count, bottom)
        self.top, self.offset = rows[0].number, -rows[0].y
        return rows

    def _rows_down(self, count: int) -> list[Visible]:
        """The rows from the position on."""
        self._normalise(count)
        rows: list[Visible] = []
        y = -self.offset
        for number in range(self.top, count):
            rows.append(Visible(number, y, self._layout(number)))
            y += rows[-1].layout.height
            if y >= self.height:
                break
        return rows

    def _rows_up(self, count: int, bottom: int) -> list[Visible]:
        """The rows that end at `bottom`."""
        rows: list[Visible] = []
        y = bottom
        for number in range(count - 1, -1, -1):
            layout = self._layout(number)
            y -= layout.height
            rows.append(Visible(number, y, layout))
            if y <= 0:
                break
        rows.reverse()
        return rows

    def _normalise(self, count: int) -> None:
        """Bring the offset into the top row; at the beginning, stop."""
        self.top = min(self.top, count - 1)
        while self.offset < 0 and self.top > 0:
            self.top -= 1
            self.offset += self._layout(self.top).height
        self.offset = max(self.offset, 0)
        while self.top < count - 1 and self.offset >= (height := self._layout(self.top).height):
            self.offset -= height
            self.top += 1

    def _layout(self, index: int) -> Layout:
        messages = self.timeline.messages
        message = messages[index]
        before = messages[index - 1] if index else None
        after = messages[index + 1] if index + 1 < len(messages) else None
        context = self._context(message, before, after)
        signature = (
            context, message.delivery, message.text, message.time, self.width,
            message.reactions, message.redacted, message.folded,
        )  # fmt: skip
        kept = self._kept.get(message.uid)
        if kept is None or kept[0] != signature:
            if len(self._kept) > _KEPT_LAYOUTS:
                self._kept.clear()
            kept = signature, self.layouts.layout(message, context, self.width)
            self._kept[message.uid] = kept
        if self._heights[index] != kept[1].height:
            self._heights[index] = kept[1].height
        return kept[1]

    def _context(self, message: Message, before: Message | None, after: Message | None) -> Context:
        unread = self.divider == message.uid
        new_day = before is None or day(before.time) != day(message.time)
        first = new_day or unread or not message.joins(before)
        last = (
            after is None
            or not after.joins(message)
            or self.divider == after.uid
            or message.delivery is Delivery.FAILED
            or day(after.time) != day(message.time)
        )
        shown_day = day_name(message.time, time.time()) if new_day else ""
        name, color = "", ""
        if self.named and not message.own and (first or last):
            name, color = self.face(message.sender)
        told = message.reply_to and not (message.redacted or message.folded)
        quoted = self._quoted(message) if told else None
        return Context(first, last, shown_day, unread, self.named, name, color, quoted)

    def _quoted(self, message: Message) -> Quoted:
        """What is known of the message that this one answers."""
        original = self.timeline.find(message.reply_to)
        if original is None:
            return Quoted("", "", "")
        sender = original.sender
        name, color = ("You", "") if original.own else self.face(sender)
        return Quoted(sender, name or sender, quoted_line(original.shown()), original.own, color)
