"""Events into lines for the connections of this worker.

Messages to rooms are gathered over a batch: the lines of a room are joined once a class of
receivers and the same bytes go to each of its members.  Everything else is sent as it comes,
after what was gathered before it, so that each client sees its lines in the log's order; only
messages of *different* rooms may change places, and only within one batch.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from core.session import render
from core.session.connection import Connection
from core.session.listing import send_names, send_topic
from core.state import events, facts
from core.state.records import Room, User
from core.wire import numerics
from core.wire.capabilities import AWAY_NOTIFY, ECHO_MESSAGE
from core.wire.modes import format_modes

if TYPE_CHECKING:
    from core.session.node import Node

FanOut = Callable[["Node", Any, Connection | None], None]
FAN_OUT: dict[type[Any], FanOut] = {}


def fans_out(event: type[Any]) -> Callable[[FanOut], FanOut]:
    """Register the decorated function for a kind of event."""

    def register(function: FanOut) -> FanOut:
        FAN_OUT[event] = function
        return function

    return register


class _Gathered:
    """Lines of one room in one run: class of receivers -> lines, aligned by index."""

    __slots__ = ("count", "lines", "withheld")

    def __init__(self, classes: Iterable[int]) -> None:
        self.count = 0
        self.lines: dict[int, list[bytes]] = {render_class: [] for render_class in classes}
        # Senders that want no echo -> indexes of their own lines.
        self.withheld: dict[Connection, set[int]] = {}


class RoomOutput:
    """Messages to rooms, gathered until ``flush``."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._rooms: dict[Room, _Gathered] = {}
        self.time = ""  # of the batch, as in a server-time tag

    def stamp(self, milliseconds: int) -> None:
        """A new batch begins."""
        self.time = render.timestamp(milliseconds)

    def add(self, event: events.RoomSpoken, withheld_from: Connection | None) -> None:
        """One more message, to all members but ``withheld_from``."""
        gathered = self._rooms.get(event.room)
        if gathered is None:
            groups = self._node.present.groups(event.room)
            gathered = self._rooms[event.room] = _Gathered(groups)
        if gathered.lines:
            body = render.spoken(event.sender.prefix, event.kind, event.room.name, event.text)
            id = render.message_id(event.seq)
            for render_class, lines in gathered.lines.items():
                if event.kind == facts.TAGMSG and not render.takes_tagmsg(render_class):
                    lines.append(b"")
                else:
                    tags = render.tag_section(render_class, self.time, id, event.tags)
                    lines.append(tags + body)
        if withheld_from is not None:
            gathered.withheld.setdefault(withheld_from, set()).add(gathered.count)
        gathered.count += 1

    def flush(self) -> None:
        """Give everybody what was gathered."""
        if not self._rooms:
            return
        rooms, self._rooms = self._rooms, {}
        for room, gathered in rooms.items():
            self._give(room, gathered)

    def _give(self, room: Room, gathered: _Gathered) -> None:
        dirty = self._node.dirty
        groups = self._node.present.groups(room)
        for render_class, lines in gathered.lines.items():
            text = b"".join(lines)
            if not text:
                continue
            for connection in groups.get(render_class, ()):
                out = connection.out
                if not out:
                    dirty.append(connection)
                out.append(text)
        for sender, withheld in gathered.withheld.items():
            if sender not in groups.get(sender.render_class, ()):
                continue
            lines = gathered.lines[sender.render_class]
            if any(lines):
                sender.out[-1] = b"".join(
                    line for index, line in enumerate(lines) if index not in withheld
                )


def broadcast(node: "Node", receivers: Iterable[Connection], body: str) -> None:
    """A line that is no message, to several connections."""
    raw = render.line(body)
    versions: dict[int, bytes] = {}
    for connection in receivers:
        render_class = connection.render_class
        version = versions.get(render_class)
        if version is None:
            version = render.event_tags(render_class, node.rooms_out.time) + raw
            versions[render_class] = version
        node.send(connection, version)


def broadcast_room(node: "Node", room: Room, body: str) -> None:
    """A line that is no message, to everyone in a room: the same bytes to each of a class."""
    raw = render.line(body)
    dirty = node.dirty
    for render_class, group in node.present.groups(room).items():
        version = render.event_tags(render_class, node.rooms_out.time) + raw
        for connection in group:
            if connection.label is not None:
                node.send(connection, version)
                continue
            if not connection.out:
                dirty.append(connection)
            connection.out.append(version)


def neighbours(node: "Node", user: User, rooms: Iterable[Room]) -> dict[Connection, None]:
    """The connections here that share one of ``rooms``, and the user's own, each once."""
    found: dict[Connection, None] = dict.fromkeys(node.present.of(user))
    for room in rooms:
        for group in node.present.groups(room).values():
            found.update(group)
    return found


@fans_out(events.Refused)
def refused(node: "Node", event: events.Refused, proposer: Connection | None) -> None:
    """Only the proposer hears of it."""
    if proposer is None:
        return
    node.rooms_out.flush()
    if proposer.registering:
        proposer.registering = False
        proposer.nick = ""
        node.continue_with(proposer)
    if event.numeric is not None:
        node.reply(proposer, event.numeric, **event.values)


@fans_out(events.RoomSpoken)
def room_spoken(node: "Node", event: events.RoomSpoken, proposer: Connection | None) -> None:
    """To all members; the sender's own connection gets an echo only if it asked for it."""
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
        _send_spoken(node, proposer, event, event.room.name)


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
            _send_spoken(node, connection, event, name)
    label = proposer.label if proposer is not None else None
    if proposer is not None:
        proposer.label = None  # what one sends to oneself arrives without a label
    for connection in node.present.of(event.target):
        _send_spoken(node, connection, event, name)
    if proposer is not None:
        proposer.label = label
        if event.target.away and event.kind == facts.PRIVMSG:
            node.reply(proposer, numerics.RPL_AWAY, nick=name, message=event.target.away)


