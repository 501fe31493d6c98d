"""Real windows as subprocesses, the server they talk to, and xdotool as the person before them.

The windows are asked what they show over the socket of `gui.testmode.door`.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 40.0


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, at most `SECONDS`."""
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
        self._front = ""  # the window that was brought to the front last
        self._socket = folder / f"{nick}.socket"
        self._log = folder / f"{nick}.log"
        command = [sys.executable, "run_client.py", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--data", str(folder / nick), *([] if dialog else ["--nick", nick]), *more]
        self._socket.unlink(missing_ok=True)
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
        self._front = found[0]
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

    def press(self, *keys: str) -> None:
        """Press keys one after the other, in whatever has the focus."""
        xdotool("key", "--delay", "20", *keys)

    def go(self, place: str, *keys: str) -> None:
        """Press keys in the main window until the keyboard is there: see `focus` in its state."""
        self.focus()
        self.press(*keys)
        self.wait(focus=place)

    def row(self, text: str) -> dict[str, Any]:
        """The message with this text, once it is in view, with its places on the screen."""
        found: list[dict[str, Any]] = []

        def seen() -> bool:
            rows = self.state().get("rows", ())
            found[:] = [row for row in rows if row["text"] == text or row["shown"] == text]
            return bool(found)

        until(seen, f"{self.nick} sees {text!r}")
        return found[0]

    def message(self, text: str) -> dict[str, Any]:
        """What is known of the message with this text; empty while there is none."""
        kept: list[dict[str, Any]] = self.state().get("messages", [])
        return next((one for one in kept if one["text"] == text), {})

    def conversation(self, name: str) -> dict[str, Any]:
        """What is known of a conversation; empty while there is none."""
        kept: list[dict[str, Any]] = self.state().get("conversations", [])
        return next((one for one in kept if one["name"] == name), {})

    def choose(self, text: str) -> None:
        """Go to the messages by keyboard, and up to the one with this text."""
        self.focus()
        if self.state()["focus"] == "messages":  # with the cursor somewhere
            self.press("Escape")
            self.wait(focus="composer")
        self.go("messages", "F6")
        self.wait_for(lambda state: state["chosen"], "a message is chosen")
        while self.state()["chosen"] != text:
            before = self.state()["chosen"]
            self.press("Up")
            self.wait_for(lambda state, before=before: state["chosen"] != before, "one higher")  # type: ignore[misc]

    def choose_entry(self, label: str) -> None:
        """Go down in the open menu to the entry with this label, and take it."""
        self.wait_for(lambda state: state["menu"] is not None, "a menu is open")
        while (before := self.state()["menu"]) != label:
            self.press("Down")
            self.wait_for(lambda state, before=before: state["menu"] != before, "one lower")  # type: ignore[misc]
        self.press("Return")
        self.wait_for(lambda state: state["menu"] is None, "the menu is gone")

    def wait_for(self, condition: Callable[[dict[str, Any]], object], what: str) -> None:
        """Until this is so of its state."""
        until(lambda: (state := self.state()) and condition(state), f"{self.nick}: {what}")

    def click(self, place: Sequence[int], button: int = 1) -> None:
        """Click at a place of the screen, in the main window."""
        self.focus()
        xdotool("mousemove", str(place[0]), str(place[1]), "click", str(button))

    def picture(self, path: Path) -> None:
        """Take a picture of the main window; one that shows hardly anything is an error."""
        self.focus()
        taken = path.with_name(f"{path.stem}-{self.nick}.png")
        command = ["import", "-window", self._front, str(taken)]
        subprocess.run(command, check=True, timeout=SECONDS, capture_output=True)
        with Image.open(taken) as image:
            small = image.convert("RGB").quantize(64)
            colours = small.getcolors() or []
        most = max(many for many, _ in colours) / sum(many for many, _ in colours)
        assert len(colours) > 20, f"{taken} shows hardly anything"
        assert most < 0.97, f"{taken} is blank"

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
