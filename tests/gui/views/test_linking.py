"""No link reaches the browser without having been seen."""

import tkinter

import pytest

from gui.theme import Look
from gui.views.linking import Links
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda link, new: found.append(link))
    return found


def asking(links: Links) -> bool:
    """True while the question is on the screen."""
    return links.dialog is not None


def words(widget: tkinter.Misc) -> str:
    """All texts of a dialog."""
    found = []
    for child in widget.winfo_children():
        if isinstance(child, tkinter.Text):
            found.append(child.get("1.0", "end").strip())
        elif "text" in child.keys():  # noqa: SIM118 - a widget's options
            found.append(str(child.cget("text")))
        found.append(words(child))
    return "\n".join(found)


def test_the_whole_address_is_shown(root: tkinter.Tk, look: Look, opened: list[str]) -> None:
    links = Links(look)
    link = "https://bank.example@b\u00fccher.example/" + "x" * 300
    links.open(link)
    assert links.dialog is not None
    shown = words(links.dialog)
    assert link in shown
    assert "xn--bcher-kva.example" in shown
    assert "before the @" in shown
    assert "Always" not in shown
    assert opened == []


def test_who_does_not_want_to_be_asked_is_only_asked_about_odd_ones(
    root: tkinter.Tk, look: Look, opened: list[str]
) -> None:
    links = Links(look, lambda: False)
    links.open("https://a.example/1")
    assert opened == ["https://a.example/1"]
    links.open("https://bank.example@evil.example/")
    assert links.dialog is not None
    assert len(opened) == 1


def test_open_copy_and_cancel(
    root: tkinter.Tk, look: Look, opened: list[str], until: Until
) -> None:
    links = Links(look)
    links.open("https://a.example/1")
    assert links.dialog is not None
    until(lambda: links.dialog and links.dialog.winfo_viewable())
    links.dialog._open()
    assert opened == ["https://a.example/1"]
    links.open("https://a.example/2")
    links.dialog._copy()
    assert root.clipboard_get() == "https://a.example/2"
    links.open("https://a.example/3")
    links.dialog.event_generate("<Escape>")
    links.close()
    assert not asking(links)
    assert opened == ["https://a.example/1"]


def test_a_trusted_host_is_opened_at_once(look: Look, opened: list[str]) -> None:
    links = Links(look)
    links.open("https://a.example/1")
    assert links.dialog is not None
    links.dialog._always.set(True)
    links.dialog._open()
    links.open("https://a.example/2")
    assert not asking(links)
    links.open("https://x@a.example/3")
    assert asking(links)
    links.open("https://b.a.example/4")
    assert opened == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize("link", ["file:///x", "javascript:x", "https://a.example/\u202e"])
def test_nothing_else_is_even_asked_about(look: Look, opened: list[str], link: str) -> None:
    links = Links(look)
    links.open(link)
    assert not asking(links)
