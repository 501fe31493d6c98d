"""Messages, to rooms and to users."""

from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.session.fanout.gathering import Spoken, multiline
from core.session.fanout.table import fans_out
from core.state import events, facts
from core.state.records import RANKS, SIGN_RANKS, Room, User
from core.wire import numerics
from core.wire.capabilities import ECHO_MESSAGE
from core.wire.multiline import is_multiline

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.RoomSpoken)
def room_spoken(node: "Node", event: events.RoomSpoken, proposer: Connection | None) -> None:
    """To all members; the sender's own connection gets an echo only if it asked for it."""
    if event.rank:
        _spoken_among(node, event, proposer)
        return
    output = node.rooms_out
    if proposer is None:
        output.add(event, None)
        return
    echo = bool(proposer.caps & ECHO_MESSAGE)
    if proposer.label is None and event.room in event.sender.rooms:
        output.add(event, None if echo else proposer)
        return
    # A labelled echo, or one to somebody outside the room, differs from what others get.
    output.add(event, proposer)
    output.flush()
    if echo:
        send_spoken(node, proposer, event, event.room.name)


def _spoken_among(node: "Node", event: events.RoomSpoken, proposer: Connection | None) -> None:
    """To members from a rank on, to the sender's other connections, and back as an echo."""
    node.rooms_out.flush()
    receivers = {event.sender: None}
    receivers.update(dict.fromkeys(from_rank_on(event.room, event.rank)))
    for receiver in receivers:
        for connection in node.present.of(receiver):
            if connection is not proposer or connection.caps & ECHO_MESSAGE:
                send_spoken(node, connection, event, event.rank + event.room.name)


def from_rank_on(room: Room, sign: str) -> list[User]:
    """The members whom a message to "@#room" is for (``sign`` "@"): that rank, and those above."""
    least = SIGN_RANKS[sign]
    members = room.members.items()
    return [member for member, modes in members if modes and RANKS[modes[0]] >= least]


@fans_out(events.UserSpoken)
def user_spoken(node: "Node", event: events.UserSpoken, proposer: Connection | None) -> None:
    """To the target, to the sender's other connections, and back as an echo."""
    node.rooms_out.flush()
    name = event.target.nick
    for connection in node.present.of(event.sender):
        if connection is proposer:
            wanted = bool(connection.caps & ECHO_MESSAGE)
        else:
            wanted = event.sender is not event.target
        if wanted:
            send_spoken(node, connection, event, name)
    label = proposer.label if proposer is not None else None
    if proposer is not None:
        proposer.label = None  # what one sends to oneself arrives without a label
    for connection in node.present.of(event.target):
        send_spoken(node, connection, event, name)
    if proposer is not None:
        proposer.label = label
        if event.target.away and event.kind == facts.PRIVMSG:
            node.reply(proposer, numerics.RPL_AWAY, nick=name, message=event.target.away)


def send_spoken(node: "Node", connection: Connection, event: Spoken, target: str) -> None:
    """A message, as a connection takes it."""
    render_class = connection.render_class
    if event.kind == facts.TAGMSG and not render.takes_tagmsg(render_class):
        return
    if is_multiline(event.text):
        for line in multiline(node, render_class, event, target):
            node.send(connection, line)
        return
    id = render.message_id(event.seq)
    tags = render.tag_section(render_class, node.rooms_out.time, id, event.tags, event.sender)
    node.send(connection, tags + render.spoken(event.sender.prefix, event.kind, target, event.text))
