"""What others offer, and what can be taken back: bars above the messages, each with two buttons."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Offer(NamedTuple):
    """`id` is the presenter's; `accept` and `dismiss` are what the buttons say ('' for none)."""

    id: str
    text: str
    accept: str
    dismiss: str


class OfferActions(Protocol):
    """The bars above the messages."""

    def accept(self, id: str) -> None:
        """The first button."""

    def dismiss(self, id: str) -> None:
        """The second one."""


class OfferScreen(Protocol):
    """The bars above the messages."""

    def show(self, offers: Sequence[Offer]) -> None:
        """Show these, and no others."""
