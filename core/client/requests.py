"""What was asked of the history, and the conversations that are catching up.

A conversation that catches up holds its live messages back until the older ones are here: so
whoever appends what comes shows the server's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.client.events import MessageReceived

# Live messages held back for one conversation; past that it catches up no more, with a gap.
MOST_HELD = 5000
# Pages asked for in one go: the bound on a server that always has one more.
MOST_PAGES = 1000


Kind = Literal["latest", "after", "before"]


@dataclass(slots=True)
class Request:
    """One CHATHISTORY command without an answer."""

    conversation: str
    kind: Kind
    label: str  # "" where labels are not agreed on
    limit: int
    asked_at: float

    @property
    def where(self) -> Literal["before", "after"]:
        """Where the answer belongs."""
        return "before" if self.kind == "before" else "after"


@dataclass(slots=True)
class CatchUp:
    """A conversation that asks for what it missed, page by page."""

    had_cursor: bool  # False: nothing was known, so there is no "after"
    pages: int = 0
    gap: bool = False
    covered: bool = True  # False: own messages might be missing from what was returned
    held: list[MessageReceived] = field(default_factory=list)


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

    def known(self, request: SearchRequest) -> set[str]:
        """The ids that were given already, if ``request`` goes on where the last one ended."""
        goes_on = request.before and (request.wanted, request.before) == (self.wanted, self.time)
        return self.ids if goes_on else set()

    def note(self, request: SearchRequest, found: Sequence[MessageReceived]) -> None:
        """These were given in answer to ``request``, the newest first."""
        before = self.known(request) if found[-1].time == request.before else set()
        self.wanted, self.time = request.wanted, found[-1].time
        self.ids = before | {event.msgid for event in found if event.time == self.time}


class HistoryRequests:
    """At most one request for each conversation at a time."""

    __slots__ = ("_under_way", "catching_up", "targets_label")

    def __init__(self) -> None:
        self._under_way: dict[str, Request] = {}
        self.catching_up: dict[str, CatchUp] = {}
        self.targets_label: str | None = None  # of CHATHISTORY TARGETS, None: not asked

    def begin(self, request: Request) -> None:
        """A command went out."""
        self._under_way[request.conversation] = request

    def get(self, conversation: str) -> Request | None:
        """The request under way for a conversation."""
        return self._under_way.get(conversation)

    def find(self, label: str, *conversations: str) -> Request | None:
        """The request that an answer belongs to: by label, else by one of these keys."""
        for request in self._under_way.values():
            if label and request.label == label:
                return request
        for conversation in conversations:
            if conversation in self._under_way:
                return self._under_way[conversation]
        return None

    def all(self) -> list[Request]:
        """All that are under way, the one that waits longest first."""
        return sorted(self._under_way.values(), key=lambda request: request.asked_at)

    def end(self, request: Request) -> None:
        """It is answered, or given up."""
        self._under_way.pop(request.conversation, None)

    def rename(self, old: str, new: str) -> None:
        """A conversation has another key."""
        request = self._under_way.pop(old, None)
        if request is not None:
            request.conversation = new
            self._under_way[new] = request
        if old in self.catching_up:
            self.catching_up[new] = self.catching_up.pop(old)

    def break_off(self) -> list[Request]:
        """The connection is gone: what was under way."""
        lost = list(self._under_way.values())
        self._under_way.clear()
        self.targets_label = None
        return lost
