"""How things look: palette, scale, fonts and images in one place, and a ttk theme made of them.

`Look` is handed to every view.  Nothing else knows a colour or a font, and every length goes
through `px`, since Tk takes no notice of the screen's resolution.
"""

import tkinter
from collections.abc import Callable
from itertools import count
from tkinter import ttk
from typing import Any, Final

from gui.palette import DARK, Palette
from gui.views.fonts import Fonts
from gui.views.images import Images

SCALES: Final = (0.75, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0)
_theme_numbers = count(1)


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

    def change(self, palette: Palette, scale: float) -> None:
        """Take another palette or scale, and redraw everything."""
        self.palette = palette
        self.scale = min(max(scale, SCALES[0]), SCALES[-1])
        self.fonts.scale(self.scale)
        old, self.images = self.images, Images()
        _apply(self)
        for listener in list(self._listeners):
            listener()
        old.clear()

    def step(self, steps: int) -> float:
        """The scale `steps` away from this one; 0 gives the normal one."""
        if not steps:
            return 1.0
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - self.scale))
        return SCALES[min(max(nearest + steps, 0), len(SCALES) - 1)]


def _frame(look: Look, fill: str, edge: str = "") -> str:
    return look.images.frame(look.px(24), look.px(7), fill, edge, look.palette.side)


def _apply(look: Look) -> None:
    """Make a ttk theme of the look and use it; its elements are images from the palette."""
    style, name = ttk.Style(look.root), f"parlor-{next(_theme_numbers)}"
    style.theme_create(name, parent="clam")
    style.theme_use(name)
    palette, border = look.palette, look.px(9)
    _element(style, "Field", _frame(look, palette.field), border, [
        ("invalid", "focus", _frame(look, palette.field, palette.error)),
        ("invalid", _frame(look, palette.field, palette.error)),
        ("focus", _frame(look, palette.field, palette.accent)),
    ])  # fmt: skip
    _element(style, "Plain", _frame(look, palette.field), border, [
        ("focus", _frame(look, palette.field, palette.accent)),
        ("active", _frame(look, palette.hover)),
    ])  # fmt: skip
    _element(style, "Accent", _frame(look, palette.accent), border, [
        ("disabled", _frame(look, palette.switch_off)),
        ("focus", _frame(look, palette.accent_hover, palette.text)),
        ("active", _frame(look, palette.accent_hover)),
    ])  # fmt: skip
    _switch(look, style)
    _styles(look, style)


def _element(
    style: ttk.Style, name: str, image: str, border: int, states: list[tuple[str, ...]]
) -> None:
    style.tk.call(
        "ttk::style", "element", "create", f"{name}.box", "image",
        (image, *(part for *state, picture in states for part in (tuple(state), picture))),
        "-border", border, "-sticky", "nsew",
    )  # fmt: skip


def _switch(look: Look, style: ttk.Style) -> None:
    palette, width, height = look.palette, look.px(40), look.px(22)

    def picture(track: str, on: bool) -> str:
        return look.images.switch(width, height, track, on, palette.side)

    style.tk.call(
        "ttk::style", "element", "create", "Switch.indicator", "image",
        (
            picture(palette.switch_off, False),
            ("disabled",), picture(palette.hover, False),
            ("focus", "selected"), picture(palette.accent_hover, True),
            ("selected",), picture(palette.accent, True),
        ),
        "-sticky", "w", "-width", width + look.px(10),
    )  # fmt: skip


def _styles(look: Look, style: ttk.Style) -> None:
    palette, fonts, px = look.palette, look.fonts, look.px
    style.configure(
        ".", background=palette.side, foreground=palette.text, font=fonts["text"],
        borderwidth=0, focuscolor=palette.accent, insertcolor=palette.text,
        selectbackground=palette.highlight, selectforeground=palette.text,
    )  # fmt: skip
    inside: Any = ("Entry.padding", {"sticky": "nsew", "children": [
        ("Entry.textarea", {"sticky": "nsew"})]})  # fmt: skip
    style.layout("TEntry", [("Field.box", {"sticky": "nsew", "children": [inside]})])
    style.configure("TEntry", padding=(px(2), px(1)), foreground=palette.text)
    style.map("TEntry", foreground=[("disabled", palette.muted)])
    for name, box in (("TButton", "Plain"), ("Accent.TButton", "Accent")):
        label: Any = ("Button.padding", {"sticky": "nsew", "children": [
            ("Button.label", {"sticky": "nsew"})]})  # fmt: skip
        style.layout(name, [(f"{box}.box", {"sticky": "nsew", "children": [label]})])
        style.configure(name, padding=(px(6), 0), anchor="center", foreground=palette.text)
    style.configure("Accent.TButton", foreground=palette.on_accent)
    style.map("Accent.TButton", foreground=[("disabled", palette.muted)])
    text: Any = ("Checkbutton.label", {"side": "left", "sticky": ""})
    indicator: Any = ("Switch.indicator", {"side": "left"})
    style.layout("Switch.TCheckbutton", [indicator, text])
    style.map("Switch.TCheckbutton", foreground=[("disabled", palette.muted)])
    style.configure("Heading.TLabel", font=fonts["heading"])
    style.configure("Error.TLabel", foreground=palette.error, font=fonts["small"])
    style.configure("Muted.TLabel", foreground=palette.muted, font=fonts["small"])
