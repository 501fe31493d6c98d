"""A replica as bytes and back: how a new worker gets the state without the whole log."""

import hashlib

import msgspec

from core.state.records import Room, User
from core.state.replica import Replica, Rules
from core.wire.casemapping import fold


class _User(msgspec.Struct, array_like=True):
    id: int
    nick: str
    ident: str
    host: str
    realname: str
    secure: bool
    signed_on: int
    modes: str
    away: str
    rooms: list[str]
    connections: tuple[tuple[int, int], ...]
    spoke_at: int


class _Room(msgspec.Struct, array_like=True):
    name: str
    created: int
    topic: str
    topic_by: str
    topic_at: int
    modes: dict[str, str]
    bans: dict[str, tuple[str, int]]
    invited: list[int]
    members: list[tuple[int, str]]


class _Snapshot(msgspec.Struct, array_like=True):
    seq: int
    peak_users: int
    users: list[_User]
    rooms: list[_Room]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Snapshot).decode


def take(replica: Replica) -> bytes:
    """``replica`` in MessagePack.  Orders (of joining, of arrival) are kept."""
    users = [
        _User(
            user.id,
            user.nick,
            user.ident,
            user.host,
            user.realname,
            user.secure,
            user.signed_on,
            user.modes,
            user.away,
            [room.key for room in user.rooms],
            user.connections,
            user.spoke_at,
        )
        for user in replica.users.values()
    ]
    rooms = [
        _Room(
            room.name,
            room.created,
            room.topic,
            room.topic_by,
            room.topic_at,
            room.modes,
            room.bans,
            list(room.invited),
            [(user.id, modes) for user, modes in room.members.items()],
        )
        for room in replica.rooms.values()
    ]
    return _encode(_Snapshot(replica.seq, replica.peak_users, users, rooms))


def restore(data: bytes, rules: Rules) -> Replica:
    """The replica that ``data`` was taken of."""
    snapshot = _decode(data)
    replica = Replica(rules, snapshot.seq)
    replica.peak_users = snapshot.peak_users
    for row in snapshot.users:
        user = User(row.id, row.nick, row.ident, row.host, row.realname, row.secure, row.signed_on)
        user.modes, user.away, user.connections = row.modes, row.away, row.connections
        user.spoke_at = row.spoke_at
        replica.invisible += "i" in user.modes
        replica.users[user.id] = user
        replica.owner_of[fold(user.nick)] = user
    for saved in snapshot.rooms:
        room = Room(saved.name, fold(saved.name), saved.created)
        room.topic, room.topic_by, room.topic_at = saved.topic, saved.topic_by, saved.topic_at
        room.modes, room.bans = saved.modes, saved.bans
        room.invited = dict.fromkeys(saved.invited)
        room.members = {replica.users[id]: modes for id, modes in saved.members}
        replica.rooms[room.key] = room
    for row in snapshot.users:
        replica.users[row.id].rooms = {replica.rooms[key]: None for key in row.rooms}
    return replica


def digest(replica: Replica) -> str:
    """A fingerprint of the whole state: equal replicas have equal digests."""
    return hashlib.sha256(take(replica)).hexdigest()
