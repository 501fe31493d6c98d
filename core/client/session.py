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

from core.client.conversations import Conversation
from core.client.events import Event, MessageKind, TypingState
from core.client.features import Features
from core.client.isupport import ServerSupport
from core.client.pending import PendingMessage
from core.client.roster import Room, User
from core.client.settings import ClientSettings


class Session:
    """See the module's text.  Attributes and mappings are for reading only."""

    def __init__(self, settings: ClientSettings) -> None:
        raise NotImplementedError

    # --- The connection -----------------------------------------------------------------

    def connection_made(self, now: float) -> None:
        """A new connection is up: registration begins (CAP LS, PASS, NICK, USER)."""
        raise NotImplementedError

    def receive(self, data: bytes, now: float) -> list[Event]:
        """What ``data``, in any portions, makes happen, in order."""
        raise NotImplementedError

    def connection_lost(self, now: float, reason: str) -> list[Event]:
        """The connection has ended, or could not be made: always ends in ``Disconnected``."""
        raise NotImplementedError

    def data_to_send(self) -> bytes:
        """The bytes to send now; each is returned once."""
        raise NotImplementedError

    def next_timer(self) -> float | None:
        """When to call ``tick`` (a value of ``now``), None if there is nothing to wait for."""
        raise NotImplementedError

    def tick(self, now: float) -> list[Event]:
        """Do what is due: keepalive, expired typing, unanswered requests.  Early calls are
        harmless."""
        raise NotImplementedError

    def take_events(self) -> list[Event]:
        """Events that actions left behind (a send that failed at once, for instance)."""
        raise NotImplementedError

    # --- What is known ------------------------------------------------------------------

    @property
    def phase(self) -> Literal["offline", "registering", "ready"]:
        """ "ready" after the server's welcome."""
        raise NotImplementedError

    @property
    def nick(self) -> str:
        """Our nick as the server knows it (before the welcome: the one asked for)."""
        raise NotImplementedError

    @property
    def features(self) -> Features:
        """What the server offers."""
        raise NotImplementedError

    @property
    def support(self) -> ServerSupport:
        """Its ISUPPORT tokens: nick_length, chantypes, network ..."""
        raise NotImplementedError

    @property
    def rooms(self) -> Mapping[str, Room]:
        """The rooms that we are in, by key.  They are kept while the connection is broken."""
        raise NotImplementedError

    @property
    def users(self) -> Mapping[str, User]:
        """Everyone in our rooms, by folded nick."""
        raise NotImplementedError

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        """Rooms and people talked with in this session, by key."""
        raise NotImplementedError

    @property
    def lag(self) -> float | None:
        """Seconds that the last PING took, None before the first answer."""
        raise NotImplementedError

    @property
    def away(self) -> bool:
        """True while we are marked as away."""
        raise NotImplementedError

    def key(self, name: str) -> str:
        """The key of a room or nick: folded as this server folds."""
        raise NotImplementedError

    def is_room(self, name: str) -> bool:
        """True if ``name`` would be a room on this server."""
        raise NotImplementedError

    def is_own_nick(self, nick: str) -> bool:
        """True if that is us."""
        raise NotImplementedError

    def pending(self, conversation: str) -> tuple[PendingMessage, ...]:
        """Our messages there that are not confirmed, in order."""
        raise NotImplementedError

    def typing(self, conversation: str) -> tuple[str, ...]:
        """The nicks of those typing there now ("active"), in the order they began."""
        raise NotImplementedError

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
        raise NotImplementedError

    def discard_pending(self, pending_id: str) -> bool:
        """Forget a message that was not sent yet; False if it is sent, or unknown."""
        raise NotImplementedError

    def set_typing(self, target: str, state: TypingState, now: float) -> None:
        """Tell others that we type.  Call it at every key; it is throttled as specified.

        "done" (the text was deleted) is only sent if "active" or "paused" was.  Sending a
        message ends it by itself.
        """
        raise NotImplementedError

    def react(self, target: str, msgid: str, reaction: str, *, remove: bool = False) -> None:
        """React to a message, where ``features.reactions``."""
        raise NotImplementedError

    # --- History ------------------------------------------------------------------------

    def request_history(self, target: str, before: str = "", limit: int = 0) -> bool:
        """Ask for messages older than the msgid ``before`` ("": than the oldest known one).

        Answered by ``HistoryReceived`` ("before") or ``HistoryFailed``.  False if nothing was
        asked: no history here, not connected, or such a request is under way.
        """
        raise NotImplementedError

    # --- Rooms --------------------------------------------------------------------------

    def join(self, room: str, key: str = "") -> None:
        """Answered by ``RoomJoined`` or ``JoinFailed``."""
        raise NotImplementedError

    def part(self, room: str, reason: str = "") -> None:
        """Answered by ``RoomLeft``."""
        raise NotImplementedError

    def set_topic(self, room: str, topic: str) -> None:
        """Answered by ``TopicChanged`` or ``ErrorReceived``."""
        raise NotImplementedError

    def invite(self, nick: str, room: str) -> None:
        """Answered by ``Invited``, ``ServerNotice`` (341) or ``ErrorReceived``."""
        raise NotImplementedError

    def kick(self, room: str, nick: str, reason: str = "") -> None:
        """Answered by ``MemberLeft`` or ``ErrorReceived``."""
        raise NotImplementedError

    def set_mode(self, target: str, *words: str) -> None:
        """``set_mode("#room", "+o", "ada")``.  Without words: ask for the modes."""
        raise NotImplementedError

    def request_room_list(self, pattern: str = "") -> None:
        """Answered by ``RoomsListed``."""
        raise NotImplementedError

    # --- Ourselves and others -----------------------------------------------------------

    def change_nick(self, nick: str) -> None:
        """Answered by ``NickChanged`` or ``NickRejected``; also during registration."""
        raise NotImplementedError

    def set_away(self, message: str) -> None:
        """Away with ``message``; "" is back.  Answered by ``AwayChanged``."""
        raise NotImplementedError

    def set_realname(self, realname: str) -> None:
        """Where ``features.setname``."""
        raise NotImplementedError

    def whois(self, nick: str) -> None:
        """Answered by ``WhoisReceived``."""
        raise NotImplementedError

    def send_command(self, command: str, params: Sequence[str] = ()) -> bool:
        """Any command, for slash commands.  False if the parameters cannot be sent."""
        raise NotImplementedError

    def send_line(self, line: str) -> bool:
        """A raw line as typed (``/quote``).  False if it is empty or no line."""
        raise NotImplementedError

    def quit(self, now: float, message: str = "") -> None:
        """Leave for good.  ``CloseConnection`` follows when the server agrees, or in 3 s."""
        raise NotImplementedError
