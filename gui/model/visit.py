"""A stretch of the past that is looked at apart from the newest messages.

It is loaded around one message and grows at both ends.  Messages that the conversation has
anyway are the same objects in both places, so whatever becomes of one is seen in both.  When its
newer end meets what the conversation has, `join` puts the stretch in front of that, and reading
goes on from there into the present.
"""

from collections.abc import Iterable
from typing import Literal

from gui.model.message import Message
from gui.model.timeline import Change, Inserted, Timeline

Side = Literal["before", "after"]


class Visit:
    """`main` is the conversation's own timeline; `target` is the msgid that was asked for;
    `asking` has the sides that are on their way."""

    def __init__(self, main: Timeline, target: str) -> None:
        self.main = main
        self.target = target
        self.timeline = Timeline(ahead=True)
        self.asking: set[Side] = set()

    def extend(self, side: Side, messages: Iterable[Message]) -> Inserted:
        """Put a page at one end; what is here already is left out."""
        shared = [self.main.with_id(one.msgid) or one for one in messages]
        at = 0 if side == "before" else len(self.timeline)
        return self.timeline.insert(at, shared)

    def edge(self, side: Side) -> str:
        """The msgid at one end, "" if that has none."""
        messages = self.timeline.messages
        ordered = messages if side == "before" else reversed(messages)
        return next((one.msgid for one in ordered if one.msgid), "")

    def meets(self) -> bool:
        """True if the newer end is known to the conversation: nothing is missing between."""
        last = self.timeline.last
        return last is not None and self.main.with_id(last.msgid) is not None


def join(main: Timeline, stretch: Timeline) -> list[Change]:
    """Put what `main` lacks of `stretch` into it, each message where it belongs."""
    known = {one.uid: main.with_id(one.msgid) for one in stretch.messages}
    wanted = {one.uid for one in known.values() if one is not None}
    places = {one.uid: at for at, one in enumerate(main.messages) if one.uid in wanted}
    changes: list[Change] = []
    lacking: list[Message] = []
    at = _end_of(main, stretch)
    for message in reversed(stretch.messages):
        there = known[message.uid]
        if there is None:
            lacking.append(message)
            continue
        if lacking:
            changes.append(main.insert(at, reversed(lacking)))
            lacking = []
        at = places[there.uid]
    if lacking:
        changes.append(main.insert(at, reversed(lacking)))
    if stretch.messages and at == 0:
        main.complete = main.complete or stretch.complete
    return changes


def _end_of(main: Timeline, stretch: Timeline) -> int:
    """Where the last message of `stretch` would stand in `main` by its time."""
    last = stretch.last
    at = len(main)
    while last is not None and at and main.messages[at - 1].time > last.time:
        at -= 1
    return at
