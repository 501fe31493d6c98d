"""A round button that shows an icon."""

import tkinter
from collections.abc import Callable

from gui.theme import Look
from gui.views.tooltip import Tooltip


class IconButton(tkinter.Label):
    """Reached by Tab, pressed by click, Return or space; `tip` says what it does, by which key;
    `on_field`: it stands on what can be typed into."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        shape: str,
        command: Callable[[], None],
        size: int = 34,
        tip: tuple[str, str] = ("", ""),
        *,
        on_field: bool = False,
    ) -> None:
        super().__init__(parent, borderwidth=0, cursor="hand2", takefocus=True)
        self._look, self._shape, self._size, self._command = look, shape, size, command
        self._over = self._focused = self._off = False
        self._on_field = on_field
        self.tooltip = Tooltip(self, look, *tip) if tip[0] else None
        self.bind("<Button-1>", lambda _: self.press())
        self.bind("<Return>", lambda _: self.press())
        self.bind("<space>", lambda _: self.press())
        self.bind("<Enter>", lambda _: self._light(over=True), add=True)
        self.bind("<Leave>", lambda _: self._light(over=False), add=True)
        self.bind("<FocusIn>", lambda _: self._light(focused=True), add=True)
        self.bind("<FocusOut>", lambda _: self._light(focused=False), add=True)
        look.follow(self, self._paint)

    def press(self) -> str:
        """Do what it is for."""
        if not self._off:
            self._command()
        return "break"

    def enable(self, enabled: bool) -> None:
        """A button that can do nothing now is pale."""
        if self._off is enabled:
            self._off = not enabled
            self.configure(takefocus=enabled, cursor="hand2" if enabled else "")
            self._paint()

    def _light(self, *, over: bool | None = None, focused: bool | None = None) -> None:
        self._over = self._over if over is None else over
        self._focused = self._focused if focused is None else focused
        self._paint()

    def _paint(self) -> None:
        palette = self._look.palette
        lit = (self._over or self._focused) and not self._off
        ground, disc = palette.side, palette.field
        if self._on_field:
            ground, disc = disc, ground
        colour, disc = (palette.text, disc) if lit else (palette.muted, "")
        if self._off:
            colour = palette.offline
        edge = palette.accent if self._focused and not self._off else ""
        icon = self._look.images.button(
            self._shape, self._look.px(self._size), colour, ground, disc, edge
        )
        self.configure(image=icon, background=ground)
