"""What calls the user: notifications, and what comes back of them.  Plain values."""

from typing import NamedTuple, Protocol


class Notification(NamedTuple):
    """`key` is the conversation that a click opens, `name` what it is called; a later one with
    the same key takes the place of the former."""

    key: str
    title: str
    text: str
    name: str = ""


class Calling(NamedTuple):
    """How a conversation calls: `level` is 'all', 'mentions' or 'none', '' for as elsewhere."""

    room: bool
    muted: bool
    pinned: bool
    unread: bool
    level: str


class NotShown(NamedTuple):
    """A signal: the desktop could not show it, so the window has to."""

    notification: Notification


class NotificationClicked(NamedTuple):
    """A signal: the notification of the conversation `key` was clicked."""

    key: str


class Notifier:
    """The desktop's notifications; this one has none.  `show` must not wait."""

    def show(self, notification: Notification) -> bool:
        """Show it; False if that is known to be impossible."""
        return False

    def withdraw(self, key: str) -> None:
        """The conversation was read."""


class NotifyingActions(Protocol):
    """Notifications in the window."""

    def clicked(self, key: str) -> None:
        """One of them was clicked."""

    def about(self, key: str) -> Calling | None:
        """How this conversation calls; None if there is none."""

    def set_level(self, key: str, level: str) -> None:
        """What calls in this conversation: 'all', 'mentions', 'none'; '' as elsewhere."""


class NotifyingScreen(Protocol):
    """What the window does to call its user."""

    def focused(self) -> bool:
        """True if the keyboard's focus is in this program."""

    def toast(self, notification: Notification) -> None:
        """Show it in the window for a few seconds."""

    def withdraw(self, key: str) -> None:
        """What was told of this conversation is not needed any more."""

    def ring(self) -> None:
        """The bell."""

    def come_forward(self) -> None:
        """Bring the window to the front."""

    def show_waiting(self, count: int) -> None:
        """The program's icon tells that this many messages are unread."""
