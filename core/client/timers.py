"""Deadlines by name: the session says what it waits for, its owner calls when that is due."""

from collections.abc import Hashable


class Timers:
    """At most one deadline for each name; setting it again moves it."""

    __slots__ = ("_deadlines",)

    def __init__(self) -> None:
        self._deadlines: dict[tuple[Hashable, ...], float] = {}

    def set(self, at: float, *name: Hashable) -> None:
        """Wait until ``at`` for ``name``."""
        self._deadlines[name] = at

    def cancel(self, *name: Hashable) -> None:
        """Stop waiting; nothing happens if nobody did."""
        self._deadlines.pop(name, None)

    def is_set(self, *name: Hashable) -> bool:
        """True while ``name`` is waited for."""
        return name in self._deadlines

    def clear(self) -> None:
        """Forget all."""
        self._deadlines.clear()

    def next(self) -> float | None:
        """The first deadline, None if there is none."""
        return min(self._deadlines.values(), default=None)

    def due(self, now: float) -> list[tuple[Hashable, ...]]:
        """The names whose time has come, earliest first; they are not waited for any more."""
        names = [name for name, at in self._deadlines.items() if at <= now]
        names.sort(key=self._deadlines.__getitem__)
        for name in names:
            del self._deadlines[name]
        return names
