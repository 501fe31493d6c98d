"""A WebSocket that is open, without a socket: messages in, lines out, and the way back.

A message is one line without its CR LF (https://ircv3.net/specs/extensions/websocket).  RFC 6455
is done by the library ``websockets``: masks, fragments, pings and how a connection closes.

What a client may do wrong: text that is not UTF-8 and messages that are far too long end the
connection (RFC 6455, 8.1 and 7.4.1), as does whatever breaks the protocol.  Messages that are
just longer than a line, or hold several lines, are answered as on any IRC connection.
"""

from typing import NamedTuple

from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from core.runtime.handshake import BINARY


class Received(NamedTuple):
    """What came of a client's bytes."""

    lines: bytes  # as an IRC connection would have brought them
    answer: bytes  # to be sent as it is: pongs, or the close frame
    ended: bool  # nothing more will come: send the answer and close the connection
    idle: int = 0  # frames that brought no line: pings and pongs, fragments, empty messages


class WebSocket:
    """One client's, after the handshake."""

    __slots__ = ("_is_text", "_message", "_protocol", "binary")

    def __init__(self, protocol: ServerProtocol) -> None:
        self._protocol = protocol
        self.binary = protocol.subprotocol == BINARY  # of what is sent; all kinds are taken
        self._message = b""  # the fragments so far of the message that is coming
        self._is_text = False  # that message

    @property
    def open(self) -> bool:
        """True until one of the ends has begun to close."""
        return self._protocol.state is State.OPEN

    def receive(self, data: bytes) -> Received:
        """Bytes from the client."""
        protocol = self._protocol
        protocol.receive_data(data)
        lines = b""
        idle = 0
        for frame in protocol.events_received():
            assert isinstance(frame, Frame)
            message = self._message_of(frame)
            if not message:
                idle += 1
                continue
            if self._is_text and not _is_utf8(message):
                protocol.fail(CloseCode.INVALID_DATA, "text that is not UTF-8")
                break
            lines += _line(message)
        writes = protocol.data_to_send()
        return Received(lines, b"".join(writes), b"" in writes, idle)

    def _message_of(self, frame: Frame) -> bytes | None:
        """The message that is complete with this frame."""
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._is_text = frame.opcode is Opcode.TEXT
            self._message = bytes(frame.data)
        elif frame.opcode is Opcode.CONT:
            self._message += bytes(frame.data)
        else:
            return None
        if not frame.fin:
            return None
        message, self._message = self._message, b""
        return message

    def fail(self) -> bytes:
        """What to send to one who is not listened to any more; then close the connection."""
        self._protocol.fail(CloseCode.POLICY_VIOLATION, "too many frames")
        return b"".join(self._protocol.data_to_send())

    def close(self) -> bytes:
        """What to send to end it in order; the client's answer will be told by ``receive``."""
        self._protocol.send_close(CloseCode.NORMAL_CLOSURE)
        return b"".join(self._protocol.data_to_send())


def _is_utf8(message: bytes) -> bool:
    try:
        message.decode()
    except UnicodeDecodeError:
        return False
    return True


def _line(message: bytes) -> bytes:
    """A message is a line.  One that holds several stays one, and bad: a CR is no part of any."""
    return message.rstrip(b"\r\n").replace(b"\n", b"\r") + b"\r\n"


class Framer:
    """Makes frames of lines: for what many clients get alike, once."""

    def __init__(self) -> None:
        self._last = [(b"", b""), (b"", b"")]  # lines and their frames: as text, as binary

    def frames(self, lines: bytes, binary: bool) -> bytes:
        """A message for each of the lines, which end in CR LF."""
        last, made = self._last[binary]
        if last is not lines:
            made = frames(lines, binary)
            self._last[binary] = (lines, made)
        return made


def frames(lines: bytes, binary: bool) -> bytes:
    """A message for each of the lines, which end in CR LF."""
    if not binary and not _is_utf8(lines):
        lines = lines.decode(errors="replace").encode()
    opcode = Opcode.BINARY if binary else Opcode.TEXT
    return b"".join(
        Frame(opcode, line).serialize(mask=False)
        for line in lines.removesuffix(b"\r\n").split(b"\r\n")
    )
