"""Notifications and the theme on a real bus, with a desktop of our own at its other end."""

import asyncio
import contextlib
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest

pytest.importorskip("dbus_fast")  # comes with the notifications on Linux

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from gui.model.notification import Notification, NotificationClicked, NotShown
from gui.notifications import DesktopNotifications
from gui.systemtheme import ask

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="dbus-daemon is missing")

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
PORTAL = "org.freedesktop.portal.Desktop"
XML = f"""<node><interface name="{NAME}">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="Notify">
  <arg name="app_name" type="s" direction="in"/><arg name="replaces_id" type="u" direction="in"/>
  <arg name="app_icon" type="s" direction="in"/><arg name="summary" type="s" direction="in"/>
  <arg name="body" type="s" direction="in"/><arg name="actions" type="as" direction="in"/>
  <arg name="hints" type="a{{sv}}" direction="in"/><arg name="timeout" type="i" direction="in"/>
  <arg type="u" direction="out"/></method>
<method name="GetServerInformation">
  <arg type="s" direction="out"/><arg type="s" direction="out"/>
  <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="CloseNotification"><arg name="id" type="u" direction="in"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


class Desktop:
    """Shows notifications and tells its colour scheme, in a thread."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.shown: queue.Queue[tuple[int, str, str]] = queue.Queue()
        self.closed: queue.Queue[int] = queue.Queue()
        self.scheme, self._last = 2, 0
        self._gone = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._serve()])
        self._thread.start()
        assert self._ready.wait(10)

    async def _serve(self) -> None:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name(NAME)
        await self._bus.request_name(PORTAL)
        self._ready.set()
        await self._gone.wait()
        self._bus.disconnect()
        await asyncio.sleep(0.01)  # until its socket is closed

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        body = message.body
        if message.member == "Introspect":
            return Message.new_method_return(message, "s", [XML])
        if message.member == "GetCapabilities":
            return Message.new_method_return(message, "as", [["actions", "body", "body-markup"]])
        if message.member == "GetServerInformation":
            return Message.new_method_return(message, "ssss", ["test", "nobody", "1", "1.2"])
        if message.member == "Notify":
            self._last += 1
            self.shown.put((self._last, body[3], body[4]))
            return Message.new_method_return(message, "u", [self._last])
        if message.member == "CloseNotification":
            self.closed.put(body[0])
            return Message.new_method_return(message)
        if message.member == "Read" and body == ["org.freedesktop.appearance", "color-scheme"]:
            value = Variant("v", Variant("u", self.scheme))
            return Message.new_method_return(message, "v", [value])
        return None

    def click(self, number: int) -> None:
        """As if its user clicked a notification."""
        signal = Message.new_signal(PATH, NAME, "ActionInvoked", "us", [number, "default"])
        self._loop.call_soon_threadsafe(self._bus.send, signal)

    def stop(self) -> None:
        """End the thread."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._gone.set)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        made = Desktop(address)
        yield made
        made.stop()
        daemon.terminate()


def clicked(desktop: Desktop, number: int, posted: "queue.Queue[object]") -> object:
    """Click until it is told: the other side may not have the notification's number yet."""
    for _ in range(100):
        desktop.click(number)
        with contextlib.suppress(queue.Empty):
            return posted.get(timeout=0.1)
    raise AssertionError("nobody was told of the click")


def test_shown_clicked_replaced_withdrawn(desktop: Desktop) -> None:
    posted: queue.Queue[object] = queue.Queue()
    notifications = DesktopNotifications(posted.put)
    try:
        notifications.show(Notification("#room", "ada in #room", "<b>1 & 2</b>"))
        first, title, text = desktop.shown.get(timeout=10)
        assert (title, text) == ("ada in #room", "&lt;b&gt;1 &amp; 2&lt;/b&gt;")
        notifications.show(Notification("#room", "#room", "3 new messages"))
        assert desktop.closed.get(timeout=10) == first
        second = desktop.shown.get(timeout=10)[0]
        assert clicked(desktop, second, posted) == NotificationClicked("#room")
        notifications.show(Notification("ada", "ada", "psst"))
        third = desktop.shown.get(timeout=10)[0]
        notifications.withdraw("ada")
        assert desktop.closed.get(timeout=10) == third
        while not posted.empty():  # of more than one click
            assert posted.get() == NotificationClicked("#room")
    finally:
        notifications.stop()


def test_a_desktop_that_goes_away(desktop: Desktop) -> None:
    posted: queue.Queue[object] = queue.Queue()
    notifications = DesktopNotifications(posted.put)
    told = Notification("ada", "ada", "psst")
    try:
        notifications.show(told)
        desktop.shown.get(timeout=10)
        desktop.stop()
        notifications.show(told)
        assert posted.get(timeout=20) == NotShown(told)
    finally:
        notifications.stop()


def test_the_portal_is_asked_for_the_theme(desktop: Desktop) -> None:
    assert ask() == "light"
    desktop.scheme = 1
    assert ask() == "dark"
