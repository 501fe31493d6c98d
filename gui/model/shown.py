"""What the views are told: finished values that need no thinking to draw.

The presenter makes them from the model; see `gui.model.screen` for who takes them.
"""

from typing import NamedTuple


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
