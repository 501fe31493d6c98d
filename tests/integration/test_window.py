"""Two real windows talk through a real server; xdotool types as a person would.

The windows are asked what they show over the socket of `gui.testmode.door`.
"""

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.server import Server
from tests.fakes.windows import Client, until, xdotool

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]


Open = Callable[..., Client]


@pytest.fixture
def window(one_worker: Server, tmp_path: Path) -> Iterator[Open]:
    """`window(nick)` opens one and waits for the lobby; all are closed afterwards."""
    opened: list[Client] = []

    def open_one(nick: str, *more: str, port: int = 0) -> Client:
        client = Client(nick, port or one_worker.port, tmp_path, *more)
        opened.append(client)
        client.focus()  # a window that appears takes the focus: let that be over
        return client

    try:
        yield open_one
    finally:
        for client in opened:
            client.stop()


def test_two_windows_talk_and_survive_a_restart(one_worker: Server, window: Open) -> None:
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
    said.append(("ben", "first line\nand a second", "sent"))
    until(lambda: ann.texts() == said and ben.texts() == said, "both see both lines")

    one_worker.kill()
    for client in (ann, ben):
        until(lambda client=client: client.state()["banner"], "the banner is shown")  # type: ignore[misc]
    ann.type("sent while there was no server")
    until(lambda: ann.texts()[-1][2] == "pending", "it waits")
    one_worker.start()
    said.append(("ann", "sent while there was no server", "sent"))
    for client in (ann, ben):
        client.wait(banner="", connection="online")
        until(lambda client=client: client.texts() == said, f"{client.nick} has all")  # type: ignore[misc]

    assert ann.quit() == 0
    until(lambda: "ann" not in ben.state()["members"], "ben sees that ann left")


def test_what_was_missed_is_there_after_the_reconnection(one_worker: Server, window: Open) -> None:
    ann, ben = window("ann"), window("ben")
    for client in (ann, ben):
        client.wait(current="#lobby", banner="")
    ann.type("before")
    until(lambda: ben.texts() == [("ann", "before", "sent")], "ben sees it")
    one_worker.stop()
    until(lambda: ben.state()["banner"], "the banner is shown")
    one_worker.start()
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


def test_the_dialog_says_what_is_wrong(one_worker: Server, window: Open) -> None:
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
