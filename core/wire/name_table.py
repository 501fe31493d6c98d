"""Who has which name, and whether a new one could pass for a taken one.

Two names made of ASCII alone are rivals only if they are the same: people have names like nick_1
and nick_l, and can tell them apart as well as ever on IRC.  A name with other characters is a
rival of every name that looks like it, whichever came first.

Pure and deterministic: what a table answers depends on what is in it, not on the order in which
it came there.  So a table made from a snapshot answers as the one that it was taken from.
"""

from typing import Generic, NamedTuple, TypeVar

from core.wire.identifiers import fold, looks

Holder = TypeVar("Holder")


class _Taken(NamedTuple, Generic[Holder]):
    holder: Holder
    name: str
    is_ascii: bool


class NameTable(Generic[Holder]):
    """Names in their prepared form, each with its holder."""

    def __init__(self) -> None:
        self._taken: dict[str, _Taken[Holder]] = {}  # by key (`fold`)
        self._alike: dict[str, dict[str, None]] = {}  # look -> keys of the names that have it
        # Keys of names made of ASCII, which stand in `_alike` only when somebody looks there.
        self._plain: dict[str, None] = {}
        self._beyond_ascii = 0  # names with a character that is not ASCII

    def __len__(self) -> int:
        return len(self._taken)

    def holder(self, name: str) -> Holder | None:
        """Who has ``name``, in whatever case."""
        taken = self._taken.get(fold(name))
        return None if taken is None else taken.holder

    def clash(self, name: str, allowed: Holder | None = None) -> Holder | None:
        """Someone other than ``allowed`` who has ``name`` or one that looks like it."""
        same = self._taken.get(fold(name))
        if same is not None and same.holder != allowed:
            return same.holder
        is_ascii = name.isascii()
        if is_ascii and not self._beyond_ascii:
            return None
        if not is_ascii:
            for key in self._plain:
                self._enter(key, self._taken[key].name)
            self._plain.clear()
        keys = {key for look in looks(name) for key in self._alike.get(look, ())}
        for key in sorted(keys):
            rival = self._taken[key]
            if rival.holder != allowed and not (is_ascii and rival.is_ascii):
                return rival.holder
        return None

    def add(self, name: str, holder: Holder) -> None:
        """Give ``name`` to ``holder``, whoever had it before."""
        key = fold(name)
        if key in self._taken:
            self.remove(name)
        is_ascii = name.isascii()
        self._taken[key] = _Taken(holder, name, is_ascii)
        if is_ascii:
            self._plain[key] = None
        else:
            self._beyond_ascii += 1
            self._enter(key, name)

    def _enter(self, key: str, name: str) -> None:
        for look in looks(name):
            self._alike.setdefault(look, {})[key] = None

    def remove(self, name: str) -> None:
        """Free ``name``; KeyError if nobody has it."""
        key = fold(name)
        taken = self._taken.pop(key)
        self._beyond_ascii -= not taken.is_ascii
        if key in self._plain:
            del self._plain[key]
            return
        for look in looks(taken.name):
            keys = self._alike[look]
            del keys[key]
            if not keys:
                del self._alike[look]
