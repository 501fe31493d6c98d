"""A connection: floods in pieces; failures in words, and the field they belong to."""

import asyncio
import socket

import pytest

from core.client import events
from gui.network import Network
from gui.wire import PAUSE, PIECE, Wire, failure, problem
from tests.gui.scripted import Inbox, Serve, target, welcome


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "x"), "No server has this name."),
        (TimeoutError(), "The server does not answer."),
        (ConnectionResetError(104, "x"), "The server has broken off the connection."),
        (OSError(113, "No route to host"), "No route to host."),
        (RuntimeError("odd"), "odd"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_failures_in_words(error: Exception, words: str) -> None:
    assert problem(error) == words


def test_silence_with_tls_is_blamed_on_tls() -> None:
    assert failure(TimeoutError(), target(1, tls=True)).field == "tls"
    assert failure(TimeoutError(), target(1)).field == "host"


def test_a_flood_is_handed_over_in_pieces(network: Network, inbox: Inbox, serve: Serve) -> None:
    """In order and to the last byte, also where the server hangs up at once."""
    count = 20 * PIECE // len(b":x!y@z PRIVMSG me :00000\r\n")

    def script(peer: socket.socket) -> None:
        welcome(peer)
        lines = (b":x!y@z PRIVMSG me :%05d\r\n" % number for number in range(count))
        peer.sendall(b"".join(lines))

    network.open(target(serve(script).port))
    told = [inbox.next(events.MessageReceived).text for _ in range(count)]
    assert told == [f"{number:05}" for number in range(count)]
    inbox.next(events.Disconnected)


def test_others_get_their_turn_between_the_pieces() -> None:
    done: list[str] = []

    def received(wire: Wire, piece: bytes) -> None:
        done.append(f"{len(piece)}")

    async def flood() -> None:
        wire = Wire(received)
        wire.data_received(b"x" * (2 * PIECE + 1))
        wire.data_received(b"y")
        while "2" not in done:
            done.append("turn")
            await asyncio.sleep(PAUSE / 4)
        wire.data_received(b"z" * (PIECE + 1))
        wire.connection_lost(None)

    asyncio.run(flood())
    assert done[1] == "turn"
    sizes = [size for size in done if size != "turn"]
    assert sizes == [f"{PIECE}", f"{PIECE}", "2", f"{PIECE}", "1"]


def test_a_flood_pauses_reading() -> None:
    async def flood() -> list[str]:
        transport = Transport()
        wire = Wire(lambda wire, piece: None)
        wire.connection_made(transport)
        wire.data_received(b"x" * (PIECE + 1))
        while not transport.is_reading():
            await asyncio.sleep(PAUSE)
        wire.close()
        wire.data_received(b"x" * (PIECE + 1))
        wire.connection_lost(ConnectionResetError())
        assert await wire.ended == "The server has broken off the connection."
        return transport.calls

    class Transport(asyncio.Transport):
        def __init__(self) -> None:
            super().__init__()
            self.calls: list[str] = []

        def is_reading(self) -> bool:
            return self.calls[-1:] != ["pause"]

        def is_closing(self) -> bool:
            return self.calls[-1:] == ["close"]

        def pause_reading(self) -> None:
            self.calls.append("pause")

        def resume_reading(self) -> None:
            self.calls.append("resume")

        def close(self) -> None:
            self.calls.append("close")

    assert asyncio.run(flood()) == ["pause", "resume", "close"]
