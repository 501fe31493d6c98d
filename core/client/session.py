"""One client's side of an IRC connection, as a value that is fed.

How an application uses it::

    session = Session(ClientSettings(nick="ada", rooms=("#lobby",)))
    session.connection_made(now)                 # the socket (or TLS) is up
    socket.send(session.data_to_send())
    for event in session.receive(data, now): ...
    for event in session.tick(now): ...          # when session.next_timer() is due
    session.connection_lost(now, "reset")        # then reconnect, with the same session

Rules:
- No I/O, no clock, no threads, no randomness.  ``now`` is wall-clock seconds since the epoch.
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
    capabilities,
    dispatch,
    history,
    keepalive,
    login,
    outbound,
    registration,
    room_events,
    typists,
)
from core.client.batches import Batches
from core.client.conversations import Conversation
from core.client.events import (
    Disconnected,
    ErrorReceived,
    Event,
    HistoryFailed,
    JoinFailed,
    MessageKind,
    RoomLeft,
    TypingState,
)
from core.client.features import NO_FEATURES, Features
from core.client.isupport import ServerSupport
from core.client.pending import PendingMessage
from core.client.reading import LINE_LIMIT, clean, read_line
from core.client.roster import Room, User
from core.client.settings import ClientSettings
from core.client.state import ClientState, Collected, Login, Negotiation, Pings
from core.wire.lines import LineBuffer


class Session:
    """See the module's text.  Attributes and mappings are for reading only."""

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
        state.emit(Disconnected(state.close_reason or reason, state.leaving))
        return self.take_events()

    def data_to_send(self) -> bytes:
        """The bytes to send now; each is returned once."""
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

    def is_own_nick(self, nick: str) -> bool:
        """True if that is us."""
        return self._state.is_own(nick)

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

    # --- Talking ------------------------------------------------------------------------

    def send_message(
        self,
        target: str,
        text: str,
        now: float,
        kind: MessageKind = "privmsg",
        *,
        reply_to: str = "",
    ) -> list[PendingMessage]:
        """Say ``text`` to a room or a nick.

        Each line is a message, empty ones are left out, long ones are split; the list has one
        entry for each.  Show them as pending: a ``MessageReceived`` or a ``SendFailed`` with
        the same ``pending_id`` follows for each.  Without a connection, or while a room is
        being (re)joined, they wait and are sent in order.
        """
        self._state.now = now
        return outbound.say(self._state, target, text, kind, reply_to)

    def discard_pending(self, pending_id: str) -> bool:
        """Forget a message that was not sent yet; False if it is sent, or unknown."""
        entry = self._state.pending.get(pending_id)
        if entry is None or entry.state == "sent":
            return False
        self._state.pending.settle(pending_id)
        return True

    def set_typing(self, target: str, state: TypingState, now: float) -> None:
        """Tell others that we type.  Call it at every key; it is throttled as specified.

        "done" (the text was deleted) is only sent if "active" or "paused" was.  Sending a
        message ends it by itself.
        """
        self._state.now = now
        typists.tell(self._state, target, state)

    def react(self, target: str, msgid: str, reaction: str, *, remove: bool = False) -> None:
        """React to a message, where ``features.reactions``."""
        tag = "+draft/unreact" if remove else "+draft/react"
        if self._state.features.reactions:
            tags = {"+draft/reply": msgid, tag: reaction}
            self._state.send("TAGMSG", target, tags=tags)

    # --- History ------------------------------------------------------------------------

    def request_history(self, target: str, before: str = "", limit: int = 0) -> bool:
        """Ask for messages older than the msgid ``before`` ("": than the oldest known one).

        Answered by ``HistoryReceived`` ("before") or ``HistoryFailed``.  False if nothing was
        asked, which a ``HistoryFailed`` without a code says too: no history here, not connected,
        or another request of this conversation is under way.
        """
        conversation = self._state.open_conversation(target)
        asked = history.ask_before(self._state, conversation, before, limit)
        if not asked:
            sentence = "The history cannot be asked for now."
            self._state.emit(HistoryFailed(conversation.key, "before", sentence, ""))
        return asked

    # --- Rooms --------------------------------------------------------------------------

    def join(self, room: str, key: str = "") -> None:
        """Answered by ``RoomJoined`` or ``JoinFailed``."""
        state = self._state
        if state.phase == "ready":
            if not registration.enter(state, room, key):
                sentence = f"{room!r} cannot be the name of a room."
                state.emit(JoinFailed(state.fold(room), room, sentence, ""))
        elif state.support.is_room(room):
            state.wanted_rooms[room] = key

    def part(self, room: str, reason: str = "") -> None:
        """Answered by ``RoomLeft``."""
        state = self._state
        known = state.roster.rooms.get(state.fold(room))
        if known is not None and not known.joined:
            room_events.forget_wanted(state, known.key)
            state.roster.leave(known.key)
            state.emit(RoomLeft(known.key, "part", state.nick, reason))
        else:
            self._act("PART", room, *([clean(reason)] if reason else []))

    def set_topic(self, room: str, topic: str) -> None:
        """Answered by ``TopicChanged`` or ``ErrorReceived``."""
        self._act("TOPIC", room, clean(topic))

    def invite(self, nick: str, room: str) -> None:
        """Answered by ``Invited``, ``ServerNotice`` (341) or ``ErrorReceived``."""
        self._act("INVITE", nick, room)

    def kick(self, room: str, nick: str, reason: str = "") -> None:
        """Answered by ``MemberLeft`` or ``ErrorReceived``."""
        self._act("KICK", room, nick, *([clean(reason)] if reason else []))

    def set_mode(self, target: str, *words: str) -> None:
        """``set_mode("#room", "+o", "ada")``.  Without words: ask for the modes."""
        self._act("MODE", target, *words)

    def request_room_list(self, pattern: str = "") -> None:
        """Answered by ``RoomsListed``."""
        self._act("LIST", *([pattern] if pattern else []))

    # --- Ourselves and others -----------------------------------------------------------

    def change_nick(self, nick: str) -> None:
        """Answered by ``NickChanged`` or ``NickRejected``; also during registration."""
        state = self._state
        if state.phase == "registering":
            state.set_nick(nick)
            state.alternates = 0
        if state.phase == "offline" or self._act("NICK", nick):
            state.wanted_nick = nick
            state.timers.cancel("reclaim")

    def log_in(self, account: str, password: str, now: float, nonce: str = "") -> None:
        """Log in, now or as soon as there is a connection, and again after each reconnection.

        Answered by ``LoggedIn`` or ``LoginFailed``.  ``nonce``: as in ``connection_made``.
        """
        state = self._state
        state.now = now
        if login.is_under_way(state):
            state.emit(ErrorReceived("A login is under way.", "", "AUTHENTICATE", ()))
            return
        state.login = Login(account, password, state.login.wanted_mechanism, nonce)
        if state.phase == "ready":
            capabilities.log_in(state)

    def register_account(self, password: str, email: str = "") -> None:
        """Make an account with the name of our nick, where ``features.account_registration``.

        Answered by ``AccountRegistered``, ``VerificationRequired`` or ``ErrorReceived``.  The
        password should have 300 bytes at most; that fits into every command.
        """
        if self._act("REGISTER", "*", email or "*", password):
            self._state.login.new_password = password

    def verify_account(self, account: str, code: str) -> None:
        """The code after ``VerificationRequired``; answered as ``register_account`` is."""
        self._act("VERIFY", account, code)

    def set_away(self, message: str) -> None:
        """Away with ``message``; "" is back.  Answered by ``AwayChanged``."""
        state = self._state
        user = state.roster.user(state.nick)
        if self._act("AWAY", *([clean(message)] if message else [])) and user is not None:
            user.away_message = message

    def set_realname(self, realname: str) -> None:
        """Where ``features.setname``."""
        if self._state.features.setname:
            self._act("SETNAME", clean(realname))

    def whois(self, nick: str) -> None:
        """Answered by ``WhoisReceived``."""
        self._act("WHOIS", nick)

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

    def _act(self, command: str, *params: str) -> bool:
        """A command of the user's; where it cannot go out, say so."""
        state = self._state
        if state.phase == "offline" or (state.phase == "registering" and command != "NICK"):
            sentence = "Not connected."
        elif state.send(command, *params):
            return True
        else:
            sentence = "That cannot be sent: a name is empty, or has a space in it."
        state.emit(ErrorReceived(sentence, "", command, params[:1]))
        return False
