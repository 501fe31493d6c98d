"""A row of colours of which one, or none, is chosen."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence

from gui.theme import Look

_SIDE, _STEP = 26, 36  # pixels at scale 1


class Swatches(tkinter.Canvas):
    """`value` is '#rrggbb', or '' for the first place: no colour of one's own.

    A click chooses, and so do the arrow keys; `on_change` gets the new value.
    """

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        colours: Sequence[str],
        value: str,
        on_change: Callable[[str], object],
    ) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=True)
        self._look, self._on_change = look, on_change
        extra = [value] if value and value not in colours else []
        self.colours = ["", *colours, *extra]
        self.value = value
        self.enabled = True
        self.bind("<Button-1>", self._clicked)
        for key, steps in (("<Left>", -1), ("<Right>", 1)):
            self.bind(key, lambda _, steps=steps: self._step(steps))  # type: ignore[misc]
        for key in ("<FocusIn>", "<FocusOut>"):
            self.bind(key, lambda _: self._draw())
        look.follow(self, self._draw)

    def _clicked(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self.focus_set()
        at = event.x // self._look.px(_STEP)
        if 0 <= at < len(self.colours):
            self._choose(self.colours[at])

    def _step(self, steps: int) -> str:
        at = self.colours.index(self.value)
        self._choose(self.colours[(at + steps) % len(self.colours)])
        return "break"

    def _choose(self, value: str) -> None:
        if self.enabled:
            self.value = value
            self._draw()
            self._on_change(value)

    def _draw(self) -> None:
        look, px, palette = self._look, self._look.px, self._look.palette
        step, side = px(_STEP), px(_SIDE)
        self.delete("all")
        self.configure(background=palette.side, width=step * len(self.colours), height=step)
        focused = self.focus_get() is self
        for place, colour in enumerate(self.colours):
            middle = place * step + step // 2
            if colour == self.value:
                ring = palette.focus if focused else palette.muted
                disc = look.images.avatar(side + px(8), ring, "")
                gap = look.images.avatar(side + px(4), palette.side, "")
                self.create_image(middle, step // 2, image=disc)
                self.create_image(middle, step // 2, image=gap)
            shown = look.images.avatar(side, colour or palette.field, "")
            self.create_image(middle, step // 2, image=shown)
            if not colour:
                icon = look.images.icon("close", side, palette.muted, "")
                self.create_image(middle, step // 2, image=icon)
