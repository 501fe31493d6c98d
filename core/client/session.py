"""One client's side of an IRC connection, as a value that is fed.

How an application uses it::

    session = Session(ClientSettings(nick="ada", rooms=("#lobby",)))
    session.connection_made(now)                 # the socket (or TLS) is up
    socket.send(session.data_to_send())
    for event in session.receive(data, now): ...
    for event in session.tick(now): ...          # when session.next_timer() is due
    session.connection_lost(now, "reset")        # then reconnect, with the same session

Rules:
- No I/O, no clock, no threads, no randomness.  ``now`` is wall-clock seconds since the epoch;
  an action that takes none goes by the last one, so call ``tick`` before it.
- After each call that may have made output (any action, ``receive``, ``tick``,
  ``connection_made``) send what ``data_to_send`` returns, and look at ``next_timer`` again.
- Nothing that a server sends makes ``receive`` raise.
- The same session survives reconnections; that is how nothing is lost or shown twice.
- Events come from ``receive``, ``tick``, ``connection_lost`` and ``take_events``; actions
  that fail at once leave their events for the next of these calls (``take_events`` has them
  immediately).
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from core.client import (
    attention,
    dispatch,
    history,
    keepalive,
    login,
    outbound,
    presence,
    profiles,
    registration,
    typists,
)
from core.client.acquaintances import Presence
from core.client.actions.account import AccountActions
from core.client.actions.messages import MessageActions
from core.client.actions.people import PeopleActions
from core.client.actions.reading import ReadingActions
from core.client.actions.rooms import RoomActions
from core.client.batches import Batches
from core.client.conversations import Conversation
from core.client.events import (
    Disconnected,
    Event,
)
from core.client.features import NO_FEATURES, Features
from core.client.isupport import ServerSupport
from core.client.pending import PendingMessage
from core.client.reading import LINE_LIMIT, clean, read_line
from core.client.roster import Profile, Room, User
from core.client.settings import ClientSettings
from core.client.state import ClientState, Collected, Negotiation, Pings
from core.wire.lines import LineBuffer


class Session(MessageActions, ReadingActions, RoomActions, PeopleActions, AccountActions):
    """See the module's text; what can be asked for is in `core.client.actions`.

    Attributes and mappings are for reading only.
    """

    def __init__(self, settings: ClientSettings) -> None:
        self._state = ClientState(settings)
        self._lines = LineBuffer(LINE_LIMIT)

    # --- The connection -----------------------------------------------------------------

    def connection_made(self, now: float, nonce: str = "") -> None:
        """A new connection is up: registration begins (CAP LS, PASS, NICK, USER).

        ``nonce``: random, of at least 16 bytes, in printable ASCII without a comma; SCRAM needs
        it, and "" logs in without SCRAM.
        """
        state = self._state
        state.now = now
        self._lines = LineBuffer(LINE_LIMIT)
        state.out.clear()
        state.negotiation = Negotiation()
        state.features = NO_FEATURES
        login.prepare(state, nonce)
        state.pings = Pings(state.pings.count)
        state.batches = Batches()
        state.collected = Collected()
        attention.begin(state)
        state.close_reason = ""
        state.refused = state.leaving = state.away = False
        registration.begin(state)
        keepalive.begin(state)

    def receive(self, data: bytes, now: float) -> list[Event]:
        """What ``data``, in any portions, makes happen, in order."""
        state = self._state
        if state.phase == "offline":
            return self.take_events()
        state.now = state.last_received = now
        for line in self._lines.feed(data):
            if isinstance(line, bytes):
                message = read_line(line)
                if message is not None:
                    dispatch.message(state, message)
        if state.settled:
            outbound.go_on(state)
        return self.take_events()

    def connection_lost(self, now: float, reason: str) -> list[Event]:
        """The connection has ended, or could not be made: always ends in ``Disconnected``."""
        state = self._state
        state.now = now
        state.phase = "offline"
        state.out.clear()
        state.timers.clear()
        state.joining.clear()
        state.reclaiming = ""
        typists.forget_all(state)
        state.roster.break_off()
        state.pending.break_off()
        history.lose_connection(state)
        attention.lose_connection(state)
        state.emit(Disconnected(state.close_reason or reason, state.leaving))
        return self.take_events()

    def data_to_send(self) -> bytes:
        """The bytes to send now; each is returned once."""
        if self._state.met:
            attention.attend(self._state)
        out = self._state.out
        if not out:
            return b""
        data = bytes(out)
        out.clear()
        return data

    def next_timer(self) -> float | None:
        """When to call ``tick`` (a value of ``now``), None if there is nothing to wait for."""
        return self._state.timers.next()

    def tick(self, now: float) -> list[Event]:
        """Do what is due: keepalive, expired typing, unanswered requests.  Early calls are
        harmless."""
        state = self._state
        state.now = now
        for name in state.timers.due(now):
            dispatch.timer(state, name)
        if state.settled:
            outbound.go_on(state)
        return self.take_events()

    def check_connection(self, now: float, patience: float = 5.0) -> list[Event]:
        """See now whether the connection still works (after the machine slept, for instance):
        ``CloseConnection`` follows if the server is silent for ``patience`` seconds."""
        self._state.now = now
        keepalive.probe(self._state, patience)
        return self.take_events()

    def take_events(self) -> list[Event]:
        """Events that actions left behind (a send that failed at once, for instance)."""
        events = self._state.events
        if events:
            self._state.events = []
        return events

    # --- What is known ------------------------------------------------------------------

    @property
    def phase(self) -> Literal["offline", "registering", "ready"]:
        """ "ready" after the server's welcome."""
        return self._state.phase

    @property
    def nick(self) -> str:
        """Our nick as the server knows it (before the welcome: the one asked for)."""
        return self._state.nick

    @property
    def features(self) -> Features:
        """What the server offers."""
        return self._state.features

    @property
    def support(self) -> ServerSupport:
        """Its ISUPPORT tokens: nick_length, chantypes, network ..."""
        return self._state.support

    @property
    def rooms(self) -> Mapping[str, Room]:
        """The rooms that we are in, by key.  They are kept while the connection is broken."""
        return self._state.roster.rooms

    @property
    def users(self) -> Mapping[str, User]:
        """Everyone in our rooms, by folded nick."""
        return self._state.roster.users

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        """Rooms and people talked with in this session, by key."""
        return self._state.conversations

    @property
    def lag(self) -> float | None:
        """Seconds that the last PING took, None before the first answer."""
        return self._state.lag

    @property
    def away(self) -> bool:
        """True while we are marked as away."""
        return self._state.away

    @property
    def account(self) -> str:
        """The account that we are logged in to, "" for none."""
        return self._state.account

    def key(self, name: str) -> str:
        """The key of a room or nick: folded as this server folds."""
        return self._state.fold(name)

    def is_room(self, name: str) -> bool:
        """True if ``name`` would be a room on this server."""
        return self._state.support.is_room(name)

    def profile(self, nick: str) -> Profile:
        """What ``nick`` tells of itself, as far as it is known."""
        return profiles.of(self._state, nick)

    def presence(self, nick: str) -> Presence | Literal[""]:
        """Whether somebody we write with is there, "" if that is not known."""
        return presence.of(self._state, nick)

    def pending(self, conversation: str) -> tuple[PendingMessage, ...]:
        """Our messages there that are not confirmed, in order."""
        entries = self._state.pending.of(conversation, "waiting", "sent", "uncertain")
        return tuple(entry.message for entry in entries)

    def typing(self, conversation: str) -> tuple[str, ...]:
        """The nicks of those typing there now ("active"), in the order they began."""
        return tuple(
            nick
            for (key, _), (nick, typing) in self._state.typists.items()
            if key == conversation and typing == "active"
        )

    # --- The server ---------------------------------------------------------------------

    def send_command(self, command: str, params: Sequence[str] = ()) -> bool:
        """Any command, for slash commands.  False if the parameters cannot be sent."""
        return self._state.send(command.upper(), *params)

    def send_line(self, line: str) -> bool:
        """A raw line as typed (``/quote``).  False if it is empty or no line."""
        message = read_line(clean(line).strip().encode())
        return message is not None and self._state.send(
            message.command, *message.params, tags=dict(message.tags)
        )

    def quit(self, now: float, message: str = "") -> None:
        """Leave for good.  ``CloseConnection`` follows when the server agrees, or in 3 s."""
        state = self._state
        state.now = now
        keepalive.leave(state, clean(message or state.settings.quit_message))
