"""The messages of one timeline that hold a text, found slice by slice, the newest first.

`look` goes through what was not looked at yet: first what has come behind it all, then on from
the newest towards the oldest, older pages included that come in front.  It ends after `SLICE`
messages, so that a long timeline costs a little time again and again.  No I/O, no clock.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from gui.model.matching import fold
from gui.model.message import Delivery, Kind, Message
from gui.model.timeline import Timeline

SLICE: Final = 4000  # messages; one to two milliseconds


class Hit(NamedTuple):
    """A message that holds the text; `uid` is 0 for one that only the server has."""

    uid: int
    msgid: str
    time: float


class Hits:
    """`local` are those of the timeline, `remote` the server's, which are older; both have the
    newest first.  `current` is the place of the selected one in both together, -1 for none."""

    def __init__(self, timeline: Timeline, text: str) -> None:
        self.timeline = timeline
        self.text = text
        self.local: list[Hit] = []
        self.remote: list[Hit] = []
        self.current = -1
        self._folded = fold(text)
        self._known: set[int] = set()
        self._high: Message | None = None  # the newest one that was looked at, and the oldest
        self._low: Message | None = None

    def __len__(self) -> int:
        return len(self.local) + len(self.remote)

    @property
    def selected(self) -> Hit | None:
        """The hit that is shown, None if there is none."""
        if not 0 <= self.current < len(self):
            return None
        beyond = self.current - len(self.local)
        return self.local[self.current] if beyond < 0 else self.remote[beyond]

    @property
    def done(self) -> bool:
        """True if every message was looked at."""
        low, high, end = self._bounds()
        return not self._folded or (low == 0 and high == end)

    def _bounds(self) -> tuple[int, int, int]:
        """What was looked at, as a range, and where the messages end that keep their places.

        If an end of the range was taken away (a message that was not sent), all begins anew.
        """
        messages = self.timeline.messages
        ends = (self._low, self._high)
        if any(one is not None and self.timeline.get(one.uid) is None for one in ends):
            self._high = self._low = None
            self._known.clear()
            self.local = []
            self.current = -1
        end = len(messages)
        while end and messages[end - 1].delivery is not Delivery.SENT:
            end -= 1
        if self._high is None or self._low is None:
            return end, end, end
        return self.timeline.index(self._low), self.timeline.index(self._high) + 1, end

    def look(self) -> bool:
        """Look at one slice; True if there is more to look at."""
        if not self._folded:
            return False
        messages = self.timeline.messages
        low, high, end = self._bounds()
        if high < end:
            upto = min(high + SLICE, end)
            fresh = self._matching(reversed(messages[high:upto]))
            self.local[:0] = fresh
            if self.current >= 0:
                self.current += len(fresh)
            self._high = messages[upto - 1]
            self._low = self._low or messages[high]
        elif low > 0:
            start = max(0, low - SLICE)
            before = len(self.local)
            self.local += self._matching(reversed(messages[start:low]))
            if self.current >= before:
                self.current += len(self.local) - before
            self._low = messages[start]
            self._high = self._high or messages[low - 1]
        return not self.done

    def _matching(self, messages: Iterable[Message]) -> list[Hit]:
        wanted, found = self._folded, []
        for one in messages:
            said = one.kind is not Kind.NOTE and not one.folded
            holds = said and wanted in one.text.casefold()
            if holds and one.uid not in self._known:
                self._known.add(one.uid)
                found.append(Hit(one.uid, one.msgid, one.time))
        if self.remote and found:
            self._drop({one.msgid for one in found})
        return found

    def _drop(self, msgids: set[str]) -> None:
        """These are in the timeline by now."""
        selected = self.selected
        self.remote = [one for one in self.remote if one.msgid not in msgids]
        if selected is not None and selected.uid == 0:
            gone = selected not in self.remote
            self.current = len(self.local) + (0 if gone else self.remote.index(selected))

    def add(self, older: Iterable[Hit]) -> int:
        """Take hits of the server's; how many of them were not known."""
        have = {one.msgid for one in self.remote}
        fresh = [
            one
            for one in older
            if one.msgid and one.msgid not in have and not self.timeline.find(one.msgid)
        ]
        self.remote += fresh
        return len(fresh)
