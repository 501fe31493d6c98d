"""The server's name: typed, or picked from those that have let us in before."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from gui.model.accounts import KnownServer
from gui.model.hosts import server_name
from gui.theme import Look
from gui.views import popup
from gui.views.controls import Field


def label(known: KnownServer) -> str:
    """'ada at chat.example:5000'; the account instead of the nick where there is one."""
    return f"{known.account or known.nick} at {server_name(known.host, known.port)}"


class ServerField(Field):
    """A field with an arrow that opens a list, if there is anything to list (so does Down);
    `on_pick` gets the choice."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        known: Sequence[KnownServer],
        on_pick: Callable[[KnownServer], None],
    ) -> None:
        super().__init__(parent, look, "Server", width=24, right=20 if known else 0)
        self._known, self._on_pick = known, on_pick
        self.arrow: ttk.Button | None = None
        if known:
            self.arrow = ttk.Button(self.box, style="Eye.TButton", command=self._open)
            self.arrow.configure(cursor="hand2", takefocus=False)
            self.arrow.place(relx=1.0, rely=0.5, anchor="e", bordermode="outside")
            for key in ("<Down>", "<Alt-Down>"):
                self.entry.bind(key, lambda _: self._open(first=True))
            look.follow(self, self._restyle_arrow)

    def enable(self, enabled: bool) -> None:
        """See `Field`."""
        super().enable(enabled)
        if self.arrow is not None:
            self.arrow.state(["!disabled" if enabled else "disabled"])

    def choices(self) -> list[popup.Entry]:
        """What the list consists of."""
        return [popup.Entry(label(one), "", partial(self._pick, one)) for one in self._known]

    def _open(self, *, first: bool = False) -> str:
        if "disabled" not in self.entry.state():
            x, y = self.box.winfo_rootx(), self.box.winfo_rooty() + self.box.winfo_height()
            popup.open_menu(self._look, self.choices(), x, y + self._look.px(2), first=first)
        return "break"

    def _pick(self, known: KnownServer) -> None:
        self._on_pick(known)
        self.entry.focus_set()
        self.entry.icursor("end")

    def _restyle_arrow(self) -> None:
        look = self._look
        if self.arrow is not None:
            icon = look.images.icon("chevron_down", look.px(18), look.palette.muted, "")
            self.arrow.configure(image=icon)
            self.arrow.place_configure(x=-look.px(10))
