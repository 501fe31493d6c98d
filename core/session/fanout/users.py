"""Who is there, under which nick, and whether anybody sits behind it."""

from typing import TYPE_CHECKING

from core.session.account_lines import tell_login
from core.session.connection import Connection
from core.session.fanout.people import tell_watchers
from core.session.fanout.rooms import show_join
from core.session.fanout.sending import broadcast, neighbours, watchers
from core.session.fanout.table import fans_out
from core.session.replay import send_missed
from core.state import events, facts
from core.wire import numerics
from core.wire.capabilities import AWAY_NOTIFY
from core.wire.modes import format_modes

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.Refused)
def refused(node: "Node", event: events.Refused, proposer: Connection | None) -> None:
    """Only the proposer hears of it."""
    if proposer is None:
        return
    node.rooms_out.flush()
    if proposer.registering:
        proposer.registering = False
        proposer.nick = ""
        if not proposer.closing:
            node.unregistered[proposer] = None
        node.inbound.continue_with(proposer)
    if event.numeric is not None:
        node.reply(proposer, event.numeric, **event.values)
    if event.closes:
        node.close(proposer, event.closes)


@fans_out(events.Arrived)
@fans_out(events.Attached)
def arrived(
    node: "Node", event: events.Arrived | events.Attached, proposer: Connection | None
) -> None:
    """The connection is registered: greet it.  If it is gone by now, so is the user.

    Where the user was there already, in rooms, the connection is told of them.
    """
    tell_watchers(node, event.user.nick)
    if proposer is None:
        return
    node.rooms_out.flush()
    proposer.registering = False
    user = proposer.user = event.user
    if proposer.closing:
        node.propose(proposer, facts.Disconnected(user.id, proposer.id, "Connection closed"))
        return
    node.present.attach(proposer, user)
    if proposer.account and user.account is None:  # dropped since it logged in
        tell_login(node, proposer, "")
    node.welcome.greet(node, proposer)
    if isinstance(event, events.Attached):
        if user.modes:
            node.reply(proposer, numerics.RPL_UMODEIS, modes="+" + user.modes)
        for room in user.rooms:
            show_join(node, proposer, room)
        send_missed(node, proposer, event.missed_from)
    node.inbound.continue_with(proposer)


@fans_out(events.Renamed)
def renamed(node: "Node", event: events.Renamed, proposer: Connection | None) -> None:
    """NICK, to everyone who shares a room."""
    node.rooms_out.flush()
    receivers = neighbours(node, event.user, event.user.rooms)
    broadcast(node, receivers, f":{event.old_prefix} NICK {event.user.nick}", event.user)
    tell_watchers(node, event.old_prefix.partition("!")[0])
    tell_watchers(node, event.user.nick)


@fans_out(events.UserModesChanged)
def user_modes_changed(
    node: "Node", event: events.UserModesChanged, proposer: Connection | None
) -> None:
    """MODE of oneself, to oneself."""
    node.rooms_out.flush()
    user = event.user
    if event.changes:
        words = " ".join(format_modes(event.changes))
        broadcast(node, node.present.of(user), f":{user.prefix} MODE {user.nick} {words}")


@fans_out(events.AwayChanged)
def away_changed(node: "Node", event: events.AwayChanged, proposer: Connection | None) -> None:
    """AWAY, to those who asked to be told."""
    node.rooms_out.flush()
    user = event.user
    own = node.present.of(user)
    if event.changed:
        body = f":{user.prefix} AWAY :{user.away}" if user.away else f":{user.prefix} AWAY"
        watching = [c for c in watchers(node, user, AWAY_NOTIFY) if c not in own]
        broadcast(node, watching, body, user)


@fans_out(events.Quit)
def quit_(node: "Node", event: events.Quit, proposer: Connection | None) -> None:
    """QUIT, to everyone who shared a room; the user's own sockets are closed already."""
    node.rooms_out.flush()
    receivers = neighbours(node, event.user, event.rooms)
    if event.into is not None and proposer is not None:
        receivers.pop(proposer, None)  # to itself it has another nick, and is still there
    broadcast(node, receivers, f":{event.user.prefix} QUIT :{event.reason}", event.user)
    tell_watchers(node, event.user.nick)
