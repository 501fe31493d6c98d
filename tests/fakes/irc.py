"""A raw client: lines out, parsed messages in, over a real socket, one step at a time.

It knows nothing of the client package and keeps no state, so that it shows what the server
really sends.  Nothing here sleeps: whatever is waited for has a deadline, and `drain` asks with
PING, whose answer comes behind everything that was ordered before it.
"""

import contextlib
import socket
import ssl
import struct
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Self

from core.wire.message import Message, parse

SECONDS = 20.0
"""How long anything may take; generous, because test machines are slow and shared."""

ALL_CAPS = (
    "away-notify batch draft/chathistory echo-message labeled-response"
    " message-tags multi-prefix server-time"
)


class Closed(AssertionError):
    """The server closed the connection; `messages` is what came before that."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__(f"the connection was closed after {[show(m) for m in messages[-5:]]}")
        self.messages = messages


class Client:
    """A connection of a test."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._rest = b""
        self._lines: deque[bytes] = deque()
        self._syncs = 0
        self.local_port: int = sock.getsockname()[1]
        self.nick = ""

    @classmethod
    def connect(
        cls,
        host: str,
        port: int,
        *,
        tls: bool | ssl.SSLContext = False,
        receive_buffer: int = 0,
    ) -> Self:
        """Open a connection; `receive_buffer`: bytes that the kernel takes unread, at about."""
        sock = socket.socket()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(SECONDS)
        try:
            sock.connect((host, port))
            if tls:
                context = tls if isinstance(tls, ssl.SSLContext) else any_certificate()
                sock = context.wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise
        return cls(sock)

    # Out.

    def send(self, *lines: str) -> None:
        """Send lines, all in one portion."""
        self.send_bytes("".join(line + "\r\n" for line in lines).encode())

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._socket.settimeout(SECONDS)
        self._socket.sendall(data)

    def start_tls(self, host: str) -> None:
        """Go on with TLS."""
        self._socket = any_certificate().wrap_socket(self._socket, server_hostname=host)

    # In.

    def read_line(self, seconds: float = SECONDS) -> bytes:
        """The next line as it came, with its CR LF.  Raises Closed at the end."""
        deadline = time.monotonic() + seconds
        while not self._lines:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{self.nick or 'a client'}: no line came in {seconds} seconds")
            self._socket.settimeout(left)
            try:
                data = self._socket.recv(1 << 18)
            except TimeoutError:
                continue
            except ConnectionError:
                data = b""
            if not data:
                raise Closed([])
            *lines, self._rest = (self._rest + data).split(b"\n")
            self._lines.extend(lines)
        return self._lines.popleft() + b"\n"

    def read(self, seconds: float = SECONDS) -> Message:
        """The next message; a PING is answered on the way, and returned as well."""
        line = self.read_line(seconds)
        assert line.endswith(b"\r\n"), f"a line must end with CR LF: {line!r}"
        message = parse(line[:-2])
        if message.command == "PING":
            with contextlib.suppress(OSError):
                self.send(f"PONG :{message.params[-1]}")
        return message

    def read_until(
        self, wanted: Callable[[Message], bool], seconds: float = SECONDS
    ) -> list[Message]:
        """All messages up to the first that is wanted; that one is the last."""
        deadline = time.monotonic() + seconds
        messages: list[Message] = []
        try:
            while not messages or not wanted(messages[-1]):
                messages.append(self.read(max(0.001, deadline - time.monotonic())))
        except Closed:
            raise Closed(messages) from None
        except TimeoutError:
            tail = [show(message) for message in messages[-5:]]
            raise TimeoutError(f"{self.nick}: not in {seconds} seconds; last came {tail}") from None
        return messages

    def expect(self, *commands: str, seconds: float = SECONDS) -> Message:
        """The next message with one of these commands; others before it are passed over."""
        return self.read_until(lambda message: message.command in commands, seconds)[-1]

    def drain(self, seconds: float = SECONDS) -> list[Message]:
        """Everything that was ordered for this client before now."""
        self._syncs += 1
        token = f"sync-{self._syncs}"
        self.send(f"PING {token}")
        messages = self.read_until(
            lambda message: message.command == "PONG" and message.params[-1] == token, seconds
        )
        return messages[:-1]

    def ask(self, *lines: str) -> list[Message]:
        """Send lines, and return all that came up to the end of what they caused."""
        self.send(*lines)
        return self.drain()

    def until_closed(self, seconds: float = SECONDS) -> list[Message]:
        """What still comes, until the server closes the connection."""
        try:
            self.read_until(lambda message: False, seconds)
        except Closed as end:
            return end.messages
        raise AssertionError("unreachable")

    # Life.

    def register(self, nick: str, caps: str = "", realname: str = "A person") -> list[Message]:
        """Register with these capabilities; the greeting, and what follows it at once."""
        self.nick = nick
        lines = ["CAP LS 302", f"CAP REQ :{caps}"] if caps else []
        lines += [f"NICK {nick}", f"USER {nick.lower()} 0 * :{realname}"]
        self.send(*lines, *(["CAP END"] if caps else []))
        greeting = self.read_until(lambda message: message.command in ("422", "376", "433"))
        assert greeting[-1].command != "433", f"{nick} is in use"
        return greeting + self.drain()

    def close(self) -> None:
        """Close, without a QUIT."""
        self._socket.close()

    def reset(self) -> None:
        """Close as a crash does: with a reset, and whatever is on its way is lost."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


def any_certificate() -> ssl.SSLContext:
    """What a client uses that takes every server for the right one."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def only(messages: Iterable[Message], *commands: str) -> list[Message]:
    """The messages with one of these commands."""
    return [message for message in messages if message.command in commands]


def one(messages: Iterable[Message], *commands: str) -> Message:
    """The one message with one of these commands; there must be exactly one."""
    found = only(messages, *commands)
    assert len(found) == 1, f"{commands}: {[show(message) for message in found]}"
    return found[0]


def codes(messages: Iterable[Message]) -> list[str]:
    """The commands of messages, in order."""
    return [message.command for message in messages]


def texts(messages: Iterable[Message]) -> list[str]:
    """The texts of the PRIVMSGs among messages, in order."""
    return [message.params[-1] for message in only(messages, "PRIVMSG")]


def show(message: Message) -> str:
    """A message in short, for what a failing test says."""
    return " ".join([message.command, *message.params])[:200]
