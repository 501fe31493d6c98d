"""The network thread: asyncio, one connection at a time, and the session that it feeds.

It never touches Tk: whatever happens goes to `post` (see `gui.wakeup`), whatever the window
wants comes in by `call_soon_threadsafe`.  The session lives here and is only used here, but for
its `key` and `is_room`, which change nothing.
"""

import asyncio
import copy
import random
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, cast

from core.client import events
from core.client.backoff import Backoff
from core.client.session import Session
from core.client.settings import ClientSettings
from core.wire.casemapping import fold
from core.wire.names import is_room
from gui.certificate import describe
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
from gui.resolving import Loop
from gui.trust import (
    CertificateChangedError,
    CertificateUnknownError,
    as_pin,
    connect,
    connect_tls,
)
from gui.wire import Wire, failure, problem

_CONNECT_SECONDS: Final = 15.0
# For the server to take leave, and then for what is left to go out.
_GOODBYE_SECONDS: Final = 0.7
_LAST_SECONDS: Final = 0.3
# How often to look whether the machine has slept, and how much later than due that is.
WATCH_EVERY: Final = 5.0
SLEPT: Final = 10.0
# For a server's answer when there is doubt about the connection.
PATIENCE: Final = 5.0


def _nonce() -> str:
    return secrets.token_urlsafe(24)


def _settings(target: Target) -> ClientSettings:
    """Whoever gives an account is let in with it, or not at all."""
    return ClientSettings(
        nick=target.nick,
        password=target.password,
        account=target.account,
        account_password=target.account_password,
        sasl_mechanism=target.mechanism,
        login_required=bool(target.account or target.account_password or target.mechanism),
    )


