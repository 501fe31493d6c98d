"""The find bar, under the header: a text, where in how many hits one is, and buttons."""

import tkinter
from collections.abc import Callable

from gui.model.found import FindState
from gui.model.text import drawable, one_line
from gui.theme import Look
from gui.views.entry import Entry
from gui.views.iconbutton import IconButton
from gui.views.inline import draw_field


class FindBar(tkinter.Frame):
    """`on_find` gets the text at each change, `on_step` 1 for older hits and -1 for newer ones,
    `on_close` is called at Escape and by the button."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self.on_find: Callable[[str], None] = lambda text: None
        self.on_step: Callable[[int], None] = lambda steps: None
        self.on_close: Callable[[], None] = lambda: None
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self.entry = Entry(self._canvas, look)
        self._window = self._canvas.create_window(0, 0, window=self.entry, anchor="w")
        self.count = tkinter.Label(self, borderwidth=0, anchor="e")
        self.older = IconButton(
            self, look, "chevron_up", lambda: self.on_step(1), 30, ("Older", "Enter, F3")
        )
        self.newer = IconButton(
            self, look, "chevron_down", lambda: self.on_step(-1), 30, ("Newer", "Shift+Enter")
        )
        self.close = IconButton(self, look, "close", lambda: self.on_close(), 30, ("Close", "Esc"))
        for widget in (self.close, self.newer, self.older, self.count):
            widget.pack(side="right")
        self._canvas.pack(side="left", fill="x", expand=True)
        self.entry.on_change = lambda _: self.on_find(self.value)
        self._bind_keys()
        look.follow(self, self._restyle)

    def _bind_keys(self) -> None:
        steps = {
            "<Return>": 1, "<Up>": 1, "<F3>": 1, "<Shift-Return>": -1, "<Down>": -1,
            "<Shift-F3>": -1,
        }  # fmt: skip
        for key, step in steps.items():
            self.entry.bind(key, lambda _, step=step: self._step(step))  # type: ignore[misc]
        for widget in (self.entry, self.older, self.newer, self.close):
            widget.bind("<Escape>", lambda _: self._leave(), add=True)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.entry.bind(event, lambda _: self._redraw())
        self._canvas.bind("<Configure>", lambda _: self._redraw())
        self._canvas.bind("<Button-1>", lambda _: self.entry.focus_set())

    @property
    def value(self) -> str:
        """The text."""
        return self.entry.get()

    def focus_entry(self) -> None:
        """Type there."""
        self.entry.focus_set()
        self.entry.select_range(0, "end")

    def show(self, state: FindState) -> None:
        """How the search stands."""
        words = one_line(state.words)
        if words not in ("", self.value):
            self.entry.set_value(words)  # typed elsewhere, as a command
        bad = not state.total and state.wanted and not state.searching
        colour = self._look.palette.error if bad else self._look.palette.muted
        self.count.configure(text=drawable(state.text), foreground=colour)
        self.older.enable(state.place < state.total or state.more)
        self.newer.enable(state.place > 1)

    def _step(self, steps: int) -> str:
        self.on_step(steps)
        return "break"

    def _leave(self) -> str:
        self.on_close()
        return "break"

    def _redraw(self) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        width, height = canvas.winfo_width(), px(32)
        canvas.delete("art")
        if width < px(40):
            return
        focused = self.focus_get() is self.entry
        draw_field(canvas, look, (width, height), focused=focused)
        icon = look.images.icon("search", px(18), look.palette.muted, look.palette.field)
        canvas.create_image(px(20), height // 2, image=icon, tags="art")
        canvas.coords(self._window, px(35), height // 2)
        canvas.itemconfigure(self._window, width=width - px(51))

    def _restyle(self) -> None:
        look, palette, px = self._look, self._look.palette, self._look.px
        self.configure(background=palette.side, padx=px(12), pady=px(6))
        self._canvas.configure(background=palette.side, height=px(32), width=px(80))
        self.count.configure(
            background=palette.side, foreground=palette.muted, font=look.fonts["small"]
        )
        self.count.pack_configure(padx=px(10))
        self.older.pack_configure(padx=(0, px(2)))
        self._redraw()
