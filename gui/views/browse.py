"""The dialog that finds rooms and people: a field, what fits it, and one line about that.

Keys: what is typed narrows the list down at once; Up and Down choose, Return goes there.
"""

import tkinter
from collections.abc import Callable
from tkinter import ttk

from gui.model.actions import Actions
from gui.model.browsepage import BrowsePage, BrowseRow
from gui.model.names import colour_index, initials
from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import ErrorLabel, Field, SearchEntry, Words, press
from gui.views.dialog import Dialog
from gui.views.inline import draw_line, draw_rounded
from gui.views.rowlist import RowList

_WIDTH, _ROWS = 460, 8  # pixels at scale 1; rows that fit
_NO_ROOM = "Nothing fits. #room joins or makes a room, a nickname writes to a person."


class Browser:
    """See `BrowseScreen`; `dialog` is None while none is on the screen."""

    def __init__(self, look: Look, actions: Actions) -> None:
        self._look, self._actions = look, actions
        self.dialog: BrowseDialog | None = None

    def show(self, page: BrowsePage) -> None:
        """See `BrowseScreen`."""
        if self.dialog is None:
            self.dialog = BrowseDialog(self._look, self._actions)
        self.dialog.show(page)

    def type(self, text: str) -> None:
        """See `BrowseScreen`."""
        if self.dialog is not None:
            self.dialog.type(text)

    def close(self) -> None:
        """See `BrowseScreen`."""
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None


