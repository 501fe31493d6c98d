"""Names are looked up where nobody has to wait for them."""

import asyncio
import socket
import threading
import time
from typing import Any

import pytest

from gui.link import ConnectionFailed, Target
from gui.network import Network
from gui.resolving import Loop
from tests.gui.scripted import SECONDS, Inbox

PLACE = Target("slow.example", 5000, False, "me")


@pytest.fixture
def loop() -> Any:
    made = Loop()
    yield made
    made.close()


def test_a_look_up_that_hangs_does_not_delay_the_end(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = threading.Event(), threading.Event()

    def hang(*_: object) -> list[Any]:
        asked.set()
        answer.wait(SECONDS)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    network = Network(inbox.queue.put, {})
    network.open(PLACE)
    assert asked.wait(SECONDS)
    begun = time.monotonic()
    network.stop()
    assert time.monotonic() - begun < SECONDS / 4
    assert [each.daemon for each in threading.enumerate() if each.name == "name look-up"] == [True]
    answer.set()


def test_a_name_that_nobody_has(
    network: Network, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    network.open(PLACE)
    assert inbox.next(ConnectionFailed) == ConnectionFailed("host", "No server has this name.")


def test_it_finds_what_the_system_finds(loop: Loop) -> None:
    found = loop.run_until_complete(loop.getaddrinfo("localhost", 5000, type=socket.SOCK_STREAM))
    assert set(found) == set(socket.getaddrinfo("localhost", 5000, type=socket.SOCK_STREAM))


def test_what_comes_after_it_was_given_up_is_dropped(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = threading.Event(), threading.Event()

    def wait(*_: object) -> list[Any]:
        asked.set()
        answer.wait(SECONDS)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    task = loop.create_task(loop.getaddrinfo("slow.example", 1))
    loop.run_until_complete(loop.create_task(_until(asked)))
    task.cancel()
    answer.set()
    (thread,) = (each for each in threading.enumerate() if each.name == "name look-up")
    thread.join(SECONDS)
    loop.run_until_complete(_until(asked))
    assert task.cancelled()


async def _until(event: threading.Event) -> None:
    while not event.is_set():
        await asyncio.sleep(0.001)
    await asyncio.sleep(0)
