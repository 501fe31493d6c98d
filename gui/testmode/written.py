"""What can be read on the screen, and where: for tests, which click on words as a person does.

What stands in fields is left out: it may be a password.
"""

import tkinter
from collections.abc import Iterator
from tkinter import ttk
from typing import Any, NamedTuple


class Word(NamedTuple):
    """A piece of text, or what an icon is called; the place is its middle, on the screen."""

    text: str
    x: int
    y: int


def written(widget: tkinter.Misc) -> list[Word]:
    """All of it in this widget and those inside it, its menus and dialogs too."""
    return [word for word in _words(widget) if word.text.strip()]


def _words(widget: tkinter.Misc) -> Iterator[Word]:
    if isinstance(widget, tkinter.Menu):
        yield from _menu(widget)
    elif widget.winfo_viewable():
        for word in _own(widget):
            if _open_to(widget, word):
                yield word
    for child in widget.winfo_children():
        yield from _words(child)


def _open_to(widget: tkinter.Misc, word: Word) -> bool:
    """True if nothing of ours lies over it."""
    top: Any = widget.winfo_containing(word.x, word.y)
    return top is not None and (top is widget or str(top).startswith(f"{widget}."))


def _own(widget: tkinter.Misc) -> Iterator[Word]:
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    middle = left + widget.winfo_width() // 2, top + widget.winfo_height() // 2
    if isinstance(widget, tkinter.Canvas):
        for item in widget.find_all():
            if str(widget.type(item)) == "text" and (box := widget.bbox(item)):
                x = (box[0] + box[2]) // 2 - round(widget.canvasx(0))
                y = (box[1] + box[3]) // 2 - round(widget.canvasy(0))
                if 0 <= x < widget.winfo_width() and 0 <= y < widget.winfo_height():
                    text = str(widget.itemcget(item, "text"))  # type: ignore[no-untyped-call]
                    yield Word(text, left + x, top + y)
    elif isinstance(widget, tkinter.Label | tkinter.Button | ttk.Label | ttk.Button):
        tip = getattr(getattr(widget, "tooltip", None), "text", "")
        yield Word(str(widget.cget("text")) or tip, *middle)
    elif isinstance(widget, ttk.Checkbutton | ttk.Radiobutton):
        yield Word(str(widget.cget("text")), *middle)


def _menu(menu: tkinter.Menu) -> Iterator[Word]:
    last = menu.index("end")
    if not menu.winfo_viewable() or last is None:
        return
    left, top, width = menu.winfo_rootx(), menu.winfo_rooty(), menu.winfo_width()
    for index in range(last + 1):
        if str(menu.type(index)) != "separator":
            y = top + menu.yposition(index) + 12
            yield Word(str(menu.entrycget(index, "label")).strip(), left + width // 2, y)
