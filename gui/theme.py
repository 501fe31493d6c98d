"""How things look: palette, scale, fonts and images in one place (`styles` makes a ttk theme).

`Look` is handed to every view.  Nothing else knows a colour or a font, and every length goes
through `px`, since Tk takes no notice of the screen's resolution.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final

from gui import styles
from gui.model.dates import clock
from gui.palette import DARK, Palette
from gui.views.fonts import Fonts
from gui.views.images import Images

SCALES: Final = (0.75, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0)
_WIDEST: Final = 620  # pixels at scale 1: of the dialogs, the settings


class Look:
    """Palette, scale, fonts, images; `subscribe` to hear when they change."""

    def __init__(self, root: tkinter.Tk, palette: Palette = DARK, scale: float = 1.0) -> None:
        self.root = root
        self.palette = palette
        self.scale = scale
        self.natural = scale  # what fits this screen
        self.text_size = 1.0  # of the fonts, apart from all else
        self.compact = False  # less room between the lines
        self.clock_12 = False
        self.fonts = Fonts(root)
        self.images = Images()
        self._listeners: list[Callable[[], None]] = []
        self._applied = False
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

    def clock(self, time: float) -> str:
        """A time of the day, '14:32' or '2:32 PM'."""
        return clock(time, twelve=self.clock_12)

    def change(
        self,
        palette: Palette,
        scale: float,
        *,
        family: str | None = None,
        text_size: float | None = None,
        compact: bool | None = None,
        clock_12: bool | None = None,
    ) -> None:
        """Take another palette or scale, and redraw everything, if that is a change; None leaves
        the rest as it is."""
        scale = min(max(scale, SCALES[0]), SCALES[-1])
        before = self._state()
        self.palette, self.scale = palette, scale
        self.text_size = self.text_size if text_size is None else text_size
        self.compact = self.compact if compact is None else compact
        self.clock_12 = self.clock_12 if clock_12 is None else clock_12
        if family is not None:
            self.fonts.choose(family)
        if self._state() == before and self._applied:
            return
        self._applied = True
        self.fonts.scale(self.scale * self.text_size)
        old, self.images = self.images, Images()
        styles.apply(self)
        for listener in list(self._listeners):
            listener()
        old.clear()

    def _state(self) -> tuple[object, ...]:
        return (
            self.palette, self.scale, self.text_size, self.compact, self.clock_12,
            self.fonts.family,
        )  # fmt: skip

    @property
    def most(self) -> float:
        """The largest scale at which the widest dialog fits the screen."""
        fits = [scale for scale in SCALES if scale * _WIDEST <= self.root.winfo_screenwidth()]
        return max([1.0, *fits])

    def step(self, steps: int) -> float:
        """The scale `steps` away from this one; 0 gives the normal one."""
        if not steps:
            return 1.0
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - self.scale))
        return min(SCALES[min(max(nearest + steps, 0), len(SCALES) - 1)], self.most)
