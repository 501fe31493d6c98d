"""Messages to rooms, gathered over a batch: the hot path."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.state import events, facts
from core.state.records import Room
from core.wire.capabilities import MULTILINE

if TYPE_CHECKING:
    from core.session.node import Node


class _Gathered:
    """Lines of one room in one run: class of receivers -> lines, aligned by index."""

    __slots__ = ("count", "lines", "withheld")

    def __init__(self, classes: Iterable[int]) -> None:
        self.count = 0
        self.lines: dict[int, list[bytes]] = {render_class: [] for render_class in classes}
        # Senders that want no echo -> indexes of their own lines.
        self.withheld: dict[Connection, set[int]] = {}


Spoken = events.RoomSpoken | events.UserSpoken | events.AllSpoken | events.Unheard


def multiline(node: "Node", render_class: int, event: Spoken, target: str) -> list[bytes]:
    """A message of several lines for a class of receivers."""
    sender, time = event.sender, node.rooms_out.time
    id = render.message_id(event.seq)
    tags = render.tag_section(render_class, time, id, event.tags, sender)
    if render_class & MULTILINE:
        later, reference = b"", node.batch_reference()
    else:
        kept = render.later_tags(event.tags)
        later, reference = render.tag_section(render_class, time, "", kept, sender), ""
    return render.spoken_lines(
        tags, later, sender.prefix, event.kind, target, event.text, reference
    )


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
        text = event.text
        if "\n" in text or "\r" in text:
            for render_class, lines in gathered.lines.items():
                lines.append(b"".join(multiline(self._node, render_class, event, event.room.name)))
        elif gathered.lines:
            body = render.spoken(event.sender.prefix, event.kind, event.room.name, text)
            id = render.message_id(event.seq)
            for render_class, lines in gathered.lines.items():
                if event.kind == facts.TAGMSG and not render.takes_tagmsg(render_class):
                    lines.append(b"")
                else:
                    tags = render.tag_section(render_class, self.time, id, event.tags, event.sender)
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
