"""The views, as the presenter sees them: all that it may ask of them.

Every area of the window has a protocol of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from gui.model.shown import (
    Banner,
    ConnectForm,
    ConversationRow,
    Header,
    MemberRow,
    TrustQuestion,
)
from gui.model.timeline import Change, Timeline


class DialogScreen(Protocol):
    """The windows over the main one; at most one of each kind is open."""

    def ask_connection(self, form: ConnectForm) -> None:
        """Open the connection dialog."""

    def connection_dialog_open(self) -> bool:
        """True while the dialog is on the screen."""

    def show_connecting(self, *, busy: bool) -> None:
        """The dialog, if it is open, waits for an answer (or does not any more)."""

    def show_field_errors(self, errors: Mapping[str, str]) -> None:
        """Sentences beside the fields of the open dialog, by field name; '' is the form's."""

    def close_connection_dialog(self) -> None:
        """It has done its work."""

    def ask_trust(self, question: TrustQuestion) -> None:
        """The loud stop: a certificate has changed."""


class Screen(Protocol):
    """The main window, as the presenter sees it; `dialogs` are the windows over it."""

    @property
    def dialogs(self) -> DialogScreen:
        """The dialogs."""

    def show_conversations(self, rows: Sequence[ConversationRow]) -> None:
        """Redraw the list on the left."""

    def show_header(self, header: Header) -> None:
        """Redraw what stands above the messages."""

    def show_members(self, rows: Sequence[MemberRow]) -> None:
        """Redraw the list on the right; without rows it is hidden."""

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
