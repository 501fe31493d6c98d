"""The search field above the conversations."""

import tkinter
from collections.abc import Callable

from gui.theme import Look
from gui.views.entry import Entry
from gui.views.iconbutton import IconButton
from gui.views.inline import draw_field

_PAUSE = 250  # milliseconds without a key after which `on_settle` is called


class SearchField(tkinter.Frame):
    """`on_search` gets the text at each change, `on_settle` is called after a pause, `on_done` at
    Return, `on_step` at Up and Down, `on_leave` at Escape."""

    def __init__(self, parent: tkinter.Misc, look: Look, on_new: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = look
        self.on_search: Callable[[str], None] = lambda text: None
        self.on_settle: Callable[[], None] = lambda: None
        self.on_done: Callable[[], None] = lambda: None
        self.on_step: Callable[[int], None] = lambda steps: None
        self.on_leave: Callable[[], None] = lambda: None
        self._timer = ""
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self.entry = Entry(self._canvas, look)
        self._clear = IconButton(
            self._canvas, look, "close", self._give_up, 22, ("Clear", "Esc"), on_field=True
        )
        self._clear.configure(takefocus=False)
        tip = ("New conversation", "Ctrl+J")
        self._new = IconButton(self, look, "plus", on_new, tip=tip)
        self._canvas.pack(side="left", fill="x", expand=True)
        self._new.pack(side="right")
        self._window = self._canvas.create_window(0, 0, window=self.entry, anchor="w")
        self.entry.on_change = lambda _: self._changed()
        self._bind_keys()
        look.follow(self, self._restyle)
        self.bind("<Destroy>", lambda _: self._cancel(), add=True)

    def _bind_keys(self) -> None:
        entry = self.entry
        entry.bind("<Return>", lambda _: self.on_done())
        entry.bind("<Escape>", lambda _: self._leave())
        for key, steps in (("<Down>", 1), ("<Up>", -1), ("<Next>", 6), ("<Prior>", -6)):
            entry.bind(key, lambda _, steps=steps: self._step(steps))  # type: ignore[misc]
        entry.bind("<FocusIn>", lambda _: self._redraw())
        entry.bind("<FocusOut>", lambda _: self._redraw())
        self._canvas.bind("<Button-1>", lambda _: self.focus_search())
        self._canvas.bind("<Configure>", lambda _: self._redraw())

    def focus_search(self) -> None:
        """Go there, with what is there selected."""
        self.entry.focus_set()
        self.entry.select_range(0, "end")

    def clear(self) -> None:
        """Search for nothing any more."""
        self.entry.set_value("")

    def _step(self, steps: int) -> str:
        self.on_step(steps)
        return "break"

    def _give_up(self) -> None:
        self.clear()
        self.on_leave()

    def _leave(self) -> str:
        self._give_up()
        return "break"

    def _changed(self) -> None:
        self._redraw()
        self._cancel()
        self.on_search(self.entry.get())
        self._timer = self.after(_PAUSE, self._settled)

    def _settled(self) -> None:
        self._timer = ""
        self.on_settle()

    def _cancel(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""

    def _redraw(self) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        width, height = canvas.winfo_width(), px(34)
        if width < px(40):
            return
        canvas.delete("art")
        focused = self.focus_get() is self.entry
        draw_field(canvas, look, (width, height), focused=focused)
        icon = look.images.icon("search", px(18), look.palette.muted, look.palette.field)
        canvas.create_image(px(20), height // 2, image=icon, tags="art")
        idle = not self.entry.get() and not focused
        if idle:
            self._draw_hint(width, height)
        if self.entry.get():
            self._clear.place(x=width - px(8), y=height // 2, anchor="e")
            self._clear.lift()
        else:
            self._clear.place_forget()
        canvas.coords(self._window, px(35), height // 2)
        canvas.itemconfigure(self._window, width=1 if idle else width - px(69))

    def _draw_hint(self, width: int, height: int) -> None:
        """'Search' and the shortcut, as long as the entry is not in use."""
        look, px = self._look, self._look.px
        muted, middle = look.palette.muted, height // 2
        self._canvas.create_text(
            px(35), middle, text="Search", anchor="w", fill=muted, font=look.fonts["text"],
            tags="art",
        )  # fmt: skip
        words = look.fonts.measure("text", "Search") + look.fonts.measure("small", "Ctrl+K")
        if width < words + px(60):
            return
        self._canvas.create_text(
            width - px(14), middle, text="Ctrl+K", anchor="e", fill=muted,
            font=look.fonts["small"], tags="art",
        )  # fmt: skip

    def _restyle(self) -> None:
        palette, px = self._look.palette, self._look.px
        self.configure(background=palette.side, padx=px(12), pady=px(10))
        self._canvas.configure(background=palette.side, height=px(34), width=px(60))
        self._new.pack_configure(padx=(px(6), 0))
        self._canvas.pack_configure(padx=(px(8), 0))
        self._redraw()
