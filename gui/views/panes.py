"""The smaller parts of the window: search field, header, banner, typing line."""

import tkinter
from collections.abc import Callable

from gui.model.shown import Banner, Header
from gui.model.text import drawable
from gui.theme import Look
from gui.views.inline import draw_rounded


class IconButton(tkinter.Label):
    """A round button that shows an icon; reached by Tab, pressed by click, Return or space."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        shape: str,
        command: Callable[[], None],
        size: int = 34,
    ) -> None:
        super().__init__(parent, borderwidth=0, cursor="hand2", takefocus=True)
        self._look, self._shape, self._size = look, shape, size
        self.bind("<Button-1>", lambda _: command())
        self.bind("<Return>", lambda _: command())
        self.bind("<space>", lambda _: command())
        for event in ("<Enter>", "<FocusIn>"):
            self.bind(event, lambda _: self._paint(True))
        for event in ("<Leave>", "<FocusOut>"):
            self.bind(event, lambda _: self._paint(False))
        look.subscribe(lambda: self._paint(False))

    def _paint(self, lit: bool) -> None:
        palette = self._look.palette
        colour, disc = (palette.text, palette.field) if lit else (palette.muted, "")
        icon = self._look.images.icon(
            self._shape, self._look.px(self._size), colour, palette.side, disc
        )
        self.configure(image=icon, background=palette.side)


class SearchField(tkinter.Frame):
    """Filters the conversations: `on_search` at each change, `on_done` at Return, `on_leave` at
    Escape."""

    def __init__(self, parent: tkinter.Misc, look: Look, on_new: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = look
        self.on_search: Callable[[str], None] = lambda text: None
        self.on_done: Callable[[], None] = lambda: None
        self.on_step: Callable[[int], None] = lambda steps: None
        self.on_leave: Callable[[], None] = lambda: None
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self._variable = tkinter.StringVar(self)
        self._entry = tkinter.Entry(
            self._canvas, textvariable=self._variable, borderwidth=0, highlightthickness=0
        )
        self._new = IconButton(self, look, "plus", on_new)
        self._canvas.pack(side="left", fill="x", expand=True)
        self._new.pack(side="right")
        self._window = self._canvas.create_window(0, 0, window=self._entry, anchor="w")
        self._variable.trace_add("write", lambda *_: self._changed())
        self._entry.bind("<Return>", lambda _: self.on_done())
        self._entry.bind("<Escape>", lambda _: self._leave())
        self._entry.bind("<Down>", lambda _: self.on_step(1))
        self._entry.bind("<Up>", lambda _: self.on_step(-1))
        self._entry.bind("<FocusIn>", lambda _: self._redraw())
        self._entry.bind("<FocusOut>", lambda _: self._redraw())
        self._canvas.bind("<Button-1>", lambda _: self.focus_search())
        self._canvas.bind("<Configure>", lambda _: self._redraw())
        look.subscribe(self._restyle)

    def focus_search(self) -> None:
        """Go there, with what is there selected."""
        self._entry.focus_set()
        self._entry.select_range(0, "end")

    def _leave(self) -> None:
        self.clear()
        self.on_leave()

    def clear(self) -> None:
        """Search for nothing any more."""
        self._variable.set("")

    def _changed(self) -> None:
        self._redraw()
        self.on_search(self._variable.get())

    def _redraw(self) -> None:
        look, px = self._look, self._look.px
        width, height = self._canvas.winfo_width(), px(34)
        if width < px(40):
            return
        self._canvas.delete("art")
        draw_rounded(
            self._canvas, look, (0, 0, width, height), radius=px(17),
            fill=look.palette.field, behind=look.palette.side, tag="art",
        )  # fmt: skip
        idle = not self._variable.get() and self.focus_get() is not self._entry
        if idle:
            self._draw_hint(width, height)
        self._canvas.coords(self._window, px(16), height // 2)
        self._canvas.itemconfigure(self._window, width=1 if idle else width - px(32), height=px(22))

    def _draw_hint(self, width: int, height: int) -> None:
        """'Search' and the shortcut, as long as the entry is not in use."""
        look, px = self._look, self._look.px
        muted, middle = look.palette.muted, height // 2
        self._canvas.create_text(
            px(17), middle, text="Search", anchor="w", fill=muted, font=look.fonts["text"],
            tags="art",
        )  # fmt: skip
        self._canvas.create_text(
            width - px(14), middle, text="Ctrl+K", anchor="e", fill=muted,
            font=look.fonts["small"], tags="art",
        )  # fmt: skip

    def _restyle(self) -> None:
        look, palette, px = self._look, self._look.palette, self._look.px
        self.configure(background=palette.side, padx=px(12), pady=px(10))
        self._canvas.configure(background=palette.side, height=px(34), width=px(60))
        self._entry.configure(
            background=palette.field, foreground=palette.text, font=look.fonts["text"],
            insertbackground=palette.text, selectbackground=palette.highlight,
            selectforeground=palette.text, insertwidth=max(1, px(1.5)),
        )  # fmt: skip
        self._new.pack_configure(padx=(px(6), 0))
        self._redraw()


class HeaderBar(tkinter.Frame):
    """Name, members and topic; at the right, buttons for the member list and the menu."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        on_members: Callable[[], None],
        on_menu: Callable[[int, int], None],
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._header = Header("", "", False)
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self._menu = IconButton(self, look, "menu", lambda: on_menu(*self.menu_place()))
        self._people = IconButton(self, look, "people", on_members)
        self._menu.pack(side="right")
        self._people.pack(side="right")
        self._canvas.pack(side="left", fill="both", expand=True)
        self._canvas.bind("<Configure>", lambda _: self._redraw())
        look.subscribe(self._restyle)

    def show(self, header: Header) -> None:
        """Other texts."""
        if header != self._header:
            if header.room:
                self._people.pack(side="right", after=self._menu)
            else:
                self._people.pack_forget()
            self._header = header
            self._redraw()

    def menu_place(self) -> tuple[int, int]:
        """Where on the screen the menu opens."""
        menu = self._menu
        return menu.winfo_rootx() - self._look.px(180), menu.winfo_rooty() + menu.winfo_height()

    def _redraw(self) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        canvas.delete("all")
        room = canvas.winfo_width() - px(24)
        for y, text, style, colour in (
            (18, self._header.title, "title", look.palette.text),
            (38, self._header.subtitle, "small", look.palette.muted),
        ):
            shown = look.fonts.shorten(style, drawable(text), room)
            canvas.create_text(
                px(18), px(y), text=shown, anchor="w", font=look.fonts[style], fill=colour
            )

    def _restyle(self) -> None:
        palette, px = self._look.palette, self._look.px
        self.configure(background=palette.side, padx=0, pady=0)
        self._canvas.configure(background=palette.side, height=px(54), width=px(80))
        self._menu.pack_configure(padx=(0, px(8)))
        self._redraw()


