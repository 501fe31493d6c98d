"""The desktop's notifications, by desktop-notifier, in a thread with an event loop of its own.

The thread begins with the first notification.  Whatever goes wrong there (no bus, no daemon, an
answer that never comes) ends in the signal `NotShown`, and for a minute nothing more is tried.
Texts come from strangers: what daemons take for HTML is escaped.
"""

import asyncio
import contextlib
import html
import logging
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from gui.model.notification import Notification, NotificationClicked, Notifier, NotShown

_WAIT = 4.0  # seconds for the desktop to answer
_REST = 60.0  # seconds without another attempt after one that failed
_LOOKALIKES: Final = str.maketrans({"<": "\u2039", ">": "\u203a", "&": "+"})


class Backend(Protocol):
    """As much of `desktop_notifier.DesktopNotifier` as is used here."""

    async def show(self, title: str, text: str, on_click: Callable[[], None]) -> str:
        """Show it; its id.  Raises any exception where that is not possible."""

    async def clear(self, identifier: str) -> None:
        """Take one away."""

    def close(self) -> None:
        """Nothing more comes."""


def escaped(text: str) -> str:
    """A text for daemons that draw HTML, as most on Linux and the BSDs do."""
    return text if sys.platform in ("darwin", "win32") else html.escape(text, quote=False)


def plain(title: str) -> str:
    """A title: by the standard no HTML, but not every daemon knows."""
    return title.translate(_LOOKALIKES)


class DesktopBackend:
    """See `Backend`; made in the thread that uses it."""

    def __init__(self) -> None:
        from desktop_notifier import Capability, DesktopNotifier

        logger = logging.getLogger("desktop_notifier")
        logger.propagate = False
        logger.addHandler(logging.NullHandler())
        self._notifier = DesktopNotifier(app_name="Parlor", app_icon=None)
        self._needed = Capability.TITLE

    async def show(self, title: str, text: str, on_click: Callable[[], None]) -> str:
        """See `Backend`."""
        if self._needed not in await self._notifier.get_capabilities():
            raise OSError("there is nothing that shows notifications")
        dispatched: list[bool] = []  # the library only logs what goes wrong
        identifier = await self._notifier.send(
            title, text, on_clicked=on_click, on_dispatched=lambda: dispatched.append(True)
        )
        if not dispatched:
            raise OSError("the notification was not taken")
        return identifier

    async def clear(self, identifier: str) -> None:
        """See `Backend`."""
        await self._notifier.clear(identifier)

    def close(self) -> None:
        """See `Backend`.  The library never closes its connection to the bus."""
        bus = getattr(getattr(self._notifier, "_backend", None), "bus", None)
        if bus is not None:
            bus.disconnect()


class DesktopNotifications(Notifier):
    """`post` takes signals from any thread; `make` gives the backend, in the thread."""

    def __init__(
        self,
        post: Callable[[object], None],
        make: Callable[[], Backend] = DesktopBackend,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post, self._make, self._clock = post, make, clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._backend: Backend | None = None
        self._shown: dict[str, str] = {}  # conversation: id of its notification
        self._resting_until = 0.0
        self._turn = asyncio.Lock()  # one after the other: each takes the former one's place

    def show(self, notification: Notification) -> bool:
        """See `Notifier`."""
        if self._clock() < self._resting_until:
            return False
        self._run(self._show(notification))
        return True

    def withdraw(self, key: str) -> None:
        """See `Notifier`."""
        if self._loop is not None:
            self._run(self._withdraw(key))

    def stop(self) -> None:
        """End the thread."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(2.0)

    # --- in the thread ------------------------------------------------------------------

    def _run(self, work: Any) -> None:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._serve, name="notifications", daemon=True)
            self._thread.start()
        asyncio.run_coroutine_threadsafe(work, self._loop)

    def _serve(self) -> None:
        loop = self._loop
        if loop is None:
            return
        asyncio.set_event_loop(loop)
        loop.run_forever()
        self._drop()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    async def _show(self, notification: Notification) -> None:
        async with self._turn:
            await self._show_now(notification)

    async def _show_now(self, notification: Notification) -> None:
        key = notification.key
        try:
            if self._backend is None:
                self._backend = self._make()
            await self._clear(key)
            self._shown[key] = await asyncio.wait_for(
                self._backend.show(
                    plain(notification.title),
                    escaped(notification.text),
                    lambda: self._post(NotificationClicked(key)),
                ),
                _WAIT,
            )
        except Exception:  # whatever the desktop's libraries raise
            self._drop()
            self._resting_until = self._clock() + _REST
            self._post(NotShown(notification))

    def _drop(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with contextlib.suppress(Exception):
                backend.close()

    async def _withdraw(self, key: str) -> None:
        async with self._turn:
            await self._clear(key)

    async def _clear(self, key: str) -> None:
        identifier = self._shown.pop(key, "")
        if identifier and self._backend is not None:
            with contextlib.suppress(Exception):  # it may be gone, or the daemon is
                await asyncio.wait_for(self._backend.clear(identifier), _WAIT)
