"""What becomes of a message after it was said: reactions, and being taken back.

Reactions are an immutable tuple, which most messages share as the empty one.  What comes for a
message that is not known yet (it stands on a page of history further up) waits in `Waiting`.
"""

from typing import Final, NamedTuple

from gui.model.message import Message, Reaction
from gui.model.text import clean

KINDS: Final = 24  # different reactions of one message; more are not shown
PEOPLE: Final = 500  # whose names are kept of one reaction; more are not counted
LONGEST: Final = 24  # characters of a reaction
WAITING: Final = 2000  # marks of messages that are not known; the oldest are forgotten


class Reacted(NamedTuple):
    """Somebody reacted, or took it back; `own`: it was us."""

    msgid: str
    nick: str
    reaction: str
    own: bool = False
    removed: bool = False


class Redacted(NamedTuple):
    """The message was taken back, or removed by somebody else."""

    msgid: str
    by: str
    reason: str = ""


Mark = Reacted | Redacted


def reaction_name(text: str) -> str:
    """A reaction as it is kept: one short line, whatever was sent; "" for nothing."""
    return " ".join(clean(text).split())[:LONGEST]


def apply_mark(message: Message, mark: Mark) -> bool:
    """Change `message` accordingly; False if that changes nothing."""
    if isinstance(mark, Redacted):
        if message.redacted:
            return False
        message.redacted, message.reason = mark.by or message.sender, mark.reason
        message.text, message.folded, message.reactions, message.mention = "", "", (), False
        return True
    after = message.reactions
    if not message.redacted:
        after = with_reaction(message.reactions, mark)
    changed = after != message.reactions
    message.reactions = after
    return changed


def with_reaction(reactions: tuple[Reaction, ...], mark: Reacted) -> tuple[Reaction, ...]:
    """The reactions after `mark`."""
    for at, one in enumerate(reactions):
        if one.text == mark.reaction:
            changed = _after(one, mark)
            kept = (changed,) if changed.people else ()
            return reactions[:at] + kept + reactions[at + 1 :]
    if mark.removed or not mark.reaction or len(reactions) >= KINDS:
        return reactions
    return (*reactions, _after(Reaction(mark.reaction), mark))


def _after(one: Reaction, mark: Reacted) -> Reaction:
    if mark.own:
        return one._replace(own=not mark.removed)
    if mark.removed:
        return one._replace(nicks=tuple(nick for nick in one.nicks if nick != mark.nick))
    if mark.nick in one.nicks or len(one.nicks) >= PEOPLE:
        return one
    return one._replace(nicks=(*one.nicks, mark.nick))


class Waiting:
    """Marks of messages that are not known yet."""

    def __init__(self) -> None:
        self._marks: dict[str, list[Mark]] = {}
        self._count = 0

    def add(self, mark: Mark, *, older: bool = False) -> None:
        """Keep it; `older` if it came about before all that is kept."""
        kept = self._marks.setdefault(mark.msgid, [])
        kept.insert(0 if older else len(kept), mark)
        self._count += 1
        while self._count > WAITING:
            self._count -= len(self._marks.pop(next(iter(self._marks))))

    def take(self, msgid: str) -> list[Mark]:
        """Those of a message that is known now."""
        if not self._marks:
            return []
        found = self._marks.pop(msgid, [])
        self._count -= len(found)
        return found
