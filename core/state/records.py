"""Users and rooms, as every replica holds them."""

import re

from core.wire.masks import compile_mask
from core.wire.modes import PREFIXES


class User:
    """A nick with its rooms.  A user without an account ends with its last connection."""

    __slots__ = (
        "_prefix",
        "away",
        "connections",
        "host",
        "id",
        "ident",
        "modes",
        "nick",
        "realname",
        "rooms",
        "secure",
        "signed_on",
        "spoke_at",
    )

    def __init__(
        self,
        id: int,
        nick: str,
        ident: str,
        host: str,
        realname: str,
        secure: bool,
        signed_on: int,
    ) -> None:
        self.id = id  # the sequence number of the fact that made this user
        self.nick = nick
        self.ident = ident
        self.host = host
        self.realname = realname
        self.secure = secure  # all connections are TLS
        self.signed_on = signed_on  # milliseconds since the epoch
        self.spoke_at = signed_on  # when the last message was sent, for WHOIS
        self.modes = ""  # letters of USER_MODES, in the order they were set
        self.away = ""  # "" for present
        self.rooms: dict[Room, None] = {}  # in the order of joining
        # (worker's origin, number there) of each socket, oldest first
        self.connections: tuple[tuple[int, int], ...] = ()
        self._prefix = ""

    @property
    def prefix(self) -> str:
        """``nick!ident@host``, the source of this user's messages."""
        if not self._prefix:
            self._prefix = f"{self.nick}!{self.ident}@{self.host}"
        return self._prefix

    def rename(self, nick: str) -> None:
        """Take another nick."""
        self.nick = nick
        self._prefix = ""


class Room:
    """A room, while it has members."""

    __slots__ = (
        "_ban_patterns",
        "bans",
        "created",
        "invited",
        "key",
        "members",
        "modes",
        "name",
        "topic",
        "topic_at",
        "topic_by",
    )

    def __init__(self, name: str, key: str, created: int) -> None:
        self.name = name  # as its first member wrote it
        self.key = key  # folded
        self.created = created  # milliseconds since the epoch
        self.topic = ""
        self.topic_by = ""
        self.topic_at = 0  # milliseconds since the epoch
        self.modes: dict[str, str] = {}  # letter -> parameter, "" for a flag
        self.bans: dict[str, tuple[str, int]] = {}  # mask -> (set by, seconds since the epoch)
        self._ban_patterns: tuple[re.Pattern[str], ...] | None = None  # None: to be compiled
        self.invited: dict[int, None] = {}  # ids of users who may pass +i once
        self.members: dict[User, str] = {}  # -> prefix modes in order of rank, "" for none

    def ban_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The bans, compiled: on the path of every message in a room that has some."""
        if self._ban_patterns is None:
            self._ban_patterns = tuple(compile_mask(mask) for mask in self.bans)
        return self._ban_patterns

    def bans_changed(self) -> None:
        """To be called after a change of ``bans``."""
        self._ban_patterns = None

    def is_operator(self, user: User) -> bool:
        """True if ``user`` may moderate here."""
        return "o" in self.members.get(user, "")

    def grant(self, user: User, letter: str, adding: bool) -> bool:
        """Give or take a prefix mode; False if that changes nothing."""
        held = self.members[user]
        if (letter in held) is adding:
            return False
        wanted = held + letter if adding else held.replace(letter, "")
        self.members[user] = "".join(mode for mode in PREFIXES if mode in wanted)
        return True

    def mode_words(self, show_key: bool) -> list[str]:
        """The words of 324: ``["+kn", "key"]``; the key only where it may be seen."""
        letters = sorted(self.modes)
        arguments = [
            value if letter != "k" or show_key else "*"
            for letter in letters
            if (value := self.modes[letter])
        ]
        return ["+" + "".join(letters), *arguments]


def member_prefix(modes: str, every: bool) -> str:
    """What NAMES and WHO show before a member: the highest prefix, or ``every`` one."""
    signs = "".join(PREFIXES[mode] for mode in modes)
    return signs if every else signs[:1]
