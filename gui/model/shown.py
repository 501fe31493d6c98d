"""What the views are told: finished values that need no thinking to draw.

The presenter makes them from the model; `Screen` is all that it knows of the views, and
`Actions` is all that the views know of the presenter.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from gui.model.timeline import Change, Timeline


class ConversationRow(NamedTuple):
    """A line of the list on the left; `dot` is 'online', 'away' or ''."""

    key: str
    name: str
    preview: str
    time: str
    unread: int = 0
    mention: bool = False
    quiet: bool = False  # muted: its badge does not call
    typing: bool = False
    dot: str = ""
    selected: bool = False
    faded: bool = False  # a room that we are not in


class MemberRow(NamedTuple):
    """A line of the member list."""

    nick: str
    rank: str
    away: bool
    own: bool


class Header(NamedTuple):
    """Above the messages."""

    title: str
    subtitle: str
    room: bool


class Banner(NamedTuple):
    """Across the top while there is no connection; `retry`: a button is offered."""

    text: str
    retry: bool


class ConnectForm(NamedTuple):
    """The fields of the connection dialog; `keyring` is False where none can be used."""

    nick: str = ""
    host: str = "localhost"
    port: str = "5000"
    tls: bool = True
    password: str = ""
    remember: bool = False
    keyring: bool = True


class TrustQuestion(NamedTuple):
    """The server's certificate is not the one that was known."""

    server: str
    known: str
    offered: str


class Screen(Protocol):
    """The views, as the presenter sees them."""

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

    def attending(self) -> bool:
        """True if the window has the focus and shows the newest message."""

    def close(self) -> None:
        """End the program."""


class Actions(Protocol):
    """What the user does, as the views tell it."""

    def connect(self, form: ConnectForm) -> None:
        """The dialog's Connect."""

    def cancel_connecting(self) -> None:
        """The dialog was closed."""

    def trust(self, accepted: bool) -> None:
        """The answer to `ask_trust`."""

    def retry(self) -> None:
        """The banner's Retry."""

    def open(self, key: str) -> None:
        """A conversation was chosen."""

    def close_conversation(self, key: str) -> None:
        """Leave the room, or put the private conversation away."""

    def mute(self, key: str) -> None:
        """Mute a conversation, or stop that."""

    def step(self, steps: int) -> None:
        """The next conversation in the list, or the one before."""

    def search(self, text: str) -> None:
        """Something was typed into the search field."""

    def search_done(self) -> None:
        """Return was pressed in the search field."""

    def message_person(self, nick: str) -> None:
        """Start (or open) a private conversation."""

    def join_room(self, name: str) -> str:
        """Join a room; a sentence if the name cannot be one, else ''."""

    def send(self, text: str) -> None:
        """Return was pressed in the composer."""

    def typed(self, text: str) -> None:
        """The text in the composer has changed."""

    def complete(self, start: str) -> Sequence[str]:
        """What a word could become by Tab."""

    def send_again(self, uid: int) -> None:
        """A failed message's 'Send again'."""

    def older(self) -> None:
        """The beginning of the messages comes into view."""

    def looked(self) -> None:
        """The window has the focus now, or the end of the messages came into view."""

    def change_connection(self) -> None:
        """Open the connection dialog."""

    def quit(self) -> None:
        """End the program."""
