"""The fields behind a new password: how good it is, the same again, and an e-mail address.

They follow the dialog's field "account_password".
"""

from __future__ import annotations

import tkinter
from tkinter import ttk
from typing import Protocol

from gui.model.accounts import strength
from gui.theme import Look
from gui.views.controls import Muted
from gui.views.formdialog import FormDialog

_BAR, _GAP, _THICK = 52, 4, 4  # pixels at scale 1


class _Values(Protocol):
    @property
    def repeated(self) -> str:
        """The password again."""

    @property
    def email(self) -> str:
        """The address."""


class NewPassword:
    """Puts its rows into `dialog`; `email`: the server is known to want an address."""

    def __init__(
        self, dialog: FormDialog, form: _Values, watched: str = "account_password",
        *, email: bool = False, asks_email: bool = True,
    ) -> None:  # fmt: skip
        self._dialog, self._watched, self._email_wanted = dialog, watched, email or bool(form.email)
        self.meter = StrengthMeter(dialog.body, dialog.look)
        dialog.place(self.meter, above=5)
        self._fields = {
            "repeated": dialog.field("repeated", "Password again", form.repeated, secret=True)
        }
        if asks_email:
            self._fields["email"] = dialog.field("email", "E-mail address", form.email)
        entry = dialog.fields[watched].entry
        entry.bind("<KeyRelease>", lambda _: self._measure(), add=True)
        self._shown = False
        self._measure()

    def show(self, shown: bool) -> None:
        """Show the rows, or hide them; the address only once it is wanted."""
        self._shown = shown
        rows: list[tuple[ttk.Widget, bool]] = [(self.meter, shown)]
        for name, field in self._fields.items():
            rows.append((field, shown and (name != "email" or self._email_wanted)))
        for widget, wanted in rows:
            if wanted:
                widget.grid()
            else:
                widget.grid_remove()
        self._measure()

    def reveal(self, name: str) -> None:
        """The server wants an address after all."""
        if name == "email" and "email" in self._fields:
            self._email_wanted = True
            self.show(True)

    def _measure(self) -> None:
        self.meter.show(self._dialog.secret(self._watched))


class StrengthMeter(ttk.Frame):
    """Three bars and a word."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent)
        self._look, self._score = look, 0
        self._bars = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self._word = Muted(self, look)
        self._bars.pack(side="left")
        self._word.pack(side="left", fill="x")
        look.follow(self, self._draw)

    def show(self, password: str) -> None:
        """Measure another password."""
        self._score, word = strength(password)
        self._word.show(word or "Longer is better")
        self._draw()

    def _draw(self) -> None:
        look, px, palette = self._look, self._look.px, self._look.palette
        colour = ("", palette.error, palette.away, palette.online)[self._score]
        self._bars.delete("all")
        self._bars.configure(
            background=palette.side, width=3 * px(_BAR) + 2 * px(_GAP) + px(10), height=px(_THICK)
        )
        for place in range(3):
            fill = colour if place < self._score else palette.switch_off
            bar = look.images.pill(px(_BAR), px(_THICK), fill, palette.side)
            self._bars.create_image(place * px(_BAR + _GAP), 0, image=bar, anchor="nw")
