"""What was asked of the history, and the conversations that are catching up.

A conversation that catches up holds its live messages back until the older ones are here: so
whoever appends what comes shows the server's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from core.client.conversations import NOWHERE, Point
from core.client.events import MessageReceived, MessageRedacted, ReactionReceived

# What has happened in one conversation while it catches up, at most; past that it catches up no
# more, with a gap.
MOST_HELD = 5000
# Pages asked for in one go: the bound on a server that always has one more.
MOST_PAGES = 1000


Command = Literal["latest", "after", "before", "around"]
# What a request is for: to miss nothing, to read on upwards, to look at a place in the past.
Purpose = Literal["catch up", "older", "context"]


Mark = ReactionReceived | MessageRedacted


@dataclass(slots=True)
class Chain:
    """One page after the other, from one reference to the next."""

    point: Point = NOWHERE  # from which the page under way goes on
    used: set[str] = field(default_factory=set)  # references, each of which is asked for once
    pages: int = 0


@dataclass(slots=True)
class Request:
    """One CHATHISTORY command without an answer."""

    conversation: str
    purpose: Purpose
    command: Command
    limit: int
    chain: Chain
    label: str = ""  # "" where labels are not agreed on
    asked_at: float = 0.0
    msgid: str = ""  # context: the message that was asked about
    reactions: tuple[ReactionReceived, ...] = ()  # context: those of the pages so far
    at_edge: bool = False  # older: it goes on from the oldest message that is known

    @property
    def where(self) -> Literal["before", "after"]:
        """Where the answer belongs."""
        return "before" if self.purpose == "older" else "after"

    @property
    def side(self) -> Literal["around", "before", "after"]:
        """Context: where from its message the answer lies."""
        return "around" if self.command == "latest" else self.command


class Held(NamedTuple):
    """What one line tells: a message, or what became of one; perhaps kept for a while."""

    msgid: str  # of the line, "" for none
    events: tuple[MessageReceived | Mark, ...]

    def moved(self, conversation: str) -> "Held":
        """The same in a conversation that has another key now."""
        moved = [msgspec.structs.replace(event, conversation=conversation) for event in self.events]
        return Held(self.msgid, tuple(moved))


@dataclass(slots=True)
class CatchUp:
    """A conversation that asks for what it missed, page by page."""

    had_cursor: bool  # False: nothing was known, so there is no "after"
    chain: Chain = field(default_factory=Chain)
    gap: bool = False
    covered: bool = True  # False: own messages might be missing from what was returned
    held: list[Held] = field(default_factory=list)

    def echoes(self) -> dict[str, str]:
        """Of our own messages that are held: msgid to pending id."""
        found = [(held.msgid, held.events[0]) for held in self.held]
        return {
            msgid: event.pending_id
            for msgid, event in found
            if isinstance(event, MessageReceived) and event.pending_id
        }


@dataclass(slots=True)
class SearchRequest:
    """One SEARCH without an answer."""

    query: str  # the application's name for it
    label: str  # "" where labels are not agreed on
    wanted: dict[str, str]  # "text", "in", "from"
    before: float  # 0.0: the newest
    limit: int
    asked_at: float


@dataclass(slots=True)
class SearchEdge:
    """The oldest moment of the last answer to a search.

    The next page begins with that moment, so that nothing of it is missed, and what was given
    of it is not given again.
    """

    wanted: dict[str, str] = field(default_factory=dict)
    time: float = 0.0
    ids: set[str] = field(default_factory=set)

    def known(self, wanted: dict[str, str], before: float) -> set[str]:
        """The ids that were given already, if this goes on where the last search ended."""
        goes_on = before and (wanted, before) == (self.wanted, self.time)
        return self.ids if goes_on else set()

    def note(self, request: SearchRequest, found: Sequence[MessageReceived]) -> None:
        """These were given in answer to ``request``, the newest first."""
        same = found[-1].time == request.before
        before = self.known(request.wanted, request.before) if same else set()
        self.wanted, self.time = request.wanted, found[-1].time
        self.ids = before | {event.msgid for event in found if event.time == self.time}


class HistoryRequests:
    """All requests under way; those for context do not keep others from being made."""

    __slots__ = ("_under_way", "catching_up", "held_over", "targets_label")

    def __init__(self) -> None:
        self._under_way: list[Request] = []  # the one that waits longest first
        self.catching_up: dict[str, CatchUp] = {}
        # By conversation: what a broken connection has brought before it was caught up.
        self.held_over: dict[str, list[Held]] = {}
        self.targets_label: str | None = None  # of CHATHISTORY TARGETS, None: not asked

    def begin(self, request: Request) -> None:
        """A command went out."""
        self._under_way.append(request)

    def is_busy(self, conversation: str) -> bool:
        """True if a page of that conversation is on its way already."""
        return any(
            request.conversation == conversation and request.purpose != "context"
            for request in self._under_way
        )

    def find(self, label: str, *conversations: str) -> Request | None:
        """The request that an answer belongs to: by label, else the first for one of these."""
        for request in self._under_way:
            if request.label == label if label else request.conversation in conversations:
                return request
        return None

    def all(self) -> list[Request]:
        """All that are under way, the one that waits longest first."""
        return list(self._under_way)

    def end(self, request: Request) -> None:
        """It is answered, or given up."""
        self._under_way.remove(request)

    def rename(self, old: str, new: str) -> None:
        """A conversation has another key."""
        for request in self._under_way:
            if request.conversation == old:
                request.conversation = new
        if old in self.catching_up:
            catching_up = self.catching_up[new] = self.catching_up.pop(old)
            catching_up.held = [held.moved(new) for held in catching_up.held]
        if old in self.held_over:
            self.held_over[new] = [held.moved(new) for held in self.held_over.pop(old)]

    def break_off(self) -> list[Request]:
        """The connection is gone: what was under way."""
        lost, self._under_way = self._under_way, []
        self.targets_label = None
        return lost
