"""What stands above the messages: whose they are, and buttons."""

import tkinter
from collections.abc import Callable

from gui.model.shown import Header
from gui.theme import Look
from gui.views.iconbutton import IconButton
from gui.views.inline import draw_line


class HeaderBar(tkinter.Frame):
    """Title and subtitle; `on_info` is called at a click on them, `on_find`, `on_members` and
    `on_menu` (with a place of the screen) by the buttons."""

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
        self.on_info: Callable[[], None] = lambda: None
        self.on_find: Callable[[], None] = lambda: None
        self._over = False
        self._canvas = tkinter.Canvas(
            self, highlightthickness=0, borderwidth=0, cursor="hand2", takefocus=False
        )
        self.menu = IconButton(
            self, look, "menu", lambda: on_menu(*self.menu_place()), tip=("Menu", "F10")
        )
        self.people = IconButton(self, look, "people", on_members, tip=("Members", "Ctrl+M"))
        self.find = IconButton(
            self, look, "find", lambda: self.on_find(), tip=("Find here", "Ctrl+F")
        )
        self.menu.pack(side="right")
        self._canvas.pack(side="left", fill="both", expand=True)
        self._canvas.bind("<Configure>", lambda _: self._redraw())
        self._canvas.bind("<Button-1>", lambda _: self.press())
        for key in ("<Return>", "<space>"):
            self._canvas.bind(key, lambda _: self.press())
        for event, over in (("<Enter>", True), ("<Leave>", False)):
            self._canvas.bind(event, lambda _, over=over: self._hover(over))  # type: ignore[misc]
        for event in ("<FocusIn>", "<FocusOut>"):
            self._canvas.bind(event, lambda _: self._redraw())
        look.follow(self, self._restyle)

    def show(self, header: Header) -> None:
        """Other texts."""
        if header == self._header:
            return
        self._header = header
        for button in (self.people, self.find):
            button.pack_forget()
        last = self.menu
        for button, wanted in ((self.people, header.room), (self.find, bool(header.title))):
            if wanted:
                button.pack(side="right", after=last)
                last = button
        self._canvas.configure(cursor="hand2" if header.title else "", takefocus=bool(header.title))
        self._redraw()

    def press(self) -> str:
        """The title was chosen."""
        if self._header.title:
            self.on_info()
        return "break"

    def _hover(self, over: bool) -> None:
        self._over = over
        self._redraw()

    def menu_place(self) -> tuple[int, int]:
        """Where the menu opens, on the screen."""
        menu = self.menu
        return menu.winfo_rootx() - self._look.px(150), menu.winfo_rooty() + menu.winfo_height()

    def _redraw(self) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        canvas.delete("all")
        palette, header = look.palette, self._header
        room = canvas.winfo_width() - px(24)
        if canvas.focus_get() is canvas:
            edge = px(3)
            canvas.create_rectangle(
                edge, edge, canvas.winfo_width() - edge, px(54) - edge, outline=palette.accent,
                width=max(1, px(1.5)),
            )  # fmt: skip
        live = header.lively or (self._over and bool(header.title))
        second = palette.unread if live else palette.muted
        draw_line(
            canvas, look, header.title, at=(px(18), px(18 if header.subtitle else 27)),
            width=room, style="title", colour=palette.text, background=palette.side,
        )  # fmt: skip
        draw_line(
            canvas, look, header.subtitle, at=(px(18), px(38)), width=room, style="small",
            colour=second, background=palette.side,
        )  # fmt: skip

    def _restyle(self) -> None:
        palette, px = self._look.palette, self._look.px
        self.configure(background=palette.side, padx=0, pady=0)
        self._canvas.configure(background=palette.side, height=px(54), width=px(80))
        self.menu.pack_configure(padx=(0, px(8)))
        self._redraw()
