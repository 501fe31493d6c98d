"""A menu that opens at a place of the screen: entries are data.

open_menu(look, [
    Entry("Join a room…", "Ctrl+J", ask_room, icon="plus"),
    LINE,
    Entry("Leave", "", leave, when=room.joined, danger=True),
], x, y)
"""

import tkinter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from gui.model.text import drawable
from gui.theme import Look
from gui.views.menuskin import MenuSkin


class Entry(NamedTuple):
    """A line of a menu; it is left out unless `when`.  `icon` is a shape of `gui.views.icons`;
    `checked` puts a tick in its place; `danger` is for what destroys something; `inside` are the
    entries of a menu of its own."""

    label: str
    key: str
    command: Callable[[], object]
    when: bool = True
    icon: str = ""
    checked: bool = False
    danger: bool = False
    inside: tuple["Entry", ...] = ()


#: A line between groups of entries; those with nothing on one side of them are not drawn.
LINE: Final = Entry("", "", lambda: None)

_open: dict[tkinter.Misc, tkinter.Menu] = {}  # the menu that was opened last, by its window


def open_menu(
    look: Look, entries: Iterable[tuple[object, ...]], x: int, y: int, *, first: bool = False
) -> tkinter.Menu:
    """Show it; with `first` the keyboard is at its first entry."""
    last = _open.pop(look.root, None)
    if last is not None:
        last.destroy()
    menu = _open[look.root] = _menu(look, look.root, entries)
    menu.tk_popup(x, y)
    if first:
        menu.tk.call("tk::MenuFirstEntry", str(menu))
    return menu


def current(root: tkinter.Tk) -> tkinter.Menu | None:
    """The menu that is on the screen, None for none."""
    menu = _open.get(root)
    return menu if menu is not None and menu.winfo_viewable() else None


def _menu(look: Look, parent: tkinter.Misc, entries: Iterable[tuple[object, ...]]) -> tkinter.Menu:
    palette, px = look.palette, look.px
    menu = tkinter.Menu(
        parent, tearoff=False, borderwidth=px(5), relief="flat", activeborderwidth=0,
        background=palette.field, foreground=palette.text, activebackground=palette.selected,
        activeforeground=palette.on_selected, font=look.fonts["text"],
        disabledforeground=palette.muted,
    )  # fmt: skip
    chosen = shown(Entry(*one) for one in entries)  # type: ignore[arg-type]
    ours = menu.tk.call("tk", "windowingsystem") == "x11"  # elsewhere the desktop draws menus
    pictures = [_add(look, menu, entry, ours) for entry in chosen]
    if ours:
        MenuSkin(look, menu, chosen, pictures)
    return menu


def _add(look: Look, menu: tkinter.Menu, entry: Entry, ours: bool) -> tuple[str, str]:
    """Its icon's pictures: as it is, and with the pointer on it."""
    palette, px = look.palette, look.px
    if entry == LINE:
        if ours:  # Tk's own lines are of relief, and pale
            gap = look.images.pill(1, px(9), palette.field, "")
            menu.add_command(state="disabled", image=gap, hidemargin=True)
        else:
            menu.add_separator()
        return "", ""
    front = palette.error if entry.danger else palette.text
    shape = "tick_small" if entry.checked else entry.icon or "none"
    colour = palette.error if entry.danger else palette.text if entry.checked else palette.muted
    idle, lit = (
        look.images.menu_icon(shape, px(22), px(36), px(32), one)
        for one in (colour, palette.on_selected)
    )
    label = f" {drawable(entry.label)}  "
    if entry.inside:
        inside = _menu(look, menu, entry.inside)
        menu.add_cascade(label=label, menu=inside, image=idle, compound="left", foreground=front)
        return idle, lit
    key = f"  {entry.key} " if entry.key else ""
    menu.add_command(
        label=label, accelerator=key, command=entry.command, image=idle, compound="left",
        foreground=front,
    )  # fmt: skip
    return idle, lit


def shown(entries: Iterable[Entry]) -> list[Entry]:
    """Those that apply, without lines that divide nothing."""
    found: list[Entry] = []
    for entry in entries:
        if entry.when if entry.label else found and found[-1].label:
            found.append(entry if entry.label else LINE)
    if found and not found[-1].label:
        found.pop()
    return found
