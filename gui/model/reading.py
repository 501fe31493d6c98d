"""Reading the open conversation: what the views may ask of the presenter."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Offers(NamedTuple):
    """What can be done with a message; what cannot is not shown."""

    reply: bool = False
    react: bool = False
    redact: bool = False
    resend: bool = False  # and discard
    copy: bool = False
    about: bool = False


class ReadingActions(Protocol):
    """The messages of the open conversation."""

    def older(self) -> None:
        """The beginning of the messages comes into view."""

    def newer(self) -> None:
        """The end of a stretch of the past comes into view."""

    def looked(self) -> None:
        """The window has the focus now, or the end of the messages came into view."""


class MessageActions(Protocol):
    """What is done with one message of the open conversation, named by its uid."""

    def face(self, nick: str) -> tuple[str, str]:
        """The name and the colour ('#rrggbb') that somebody has chosen, '' for none."""

    def offers(self, uid: int) -> Offers:
        """What can be done with this message now."""

    def about(self, uid: int) -> Sequence[tuple[str, str]]:
        """Facts about the message: what, and its value."""

    def reply(self, uid: int) -> None:
        """The draft answers this message; 0: none."""

    def react(self, uid: int, reaction: str) -> None:
        """React to the message, or take that back."""

    def redact(self, uid: int) -> None:
        """Take the message back; the user has been asked."""

    def send_again(self, uid: int) -> None:
        """Send a failed message again."""

    def discard(self, uid: int) -> None:
        """Forget a failed message."""

    def jump_to(self, msgid: str) -> None:
        """Show the message that is quoted, wherever it stands."""