class Network:
    """See `gui.link.Link`; `pins` are the certificates known at the start.

    `clock` is the time of day: it goes on while the machine sleeps.
    """

    def __init__(
        self,
        post: Callable[[object], None],
        pins: Mapping[str, str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._post, self._pins, self._clock = post, dict(pins), clock
        self._target: Target | None = None  # opened last and not closed
        self._session: Session | None = None
        # The one before, if it was let in, and what happened when it was left.
        self._parked: tuple[Target, Session, list[events.Event]] | None = None
        self._wire: Wire | None = None
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._again = asyncio.Event()
        self._pausing = False  # until the next attempt; False while the user is asked something
        self._welcomed = self._refused = False
        self._backoff = Backoff(random.random)
        self._loop = Loop()
        self._loop.call_soon(self._watch, clock())
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
        self._call(lambda: self._start(target))

    def close(self) -> None:
        """See `Link`."""
        self._call(lambda: self._start(None))

    def retry(self) -> None:
        """See `Link`."""
        self._call(self._try_again)

    def trust(self, server: str, offered: str) -> None:
        """See `Link`."""
        self._call(lambda: self._pin(server, as_pin(offered)))

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
        """QUIT, and what was written before it; a second has to do."""
        wire = self._wire
        if wire is not None:
            self._do(lambda session, now: session.quit(now))
            await asyncio.wait([wire.ended], timeout=_GOODBYE_SECONDS)
            wire.close()
            await asyncio.wait([wire.ended], timeout=_LAST_SECONDS)
        self._start(None)
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        if rest:  # a task that is still there when the loop closes is complained about
            await asyncio.wait(rest, timeout=_LAST_SECONDS)
        self._loop.stop()

    def _start(self, target: Target | None) -> None:
        """Give up what goes on, and begin anew with `target`."""
        if self._task is not None:
            self._task.cancel()
        if self._wire is not None:
            self._wire.close()
        self._set_timer(None)
        self._park()
        self._wire = self._session = self._task = None
        self._pausing = False
        self._target = target
        if target is not None:
            self._task = self._loop.create_task(self._stay_connected(target))

    def _park(self) -> None:
        """Keep a session that was let in: whoever changes their mind goes on with it, with all
        that waits to be sent.  Not one that said goodbye."""
        session, target = self._session, self._target
        if session is None or target is None or not self._welcomed:
            return
        happened = session.connection_lost(self._clock(), "")
        last = happened[-1]
        if not (isinstance(last, events.Disconnected) and last.wanted):
            self._parked = target, session, happened

    def _resumed(self, target: Target) -> Session | None:
        """The session before, if `target` is the same server for the same person."""
        if self._parked is None:
            return None
        before, session, happened = self._parked
        same = before._replace(account=before.account or target.account)
        if same != target._replace(account_password=same.account_password):
            return None
        self._parked = None
        session.keep_login(target.account, target.account_password)
        self._tell(happened)
        return session

    def _try_again(self) -> None:
        if self._task is None or self._task.done():
            if self._target is not None:
                self._start(self._target)
        elif self._wire is not None:
            self._check()
        else:
            self._again.set()

    def _check(self) -> None:
        """Is there a server still at the other end?"""
        if self._session is not None:
            self._tell(self._session.check_connection(self._clock(), PATIENCE))
            self._flush()

    def _watch(self, before: float) -> None:
        """If much more time has passed than was slept here, the machine itself was asleep."""
        now = self._clock()
        if now - before > WATCH_EVERY + SLEPT:
            if self._wire is not None:
                self._check()
            elif self._pausing:
                self._again.set()
        self._loop.call_later(WATCH_EVERY, self._watch, now)

    async def _stay_connected(self, target: Target) -> None:
        """Connect, and again after each break, until somebody gives up."""
        if target.account and not (target.account_password or target.mechanism == "EXTERNAL"):
            sentence = "The password of the account is missing."
            self._post(ConnectionFailed("account_password", sentence))
            return
        resumed = self._resumed(target)
        session = resumed or Session(_settings(target))
        self._session, self._welcomed = session, resumed is not None
        self._backoff = Backoff(random.random)
        while True:
            self._post(Connecting(target))
            try:
                self._wire = wire = await self._connect(target)
            except CertificateUnknownError as unknown:
                self._post(describe(target.server, unknown.der))
                await self._wait(None)
                continue
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
        self._pausing = seconds is not None
        try:
            await asyncio.wait_for(self._again.wait(), seconds)
        except TimeoutError:
            return
        finally:
            self._pausing = False

    async def _connect(self, target: Target) -> Wire:
        def make() -> Wire:
            return Wire(self._received)

        host, port = target.host, target.port
        async with asyncio.timeout(_CONNECT_SECONDS):
            if not target.tls:
                _, wire = await connect(make, host, port)
                return wire
            _, wire, pin = await connect_tls(make, host, port, target.server, self._pins)
            self._pin(target.server, pin)
            return wire

    def _pin(self, server: str, pin: str) -> None:
        if self._pins.get(server) != pin:
            self._pins[server] = pin
            self._post(Pinned(server, pin))

    async def _converse(self, session: Session, wire: Wire) -> str:
        """Until the connection ends; why it did, '' if it is not to come back."""
        self._refused = False
        session.connection_made(self._clock(), _nonce())
        self._flush()
        reason = await wire.ended
        self._wire = None
        self._set_timer(None)
        happened = session.connection_lost(self._clock(), reason)
        self._tell(happened)
        last = next((one for one in happened if isinstance(one, events.Disconnected)), None)
        if not self._welcomed:
            if not self._refused:
                self._post(ConnectionFailed("host", last.reason if last else reason))
            return ""
        if last is not None and last.wanted:
            return ""
        return (last.reason if last else "") or reason

    def _received(self, wire: Wire, data: bytes) -> None:
        """What a connection brings that was given up already is not for the next session."""
        if self._session is not None and wire is self._wire:
            self._tell(self._session.receive(data, self._clock()))
            self._flush()

    def _do(self, action: Callable[[Session, float], object]) -> None:
        if self._session is not None:
            now = self._clock()
            self._tell(self._session.tick(now))  # so that it knows the time
            action(self._session, now)
            self._tell(self._session.take_events())
            self._flush()

    def _tick(self) -> None:
        if self._session is not None:
            self._tell(self._session.tick(self._clock()))
            self._flush()

    def _flush(self) -> None:
        """Send what there is to send, and set the session's timer."""
        session, wire = self._session, self._wire
        if session is None or wire is None or wire.transport is None:
            return
        if data := session.data_to_send():
            wire.transport.write(data)
        self._set_timer(session.next_timer())

    def _set_timer(self, due: float | None) -> None:
        """Call the session at `due`, None: not at all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if due is not None:
            self._timer = self._loop.call_later(max(0.0, due - self._clock()), self._tick)

    def _tell(self, happened: list[events.Event]) -> None:
        for event in happened:
            if isinstance(event, events.Registered):
                self._welcomed, self._parked = True, None
                self._backoff.succeeded()
            elif isinstance(event, events.RegistrationFailed):
                self._refused = True
            if isinstance(event, events.CloseConnection):
                if self._wire is not None:
                    self._wire.close()
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
