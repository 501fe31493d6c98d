"""A worker's connections around its replica, without a socket or a clock.

The flow is one circle.  ``inbound`` turns bytes into commands; a handler proposes facts or asks
for a read, and both take their place in ``_pending``.  ``take_chunk`` hands the facts to the
relay.  ``deliver`` gets them back in the log's order, among those of all other workers, and
applies them; own ones are matched with ``_pending`` by their order alone.  So a read asked for
between two facts is answered between them, and a turn without facts sends an empty chunk to
find its place in the order.

Rules: handlers never change the replica; whatever is sent goes through ``send`` (one receiver)
or the fan-out (many), lands in ``Connection.out`` and is written once a turn.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, ParamSpec

from core.config import Config
from core.session import batches, fanout, keepalive, render
from core.session.attempts import Attempts
from core.session.connection import Connection
from core.session.inbound import Inbound
from core.session.label import Label
from core.session.offers import Offers
from core.session.presence import Presence
from core.session.profiles import is_aware, send_own, speaks_2
from core.session.trickle import Trickle
from core.session.watching import Watching
from core.session.welcome import Welcome
from core.state import facts
from core.state.events import Refused
from core.state.facts import Chunk, Fact, decode_facts, encode_facts
from core.state.replica import Replica, Stamp
from core.state.server_bans import refused_address
from core.wire import numerics
from core.wire.numerics import Numeric
from core.wire.tags import CLIENT_TAG_DATA

P = ParamSpec("P")

# Told what a proposal came to: with the refusal, or None.
Outcome = Callable[[Refused | None], None]


class _Awaited(NamedTuple):
    """A proposal whose verdict is told to somebody in particular."""

    outcome: Outcome


# What is asked of the log for one connection: (who, label, what), the last being the read, or
# None or an _Awaited for a proposal.
_Pending = tuple[Connection, Label | None, Callable[[], None] | _Awaited | None]


class Request(NamedTuple):
    """Work that is done off the loop (reading the store, judging a password); then ``resume``."""

    connection: Connection
    label: Label | None
    job: Any  # what is to be done; the runtime knows how from its type
    resume: Callable[[Any], None]  # with the answer, or an Exception


class Node:
    """All connections of one worker."""

    def __init__(
        self,
        config: Config,
        replica: Replica,
        origin: int,
        started: int,
        *,
        secret: bytes = b"",
        nonce: Callable[[], str] = str,
        external: bool = False,
    ) -> None:
        """``started``: milliseconds since the epoch.  ``secret``: random, the same on all workers
        and after a restart.  ``nonce`` makes random text for one login.  ``external``: clients are
        asked for their certificates.
        """
        self.config = config
        self.limits = config.limits
        self._line_limit = CLIENT_TAG_DATA + 2 + self.limits.line_bytes
        self.server = config.server.name
        self.replica = replica
        self.origin = origin  # this worker's number, never used twice
        self.time = started  # of the last batch: milliseconds since the epoch
        self.now = 0.0  # seconds, of the runtime's clock
        self.secret = secret
        self.nonce = nonce
        self.offers = Offers(config, external)
        self.attempts = Attempts(config.limits.login_attempts)
        self.sign_ups = Attempts(config.limits.login_attempts)  # accounts registered
        self.welcome = Welcome(config, started)
        self.connections: dict[int, Connection] = {}
        self.unregistered: dict[Connection, None] = {}
        self._waiting = 0  # how many of them the others know of
        self._itself = Connection(0, "", True, self._line_limit, 0.0)  # proposes that
        self.used: dict[str, int] = {}  # command -> how often it was given here
        self.present = Presence()
        self.watching = Watching()
        self.trickle = Trickle()
        self.dirty: list[Connection] = []  # with something in ``out``
        self.requests: list[Request] = []  # for the runtime to answer
        self.inbound = Inbound(self)
        self.rooms_out = fanout.RoomOutput(self)
        self.resolving = False  # within ``deliver``: answers are in order already
        self._proposals: list[Fact] = []
        self._pending: deque[_Pending | None] = deque()  # None ends a chunk
        self._asked = False  # something of this turn waits for its place in the order
        self._batches = 0  # references of batches given out
        # Told when a command fails by a mistake of ours; None: the exception goes on.
        self.on_mistake: Callable[[Connection, Exception], None] | None = None

    # Connections come and go.

    def connect(
        self, id: int, address: str, secure: bool, now: float, certificate: str = ""
    ) -> Connection:
        """A new socket; ``address`` is the client's host as others see it.  It may be banned:
        then the connection is closing already.

        certificate: the SHA-256 of the client's TLS certificate, in lower-case hex; "" for none.
        """
        connection = Connection(id, address, secure, self._line_limit, now)
        connection.certificate = certificate
        connection.tokens = float(self.limits.message_burst)
        self.connections[id] = connection
        ban = refused_address(self.replica, address)
        if ban is not None:
            self.close(connection, f"You are banned from this server: {ban.reason}")
        else:
            self.unregistered[connection] = None
        return connection

    def lost(self, connection: Connection, reason: str) -> None:
        """The socket is gone."""
        if not connection.closing:
            self._end(connection, reason)

    def close(self, connection: Connection, reason: str, quit_reason: str = "") -> None:
        """Tell a client why, and close.  Others read ``quit_reason``, or ``reason``."""
        if connection.closing:
            return
        lines = [render.line(f"ERROR :Closing link: {reason}")]
        label, connection.label = connection.label, None
        if label is not None:  # it was the command's doing: nothing else can answer it
            label.lines += lines
            lines = label.answer(self.server, self.batch_reference())
        for line in lines:
            self.send(connection, line)
        self._end(connection, quit_reason or reason)

    def _end(self, connection: Connection, reason: str) -> None:
        connection.closing = True
        self.connections.pop(connection.id, None)
        self.unregistered.pop(connection, None)
        self.inbound.forget(connection)
        self.watching.forget(connection)
        user = connection.user
        if user is not None:
            self.present.detach(connection, user)
            self.propose(connection, facts.Disconnected(user.id, connection.id, reason))

    def end_all(self, reason: str) -> None:
        """Tell every client that the server stops."""
        for connection in list(self.connections.values()):
            self.close(connection, reason)

    # Time.

    def tick(self, now: float) -> None:
        """Flood gates and answers in portions; call it every few hundred milliseconds."""
        self.now = now
        self.inbound.tick(now)
        self.trickle.tick(self)

    def check_alive(self, now: float) -> None:
        """PINGs and time-outs of all connections; call it about once a second."""
        for connection in list(self.connections.values()):
            if connection.batch is not None:
                batches.expire(self, connection, now)
            due = keepalive.due(connection, self.limits, now)
            if due == "ping":
                connection.pinged_at = now
                self.send_now(connection, f":{self.server} PING :{self.server}".encode())
            elif due == "timeout":
                self.close(connection, "Ping timeout")
            elif due == "unregistered":
                self.close(connection, "Registration timed out")

    def guarded(
        self, connection: Connection, call: Callable[P, None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Do something for one connection; a mistake of ours in it goes to ``on_mistake``."""
        try:
            call(*args, **kwargs)
        except Exception as error:
            connection.label = None
            if self.on_mistake is None:
                raise
            self.on_mistake(connection, error)

    # What handlers call.

    def hold(self, connection: Connection) -> None:
        """Take no further command until ``release``."""
        connection.held = True

    def release(self, connection: Connection) -> None:
        """The end of ``hold``."""
        connection.held = False
        self.inbound.continue_with(connection)

    def propose(self, connection: Connection, fact: Fact, outcome: Outcome | None = None) -> None:
        """Put a fact into the log.

        Its verdict is told to ``connection``, in the usual words; or else, after what it brings
        about has been told to everybody, to ``outcome``.
        """
        label = connection.label
        if label is not None:
            label.outstanding += 1
        connection.in_flight += 1
        self._proposals.append(fact)
        awaited = None if outcome is None else _Awaited(outcome)
        self._pending.append((connection, label, awaited))
        self._asked = True

    def read(self, connection: Connection, answer: Callable[[], None]) -> None:
        """Call ``answer`` when everything ordered before now is applied here."""
        if len(self.unregistered) != self._waiting:
            self._tell_waiting()
        label = connection.label
        if label is not None:
            label.outstanding += 1
        connection.in_flight += 1
        self._pending.append((connection, label, answer))
        self._asked = True

    def _tell_waiting(self) -> None:
        self._waiting = len(self.unregistered)
        self.propose(self._itself, facts.Waiting(self._waiting))

    def charge(self, connection: Connection, tokens: float) -> None:
        """Let a costly command count as more than one line for the flood gate."""
        connection.tokens -= tokens

    def ask(self, connection: Connection, job: Any, resume: Callable[[Any], None]) -> None:
        """Have the runtime do a job; the connection's commands wait (``hold``) for it."""
        label = connection.label
        if label is not None:
            label.outstanding += 1
        self.hold(connection)
        self.requests.append(Request(connection, label, job, resume))

    def answer_request(self, request: Request, answer: Any) -> None:
        """What a job came to (or the exception it raised) goes to who asked."""
        connection, label = request.connection, request.label
        self.release(connection)
        if not connection.closing:
            self.resolving = True
            connection.label = label
            self.guarded(connection, request.resume, answer)
            connection.label = None
            self.resolving = False
            if label is not None:
                self.settle_label(connection, label)

    def reply(self, connection: Connection, numeric: Numeric, **values: object) -> None:
        """A numeric."""
        body = f":{self.server} {numeric.code} {connection.name} {numeric.fill(**values)}"
        self.answer(connection, render.line(body))

    def fail(
        self, connection: Connection, command: str, code: str, text: str, *context: str
    ) -> None:
        """A FAIL (https://ircv3.net/specs/extensions/standard-replies)."""
        words = " ".join(numerics.middle(word) for word in (command, code, *context))
        self.answer(connection, render.line(f":{self.server} FAIL {words} :{text}"))

    def answer(self, connection: Connection, line: bytes) -> None:
        """A line for one client, behind the answers to its earlier commands."""
        if connection.in_flight and not self.resolving:
            self.read(connection, lambda: self.send(connection, line))
        else:
            self.send(connection, line)

    def send(self, connection: Connection, line: bytes) -> None:
        """A line for one client, now; it belongs to the label that is being answered."""
        if connection.closing:
            return
        if connection.label is not None:
            connection.label.lines.append(line)
            return
        if not connection.out:
            self.dirty.append(connection)
        connection.out.append(line)

    def send_now(self, connection: Connection, body: bytes) -> None:
        """A line that answers no command (PING, ERROR)."""
        if not connection.out:
            self.dirty.append(connection)
        connection.out.append(body + b"\r\n")

    def batch_reference(self) -> str:
        """A reference for BATCH, not in use."""
        self._batches += 1
        return f"{self._batches:x}"

    def change_caps(self, connection: Connection, caps: int) -> None:
        """Other capabilities may put a connection into another class of receivers."""
        user = connection.user
        was_aware = is_aware(connection)
        if user is None:
            connection.caps = caps
        else:
            self.present.detach(connection, user)
            connection.caps = caps
            self.present.attach(connection, user)
        if not is_aware(connection):
            connection.subscriptions.clear()
        elif user is not None and not was_aware and speaks_2(connection):
            send_own(self, connection)

    # The log.

    def take_chunk(self) -> tuple[int, bytes] | None:
        """What goes to the relay from this turn: (count, payload), or None for nothing."""
        if len(self.unregistered) != self._waiting:
            self._tell_waiting()
        if not self._asked:
            return None
        self._asked = False
        self._pending.append(None)
        proposals, self._proposals = self._proposals, []
        return len(proposals), encode_facts(proposals) if proposals else b""

    @property
    def settled(self) -> bool:
        """True if nothing proposed here is still on its way."""
        return not self._pending

    def deliver(self, time: int, chunks: Sequence[Chunk], now: float) -> None:
        """Apply a batch, stamped ``time`` (milliseconds since the epoch)."""
        self.time = time
        self.now = now
        self.resolving = True
        self.rooms_out.stamp(time)
        for origin, seq, count, payload in chunks:
            own = origin == self.origin
            if count:
                for fact in decode_facts(payload):
                    self._apply(Stamp(seq, time, origin), fact, own)
                    seq += 1
            if own:
                self._reads_until_chunk_end()
        self.rooms_out.flush()
        self.resolving = False
        self.inbound.wake(now)

    def _apply(self, stamp: Stamp, fact: Fact, own: bool) -> None:
        if not own:
            for event in self.replica.apply(stamp, fact):
                fanout.FAN_OUT[type(event)](self, event, None)
            return
        proposer, label, outcome = self._next_proposal()
        proposer.label = label
        refusal = None
        for event in self.replica.apply(stamp, fact):
            if outcome is not None and isinstance(event, Refused):
                refusal = event
            else:
                fanout.FAN_OUT[type(event)](self, event, proposer)
        if outcome is not None and not proposer.closing:
            self.rooms_out.flush()
            self.guarded(proposer, outcome, refusal)
        proposer.label = None
        self._settle(proposer, label)

    def _next_proposal(self) -> tuple[Connection, Label | None, Outcome | None]:
        while True:
            entry = self._pending.popleft()
            assert entry is not None, "a chunk came back with more facts than were sent"
            connection, label, what = entry
            if what is None:
                return connection, label, None
            if isinstance(what, _Awaited):
                return connection, label, what.outcome
            self._answer_read(connection, label, what)

    def _reads_until_chunk_end(self) -> None:
        while (entry := self._pending.popleft()) is not None:
            connection, label, what = entry
            assert what is not None, "a chunk came back with fewer facts than were sent"
            assert not isinstance(what, _Awaited), "a chunk came back with fewer facts than sent"
            self._answer_read(connection, label, what)

    def _answer_read(
        self, connection: Connection, label: Label | None, answer: Callable[[], None]
    ) -> None:
        self.rooms_out.flush()
        connection.label = label
        if not connection.closing:
            self.guarded(connection, answer)
        connection.label = None
        self._settle(connection, label)

    def _settle(self, connection: Connection, label: Label | None) -> None:
        connection.in_flight -= 1
        if label is not None:
            self.settle_label(connection, label)
        if connection.backlog:
            self.inbound.continue_with(connection)

    def settle_label(self, connection: Connection, label: Label) -> None:
        """One thing less that the answer to a labelled command waits for."""
        label.outstanding -= 1
        if label.outstanding == 0:
            current, connection.label = connection.label, None
            for line in label.answer(self.server, self.batch_reference()):
                self.answer(connection, line)
            connection.label = current
