"""We, in the corner of the window: a click opens our profile."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from gui.model.accounts import OwnCard
from gui.theme import Look
from gui.views.controls import AvatarLabel

_SIZE, _ROOM = 30, 34  # pixels at scale 1


class OwnAvatar(tkinter.Frame):
    """Our initials with our presence; reached by Tab, pressed by click, Return or space."""

    def __init__(self, parent: tkinter.Misc, look: Look, on_open: Callable[[], object]) -> None:
        super().__init__(parent, takefocus=False)
        self._look = look
        self.shown = OwnCard("")
        self.label = AvatarLabel(self, look, "", _SIZE)
        self.label.configure(cursor="hand2", takefocus=True)
        for key in ("<Button-1>", "<Return>", "<space>"):
            self.label.bind(key, lambda _: on_open())
        for key in ("<FocusIn>", "<FocusOut>"):
            self.label.bind(key, lambda _: self._restyle())
        look.follow(self, self._restyle)

    def show(self, own: OwnCard) -> None:
        """Another nick, presence or colour; nobody before the first connection."""
        if own == self.shown:
            return
        self.shown = own
        if own.nick:
            dot = "away" if own.away else "online"
            self.label.show(own.name or own.nick, dot, key=own.nick, colour=own.color)
            self.label.pack()
        else:
            self.label.pack_forget()

    def _restyle(self) -> None:
        palette, px = self._look.palette, self._look.px
        focused = self.label.focus_get() is self.label
        self.configure(background=palette.focus if focused else palette.side)
        self.label.pack_configure(padx=px(2), pady=px(2))
        if not self.shown.nick:
            self.label.pack_forget()
