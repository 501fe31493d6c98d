"""The menu of a text that can be typed into: what the clipboard is for."""

from __future__ import annotations

import tkinter
from functools import partial

from gui.theme import Look
from gui.views.popup import LINE, Entry, open_menu


def give_menu(text: tkinter.Text, look: Look, *covers: tkinter.Misc) -> None:
    """A right click on it, or on what covers it, opens the menu."""
    for widget in (text, *covers):
        widget.bind("<Button-3>", lambda event: _open(text, look, event))


def entries(text: tkinter.Text) -> list[Entry]:
    """Those that apply now."""
    chosen = bool(text.tag_ranges("sel"))
    writable = str(text.cget("state")) == "normal"
    filled = text.compare("1.0", "!=", "end-1c")

    def of(label: str, key: str, event: str, when: bool, icon: str) -> Entry:
        return Entry(label, key, partial(text.event_generate, event), when, icon)

    return [
        of("Cut", "Ctrl+X", "<<Cut>>", chosen and writable, "cut"),
        of("Copy", "Ctrl+C", "<<Copy>>", chosen, "copy"),
        of("Paste", "Ctrl+V", "<<Paste>>", writable, "paste"),
        LINE,
        Entry("Select all", "Ctrl+A", partial(text.tag_add, "sel", "1.0", "end-1c"), filled),
    ]


def _open(text: tkinter.Text, look: Look, event: tkinter.Event[tkinter.Misc]) -> str:
    offered = entries(text)
    if str(text.cget("state")) == "normal":
        text.focus_set()
    if any(one.when and one is not LINE for one in offered):
        open_menu(look, offered, event.x_root, event.y_root)
    return "break"
