"""The network thread against small scripted servers on loopback: errors, TLS, reconnecting."""

import contextlib
import gc
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.client import events
from core.client.address import fingerprint
from gui.link import (
    CertificateChanged,
    Connecting,
    ConnectionFailed,
    Pinned,
    Queued,
    Target,
    Waiting,
)
from gui.network import Network
from gui.trust import AUTHORITY
from gui.wire import failure, problem

SECONDS = 20.0
WELCOME = b":srv 001 me :Welcome\r\n:srv 422 me :No MOTD\r\n"


class Inbox:
    """What the network thread has posted, in order."""

    def __init__(self) -> None:
        self.queue: queue.Queue[object] = queue.Queue()

    def next(self, kind: type) -> object:
        """The next event of this kind; those before it are dropped."""
        while True:
            event = self.queue.get(timeout=SECONDS)
            if isinstance(event, kind):
                return event


class Scripted:
    """Accepts connections and runs `script` for each, in threads."""

    def __init__(
        self, script: Callable[[socket.socket], None], context: ssl.SSLContext | None = None
    ) -> None:
        self._script, self.context = script, context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._peer: socket.socket | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = self._listener.accept()
                peer.settimeout(SECONDS)
                with contextlib.suppress(OSError):
                    if self.context is not None:
                        peer = self.context.wrap_socket(peer, server_side=True)
                    self._peer = peer
                    self._script(peer)
                peer.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with contextlib.suppress(OSError):
            if self._peer is not None:
                self._peer.shutdown(socket.SHUT_RDWR)
        self._thread.join(SECONDS)


def read_until(peer: socket.socket, what: bytes) -> bytes:
    seen = b""
    while what not in seen:
        part = peer.recv(4096)
        if not part:
            raise OSError("closed")
        seen += part
    return seen


def welcome(peer: socket.socket) -> None:
    read_until(peer, b"USER ")
    peer.sendall(b":srv 421 me CAP :Unknown command\r\n" + WELCOME)


def until_closed(peer: socket.socket) -> None:
    while peer.recv(4096):
        pass


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def network(inbox: Inbox) -> Iterator[Network]:
    made = Network(inbox.queue.put, {})
    yield made
    made.stop()


