"""Notifications of the desktop: their thread, what is told when they fail, texts of strangers."""

import asyncio
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from gui.model.notification import Notification, NotificationClicked, NotShown
from gui.notifications import DesktopBackend, DesktopNotifications, escaped, plain

TOLD = Notification("#room", "ada in #room", "<b>hi</b> & bye", "#room")


class FakeBackend:
    """Shows nothing; `error` is raised instead, `hangs` waits for ever."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.cleared: list[str] = []
        self.closed = 0
        self.error: Exception | None = None
        self.hangs = False
        self.click: Callable[[], None] = lambda: None
        self.thread: threading.Thread | None = None

    async def show(self, title: str, text: str, on_click: Callable[[], None]) -> str:
        self.thread, self.click = threading.current_thread(), on_click
        if self.error:
            raise self.error
        if self.hangs:
            await asyncio.sleep(60)
        self.shown.append((title, text))
        return f"id{len(self.shown)}"

    def close(self) -> None:
        self.closed += 1

    async def clear(self, identifier: str) -> None:
        self.cleared.append(identifier)
        raise KeyError(identifier)


class Desktop:
    """Notifications around a fake backend, with a clock of its own."""

    def __init__(self) -> None:
        self.backend, self.posted = FakeBackend(), queue.Queue[object]()
        self.now = 0.0
        self.notifications = DesktopNotifications(
            self.posted.put, lambda: self.backend, lambda: self.now
        )

    def wait(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.002)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    made = Desktop()
    yield made
    made.notifications.stop()


def test_it_is_shown_from_another_thread(desktop: Desktop) -> None:
    assert desktop.notifications.show(TOLD)
    desktop.wait(lambda: desktop.backend.shown)
    assert desktop.backend.thread is not threading.current_thread()
    assert desktop.backend.shown == [("ada in #room", escaped(TOLD.text))]
    desktop.backend.click()
    assert desktop.posted.get(timeout=10) == NotificationClicked("#room")


def test_a_later_one_takes_the_place_of_the_former(desktop: Desktop) -> None:
    desktop.notifications.show(TOLD)
    desktop.notifications.show(TOLD)
    desktop.wait(lambda: len(desktop.backend.shown) == 2)
    assert desktop.backend.cleared == ["id1"]
    desktop.notifications.withdraw("#room")
    desktop.wait(lambda: desktop.backend.cleared == ["id1", "id2"])


def test_a_failure_is_told_and_rests(desktop: Desktop) -> None:
    desktop.backend.error = OSError("no bus")
    assert desktop.notifications.show(TOLD)
    assert desktop.posted.get(timeout=10) == NotShown(TOLD)
    assert desktop.backend.closed == 1
    assert not desktop.notifications.show(TOLD)
    desktop.now, desktop.backend.error = 61.0, None
    assert desktop.notifications.show(TOLD)
    desktop.wait(lambda: desktop.backend.shown)


def test_a_desktop_that_never_answers(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.notifications._WAIT", 0.05)
    desktop.backend.hangs = True
    desktop.notifications.show(TOLD)
    assert desktop.posted.get(timeout=10) == NotShown(TOLD)


def test_nothing_to_withdraw_starts_no_thread(desktop: Desktop) -> None:
    desktop.notifications.withdraw("#room")
    assert desktop.notifications._thread is None


def test_without_a_bus_the_window_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    posted = queue.Queue[object]()
    notifications = DesktopNotifications(posted.put, DesktopBackend)
    notifications.show(TOLD)
    assert posted.get(timeout=10) == NotShown(TOLD)
    notifications.stop()


def test_texts_are_escaped_where_they_are_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert escaped("<img src=x> & 'quotes'") == "&lt;img src=x&gt; &amp; 'quotes'"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert escaped("a < b") == "a < b"
    assert "<" not in plain("<b>nick</b>")
