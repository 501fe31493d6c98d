"""What the user does, as the views tell it: all that they know of the presenter.

Every area has a protocol of its own, which a part of the presenter implements.
"""

from collections.abc import Sequence
from typing import Protocol

from gui.model.shown import ConnectForm


class ConnectionActions(Protocol):
    """The connection dialog and the banner."""

    def connect(self, form: ConnectForm) -> None:
        """The dialog's Connect."""

    def cancel(self) -> None:
        """The dialog was closed."""

    def trust(self, accepted: bool) -> None:
        """The answer to `DialogScreen.ask_trust`."""

    def retry(self) -> None:
        """The banner's Retry."""

    def change(self) -> None:
        """Open the connection dialog."""


class ConversationActions(Protocol):
    """The list on the left."""

    def open(self, key: str) -> None:
        """A conversation was chosen."""

    def close(self, key: str) -> None:
        """Leave the room, or put the private conversation away."""

    def mute(self, key: str) -> None:
        """Mute a conversation, or stop that."""

    def step(self, steps: int) -> None:
        """The next conversation in the list, or the one before."""

    def filter(self, text: str) -> None:
        """Something was typed into the search field."""

    def filter_done(self) -> None:
        """Return was pressed in the search field."""


class ReadingActions(Protocol):
    """The messages of the open conversation."""

    def send_again(self, uid: int) -> None:
        """A failed message's 'Send again'."""

    def older(self) -> None:
        """The beginning of the messages comes into view."""

    def looked(self) -> None:
        """The window has the focus now, or the end of the messages came into view."""


class ComposerActions(Protocol):
    """Where messages are typed."""

    def send(self, text: str) -> None:
        """Return was pressed in the composer."""

    def typed(self, text: str) -> None:
        """The text in the composer has changed."""

    def complete(self, start: str) -> Sequence[str]:
        """What a word could become by Tab."""


class RoomActions(Protocol):
    """Rooms."""

    def join(self, name: str) -> str:
        """Join a room; a sentence if the name cannot be one, else ''."""


class PeopleActions(Protocol):
    """People."""

    def message(self, nick: str) -> None:
        """Start (or open) a private conversation."""


class Actions(Protocol):
    """All of them."""

    @property
    def connection(self) -> ConnectionActions:
        """The connection dialog and the banner."""

    @property
    def conversations(self) -> ConversationActions:
        """The list on the left."""

    @property
    def reading(self) -> ReadingActions:
        """The messages."""

    @property
    def composer(self) -> ComposerActions:
        """Where messages are typed."""

    @property
    def rooms(self) -> RoomActions:
        """Rooms."""

    @property
    def people(self) -> PeopleActions:
        """People."""

    def quit(self) -> None:
        """End the program."""
