"""Everything a client session tells its user interface.

Rules of this file:
- An event is a value; it never changes after it was made and holds no reference to the session.
- ``conversation`` and ``room`` are *keys*: the name of the room or of the other person, folded
  by the server's casemapping.  ``Session.conversations[key].name`` is the name to show.
- ``time`` is in seconds since the epoch: the server's where it gave one, else the ``now`` that
  the session was handed.
- Every chat message reaches the application once: in a ``MessageReceived`` of its own when it is
  live, in the ``messages`` of a ``HistoryReceived`` when it is older.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from core.client.features import Features

MessageKind = Literal["privmsg", "notice", "action"]
TypingState = Literal["active", "paused", "done"]
LeaveKind = Literal["part", "kick", "quit"]

NO_TAGS: Mapping[str, str] = {}


class Event(msgspec.Struct, frozen=True):
    """The root of all events.  They are made with keywords and matched by class."""


# --- The connection -----------------------------------------------------------------------


class Registered(Event, frozen=True):
    """The server has welcomed us; rooms are being joined, and sending works from now on."""

    nick: str  # may differ from the one in the settings
    network: str  # the network's (or the server's) name, "" if it gave none
    features: Features
    reconnected: bool  # True from the second time on in one session


class FeaturesChanged(Event, frozen=True):
    """The server added or took back a capability while connected (CAP NEW, CAP DEL)."""

    features: Features


class NickRejected(Event, frozen=True):
    """Our nick was refused.

    With ``registering`` the connection waits: call ``Session.change_nick`` with another one.
    Otherwise a later change of nick was refused, and the nick stays as it was.
    """

    nick: str  # the one that was refused
    sentence: str  # why, for a person to read
    numeric: str  # "433" (in use), "432" (not allowed) ...
    suggestion: str  # one to offer, "" for none
    registering: bool


class RegistrationFailed(Event, frozen=True):
    """The server does not let us in; the connection will be closed.  Trying again is useless
    before the settings change, if ``permanent``."""

    sentence: str
    numeric: str  # "464" (password), "465" (banned) ..., "" for ERROR
    permanent: bool


class CloseConnection(Event, frozen=True):
    """The application has to close the socket now, then call ``Session.connection_lost``."""

    reason: str


class Disconnected(Event, frozen=True):
    """The connection has ended.  Unconfirmed messages are kept for the next one.

    With ``wanted`` (after ``Session.quit``) the application does not reconnect; else it waits
    ``Backoff.next_delay()`` seconds, and goes on with the same session.
    """

    reason: str  # the server's words where it gave some
    wanted: bool


class LagMeasured(Event, frozen=True):
    """The server answered our PING."""

    seconds: float


# --- Our account --------------------------------------------------------------------------


class LoggedIn(Event, frozen=True):
    """We are logged in to an account (during registration as well as later)."""

    account: str  # its name, as the server writes it


class LoggedOut(Event, frozen=True):
    """We are not logged in any more."""


class LoginFailed(Event, frozen=True):
    """We could not log in.

    Without ``ends`` the connection goes on as it was, during registration as a guest; with it
    (``ClientSettings.login_required``) ``RegistrationFailed`` and ``CloseConnection`` follow.
    """

    account: str  # "" for that of our nick
    sentence: str
    code: str  # "904" (wrong), "902" (locked) ..., "" where the server did not refuse it
    ends: bool


class AccountRegistered(Event, frozen=True):
    """``Session.register_account`` or ``verify_account`` succeeded: it is ours, and we are logged
    in to it."""

    account: str


class VerificationRequired(Event, frozen=True):
    """The new account waits for ``Session.verify_account`` with a code; the sentence says more."""

    account: str
    sentence: str


# --- Messages -----------------------------------------------------------------------------


class MessageReceived(Event, frozen=True):
    """A chat message, from anyone (with ``is_own``: from us, on this or another device).

    Where ``pending_id`` is not empty it confirms that message of ours: show it in the place of
    the pending one.
    """

    conversation: str
    nick: str  # the sender
    text: str  # without the CTCP marks of an action
    time: float
    kind: MessageKind = "privmsg"
    is_own: bool = False
    msgid: str = ""  # "" where the server gives none
    pending_id: str = ""
    from_history: bool = False
    mention: bool = False  # our nick is in the text, and it is not our own message
    reply_to: str = ""  # msgid of the message that it answers
    account: str = ""  # the sender's account, "" if unknown or none
    source: str = ""  # nick!user@host as received
    tags: Mapping[str, str] = NO_TAGS  # all of its tags, unescaped


class HistoryReceived(Event, frozen=True):
    """Older messages, in the server's order, none of which was given before.

    ``where`` says where they belong: "before" everything that is known of the conversation, or
    "after" it (what was missed; the live messages that arrive meanwhile are held back until
    that is complete, so appending is right).
    """

    conversation: str
    messages: tuple[MessageReceived, ...]
    where: Literal["before", "after"]
    complete: bool  # before: the beginning is reached.  after: nothing is missing any more
    gap: bool = False  # after: something between what is known and these could not be had


class HistoryFailed(Event, frozen=True):
    """A request for history was refused or not answered."""

    conversation: str
    where: Literal["before", "after"]
    sentence: str
    code: str  # of the FAIL reply, "" if there was no answer in time


class SendFailed(Event, frozen=True):
    """A message of ours was not delivered (or may not have been: the sentence says so)."""

    conversation: str
    pending_id: str
    text: str
    sentence: str
    code: str  # the numeric or the FAIL code, "" if there is none
    kind: MessageKind = "privmsg"


class ReactionReceived(Event, frozen=True):
    """Someone reacted to a message (``+draft/react``), or took it back."""

    conversation: str
    nick: str
    msgid: str  # of the message reacted to
    reaction: str
    removed: bool
    time: float
    is_own: bool


class TypingChanged(Event, frozen=True):
    """Someone started, paused or stopped typing.  "done" also comes when they fall silent."""

    conversation: str
    nick: str
    state: TypingState


class ConversationOpened(Event, frozen=True):
    """A conversation is known from now on: a room joined or a person written with."""

    conversation: str
    name: str
    is_room: bool


class ConversationRenamed(Event, frozen=True):
    """The other person of a private conversation has another nick now, and so has its key."""

    old: str
    new: str
    name: str


# --- Rooms --------------------------------------------------------------------------------


class RoomJoined(Event, frozen=True):
    """We are in a room (because we asked, or the server put us there)."""

    room: str
    name: str
    rejoined: bool  # we were in it before the connection broke


class RoomLeft(Event, frozen=True):
    """We are not in the room any more."""

    room: str
    how: Literal["part", "kick"]
    by: str  # who kicked us, else our nick
    reason: str


class JoinFailed(Event, frozen=True):
    """We could not join."""

    room: str
    name: str
    sentence: str
    code: str


class MembersListed(Event, frozen=True):
    """The members of a room are complete: read ``Session.rooms[room].members``."""

    room: str


class MemberJoined(Event, frozen=True):
    """Someone else joined a room."""

    room: str
    nick: str
    time: float
    account: str = ""
    realname: str = ""


class MemberLeft(Event, frozen=True):
    """Someone else left a room.  A quit gives one event for each room that we share."""

    room: str
    nick: str
    how: LeaveKind
    by: str  # who kicked, else the nick
    reason: str
    time: float


class MemberRankChanged(Event, frozen=True):
    """A member got or lost a prefix mode (operator, voice ...)."""

    room: str
    nick: str
    prefixes: str  # as shown before the nick, highest first: "@+"
    by: str


class RoomModesChanged(Event, frozen=True):
    """Someone changed modes of a room that are no member's, or its lists."""

    room: str
    changes: str  # as written: "+mk secret"
    by: str
    modes: str  # what is set now, letters only, in alphabetical order


