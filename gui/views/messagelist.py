"""The messages of the open conversation: a virtual canvas.

Which rows are in view, and where, is the `Viewport`'s business; here they are drawn, and kept as
they are as long as nothing about them has changed.
"""

import time
import tkinter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from gui.model.dates import day_name
from gui.model.message import Kind
from gui.model.reading import Offers
from gui.model.timeline import Change, Inserted, Removed, Timeline
from gui.theme import Look
from gui.views.bubbles import Bubbles, Marks
from gui.views.flash import Flash
from gui.views.hovering import Hovering
from gui.views.layout import Layouts, Target
from gui.views.messagekeys import Deed, MessageKeys
from gui.views.overlay import Overlay
from gui.views.pointing import Pointing
from gui.views.reactionstrip import ReactionStrip
from gui.views.selection import Selection
from gui.views.viewport import Viewport, Visible

_SETTLE_MILLISECONDS = 200
_SCROLLED_MILLISECONDS = 1200  # for so long the day is shown after scrolling
_EMPTY_MILLISECONDS = 800  # for so long a conversation without messages may get some
_FLOOD = 8  # messages at once: then the list rests between drawings as long as one takes
_LONGEST_REST = 40  # milliseconds
_NEAR_TOP = 25  # rows from the beginning at which older messages are asked for


class _Drawn(NamedTuple):
    signature: tuple[object, ...]
    y: int


