"""The network thread: asyncio, one connection at a time, and the session that it feeds.

It never touches Tk: whatever happens goes to `post` (see `gui.wakeup`), whatever the window
wants comes in by `call_soon_threadsafe`.  The session lives here and is only used here, but for
its `key` and `is_room`, which change nothing.
"""

import asyncio
import copy
import random
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, cast

from core.client import events
from core.client.backoff import Backoff
from core.client.session import Session
from core.client.settings import ClientSettings
from core.wire.casemapping import fold
from core.wire.names import is_room
from gui.link import (
    CertificateChanged,
    Connecting,
    ConnectionFailed,
    Listed,
    ListedMember,
    Pinned,
    Queued,
    Supported,
    Target,
    Waiting,
)
from gui.trust import CertificateChangedError, connect_tls

_CONNECT_SECONDS: Final = 15.0
_GOODBYE_SECONDS: Final = 1.0


class Wire(asyncio.Protocol):
    """A socket: bytes to the link, and the end of it."""

    def __init__(self, received: Callable[["Wire", bytes], None]) -> None:
        self._received = received
        self.transport: asyncio.Transport | None = None
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is up."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """The server says something."""
        self._received(self, data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone."""
        if not self.ended.done():
            self.ended.set_result(problem(exc) if exc else "the server has closed the connection")


def problem(error: BaseException) -> str:
    """What a failure means, in words."""
    if isinstance(error, socket.gaierror):
        return "No server has this name."
    if isinstance(error, ValueError) and not isinstance(error, OSError):  # 'a..b', for instance
        return "This cannot be a server's name."
    if isinstance(error, ConnectionRefusedError):
        return "No server answers there."
    if isinstance(error, TimeoutError):
        return "The server does not answer."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate is not valid: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return "TLS did not work; the server may not speak it on this port."
    if isinstance(error, ConnectionResetError):
        return "The server has broken off the connection."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return str(error) or type(error).__name__


def failure(error: BaseException, target: Target) -> ConnectionFailed:
    """The failure of a first attempt, and the field of the dialog that it belongs to."""
    if target.tls and isinstance(error, TimeoutError):
        sentence = "The server does not answer; it may not speak TLS on this port."
        return ConnectionFailed("tls", sentence)
    if isinstance(error, ssl.SSLError):
        return ConnectionFailed("tls", problem(error))
    field = "port" if isinstance(error, ConnectionRefusedError) else "host"
    return ConnectionFailed(field, problem(error))


def _nonce() -> str:
    return secrets.token_urlsafe(24)


