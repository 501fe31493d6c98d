"""What outlives a window: drafts, even if it is killed; unsent messages; the looks."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.server import Server
from tests.fakes.windows import Client, until, xdotool

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

Open = Callable[[str], Client]


@pytest.fixture
def window(one_worker: Server, tmp_path: Path) -> Iterator[Open]:
    """`window(nick)` opens one and waits for the lobby; all are closed afterwards."""
    opened: list[Client] = []

    def open_one(nick: str) -> Client:
        client = Client(nick, one_worker.port, tmp_path)
        opened.append(client)
        client.wait(current="#lobby", banner="")
        client.focus()
        return client

    try:
        yield open_one
    finally:
        for client in opened:
            client.stop()


def kept(folder: Path) -> str:
    file = folder / "ann" / "drafts.json"
    return file.read_text() if file.exists() else ""


def test_a_draft_outlives_a_window_that_is_killed(window: Open, tmp_path: Path) -> None:
    ann = window("ann")
    xdotool("type", "--delay", "10", "half a thought")
    until(lambda: "half a thought" in kept(tmp_path), "the draft is on the disk")
    assert (tmp_path / "ann" / "drafts.json").stat().st_mode & 0o777 == 0o600
    os.kill(ann.pid, signal.SIGKILL)
    ann.stop()
    again = window("ann")
    again.wait(draft="half a thought")
    xdotool("key", "Return")
    until(lambda: ("ann", "half a thought", "sent") in again.texts(), "it is sent")
    until(lambda: "half a thought" not in kept(tmp_path), "there is no draft any more")


def test_unsent_messages_come_back_and_wait_for_their_writer(
    one_worker: Server, window: Open, tmp_path: Path
) -> None:
    ann = window("ann")
    one_worker.kill()
    until(lambda: ann.state()["banner"], "the connection is lost")
    ann.type("did this arrive?")
    until(lambda: ann.texts()[-1][2] == "pending", "it waits")
    assert ann.quit() == 0
    assert "did this arrive?" in kept(tmp_path)
    one_worker.start()
    ben, again = window("ben"), window("ann")
    until(lambda: ("ann", "did this arrive?", "failed") in again.texts(), "it is back")
    again.type("hello")
    until(lambda: ("ann", "hello", "sent") in ben.texts(), "ben hears of what is said now")
    assert [text for _, text, _ in ben.texts()] == ["hello"]


def test_the_looks_are_remembered(window: Open, tmp_path: Path) -> None:
    ann = window("ann")
    before = ann.state()["theme"]
    xdotool("key", "ctrl+d")
    until(lambda: ann.state()["theme"] != before, "the other theme")
    after = ann.state()["theme"]
    os.kill(ann.pid, signal.SIGKILL)
    ann.stop()
    assert json.loads((tmp_path / "ann" / "settings.json").read_text())["theme"] == after
    assert window("ann").state()["theme"] == after
