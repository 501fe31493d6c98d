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


def test_a_menu_has_the_looks_colours(
    root: tkinter.Tk, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tkinter.Menu, "tk_popup", lambda menu, x, y: None)
    inside = (Entry("Inside", "", lambda: None),)
    entries = [
        Entry("Plain", "Ctrl+P", lambda: None, icon="copy"),
        LINE,
        Entry("More", "", lambda: None, inside=inside),
    ]
    menu = open_menu(look, entries, 10, 10)
    key, arrow = (
        one
        for one in menu.winfo_children()
        if isinstance(one, tkinter.Label) and one.winfo_manager() == "place"
    )
    assert key.cget("text") == "Ctrl+P"
    assert str(key.cget("foreground")) == DARK.muted
    idle = menu.entrycget(0, "image"), arrow.cget("image")

    def light(place: int | str) -> None:
        """Put the pointer on an entry."""
        menu.activate(place)
        menu.event_generate("<<MenuSelect>>")

    bare = len(menu.place_slaves())
    light(0)
    assert str(key.cget("foreground")) == DARK.on_selected
    assert menu.entrycget(0, "image") != idle[0]
    assert len(menu.place_slaves()) == bare + 4
    light(2)
    assert str(key.cget("foreground")) == DARK.muted
    assert menu.entrycget(0, "image") == idle[0]
    assert arrow.cget("image") != idle[1]
    light("none")
    assert len(menu.place_slaves()) == bare
    assert arrow.cget("image") == idle[1]


def test_what_lies_on_a_menu_does_not_stop_the_pointer(
    root: tkinter.Tk, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tkinter.Menu, "tk_popup", lambda menu, x, y: None)
    menu = open_menu(look, [Entry("Plain", "Ctrl+P", lambda: None)], 10, 10)
    key = next(one for one in menu.place_slaves() if isinstance(one, tkinter.Label))
    menu.post(10, 10)
    menu.update()
    seen: list[tuple[int, int]] = []
    menu.bind("<Motion>", lambda event: seen.append((event.x, event.y)))
    key.event_generate(
        "<Motion>", x=3, y=4, rootx=key.winfo_rootx() + 3, rooty=key.winfo_rooty() + 4
    )
    menu.unpost()
    assert seen == [(key.winfo_x() + 3, key.winfo_y() + 4)]
