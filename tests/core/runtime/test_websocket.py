"""An open WebSocket, with the library's client at the other end: lines both ways, and the end.

Quoted are RFC 6455 and https://ircv3.net/specs/extensions/websocket.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from core.config import Config
from core.runtime.handshake import BINARY, TEXT, Handshake
from core.runtime.websocket import Framer, Received, WebSocket, frames

LONGEST = 1000


def pair(*subprotocols: Subprotocol) -> tuple[ClientProtocol, WebSocket]:
    """A client and a server that have shaken hands."""
    client = ClientProtocol(parse_uri("ws://localhost/"), subprotocols=subprotocols or None)
    client.send_request(client.connect())
    handshake = Handshake(Config(), LONGEST)
    assert handshake.feed(sent(client)) is not None
    client.receive_data(handshake.accept())
    client.events_received()
    assert client.state is State.OPEN
    return client, WebSocket(handshake.protocol)


def sent(client: ClientProtocol) -> bytes:
    return b"".join(client.data_to_send())


def received(client: ClientProtocol, data: bytes) -> list[Frame]:
    client.receive_data(data)
    return [event for event in client.events_received() if isinstance(event, Frame)]


def send(client: ClientProtocol, server: WebSocket, message: bytes, text: bool = True) -> Received:
    (client.send_text if text else client.send_binary)(message)
    return server.receive(sent(client))


# In.


@pytest.mark.parametrize("subprotocols", [(), (TEXT,), (BINARY,)])
def test_a_message_is_a_line(subprotocols: tuple[Subprotocol, ...]) -> None:
    """Either kind of message is taken, whatever was agreed on."""
    client, server = pair(*subprotocols)
    for text in (True, False):
        assert send(client, server, "NICK ännchen".encode(), text) == Received(
            "NICK ännchen\r\n".encode(), b"", False
        )


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (b"NICK ann\r\n", b"NICK ann\r\n"),  # not allowed, and common
        (b"NICK ann\n", b"NICK ann\r\n"),
        (b"NICK ann\r\nQUIT", b"NICK ann\r\rQUIT\r\n"),
        (b"NICK ann\nQUIT\n", b"NICK ann\rQUIT\r\n"),
    ],
)
def test_a_message_stays_one_line(message: bytes, line: bytes) -> None:
    """ "each message MUST consist of a single IRC line": more in one come as one that is bad."""
    client, server = pair()
    assert send(client, server, message).lines == line


def test_cut_at_every_byte() -> None:
    client, _ = pair()
    client.send_text(b"NICK ann")
    client.send_ping(b"x")
    client.send_text(b"USER a", fin=False)
    client.send_continuation(b" b c", fin=False)
    client.send_ping(b"y")  # RFC 6455, 5.4: control frames may come between fragments
    client.send_continuation(b" :d", fin=True)
    data = sent(client)
    for cut in range(len(data) + 1):
        _, server = pair()
        one, two = server.receive(data[:cut]), server.receive(data[cut:])
        assert one.lines + two.lines == b"NICK ann\r\nUSER a b c :d\r\n"
        assert one.answer + two.answer == b"\x8a\x01x\x8a\x01y"
        assert (one.ended, two.ended) == (False, False)


def test_what_brings_no_line_is_counted() -> None:
    client, server = pair()
    client.send_ping(b"x")
    client.send_text(b"")
    client.send_pong(b"")
    client.send_text(b"a", fin=False)
    client.send_continuation(b"", fin=False)
    client.send_continuation(b"b", fin=True)
    assert server.receive(sent(client)) == Received(b"ab\r\n", b"\x8a\x01x", False, 5)
    (frame,) = received(client, server.fail())
    assert Close.parse(frame.data).code == 1008
    assert not server.open


@given(st.lists(st.text(min_size=1, max_size=20), max_size=8), st.integers(1, 30))
def test_any_messages_in_any_portions(messages: list[str], size: int) -> None:
    client, server = pair()
    for message in messages:
        client.send_text(message.encode())
    data = sent(client)
    portions = [data[at : at + size] for at in range(0, len(data), size)]
    lines = b"".join(server.receive(portion).lines for portion in portions)
    wanted = [m.rstrip("\r\n").replace("\n", "\r") + "\r\n" for m in messages]
    assert lines.decode() == "".join(wanted)


def test_text_that_is_not_utf_8() -> None:
    """RFC 6455, 8.1: "that endpoint MUST _Fail the WebSocket Connection_"; what came before
    counts.
    """
    client, server = pair(TEXT)
    client.send_text(b"NICK ann")
    client.send_text(b"caf\xe9")
    client.send_text(b"NICK bob")
    lines, answer, ended, _ = server.receive(sent(client))
    assert (lines, ended, server.open) == (b"NICK ann\r\n", True, False)
    (frame,) = received(client, answer)
    assert Close.parse(frame.data).code == 1007


def test_utf_8_may_be_cut_between_fragments() -> None:
    client, server = pair()
    client.send_text(b"\xc3", fin=False)
    client.send_continuation(b"\xa4", fin=True)
    assert server.receive(sent(client)).lines == b"\xc3\xa4\r\n"


def test_binary_that_is_not_utf_8() -> None:
    """It is a line, and will be answered as on any connection."""
    client, server = pair(TEXT)
    assert send(client, server, b"caf\xe9", text=False).lines == b"caf\xe9\r\n"


@pytest.mark.parametrize("fragments", [1, 2, 50])
def test_messages_that_are_far_too_long(fragments: int) -> None:
    """ "Clients and servers SHOULD impose limits on the maximum size of messages"."""
    client, server = pair()
    assert send(client, server, b"x" * LONGEST).lines == b"x" * LONGEST + b"\r\n"
    size = LONGEST // fragments
    client.send_text(b"x" * size, fin=False)
    for _ in range(fragments - 1):
        client.send_continuation(b"x" * size, fin=False)
    client.send_continuation(b"x", fin=True)
    lines, answer, ended, _ = server.receive(sent(client))
    assert (lines, ended) == (b"", True)
    (frame,) = received(client, answer)
    assert Close.parse(frame.data).code == 1009


@pytest.mark.parametrize(
    "data",
    [
        b"\x81\x01x",  # RFC 6455, 5.1: "a client MUST mask all frames"
        b"\xf1\x80\0\0\0\0",  # reserved bits
        b"\x83\x80\0\0\0\0",  # an opcode that there is not
        b"\x80\x80\0\0\0\0",  # a fragment of nothing
        b"\x09\x80\0\0\0\0",  # a ping in fragments
        b"\x88\x81\0\0\0\0x",  # half a code
    ],
)
def test_what_breaks_the_protocol(data: bytes) -> None:
    client, server = pair()
    lines, answer, ended, _ = server.receive(data)
    assert (lines, ended) == (b"", True)
    (frame,) = received(client, answer)
    assert Close.parse(frame.data).code == 1002
    assert server.receive(b"whatever") == Received(b"", b"", False)


@given(st.binary(max_size=300), st.integers(1, 50))
def test_anything(data: bytes, size: int) -> None:
    """It is lines, or the end, or waits for more: nothing else happens."""
    _, server = pair()
    for at in range(0, len(data), size):
        lines, answer, ended, _ = server.receive(data[at : at + size])
        assert lines.endswith(b"\r\n") or not lines
        assert answer or not ended or lines == b""


# The end.


@pytest.mark.parametrize("code", [1000, 1001, 4000])
def test_the_client_closes(code: int) -> None:
    """RFC 6455, 5.5.1: "the endpoint typically echos the status code it received"."""
    client, server = pair()
    client.send_text(b"QUIT")
    client.send_close(code)
    lines, answer, ended, _ = server.receive(sent(client))
    assert (lines, ended, server.open) == (b"QUIT\r\n", True, False)
    (frame,) = received(client, answer)
    assert Close.parse(frame.data).code == code


def test_the_server_closes() -> None:
    client, server = pair()
    (frame,) = received(client, server.close())
    assert Close.parse(frame.data).code == 1000
    assert not server.open
    assert server.receive(sent(client)) == Received(b"", b"", True, 1)


def test_both_close_at_once() -> None:
    client, server = pair()
    client.send_close()
    server.close()
    assert server.receive(sent(client)) == Received(b"", b"", True, 1)


# Out.

LINES = "@time=x :srv 001 ann :hä\r\n:srv 002 ann :b\r\n".encode()


@pytest.mark.parametrize(
    ("subprotocols", "opcode"),
    [((), Opcode.TEXT), ((TEXT,), Opcode.TEXT), ((BINARY,), Opcode.BINARY)],
)
def test_a_line_is_a_message(subprotocols: tuple[Subprotocol, ...], opcode: Opcode) -> None:
    """ "servers and clients MUST NOT include trailing `\\r` or `\\n` characters"."""
    client, server = pair(*subprotocols)
    found = received(client, frames(LINES, server.binary))
    assert [(frame.opcode, bytes(frame.data)) for frame in found] == [
        (opcode, line) for line in LINES.split(b"\r\n")[:-1]
    ]
    assert all(frame.fin for frame in found)


@pytest.mark.parametrize("length", [1, 125, 126, 9000, 65535, 65536])
def test_all_lengths(length: int) -> None:
    client, _ = pair()
    (frame,) = received(client, frames(b"x" * length + b"\r\n", False))
    assert frame.data == b"x" * length


def test_text_is_always_utf_8() -> None:
    """ "Servers MAY replace non-UTF-8 bytes with the UTF-8 encoding of ... (`U+FFFD`)."""
    client, _ = pair()
    (frame,) = received(client, frames(b"caf\xe9\r\n", False))
    assert bytes(frame.data).decode() == "caf\ufffd"
    (frame,) = received(client, frames(b"caf\xe9\r\n", True))
    assert frame.data == b"caf\xe9"


def test_what_many_get_is_made_once() -> None:
    framer = Framer()
    text, binary = framer.frames(LINES, False), framer.frames(LINES, True)
    assert (text, binary) == (frames(LINES, False), frames(LINES, True))
    assert framer.frames(LINES, False) is text
    assert framer.frames(LINES, True) is binary
    other = framer.frames(b"PING x\r\n", False)
    assert other == frames(b"PING x\r\n", False)
