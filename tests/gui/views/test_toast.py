"""Toasts: at most three, one for each conversation, gone by themselves or by a click."""

import tkinter

import pytest

from gui.model.notification import Notification
from gui.palette import LIGHT
from gui.theme import Look
from gui.views import toast
from gui.views.toast import Notices
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window


def told(key: str, text: str = "hi \U0001f600") -> Notification:
    return Notification(key, f"{key} says", text, key)


def test_there_are_three_at_most_and_one_for_each(root: tkinter.Tk, look: Look) -> None:
    notices = Notices(look, lambda key: None)
    for key in "abcad":
        notices.toast(told(key))
    root.update()
    assert [one.notification.key for one in notices.toasts] == ["c", "a", "d"]
    places = [one.winfo_y() for one in notices.toasts]
    assert places == sorted(set(places))
    assert "d says" in texts(notices.toasts[-1])
    look.change(LIGHT, 1.5)
    root.update()
    assert notices.toasts[-1].winfo_width() == look.px(320)


def test_a_click_opens_and_the_cross_closes(root: tkinter.Tk, look: Look, until: Until) -> None:
    clicked: list[str] = []
    notices = Notices(look, clicked.append)
    notices.toast(told("a"))
    notices.toast(told("b"))
    root.update()
    first, second = notices.toasts
    first.event_generate("<Button-1>", x=30, y=30)
    second.event_generate("<Button-1>", x=310, y=10)
    until(lambda: not notices.toasts)
    assert clicked == ["a"]


def test_what_is_not_needed_any_more(root: tkinter.Tk, look: Look) -> None:
    notices = Notices(look, lambda key: None)
    for key in "ab":
        notices.toast(told(key))
    notices.withdraw("a")
    notices.withdraw("c")
    assert [one.notification.key for one in notices.toasts] == ["b"]


def test_they_go_by_themselves_but_not_under_the_pointer(
    root: tkinter.Tk, look: Look, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast, "_SECONDS", 0)
    notices = Notices(look, lambda key: None)
    notices.toast(told("a"))
    kept = notices.toasts[0]
    kept._stop()
    notices.toast(told("b"))
    until(lambda: notices.toasts == [kept])
    kept._start()
    until(lambda: not notices.toasts)


def test_the_icon_has_a_dot_while_messages_wait(
    root: tkinter.Tk, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices, drawn = Notices(look, lambda key: None), []
    monkeypatch.setattr(notices, "_icon", lambda: drawn.append(notices._waiting))
    for count in (1, 2, 0, 0):
        notices.show_waiting(count)
    assert drawn == [1, 0]
