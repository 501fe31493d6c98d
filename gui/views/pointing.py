"""The mouse on the message list: scrolling, selecting, clicking.

A place under the pointer is found by a hit test to (message, character); Tk knows nothing of
the text.
"""

from __future__ import annotations

import tkinter
from typing import TYPE_CHECKING

from gui.model.message import Kind
from gui.views.copying import Copying
from gui.views.hovering import Pointed
from gui.views.lines import run_at
from gui.views.messagekeys import Deed
from gui.views.selection import WHOLE, Point
from gui.views.wrap import hit, word_at

if TYPE_CHECKING:
    from gui.views.messagelist import MessageList

_WHEEL = 60  # pixels at scale 1
_EDGE_MILLISECONDS = 40  # between steps while a drag is held past the edge


class Pointing:
    """Binds the events of a message list."""

    def __init__(self, view: MessageList) -> None:
        self._view = view
        self.copying = Copying(view)
        self._pressed: tuple[int, int] | None = None
        self._dragged = False
        self._on_text = False  # whether the last press was on no button
        self._thumb: int | None = None  # where on the thumb it was taken, in pixels
        self._edge = ""  # the timer that scrolls while the pointer is outside
        view.bind("<Button-4>", lambda event: self._roll(event, -1))
        view.bind("<Button-5>", lambda event: self._roll(event, 1))
        view.bind("<MouseWheel>", lambda event: self._roll(event, -1 if event.delta > 0 else 1))
        view.bind("<Button-1>", self._press)
        view.bind("<B1-Motion>", self._drag)
        view.bind("<ButtonRelease-1>", self._release)
        view.bind("<Double-Button-1>", self._double)
        view.bind("<Triple-Button-1>", self._triple)
        view.bind("<Button-3>", self._menu)
        view.bind("<Motion>", lambda event: self._moved(event.x, event.y))
        view.bind("<Leave>", lambda _: view.hover.hide())
        view.bind("<Control-a>", lambda _: self._all())

    # --- hit tests ----------------------------------------------------------------------

    def _point(self, x: int, y: int) -> Point:
        row = self._view.row_at(y)
        if row is None:
            return Point(0, 0)
        layout = row.layout
        line = layout.line_at(y - row.y)
        if line < 0:
            return Point(row.number, 0)
        if line >= len(layout.lines):
            return Point(row.number, len(layout.text))
        sizes = self._view.bubbles.lines.sizes(layout)
        return Point(row.number, hit(layout.lines[line], x - layout.text_at[0], sizes))

    def pointed(self, x: int, y: int) -> Pointed:
        """What is at this place."""
        row = next(
            (row for row in self._view.visible if row.y <= y < row.y + row.layout.height), None
        )
        if row is None:
            return Pointed()
        layout = row.layout
        target = layout.target_at(x, y - row.y)
        line = layout.line_at(y - row.y)
        run = None
        if target is None and 0 <= line < len(layout.lines):
            run = run_at(layout.lines[line], x - layout.text_at[0])
        return Pointed(row, target, run)

    # --- the mouse ----------------------------------------------------------------------

    def _roll(self, event: tkinter.Event[tkinter.Misc], steps: int) -> None:
        self._view.scroll(steps * self._view.look.px(_WHEEL))
        self._moved(event.x, event.y)

    def _press(self, event: tkinter.Event[tkinter.Misc]) -> None:
        view, x, y = self._view, event.x, event.y
        view.focus_set()
        self._pressed, self._dragged, self._thumb, self._on_text = None, False, None, False
        if view.strip.uid:
            view.strip.click(x, y)
            return
        if view.over.on_button(x, y):
            view.to_end()
            return
        if view.over.on_up(x, y):
            view.to_divider()
            return
        if deed := view.hover.deed_at(x, y):
            view.on_deed(deed, view.hover.uid)
            return
        thumb = view.over.thumb
        if thumb and x >= thumb[0] - view.look.px(6):
            inside = thumb[1] <= y < thumb[3]
            self._thumb = y - thumb[1] if inside else (thumb[3] - thumb[1]) // 2
            self._drag_thumb(y)
            return
        self._pressed, self._on_text = (x, y), True
        view.cursor.forget()
        view.selection.anchor = view.selection.active = self._point(x, y)
        view.redraw_soon()

    def _drag(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if self._thumb is not None:
            self._drag_thumb(event.y)
            return
        if self._pressed is None:
            return
        far = abs(event.x - self._pressed[0]) + abs(event.y - self._pressed[1])
        if far > self._view.look.px(3):
            self._dragged = True
            self._view.hover.hide()
        if self._dragged:
            self._select_to(event.x, event.y)
            self._scroll_past_edge(event.x, event.y)

    def _select_to(self, x: int, y: int) -> None:
        self._view.selection.active = self._point(x, y)
        self._view.redraw_soon()

    def _scroll_past_edge(self, x: int, y: int) -> None:
        if self._edge:
            self._view.after_cancel(self._edge)
            self._edge = ""
        beyond = min(y, 0) + max(y - self._view.winfo_height(), 0)
        if beyond:
            self._view.scroll(beyond)
            self._select_to(x, y)
            self._edge = self._view.after(_EDGE_MILLISECONDS, lambda: self._scroll_past_edge(x, y))

    def _drag_thumb(self, y: int) -> None:
        thumb = self._view.over.thumb
        if thumb and self._thumb is not None:
            reach = self._view.winfo_height() - (thumb[3] - thumb[1])
            self._view.scroll_to(max(0.0, min(1.0, (y - self._thumb) / max(1, reach))))

    def _release(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self.stop()
        if self._dragged:
            self.copying.own()
        elif self._pressed is not None:
            row, target, run = self.pointed(event.x, event.y)
            if row is not None and target is not None:
                self._view.on_target(target, row.layout.message.uid)
            elif run is not None and run.link:
                self._view.on_link(run.link)
        self._pressed, self._thumb = None, None

    def stop(self) -> None:
        """Do not scroll by itself any longer."""
        if self._edge:
            self._view.after_cancel(self._edge)
            self._edge = ""

    def _again(self, event: tkinter.Event[tkinter.Misc]) -> bool:
        """A quick second click on what can be clicked is a click like the first; True if so."""
        on_target = self.pointed(event.x, event.y).target is not None
        if on_target:
            self._press(event)
        return on_target

    def _double(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if self._again(event):
            return
        point = self._point(event.x, event.y)
        if point.row < len(self._view.timeline) and self._on_text:
            text = self._view.timeline.messages[point.row].shown()
            start, end = word_at(text, point.position)
            self._select(Point(point.row, start), Point(point.row, end))

    def _triple(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if self._again(event):
            return
        row = self._point(event.x, event.y).row
        if row < len(self._view.timeline) and self._on_text:
            end = len(self._view.timeline.messages[row].shown())
            self._select(Point(row, 0), Point(row, end))

    def _menu(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """The menu of the message, at the pointer."""
        view = self._view
        view.strip.close()
        row, _, run = self.pointed(event.x, event.y)
        if row is None or row.layout.message.kind is Kind.NOTE:
            return
        view.focus_set()
        view.hover.hide()
        view.menu_link = run.link if run is not None else ""
        view.menu_place = (event.x_root, event.y_root)
        view.on_deed(Deed.MENU, row.layout.message.uid)

    def _moved(self, x: int, y: int) -> None:
        view = self._view
        if view.strip.uid:
            view.strip.point(x, y)
            self._cursor("hand2" if view.strip.index_at(x, y) >= 0 else "")
            return
        pointed = self.pointed(x, y)
        view.hover.point(pointed, x, y)
        cursor = ""
        buttons = view.over.on_button(x, y) or view.over.on_up(x, y)
        if buttons or view.hover.deed_at(x, y) or pointed.target:
            cursor = "hand2"
        elif pointed.run is not None:
            cursor = "hand2" if pointed.run.link else "xterm"
        self._cursor(cursor)

    def _cursor(self, cursor: str) -> None:
        if self._view.cget("cursor") != cursor:
            self._view.configure(cursor=cursor)

    # --- the selection ------------------------------------------------------------------

    def _all(self) -> str:
        last = len(self._view.timeline) - 1
        if last >= 0:
            self._select(Point(0, 0), Point(last, WHOLE))
        return "break"

    def _select(self, anchor: Point, active: Point) -> None:
        self._dragged = True  # so that the release does not follow a link
        self._view.selection.anchor, self._view.selection.active = anchor, active
        self.copying.own()
        self._view.redraw_soon()
