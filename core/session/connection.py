"""One socket, as the protocol sees it: what it has negotiated and what waits for it."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.session.label import Label
from core.session.sasl import Dialogue
from core.state.records import User
from core.wire.capabilities import BATCH, MULTILINE, RENDER_MASK
from core.wire.lines import LineBuffer, TooLong

if TYPE_CHECKING:
    from core.session.batches import ClientBatch

_WITHOUT_BATCH = RENDER_MASK & ~MULTILINE


class Connection:
    """State of one client's socket.  ``Node`` acts on it; nothing here does."""

    __slots__ = (
        "account",
        "account_since",
        "address",
        "away",
        "backlog",
        "backlog_bytes",
        "batch",
        "cap_version",
        "caps",
        "certificate",
        "channel",
        "closing",
        "dialogue",
        "heard_at",
        "held",
        "id",
        "ident",
        "in_flight",
        "label",
        "lines",
        "negotiating",
        "nick",
        "opened_at",
        "out",
        "paced_until",
        "password",
        "paused",
        "pinged_at",
        "profile",
        "realname",
        "registering",
        "secure",
        "subscriptions",
        "then",
        "tokens",
        "tokens_at",
        "user",
        "watched",
    )

    def __init__(self, id: int, address: str, secure: bool, line_limit: int, now: float) -> None:
        self.id = id  # unique on its worker
        self.address = address  # the client's host, as others see it
        self.secure = secure
        self.certificate = ""  # SHA-256 of the client's TLS certificate in hex; "" without one
        self.channel: object = None  # whatever the runtime writes to
        self.caps = 0
        self.cap_version = 0
        self.negotiating = False  # between CAP LS or REQ and CAP END
        self.nick = ""  # wanted; once registered, the user has it
        self.ident = ""
        self.realname = ""
        self.password = ""
        self.account = 0  # id of the account it logged in to before it was registered; 0: none
        self.account_since = 0  # when that was made
        self.away = ""  # what it said with AWAY before it was registered
        self.dialogue: Dialogue | None = None  # the login that is under way
        self.batch: ClientBatch | None = None  # the message of several lines it is sending
        # To be done when the client has been told that it is logged in; None: nothing.
        self.then: Callable[[], None] | None = None
        self.registering = False  # the claim of the nick is in the log's hands
        self.user: User | None = None  # None until registered
        # Metadata that it set before it was registered; None: a key taken away.
        self.profile: dict[str, str | None] = {}
        self.subscriptions: dict[str, None] = {}  # keys of metadata whose changes it is told
        self.watched: dict[str, str] = {}  # its MONITOR list: folded nick -> as it wrote it
        self.paced_until = 0.0  # see ``profiles.seconds_to_wait``
        self.lines = LineBuffer(line_limit)
        self.backlog: deque[bytes | TooLong] | None = None  # lines that wait for their turn
        self.backlog_bytes = 0
        self.paused = False  # the runtime is asked to stop reading
        self.out: list[bytes] = []  # to be written at the end of this turn
        self.closing = False  # nothing more is read; closed when ``out`` is written
        self.tokens = 0.0  # lines that may be taken at once (flood gate)
        self.tokens_at = now
        self.opened_at = now
        self.heard_at = now
        self.pinged_at = 0.0  # 0 while no PING is unanswered
        self.in_flight = 0  # proposals and reads whose turn has not come
        self.held = False  # an answer is being fetched; further commands wait
        self.label: Label | None = None  # of the command that is being answered just now

    @property
    def name(self) -> str:
        """The nick, or ``*`` while there is none: the first parameter of a numeric."""
        return self.user.nick if self.user is not None else self.nick or "*"

    @property
    def prefix(self) -> str:
        """``nick!user@host``, with ``*`` for what is not known yet."""
        if self.user is not None:
            return self.user.prefix
        return f"{self.nick or '*'}!{self.ident or '*'}@{self.address}"

    @property
    def render_class(self) -> int:
        """The capabilities that change the bytes of what many receive.

        A message of several lines is sent as a batch to those who take batches.
        """
        caps = self.caps
        return caps & RENDER_MASK if caps & BATCH else caps & _WITHOUT_BATCH
