"""Lets a test ask the running program what it shows.  Only on request: PARLOR_TEST=1.

The state goes out as JSON, by the Tcl command `parlor_state` (for Tk's `send`, which only works
on a screen with xauth authorization) and, where PARLOR_TEST_SOCKET names a path, to whoever
connects to that Unix socket.  Without PARLOR_TEST the `send` command is taken away, because with
it any program on the same screen could run code in this one.
"""

import contextlib
import os
import socket
from pathlib import Path

import msgspec

from gui.presenter.presenter import Presenter
from gui.testmode.state import shown
from gui.testmode.written import written
from gui.views.loop import TkLoop
from gui.views.window import Window


def wanted() -> bool:
    """True if a test asks for it."""
    return os.environ.get("PARLOR_TEST") == "1"


def window_name() -> str:
    """The name by which a test finds the window on the screen."""
    return os.environ.get("PARLOR_TEST_NAME", "Parlor") if wanted() else "Parlor"


class TestDoor:
    """Answers with the program's state."""

    __test__ = False  # not a test case

    def __init__(self, loop: TkLoop, window: Window, presenter: Presenter) -> None:
        self._loop, self._window, self._presenter = loop, window, presenter
        loop.command("parlor_state", lambda: self.state().decode())
        self._path = os.environ.get("PARLOR_TEST_SOCKET", "")
        self._listener: socket.socket | None = None
        if self._path:
            self._listen()

    def _listen(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self._path)
        self._listener.listen(8)
        self._listener.setblocking(False)
        self._loop.watch(self._listener, self._answer)

    def _answer(self) -> None:
        if self._listener is None:
            return
        try:
            peer, _address = self._listener.accept()
        except BlockingIOError:
            return
        with peer, contextlib.suppress(OSError):
            peer.settimeout(2.0)
            peer.sendall(self.state())

    def state(self) -> bytes:
        """Everything that is shown, as JSON."""
        state = shown(self._window, self._presenter)
        return msgspec.json.encode(state | {"written": written(self._window.root)})

    def close(self) -> None:
        """Remove the socket."""
        if self._listener is not None:
            self._loop.unwatch(self._listener)
            self._listener.close()
            Path(self._path).unlink(missing_ok=True)
