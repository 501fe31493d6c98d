"""What there is to know and to set about a room, as the presenter and the views see each other.

A card opens with what is known at once, and is shown again with everything that changes.
"""

from typing import NamedTuple, Protocol


class ModeSwitch(NamedTuple):
    """A mode as a switch; `hint` says more, '' for nothing."""

    letter: str
    label: str
    hint: str
    on: bool


class BanRow(NamedTuple):
    """An entry of the list of bans; `about` says who made it, and when."""

    mask: str
    about: str


class RoomCard(NamedTuple):
    """`rank` is ours, in words; `switches` are empty and `key` and `limit` None where we may not
    change them; `bans` are None while they are unknown; `level` is what calls here: 'all',
    'mentions' or 'none'; `error` and `notice` are about what was last asked for."""

    room: str
    name: str
    topic: str
    about: str
    rank: str = ""
    joined: bool = True
    can_topic: bool = False
    can_invite: bool = False
    can_rename: bool = False
    can_unban: bool = False
    switches: tuple[ModeSwitch, ...] = ()
    key: str | None = None
    limit: str | None = None
    bans: tuple[BanRow, ...] | None = None
    level: str = "all"
    error: str = ""
    notice: str = ""


class RoomInfoActions(Protocol):
    """The dialog about a room; all but `open` are about the one that is open."""

    def open(self, key: str = "") -> None:
        """Open it for a room ('' for the one whose messages are shown); of a private
        conversation, the profile of who it is with."""

    def closed(self) -> None:
        """It was closed."""

    def set_topic(self, text: str) -> None:
        """Another topic, '' for none."""

    def switch(self, letter: str, on: bool) -> None:
        """A switch was turned."""

    def set_key(self, key: str) -> None:
        """Another key, '' for none."""

    def set_limit(self, limit: str) -> None:
        """Another limit, '' for none."""

    def unban(self, mask: str) -> None:
        """Take a ban away."""

    def invite(self, nick: str) -> None:
        """Ask somebody in."""

    def notify(self, level: str) -> None:
        """What calls here."""

    def rename(self, name: str) -> None:
        """Give the room another name."""

    def leave(self) -> None:
        """Leave the room, and close the dialog."""

    def join(self) -> None:
        """Come in again."""


class RoomInfoScreen(Protocol):
    """The dialog about a room."""

    def show(self, card: RoomCard) -> None:
        """Open it; or, if it is open, show this in it."""

    def close(self) -> None:
        """It has done its work."""
