"""Small scripted servers on loopback for the network thread, and what it posts."""

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.client.address import fingerprint
from gui.link import Target

E = TypeVar("E")
Serve = Callable[..., "Scripted"]

SECONDS = 20.0
WELCOME = b":srv 001 me :Welcome\r\n:srv 422 me :No MOTD\r\n"


class Inbox:
    """What the network thread has posted, in order."""

    def __init__(self) -> None:
        self.queue: queue.Queue[object] = queue.Queue()

    def next(self, kind: type[E]) -> E:
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


def target(port: int, tls: bool = False) -> Target:
    return Target("127.0.0.1", port, tls, "me")


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, str]:
    """A server's context with a certificate of its own, and the fingerprint."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
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
