"""The menu of what can be typed into."""

import tkinter

import pytest

from gui.theme import Look
from gui.views.entry import Entry
from gui.views.popup import current, shown
from gui.views.textmenu import entries
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


def offered(entry: Entry) -> list[str]:
    return [one.label for one in shown(entries(entry)) if one.label]


def press(entry: Entry, label: str) -> None:
    next(one for one in entries(entry) if one.label == label).command()
    entry.update()


def test_what_is_offered_and_done(root: tkinter.Tk, look: Look, until: Until) -> None:
    entry = Entry(root, look, 20)
    entry.pack()
    entry.focus_force()
    root.clipboard_clear()
    root.clipboard_append("two")
    assert offered(entry) == ["Paste"]
    entry.insert("end", "one \U0001f600")
    assert offered(entry) == ["Paste", "Select all"]
    press(entry, "Select all")
    assert offered(entry) == ["Cut", "Copy", "Paste", "Select all"]
    press(entry, "Copy")
    assert root.clipboard_get(type="UTF8_STRING") == "one \U0001f600"
    press(entry, "Cut")
    assert entry.get() == ""
    press(entry, "Paste")
    assert entry.get() == "one \U0001f600"
    entry.configure(state="disabled")
    assert offered(entry) == ["Select all"]
    entry.destroy()


def test_a_right_click_opens_it(
    root: tkinter.Tk, look: Look, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tkinter.Menu, "tk_popup", lambda menu, x, y: menu.post(x, y))
    entry = Entry(root, look, 20)
    entry.pack()
    until(entry.winfo_viewable)
    entry.event_generate("<Button-3>", x=3, y=3)
    until(lambda: current(root) is not None)
    menu = current(root)
    assert menu is not None
    assert str(menu.entrycget(0, "label")).strip() == "Paste"
    menu.unpost()
    entry.destroy()
