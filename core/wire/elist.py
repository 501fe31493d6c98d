"""The conditions of LIST that ELIST=CMNTU announces.

Source: https://modern.ircdocs.horse/#elist-parameter
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from core.wire.identifiers import fold
from core.wire.masks import compile_mask

USERS = ""
CREATED = "C"
TOPIC_SET = "T"

_BOUND = re.compile(r"([CT]?)([<>])([0-9]{1,9})", re.IGNORECASE)


class Bound(NamedTuple):
    """A number of users, or of minutes ago, that something is above or below."""

    subject: str  # USERS, CREATED or TOPIC_SET
    above: bool
    value: int

    def holds(self, number: float) -> bool:
        """True if ``number`` is on the right side."""
        return number > self.value if self.above else number < self.value


class Conditions(NamedTuple):
    """What a room must be like to be listed."""

    names: tuple[str, ...]  # folded; with the masks, one of them has to fit, if there are any
    masks: tuple[re.Pattern[str], ...]
    excluded: tuple[re.Pattern[str], ...]
    bounds: tuple[Bound, ...]

    @property
    def exact(self) -> bool:
        """True if only rooms with known names are asked for."""
        return bool(self.names) and not self.masks

    def name_fits(self, key: str) -> bool:
        """True for the folded name of a room that is asked for."""
        if any(mask.fullmatch(key) for mask in self.excluded):
            return False
        if not self.names and not self.masks:
            return True
        return key in self.names or any(mask.fullmatch(key) for mask in self.masks)


def parse_conditions(names: Iterable[str], more: Iterable[str] = ()) -> Conditions:
    """The conditions in LIST's two parameters; the second one holds no names."""
    found = Conditions((), (), (), ())
    for word in names:
        found = _add(found, word, name=True)
    for word in more:
        found = _add(found, word, name=False)
    return found


def _add(found: Conditions, word: str, *, name: bool) -> Conditions:
    bound = _BOUND.fullmatch(word)
    if bound is not None:
        subject, sign, value = bound.groups()
        added = Bound(subject.upper(), sign == ">", int(value))
        return found._replace(bounds=(*found.bounds, added))
    if word[:1] == "!":
        return found._replace(excluded=(*found.excluded, compile_mask(word[1:])))
    if "*" in word or "?" in word:
        return found._replace(masks=(*found.masks, compile_mask(word)))
    return found._replace(names=(*found.names, fold(word))) if name and word else found