class MessageList(tkinter.Canvas):
    """Shows a `Timeline`; tell it of changes with `apply`.

    `on_older` is called when the beginning comes near, `on_newer` when the end of a stretch of
    the past does, `on_newest` when the user wants to leave that, `on_seen` when the end comes into
    view or leaves it, `on_link` with a clicked address, `on_target` with something else that was
    clicked and its message's uid, `on_deed` with what is to be done with the message uid,
    `on_leave` when the keyboard has finished here.  `offers` says what can be done.
    """

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=True,
            background=look.palette.chat,
        )  # fmt: skip
        self.look = look
        self.bubbles = Bubbles(look)
        self.viewport = Viewport(Layouts(look))
        self.over = Overlay(self, look)
        self.flash = Flash(self, look)
        self.selection = Selection()
        self.visible: list[Visible] = []
        self.on_older: Callable[[], None] = lambda: None
        self.on_newer: Callable[[], None] = lambda: None
        self.on_newest: Callable[[], None] = lambda: None
        self.on_seen: Callable[[bool], None] = lambda seen: None
        self.on_link: Callable[[str], None] = lambda link: None
        self.on_target: Callable[[Target, int], None] = lambda target, uid: None
        self.on_deed: Callable[[Deed, int], None] = lambda deed, uid: None
        self.on_leave: Callable[[], None] = lambda: None
        self.offers: Callable[[int], Offers] = lambda uid: Offers()
        self.menu_link = ""  # what was under the pointer when a menu was asked for
        self.menu_place: tuple[int, int] | None = None  # and where on the screen
        self._key, self._new = "", 0
        self._empty = False  # nothing has come in the first moments
        self._divider_seen = 0  # the message below the unread line, once that was in view
        self._drawn: dict[int, _Drawn] = {}
        self._outdated = False  # what is on the canvas goes with the next drawing
        self._places: dict[str, tuple[int, int]] = {}
        self._wanted, self._hit = "", 0  # what is searched for, and the hit that is looked at
        self._timers: dict[str, str] = {}
        self._drawing = 0  # how long the last drawing took, in milliseconds
        self._size = (0, 0)
        self.hover = Hovering(self)
        self.cursor = MessageKeys(self)
        self.strip = ReactionStrip(self)  # its keys come before those of the cursor
        self.pointing = Pointing(self)
        self.bind("<Configure>", self._resized)
        look.subscribe(self._restyle)

    @property
    def timeline(self) -> Timeline:
        """What is shown."""
        return self.viewport.timeline

    @property
    def stuck(self) -> bool:
        """True while the newest message stays in view."""
        return self.viewport.stuck

    # --- what is shown ------------------------------------------------------------------

    def show(self, key: str, timeline: Timeline, *, named: bool, divider: int) -> None:
        """Show another conversation, where it was left; at the divider if there is one."""
        self._remember()
        self._key, self._new = key, 0
        self.selection.clear()
        self.cursor.forget()
        self.strip.close()
        self._forget_drawing()
        self.visible = []
        self.viewport.show(timeline, named=named, divider=divider)
        uid, offset = self._places.pop(key, (0, 0))
        if divider:
            self.to_divider()
        elif uid and (row := timeline.place_of(uid)) is not None:
            self.viewport.go(row, offset)
        self._empty = False
        if key and not len(timeline):  # they may be on their way
            self._later("empty", _EMPTY_MILLISECONDS, self._stayed_empty)
        self.redraw_soon()

    def _stayed_empty(self) -> None:
        self._empty = bool(self._key)
        self.redraw_soon()

    @property
    def wanted(self) -> str:
        """What is marked wherever it stands, '' for nothing."""
        return self._wanted

    def set_divider(self, uid: int) -> None:
        """Move the unread line above the message `uid`; 0 removes it."""
        if uid != self.viewport.divider:
            self.viewport.divider = uid
            self.redraw_soon()

    def set_highlight(self, text: str, uid: int = 0) -> None:
        """Mark `text` wherever it stands ('': nowhere), most of all in the message `uid`."""
        self._wanted, self._hit = text, uid
        self.redraw_soon()

    def apply(self, changes: Sequence[Change], *, new: int = 0) -> None:
        """The timeline has changed; `new` counts the messages from others at its end."""
        many = 0
        for change in self.viewport.apply(changes):
            if isinstance(change, Inserted):
                many += change.many
                self.selection.shift(change.at, change.many)
            elif isinstance(change, Removed):
                self.selection.removed(change.at)
        if not self.stuck:
            self._new += new
        if many >= _FLOOD and "draw" not in self._timers:
            self._timers["draw"] = self.after(min(_LONGEST_REST, self._drawing), self.render)
        self.redraw_soon()

    def swap(self, timeline: Timeline) -> None:
        """Show another timeline that has the same messages: what is in view stays where it is."""
        self.selection.clear()
        self.viewport.swap(timeline)
        self.redraw_soon()

    # --- the position -------------------------------------------------------------------

    def to_end(self) -> None:
        """Scroll to the newest message and stay there."""
        if self.timeline.ahead:
            self.on_newest()
            return
        self.viewport.stuck = True
        self.redraw_soon()

    def to_divider(self) -> None:
        """Show the first new message, near the upper edge; those below it are counted."""
        row = self.timeline.place_of(self.viewport.divider)
        if row is not None:
            self.viewport.go(row, -self.look.px(60))
            below = self.timeline.messages[row:]
            self._new = sum(not one.own and one.kind is not Kind.NOTE for one in below)
            self.redraw_soon()

    def go_to(self, uid: int) -> None:
        """Show the message `uid`, a third from the top, and let it stand out for a moment."""
        row = self.timeline.place_of(uid)
        if row is not None:
            self.viewport.go(row, -self.winfo_height() // 3)
            self.flash.begin(uid)
            self.redraw_soon()

    def scroll(self, pixels: int) -> None:
        """Move by `pixels`, down if positive."""
        if self.viewport.move(pixels):
            self._scrolled()
            self.render()

    def page(self, pages: int) -> None:
        """Move by screens, keeping a little of the last one in view."""
        self.scroll(pages * self.winfo_height() * 9 // 10)

    def scroll_to(self, fraction: float) -> None:
        """Put the place at `fraction` of the whole at the upper edge."""
        self.viewport.go_to(fraction)
        self._scrolled()
        self.render()

    def enter(self) -> None:
        """Take the keyboard, with the cursor on the newest message in view."""
        stays = self.cursor.shows(self.cursor.uid) and self.row_of(self.cursor.uid) is not None
        self.focus_set()
        if not stays:
            self.cursor.forget()
            self.cursor.step(-1)

    def row_at(self, y: int) -> Visible | None:
        """The visible row at `y`; the nearest one outside of all; None without rows."""
        for row in self.visible:
            if y < row.y + row.layout.height:
                return row
        return self.visible[-1] if self.visible else None

    def row_of(self, uid: int) -> Visible | None:
        """The row of message `uid`, None if it is not in view."""
        return next((row for row in self.visible if row.layout.message.uid == uid), None)

    def _scrolled(self) -> None:
        """Show the day for a while."""
        self.over.scrolling = True
        self._later("scrolled", _SCROLLED_MILLISECONDS, self._stood_still)

    def _stood_still(self) -> None:
        self.over.scrolling = False
        self.redraw_soon()

    # --- drawing ------------------------------------------------------------------------

    def redraw_soon(self) -> None:
        """Draw again when Tk is idle."""
        if "draw" not in self._timers:
            self._timers["draw"] = self.after_idle(self.render)

    def render(self) -> None:
        """Lay out what is in view, and make the canvas show it."""
        if timer := self._timers.pop("draw", ""):
            self.after_cancel(timer)
        if self.winfo_height() < 2:
            return
        begun = time.perf_counter()
        was_stuck = self.stuck
        rows = self.viewport.rows(self.winfo_height() - self.look.px(6))
        self._wipe()
        self._draw(rows)
        self.visible = rows
        self._count(rows)
        self.flash.draw(rows)
        day = ""
        if self.over.scrolling and rows:
            day = day_name(rows[0].layout.message.time, time.time())
        if not rows and self._empty:
            self.over.draw_empty()
        else:
            self.over.draw(
                self.viewport.place(), new=self._new, at_end=self.stuck, day=day,
                unseen=self._unseen(rows),
            )  # fmt: skip
        self.hover.draw()
        self.strip.draw()
        self._drawing = round((time.perf_counter() - begun) * 1000)
        if self.stuck or was_stuck:
            self.on_seen(self.stuck)
        if rows and rows[0].number < _NEAR_TOP and not self.timeline.complete:
            self.on_older()
        if rows and rows[-1].number >= len(self.timeline) - _NEAR_TOP and self.timeline.ahead:
            self.on_newer()

    def _count(self, rows: list[Visible]) -> None:
        """Of the new messages below only those are left that have not come into view yet."""
        if self.stuck:
            self._new = 0
        elif rows and not self.timeline.ahead:
            self._new = min(self._new, len(self.timeline) - 1 - rows[-1].number)

    def _unseen(self, rows: list[Visible]) -> bool:
        """True if the unread line is above, and has not been in view yet."""
        divider = self.viewport.divider
        place = self.timeline.place_of(divider) if divider and rows else None
        if place is None or divider == self._divider_seen:
            return False
        if place >= rows[0].number:
            if place <= rows[-1].number:
                self._divider_seen = divider
            return False
        return True

    def _draw(self, rows: list[Visible]) -> None:
        wanted: dict[int, _Drawn] = {}
        for row in rows:
            message = row.layout.message
            marks = Marks(
                self.selection.range_in(row.number), self.cursor.shows(message.uid), self._wanted,
                message.uid == self._hit,
            )  # fmt: skip
            signature = (id(row.layout), marks, message.problem)
            wanted[message.uid] = _Drawn(signature, row.y)
            tag, old = f"m{message.uid}", self._drawn.get(message.uid)
            if old is not None and old.signature == signature:
                if old.y != row.y:
                    self.move(tag, 0, row.y - old.y)
                continue
            if old is not None:
                self.delete(tag)
            self.bubbles.draw(self, row.layout, row.y, tag, marks)
        for uid in self._drawn.keys() - wanted.keys():
            self.delete(f"m{uid}")
        self._drawn = wanted

    # --- changes of size and look -------------------------------------------------------

    def _resized(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if (event.width, event.height) == self._size:
            return
        if event.width != self._size[0]:
            self._forget_drawing()
            self._later("settle", _SETTLE_MILLISECONDS, self._settled)
        self._size = (event.width, event.height)
        self.viewport.resize(event.width, event.height)
        self.redraw_soon()

    def _settled(self) -> None:
        self.viewport.guess_again()
        self.redraw_soon()

    def _restyle(self) -> None:
        self.viewport.take_anchor()
        self.viewport.forget()
        self._forget_drawing()
        self._wipe()  # its pictures are the old look's
        self.redraw_soon()

    def _forget_drawing(self) -> None:
        """Draw all of it anew.  Until that is done the old one stays: nothing is seen between."""
        self._drawn.clear()
        self._outdated = True

    def _wipe(self) -> None:
        if self._outdated:
            self._outdated = False
            self.delete("all")
            self.configure(background=self.look.palette.chat)

    def _remember(self) -> None:
        if self._key and not self.stuck and self.viewport.top < len(self.timeline):
            uid = self.timeline.messages[self.viewport.top].uid
            self._places[self._key] = (uid, self.viewport.offset)
        else:
            self._places.pop(self._key, None)

    # --- timers -------------------------------------------------------------------------

    def _later(self, name: str, milliseconds: int, work: Callable[[], None]) -> None:
        """Have `work` called once, later; a call of the same name is put off."""
        if timer := self._timers.pop(name, ""):
            self.after_cancel(timer)

        def ring() -> None:
            self._timers.pop(name, None)
            work()

        self._timers[name] = self.after(milliseconds, ring)

    def destroy(self) -> None:
        """Leave the look alone from now on."""
        self.look.unsubscribe(self._restyle)
        self.pointing.stop()
        for timer in self._timers.values():
            self.after_cancel(timer)
        super().destroy()
