"""Bars above the messages: invitations, and why one is out of a room."""

import tkinter
from collections.abc import Sequence
from functools import partial
from tkinter import ttk

from gui.model.actions import Actions
from gui.model.offers import Offer
from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import press
from gui.views.richtext import RichText


class OfferBars(tkinter.Frame):
    """See `OfferScreen`; it has no height while there are none."""

    def __init__(self, parent: tkinter.Misc, look: Look, actions: Actions) -> None:
        super().__init__(parent, height=1)
        self._look, self._actions = look, actions
        self.shown: Sequence[Offer] = ()
        self.bars: list[OfferBar] = []
        look.follow(self, self._restyle)

    def show(self, offers: Sequence[Offer]) -> None:
        """See `OfferScreen`."""
        if list(offers) == list(self.shown):
            return
        self.shown = list(offers)
        for bar in self.bars:
            bar.destroy()
        self.bars = [OfferBar(self, self._look, self._actions, offer) for offer in offers]
        for bar in self.bars:
            bar.pack(fill="x", pady=(0, 1))
        if not self.bars:
            self.configure(height=1)

    def _restyle(self) -> None:
        self.configure(background=self._look.palette.line)


class OfferBar(tkinter.Frame):
    """A sentence and its buttons."""

    def __init__(self, parent: tkinter.Misc, look: Look, actions: Actions, offer: Offer) -> None:
        super().__init__(parent)
        self._look, self.offer = look, offer
        self.text = RichText(self, look, most_lines=2)
        self.text.show(offer.text)
        self.accept = ttk.Button(
            self, text=drawable(offer.accept), style="Accent.TButton",
            command=partial(actions.offers.accept, offer.id),
        )  # fmt: skip
        self.dismiss = ttk.Button(
            self, text=drawable(offer.dismiss), command=partial(actions.offers.dismiss, offer.id)
        )
        self.dismiss.pack(side="right")
        if offer.accept:
            self.accept.pack(side="right")
        self.text.pack(side="left", fill="x", expand=True)
        for button in (self.accept, self.dismiss):
            button.bind("<Return>", press)
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        px, palette = self._look.px, self._look.palette
        self.configure(background=palette.side, padx=px(18), pady=px(8))
        if self.offer.accept:
            self.accept.pack_configure(padx=(0, px(8)))
        self.text.pack_configure(padx=(0, px(12)))