class BannerBar(tkinter.Frame):
    """Says that there is no connection; a button tries at once."""

    def __init__(self, parent: tkinter.Misc, look: Look, on_retry: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = look
        self._label = tkinter.Label(self, anchor="w", borderwidth=0, justify="left", width=1)
        self._button = tkinter.Button(
            self, text="Retry now", command=on_retry, relief="flat", borderwidth=0,
            highlightthickness=1, cursor="hand2",
        )  # fmt: skip
        self._button.bind("<Return>", lambda _: on_retry())
        self._label.pack(side="left", fill="x", expand=True)
        self._label.bind("<Configure>", self._wrap)
        look.subscribe(self._restyle)

    def _wrap(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._label.configure(wraplength=event.width)

    def show(self, banner: Banner) -> None:
        """Another text."""
        self._label.configure(text=drawable(banner.text))
        if banner.retry:
            self._button.pack(side="right", before=self._label, padx=(self._look.px(12), 0))
        else:
            self._button.pack_forget()

    def _restyle(self) -> None:
        look, palette, px = self._look, self._look.palette, self._look.px
        self.configure(background=palette.warning, padx=px(18), pady=px(7))
        self._label.configure(
            font=look.fonts["text"], background=palette.warning, foreground=palette.on_warning
        )
        self._button.configure(
            font=look.fonts["small_bold"], background=palette.on_warning,
            foreground=palette.warning, activebackground=palette.text,
            activeforeground=palette.side, highlightbackground=palette.warning,
            highlightcolor=palette.text, padx=px(10), pady=px(2),
        )  # fmt: skip


class TypingLine(tkinter.Label):
    """Who is typing, under the messages; it keeps its place when nobody is."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent, anchor="w", borderwidth=0)
        self._look = look
        look.subscribe(self._restyle)

    def show(self, text: str) -> None:
        """'' for nobody."""
        self.configure(text=drawable(text))

    def _restyle(self) -> None:
        look = self._look
        self.configure(
            background=look.palette.chat, foreground=look.palette.muted,
            font=look.fonts["small"], padx=look.px(56), pady=look.px(2),
        )  # fmt: skip
