"""What the user does, as the views tell it: all that they know of the presenter.

Every area has a protocol of its own, which a part of the presenter implements.
"""

from collections.abc import Sequence
from typing import Protocol

from gui.model.browsepage import BrowseActions
from gui.model.entrance import AccountActions, CertificateActions, ProfileActions
from gui.model.notification import NotifyingActions
from gui.model.offers import OfferActions
from gui.model.personcard import PeopleActions
from gui.model.preferences import PreferenceActions, Preferences
from gui.model.reading import MessageActions, ReadingActions
from gui.model.roomcard import RoomInfoActions
from gui.model.shown import ConnectForm
from gui.model.writing import Hints


class ConnectionActions(Protocol):
    """The connection dialog and the banner."""

    def connect(self, form: ConnectForm) -> None:
        """The dialog's Connect."""

    def cancel(self) -> None:
        """The dialog was closed."""

    def retry(self) -> None:
        """The banner's button."""

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

    def pin(self, key: str) -> None:
        """Keep a conversation at the top of the list, or stop that."""

    def mark_read(self, key: str) -> None:
        """Nothing of it is unread any more."""

    def step(self, steps: int, *, unread: bool = False) -> None:
        """The next conversation in the list, or the one before; of those that are unread."""

    def nth(self, place: int) -> None:
        """The conversation at this place of the list, from 0."""


class SearchActions(Protocol):
    """The search field, and what it finds."""

    def search(self, text: str) -> None:
        """Something was typed."""

    def settle(self) -> None:
        """Nothing was typed for a moment: the server may be asked."""

    def step(self, steps: int) -> None:
        """The next hit, or the one before."""

    def accept(self) -> None:
        """Open the hit that is selected."""

    def pick(self, index: int) -> None:
        """Open the hit in this row."""

    def more(self) -> None:
        """The last of the hits comes into view."""


class FindingActions(Protocol):
    """The find bar, and going to a message."""

    def open(self) -> None:
        """Show the find bar."""

    def close(self) -> None:
        """Hide it."""

    def find(self, text: str) -> None:
        """Something was typed into it."""

    def work(self) -> bool:
        """Look through some more messages; True if there is more to do."""

    def step(self, steps: int) -> None:
        """The next hit, towards the older ones, or the one before."""

    def jump(self, conversation: str, msgid: str) -> None:
        """Show a message, wherever it is."""

    def newest(self) -> None:
        """Back to the newest messages."""


class ComposerActions(Protocol):
    """Where messages are typed."""

    def send(self, text: str) -> None:
        """Return was pressed in the composer."""

    def typed(self, text: str) -> None:
        """The text in the composer has changed."""

    @property
    def preferences(self) -> Preferences:
        """What the user has chosen."""

    def paused(self) -> None:
        """Nothing was typed for some seconds."""

    def hints(self, before: str) -> Hints:
        """What could be meant by the end of `before`, the text up to the cursor."""

    def complete(self, start: str) -> Sequence[str]:
        """What a word could become by Tab."""

    def join(self) -> None:
        """The button in place of the field: enter the open room."""

    def drop_reply(self) -> None:
        """The draft answers no message any more."""


class Actions(Protocol):
    """All of them."""

    @property
    def connection(self) -> ConnectionActions:
        """The connection dialog and the banner."""

    @property
    def certificates(self) -> CertificateActions:
        """The question about a server's certificate."""

    @property
    def account(self) -> AccountActions:
        """Our account."""

    @property
    def profile(self) -> ProfileActions:
        """What we tell of ourselves."""

    @property
    def conversations(self) -> ConversationActions:
        """The list on the left."""

    @property
    def search(self) -> SearchActions:
        """The search field."""

    @property
    def finding(self) -> FindingActions:
        """The find bar, and going to a message."""

    @property
    def reading(self) -> ReadingActions:
        """The messages."""

    @property
    def message(self) -> MessageActions:
        """One of them."""

    @property
    def composer(self) -> ComposerActions:
        """Where messages are typed."""

    @property
    def browse(self) -> BrowseActions:
        """What finds rooms and people."""

    @property
    def room_info(self) -> RoomInfoActions:
        """The dialog about a room."""

    @property
    def offers(self) -> OfferActions:
        """Invitations, and the way back into a room."""

    @property
    def people(self) -> PeopleActions:
        """People."""

    @property
    def preferences(self) -> PreferenceActions:
        """The settings."""

    @property
    def notifying(self) -> NotifyingActions:
        """What calls."""

    def quit(self) -> None:
        """End the program."""