def _send_spoken(
    node: "Node",
    connection: Connection,
    event: events.RoomSpoken | events.UserSpoken,
    target: str,
) -> None:
    render_class = connection.render_class
    if event.kind == facts.TAGMSG and not render.takes_tagmsg(render_class):
        return
    id = render.message_id(event.seq)
    tags = render.tag_section(render_class, node.rooms_out.time, id, event.tags)
    node.send(connection, tags + render.spoken(event.sender.prefix, event.kind, target, event.text))


@fans_out(events.Arrived)
def arrived(node: "Node", event: events.Arrived, proposer: Connection | None) -> None:
    """The connection is registered: greet it.  If it is gone by now, so is the user."""
    if proposer is None:
        return
    node.rooms_out.flush()
    proposer.registering = False
    proposer.user = event.user
    if proposer.closing:
        node.propose(proposer, facts.Disconnected(event.user.id, proposer.id, "Connection closed"))
        return
    node.present.attach(proposer, event.user)
    node.welcome.greet(node, proposer)
    node.continue_with(proposer)


@fans_out(events.Entered)
def entered(node: "Node", event: events.Entered, proposer: Connection | None) -> None:
    """All members see the JOIN; who came gets the topic and the names."""
    node.rooms_out.flush()
    user, room = event.user, event.room
    node.present.enter(user, room)
    broadcast_room(node, room, f":{user.prefix} JOIN {room.name}")
    own = node.present.of(user)
    if user.away:
        members = node.present.everyone(room)
        watching = [m for m in members if m.caps & AWAY_NOTIFY and m not in own]
        broadcast(node, watching, f":{user.prefix} AWAY :{user.away}")
    for connection in own:
        if room.topic:
            send_topic(node, connection, room)
        send_names(node, connection, room)


@fans_out(events.AlreadyThere)
def already_there(node: "Node", event: events.AlreadyThere, proposer: Connection | None) -> None:
    """Nothing is sent (a label gets its ACK)."""


@fans_out(events.Left)
def left(node: "Node", event: events.Left, proposer: Connection | None) -> None:
    """PART or KICK, to all members and to who left."""
    node.rooms_out.flush()
    user, room = event.user, event.room
    receivers = neighbours(node, user, (room,))
    if event.by is not None:
        body = f":{event.by.prefix} KICK {room.name} {user.nick} :{event.reason}"
    elif event.reason:
        body = f":{user.prefix} PART {room.name} :{event.reason}"
    else:
        body = f":{user.prefix} PART {room.name}"
    broadcast(node, receivers, body)
    node.present.leave(user, room)


@fans_out(events.Renamed)
def renamed(node: "Node", event: events.Renamed, proposer: Connection | None) -> None:
    """NICK, to everyone who shares a room."""
    node.rooms_out.flush()
    receivers = neighbours(node, event.user, event.user.rooms)
    broadcast(node, receivers, f":{event.old_prefix} NICK {event.user.nick}")


@fans_out(events.Asked)
def asked(node: "Node", event: events.Asked, proposer: Connection | None) -> None:
    """INVITE: 341 for who asks, the INVITE for who is asked."""
    node.rooms_out.flush()
    name, room = event.target.nick, event.room.name
    if proposer is not None:
        node.reply(proposer, numerics.RPL_INVITING, nick=name, channel=room)
        if event.target.away:
            node.reply(proposer, numerics.RPL_AWAY, nick=name, message=event.target.away)
    receivers = node.present.of(event.target)
    broadcast(node, receivers, f":{event.user.prefix} INVITE {name} {room}")


@fans_out(events.TopicChanged)
def topic_changed(node: "Node", event: events.TopicChanged, proposer: Connection | None) -> None:
    """TOPIC, to all members."""
    node.rooms_out.flush()
    room = event.room
    broadcast_room(node, room, f":{event.user.prefix} TOPIC {room.name} :{room.topic}")


@fans_out(events.RoomModesChanged)
def room_modes_changed(
    node: "Node", event: events.RoomModesChanged, proposer: Connection | None
) -> None:
    """MODE, to all members."""
    node.rooms_out.flush()
    head = f":{event.user.prefix} MODE {event.room.name} "
    for words in render.wrapped_modes(event.changes, render.BODY - len(head.encode())):
        broadcast_room(node, event.room, head + words)


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
    """AWAY, to those who asked to be told; the user gets 305 or 306."""
    node.rooms_out.flush()
    user = event.user
    own = node.present.of(user)
    if event.changed:
        body = f":{user.prefix} AWAY :{user.away}" if user.away else f":{user.prefix} AWAY"
        near = neighbours(node, user, user.rooms)
        watching = [c for c in near if c.caps & AWAY_NOTIFY and c not in own]
        broadcast(node, watching, body)
    if proposer is not None:
        node.reply(proposer, numerics.RPL_NOWAWAY if user.away else numerics.RPL_UNAWAY)


@fans_out(events.Quit)
def quit_(node: "Node", event: events.Quit, proposer: Connection | None) -> None:
    """QUIT, to everyone who shared a room; the user's own sockets are closed already."""
    node.rooms_out.flush()
    receivers = neighbours(node, event.user, event.rooms)
    broadcast(node, receivers, f":{event.user.prefix} QUIT :{event.reason}")
