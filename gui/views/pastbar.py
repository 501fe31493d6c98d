"""A slim bar that says: these are not the newest messages."""

import tkinter
from collections.abc import Callable

from gui.theme import Look

_TEXT, _BACK = "You are looking at older messages", "Back to newest"


class PastBar(tkinter.Frame):
    """`on_back` is called by its button."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self.on_back: Callable[[], None] = lambda: None
        self._label = tkinter.Label(self, text=_TEXT, anchor="w", borderwidth=0)
        self.button = tkinter.Button(
            self, text=_BACK, command=lambda: self.on_back(), relief="flat", borderwidth=0,
            highlightthickness=1, cursor="hand2",
        )  # fmt: skip
        self.button.bind("<Return>", lambda _: self.on_back())
        self._label.pack(side="left")
        self.button.pack(side="right")
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        look, palette, px = self._look, self._look.palette, self._look.px
        self.configure(background=palette.side, padx=px(18), pady=px(3))
        self._label.configure(
            background=palette.side, foreground=palette.muted, font=look.fonts["small"]
        )
        self.button.configure(
            background=palette.side, foreground=palette.link, font=look.fonts["small_bold"],
            activebackground=palette.hover, activeforeground=palette.link,
            highlightbackground=palette.side, highlightcolor=palette.accent, padx=px(8),
            pady=px(2),
        )  # fmt: skip
