"""Mouse and keyboard on the message list: scrolling, selecting, copying, links.

A place under the pointer is found by a hit test to (message, character); Tk knows nothing of
the text.
"""

from __future__ import annotations

import tkinter
from typing import TYPE_CHECKING

from gui.views.selection import WHOLE, Point, chunk, shown_text
from gui.views.wrap import Run, hit, word_at

if TYPE_CHECKING:
    from gui.views.messagelist import MessageList, Visible

_WHEEL = 60  # pixels at scale 1
_EDGE_MILLISECONDS = 40  # between steps while a drag is held past the edge


class Pointing:
    """Binds the events of a message list."""

    def __init__(self, view: MessageList) -> None:
        self._view = view
        self._pressed: tuple[int, int] | None = None
        self._dragged = False
        self._thumb: int | None = None  # where on the thumb it was taken, in pixels
        self._edge = ""  # the timer that scrolls while the pointer is outside
        view.bind("<Button-4>", lambda _: view.scroll(-view.look.px(_WHEEL)))
        view.bind("<Button-5>", lambda _: view.scroll(view.look.px(_WHEEL)))
        view.bind("<MouseWheel>", self._wheel)
        view.bind("<Button-1>", self._press)
        view.bind("<B1-Motion>", self._drag)
        view.bind("<ButtonRelease-1>", self._release)
        view.bind("<Double-Button-1>", self._double)
        view.bind("<Triple-Button-1>", self._triple)
        view.bind("<Motion>", self._moved)
        view.bind("<Prior>", lambda _: self._page(-1))
        view.bind("<Next>", lambda _: self._page(1))
        view.bind("<Home>", lambda _: view.scroll_to(0.0))
        view.bind("<End>", lambda _: view.to_end())
        view.bind("<Control-a>", lambda _: self._all())
        view.bind("<Control-c>", lambda _: self.copy())
        view.bind("<<Copy>>", lambda _: self.copy())
        for kind in ("UTF8_STRING", "STRING"):
            view.selection_handle(self._primary, selection="PRIMARY", type=kind)

    def _page(self, pages: int) -> str:
        self._view.page(pages)
        return "break"  # the whole window listens to these keys as well

    # --- hit tests ----------------------------------------------------------------------

    def _point(self, x: int, y: int) -> Point:
        row = self._view.row_at(y)
        if row is None:
            return Point(0, 0)
        layout = row.layout
        inside = y - row.y - layout.text_at[1]
        if inside < 0:
            return Point(row.number, 0)
        line = inside // layout.pitch
        if line >= len(layout.lines):
            return Point(row.number, len(layout.text))
        measure = self._view.look.fonts[layout.style].measure
        return Point(row.number, hit(layout.lines[line], x - layout.text_at[0], measure))

    def _run_at(self, x: int, y: int) -> Run | None:
        row = self._view.row_at(y)
        if row is None:
            return None
        layout = row.layout
        line = (y - row.y - layout.text_at[1]) // layout.pitch
        if not 0 <= line < len(layout.lines):
            return None
        inside = x - layout.text_at[0]
        for run in layout.lines[line].runs:
            if run.x <= inside < run.x + run.width:
                return run
        return None

    def _again_at(self, x: int, y: int) -> Visible | None:
        row = self._view.row_at(y)
        if row and self._view.bubbles.again_at(row.layout, x, y - row.y):
            return row
        return None

    # --- the mouse ----------------------------------------------------------------------

    def _wheel(self, event: tkinter.Event[tkinter.Misc]) -> None:
        step = self._view.look.px(_WHEEL)
        self._view.scroll(-step if event.delta > 0 else step)

    def _press(self, event: tkinter.Event[tkinter.Misc]) -> None:
        view = self._view
        view.focus_set()
        self._pressed, self._dragged, self._thumb = None, False, None
        if self._view.over.on_button(event.x, event.y):
            view.to_end()
            return
        thumb = view.over.thumb
        if thumb and event.x >= thumb[0] - view.look.px(6):
            inside = thumb[1] <= event.y < thumb[3]
            self._thumb = event.y - thumb[1] if inside else (thumb[3] - thumb[1]) // 2
            self._drag_thumb(event.y)
            return
        self._pressed = (event.x, event.y)
        view.selection.anchor = view.selection.active = self._point(event.x, event.y)
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
        if self._edge:
            self._view.after_cancel(self._edge)
            self._edge = ""
        if self._dragged:
            self._own_primary()
        elif self._pressed is not None:
            if row := self._again_at(event.x, event.y):
                self._view.on_again(row.layout.message.uid)
            elif (run := self._run_at(event.x, event.y)) and run.link:
                self._view.on_link(run.link)
        self._pressed, self._thumb = None, None

    def _double(self, event: tkinter.Event[tkinter.Misc]) -> None:
        point = self._point(event.x, event.y)
        if point.row < len(self._view.timeline):
            text = shown_text(self._view.timeline.messages[point.row])
            start, end = word_at(text, point.position)
            self._select(Point(point.row, start), Point(point.row, end))

    def _triple(self, event: tkinter.Event[tkinter.Misc]) -> None:
        row = self._point(event.x, event.y).row
        if row < len(self._view.timeline):
            end = len(shown_text(self._view.timeline.messages[row]))
            self._select(Point(row, 0), Point(row, end))

    def _moved(self, event: tkinter.Event[tkinter.Misc]) -> None:
        run = self._run_at(event.x, event.y)
        cursor = ""
        if self._view.over.on_button(event.x, event.y) or self._again_at(event.x, event.y):
            cursor = "hand2"
        elif run is not None:
            cursor = "hand2" if run.link else "xterm"
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
        self._own_primary()
        self._view.redraw_soon()

    def _text(self) -> str:
        return self._view.selection.text(self._view.timeline.messages)

    def copy(self) -> str:
        """Put the selected text on the clipboard."""
        if text := self._text():
            self._view.clipboard_clear()
            self._view.clipboard_append(text, type="UTF8_STRING")
        return "break"

    def _own_primary(self) -> None:
        if not self._view.selection.empty:
            self._view.selection_own(selection="PRIMARY", command=self._lost)

    def _lost(self) -> None:
        self._view.selection.clear()
        self._view.redraw_soon()

    def _primary(self, offset: str, limit: str) -> str:
        return chunk(self._text(), int(offset), int(limit))
