"""A virtual list of rows of one height: only what is visible exists as canvas items.

Subclasses say how many rows there are and draw one.  Redrawing is put off to the next idle
moment, so a burst of changes costs one drawing.
"""

import tkinter

from gui.theme import Look


class RowList(tkinter.Canvas):
    """`row_height` is in pixels at scale 1."""

    row_height = 40

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self.look = look
        self._y = 0
        self._hover = -1
        self._scheduled = ""  # the timer that will draw
        self.bind("<Configure>", lambda _: self.redraw_soon())
        self.bind("<Motion>", self._moved)
        self.bind("<Leave>", lambda _: self._point(-1))
        self.bind("<Button-4>", lambda _: self._scroll(-1))
        self.bind("<Button-5>", lambda _: self._scroll(1))
        self.bind("<MouseWheel>", lambda event: self._scroll(-1 if event.delta > 0 else 1))
        self.bind("<Button-1>", self._click)
        self.bind("<Button-3>", self._click)
        look.subscribe(self._restyle)

    # --- for subclasses -----------------------------------------------------------------

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """Draw row `index` with its upper edge at `y`."""
        raise NotImplementedError

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """A button was pressed over the row."""

    # --- drawing ------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """The height of a row in pixels."""
        return self.look.px(self.row_height)

    def redraw_soon(self) -> None:
        """Draw again when Tk is idle."""
        if not self._scheduled:
            self._scheduled = self.after_idle(self._redraw)

    def reveal(self, index: int) -> None:
        """Scroll as little as needed to show row `index` whole."""
        top = index * self.height
        lowest = top + self.height - self.winfo_height()
        self._y = max(min(self._y, top), lowest, 0)
        self.redraw_soon()

    def _redraw(self) -> None:
        self._scheduled = ""
        self.delete("all")
        width, visible, count = self.winfo_width(), self.winfo_height(), self.row_count()
        self._y = max(0, min(self._y, count * self.height - visible))
        first = self._y // self.height
        y = first * self.height - self._y
        for index in range(first, count):
            if y >= visible:
                break
            self.draw_row(index, y, width, hover=index == self._hover)
            y += self.height
        self._draw_thumb(width, visible, count * self.height)

    def _draw_thumb(self, width: int, visible: int, total: int) -> None:
        if total <= visible or self._hover < 0:
            return
        size = max(self.look.px(24), visible * visible // total)
        top = (visible - size) * self._y // (total - visible)
        left = width - self.look.px(4)
        fill = self.look.palette.thumb
        self.create_rectangle(left, top, width, top + size, fill=fill, outline="")

    def _restyle(self) -> None:
        self.configure(background=self.look.palette.side)
        self.redraw_soon()

    # --- the pointer --------------------------------------------------------------------

    def index_at(self, y: int) -> int:
        """The row at `y`, -1 if there is none."""
        index = (y + self._y) // self.height
        return index if 0 <= index < self.row_count() else -1

    def _moved(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._point(self.index_at(event.y))

    def _point(self, index: int) -> None:
        if index != self._hover:
            self._hover = index
            self.redraw_soon()

    def _scroll(self, rows: int) -> None:
        self._y += rows * self.height
        self.redraw_soon()

    def _click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        index = self.index_at(event.y)
        if index >= 0:
            self.row_clicked(index, event)

    def destroy(self) -> None:
        """Leave the look alone from now on."""
        self.look.unsubscribe(self._restyle)
        if self._scheduled:
            self.after_cancel(self._scheduled)
        super().destroy()
