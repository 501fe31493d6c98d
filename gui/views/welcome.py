"""What stands where no conversation is open: the program's mark, a sentence, the next step."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from gui.model.accounts import Welcome
from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import press

_MARK, _WIDTH = 96, 360  # pixels at scale 1
_ROOMY = 840  # from this width on the connection dialog has a place beside the welcome
_ASIDE, _BESIDE = 0.27, 0.68  # where the middle of the welcome, and of the dialog, is then
_TALL = 520  # from this height on it has one below the welcome, which is smaller and at the top
_SMALL, _TOP, _GAP = 56, 20, 36  # the mark then, the room above, and that for a title bar


class Room(NamedTuple):
    """Where a dialog may be in the window: its middle, from left to right, and at least how many
    pixels below the upper edge."""

    middle: float = 0.5
    below: int = 0


class WelcomePane(tkinter.Frame):
    """Lies over the whole window, or over the messages (`over`); `on_action` gets which."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        over: tkinter.Misc,
        on_action: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self._look, self._over, self._on_action = look, over, on_action
        self.shown: Welcome | None = None
        self._aside = False  # the connection dialog is there: it is the next step already
        self._above = False  # it stands below this
        self._inside = tkinter.Frame(self)
        self._mark = tkinter.Label(self._inside, borderwidth=0)
        self._title = tkinter.Label(self._inside, borderwidth=0)
        self._sentence = tkinter.Label(self._inside, borderwidth=0, justify="center")
        self.button = ttk.Button(self._inside, style="Accent.TButton", command=self._pressed)
        self.button.bind("<Return>", press)
        for key in ("<Tab>", "<Shift-Tab>", "<ISO_Left_Tab>"):  # to what lies below it
            self.button.bind(key, lambda _: "break" if self._whole else None)
        for widget in (self._mark, self._title, self._sentence, self.button):
            widget.pack()
        self._inside.place(relx=0.5, rely=0.45, anchor="center")
        look.follow(self, self._restyle)

    @property
    def _whole(self) -> bool:
        return self.shown is None or self.shown.whole

    def make_room(self, dialog: bool) -> Room:
        """The connection dialog opens or closes: go aside, or up, or back.  Where it has room."""
        px, whole = self._look.px, self.shown is not None and self.shown.whole
        beside = dialog and whole and self.winfo_width() >= px(_ROOMY)
        above = dialog and whole and not beside and self.winfo_height() >= px(_TALL)
        self._aside, self._above = dialog, above
        self._restyle()
        if above:
            self._inside.place(relx=0.5, rely=0.0, y=px(_TOP), anchor="n")
            self.update_idletasks()
            return Room(0.5, px(_TOP + _GAP) + self._inside.winfo_reqheight())
        self._inside.place(relx=_ASIDE if beside else 0.5, rely=0.45, y=0, anchor="center")
        if not dialog and whole:
            self.button.focus_set()
        return Room(_BESIDE) if beside else Room()

    def show(self, welcome: Welcome | None) -> None:
        """Another one; None hides it."""
        if welcome == self.shown:
            return
        self.shown = welcome
        if welcome is None:
            self.place_forget()
            return
        self._title.configure(text=drawable(welcome.title))
        self._sentence.configure(text=drawable(welcome.sentence))
        self.button.configure(text=drawable(welcome.button))
        if welcome.whole:
            self.place(in_=self.master, x=0, y=0, relwidth=1.0, relheight=1.0)
        else:
            self.place(in_=self._over, x=0, y=0, relwidth=1.0, relheight=1.0)
        tkinter.Misc.lift(self)
        self._restyle()

    def _pressed(self) -> None:
        if self.shown is not None:
            self._on_action(self.shown.action)

    def _restyle(self) -> None:
        look, px, palette = self._look, self._look.px, self._look.palette
        whole = self._whole
        back = palette.side if whole else palette.chat
        for frame in (self, self._inside):
            frame.configure(background=back)
        size = _SMALL if self._above else _MARK if whole else _MARK * 2 // 3
        mark = look.images.program(px(size), palette.accent)
        self._mark.configure(image=mark, background=back)
        self._title.configure(font=look.fonts["heading"], background=back, foreground=palette.text)
        self._sentence.configure(
            font=look.fonts["text"], background=back, foreground=palette.muted,
            wraplength=px(_WIDTH),
        )  # fmt: skip
        self._title.pack_configure(pady=(px(12 if self._above else 22), px(8)))
        if self.shown is not None and self.shown.button and not (whole and self._aside):
            self.button.pack(pady=(px(24), 0), ipadx=px(16))
        else:
            self.button.pack_forget()
