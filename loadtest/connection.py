"""A socket around a client session, for gevent: one greenlet reads, anyone may act."""

import socket
import ssl
import time
from collections.abc import Callable

import gevent

from core.client.address import Address
from core.client.events import CloseConnection, Event
from core.client.session import Session
from core.client.settings import ClientSettings

_CONNECT_TIMEOUT = 10.0  # seconds
_READ_BYTES = 65536


class Connection:
    """One user's connection.  ``on_event`` is called in the reader's greenlet.

    ``received_at`` is when the bytes of the event at hand were read (monotonic seconds).
    """

    def __init__(
        self, address: Address, settings: ClientSettings, on_event: Callable[[Event], None]
    ) -> None:
        self.session = Session(settings)
        self.received_at = 0.0
        self._address = address
        self._on_event = on_event
        self._socket: socket.socket | None = None  # None: not connected
        self._reader: gevent.Greenlet | None = None
        self._flushing = False

    @property
    def is_open(self) -> bool:
        """True from ``open`` until the connection has ended."""
        return self._socket is not None

    def open(self) -> None:
        """Connect and begin to register.  Raises OSError."""
        place = (self._address.host, self._address.port)
        raw = socket.create_connection(place, timeout=_CONNECT_TIMEOUT)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._address.tls:
            context = ssl.create_default_context()
            context.check_hostname = False  # a test's server has a certificate of its own making
            context.verify_mode = ssl.CERT_NONE
            raw = context.wrap_socket(raw)
        raw.settimeout(None)
        self._socket = raw
        self.session.connection_made(time.time())
        self._reader = gevent.spawn(self._read)
        self.flush()

    def flush(self) -> None:
        """Send what the session has to say; whoever is sending already sends that too."""
        if self._flushing or self._socket is None:
            return
        self._flushing = True
        try:
            while data := self.session.data_to_send():
                self._socket.sendall(data)
        except OSError:
            pass  # the reader notices as well, and ends the connection
        finally:
            self._flushing = False

    def tick(self, now: float) -> None:
        """Let the session's timers ring, if one is due; ``now`` is ``time.time()``."""
        due = self.session.next_timer()
        if due is not None and due <= now:
            self._handle(self.session.tick(now))

    def close(self) -> None:
        """End the connection; the reader tells the session."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                self._socket.close()

    def quit(self, patience: float) -> None:
        """Leave properly, within ``patience`` seconds."""
        if self._socket is not None and self._reader is not None:
            self.session.quit(time.time())
            self.flush()
            self._reader.join(timeout=patience)
            self.close()

    def _read(self) -> None:
        reason = "closed by the server"
        current = self._socket
        assert current is not None
        try:
            while data := current.recv(_READ_BYTES):
                self.received_at = time.monotonic()
                self._handle(self.session.receive(data, time.time()))
        except OSError as error:
            reason = str(error)
        finally:
            self._socket = None
            current.close()
            for event in self.session.connection_lost(time.time(), reason):
                self._on_event(event)

    def _handle(self, events: list[Event]) -> None:
        for event in events:
            self._on_event(event)
            if isinstance(event, CloseConnection):
                self.close()
        self.flush()
