"""A line for passwords: dots, which a small button makes legible.

Anything may be a password, so nothing is refused.  But what is typed is never legible while there
are emoji in it, since Tk must not draw those: then it is dots again.
"""

import tkinter
from tkinter import ttk
from typing import Final

from gui.model.text import drawable, sendable
from gui.theme import Look

_DOT: Final = "•"


class Secret(ttk.Entry):
    """An entry of Tk's own, in the look's frame."""

    def __init__(self, parent: tkinter.Misc, look: Look, width: int) -> None:
        self._variable = tkinter.StringVar(parent)
        super().__init__(parent, width=width, show=_DOT, textvariable=self._variable)
        self._look = look
        self._eye = ttk.Button(self, style="Eye.TButton", command=self._uncover)
        self._eye.configure(cursor="hand2", takefocus=False)
        self._eye.place(relx=1.0, rely=0.5, anchor="e")
        self._variable.trace_add("write", lambda *_: self._mind())
        look.follow(self, self._restyle)

    def set_value(self, text: str) -> None:
        """Another password."""
        self._variable.set(sendable(text))
        self.icursor("end")

    @property
    def covered(self) -> bool:
        """True while there are only dots to be seen."""
        return bool(self.cget("show"))

    def _uncover(self) -> None:
        legible = self.covered and drawable(self.get()) == self.get()
        self.configure(show="" if legible else _DOT)
        self._restyle()

    def _mind(self) -> None:
        """Before it is drawn: something was typed or pasted."""
        if not self.covered and drawable(self.get()) != self.get():
            self._uncover()

    def _restyle(self) -> None:
        look = self._look
        shape = "eye" if self.covered else "eye_off"
        icon = look.images.icon(shape, look.px(22), look.palette.muted, look.palette.field)
        self._eye.configure(image=icon)
        self._eye.place_configure(x=-look.px(8))
        self.configure(font=look.fonts["text"])
