"""Who has logged in as whom, and what that changes for the connections concerned."""

from typing import TYPE_CHECKING

from core.session.account_lines import finish_login, send_persistence, tell_login
from core.session.connection import Connection
from core.session.fanout.people import tell_watchers
from core.session.fanout.rooms import show_join
from core.session.fanout.sending import broadcast, watchers
from core.session.fanout.table import fans_out
from core.session.replay import send_missed
from core.state import events
from core.state.records import Room
from core.wire.capabilities import ACCOUNT_NOTIFY, AWAY_NOTIFY, EXTENDED_JOIN, PERSISTENCE
from core.wire.modes import format_modes, mode_differences

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.AccountMade)
@fans_out(events.CredentialsChanged)
def account_made(node: "Node", event: object, proposer: Connection | None) -> None:
    """Whoever proposed it tells its connection in its own words."""


@fans_out(events.AccountChanged)
def account_changed(
    node: "Node", event: events.AccountChanged, proposer: Connection | None
) -> None:
    """900 or 901 to the user's own connections, ACCOUNT to those who asked to be told."""
    node.rooms_out.flush()
    user = event.user
    for connection in node.present.of(user):
        tell_login(node, connection, user.account_name)
        if connection is proposer:
            finish_login(connection)
    watching = watchers(node, user, ACCOUNT_NOTIFY)
    broadcast(node, watching, f":{user.prefix} ACCOUNT {user.account_name or '*'}", user)
    if proposer is not None:
        send_missed(node, proposer, event.missed_from)


@fans_out(events.Moved)
def moved(node: "Node", event: events.Moved, proposer: Connection | None) -> None:
    """A connection belongs to another user: to its client it looks like a change of nick."""
    tell_watchers(node, event.old.nick)
    tell_watchers(node, event.user.nick)
    if proposer is None:
        return
    node.rooms_out.flush()
    old, user = event.old, event.user
    tell_login(node, proposer, user.account_name)
    finish_login(proposer)
    node.present.detach_from(proposer, old, event.left + tuple(event.user.rooms))
    proposer.user = user
    if proposer.closing:
        return
    for room, _ in event.shared:  # there the client knows both, and would take them for one
        broadcast(node, (proposer,), f":{user.prefix} PART {room.name}", user)
    broadcast(node, (proposer,), f":{event.old_prefix} NICK {user.nick}")
    if event.modes:
        words = " ".join(format_modes(event.modes))
        broadcast(node, (proposer,), f":{user.prefix} MODE {user.nick} {words}")
    for room, rank in event.shared:
        _show_shared(node, proposer, event, room, rank)
    if proposer.caps & ACCOUNT_NOTIFY:
        body = f":{user.prefix} ACCOUNT {user.account_name or '*'}"
        broadcast(node, (proposer,), body, user)
    for room in event.left:
        broadcast(node, (proposer,), f":{user.prefix} PART {room.name}", user)
    node.present.attach(proposer, user)
    for room in event.joined:
        show_join(node, proposer, room)
    send_missed(node, proposer, event.missed_from)


def _show_shared(
    node: "Node", connection: Connection, event: events.Moved, room: Room, rank: str
) -> None:
    """In a room where both were, the client has taken over from its old self, which may be there
    still.  ``rank``: the prefix modes that it had."""
    changes = mode_differences(rank, room.members[event.user], event.user.nick)
    old = event.old
    if room in old.rooms:
        head = f":{old.prefix} JOIN {room.name}"
        if connection.caps & EXTENDED_JOIN:
            head += f" {old.account_name or '*'} :{old.realname}"
        broadcast(node, (connection,), head, old)
        if old.away and connection.caps & AWAY_NOTIFY:
            broadcast(node, (connection,), f":{old.prefix} AWAY :{old.away}", old)
        changes += mode_differences("", room.members[old], old.nick)
    if changes:
        words = " ".join(format_modes(changes))
        broadcast(node, (connection,), f":{node.server} MODE {room.name} {words}")


@fans_out(events.SettingChanged)
def setting_changed(
    node: "Node", event: events.SettingChanged, proposer: Connection | None
) -> None:
    """PERSISTENCE STATUS, to the user's connections that know it."""
    node.rooms_out.flush()
    if event.key == "persistence":
        for connection in node.present.of(event.user):
            if connection.caps & PERSISTENCE:
                send_persistence(node, connection, event.user)
