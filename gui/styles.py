"""The ttk theme: what buttons, fields, switches and bars look like, made of pictures.

The pictures come from the palette, are sharp at every scale and transparent outside of their
rounded corners, so a widget can stand on any background.  Names that views use as `style=`:

| widget | styles |
|---|---|
| Button | TButton, Accent.TButton, Danger.TButton, Flat, Link, Banner (each .TButton) |
| Checkbutton | TCheckbutton, Switch.TCheckbutton, Bare.TCheckbutton (a switch alone) |
| Radiobutton | TRadiobutton, Segment.TRadiobutton, Side.TRadiobutton |
| Label | TLabel, Title, Heading, Section, Muted, Small, Error, Link, Key (each .TLabel) |
| Frame | TFrame, Field.TFrame, Segments.TFrame, Card.TFrame, Side.TFrame, Line.TFrame |
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from tkinter import ttk
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gui.theme import Look

_numbers = count(1)
_Layout = list[tuple[str, Any]]


def apply(look: Look) -> None:
    """Make a ttk theme of the look, and use it."""
    style, name = ttk.Style(look.root), f"parlor-{next(_numbers)}"
    style.theme_create(name, parent="clam")
    style.theme_use(name)
    palette = look.palette
    style.configure(
        ".", background=palette.side, foreground=palette.text, font=look.fonts["text"],
        borderwidth=0, focuscolor=palette.focus, insertcolor=palette.text, troughcolor=palette.side,
        selectbackground=palette.highlight, selectforeground=palette.text,
        insertwidth=max(1, look.px(1)),
    )  # fmt: skip
    for make in (_fields, _buttons, _choices, _segments, _labels, _frames, _bars, _popdowns):
        make(look, style)


def _box(look: Look, fill: str, edge: str = "", ring: str = "", radius: float = 8) -> str:
    line = max(1, look.px(1.6))
    return look.images.frame(look.px(26), look.px(radius), fill, edge, ring, line)


def _element(
    style: ttk.Style, name: str, image: str, states: Sequence[tuple[str, ...]], *options: object
) -> None:
    """An element that shows `image`, or that of the first of `states` that holds: each is the
    names of a state and, last, a picture."""
    pictures = (image, *(part for *state, shown in states for part in (tuple(state), shown)))
    style.tk.call("ttk::style", "element", "create", name, "image", pictures, *options)


def _stretched(
    look: Look, style: ttk.Style, name: str, image: str, *states: tuple[str, ...]
) -> None:
    _element(style, name, image, list(states), "-border", look.px(10), "-sticky", "nsew",
             "-padding", (look.px(10), look.px(8)))  # fmt: skip


def _fields(look: Look, style: ttk.Style) -> None:
    palette, px = look.palette, look.px
    _stretched(
        look, style, "Field.box", _box(look, palette.field),
        ("disabled", _box(look, palette.disabled)),
        ("invalid", _box(look, palette.field, palette.error)),
        ("focus", _box(look, palette.field, palette.focus)),
    )  # fmt: skip
    text: _Layout = [("Entry.textarea", {"sticky": "nsew"})]
    style.layout("TEntry", [("Field.box", {"sticky": "nsew", "children": text})])
    style.layout("Field.TFrame", [("Field.box", {"sticky": "nsew"})])
    for element, shape, size in (
        ("Field.downarrow", "chevron_down", px(18)),
        ("Spin.downarrow", "spin_down", px(13)),
        ("Spin.uparrow", "spin_up", px(13)),
    ):
        icon, lit, faint = (
            look.images.icon(shape, size, colour, "")
            for colour in (palette.muted, palette.text, palette.offline)
        )
        states = [("disabled", faint), ("pressed", lit), ("active", lit)]
        _element(style, element, icon, states, "-sticky", "", "-padding", 0)
    arrow: Any = ("Field.downarrow", {"side": "right", "sticky": "ns"})
    area: Any = ("Combobox.textarea", {"sticky": "nsew"})
    style.layout("TCombobox", [("Field.box", {"sticky": "nsew", "children": [arrow, area]})])
    arrows: Any = ("null", {"side": "right", "sticky": "", "children": [
        ("Spin.uparrow", {"side": "top", "sticky": "e"}),
        ("Spin.downarrow", {"side": "bottom", "sticky": "e"})]})  # fmt: skip
    area = ("Spinbox.textarea", {"sticky": "nsew"})
    style.layout("TSpinbox", [("Field.box", {"sticky": "nsew", "children": [arrows, area]})])
    for name in ("TEntry", "TCombobox", "TSpinbox"):
        style.configure(name, foreground=palette.text, padding=0, arrowsize=px(10))
        style.map(
            name,
            foreground=[("disabled", palette.muted)],
            selectbackground=[("!focus", palette.field), ("readonly", palette.field)],
            selectforeground=[("readonly", palette.text)],
        )


def _button_boxes(look: Look, style: ttk.Style) -> None:
    """The grounds of buttons, in all their states."""
    palette, off = look.palette, _box(look, look.palette.disabled)
    _stretched(
        look, style, "Plain.box", _box(look, palette.field),
        ("disabled", off),
        ("pressed", _box(look, palette.pressed)),
        ("active", "focus", _box(look, palette.pressed, palette.focus)),
        ("focus", _box(look, palette.field, palette.focus)),
        ("active", _box(look, palette.pressed)),
    )  # fmt: skip
    for name, fill, lit, front in (
        ("Accent", palette.accent, palette.accent_hover, palette.on_accent),
        ("Danger", palette.danger, palette.danger_hover, palette.on_danger),
    ):
        _stretched(
            look, style, f"{name}.box", _box(look, fill),
            ("disabled", off),
            ("focus", "active", _box(look, lit, fill, front)),
            ("focus", _box(look, fill, fill, front)),
            ("active", _box(look, lit)),
        )  # fmt: skip
    _stretched(
        look, style, "Flat.box", _box(look, ""),
        ("disabled", _box(look, "")),
        ("focus", _box(look, palette.hover, palette.focus)),
        ("active", _box(look, palette.hover)),
    )  # fmt: skip


def _buttons(look: Look, style: ttk.Style) -> None:
    palette, px = look.palette, look.px
    _button_boxes(look, style)
    for name, box, front in (
        ("TButton", "Plain", palette.text),
        ("Accent.TButton", "Accent", palette.on_accent),
        ("Danger.TButton", "Danger", palette.on_danger),
        ("Flat.TButton", "Flat", palette.text),
        ("Link.TButton", "Flat", palette.link),
    ):
        label: Any = ("Button.label", {"sticky": "nsew"})
        style.layout(name, [(f"{box}.box", {"sticky": "nsew", "children": [label]})])
        style.configure(name, padding=(px(6), 0), anchor="center", foreground=front, width=0)
        style.map(name, foreground=[("disabled", palette.muted)])
    _element(style, "Step.box", _box(look, "", radius=6), [
        ("focus", _box(look, "", palette.focus, radius=6)),
        ("active", _box(look, palette.pressed, radius=6)),
    ], "-border", px(8), "-sticky", "nsew", "-padding", (px(4), px(3)))  # fmt: skip
    label = ("Button.label", {"sticky": "nsew"})
    style.layout("Step.TButton", [("Step.box", {"sticky": "nsew", "children": [label]})])
    style.configure("Step.TButton", background=palette.field, anchor="center")
    fill, lit, front = palette.on_warning, palette.text, palette.warning
    _element(style, "Banner.box", _box(look, fill, radius=6), [
        ("focus", "active", _box(look, lit, fill, front, radius=6)),
        ("focus", _box(look, fill, fill, front, radius=6)),
        ("active", _box(look, lit, radius=6)),
    ], "-border", px(8), "-sticky", "nsew", "-padding", (px(12), px(4)))  # fmt: skip
    style.layout("Banner.TButton", [("Banner.box", {"sticky": "nsew", "children": [label]})])
    style.configure(
        "Banner.TButton", background=front, foreground=front, font=look.fonts["small_bold"],
        anchor="center", padding=0, width=0,
    )  # fmt: skip
    style.map("Banner.TButton", foreground=[("active", palette.side)], background=[])
    style.layout("Eye.TButton", [("Button.label", {"sticky": "nsew"})])
    style.configure("Eye.TButton", padding=0, background=palette.field)


def _choices(look: Look, style: ttk.Style) -> None:
    palette, px, images = look.palette, look.px, look.images

    def mark(kind: str, on: bool, ring: str = "", rests: bool = False) -> str:
        fill, edge = (palette.accent, palette.accent) if on else ("", palette.muted)
        if rests:
            fill, edge = (palette.switch_off if on else ""), palette.switch_off
        return images.mark(kind, px(22), fill, edge, palette.on_accent if on else "", ring)

    for kind in ("check", "radio"):
        _element(style, f"{kind}.mark", mark(kind, False), [
            ("disabled", "selected", mark(kind, True, rests=True)),
            ("disabled", mark(kind, False, rests=True)),
            ("focus", "selected", mark(kind, True, palette.focus)),
            ("focus", mark(kind, False, palette.focus)),
            ("selected", mark(kind, True)),
        ], "-sticky", "w", "-width", px(29))  # fmt: skip

    def slide(track: str, on: bool, ring: str = "", knob: str = "#ffffff") -> str:
        return images.switch(px(26), track, on, knob, ring)

    states = [
        ("disabled", "selected", slide(palette.switch_off, True, knob=palette.side)),
        ("disabled", slide(palette.disabled, False, knob=palette.switch_off)),
        ("focus", "selected", slide(palette.accent, True, palette.focus)),
        ("focus", slide(palette.switch_off, False, palette.focus)),
        ("selected", slide(palette.accent, True)),
    ]
    off = slide(palette.switch_off, False)
    _element(style, "switch.mark", off, states, "-sticky", "w", "-width", px(54))
    _element(style, "bare.mark", off, states, "-sticky", "e")  # no text beside it
    for name, mark_name, label in (
        ("TCheckbutton", "check", "Checkbutton"),
        ("TRadiobutton", "radio", "Radiobutton"),
        ("Switch.TCheckbutton", "switch", "Checkbutton"),
        ("Bare.TCheckbutton", "bare", "Checkbutton"),
    ):
        text: Any = (f"{label}.label", {"side": "left", "sticky": ""})
        style.layout(name, [(f"{mark_name}.mark", {"side": "left"}), text])
        style.map(name, foreground=[("disabled", palette.muted)])


def _segments(look: Look, style: ttk.Style) -> None:
    """Choices that stand beside each other in one frame, or below each other at the left."""
    palette, px = look.palette, look.px
    accent = palette.accent
    _element(style, "Segment.box", _box(look, "", radius=6), [
        ("disabled", "selected", _box(look, palette.switch_off, radius=6)),
        ("disabled", _box(look, "", radius=6)),
        ("selected", "focus", _box(look, accent, accent, palette.on_accent, radius=6)),
        ("selected", _box(look, accent, radius=6)),
        ("focus", _box(look, "", palette.focus, radius=6)),
        ("active", _box(look, palette.pressed, radius=6)),
    ], "-border", px(8), "-sticky", "nsew", "-padding", (px(12), px(5)))  # fmt: skip
    _element(style, "Side.box", _box(look, ""), [
        ("selected", "focus", _box(look, palette.selected, palette.selected, palette.on_selected)),
        ("selected", _box(look, palette.selected)),
        ("focus", _box(look, palette.hover, palette.focus)),
        ("active", _box(look, palette.pressed)),
    ], "-border", px(9), "-sticky", "nsew", "-padding", (px(12), px(8)))  # fmt: skip
    for name, front, back in (
        ("Segment", palette.on_accent, palette.field),
        ("Side", palette.on_selected, palette.hover),
    ):
        label: Any = ("Radiobutton.label", {"sticky": "nsew"})
        box: Any = (f"{name}.box", {"sticky": "nsew", "children": [label]})
        style.layout(f"{name}.TRadiobutton", [box])
        style.configure(f"{name}.TRadiobutton", background=back)
        style.map(
            f"{name}.TRadiobutton",
            foreground=[("disabled", palette.muted), ("selected", front)],
            background=[],
        )
    style.configure("Segment.TRadiobutton", anchor="center")


def _labels(look: Look, style: ttk.Style) -> None:
    palette, fonts = look.palette, look.fonts
    for name, font, colour in (
        ("Title", "title", palette.text),
        ("Heading", "heading", palette.text),
        ("Section", "small_bold", palette.link),
        ("Muted", "small", palette.muted),
        ("Small", "small", palette.text),
        ("Error", "small", palette.error),
        ("Link", "text", palette.link),
    ):
        style.configure(f"{name}.TLabel", font=fonts[font], foreground=colour)
    style.map("TLabel", foreground=[("disabled", palette.muted)])
    _element(style, "Key.box", _box(look, palette.field, radius=5), [], "-border", look.px(7),
             "-sticky", "nsew", "-padding", (look.px(7), look.px(3)))  # fmt: skip
    label: Any = ("Label.label", {"sticky": "nsew"})
    style.layout("Key.TLabel", [("Key.box", {"sticky": "nsew", "children": [label]})])
    style.configure("Key.TLabel", font=fonts["small"], foreground=palette.text)


def _frames(look: Look, style: ttk.Style) -> None:
    palette, px = look.palette, look.px
    for name, fill in (("Segments", palette.field), ("Card", palette.field)):
        _element(style, f"{name}.box", _box(look, fill), [], "-border", px(9), "-sticky", "nsew",
                 "-padding", 0)  # fmt: skip
        style.layout(f"{name}.TFrame", [(f"{name}.box", {"sticky": "nsew"})])
    style.configure("Side.TFrame", background=palette.hover)
    style.configure("Line.TFrame", background=palette.line)


def _bars(look: Look, style: ttk.Style) -> None:
    palette, px, images = look.palette, look.px, look.images
    width = px(8)

    def thumb(colour: str) -> str:
        return images.pill(width, 3 * width, colour, "")

    def line(colour: str) -> str:
        return images.pill(px(24), px(6), colour, "")

    clear = images.pill(width, width, palette.side, palette.side)
    _element(style, "Thin.trough", clear, [], "-border", 0, "-sticky", "nsew")
    _element(style, "Thin.thumb", thumb(palette.thumb), [
        ("disabled", clear), ("pressed", thumb(palette.muted)), ("active", thumb(palette.muted)),
    ], "-border", (0, width), "-sticky", "ns", "-padding", 0)  # fmt: skip
    bar: Any = ("Thin.thumb", {"expand": True, "sticky": "nsew"})
    style.layout("Vertical.TScrollbar", [("Thin.trough", {"sticky": "ns", "children": [bar]})])
    _element(style, "Track.trough", line(palette.switch_off), [], "-border", (px(8), 0),
             "-sticky", "ew", "-padding", 0)  # fmt: skip
    knob = {
        ring: images.mark("radio", px(24), palette.accent, palette.accent, "", ring)
        for ring in ("", palette.focus)
    }
    _element(style, "Track.slider", knob[""], [("focus", knob[palette.focus])], "-sticky", "")
    slider: Any = ("Track.slider", {"side": "left", "sticky": ""})
    trough: Any = ("Track.trough", {"sticky": "ew"})
    style.layout(
        "Horizontal.TScale", [("Scale.focus", {"sticky": "nsew", "children": [trough, slider]})]
    )
    _element(style, "Track.pbar", line(palette.accent), [], "-border", (px(8), 0),
             "-sticky", "ew", "-padding", 0)  # fmt: skip
    done: Any = ("Track.pbar", {"side": "left", "sticky": ""})
    style.layout(
        "Horizontal.TProgressbar", [("Track.trough", {"sticky": "ew", "children": [done]})]
    )


def _popdowns(look: Look, style: ttk.Style) -> None:
    """Lists of comboboxes are Tk's own listboxes: those made from now on take these options (see
    `controls.Choice` for those that are there)."""
    for option, value in list_colours(look).items():
        look.root.option_add(f"*TCombobox*Listbox.{option}", value, 80)


def list_colours(look: Look) -> dict[str, str]:
    """The options of a listbox that give it the look's colours."""
    palette = look.palette
    return {
        "background": palette.field, "foreground": palette.text, "font": str(look.fonts["text"]),
        "selectBackground": palette.accent, "selectForeground": palette.on_accent,
        "borderWidth": "0", "highlightThickness": "0", "relief": "flat", "activeStyle": "none",
    }  # fmt: skip