Serve = Callable[..., Scripted]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Scripted] = []

    def start(script: Callable[[socket.socket], None], **more: ssl.SSLContext) -> Scripted:
        servers.append(Scripted(script, more.get("context")))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def target(port: int, tls: bool = False) -> Target:
    return Target("127.0.0.1", port, tls, "me")


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, str]:
    """A server's context with a certificate of its own, and the fingerprint."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, fingerprint(made.public_bytes(serialization.Encoding.DER))


def test_nobody_answers(network: Network, inbox: Inbox) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        network.open(target(unused.getsockname()[1]))
        failed = inbox.next(ConnectionFailed)
    assert failed == ConnectionFailed("port", "No server answers there.")


def test_a_name_that_no_server_can_have(network: Network, inbox: Inbox) -> None:
    network.open(Target("a..b", 5000, False, "me"))
    failed = inbox.next(ConnectionFailed)
    assert failed == ConnectionFailed("host", "This cannot be a server's name.")


def test_a_server_that_hangs_up(network: Network, inbox: Inbox, serve: Serve) -> None:
    server = serve(lambda peer: None)
    network.open(target(server.port))
    failed = inbox.next(ConnectionFailed)
    assert isinstance(failed, ConnectionFailed)
    assert failed.field == "host"
    assert failed.sentence


def test_talking_and_reconnecting(network: Network, inbox: Inbox, serve: Serve) -> None:
    heard: queue.Queue[bytes] = queue.Queue()

    def script(peer: socket.socket) -> None:
        welcome(peer)
        heard.put(read_until(peer, b"PRIVMSG"))

    server = serve(script)
    network.open(target(server.port))
    registered = inbox.next(events.Registered)
    assert isinstance(registered, events.Registered)
    assert (registered.nick, registered.reconnected) == ("me", False)
    network.say("ada", "ada", "hello", "privmsg")
    queued = inbox.next(Queued)
    assert isinstance(queued, Queued)
    assert [piece.text for piece in queued.pieces] == ["hello"]
    assert b"PRIVMSG" in heard.get(timeout=SECONDS)
    waiting = inbox.next(Waiting)
    assert isinstance(waiting, Waiting)
    assert waiting.reason
    network.retry()
    again = inbox.next(events.Registered)
    assert isinstance(again, events.Registered)
    assert again.reconnected
    assert (network.key("ADA"), network.is_room("#x"), network.is_room("x")) == ("ada", True, False)


def test_quitting_ends_it(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        welcome(peer)
        read_until(peer, b"QUIT")
        peer.sendall(b"ERROR :Bye\r\n")
        until_closed(peer)

    server = serve(script)
    network.open(target(server.port))
    inbox.next(events.Registered)
    network.ask(lambda session, now: session.quit(now))
    gone = inbox.next(events.Disconnected)
    assert isinstance(gone, events.Disconnected)
    assert gone.wanted


def test_a_self_signed_certificate_is_pinned_and_then_has_to_stay(
    network: Network, inbox: Inbox, serve: Serve, tmp_path: Path
) -> None:
    first, known = certificate(tmp_path, "first")
    second, offered = certificate(tmp_path, "second")
    heard: list[bytes] = []

    def script(peer: socket.socket) -> None:
        heard.append(peer.recv(4096))
        peer.sendall(WELCOME)
        until_closed(peer)

    server = serve(script, context=first)
    place = target(server.port, tls=True)
    network.open(place)
    assert inbox.next(Pinned) == Pinned(place.server, known)
    inbox.next(events.Registered)
    network.open(place)
    inbox.next(events.Registered)
    server.context = second
    before = len(heard)
    network.open(place)
    assert inbox.next(CertificateChanged) == CertificateChanged(place.server, known, offered)
    assert [words for words in heard[before:] if words] == []
    network.trust(place.server, offered)
    network.retry()
    assert inbox.next(Pinned) == Pinned(place.server, offered)
    inbox.next(events.Registered)


def test_a_server_that_had_an_authority_cannot_fall_back_to_less(
    inbox: Inbox, serve: Serve, tmp_path: Path
) -> None:
    context, offered = certificate(tmp_path, "plain")
    server = serve(until_closed, context=context)
    place = target(server.port, tls=True)
    made = Network(inbox.queue.put, {place.server: AUTHORITY})
    try:
        made.open(place)
        changed = inbox.next(CertificateChanged)
        assert changed == CertificateChanged(place.server, AUTHORITY, offered)
    finally:
        made.stop()


def test_a_server_without_tls(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        peer.sendall(b":srv NOTICE * :hello, this is plain text\r\n")
        until_closed(peer)

    server = serve(script)
    network.open(target(server.port, tls=True))
    failed = inbox.next(ConnectionFailed)
    assert isinstance(failed, ConnectionFailed)
    assert failed.field == "tls"


def test_opening_another_server_leaves_the_first(
    network: Network, inbox: Inbox, serve: Serve
) -> None:
    closed = threading.Event()

    def script(peer: socket.socket) -> None:
        welcome(peer)
        until_closed(peer)
        closed.set()

    server = serve(script)
    other = serve(script)
    network.open(target(server.port))
    inbox.next(events.Registered)
    network.open(target(other.port))
    connecting = inbox.next(Connecting)
    assert connecting == Connecting(target(other.port))
    assert closed.wait(SECONDS)
    inbox.next(events.Registered)


def test_stopping_while_waiting_leaves_no_task_behind(
    inbox: Inbox, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    made = Network(inbox.queue.put, {})
    made.open(target(serve(welcome).port))
    inbox.next(Waiting)
    made.close()
    made.stop()
    del made
    gc.collect()
    assert [record.getMessage() for record in caplog.records] == []


def test_stopping_twice_is_harmless(inbox: Inbox) -> None:
    made = Network(inbox.queue.put, {})
    made.stop()
    made.retry()
    made.stop()


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
