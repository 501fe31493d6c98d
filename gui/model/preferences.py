"""What the user has chosen: how the window looks, what it sends and when it calls.

Plain values; `gui.settings` keeps them in a file, the presenter changes them on the user's wish,
and every part of the window that acts on one reads it here each time.
"""

from typing import Final, NamedTuple, Protocol

import msgspec

from gui.model.hosts import server_name

#: What each of the choices can be; anything else in the file counts as the first.
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "theme": ("system", "dark", "light"),
    "send_with": ("enter", "ctrl-enter"),
    "moves": ("small", "always", "never"),
    "notify": ("mentions", "all", "none"),
}
FONT_SIZES: Final = (11, 18)  # the smallest and the largest, in pixels at scale 1
FONT_SIZE: Final = 13
_RECENT_EMOJI = 24
_MOST_SERVERS = 20


class Server(msgspec.Struct):
    """A server that has let us in; `account` is "" for a guest."""

    host: str
    port: int
    tls: bool
    nick: str
    account: str = ""


class Kept(msgspec.Struct):
    """What is remembered of one server: the key of the conversation that was `open`, the keys of
    those that are `pinned` or `muted`, what calls in a conversation if not what calls elsewhere
    (`levels`: key -> 'all', 'mentions' or 'none'), and the names of the `rooms` that we are in."""

    open: str = ""
    pinned: list[str] = []
    muted: list[str] = []
    levels: dict[str, str] = {}
    rooms: list[str] = []


class Preferences(msgspec.Struct):
    """The choices, each with its default.

    `theme` is 'system', 'dark' or 'light'; `scale` 0.0 means: from the screen's resolution;
    `font` is a family, '' the program's own choice; `moves` says in which rooms joins and leaves
    are shown: 'always', 'small' (rooms) or 'never'; `notify` is what calls when the window is not
    in focus: 'all', 'mentions' (and private messages) or 'none'; `quiet` holds all calls back for
    the time being; `ignored` are nicks whose words are not shown; `recent_emoji` has the last one
    first; `skin_tone` is 0 for the plain yellow, else 1 (light) to 5 (dark).
    """

    theme: str = "system"
    scale: float = 0.0
    font: str = ""
    font_size: int = FONT_SIZE
    compact: bool = False
    clock_12: bool = False
    moves: str = "small"
    send_with: str = "enter"
    send_typing: bool = True
    send_read: bool = True
    confirm_links: bool = True
    notify: str = "mentions"
    notify_text: bool = True
    bell: bool = False
    quiet: bool = False
    recent_emoji: list[str] = []
    skin_tone: int = 0
    ignored: list[str] = []
    servers: list[Server] = []
    kept: dict[str, Kept] = {}

    def mend(self) -> None:
        """Replace what is no possible choice (another version may have written it)."""
        for name, known in CHOICES.items():
            if getattr(self, name) not in known:
                setattr(self, name, known[0])
        self.skin_tone = min(max(self.skin_tone, 0), 5)
        self.font_size = min(max(self.font_size, FONT_SIZES[0]), FONT_SIZES[1])

    def used_emoji(self, emoji: str) -> None:
        """Put an emoji in front of the recent ones."""
        others = [one for one in self.recent_emoji if one != emoji]
        self.recent_emoji = [emoji, *others][:_RECENT_EMOJI]

    def remember(self, server: Server) -> None:
        """Put a server in front."""
        others = [one for one in self.servers if (one.host, one.port) != (server.host, server.port)]
        self.servers = [server, *others][:_MOST_SERVERS]

    def forget(self, server: Server) -> None:
        """Remove a server, and all that is remembered of it."""
        self.servers = [
            one for one in self.servers if (one.host, one.port) != (server.host, server.port)
        ]
        place = server_name(server.host, server.port)
        for owner in [one for one in self.kept if one == place or one.endswith(f"@{place}")]:
            del self.kept[owner]

    def at(self, server: str) -> Kept:
        """What is remembered of a server (`Target.owner`)."""
        return self.kept.setdefault(server, Kept())


class SystemTheme(NamedTuple):
    """A signal: the desktop prefers 'dark' or 'light'."""

    theme: str


class PreferenceActions(Protocol):
    """The settings dialog, and the keys that change how things look."""

    def open(self, page: str = "") -> None:
        """Show the settings, at one of their pages."""

    def set(self, name: str, value: object) -> None:
        """One of the choices in `Preferences` was made."""

    def larger(self, steps: int) -> None:
        """Everything larger or smaller; 0: as it was."""

    def other_theme(self) -> None:
        """From dark to light and back."""

    def forget(self, server: Server) -> None:
        """Remove one of the servers."""


class PreferenceScreen(Protocol):
    """What shows and applies the choices."""

    def apply(self, preferences: Preferences, theme: str) -> None:
        """Act on them from now on; `theme` is the palette's name, 'dark' or 'light'."""

    def step(self, steps: int) -> float:
        """The scale that is `steps` away from the present one."""

    def open(self, preferences: Preferences, page: str) -> None:
        """Show the settings dialog; '' for the page that was shown last."""
