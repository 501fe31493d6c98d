"""Two windows and an irssi on a server whose workers are killed, and which is suspended as a
sleeping machine is: nothing that was said is lost or shown twice."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.server import HOST, Server
from tests.fakes.terminal import Terminal, needs
from tests.fakes.windows import Client, until

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

Open = Callable[[str], Client]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with two workers."""
    with Server(tmp_path / "server", workers=2) as running:
        yield running


@pytest.fixture
def window(server: Server, tmp_path: Path) -> Iterator[Open]:
    """`window(nick)` opens one in the lobby; all are closed afterwards."""
    opened: list[Client] = []

    def open_one(nick: str) -> Client:
        client = Client(nick, server.port, tmp_path)
        opened.append(client)
        client.focus()
        client.wait(current="#lobby", banner="", connection="online")
        return client

    try:
        yield open_one
    finally:
        for client in opened:
            client.stop()


def said_in(client: Client) -> list[tuple[str, str]]:
    """Sender and text of all that was said; nothing of it may be pending or failed."""
    texts = client.texts()
    return [(sender, text) for sender, text, _ in texts] if _settled(texts) else []


def _settled(texts: list[tuple[str, str, str]]) -> bool:
    return all(state == "sent" for _, _, state in texts)


def have(expected: list[tuple[str, str]], *clients: Client) -> None:
    """Until all show exactly that, in whatever order."""
    for client in clients:
        shown = partial(said_in, client)
        until(partial(_same, shown, expected), f"{client.nick} has everything, once")


def _same(shown: Callable[[], list[tuple[str, str]]], expected: list[tuple[str, str]]) -> bool:
    return sorted(shown()) == sorted(expected)


def _is_new(server: Server, name: str, pid: int) -> bool:
    return server.processes().get(name, pid) != pid


@needs("irssi", "tmux")
def test_two_windows_and_an_irssi(server: Server, window: Open, tmp_path: Path) -> None:
    ann, ben = window("ann"), window("ben")
    irssi = Terminal(tmp_path, ["irssi", "-c", HOST, "-p", str(server.port), "-n", "iris"])
    try:
        until(lambda: "iris" in ann.state()["members"], "ann sees iris")
        irssi.type("/window 2")
        irssi.wait_for("[#lobby]")
        irssi.type("hello from the terminal")
        expected = [("iris", "hello from the terminal")]
        ann.type("hello from a window")
        expected.append(("ann", "hello from a window"))
        ben.type("and from the other")
        expected.append(("ben", "and from the other"))
        have(expected, ann, ben)
        irssi.wait_for("and from the other")
    finally:
        irssi.end()


def test_a_killed_worker(server: Server, window: Open) -> None:
    ann, ben = window("ann"), window("ben")
    expected: list[tuple[str, str]] = []
    workers = sorted(name for name in server.processes() if name.startswith("worker"))
    for number, name in enumerate((*workers, workers[0])):
        ann.type(f"before {number}")
        killed = server.kill_process(name)
        ben.type(f"after {number}")
        expected += [("ann", f"before {number}"), ("ben", f"after {number}")]
        have(expected, ann, ben)
        assert said_in(ann) == said_in(ben)
        for client in (ann, ben):
            client.wait(connection="online", banner="")
        until(partial(_is_new, server, name, killed), "a new worker")


def test_a_window_that_was_asleep(server: Server, window: Open) -> None:
    ann, ben = window("ann"), window("ben")
    ann.type("good night")
    until(lambda: said_in(ben) == [("ann", "good night")], "ben sees it")
    os.kill(ben.pid, signal.SIGSTOP)
    try:
        for number in range(3):
            ann.type(f"dream {number}")
    finally:
        os.kill(ben.pid, signal.SIGCONT)
    expected = [("ann", "good night"), *(("ann", f"dream {number}") for number in range(3))]
    until(lambda: said_in(ben) == expected, "ben has what was said meanwhile, once")
    ben.type("good morning")
    until(lambda: said_in(ann) == [*expected, ("ben", "good morning")], "and talks on")