class TopicChanged(Event, frozen=True):
    """A topic was set, or told on joining (``initial``)."""

    room: str
    topic: str  # "" for none
    by: str  # "" if not told
    time: float  # when it was set, 0.0 if not told
    initial: bool


class Invited(Event, frozen=True):
    """Someone invited us (or, with invite-notify, ``nick``) to a room."""

    room: str
    name: str
    by: str
    nick: str
    is_self: bool


# --- People -------------------------------------------------------------------------------


class NickChanged(Event, frozen=True):
    """Someone, perhaps we, has another nick."""

    old: str
    new: str
    is_self: bool
    rooms: tuple[str, ...]  # keys of the rooms shared with them


class AwayChanged(Event, frozen=True):
    """Someone, perhaps we, went away or came back."""

    nick: str
    away: bool
    message: str  # "" where it is not known
    is_self: bool


class UserChanged(Event, frozen=True):
    """Account, host or real name of someone changed: read ``Session.users``."""

    nick: str


class WhoisReceived(Event, frozen=True):
    """The answer to WHOIS.  Fields that the server did not tell are empty."""

    nick: str
    found: bool = True
    username: str = ""
    host: str = ""
    realname: str = ""
    server: str = ""
    account: str = ""
    away: str = ""  # the away message
    rooms: tuple[str, ...] = ()  # as the server wrote them, prefixes included
    operator: bool = False
    secure: bool = False
    idle: float = -1.0  # seconds, -1.0 if not told
    signed_on: float = 0.0  # time, 0.0 if not told
    extra: tuple[str, ...] = ()  # other lines, as sentences


# --- The server ---------------------------------------------------------------------------


class ListedRoom(msgspec.Struct, frozen=True):
    """A line of LIST."""

    name: str
    members: int
    topic: str


class RoomsListed(Event, frozen=True):
    """The answer to LIST."""

    rooms: tuple[ListedRoom, ...]


class ServerNotice(Event, frozen=True):
    """Text from the server itself: a notice, WARN or NOTE, or a reply that nobody waited for."""

    text: str
    source: str
    code: str = ""  # the numeric, or the code of a standard reply


class MotdReceived(Event, frozen=True):
    """The message of the day, "" where the server has none."""

    text: str


class ErrorReceived(Event, frozen=True):
    """Something we asked for was refused, and no other event says so."""

    sentence: str  # for a person to read
    code: str  # the numeric, or the code of FAIL
    command: str  # what was refused, "" if the server does not tell
    context: tuple[str, ...]  # the reply's parameters without our nick and the text


class CtcpReceived(Event, frozen=True):
    """A CTCP request or answer other than ACTION.  The session answers none of them."""

    nick: str
    target: str
    command: str
    argument: str
    is_reply: bool
