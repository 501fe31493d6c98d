"""A certificate's fingerprint, in groups that can be compared by eye."""

from __future__ import annotations

import tkinter
from tkinter import ttk
from typing import Final

from gui.model.text import drawable
from gui.theme import Look

_IN_A_LINE: Final = 8


class Fingerprint(ttk.Frame):
    """The groups of `text`; those that differ from `other`'s stand out."""

    def __init__(self, parent: tkinter.Misc, look: Look, text: str, other: str = "") -> None:
        super().__init__(parent, style="Card.TFrame")
        self._look = look
        groups, others = text.split(), other.split()
        for column in range(min(_IN_A_LINE, len(groups))):
            self.columnconfigure(column, uniform="group", weight=1)
        self._groups: list[tuple[tkinter.Label, bool]] = []
        for place, group in enumerate(groups):
            differs = bool(other) and (place >= len(others) or others[place] != group)
            label = tkinter.Label(self, text=drawable(group), borderwidth=0)
            label.grid(row=place // _IN_A_LINE, column=place % _IN_A_LINE)
            self._groups.append((label, differs))
        look.follow(self, self._restyle)

    @property
    def differing(self) -> list[str]:
        """The groups that stand out."""
        return [str(label.cget("text")) for label, differs in self._groups if differs]

    def _restyle(self) -> None:
        look, palette, px = self._look, self._look.palette, self._look.px
        self.configure(padding=(px(12), px(8)))
        for label, differs in self._groups:
            label.configure(
                font=look.fonts["bold" if differs else "text"], background=palette.field,
                foreground=palette.error if differs else palette.text,
            )  # fmt: skip
            label.grid_configure(padx=px(4), pady=px(2))
