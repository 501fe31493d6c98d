"""A stretch of the past that is looked at apart from the newest messages.

It is loaded around one message and grows at both ends, with messages of its own even where the
conversation has the same ones.  When its newer end meets what the conversation has, `join` puts
what that lacks in front of it, and reading goes on from there into the present.
"""

from collections.abc import Iterable
from typing import Literal

from gui.model.message import Message
from gui.model.timeline import Change, Inserted, Timeline

Side = Literal["before", "after"]


class Visit:
    """`main` is the conversation's own timeline; `target` is the msgid that was asked for;
    `asking` has the sides that are on their way; `refused`: nothing newer can be had."""

    def __init__(self, main: Timeline, target: str) -> None:
        self.main = main
        self.target = target
        self.timeline = Timeline(ahead=True)
        self.asking: set[Side] = set()
        self.refused = False

    def extend(self, side: Side, messages: Iterable[Message]) -> Inserted:
        """Put a page at one end; what is here already is left out."""
        at = 0 if side == "before" else len(self.timeline)
        return self.timeline.insert(at, messages)

    def edge(self, side: Side) -> str:
        """The msgid at one end, "" if that has none."""
        messages = self.timeline.messages
        ordered = messages if side == "before" else reversed(messages)
        return next((one.msgid for one in ordered if one.msgid), "")

    def meets(self) -> bool:
        """True if the newer end is known to the conversation: nothing is missing between."""
        last = self.timeline.last
        return last is not None and self.main.find(last.msgid) is not None


def join(main: Timeline, stretch: Timeline) -> list[Change]:
    """Put what `main` lacks of `stretch` into it, each message where it belongs."""
    changes: list[Change] = []
    lacking: list[Message] = []
    at = _end_of(main, stretch)
    for message in reversed(stretch.messages):
        there = main.find(message.msgid)
        if there is None:
            lacking.append(message)
            continue
        if lacking:
            changes.append(main.insert(at, lacking[::-1]))
            lacking = []
        at = main.index(there)
    if lacking:
        changes.append(main.insert(at, lacking[::-1]))
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
