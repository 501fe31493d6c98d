"""Replicas as bytes and back.

``take`` and ``restore``: everything, for a new worker.  ``encode_account``, ``encode_room``,
``encode_ban`` and ``recover``: what outlives the server, record by record, as the store keeps it.
Records are arrays: fields are only ever added at the end, with a default.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from core.state.credentials import Credentials
from core.state.records import Account, Room, ServerBan, User
from core.state.replica import Gone, Replica, Rules
from core.wire.identifiers import fold

_Entries = dict[str, dict[str, tuple[str, int]]]


class _Account(msgspec.Struct, array_like=True):
    id: int
    name: str
    credentials: Credentials
    registered_at: int
    email: str
    certificates: list[str]
    settings: dict[str, str]
    markers: list[tuple[str, int]]
    metadata: dict[str, str]
    lists: dict[str, list[str]]


class _User(msgspec.Struct, array_like=True):
    id: int
    nick: str
    ident: str
    host: str
    realname: str
    secure: bool
    signed_on: int
    spoke_at: int
    has_account: bool
    operator: str
    modes: str
    away: str
    left_at: int
    rooms: list[tuple[str, str, int]]  # key, prefix modes, since
    connections: list[tuple[int, int, str]]
    # Of guests only; the others' are their account's.
    metadata: dict[str, str]
    lists: dict[str, list[str]]
    markers: list[tuple[str, int]]
    address: str = ""
    certificate: str = ""
    called_at: int = 0
    # Of its rooms where it has a rank: key, ``Room.ranked``.  None: written before that was kept.
    ranked: list[tuple[str, dict[int, int]]] | None = None


class _Room(msgspec.Struct, array_like=True):
    name: str
    created: int
    topic: str
    topic_by: str
    topic_at: int
    modes: dict[str, str]
    lists: _Entries
    invited: list[int]
    roles: list[tuple[int, str]]
    metadata: dict[str, str]
    # In the order of joining; of a kept room it is not written: members say where they are.
    members: list[int]
    knocks: list[tuple[int, int]] = []


class _Ban(msgspec.Struct, array_like=True):
    kind: str
    mask: str
    by: str
    set_at: int
    expires: int
    reason: str


class _Kept(msgspec.Struct, array_like=True):
    """An account, with its user where it stays without a connection."""

    account: _Account
    user: _User | None


class _Snapshot(msgspec.Struct, array_like=True):
    seq: int
    peak_users: int
    accounts: list[_Account]
    users: list[_User]
    rooms: list[_Room]
    bans: list[_Ban]
    gone: list[Gone]
    waiting: list[tuple[int, int]] = []  # of workers: origin, connections not registered


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Snapshot).decode
_decode_account = msgspec.msgpack.Decoder(_Kept).decode
_decode_room = msgspec.msgpack.Decoder(_Room).decode
_decode_ban = msgspec.msgpack.Decoder(_Ban).decode


def _account_row(account: Account) -> _Account:
    return _Account(
        account.id,
        account.name,
        account.credentials,
        account.registered_at,
        account.email,
        account.certificates,
        account.settings,
        list(account.markers.items()),
        account.metadata,
        {kind: list(entries) for kind, entries in account.lists.items()},
    )


def _user_row(user: User) -> _User:
    guest = user.account is None
    return _User(
        user.id,
        user.nick,
        user.ident,
        user.host,
        user.realname,
        user.secure,
        user.signed_on,
        user.spoke_at,
        not guest,
        user.operator,
        user.modes,
        user.away,
        user.left_at,
        [(room.key, room.members[user], room.since[user]) for room in user.rooms],
        [(*key, away) for key, away in user.connections.items()],
        user.metadata if guest else {},
        {kind: list(entries) for kind, entries in user.lists.items()} if guest else {},
        list(user.markers.items()) if guest else [],
        user.address,
        user.certificate,
        user.called_at,
        [(room.key, room.ranked[user]) for room in user.rooms if user in room.ranked],
    )


def _room_row(room: Room, members: list[int]) -> _Room:
    return _Room(
        room.name,
        room.created,
        room.topic,
        room.topic_by,
        room.topic_at,
        room.modes,
        room.lists,
        list(room.invited),
        list(room.roles.items()),
        room.metadata,
        members,
        list(room.knocks.items()),
    )


def _ban_row(ban: ServerBan) -> _Ban:
    return _Ban(ban.kind, ban.mask, ban.by, ban.set_at, ban.expires, ban.reason)


def take(replica: Replica) -> bytes:
    """``replica`` in MessagePack.  Orders (of joining, of arrival) are kept."""
    return _encode(
        _Snapshot(
            replica.seq,
            replica.peak_users,
            [_account_row(account) for account in replica.accounts.values()],
            [_user_row(user) for user in replica.users.values()],
            [
                _room_row(room, [user.id for user in room.members])
                for room in replica.rooms.values()
            ],
            [_ban_row(ban) for ban in replica.server_bans.values()],
            list(replica.gone),
            list(replica.waiting.items()),
        )
    )


def restore(data: bytes, rules: Rules) -> Replica:
    """The replica that ``data`` was taken of."""
    snapshot = _decode(data)
    replica = Replica(rules, snapshot.seq)
    for account in snapshot.accounts:
        _add_account(replica, account)
    for row in snapshot.rooms:
        _add_room(replica, row)
    for user in snapshot.users:
        _add_user(replica, user)
    for row in snapshot.rooms:  # in the rooms' own order
        room = replica.rooms[fold(row.name)]
        room.members = {replica.users[id]: room.members[replica.users[id]] for id in row.members}
        room.since = {user: room.since[user] for user in room.members}
    for ban in snapshot.bans:
        _add_ban(replica, ban)
    replica.gone.extend(snapshot.gone)
    replica.waiting = dict(snapshot.waiting)
    replica.peak_users = snapshot.peak_users
    return replica


def _add_account(replica: Replica, row: _Account) -> Account:
    account = Account(row.id, row.name, fold(row.name), row.credentials, row.registered_at)
    account.email, account.certificates, account.settings = (
        row.email, row.certificates, row.settings
    )  # fmt: skip
    account.markers, account.metadata = dict(row.markers), row.metadata
    account.lists = {kind: dict.fromkeys(entries) for kind, entries in row.lists.items()}
    replica.add_account(account)
    return account


def _add_room(replica: Replica, row: _Room) -> None:
    room = Room(row.name, fold(row.name), row.created)
    room.topic, room.topic_by, room.topic_at = row.topic, row.topic_by, row.topic_at
    room.modes, room.lists, room.metadata = row.modes, row.lists, row.metadata
    room.invited = dict.fromkeys(row.invited)
    room.roles, room.knocks = dict(row.roles), dict(row.knocks)
    replica.add_room(room)


def _add_user(replica: Replica, row: _User) -> None:
    user = User(row.id, row.nick, row.ident, row.host, row.realname, row.secure, row.signed_on)
    user.spoke_at, user.operator, user.modes = row.spoke_at, row.operator, row.modes
    user.away, user.left_at, user.called_at = row.away, row.left_at, row.called_at
    user.address, user.certificate = row.address or row.host, row.certificate
    user.connections = {(origin, number): away for origin, number, away in row.connections}
    if row.has_account:
        account = user.account = replica.accounts[row.id]
        account.user = user
        user.metadata, user.lists, user.markers = (
            account.metadata, account.lists, account.markers
        )  # fmt: skip
    else:
        user.metadata, user.markers = row.metadata, dict(row.markers)
        user.lists = {kind: dict.fromkeys(entries) for kind, entries in row.lists.items()}
    replica.add(user)
    ranked = None if row.ranked is None else dict(row.ranked)
    for key, modes, since in row.rooms:
        room = replica.rooms.get(key)
        if room is not None:
            room.set_modes(user, modes, since)
            if ranked is not None:
                room.ranked.pop(user, None)
            if ranked and key in ranked:
                room.ranked[user] = ranked[key]
            room.since[user] = since
            user.rooms[room] = None


def _add_ban(replica: Replica, row: _Ban) -> None:
    ban = ServerBan(row.kind, row.mask, row.by, row.set_at, row.expires, row.reason)
    replica.server_bans[ban.kind, ban.mask] = ban


def digest(replica: Replica) -> str:
    """A fingerprint of the whole state: equal replicas have equal digests."""
    return hashlib.sha256(take(replica)).hexdigest()


# What outlives the server.


def encode_account(account: Account, stays: bool) -> bytes:
    """An account, with its user where that ``stays`` while it has no connection."""
    user = account.user if stays else None
    return _encode(_Kept(_account_row(account), _user_row(user) if user is not None else None))


def encode_room(room: Room) -> bytes:
    """A room without its members."""
    return _encode(_room_row(room, []))


def encode_ban(ban: ServerBan) -> bytes:
    """A ban of the server."""
    return _encode(_ban_row(ban))


def recover(
    rules: Rules,
    seq: int,
    accounts: Iterable[bytes],
    rooms: Iterable[bytes],
    bans: Iterable[bytes],
) -> Replica:
    """What was kept, when a server starts: nobody is connected."""
    replica = Replica(rules, seq)
    kept = [_decode_account(data) for data in accounts]
    for row in kept:
        _add_account(replica, row.account)
    for data in rooms:
        _add_room(replica, _decode_room(data))
    for row in kept:
        if row.user is not None:
            row.user.connections = []
            row.user.nick = row.account.name  # as for everybody who is away
            row.user.modes = row.user.modes.replace("o", "")
            row.user.operator = ""
            row.user.left_at = row.user.left_at or seq
            _add_user(replica, row.user)
    for data in bans:
        _add_ban(replica, _decode_ban(data))
    for user in replica.users.values():
        user.settle_away()
    for room in list(replica.rooms.values()):
        if not room.members and not room.lasting:
            replica.end(room)
    replica.peak_users = 0
    return replica