class Network:
    """See `gui.link.Link`; `pins` are the certificates known at the start."""

    def __init__(
        self,
        post: Callable[[object], None],
        pins: Mapping[str, str],
    ) -> None:
        self._post, self._pins = post, dict(pins)
        self._session: Session | None = None
        self._wire: Wire | None = None
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._again = asyncio.Event()
        self._welcomed = False
        self._backoff = Backoff(random.random)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def _call(self, work: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(work)
        except RuntimeError:  # stopped already: the program is ending
            return

    # --- Link ---------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """See `Link`."""
        self._call(lambda: self._start(self._stay_connected(target)))

    def close(self) -> None:
        """See `Link`."""
        self._call(lambda: self._start(None))

    def retry(self) -> None:
        """See `Link`."""
        self._call(self._again.set)

    def trust(self, server: str, offered: str) -> None:
        """See `Link`."""
        self._call(lambda: self._pin(server, offered))

    def log_in(self, account: str, password: str) -> None:
        """See `Link`."""
        self.ask(lambda session, now: session.log_in(account, password, now, _nonce()))

    def ask(self, action: Callable[[Session, float], object]) -> None:
        """See `Link`."""
        self._call(lambda: self._do(action))

    def say(self, conversation: str, name: str, text: str, kind: str, reply_to: str = "") -> None:
        """See `Link`."""
        meant: events.MessageKind = "privmsg"
        if kind in ("action", "notice"):
            meant = cast(events.MessageKind, kind)

        def work(session: Session, now: float) -> None:
            pieces = session.send_message(name, text, now, meant, reply_to=reply_to)
            self._post(Queued(conversation, tuple(pieces)))

        self.ask(work)

    def key(self, name: str) -> str:
        """See `Link`."""
        session = self._session
        return session.key(name) if session else fold(name)

    def is_room(self, name: str) -> bool:
        """See `Link`."""
        session = self._session
        return session.is_room(name) if session else is_room(name)

    def stop(self) -> None:
        """End the thread, after what is on its way has gone out."""
        self._call(lambda: self._loop.create_task(self._goodbye()))
        self._thread.join(_GOODBYE_SECONDS + 1.0)

    # --- in the network thread ----------------------------------------------------------

    async def _goodbye(self) -> None:
        wire = self._wire
        if wire is not None and wire.transport is not None:
            wire.transport.close()
            await asyncio.wait([wire.ended], timeout=_GOODBYE_SECONDS)
        self._start(None)
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        if rest:  # a task that is still there when the loop closes is complained about
            await asyncio.wait(rest, timeout=_GOODBYE_SECONDS)
        self._loop.stop()

    def _start(self, work: Coroutine[Any, Any, None] | None) -> None:
        """Give up what goes on, and go on with `work`."""
        if self._task is not None:
            self._task.cancel()
        if self._wire is not None and self._wire.transport is not None:
            self._wire.transport.close()
        self._wire = self._session = None
        self._task = self._loop.create_task(work) if work is not None else None

    async def _stay_connected(self, target: Target) -> None:
        """Connect, and again after each break, until somebody gives up."""
        session = Session(ClientSettings(nick=target.nick, password=target.password))
        self._session, self._welcomed = session, False
        self._backoff = Backoff(random.random)
        while True:
            self._post(Connecting(target))
            try:
                self._wire = wire = await self._connect(target)
            except CertificateChangedError as changed:
                self._post(CertificateChanged(target.server, changed.known, changed.offered))
                await self._wait(None)
                continue
            except (OSError, ValueError) as error:  # ValueError: no such name can be
                if not self._welcomed:
                    self._post(failure(error, target))
                    return
                reason = problem(error)
            else:
                reason = await self._converse(session, wire)
                if not reason:
                    return
            delay = self._backoff.next_delay()
            self._post(Waiting(reason, delay))
            await self._wait(delay)

    async def _wait(self, seconds: float | None) -> None:
        """Until `retry` is asked for, or `seconds` have passed."""
        self._again.clear()
        try:
            await asyncio.wait_for(self._again.wait(), seconds)
        except TimeoutError:
            return

    async def _connect(self, target: Target) -> Wire:
        def make() -> Wire:
            return Wire(self._received)

        async with asyncio.timeout(_CONNECT_SECONDS):
            if not target.tls:
                _, wire = await self._loop.create_connection(make, target.host, target.port)
                return wire
            host, port, server = target.host, target.port, target.server
            _, wire, pin = await connect_tls(make, host, port, server, self._pins)
            self._pin(server, pin)
            return wire

    def _pin(self, server: str, pin: str) -> None:
        if self._pins.get(server) != pin:
            self._pins[server] = pin
            self._post(Pinned(server, pin))

    async def _converse(self, session: Session, wire: Wire) -> str:
        """Until the connection ends; why it did, '' if it is not to come back."""
        session.connection_made(time.time())
        self._flush()
        reason = await wire.ended
        self._wire = None
        if self._timer is not None:
            self._timer.cancel()
        happened = session.connection_lost(time.time(), reason)
        self._tell(happened)
        last = next((one for one in happened if isinstance(one, events.Disconnected)), None)
        if not self._welcomed:
            self._post(ConnectionFailed("host", last.reason if last else reason))
            return ""
        if last is not None and last.wanted:
            return ""
        return (last.reason if last else "") or reason

    def _received(self, wire: Wire, data: bytes) -> None:
        """What a connection brings that was given up already is not for the next session."""
        if self._session is not None and wire is self._wire:
            self._tell(self._session.receive(data, time.time()))
            self._flush()

    def _do(self, action: Callable[[Session, float], object]) -> None:
        if self._session is not None:
            action(self._session, time.time())
            self._tell(self._session.take_events())
            self._flush()

    def _tick(self) -> None:
        if self._session is not None:
            self._tell(self._session.tick(time.time()))
            self._flush()

    def _flush(self) -> None:
        """Send what there is to send, and set the session's timer."""
        session, wire = self._session, self._wire
        if session is None or wire is None or wire.transport is None:
            return
        if data := session.data_to_send():
            wire.transport.write(data)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = session.next_timer()
        if due is not None:
            self._timer = self._loop.call_later(max(0.0, due - time.time()), self._tick)

    def _tell(self, happened: list[events.Event]) -> None:
        for event in happened:
            if isinstance(event, events.Registered):
                self._welcomed = True
                self._backoff.succeeded()
            if isinstance(event, events.CloseConnection):
                if self._wire is not None and self._wire.transport is not None:
                    self._wire.transport.close()
            elif isinstance(event, events.MembersListed):
                self._post(self._listed(event.room))
            else:
                self._post(event)
            if isinstance(event, events.Registered) and self._session is not None:
                self._post(Supported(copy.copy(self._session.support)))

    def _listed(self, room: str) -> Listed:
        known = self._session.rooms.get(room) if self._session else None
        members = known.members.values() if known else ()
        return Listed(
            room,
            tuple(
                ListedMember(member.user.nick, member.prefixes, member.user.away)
                for member in members
            ),
        )
