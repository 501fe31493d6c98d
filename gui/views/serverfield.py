"""The server's name: typed, or picked from those that have let us in before."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from gui import styles
from gui.model.accounts import KnownServer
from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import Field


def label(known: KnownServer) -> str:
    """'ada at chat.example:5000'; the account instead of the nick where there is one."""
    host = f"[{known.host}]" if ":" in known.host else known.host
    return drawable(f"{known.account or known.nick} at {host}:{known.port}")


class ServerField(Field):
    """A field whose entry has a list, if there is anything to list; `on_pick` gets the choice."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        known: Sequence[KnownServer],
        on_pick: Callable[[KnownServer], None],
    ) -> None:
        super().__init__(parent, look, "Server", width=24)
        self._known, self._on_pick = known, on_pick
        if not known:
            return
        self.entry.destroy()
        box = ttk.Combobox(self, width=22, values=[label(one) for one in known])
        box.configure(font=look.fonts["text"], postcommand=lambda: self._restyle_list(box))
        box.bind("<<ComboboxSelected>>", lambda _: self._picked(box))
        for key in ("<Button-4>", "<Button-5>", "<MouseWheel>"):  # it would change unseen
            box.bind(key, lambda _: "break")
        box.grid(row=1, column=0, sticky="ew")
        self.entry = box

    def _picked(self, box: ttk.Combobox) -> None:
        at = box.current()
        if at >= 0:
            self._on_pick(self._known[at])
            box.selection_clear()
            box.icursor("end")

    def _restyle_list(self, box: ttk.Combobox) -> None:
        popdown = str(self.tk.call("ttk::combobox::PopdownWindow", str(box)))
        for option, value in styles.list_colours(self._look).items():
            self.tk.call(f"{popdown}.f.l", "configure", f"-{option.lower()}", value)