class RoomList(RowList):
    """Rooms with their topics; `on_choose` gets the row that was clicked."""

    row_height = 48

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.page = BrowsePage(())
        self.chosen = 0
        self.on_choose: Callable[[BrowseRow], None] = lambda row: None
        super().__init__(parent, look)

    def show(self, page: BrowsePage) -> None:
        """Other rows."""
        if page.rows != self.page.rows:
            self.chosen, self._y = 0, 0
        self.page = page
        self.redraw_soon()

    def step(self, steps: int) -> None:
        """Choose another row."""
        self.chosen = max(0, min(self.chosen + steps, len(self.page.rows) - 1))
        self.reveal(self.chosen)

    @property
    def row(self) -> BrowseRow | None:
        """The chosen row."""
        rows = self.page.rows
        return rows[self.chosen] if self.chosen < len(rows) else None

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.page.rows)

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Go there."""
        self.chosen = index
        self.redraw_soon()
        self.on_choose(self.page.rows[index])

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """Avatar, name and members above the topic."""
        row, look, px = self.page.rows[index], self.look, self.look.px
        palette, fonts = look.palette, look.fonts
        background, title, second = palette.side, palette.text, palette.muted
        if index == self.chosen:
            background = palette.selected
            title, second = palette.on_selected, palette.selected_muted
        elif hover:
            background = palette.hover
        if background != palette.side:
            box = (0, y + px(1), width - px(8), y + self.height - px(1))
            draw_rounded(self, look, box, radius=px(8), fill=background, behind=palette.side)
        self._draw_avatar(row, y, background)
        left, right, middle = px(54), width - px(20), y + self.height // 2
        note = row.note or f"{row.members:,} member{'s' * (row.members != 1)}"
        above, below = middle - self.apart[0] - px(1), middle + self.apart[1] + px(1)
        above = above if row.topic else middle
        self.create_text(
            right, above, text=drawable(note), anchor="e", font=fonts["small"], fill=second
        )
        words = {"create": f"Join or make {row.name}", "person": f"Write to {row.name}"}
        draw_line(
            self, look, words.get(row.kind, row.name), at=(left, above),
            width=right - left - fonts.measure("small", note) - px(10), style="bold",
            colour=title, background=background,
        )  # fmt: skip
        if row.topic:
            draw_line(
                self, look, row.topic, at=(left, below), width=right - left,
                style="small", colour=second, background=background,
            )  # fmt: skip

    def _draw_avatar(self, row: BrowseRow, y: int, background: str) -> None:
        look, px, side = self.look, self.look.px, self.look.px(34)
        palette, middle = look.palette, y + self.height // 2
        colour = palette.avatars[colour_index(row.name.lower(), len(palette.avatars))]
        if row.kind == "create":
            colour = palette.badge_quiet
        draw = look.images.avatar if row.kind == "person" else look.images.room
        self.create_image(px(10), middle, image=draw(side, colour, background), anchor="w")
        if row.kind == "create":
            plus = look.images.icon("plus", side, palette.on_badge_quiet, "")
            self.create_image(px(10), middle, image=plus, anchor="w")
            return
        self.create_text(
            px(10) + side // 2, middle, text=initials(row.name),
            font=look.fonts["initials_small"], fill="#ffffff",
        )  # fmt: skip


class BrowseDialog(Dialog):
    """Shows one page after the other."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__(look, "Find a room or a person", actions.browse.closed)
        self._actions = actions
        self.page = BrowsePage(())
        self.field = SearchEntry(
            self.body, look, "#room, a word of its topic, or a nickname", actions.browse.filter
        )
        self.list = RoomList(self.body, look)
        self._empty = Words(self.list, look, _NO_ROOM, wrap=_WIDTH - 60)
        self._empty.configure(style="Muted.TLabel")
        self.key = Field(self.body, look, "Key", secret=True)
        self._error = ErrorLabel(self.body, look, "", wrap=_WIDTH)
        self._status = Words(self.body, look, "…")
        self._status.configure(style="Muted.TLabel")
        self._place()
        entry = self.field.entry
        for sequence, steps in (
            ("<Up>", -1),
            ("<Down>", 1),
            ("<Prior>", -_ROWS),
            ("<Next>", _ROWS),
        ):
            entry.bind(sequence, lambda _, steps=steps: self._step(steps))  # type: ignore[misc]
        entry.bind("<Return>", lambda _: self._submit())
        self.key.entry.bind("<Return>", lambda _: self._submit())
        self.list.on_choose = self._choose
        self.appear(entry)
        look.follow(self, self._resize)

    def _place(self) -> None:
        px = self.look.px
        self.body.columnconfigure(0, weight=1)
        self.field.grid(row=1, column=0, columnspan=3, sticky="ew")
        self.list.grid(row=2, column=0, columnspan=3, sticky="nsew", pady=(px(10), 0))
        self.key.grid(row=3, column=0, columnspan=3, sticky="ew", pady=(px(8), 0))
        self._error.grid(row=4, column=0, columnspan=3, sticky="w", pady=(px(8), 0))
        self._error.show("")
        self.key.grid_remove()
        foot = ttk.Frame(self.body)
        foot.grid(row=5, column=0, columnspan=3, sticky="ew", pady=(px(14), 0))
        foot.columnconfigure(0, weight=1)
        self._status.grid(in_=foot, row=0, column=0, sticky="w")
        self._cancel_button = ttk.Button(
            foot, text="Cancel", width=9, command=self._actions.browse.closed
        )
        self.accept = ttk.Button(
            foot, text="Join", width=9, command=self._submit, style="Accent.TButton"
        )
        for column, button in enumerate((self._cancel_button, self.accept), start=1):
            button.grid(row=0, column=column, padx=(px(8), 0))
            button.bind("<Return>", press)
        self._status.lift()

    def _resize(self) -> None:
        px = self.look.px
        self.list.configure(width=px(_WIDTH), height=self.list.height * _ROWS)

    def show(self, page: BrowsePage) -> None:
        """Another page."""
        before, self.page = self.page, page
        self.list.show(page)
        self._status.show(page.status)
        self._error.show(page.error)
        if page.locked and page.locked != before.locked:
            self.key.grid()
            self.key.fill("")
            self.go_to(self.key.entry)
        elif not page.locked and before.locked:
            self.key.grid_remove()
            self.go_to(self.field.entry)
        if page.rows or not self.field.value:
            self._empty.place_forget()
        else:
            self._empty.place(relx=0.5, rely=0.4, anchor="center")
        self._name_button()

    def type(self, text: str) -> None:
        """Have this typed."""
        self.field.entry.set_value(text)
        self.field.entry.icursor("end")

    def _name_button(self) -> None:
        row = self.list.row
        words = "Joining…" if self.page.busy else "Join"
        if not self.page.busy and not self.page.locked and row is not None:
            if row.kind == "person":
                words = "Write"
            elif row.note == "you are here":
                words = "Open"
        self.accept.configure(text=words)

    def _step(self, steps: int) -> str:
        self.list.step(steps)
        self._name_button()
        return "break"

    def _choose(self, row: BrowseRow) -> None:
        self._actions.browse.choose(row, self.key.value if self.page.locked == row.name else "")

    def _submit(self) -> str:
        row = self.list.row
        if self.page.locked or row is None:
            self._actions.browse.submit(self.field.value, self.key.value)
        else:
            self._choose(row)
        return "break"
