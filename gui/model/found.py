"""What the search field and the find bar show, as finished values."""

from typing import NamedTuple

Spans = tuple[tuple[int, int], ...]  # where the words stand: beginnings and ends


class Heading(NamedTuple):
    """A line above hits of one kind."""

    text: str


class Remark(NamedTuple):
    """A line that cannot be chosen: searching, nothing found, it failed."""

    text: str
    busy: bool = False


class PlaceHit(NamedTuple):
    """A conversation, a person to write to, or a room to join."""

    key: str  # "" for a room that is not known
    name: str  # what is opened
    title: str  # what is shown
    detail: str
    spans: Spans = ()  # in the title
    room: bool = False
    dot: str = ""
    unread: int = 0
    color: str = ""  # that somebody has chosen


class MessageHit(NamedTuple):
    """A message that the server has found."""

    conversation: str
    place: str  # the conversation's name
    msgid: str
    sender: str
    snippet: str
    spans: Spans  # in the snippet
    time: str
    color: str = ""  # of the conversation's avatar, if somebody has chosen one


Row = Heading | Remark | PlaceHit | MessageHit


class FindState(NamedTuple):
    """The find bar: `place` counts from 1, the newest first (0: none); `wanted`: a text was
    typed; `searching`: it is looked for; `problem` is a sentence, "" for none."""

    place: int
    total: int
    wanted: bool = True
    searching: bool = False
    more: bool = False  # the server may have older ones
    problem: str = ""
    words: str = ""  # what is looked for

    @property
    def text(self) -> str:
        """'3 of 17'."""
        if self.problem:
            return self.problem
        if not self.wanted:
            return ""
        if not self.total:
            return "Searching…" if self.searching else "Nothing found"
        return f"{self.place} of {self.total}{'+' if self.more or self.searching else ''}"
