"""The messages of the open conversation: a virtual canvas.

The position is (top row, pixel offset): heights of rows that were never seen are guesses, but
no guess above the top row can move what is visible.  Rows are laid out exactly only when they
come into sight; then their height replaces the guess.  While `stuck` the end stays in view.
"""

import time
import tkinter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from gui.model.dates import day, day_name
from gui.model.message import Delivery, Message
from gui.model.timeline import Change, Inserted, Removed, Timeline, merged
from gui.theme import Look
from gui.views.bubbles import Bubbles, Context, Layout
from gui.views.flash import Flash
from gui.views.heights import Heights
from gui.views.overlay import Overlay, Place
from gui.views.pointing import Pointing
from gui.views.selection import Selection

_KEPT_LAYOUTS = 600
_SETTLE_MILLISECONDS = 200
_NEAR_TOP = 25  # rows from the beginning at which older messages are asked for


class Visible(NamedTuple):
    """A row that is on the screen, with its upper edge at `y`."""

    number: int
    y: int
    layout: Layout


class _Drawn(NamedTuple):
    signature: tuple[object, ...]
    y: int


class MessageList(tkinter.Canvas):
    """Shows a `Timeline`; tell it of changes with `apply`.

    `on_older` is called when the beginning comes near, `on_newer` when the end of a stretch of
    the past does, `on_newest` when the user wants to leave that, `on_seen` when the end comes into
    view or leaves it, `on_link` with a clicked address, `on_again` with the uid of a message.
    """

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self.look = look
        self.bubbles = Bubbles(look)
        self.over = Overlay(self, look)
        self.flash = Flash(self, look)
        self.timeline = Timeline()
        self.selection = Selection()
        self.visible: list[Visible] = []
        self.on_older: Callable[[], None] = lambda: None
        self.on_newer: Callable[[], None] = lambda: None
        self.on_newest: Callable[[], None] = lambda: None
        self.on_seen: Callable[[bool], None] = lambda seen: None
        self.on_link: Callable[[str], None] = lambda link: None
        self.on_again: Callable[[int], None] = lambda uid: None
        self.stuck = True
        self._key, self._named, self._divider, self._new = "", True, 0, 0
        self._top, self._offset = 0, 0
        self._heights = Heights()
        self._layouts: dict[int, tuple[tuple[object, ...], Layout]] = {}
        self._drawn: dict[int, _Drawn] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._scheduled = ""  # the timer that will draw
        self._guess_again = self._anchored = False
        self._size = (0, 0)
        self._settling = ""  # the timer that waits for the last change of width
        Pointing(self)
        self.bind("<Configure>", self._resized)
        look.subscribe(self._restyle)

    # --- what is shown ------------------------------------------------------------------

    def show(self, key: str, timeline: Timeline, *, named: bool, divider: int) -> None:
        """Show another conversation, where it was left; at the divider if there is one."""
        self._remember()
        self._key, self.timeline, self._named, self._divider = key, timeline, named, divider
        self._new = 0
        self.selection.clear()
        self._reset()
        self._top, self._offset, self.stuck, self._anchored = 0, 0, not timeline.ahead, False
        uid, offset = self._places.pop(key, (0, 0))
        if divider:
            uid, offset = divider, -self.look.px(60)
        if uid and (row := self._row_of(uid)) is not None:
            self._top, self._offset, self.stuck = row, offset, False
        self.redraw_soon()

    def set_divider(self, uid: int) -> None:
        """Move the unread line above the message `uid`; 0 removes it."""
        if uid != self._divider:
            self._divider = uid
            self.redraw_soon()

    def apply(self, changes: Sequence[Change], *, new: int = 0) -> None:
        """The timeline has changed; `new` counts the messages from others at its end."""
        self._take_anchor()
        for change in merged(changes):
            if isinstance(change, Inserted):
                self._inserted(change)
            elif isinstance(change, Removed):
                del self._heights[change.at]
                if change.at < self._top:
                    self._top -= 1
                self.selection.clear()
        if not self.stuck:
            self._new += new
        self.redraw_soon()

    def _take_anchor(self) -> None:
        """Hold on to a row in view: those above it may look different after a change (the
        first one loses its day when a page of history comes in front), and it must not move."""
        if not self.stuck and self.visible and not self._anchored:
            row = self.visible[min(2, len(self.visible) - 1)]
            self._top, self._offset, self._anchored = row.number, -row.y, True

    def _inserted(self, change: Inserted) -> None:
        messages = self.timeline.messages
        width = self.winfo_width()
        inserted = messages[change.at : change.at + change.many]
        guesses = self.bubbles.estimates(inserted, width)
        guesses += [self.look.px(40)] * (change.many - len(guesses))
        empty = not len(self._heights)
        self._heights.insert(change.at, guesses)
        if change.at <= self._top and not empty:
            self._top += change.many
        self.selection.shift(change.at, change.many)

    def to_end(self) -> None:
        """Scroll to the newest message and stay there."""
        if self.timeline.ahead:
            self.on_newest()
            return
        self.stuck = True
        self.redraw_soon()

    def go_to(self, uid: int) -> None:
        """Show the message `uid`, a third from the top, and let it stand out for a moment."""
        message = self.timeline.get(uid)
        if message is not None:
            self._top, self._offset = self.timeline.index(message), -self.winfo_height() // 3
            self.stuck, self._anchored = False, True
            self.flash.begin(uid)
            self.redraw_soon()

    def swap(self, timeline: Timeline) -> None:
        """Show another timeline that has the same messages: what is in view stays where it is."""
        self.timeline = timeline
        self.selection.clear()
        self._heights = Heights(self.bubbles.estimates(timeline.messages, self._size[0]))
        for row in self.visible:
            message = row.layout.message
            there = timeline.get(message.uid) or timeline.find(message.msgid)
            if there is not None:
                self._top, self._offset = timeline.index(there), -row.y
                self.stuck, self._anchored = False, True
                break
        self.redraw_soon()

    def scroll(self, pixels: int) -> None:
        """Move by `pixels`, down if positive."""
        if self.stuck and pixels > 0:
            return
        self.stuck = False
        self._offset += pixels
        self.render()

    def page(self, pages: int) -> None:
        """Move by screens, keeping a little of the last one in view."""
        self.scroll(pages * self.winfo_height() * 9 // 10)

    def scroll_to(self, fraction: float) -> None:
        """Put the place at `fraction` of the whole at the upper edge."""
        self.stuck = False
        reach = max(0, self._heights.total() - self.winfo_height())
        self._top, self._offset = self._heights.find(round(reach * fraction))
        self.render()

    def row_at(self, y: int) -> Visible | None:
        """The visible row at `y`; the nearest one outside of all; None without rows."""
        for row in self.visible:
            if y < row.y + row.layout.height:
                return row
        return self.visible[-1] if self.visible else None

    # --- layout and drawing -------------------------------------------------------------

    def redraw_soon(self) -> None:
        """Draw again when Tk is idle."""
        if not self._scheduled:
            self._scheduled = self.after_idle(self.render)

    def render(self) -> None:
        """Lay out what is in view, and make the canvas show it."""
        if self._scheduled:
            self.after_cancel(self._scheduled)
        self._scheduled, self._anchored = "", False
        if self.winfo_height() < 2:
            return
        if self._guess_again:
            self._guess()
        was_stuck = self.stuck
        rows = self._rows()
        self._draw(rows)
        self.visible = rows
        if self.stuck:
            self._new = 0
        self.flash.draw(rows)
        self.over.draw(self._place(), new=self._new, at_end=self.stuck)
        if self.stuck or was_stuck:
            self.on_seen(self.stuck)
        if rows and rows[0].number < _NEAR_TOP and not self.timeline.complete:
            self.on_older()
        if rows and rows[-1].number >= len(self.timeline) - _NEAR_TOP and self.timeline.ahead:
            self.on_newer()

    def _rows(self) -> list[Visible]:
        """Find the rows in view, correcting the position on the way."""
        count, bottom = len(self.timeline), self.winfo_height() - self.look.px(6)
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
        self._top, self._offset = rows[0].number, -rows[0].y
        return rows

    def _rows_down(self, count: int) -> list[Visible]:
        """The rows from the position on."""
        self._normalise(count)
        rows: list[Visible] = []
        y, height = -self._offset, self.winfo_height()
        for number in range(self._top, count):
            rows.append(Visible(number, y, self._layout(number)))
            y += rows[-1].layout.height
            if y >= height:
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
        self._top = min(self._top, count - 1)
        while self._offset < 0 and self._top > 0:
            self._top -= 1
            self._offset += self._layout(self._top).height
        self._offset = max(self._offset, 0)
        while self._top < count - 1 and self._offset >= (height := self._layout(self._top).height):
            self._offset -= height
            self._top += 1

    def _place(self) -> Place:
        total, height = self._heights.total(), self.winfo_height()
        seen = self._heights.top(self._top) + self._offset if self.visible else 0
        return Place(total, total - height if self.stuck else seen, height)

    def _layout(self, index: int) -> Layout:
        messages = self.timeline.messages
        message = messages[index]
        before = messages[index - 1] if index else None
        after = messages[index + 1] if index + 1 < len(messages) else None
        context = self._context(message, before, after)
        signature = (context, message.delivery, message.text, message.time, self._size[0])
        kept = self._layouts.get(message.uid)
        if kept is None or kept[0] != signature:
            if len(self._layouts) > _KEPT_LAYOUTS:
                self._layouts.clear()
            kept = signature, self.bubbles.layout(message, context, self._size[0])
            self._layouts[message.uid] = kept
        if self._heights[index] != kept[1].height:
            self._heights[index] = kept[1].height
        return kept[1]

    def _context(self, message: Message, before: Message | None, after: Message | None) -> Context:
        unread = self._divider == message.uid
        new_day = before is None or day(before.time) != day(message.time)
        first = new_day or unread or not message.joins(before)
        last = (
            after is None
            or not after.joins(message)
            or self._divider == after.uid
            or message.delivery is Delivery.FAILED
            or day(after.time) != day(message.time)
        )
        name = day_name(message.time, time.time()) if new_day else ""
        return Context(first, last, name, unread, self._named)

    def _draw(self, rows: list[Visible]) -> None:
        wanted: dict[int, _Drawn] = {}
        for row in rows:
            message = row.layout.message
            selected = self.selection.range_in(row.number)
            signature = (id(row.layout), selected, message.problem)
            wanted[message.uid] = _Drawn(signature, row.y)
            tag, old = f"m{message.uid}", self._drawn.get(message.uid)
            if old is not None and old.signature == signature:
                if old.y != row.y:
                    self.move(tag, 0, row.y - old.y)
                continue
            if old is not None:
                self.delete(tag)
            self.bubbles.draw(self, row.layout, row.y, tag, selected)
        for uid in self._drawn.keys() - wanted.keys():
            self.delete(f"m{uid}")
        self._drawn = wanted

    # --- changes of size and look -------------------------------------------------------

    def _resized(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if (event.width, event.height) == self._size:
            return
        if event.width != self._size[0]:
            self._forget_drawing()
            if self._settling:
                self.after_cancel(self._settling)
            self._settling = self.after(_SETTLE_MILLISECONDS, self._settled)
        self._size = (event.width, event.height)
        self.redraw_soon()

    def _settled(self) -> None:
        """The width does not change any more: guess the heights of what is out of sight anew."""
        self._settling, self._guess_again = "", True
        self.redraw_soon()

    def _restyle(self) -> None:
        self.configure(background=self.look.palette.chat)
        self._reset()
        self.redraw_soon()

    def _reset(self) -> None:
        self._layouts.clear()
        self._forget_drawing()
        self._guess_again = True

    def _forget_drawing(self) -> None:
        self.delete("all")
        self._drawn.clear()

    def _guess(self) -> None:
        self._guess_again = False
        guesses = self.bubbles.estimates(self.timeline.messages, self._size[0])
        self._heights = Heights(guesses)

    def _remember(self) -> None:
        if self._key and not self.stuck and self._top < len(self.timeline):
            uid = self.timeline.messages[self._top].uid
            self._places[self._key] = (uid, self._offset)
        else:
            self._places.pop(self._key, None)

    def _row_of(self, uid: int) -> int | None:
        for index in range(len(self.timeline) - 1, -1, -1):
            if self.timeline.messages[index].uid == uid:
                return index
        return None

    def destroy(self) -> None:
        """Leave the look alone from now on."""
        self.look.unsubscribe(self._restyle)
        for timer in filter(None, (self._scheduled, self._settling)):
            self.after_cancel(timer)
        super().destroy()
