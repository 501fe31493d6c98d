"""Real windows as subprocesses, the server they talk to, and xdotool as the person before them.

The windows are asked what they show over the socket of `gui.testmode`.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 30.0


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, at most half a minute."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"it did not come to this: {what}"
        time.sleep(0.05)


class Client:
    """A window as a subprocess: with `dialog` it asks first, else it connects as `nick`."""

    def __init__(
        self,
        nick: str,
        port: int,
        folder: Path,
        *more: str,
        env: Mapping[str, str] | None = None,
        dialog: bool = False,
    ) -> None:
        self.nick = nick
        self._socket = folder / f"{nick}.socket"
        self._log = folder / f"{nick}.log"
        command = [sys.executable, "run_client.py", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--data", str(folder / nick), *([] if dialog else ["--nick", nick]), *more]
        whole = {**os.environ, "PARLOR_TEST": "1", "PARLOR_TEST_SOCKET": str(self._socket)}
        whole |= {"PARLOR_TEST_NAME": f"Parlor-{nick}", **(env or {})}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=whole, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def state(self) -> dict[str, Any]:
        """What it shows; empty while it is starting."""
        assert self._process.poll() is None, self._log.read_text()
        with socket.socket(socket.AF_UNIX) as asked, contextlib.suppress(OSError):
            asked.settimeout(SECONDS)
            asked.connect(str(self._socket))
            parts = []
            while part := asked.recv(65536):
                parts.append(part)
            answer: dict[str, Any] = json.loads(b"".join(parts))
            return answer
        return {}

    def texts(self) -> list[tuple[str, str, str]]:
        """Sender, text and state of what was said in the open conversation."""
        return [
            (one["sender"], one["text"], one["state"])
            for one in self.state().get("messages", ())
            if one["kind"] == "text"
        ]

    def wait(self, **expected: object) -> None:
        """Until the state has these values."""
        until(lambda: expected.items() <= self.state().items(), f"{self.nick}: {expected}")

    def focus(self, title: str = "Parlor") -> None:
        """Bring the window (or the dialog with this title) to the front."""
        found: list[str] = []

        def visible() -> bool:
            found[:] = [one for one in self._windows() if title in output("getwindowname", one)]
            return bool(found)

        until(visible, f"{self.nick} has a window called {title}")
        xdotool("windowactivate", found[0])
        self.wait(focused=True)

    def _windows(self) -> list[str]:
        return output("search", "--onlyvisible", "--class", f"^Parlor-{self.nick}$").split()

    def type(self, text: str, key: str = "Return") -> None:
        """Type into the composer, and press a key."""
        self.focus()
        xdotool("type", "--delay", "10", text)
        until(lambda: self.state().get("draft") == text, f"{text!r} is in the composer")
        xdotool("key", key)

    def quit(self) -> int:
        """Close the window by its shortcut; the exit status."""
        self.focus()
        xdotool("key", "ctrl+q")
        return self._process.wait(SECONDS)

    def stop(self) -> None:
        """End it, however it is."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(SECONDS)
            finally:
                self._process.kill()
                self._process.wait()


def xdotool(*arguments: str) -> None:
    """Do as a person at the keyboard would."""
    subprocess.run(["xdotool", *arguments], check=True, timeout=SECONDS)


def output(*arguments: str) -> str:
    answer = subprocess.run(
        ["xdotool", *arguments], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    return answer.stdout
