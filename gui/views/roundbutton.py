"""A round button with an icon, which shows where the keyboard's focus is."""

import tkinter
from collections.abc import Callable

from PIL import Image, ImageDraw

from gui.theme import Look
from gui.views.icons import SHAPES, rgba
from gui.views.images import paint


class RoundButton(tkinter.Label):
    """`size` is in pixels at scale 1.  With `filled` it is a disc of the accent's colour while it
    is `lit`, else an icon that lights up under the pointer; `ground` names the palette's colour
    behind it.  Pressed by click, Return or space."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        shape: str,
        command: Callable[[], object],
        *,
        size: int,
        filled: bool = False,
        ground: str = "side",
    ) -> None:
        super().__init__(parent, borderwidth=0, cursor="hand2", takefocus=True)
        self._look, self._shape, self._size = look, shape, size
        self._filled, self._ground = filled, ground
        self._pointed = self._focused = False
        self._lit = True
        for key in ("<Button-1>", "<Return>", "<KP_Enter>", "<space>"):
            self.bind(key, lambda _: self._press(command))
        for event, pointed in (("<Enter>", True), ("<Leave>", False)):
            self.bind(event, lambda _, on=pointed: self._point(on))  # type: ignore[misc]
        for event, focused in (("<FocusIn>", True), ("<FocusOut>", False)):
            self.bind(event, lambda _, on=focused: self._focus(on))  # type: ignore[misc]
        look.follow(self, self._paint)

    def light(self, lit: bool) -> None:
        """Whether pressing it does anything; Tab passes a dark one by."""
        if lit != self._lit:
            self._lit = lit
            self.configure(takefocus=lit, cursor="hand2" if lit else "arrow")
            self._paint()

    @property
    def lit(self) -> bool:
        """True while pressing it does something."""
        return self._lit

    def _press(self, command: Callable[[], object]) -> str:
        if self._lit:
            command()
        return "break"

    def _point(self, pointed: bool) -> None:
        self._pointed = pointed
        self._paint()

    def _focus(self, focused: bool) -> None:
        self._focused = focused
        self._paint()

    def _paint(self) -> None:
        palette, side = self._look.palette, self._look.px(self._size)
        ground: str = getattr(palette, self._ground)
        bright = self._pointed or self._focused
        disc, colour = "", palette.text if bright else palette.muted
        if self._filled:
            disc = palette.field
            if self._lit:
                disc = palette.accent_hover if bright else palette.accent
                colour = palette.on_accent
            else:
                colour = palette.muted
        ring = palette.focus if self._focused else ""

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            box = (0, 0, side * over - 1, side * over - 1)
            if disc:
                draw.ellipse(box, fill=rgba(disc))
            SHAPES[self._shape](draw, side * over, rgba(colour))
            if ring:
                draw.ellipse(box, None, rgba(ring), max(over, self._look.px(2) * over))

        def make() -> Image.Image:
            return paint(side, side, ground, painter)

        key = ("round", self._shape, side, colour, disc, ring, ground)
        self.configure(image=self._look.images.keep(key, make), background=ground)
