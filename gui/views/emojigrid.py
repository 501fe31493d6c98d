"""Emoji in rows under headings, as many as can be seen: a virtual canvas.

Pictures that were not drawn before take a millisecond each, so they come in portions: the grid
is there at once, and fills within a few moments.
"""

import tkinter
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Final, NamedTuple

from gui.theme import Look
from gui.views import emoji as pictures
from gui.views.inline import draw_rounded

_CELL, _HEADING, _MARGIN = 38, 28, 10  # pixels at scale 1
_PORTION: Final = 0.012  # seconds of drawing at a time


class Section(NamedTuple):
    """Emoji under a heading ('' for none)."""

    name: str
    emoji: Sequence[str]


class Row(NamedTuple):
    """`top` and `height` in pixels; `first` is the number of the row's first emoji."""

    top: int
    height: int
    heading: str
    first: int
    emoji: Sequence[str]


class EmojiGrid(tkinter.Canvas):
    """`on_pick` gets a clicked emoji, `on_point` the one pointed at or selected ('' for none),
    `on_scroll` the number of the section at the upper edge."""

    columns = 9

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self.look = look
        self.on_pick: Callable[[str], None] = lambda emoji: None
        self.on_point: Callable[[str], None] = lambda emoji: None
        self.on_scroll: Callable[[int], None] = lambda section: None
        self.selected = -1
        self._sections: list[Section] = []
        self._starts: list[int] = []  # where each section begins, in pixels
        self._rows: list[Row] = []
        self._all: list[str] = []
        self._y = self._total = 0
        self._waiting: list[tuple[str, int, int]] = []
        self._timer = ""
        self.bind("<Configure>", lambda _: self._redraw())
        self.bind("<Motion>", self._moved)
        self.bind("<Button-1>", self._clicked)
        self.bind("<Button-4>", lambda _: self.scroll(-1))
        self.bind("<Button-5>", lambda _: self.scroll(1))
        self.bind("<MouseWheel>", lambda event: self.scroll(-1 if event.delta > 0 else 1))
        self.bind("<Destroy>", lambda _: self._stop(), add=True)
        look.follow(self, self._restyle)

    # --- what there is ------------------------------------------------------------------

    def show(self, sections: Sequence[Section]) -> None:
        """Other emoji; those that the font takes apart are left out once they are seen."""
        self._sections = [section for section in sections if section.emoji]
        self._y, self.selected = 0, -1
        self._lay_out()
        self._redraw()

    def say(self, text: str) -> None:
        """In place of emoji, as there are none."""
        self.create_text(
            self.wanted_width // 2, self.look.px(48), text=text, fill=self.look.palette.muted,
            font=self.look.fonts["text"],
        )  # fmt: skip

    def _lay_out(self) -> None:
        cell, heading = self.look.px(_CELL), self.look.px(_HEADING)
        self._rows, self._all, self._starts = [], [], []
        top = 0
        for section in self._sections:
            self._starts.append(top)
            if section.name:
                self._rows.append(Row(top, heading, section.name, -1, ()))
                top += heading
            for at in range(0, len(section.emoji), self.columns):
                row = section.emoji[at : at + self.columns]
                self._rows.append(Row(top, cell, "", len(self._all), row))
                self._all += row
                top += cell
        self._total = top + self.look.px(4)

    @property
    def wanted_width(self) -> int:
        """How wide all columns are."""
        return self.columns * self.look.px(_CELL) + 2 * self.look.px(_MARGIN)

    @property
    def chosen(self) -> str:
        """The selected emoji, '' if none is."""
        return self._all[self.selected] if 0 <= self.selected < len(self._all) else ""

    # --- moving -------------------------------------------------------------------------

    def select(self, number: int) -> None:
        """Select the emoji with this number, and bring it into view."""
        if not self._all:
            return
        self.selected = max(0, min(number, len(self._all) - 1))
        row = self._row_of(self.selected)
        above = row.top - (self.look.px(_HEADING) if row.first == 0 else 0)
        lowest = row.top + row.height - self.winfo_height()
        self._y = max(min(self._y, above), lowest, 0)
        self._redraw()
        self.on_point(self.chosen)

    def step(self, across: int, down: int) -> None:
        """Move the selection: by emoji, or by rows in the same column."""
        if self.selected < 0:
            self.select(0)
        elif across:
            self.select(self.selected + across)
        else:
            row = self._row_of(self.selected)
            column = self.selected - row.first
            lines = [one for one in self._rows if one.emoji]
            at = max(0, min(lines.index(row) + down, len(lines) - 1))
            self.select(lines[at].first + min(column, len(lines[at].emoji) - 1))

    def _row_of(self, number: int) -> Row:
        return next(row for row in self._rows if row.first <= number < row.first + len(row.emoji))

    def scroll(self, rows: int) -> None:
        """By rows."""
        self._y += rows * self.look.px(_CELL)
        self._redraw()

    def go_to(self, section: int) -> None:
        """Bring a section to the upper edge."""
        if section < len(self._starts):
            self._y, self.selected = self._starts[section], -1
            self._redraw()

    # --- drawing ------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._stop()
        self.delete("all")
        height, px = self.winfo_height(), self.look.px
        if height < px(20):
            return
        self._y = max(0, min(self._y, self._total - height))
        self._waiting = []
        for row in self._rows:
            top = row.top - self._y
            if top + row.height <= 0 or top >= height:
                continue
            if row.heading:
                self._draw_heading(row.heading, top + row.height // 2)
            for column, emoji in enumerate(row.emoji):
                x = px(_MARGIN) + column * px(_CELL)
                if row.first + column == self.selected:
                    self._draw_selection(x, top)
                self._waiting.append((emoji, x + px(_CELL) // 2, top + px(_CELL) // 2))
        self._waiting.reverse()
        self._draw_thumb(height)
        self._draw_portion()
        starts = [at for at, start in enumerate(self._starts) if start <= self._y + px(_HEADING)]
        self.on_scroll(starts[-1] if starts else 0)

    def _draw_heading(self, text: str, middle: int) -> None:
        look = self.look
        self.create_text(
            look.px(_MARGIN + 4), middle, text=text, anchor="w", fill=look.palette.muted,
            font=look.fonts["small_bold"],
        )  # fmt: skip

    def _draw_selection(self, x: int, y: int) -> None:
        look, cell = self.look, self.look.px(_CELL)
        box = (x + 1, y + 1, x + cell - 1, y + cell - 1)
        draw_rounded(
            self, look, box, radius=look.px(8), fill=look.palette.field, behind=look.palette.side,
            tag="selection",
        )  # fmt: skip

    def _draw_portion(self) -> None:
        """Draw pictures until the time is up; the rest a moment later."""
        self._timer = ""
        end = perf_counter() + _PORTION
        side, missing = self.look.px(26), set()
        while self._waiting and perf_counter() < end:
            emoji, x, y = self._waiting.pop()
            picture = self.look.images.emoji(emoji, side) if pictures.whole(emoji) else ""
            if picture:
                self.create_image(x, y, image=picture)
            else:
                missing.add(emoji)
        if missing:
            self._leave_out(missing)
        elif self._waiting:
            self._timer = self.after(1, self._draw_portion)

    def _leave_out(self, missing: set[str]) -> None:
        self._sections = [
            Section(name, [one for one in emoji if one not in missing])
            for name, emoji in self._sections
        ]
        self._lay_out()
        self._timer = self.after(1, self._redraw)

    def _draw_thumb(self, height: int) -> None:
        if self._total <= height:
            return
        size = max(self.look.px(24), height * height // self._total)
        top = (height - size) * self._y // (self._total - height)
        right = self.winfo_width() - 1
        self.create_rectangle(
            right - self.look.px(4), top, right, top + size, fill=self.look.palette.thumb, width=0
        )

    def _restyle(self) -> None:
        self.configure(background=self.look.palette.side, width=self.wanted_width)
        self._lay_out()
        self._redraw()

    def _stop(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""

    # --- the pointer --------------------------------------------------------------------

    def number_at(self, x: int, y: int) -> int:
        """The number of the emoji at a place, -1 if there is none."""
        column = (x - self.look.px(_MARGIN)) // self.look.px(_CELL)
        y += self._y
        for row in self._rows:
            if row.top <= y < row.top + row.height and 0 <= column < len(row.emoji):
                return row.first + column
        return -1

    def _moved(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        number = self.number_at(event.x, event.y)
        if number != self.selected:
            self.selected = number
            self._redraw()
            self.on_point(self.chosen)

    def _clicked(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        number = self.number_at(event.x, event.y)
        if number >= 0:
            self.on_pick(self._all[number])
