"""What the views are told: finished values that need no thinking to draw.

The presenter makes them from the model; see `gui.model.screen` for who takes them.
"""

from typing import NamedTuple

from gui.model.accounts import KnownServer, Way


class ConversationRow(NamedTuple):
    """A line of the list on the left; `dot` is 'online', 'away', 'offline' or ''; `lead` is the
    beginning of the preview that says whose words these are; `delivery` is that of our own last
    word: 'pending', 'sent', 'failed', or '' if somebody else had the last one."""

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
    lead: str = ""
    draft: bool = False  # `lead` says that this is a draft
    pinned: bool = False
    room: bool = False
    delivery: str = ""
    failed: bool = False  # something of ours was not sent
    color: str = ""  # that the person has chosen, "" for none


class MemberRow(NamedTuple):
    """A line of the member list; `name` is what they call themselves ("": as their nick), `color`
    the one that they have chosen ("" for none), `status` what they say of themselves."""

    nick: str
    rank: str
    away: bool
    own: bool
    name: str = ""
    color: str = ""
    status: str = ""


class MemberHeading(NamedTuple):
    """A line of the member list above `size` of them."""

    title: str
    size: int


class Header(NamedTuple):
    """Above the messages."""

    title: str
    subtitle: str
    room: bool
    lively: bool = False  # the subtitle tells of something that goes on: it calls more


class Banner(NamedTuple):
    """Across the top while there is no connection; `retry`: a button is offered, called so."""

    text: str
    retry: bool
    button: str = "Retry now"


class ConnectForm(NamedTuple):
    """The fields of the connection dialog.

    `password` is the server's own; `account` is "" for that of the nick.  `keyring` is False
    where none can be used; `kept`: it holds the password of this account at this server.
    `known` are the servers to pick from, the last one first.
    """

    nick: str = ""
    host: str = "localhost"
    port: str = "5000"
    tls: bool = True
    password: str = ""
    remember: bool = False
    keyring: bool = True
    way: Way = "guest"
    account: str = ""
    account_password: str = ""
    repeated: str = ""
    email: str = ""
    kept: bool = False
    known: tuple[KnownServer, ...] = ()

    def __repr__(self) -> str:
        """Without the passwords."""
        where = f"{self.host}:{self.port}, tls={self.tls}"
        return f"ConnectForm({where}, {self.way}, nick={self.nick!r}, account={self.account!r})"


class TrustQuestion(NamedTuple):
    """A server's certificate that no authority vouches for.

    `known` is the fingerprint that it had until now, "" where it was never seen; fingerprints
    are groups of digits with blanks between them.  `about`: labels and what they stand for.
    """

    server: str
    known: str
    offered: str
    about: tuple[tuple[str, str], ...] = ()
