"""Menus are made of entries that apply."""

import tkinter

import pytest

from gui.palette import DARK
from gui.theme import Look
from gui.views.popup import LINE, Entry, open_menu, shown

pytestmark = pytest.mark.window


def labels(entries: list[Entry]) -> list[str]:
    return [entry.label for entry in shown(entries)]


def entry(label: str, when: bool = True) -> Entry:
    return Entry(label, "", lambda: None, when)


def test_lines_divide_only_what_is_there() -> None:
    assert labels([LINE, entry("a"), LINE, entry("b", False), LINE, entry("c"), LINE]) == [
        "a", "", "c",
    ]  # fmt: skip
    assert labels([LINE, entry("a", False), LINE]) == []


def test_a_menu(root: tkinter.Tk, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tkinter.Menu, "tk_popup", lambda menu, x, y: None)
    done: list[str] = []
    inside = (Entry("In\U0001f600", "", lambda: done.append("inside"), checked=True),)
    menu = open_menu(
        look,
        [
            ("Plain", "Ctrl+P", lambda: done.append("plain")),
            LINE,
            Entry("More", "", lambda: None, inside=inside),
            Entry("Leave", "", lambda: done.append("leave"), icon="exit", danger=True),
        ],
        10, 10,
    )  # fmt: skip
    assert menu.entrycget(0, "accelerator").strip() == "Ctrl+P"
    assert menu.entrycget(1, "state") == "disabled"
    assert any(isinstance(one, tkinter.Frame) for one in menu.winfo_children())
    assert str(menu.entrycget(3, "foreground")) == DARK.error
    menu.invoke(0)
    menu.invoke(3)
    submenu = menu.nametowidget(menu.entrycget(2, "menu"))
    assert submenu.entrycget(0, "label").strip() == "In\u25ab"
    submenu.invoke(0)
    assert done == ["plain", "leave", "inside"]
    other = open_menu(look, [entry("a")], 10, 10)
    assert not menu.winfo_exists()
    assert other.winfo_exists()
