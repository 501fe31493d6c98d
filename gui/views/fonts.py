"""The fonts in use, and what words measure in them.

A hidden label holds each font: `font.measure` takes 343 us instead of 1 us when no widget does.
"""

import tkinter
from tkinter import font as tkfont
from typing import Final

from gui.model.text import drawable

_FAMILIES: Final = ("DejaVu Sans", "Verdana", "Segoe UI", "Helvetica Neue", "Noto Sans")
#: Fonts that one can choose, of those that are installed.  Not just any: a colour font can abort
#: a Tk process.
_OFFERED: Final = (
    "Arial", "Atkinson Hyperlegible", "Cantarell", "DejaVu Sans", "DejaVu Sans Mono",
    "DejaVu Serif", "Fira Sans", "Helvetica Neue", "Inter", "Lato", "Liberation Mono",
    "Liberation Sans", "Liberation Serif", "Noto Sans", "Noto Serif", "OpenDyslexic", "Open Sans",
    "Roboto", "Segoe UI", "Source Sans 3", "Ubuntu", "Verdana",
)  # fmt: skip
_CACHE: Final = 60_000  # words; past it the cache starts anew
_LONG: Final = 60  # characters of what is no word, and not kept

#: name: (size in pixels at scale 1, weight)
STYLES: Final = {
    "text": (13, "normal"),
    "bold": (13, "bold"),
    "small": (11, "normal"),
    "tiny": (10, "normal"),
    "tiny_bold": (10, "bold"),
    "small_bold": (11, "bold"),
    "title": (14, "bold"),
    "heading": (18, "bold"),
    "initials": (15, "bold"),
    "initials_small": (12, "bold"),
    "initials_tiny": (9, "bold"),
    "italic": (13, "normal"),
    "code": (12, "normal"),
}
_SLANTED: Final = {"italic"}
_FIXED: Final = {"code"}
_FIXED_FAMILIES: Final = (
    "DejaVu Sans Mono", "Menlo", "Consolas", "Liberation Mono", "Noto Sans Mono", "Courier New",
)  # fmt: skip


class Fonts:
    """Tk fonts by style name."""

    def __init__(self, root: tkinter.Misc) -> None:
        self._known = known = set(tkfont.families(root))
        self._usual = next((name for name in _FAMILIES if name in known), "TkDefaultFont")
        self.family = self._usual
        self._fixed = next((name for name in _FIXED_FAMILIES if name in known), "TkFixedFont")
        self._fonts: dict[str, tkfont.Font] = {}
        self._cache: dict[str, dict[str, int]] = {}
        self._holders: list[tkinter.Label] = []
        self._line: dict[str, int] = {}
        for name, (size, weight) in STYLES.items():
            made = tkfont.Font(
                root,
                family=self.family,
                size=-size,
                weight="bold" if weight == "bold" else "normal",
                slant="italic" if name in _SLANTED else "roman",
                name=f"parlor_{name}",
            )
            self._fonts[name] = made
            self._holders.append(tkinter.Label(root, font=made, text="x"))
            self._cache[name] = {}

    def families(self) -> list[str]:
        """The fonts that can be chosen here."""
        return [name for name in _OFFERED if name in self._known]

    def choose(self, family: str) -> None:
        """Take another font, to be followed by `scale`; the usual one if this is not offered."""
        self.family = family if family in self.families() else self._usual

    def scale(self, factor: float) -> None:
        """Give every font its size at `factor`."""
        for name, (size, _) in STYLES.items():
            size = -max(6, round(size * factor))
            family = self._fixed if name in _FIXED else self.family
            self._fonts[name].configure(family=family, size=size)
            self._cache[name] = {}
        self._line.clear()

    def __getitem__(self, style: str) -> tkfont.Font:
        return self._fonts[style]

    def measure(self, style: str, text: str) -> int:
        """The width of `text` in pixels."""
        if len(text) > _LONG:
            return self._fonts[style].measure(drawable(text))
        cache = self._cache[style]
        width = cache.get(text)
        if width is None:
            if len(cache) >= _CACHE:
                cache.clear()
            width = cache[text] = self._fonts[style].measure(drawable(text))
        return width

    def line(self, style: str) -> int:
        """The height of a line in pixels."""
        if style not in self._line:
            self._line[style] = self._fonts[style].metrics("linespace")
        return self._line[style]

    def shorten(self, style: str, text: str, width: int) -> str:
        """`text` as Tk may draw it, cut with an ellipsis to fit `width` pixels."""
        font = self._fonts[style]
        text = drawable(text[:400])
        if font.measure(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if font.measure(text[:middle].rstrip() + "…") <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…" if low else ""
