"""Users, accounts and rooms, as every replica holds them."""

from core.state.credentials import Credentials
from core.wire.extbans import Entry, compile_entry
from core.wire.modes import PREFIXES

# What others read of a user whom no connection represents just now.
OFFLINE = "Offline"
# What a connection says that is there without a person (draft/pre-away).
UNSPECIFIED = "*"


class Account:
    """What a password opens: a nick of its own, and a user that need not be connected."""

    __slots__ = (
        "certificates",
        "credentials",
        "email",
        "id",
        "key",
        "lists",
        "markers",
        "metadata",
        "name",
        "registered_at",
        "settings",
        "user",
    )

    def __init__(
        self, id: int, name: str, key: str, credentials: Credentials, registered_at: int
    ) -> None:
        self.id = id  # its user's id as well, whenever it has one
        self.name = name
        self.key = key  # folded
        self.credentials = credentials
        self.registered_at = registered_at  # milliseconds since the epoch
        self.email = ""
        self.certificates: list[str] = []  # SHA-256 fingerprints, lower-case hex
        self.settings: dict[str, str] = {}  # what differs from the default
        self.markers: dict[str, int] = {}  # folded target -> read up to (ms), oldest set first
        self.metadata: dict[str, str] = {}
        self.lists: dict[str, dict[str, None]] = {}  # "accept", "silence" -> masks or nicks
        self.user: User | None = None  # None while it is neither connected nor persistent


