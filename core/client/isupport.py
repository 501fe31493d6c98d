"""What a server announces about itself (RPL_ISUPPORT), and what follows where it does not.

Source: https://modern.ircdocs.horse/#rplisupport-005
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.client.reading import read_number
from core.wire.casemapping import folder
from core.wire.modes import ModeType

_TYPES = (ModeType.LIST, ModeType.ALWAYS, ModeType.WHEN_SET, ModeType.FLAG)

# Tokens that are a number, and the attribute that holds it.
_NUMBERS = {
    "NICKLEN": "nick_length",
    "TOPICLEN": "topic_length",
    "CHANNELLEN": "room_length",
    "AWAYLEN": "away_length",
    "LINELEN": "line_length",
    "CHATHISTORY": "history_limit",
    "MODES": "modes_per_command",
    "MONITOR": "monitor_limit",
}
# Tokens that are text.
_TEXTS = {
    "NETWORK": "network",
    "CHANTYPES": "chantypes",
    "STATUSMSG": "statusmsg",
    "CLIENTTAGDENY": "denied_tags",
    "MSGREFTYPES": "reference_types",
    "CASEMAPPING": "casemapping",
    "CHANMODES": "room_modes",
    "PREFIX": "prefix",
    "EXTBAN": "extended_bans",
    "ACCOUNTEXTBAN": "account_bans",
    "ELIST": "list_conditions",
}


@dataclass(slots=True)
class ServerSupport:
    """The tokens in use, with the values of RFC 1459 where the server tells none."""

    network: str = ""
    chantypes: str = "#&"
    nick_length: int = 9
    topic_length: int = 0  # 0: not told
    room_length: int = 0
    away_length: int = 0
    line_length: int = 512  # bytes, CR LF included
    history_limit: int = 0  # messages in one answer; 0: not told
    modes_per_command: int = 3
    monitors: bool = False  # MONITOR is there
    monitor_limit: int = 0  # people who can be watched; 0: any number
    statusmsg: str = ""
    denied_tags: str = ""  # client-only tags that the server drops, without their "+"
    reference_types: str = "msgid,timestamp"  # how the history may be addressed
    casemapping: str = "rfc1459"
    room_modes: str = "b,k,l,imnpst"
    prefix: str = "(ov)@+"
    extended_bans: str = ""  # "~,am": the sign before, and the letters of, bans that are no masks
    account_bans: str = ""  # "a,account": the names of the one that fits an account
    list_conditions: str = ""  # letters of what LIST can be told to look for
    fold: Callable[[str], str] = field(default=folder("rfc1459"), repr=False)
    # Prefix modes from the highest rank to the lowest, with what is shown: {"o": "@"}
    prefixes: Mapping[str, str] = field(default_factory=dict)
    mode_types: Mapping[str, ModeType] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._derive()

    def apply(self, token: str) -> None:
        """Take over one token: ``NICKLEN=30``, ``SAFELIST``, ``-NICKLEN`` (back to the start)."""
        name, _, value = token.partition("=")
        default = name.startswith("-")
        name = name.removeprefix("-").upper()
        if name == "MONITOR":
            self.monitors = not default
        if name in _NUMBERS:
            self._set(_NUMBERS[name], read_number(value) if not default else 0)
        elif name in _TEXTS:
            self._set(_TEXTS[name], "" if default else value.replace("\\x20", " "))
            self._derive()

    def _set(self, attribute: str, value: str | int) -> None:
        """An empty value means what is true where nothing was told, save where it can be one."""
        if not value and attribute not in ("chantypes", "prefix"):
            value = getattr(_UNTOLD, attribute)
        setattr(self, attribute, value)

    def _derive(self) -> None:
        self.fold = folder(self.casemapping)
        letters, _, symbols = self.prefix.removeprefix("(").partition(")")
        self.prefixes = dict(zip(letters, symbols, strict=False))
        types = dict.fromkeys(self.prefixes, ModeType.PREFIX)
        for kind, names in zip(_TYPES, self.room_modes.split(","), strict=False):
            types.update(dict.fromkeys(names, kind))
        self.mode_types = types

    @property
    def account_ban(self) -> str:
        """What stands before ":ada" in a ban of the account ada; "" where there are none.

        Source: https://ircv3.net/specs/extensions/account-extban
        """
        name = self.account_bans.partition(",")[0]
        return self.extended_bans.partition(",")[0] + name if name else ""

    def is_room(self, name: str) -> bool:
        """True if ``name`` begins as rooms do here."""
        return name[:1] != "" and name[0] in self.chantypes

    def room_of(self, target: str) -> str:
        """The room that a message's target names, "" if it names none.

        ``@#room`` (STATUSMSG) is a message to some of the room's members.
        """
        if self.is_room(target):
            return target
        rest = target.lstrip(self.statusmsg) if self.statusmsg else target
        return rest if self.is_room(rest) else ""

    def allows_tag(self, name: str) -> bool:
        """False if the server drops the client-only tag ``name`` (CLIENTTAGDENY)."""
        denied = self.denied_tags.split(",")
        if "*" in denied:
            return f"-{name}" in denied
        return name not in denied

    def page_size(self, wanted: int) -> int:
        """How many messages to ask of the history at once."""
        return min(wanted, self.history_limit) if self.history_limit else wanted


_UNTOLD = ServerSupport()
