"""Whether the desktop prefers dark or light, asked in a thread: it may take seconds.

Linux and the BSDs: the settings portal (`org.freedesktop.appearance`, `color-scheme`), else
`gsettings`; macOS: `defaults`; Windows: the registry.
"""

import asyncio
import importlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

from gui.model.preferences import SystemTheme

_WAIT = 3.0  # seconds for an answer
_PAUSE = 5.0  # seconds between two questions
_SCHEMES: Final = {1: "dark", 2: "light"}


def portal_theme(value: object) -> str:
    """What the portal's answer means, '' for no preference: a number in one or two variants."""
    while hasattr(value, "value"):
        value = value.value
    return _SCHEMES.get(value, "") if isinstance(value, int) else ""


def gnome_theme(scheme: str, theme: str = "") -> str:
    """What `gsettings` says: the colour scheme, and for older desktops the theme's name."""
    if "prefer-dark" in scheme:
        return "dark"
    if "prefer-light" in scheme:
        return "light"
    return "dark" if theme.strip().strip("'").lower().endswith(("-dark", ":dark")) else ""


async def _ask_portal() -> str:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    bus = await MessageBus().connect()
    try:
        answer = await bus.call(
            Message(
                destination="org.freedesktop.portal.Desktop",
                path="/org/freedesktop/portal/desktop",
                interface="org.freedesktop.portal.Settings",
                member="Read",
                signature="ss",
                body=["org.freedesktop.appearance", "color-scheme"],
            )
        )
    finally:
        bus.disconnect()
    return portal_theme(answer.body[0]) if answer and answer.body else ""


def _output(*command: str) -> str:
    """What a program prints; '' if it is missing or fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_WAIT, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _unix() -> str:
    try:
        found = asyncio.run(asyncio.wait_for(_ask_portal(), _WAIT))
    except Exception:  # no bus, no portal, or one that answers nonsense
        found = ""
    if found:
        return found
    schema = "org.gnome.desktop.interface"
    scheme = _output("gsettings", "get", schema, "color-scheme")
    return gnome_theme(scheme, _output("gsettings", "get", schema, "gtk-theme") if scheme else "")


def _macos() -> str:
    return "dark" if "Dark" in _output("defaults", "read", "-g", "AppleInterfaceStyle") else "light"


def _windows() -> str:
    registry = importlib.import_module("winreg")  # is nowhere else
    path = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
            light, _ = registry.QueryValueEx(key, "AppsUseLightTheme")
    except OSError:
        return ""
    return "light" if light else "dark"


_ASKED: Final = {"darwin": _macos, "win32": _windows}


def ask() -> str:
    """'dark', 'light', or '' where nothing is known."""
    return _ASKED.get(sys.platform, _unix)()


class ThemeWatcher:
    """`look` asks, and posts the answer as `SystemTheme`; never twice at a time, and not more than
    once in five seconds."""

    def __init__(
        self,
        post: Callable[[object], None],
        question: Callable[[], str] = ask,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post, self._question, self._clock = post, question, clock
        self._thread: threading.Thread | None = None
        self._asked = float("-inf")

    def look(self) -> None:
        """Something may have changed: ask, without waiting for the answer."""
        busy = self._thread is not None and self._thread.is_alive()
        if busy or self._clock() - self._asked < _PAUSE:
            return
        self._asked = self._clock()
        self._thread = threading.Thread(target=self._ask, name="system-theme", daemon=True)
        self._thread.start()

    def _ask(self) -> None:
        theme = self._question()
        if theme:
            self._post(SystemTheme(theme))
