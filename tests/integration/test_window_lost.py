"""All processes of the server die at once, while two windows and an irssi talk.

What is written meanwhile waits, and is there once, for everybody, when the server is back.
"""

import shutil
from pathlib import Path

import pytest

from tests.fakes.server import HOST, Server
from tests.fakes.terminal import Terminal, needs
from tests.fakes.windows import until
from tests.integration.conftest import OpenWindow

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]


@needs("irssi", "tmux")
def test_what_was_written_without_a_server(
    two_workers: Server, window: OpenWindow, tmp_path: Path
) -> None:
    ann, ben = window("ann"), window("ben")
    irssi = Terminal(tmp_path, ["irssi", "-c", HOST, "-p", str(two_workers.port), "-n", "iris"])
    try:
        until(lambda: "iris" in ben.state()["members"], "ben sees iris")
        irssi.type("/window 2")
        irssi.wait_for("[#lobby]")
        ben.type("before the storm")
        until(lambda: ann.texts() == [("ben", "before the storm", "sent")], "ann sees it")
        two_workers.kill()
        for client in (ann, ben):
            client.wait_for(lambda state: "Trying again in" in state["banner"], "it counts down")
        ann.type("first of ann")
        ann.type("second of ann")
        ben.type("only one of ben")
        assert ann.texts()[1:] == [
            ("ann", "first of ann", "pending"), ("ann", "second of ann", "pending")
        ]  # fmt: skip
        ann.picture(tmp_path / "lost.png")
        two_workers.start()
        irssi.type("/reconnect")
        expected = {
            ("ben", "before the storm", "sent"), ("ann", "first of ann", "sent"),
            ("ann", "second of ann", "sent"), ("ben", "only one of ben", "sent"),
        }  # fmt: skip
        for client in (ann, ben):
            client.focus()
            client.wait(connection="online", banner="")
            until(lambda client=client: set(client.texts()) == expected, f"{client.nick} has all")  # type: ignore[misc]
        assert len(ann.texts()) == len(expected)
        assert ann.texts() == ben.texts(), "in the same order"
        until(lambda: "iris" in ann.state()["members"], "iris is back")
        ann.type("after the storm")
        irssi.wait_for("after the storm")
        ann.picture(tmp_path / "back.png")
    finally:
        irssi.end()
