"""Undo for what is typed: whole texts with the cursor's place, no differences.

Letters typed one after the other are one step, and so are letters deleted one after the other; a
blank, a paste or a completion begins the next.
"""

from typing import Final, NamedTuple

_MOST_STEPS: Final = 200
_MOST_CHARACTERS: Final = 2_000_000  # of all steps together


class Typed(NamedTuple):
    """A text, and where the cursor stands in it, as the view tells places."""

    text: str
    cursor: str


class Undo:
    """`present` is what is in the field."""

    def __init__(self) -> None:
        self.present = Typed("", "1.0")
        self._done: list[Typed] = []
        self._undone: list[Typed] = []
        self._going_on = ""  # what the last change did: 'type', 'erase' or '' for anything else

    def begin(self, present: Typed) -> None:
        """Another text: nothing can be undone."""
        self.present, self._going_on = present, ""
        self._done.clear()
        self._undone.clear()

    def change(self, now: Typed, inserted: str = "") -> None:
        """The text has become this; `inserted` is what was put in, '' for a deletion."""
        before = self.present
        if now.text == before.text:
            self.present = now
            return
        kind = ""
        more = len(now.text) - len(before.text)
        if more == 1 and len(inserted) == 1 and not inserted.isspace():
            kind = "type"
        elif more == -1 and not inserted:
            kind = "erase"
        if not kind or kind != self._going_on:
            self._done.append(before)
            self._forget_the_oldest()
        self._going_on = kind
        self._undone.clear()
        self.present = now

    def _forget_the_oldest(self) -> None:
        while len(self._done) > _MOST_STEPS or (
            len(self._done) > 1 and sum(len(one.text) for one in self._done) > _MOST_CHARACTERS
        ):
            del self._done[0]

    def undo(self) -> Typed | None:
        """What to go back to, None if there is nothing."""
        return self._move(self._done, self._undone)

    def redo(self) -> Typed | None:
        """What was undone last, None if nothing was."""
        return self._move(self._undone, self._done)

    def _move(self, source: list[Typed], target: list[Typed]) -> Typed | None:
        if not source:
            return None
        target.append(self.present)
        self.present, self._going_on = source.pop(), ""
        return self.present
