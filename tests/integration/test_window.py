"""Two real windows talk through a real server; xdotool types as a person would.

The windows are asked what they show over the socket of `gui.testmode`.
"""

import contextlib
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 30.0
REPORT = re.compile(rb"listening on (\S+):(\d+)")

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, at most half a minute."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"it did not come to this: {what}"
        time.sleep(0.05)


class Server:
    """A server on a port of its own, with its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it; the second time on the port of the first."""
        command = [sys.executable, "run_server.py", "--host", "127.0.0.1", "--workers", "1"]
        command += ["--port", str(self.port), "--data", str(self._folder / "data")]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
        report = REPORT.search(self._first_line())
        assert report, (self._folder / "server.log").read_text()
        self.port = int(report[2])

    def _first_line(self) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        ready = select.select([self._process.stdout], [], [], SECONDS)[0]
        return self._process.stdout.readline() if ready else b""

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it, and wait until it has."""
        if self._process is not None:
            self._process.send_signal(number)
            try:
                self._process.wait(SECONDS)
            finally:
                self._process.kill()
                self._process.wait()
                assert self._process.stdout is not None
                self._process.stdout.close()
            self._process = None


class Client:
    """A window as a subprocess."""

    def __init__(self, nick: str, port: int, folder: Path, *more: str) -> None:
        self.nick = nick
        self._socket = folder / f"{nick}.socket"
        self._log = folder / f"{nick}.log"
        command = [sys.executable, "run_client.py", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--nick", nick, "--data", str(folder / nick), *more]
        env = {**os.environ, "PARLOR_TEST": "1", "PARLOR_TEST_SOCKET": str(self._socket)}
        env["PARLOR_TEST_NAME"] = f"Parlor-{nick}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

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
            found[:] = [one for one in self._windows() if title in _output("getwindowname", one)]
            return bool(found)

        until(visible, f"{self.nick} has a window called {title}")
        xdotool("windowactivate", found[0])
        self.wait(focused=True)

    def _windows(self) -> list[str]:
        return _output("search", "--onlyvisible", "--class", f"^Parlor-{self.nick}$").split()

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


def _output(*arguments: str) -> str:
    answer = subprocess.run(
        ["xdotool", *arguments], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    return answer.stdout


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server; ended afterwards."""
    made = Server(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()


Open = Callable[..., Client]


@pytest.fixture
def window(server: Server, tmp_path: Path) -> Iterator[Open]:
    """`window(nick)` opens one and waits for the lobby; all are closed afterwards."""
    opened: list[Client] = []

    def open_one(nick: str, *more: str, port: int = 0) -> Client:
        client = Client(nick, port or server.port, tmp_path, *more)
        opened.append(client)
        client.focus()  # a window that appears takes the focus: let that be over
        return client

    try:
        yield open_one
    finally:
        for client in opened:
            client.stop()


def test_two_windows_talk_and_survive_a_restart(server: Server, window: Open) -> None:
    ann, ben = window("ann"), window("ben", "--tls")
    for client in (ann, ben):
        client.wait(current="#lobby", banner="")
    until(lambda: "ben" in ann.state()["members"], "ann sees ben")

    ann.type("hello ben")
    said = [("ann", "hello ben", "sent")]
    until(lambda: ann.texts() == said, "ann's message is confirmed")
    until(lambda: ben.texts() == said, "ben sees it")

    ben.type("first line", "shift+Return")
    xdotool("type", "and a second")
    xdotool("key", "Return")
    said += [("ben", "first line", "sent"), ("ben", "and a second", "sent")]
    until(lambda: ann.texts() == said and ben.texts() == said, "both see both lines")

    server.stop(signal.SIGKILL)
    for client in (ann, ben):
        until(lambda client=client: client.state()["banner"], "the banner is shown")  # type: ignore[misc]
    ann.type("sent while there was no server")
    until(lambda: ann.texts()[-1][2] == "pending", "it waits")
    server.start()
    said.append(("ann", "sent while there was no server", "sent"))
    for client in (ann, ben):
        client.wait(banner="", connection="online")
        until(lambda client=client: client.texts() == said, f"{client.nick} has all")  # type: ignore[misc]

    assert ann.quit() == 0
    until(lambda: "ann" not in ben.state()["members"], "ben sees that ann left")


def test_what_was_missed_is_there_after_the_reconnection(server: Server, window: Open) -> None:
    ann, ben = window("ann"), window("ben")
    for client in (ann, ben):
        client.wait(current="#lobby", banner="")
    ann.type("before")
    until(lambda: ben.texts() == [("ann", "before", "sent")], "ben sees it")
    server.stop()
    until(lambda: ben.state()["banner"], "the banner is shown")
    server.start()
    ann.wait(banner="", connection="online")
    ann.focus()
    xdotool("type", "--delay", "10", "after")
    xdotool("key", "Return")
    expected = [("ann", "before", "sent"), ("ann", "after", "sent")]
    until(lambda: ben.texts() == expected, "ben has both, once each")


def test_rooms_people_and_commands(window: Open) -> None:
    ann, ben = window("ann"), window("ben")
    for client in (ann, ben):
        client.wait(current="#lobby", banner="")
    for client in (ann, ben):
        client.type("/join #garden")
        client.wait(current="#garden")
    ann.type("/topic bees and trees")
    ben.wait(topic="bees and trees")
    ann.type("/query ben")
    ann.wait(current="ben")
    ann.type("just to you")
    until(
        lambda: any(one["key"] == "ann" and one["unread"] for one in ben.state()["conversations"]),
        "ben has a private message",
    )
    ben.focus()
    xdotool("key", "alt+Up")
    ben.wait(current="ann")
    assert ben.texts() == [("ann", "just to you", "sent")]
    ben.type("/frobnicate")
    until(
        lambda: "There is no command" in ben.state()["messages"][-1]["text"], "a refusal in words"
    )


def test_the_dialog_says_what_is_wrong(server: Server, window: Open) -> None:
    window("ann").wait(current="#lobby")
    again = window("ann2", "--nick", "ann")
    again.wait(dialog="connect")
    assert set(again.state()["errors"]) == {"nick"}
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = window("cid", port=unused.getsockname()[1])
        nowhere.wait(dialog="connect")
        assert set(nowhere.state()["errors"]) == {"port"}
    again.focus("Connect")
    xdotool("key", "ctrl+a")
    xdotool("type", "--delay", "10", "anna")
    xdotool("key", "Return")
    again.wait(dialog="", nick="anna", current="#lobby")
