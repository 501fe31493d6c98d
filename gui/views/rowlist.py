"""A virtual list of rows: only what is visible exists as canvas items.

Subclasses say how many rows there are and draw one; all are of one height, unless `top_of` says
otherwise.  Redrawing is put off to the next idle moment, so a burst of changes costs one drawing,
and rows that look as they did stay as they are.
"""

import tkinter
from collections.abc import Hashable
from typing import NamedTuple

from gui.theme import Look

_WHEEL = 60  # pixels at scale 1


class _Drawn(NamedTuple):
    """A row on the canvas: what it looks like, and the numbers of its items."""

    state: Hashable
    items: range


class RowList(tkinter.Canvas):
    """`row_height` is in pixels at scale 1."""

    row_height = 40

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self.look = look
        self._y = 0
        self._hover = -1
        self._wanted = -1  # the row to reveal once the list is on the screen
        self._inside = False  # the pointer is over the list
        self._thumb = (0, 0)  # upper and lower edge of the scroll bar's thumb; equal: none
        self._held: int | None = None  # where on the thumb it was taken
        self._scheduled = ""  # the timer that will draw
        self._drawn: dict[int, _Drawn] = {}
        self._extras = range(0)  # items that belong to no row
        self.bind("<Configure>", lambda _: self.redraw_soon())
        self.bind("<Motion>", self._moved)
        self.bind("<Enter>", self._moved)
        self.bind("<Leave>", lambda _: self._left())
        self.bind("<Button-4>", lambda _: self._scroll(-1))
        self.bind("<Button-5>", lambda _: self._scroll(1))
        self.bind("<MouseWheel>", lambda event: self._scroll(-1 if event.delta > 0 else 1))
        self.bind("<Button-1>", self._click)
        self.bind("<B1-Motion>", self._drag)
        self.bind("<ButtonRelease-1>", self._release)
        self.bind("<Button-3>", self._click)
        look.subscribe(self._restyle)

    # --- for subclasses -----------------------------------------------------------------

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """Draw row `index` with its upper edge at `y`."""
        raise NotImplementedError

    def row_state(self, index: int) -> Hashable:
        """All that the looks of a row depend on, but for its place and the pointer; None: unknown,
        it is drawn each time."""
        return None

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """A button was pressed over the row."""

    def top_of(self, index: int) -> int:
        """Where row `index` begins, in pixels; of the row after the last: where all ends."""
        return index * self.height

    def row_of(self, y: int) -> int:
        """The row at `y`, counted from the beginning of all."""
        return y // self.height

    def scrolled(self, last: int) -> None:
        """The rows were drawn; `last` is the lowest one in view, -1 without any."""

    # --- drawing ------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """The height of a row in pixels: two lines of text fit, however large that is."""
        line = self.look.fonts.line
        return max(self.look.px(self.row_height), line("text") + line("small") + self.look.px(8))

    @property
    def apart(self) -> tuple[int, int]:
        """How far from the middle of a row the upper and the lower of two lines are."""
        px, line = self.look.px, self.look.fonts.line
        return max(px(8), round(line("small") * 0.56)), max(px(9), round(line("text") * 0.56))

    def redraw_soon(self) -> None:
        """Draw again when Tk is idle."""
        if not self._scheduled:
            self._scheduled = self.after_idle(self._redraw)

    def reveal(self, index: int) -> None:
        """Scroll as little as needed to show row `index` whole."""
        if self.winfo_height() < 2:  # not on the screen yet
            self._wanted = index
            return
        lowest = self.top_of(index + 1) - self.winfo_height()
        self._y = max(min(self._y, self.top_of(index)), lowest, 0)
        self.redraw_soon()

    def _redraw(self) -> None:
        self._scheduled = ""
        width, visible, count = self.winfo_width(), self.winfo_height(), self.row_count()
        if 0 <= self._wanted < count and visible > 1:
            wanted, self._wanted = self._wanted, -1
            self.reveal(wanted)
        total = self.top_of(count)
        self._y = max(0, min(self._y, total - visible))
        first = min(self.row_of(self._y), max(count - 1, 0))
        self._delete(range(self._extras.start, self._next_item()))
        drawn, last = {}, -1
        for index in range(first, count):
            y = self.top_of(index) - self._y
            if y >= visible:
                break
            drawn[index] = self._shown(index, y, width)
            last = index
        for gone in self._drawn.values():  # what is left of it is not in view any more
            self._delete(gone.items)
        self._drawn = drawn
        self._extras = range(self._next_item(), 0)
        self._draw_thumb(width, visible, total)
        self.scrolled(last)

    def _shown(self, index: int, y: int, width: int) -> _Drawn:
        """Row `index` as it is on the canvas, drawn only if it looks different from before."""
        hover = index == self._hover
        own = self.row_state(index)
        state = None if own is None else (own, y, width, hover)
        old = self._drawn.pop(index, None)
        if old is not None:
            if state is not None and old.state == state:
                return old
            self._delete(old.items)
        start = self._next_item()
        self.draw_row(index, y, width, hover=hover)
        return _Drawn(state, range(start, self._next_item()))

    def _next_item(self) -> int:
        """The number that the next item gets, or one below: they only grow."""
        marker: int = self.create_line(0, 0, 0, 0, state="hidden")
        self.delete(marker)
        return marker

    def _delete(self, items: range) -> None:
        if items:
            self.delete(*items)

    def _forget_drawing(self) -> None:
        """Nothing looks as it did."""
        self.delete("all")
        self._drawn = {}

    def _draw_thumb(self, width: int, visible: int, total: int) -> None:
        self._thumb = (0, 0)
        if total <= visible or not (self._inside or self._held is not None):
            return
        size = max(self.look.px(30), visible * visible // total)
        top = (visible - size) * self._y // (total - visible)
        self._thumb = (top, top + size)
        right = width - self.look.px(2)
        fill = self.look.palette.thumb
        self.create_rectangle(right - self.look.px(4), top, right, top + size, fill=fill, width=0)

    def _restyle(self) -> None:
        self.configure(background=self.look.palette.side)
        self._forget_drawing()
        self.redraw_soon()

    # --- the pointer --------------------------------------------------------------------

    def index_at(self, y: int) -> int:
        """The row at `y`, -1 if there is none."""
        count = self.row_count()
        inside = 0 <= y + self._y < self.top_of(count)
        return self.row_of(y + self._y) if inside else -1

    def _moved(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if not self._inside:
            self._inside = True
            self.redraw_soon()
        self._point(self.index_at(event.y))

    def _left(self) -> None:
        self._inside = False
        self._point(-1)
        self.redraw_soon()

    def _point(self, index: int) -> None:
        if index != self._hover:
            self._hover = index
            self.redraw_soon()

    def _scroll(self, notches: int) -> None:
        self._y += notches * self.look.px(_WHEEL)
        self.redraw_soon()

    def _click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        top, bottom = self._thumb
        if event.num == 1 and bottom > top and event.x >= self.winfo_width() - self.look.px(10):
            self._held = event.y - top if top <= event.y < bottom else (bottom - top) // 2
            self._drag(event)
            return
        index = self.index_at(event.y)
        if index >= 0:
            self.row_clicked(index, event)

    def _drag(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self._held is None:
            return
        size = self._thumb[1] - self._thumb[0]
        reach = max(1, self.winfo_height() - size)
        total = self.top_of(self.row_count()) - self.winfo_height()
        self._y = max(0, min(reach, event.y - self._held)) * total // reach
        self.redraw_soon()

    def _release(self, _: "tkinter.Event[tkinter.Misc]") -> None:
        if self._held is not None:
            self._held = None
            self.redraw_soon()

    def destroy(self) -> None:
        """Leave the look alone from now on."""
        self.look.unsubscribe(self._restyle)
        if self._scheduled:
            self.after_cancel(self._scheduled)
        super().destroy()
