"""Other people, as the presenter and the views see each other: menu, profile, what can be done.

A card opens with what is known at once, and is shown again with every thing that the server adds.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from gui.model.ranks import PersonAct


class Fact(NamedTuple):
    """A line of a card: 'Account', 'ada'."""

    label: str
    text: str


class SharedRoom(NamedTuple):
    """A room that both of us are in; `rank` is theirs there, in words."""

    key: str
    name: str
    rank: str


class PersonCard(NamedTuple):
    """`presence` is 'online', 'away', 'offline' or '', `presence_text` says it in words; `color`
    is '#rrggbb' or ''; `homepage` is an http or https address or ''; `extra` are lines of the
    server that fit nowhere else; `loading`: more is on its way; `missing`: nobody is called so."""

    nick: str
    name: str
    own: bool
    presence: str = ""
    presence_text: str = ""
    status: str = ""
    color: str = ""
    homepage: str = ""
    facts: tuple[Fact, ...] = ()
    rooms: tuple[SharedRoom, ...] = ()
    extra: tuple[str, ...] = ()
    ignored: bool = False
    loading: bool = False
    missing: bool = False
    error: str = ""


class PeopleActions(Protocol):
    """Other people."""

    def message(self, nick: str) -> None:
        """Start (or open) a private conversation."""

    def profile(self, nick: str) -> None:
        """Open somebody's profile."""

    def profile_closed(self) -> None:
        """It was closed."""

    def choices(self, nick: str) -> Sequence[PersonAct]:
        """What the menu of a person offers in the open conversation."""

    def act(self, nick: str, act: PersonAct, reason: str = "") -> None:
        """One of the choices; copying is the view's own work."""

    def name(self, nick: str) -> str:
        """What to call them."""

    def filter(self, text: str) -> None:
        """Something was typed above the member list."""


class PersonScreen(Protocol):
    """The profile of somebody else."""

    def show(self, card: PersonCard) -> None:
        """Open it; or, if it is open, show this in it."""

    def close(self) -> None:
        """It has done its work."""
