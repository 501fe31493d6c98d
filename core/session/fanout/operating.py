"""What operators of the server do: to themselves, to other users, and to connections."""

from typing import TYPE_CHECKING

from core.session.connection import Connection
from core.session.fanout.sending import broadcast
from core.session.fanout.table import fans_out
from core.state import events
from core.state.server_bans import address_fits
from core.wire import numerics

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.Opered)
def opered(node: "Node", event: events.Opered, proposer: Connection | None) -> None:
    """381; the MODE follows."""
    if proposer is not None:
        node.rooms_out.flush()
        node.reply(proposer, numerics.RPL_YOUREOPER)


@fans_out(events.Expelled)
def expelled(node: "Node", event: events.Expelled, proposer: Connection | None) -> None:
    """KILL (or 465 for a ban), QUIT, and the end, for the user's own connections.

    https://modern.ircdocs.horse/#kill-message; the others' QUIT is an event of its own.
    """
    node.rooms_out.flush()
    user, by = event.user, event.by
    own = list(node.present.of(user))
    if by is not None:
        broadcast(node, own, f":{by.prefix} KILL {user.nick} :{event.comment}", by)
    else:
        for connection in own:
            node.reply(connection, numerics.ERR_YOUREBANNEDCREEP, reason=event.comment)
    broadcast(node, own, f":{user.prefix} QUIT :{event.reason}", user)
    for connection in own:
        node.present.detach_from(connection, user, event.rooms)
        connection.user = None  # it has gone already: nothing is to be proposed any more
        node.close(connection, f"{node.server} ({event.reason})")


@fans_out(events.ServerBanChanged)
def server_ban_changed(
    node: "Node", event: events.ServerBanChanged, proposer: Connection | None
) -> None:
    """A ban of addresses closes the connections from there, registered or not.

    Who set it is told so in the command's own words.
    """
    if event.kind != "d" or not event.adding:
        return
    node.rooms_out.flush()
    reason = f"You are banned from this server: {event.reason}"
    for connection in list(node.connections.values()):
        if address_fits(event.mask, connection.address):
            node.reply(connection, numerics.ERR_YOUREBANNEDCREEP, reason=event.reason)
            node.close(connection, reason, f"Banned: {event.reason}")


@fans_out(events.Announced)
def announced(node: "Node", event: events.Announced, proposer: Connection | None) -> None:
    """WALLOPS, to everybody with +w."""
    node.rooms_out.flush()
    receivers = [
        connection
        for connection in node.connections.values()
        if connection.user is not None and "w" in connection.user.modes
    ]
    broadcast(node, receivers, f":{event.user.prefix} WALLOPS :{event.text}", event.user)
