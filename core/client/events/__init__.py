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

from core.client.events.account import (
    AccountRegistered,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    VerificationRequired,
)
from core.client.events.base import NO_TAGS, Event, LeaveKind, MessageKind, TypingState
from core.client.events.connection import (
    CloseConnection,
    Disconnected,
    FeaturesChanged,
    LagMeasured,
    NickRejected,
    Registered,
    RegistrationFailed,
)
from core.client.events.messages import (
    ContextFailed,
    ContextReceived,
    ConversationForgotten,
    ConversationOpened,
    ConversationRenamed,
    HistoryFailed,
    HistoryReceived,
    MessageReceived,
    MessageRedacted,
    ReactionReceived,
    ReadMarkerChanged,
    SearchFailed,
    SearchReceived,
    SendFailed,
    TypingChanged,
)
from core.client.events.people import (
    AwayChanged,
    NickChanged,
    PresenceChanged,
    ProfileChanged,
    UserChanged,
    WhoisReceived,
)
from core.client.events.rooms import (
    Invited,
    JoinFailed,
    MemberJoined,
    MemberLeft,
    MemberRankChanged,
    MembersListed,
    RoomJoined,
    RoomLeft,
    RoomMask,
    RoomMasksReceived,
    RoomModesChanged,
    RoomRenamed,
    TopicChanged,
)
from core.client.events.server import (
    CtcpReceived,
    ErrorReceived,
    ListedRoom,
    MotdReceived,
    RoomsListed,
    ServerNotice,
)

__all__ = [
    "NO_TAGS",
    "AccountRegistered",
    "AwayChanged",
    "CloseConnection",
    "ContextFailed",
    "ContextReceived",
    "ConversationForgotten",
    "ConversationOpened",
    "ConversationRenamed",
    "CtcpReceived",
    "Disconnected",
    "ErrorReceived",
    "Event",
    "FeaturesChanged",
    "HistoryFailed",
    "HistoryReceived",
    "Invited",
    "JoinFailed",
    "LagMeasured",
    "LeaveKind",
    "ListedRoom",
    "LoggedIn",
    "LoggedOut",
    "LoginFailed",
    "MemberJoined",
    "MemberLeft",
    "MemberRankChanged",
    "MembersListed",
    "MessageKind",
    "MessageReceived",
    "MessageRedacted",
    "MotdReceived",
    "NickChanged",
    "NickRejected",
    "PresenceChanged",
    "ProfileChanged",
    "ReactionReceived",
    "ReadMarkerChanged",
    "Registered",
    "RegistrationFailed",
    "RoomJoined",
    "RoomLeft",
    "RoomMask",
    "RoomMasksReceived",
    "RoomModesChanged",
    "RoomRenamed",
    "RoomsListed",
    "SearchFailed",
    "SearchReceived",
    "SendFailed",
    "ServerNotice",
    "TopicChanged",
    "TypingChanged",
    "TypingState",
    "UserChanged",
    "VerificationRequired",
    "WhoisReceived",
]
