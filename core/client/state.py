"""The state of a session, and the few things that every handler does with it.

The handlers (registration, room_events, incoming ...) are functions of this state and a
message; ``session.Session`` is what applications see of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from core.client.acquaintances import Marker, Profiles, Watch
from core.client.batches import Batches
from core.client.conversations import Conversation, SeenIds
from core.client.events import (
    ConversationOpened,
    ConversationRenamed,
    Event,
    LagMeasured,
    RoomMask,
    TypingState,
    WhoisReceived,
)
from core.client.features import NO_FEATURES, Features
from core.client.isupport import ServerSupport
from core.client.multiline import Limits
from core.client.pending import PendingMessages
from core.client.requests import HistoryRequests, SearchEdge, SearchRequest
from core.client.roster import Roster
from core.client.sasl import Exchange
from core.client.settings import ClientSettings
from core.client.timers import Timers
from core.wire.authenticate import Assembler
from core.wire.message import NO_TAGS, Message, format_message

# Conversations of a session: what more people than these say comes as the server's notices.
MOST_CONVERSATIONS = 5000
# Reactions and redactions that are remembered so that none is told twice.
_MOST_MARKS = 5000
# Characters of nicks: our name inside a longer one is no mention.
_NICK_CHARACTER = r"[\w\[\]\\`^{|}-]"


@dataclass(slots=True)
class Negotiation:
    """Capabilities of this connection."""

    offered: dict[str, str] = field(default_factory=dict)  # name: value
    enabled: set[str] = field(default_factory=set)
    unanswered: int = 0  # CAP REQs without ACK or NAK
    retried: set[str] = field(default_factory=set)  # refused in company, then asked for alone
    ended: bool = False  # True once CAP END is sent


@dataclass(slots=True)
class Login:
    """Logging in on this connection."""

    account: str  # "": the nick's
    password: str = field(repr=False)
    wanted_mechanism: str = ""  # in upper case, "" for any
    nonce: str = ""  # for SCRAM, "" where none was given or it is used up
    # new: not tried; asked: for the capability; talking: AUTHENTICATE was sent
    stage: Literal["new", "asked", "talking", "over"] = "new"
    tried: list[str] = field(default_factory=list)  # mechanisms
    exchange: Exchange | None = None  # while talking
    accepted: bool = False  # the server took the mechanism
    failure: str = ""  # why we broke it off, as a sentence
    assembler: Assembler = field(default_factory=Assembler)
    new_password: str = field(default="", repr=False)  # of the account that is being registered


@dataclass(slots=True)
class Pings:
    """Our own PINGs on this connection."""

    count: int = 0  # over all connections, so that a token is used once
    keepalive_token: str = ""  # of the one under way, "" for none
    keepalive_sent: float = 0.0
    confirm_token: str = ""  # behind messages that no echo will confirm, "" for none
    confirming: list[str] = field(default_factory=list)  # their pending ids


@dataclass(slots=True)
class Collected:
    """Answers of several lines that are being collected."""

    motd: list[str] = field(default_factory=list)
    rooms: list[tuple[str, int, str]] = field(default_factory=list)
    whois: dict[str, WhoisReceived] = field(default_factory=dict)  # by folded nick
    who: set[str] = field(default_factory=set)  # room keys whose WHO we asked ourselves
    # A room's key and the letter of a list: its entries
    masks: dict[tuple[str, str], list[RoomMask]] = field(default_factory=dict)


class ClientState:
    """Everything that a session knows.  Handlers change it; ``emit`` and ``send`` are its output.

    ``now`` is set at each entry from outside and holds until the next.
    """

    def __init__(self, settings: ClientSettings) -> None:
        self.settings = settings
        self.now = 0.0
        self.phase: Literal["offline", "registering", "ready"] = "offline"
        self.out = bytearray()
        self.events: list[Event] = []
        # --- ourselves
        self.wanted_nick = settings.nick  # what we try to get back when it is free
        self.own_nicks: set[str] = set()  # all that we had in this session, as written
        self.set_nick(settings.nick)
        self.source = ""  # our nick!user@host as others see it, "" until it is known
        self.away = False
        self.reclaiming = ""  # a nick that we try to get back right now, "" for none
        self.alternates = 0  # nicks tried in the place of the wanted one
        # --- the connection
        self.registered_before = False
        self.leaving = False  # True once quit was asked for
        self.last_received = 0.0
        self.close_reason = ""  # the server's ERROR, or why we gave up, "" for neither
        self.refused = False  # True if RegistrationFailed was emitted
        self.lag: float | None = None
        self.clock_offset = 0.0  # the server's clock minus ours, seconds, as last seen
        self.negotiation = Negotiation()
        self.login = Login(
            settings.account, settings.account_password, settings.sasl_mechanism.upper()
        )
        self.account = ""  # that we are logged in to, "" for none
        self.features: Features = NO_FEATURES
        # What may be one message; kept while the connection is broken, None: a line.
        self.multiline: Limits | None = None
        self.pings = Pings()
        self.batches = Batches()
        self.collected = Collected()
        # --- what lasts over connections
        self.support = ServerSupport()
        self.roster = Roster(self.support.fold)
        self.wanted_rooms: dict[str, str] = {}  # name: key ("" for none), to be in
        self.joining: dict[str, str] = {}  # rooms asked to join, not answered: key: name
        self.conversations: dict[str, Conversation] = {}
        self.pending = PendingMessages()
        self.settled = False  # True if messages that wait for their turn may go
        self.settled_at = 0.0  # when the last one's fate became known
        self.ids = 0  # pending ids and labels given
        self.history = HistoryRequests()
        self.marks = SeenIds(_MOST_MARKS)  # ids of the lines that told of reactions and so on
        self.searches: list[SearchRequest] = []  # under way, the one that waits longest first
        self.search_edge = SearchEdge()
        self.markers: dict[str, Marker] = {}  # by conversation
        self.profiles = Profiles()
        self.watch = Watch()
        self.met: list[str] = []  # private conversations that were not asked about yet
        self.timers = Timers()
        # (conversation, folded nick): nick and state
        self.typists: dict[tuple[str, str], tuple[str, TypingState]] = {}
        self.own_typing: dict[str, tuple[str, float]] = {}  # conversation: state, when sent

    # --- output ---------------------------------------------------------------------------

    def emit(self, event: Event) -> None:
        """Tell the application."""
        self.events.append(event)

    def send(self, command: str, *params: str, tags: dict[str, str] | None = None) -> bool:
        """Put a line out.  False if there is no connection, or the parameters make no line."""
        if self.phase == "offline":
            return False
        try:
            self.out += format_message(command, params, tags=tags or NO_TAGS)
        except ValueError:
            return False
        return True

    def next_id(self, letter: str) -> str:
        """A pending id or label that was never used in this session."""
        self.ids += 1
        return f"{letter}{self.ids}"

    # --- names ----------------------------------------------------------------------------

    @property
    def fold(self) -> Callable[[str], str]:
        """The server's casemapping."""
        return self.support.fold

    def set_nick(self, nick: str) -> None:
        """That is our nick now (``own_nicks`` is for those that the server granted)."""
        self.nick = nick
        escaped = re.escape(nick)
        pattern = rf"(?<!{_NICK_CHARACTER}){escaped}(?!{_NICK_CHARACTER})"
        self.mention_pattern = re.compile(pattern, re.IGNORECASE)

    def is_own(self, nick: str) -> bool:
        """True if ``nick`` is us now."""
        return nick == self.nick or self.fold(nick) == self.fold(self.nick)

    def was_own(self, nick: str) -> bool:
        """True if ``nick`` is or was us in this session (history knows us by older nicks)."""
        return nick in self.own_nicks or self.is_own(nick)

    # --- conversations --------------------------------------------------------------------

    def open_conversation(self, name: str) -> Conversation:
        """The conversation with a room or a person, made known if it is new."""
        key = self.fold(name)
        conversation = self.conversations.get(key)
        if conversation is None:
            is_room = self.support.is_room(name)
            conversation = self.conversations[key] = Conversation(key, name, is_room)
            self.emit(ConversationOpened(key, name, is_room))
            if not is_room:
                self.met.append(key)
        return conversation

    def has_room_for(self, name: str) -> bool:
        """False if this would be one conversation too many."""
        few = len(self.conversations) < MOST_CONVERSATIONS
        return few or self.fold(name) in self.conversations

    def rename_conversation(self, old: str, name: str) -> None:
        """The person behind ``old`` is called ``name`` now; no other conversation is hurt."""
        key = self.fold(name)
        conversation = self.conversations.get(old)
        if conversation is None or (key != old and key in self.conversations):
            return
        self.move_conversation(old, name)
        if key != old:
            self.emit(ConversationRenamed(old, key, name))

    def move_conversation(self, old: str, name: str) -> None:
        """All that is kept of a conversation goes to another key, in the place of what is there."""
        key = self.fold(name)
        conversation = self.conversations.pop(old)
        conversation.key, conversation.name = key, name
        self.conversations[key] = conversation
        self.pending.rename(old, key, name)
        self.history.rename(old, key)
        if old in self.markers:
            self.markers[key] = self.markers.pop(old)

    # --- answers to our own PINGs ---------------------------------------------------------

    def ping(self) -> str:
        """Send a PING; its token."""
        self.pings.count += 1
        token = f"parlor-{self.pings.count}"
        self.send("PING", token)
        return token

    def measured(self, sent: float) -> None:
        """The PING sent at ``sent`` was answered."""
        self.lag = max(self.now - sent, 0.0)
        self.emit(LagMeasured(self.lag))


Handler = Callable[[ClientState, Message, str], None]
"""What a message makes happen; the last argument is its label, "" for none."""
