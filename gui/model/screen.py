"""The views, as the presenter sees them: all that it may ask of them.

Every area of the window has a protocol of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from gui.model.browsepage import BrowseScreen
from gui.model.entrance import AccountDialogScreen, EntranceScreen
from gui.model.found import FindState, Row
from gui.model.memberpage import MemberPage
from gui.model.notification import NotifyingScreen
from gui.model.offers import OfferScreen
from gui.model.personcard import PersonScreen
from gui.model.preferences import PreferenceScreen
from gui.model.roomcard import RoomInfoScreen
from gui.model.shown import (
    Banner,
    ConnectForm,
    ConversationRow,
    Header,
    TrustQuestion,
)
from gui.model.timeline import Change, Timeline
from gui.model.writing import ComposerScreen


class DialogScreen(Protocol):
    """The windows over the main one; at most one of each kind is open."""

    def ask_connection(self, form: ConnectForm) -> None:
        """Open the connection dialog."""

    def connection_dialog_open(self) -> bool:
        """True while the dialog is on the screen."""

    def show_connecting(self, *, busy: bool) -> None:
        """The dialog, if it is open, waits for an answer (or does not any more)."""

    def show_field_errors(
        self, errors: Mapping[str, str], offers: Mapping[str, str] | None = None
    ) -> None:
        """Sentences beside the fields of the open dialog, by field name; '' is the form's.
        `offers` are values that a click puts into their fields instead."""

    def close_connection_dialog(self) -> None:
        """It has done its work."""

    def ask_trust(self, question: TrustQuestion) -> None:
        """May this certificate be trusted?"""

    @property
    def account(self) -> AccountDialogScreen:
        """Those about our account."""


class FindingScreen(Protocol):
    """What finds messages, and shows them where they stand."""

    def show_results(self, found: Sequence[Row] | None, selected: int) -> None:
        """What the search field has found, in the place of the conversations; None: hide it."""

    def end_search(self) -> None:
        """A hit was opened: the search field is left."""

    def show_find(self, state: FindState | None) -> None:
        """The find bar; None: hide it."""

    def work_soon(self) -> None:
        """Call `FindingActions.work` when there is time, until it is done."""

    def highlight(self, text: str, uid: int) -> None:
        """Highlight `text` in all messages, and most of all in the message `uid`; '' ends it."""

    def show_message(self, uid: int) -> None:
        """Scroll to a message of the shown timeline, and make it stand out for a moment."""

    def show_joined(self, timeline: Timeline) -> None:
        """What is shown has been joined to `timeline`: show that from now on, in the same place."""

    def show_past(self, past: bool) -> None:
        """Say that these are not the newest messages."""


class Screen(Protocol):
    """The main window, as the presenter sees it; `dialogs` are the windows over it."""

    @property
    def composer(self) -> ComposerScreen:
        """Where messages are typed."""

    @property
    def finding(self) -> FindingScreen:
        """What finds messages."""

    @property
    def preferences(self) -> PreferenceScreen:
        """What shows and applies the user's choices."""

    @property
    def notifying(self) -> NotifyingScreen:
        """What calls the user."""

    @property
    def dialogs(self) -> DialogScreen:
        """The dialogs."""

    @property
    def entrance(self) -> EntranceScreen:
        """Who we are, and what is there before any conversation is."""

    @property
    def people(self) -> PersonScreen:
        """The profile of somebody else."""

    @property
    def browse(self) -> BrowseScreen:
        """What finds rooms and people."""

    @property
    def room_info(self) -> RoomInfoScreen:
        """The dialog about a room."""

    @property
    def offers(self) -> OfferScreen:
        """Invitations, and the way back into a room."""

    def insert(self, text: str) -> None:
        """Put a word into what is being typed, and go there."""

    def show_conversations(self, rows: Sequence[ConversationRow]) -> None:
        """Redraw the list on the left."""

    def show_header(self, header: Header) -> None:
        """Redraw what stands above the messages."""

    def show_members(self, page: MemberPage) -> None:
        """Redraw the list on the right; without members it is hidden."""

    def show_timeline(self, key: str, timeline: Timeline, *, named: bool, divider: int) -> None:
        """Show another conversation's messages."""

    def apply_changes(self, changes: Sequence[Change], *, new: int) -> None:
        """The shown timeline has changed; `new` of the messages are others' and live."""

    def show_divider(self, uid: int) -> None:
        """Move the unread line."""

    def show_end(self) -> None:
        """Scroll to the newest message."""

    def show_typing(self, text: str) -> None:
        """The line under the messages, '' for nobody."""

    def show_composer(self, hint: str, draft: str, *, enabled: bool) -> None:
        """Another conversation is typed into."""

    def draft(self) -> str:
        """What is typed and not sent."""

    def show_banner(self, banner: Banner | None) -> None:
        """Show or hide the banner."""

    def show_title(self, title: str) -> None:
        """The window's title."""

    def attending(self) -> bool:
        """True if the window has the focus and shows the newest message."""

    def close(self) -> None:
        """End the program."""
