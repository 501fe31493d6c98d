"""Across the top of the messages while there is no connection."""

import tkinter
from collections.abc import Callable
from tkinter import ttk

from gui.model.shown import Banner
from gui.model.text import drawable
from gui.theme import Look


class BannerBar(tkinter.Frame):
    """Says what is the matter; a button tries at once."""

    def __init__(self, parent: tkinter.Misc, look: Look, on_retry: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = tkinter.Label(self, borderwidth=0)
        self._label = tkinter.Label(self, anchor="w", borderwidth=0, justify="left", width=1)
        self._button = ttk.Button(
            self, text="Retry now", command=on_retry, style="Banner.TButton", cursor="hand2"
        )
        self._button.bind("<Return>", lambda _: on_retry())
        self._icon.pack(side="left")
        self._label.pack(side="left", fill="x", expand=True)
        self._label.bind("<Configure>", self._wrap)
        look.follow(self, self._restyle)

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
        self.configure(background=palette.warning, padx=px(16), pady=px(8))
        icon = look.images.icon("warning", px(16), palette.on_warning, palette.warning)
        self._icon.configure(image=icon, background=palette.warning)
        self._icon.pack_configure(padx=(0, px(10)))
        self._label.configure(
            font=look.fonts["text"], background=palette.warning, foreground=palette.on_warning
        )