class User:
    """A nick with its rooms.  A guest ends with its last connection."""

    __slots__ = (
        "_prefix",
        "account",
        "address",
        "away",
        "called_at",
        "certificate",
        "connections",
        "host",
        "id",
        "ident",
        "left_at",
        "lists",
        "markers",
        "metadata",
        "modes",
        "nick",
        "operator",
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
        self.id = id  # the sequence number of the fact that made this user, or its account's id
        self.nick = nick
        self.ident = ident
        self.host = host  # as others see it
        self.address = host  # where its latest connection really comes from
        self.certificate = ""  # SHA-256 of that connection's TLS certificate, "" for none
        self.realname = realname
        self.secure = secure  # all connections are TLS
        self.signed_on = signed_on  # milliseconds since the epoch
        self.spoke_at = signed_on  # when the last message was sent, for WHOIS
        # When it was last told that somebody it does not accept wrote (+g); milliseconds
        self.called_at = 0
        self.account: Account | None = None  # None for a guest
        self.operator = ""  # the operator's name in the configuration; "" for none
        self.modes = ""  # letters of USER_MODES, in the order they were set
        self.away = ""  # "" for present; see ``settle_away``
        self.rooms: dict[Room, None] = {}  # in the order of joining
        # (worker's origin, number there) of each socket, oldest first -> its AWAY; "" for present
        self.connections: dict[tuple[int, int], str] = {}
        # The sequence number at which the last connection ended; 0 while there is one.
        self.left_at = 0
        self.metadata: dict[str, str] = {}  # the account's own dict, where there is one
        self.lists: dict[str, dict[str, None]] = {}  # likewise
        self.markers: dict[str, int] = {}  # likewise
        self._prefix = ""

    @property
    def prefix(self) -> str:
        """``nick!ident@host``, the source of this user's messages."""
        if not self._prefix:
            self._prefix = f"{self.nick}!{self.ident}@{self.host}"
        return self._prefix

    @property
    def account_name(self) -> str:
        """The account's name, "" for a guest."""
        return self.account.name if self.account is not None else ""

    def rename(self, nick: str) -> None:
        """Take another nick."""
        self.nick = nick
        self._prefix = ""

    def move(self, ident: str, host: str) -> None:
        """Appear under another user name and host."""
        self.ident = ident
        self.host = host
        self._prefix = ""

    def settle_away(self) -> bool:
        """Make ``away`` what its connections say together; True if that changed it.

        Who is present on one device is present.  A reason given by a person counts more than
        none, the latest one most.
        """
        texts = list(self.connections.values())
        if not texts:
            away = OFFLINE
        elif "" in texts:
            away = ""
        else:
            away = next((text for text in reversed(texts) if text != UNSPECIFIED), UNSPECIFIED)
        changed = away != self.away
        self.away = away
        return changed


class Room:
    """A room: while it has members, or somebody with an account has a say in it."""

    __slots__ = (
        "_compiled",
        "created",
        "invited",
        "key",
        "knocks",
        "lists",
        "members",
        "metadata",
        "modes",
        "name",
        "ranked",
        "roles",
        "since",
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
        # List modes: letter -> mask -> (set by, seconds since the epoch)
        self.lists: dict[str, dict[str, tuple[str, int]]] = {}
        self._compiled: dict[str, tuple[Entry, ...]] = {}  # the same, when needed
        self.invited: dict[int, None] = {}  # ids of users who may pass +i once
        self.knocks: dict[int, int] = {}  # ids of users -> when they knocked last (milliseconds)
        self.members: dict[User, str] = {}  # -> prefix modes in order of rank, "" for none
        # From which sequence number on a member may read what was said behind closed doors.
        self.since: dict[User, int] = {}
        # Likewise, for each rank that a member has, what was said to that rank alone.
        self.ranked: dict[User, dict[int, int]] = {}
        self.roles: dict[int, str] = {}  # account's id -> the prefix modes it has, here or away
        self.metadata: dict[str, str] = {}

    @property
    def lasting(self) -> bool:
        """True if the room outlives its members: somebody with an account founded it."""
        return any("q" in modes for modes in self.roles.values())

    @property
    def bans(self) -> dict[str, tuple[str, int]]:
        """The ban list; not to be changed."""
        return self.lists.get("b", _NO_ENTRIES)

    def entries(self, letter: str) -> tuple[Entry, ...]:
        """A list, compiled: on the path of every message in a room that has some."""
        compiled = self._compiled.get(letter)
        if compiled is None:
            compiled = tuple(compile_entry(text) for text in self.lists.get(letter, ()))
            self._compiled[letter] = compiled
        return compiled

    def list_changed(self, letter: str) -> None:
        """To be called after a change of a list."""
        self._compiled.pop(letter, None)

    def is_operator(self, user: User) -> bool:
        """True if ``user`` is an operator here, an admin or a founder."""
        return self.rank(user) >= RANKS["o"]

    def moderates(self, user: User) -> bool:
        """True if ``user`` may kick, ban, invite and set modes: from half-operators on."""
        return self.rank(user) >= RANKS["h"]

    def rank(self, user: User) -> int:
        """How high ``user`` stands here, see RANKS; 0 for no rank, or who is not here.

        It is that of the highest prefix mode; but who has founded the room is its founder also
        while that mode is not shown.
        """
        modes = self.members.get(user)
        if modes is None:
            return 0
        if user.account is not None and "q" in self.roles.get(user.account.id, ""):
            return RANKS["q"]
        return RANKS[modes[0]] if modes else 0

    def role_rank(self, user: User) -> int:
        """How high the role of ``user``'s account is, whether it is in the room or not."""
        modes = self.roles.get(user.account.id, "") if user.account is not None else ""
        return RANKS[modes[0]] if modes else 0

    def set_modes(self, user: User, modes: str, seq: int) -> None:
        """Give a member its prefix modes; ``seq``: of the fact that does it."""
        self.members[user] = modes
        known = self.ranked.pop(user, {})
        if modes:
            ranks = range(1, RANKS[modes[0]] + 1)
            self.ranked[user] = {rank: known.get(rank, seq) for rank in ranks}

    def grant(self, user: User, letter: str, adding: bool, seq: int) -> bool:
        """Give or take a prefix mode (``seq``: as above); False if that changes nothing."""
        held = self.members[user]
        role = self.roles.get(user.account.id, "") if user.account is not None else ""
        if (letter in held) is adding and not (letter == "q" and "q" in role and not adding):
            return False
        wanted = held + letter if adding else held.replace(letter, "")
        modes = "".join(mode for mode in PREFIXES if mode in wanted)
        self.set_modes(user, modes, seq)
        if user.account is not None:
            founded = letter != "q" and "q" in role
            self.set_role(user.account.id, "q" + modes.replace("q", "") if founded else modes)
        return True

    def set_role(self, account: int, modes: str) -> None:
        """Note the prefix modes of an account; they are there again when it comes back."""
        if modes:
            self.roles[account] = modes
        else:
            self.roles.pop(account, None)

    def mode_words(self, show_key: bool) -> list[str]:
        """The words of 324: ``["+kn", "key"]``; the key only where it may be seen."""
        letters = sorted(self.modes)
        arguments = [
            value if letter != "k" or show_key else "*"
            for letter in letters
            if (value := self.modes[letter])
        ]
        return ["+" + "".join(letters), *arguments]


_NO_ENTRIES: dict[str, tuple[str, int]] = {}
RANKS = {mode: len(PREFIXES) - index for index, mode in enumerate(PREFIXES)}
SIGN_RANKS = {PREFIXES[mode]: rank for mode, rank in RANKS.items()}


class ServerBan:
    """A KLINE or DLINE, or the ban of an account."""

    __slots__ = ("by", "expires", "kind", "mask", "reason", "set_at")

    def __init__(
        self, kind: str, mask: str, by: str, set_at: int, expires: int, reason: str
    ) -> None:
        self.kind = kind  # "k", "d" or "a", see facts.ServerBanSet
        self.mask = mask
        self.by = by  # the operator's name
        self.set_at = set_at  # milliseconds since the epoch
        self.expires = expires  # milliseconds since the epoch; 0: never
        self.reason = reason


def member_prefix(modes: str, every: bool) -> str:
    """What NAMES and WHO show before a member: the highest prefix, or ``every`` one."""
    signs = "".join(PREFIXES[mode] for mode in modes)
    return signs if every else signs[:1]
