"""How things look: palette, scale, fonts and images in one place (`styles` makes a ttk theme).

`Look` is handed to every view.  Nothing else knows a colour or a font, and every length goes
through `px`, since Tk takes no notice of the screen's resolution.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final

from gui import styles
from gui.palette import DARK, Palette
from gui.views.fonts import Fonts
from gui.views.images import Images

SCALES: Final = (0.75, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0)


class Look:
    """Palette, scale, fonts, images; `subscribe` to hear when they change."""

    def __init__(self, root: tkinter.Tk, palette: Palette = DARK, scale: float = 1.0) -> None:
        self.root = root
        self.palette = palette
        self.scale = scale
        self.fonts = Fonts(root)
        self.images = Images()
        self._listeners: list[Callable[[], None]] = []
        self.change(palette, scale)

    def px(self, length: float) -> int:
        """A length at scale 1 as pixels of this screen."""
        return round(length * self.scale)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have `listener` called now and after every change."""
        self._listeners.append(listener)
        listener()

    def unsubscribe(self, listener: Callable[[], None]) -> None:
        """The listener's widget is gone."""
        self._listeners.remove(listener)

    def follow(self, widget: tkinter.Misc, listener: Callable[[], None]) -> None:
        """Subscribe for as long as `widget` exists."""
        self.subscribe(listener)

        def gone(event: tkinter.Event[tkinter.Misc]) -> None:
            if event.widget is widget and listener in self._listeners:
                self._listeners.remove(listener)

        widget.bind("<Destroy>", gone, add=True)

    def change(self, palette: Palette, scale: float) -> None:
        """Take another palette or scale, and redraw everything."""
        self.palette = palette
        self.scale = min(max(scale, SCALES[0]), SCALES[-1])
        self.fonts.scale(self.scale)
        old, self.images = self.images, Images()
        styles.apply(self)
        for listener in list(self._listeners):
            listener()
        old.clear()

    def step(self, steps: int) -> float:
        """The scale `steps` away from this one; 0 gives the normal one."""
        if not steps:
            return 1.0
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - self.scale))
        return SCALES[min(max(nearest + steps, 0), len(SCALES) - 1)]
