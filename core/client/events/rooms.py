"""Events about rooms and who is in them."""

from typing import Literal

import msgspec

from core.client.events.base import Event, LeaveKind


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
    forward: str = ""  # the room that the server puts us into instead, "" for none


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


class RoomRenamed(Event, frozen=True):
    """A room has another name, and so another key."""

    old: str
    new: str
    name: str
    by: str
    reason: str


class RoomMask(msgspec.Struct, frozen=True):
    """An entry of a room's list of bans (or exceptions, or invitations)."""

    mask: str
    by: str  # "" if not told
    time: float  # 0.0 if not told


class RoomMasksReceived(Event, frozen=True):
    """The answer to ``Session.request_masks``."""

    room: str
    mode: str  # "b", "e" or "I"
    masks: tuple[RoomMask, ...]
