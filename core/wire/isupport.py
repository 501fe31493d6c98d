"""RPL_ISUPPORT: what the server tells a client about itself in 005 lines.

Source: https://modern.ircdocs.horse/#rplisupport-005.  At most 13 tokens stand in a line.
"""

from collections.abc import Iterable, Mapping

from core.wire.extbans import ACCOUNT, EXTBAN_PREFIX, EXTBANS
from core.wire.modes import CHANNEL_MODES, MODES_PER_COMMAND, PREFIXES, SIGNS, ModeType
from core.wire.names import (
    ACCEPT_ENTRIES,
    NICK_LENGTH,
    REALNAME_BYTES,
    ROOM_LENGTH,
    ROOM_PREFIXES,
    SILENCE_ENTRIES,
    USER_LENGTH,
)

TOKENS_PER_LINE = 13


def chanmodes() -> str:
    """The value of CHANMODES: the letters of types A, B, C and D."""
    kinds = (ModeType.LIST, ModeType.ALWAYS, ModeType.WHEN_SET, ModeType.FLAG)
    return ",".join(
        "".join(sorted(letter for letter, kind in CHANNEL_MODES.items() if kind is wanted))
        for wanted in kinds
    )


def tokens(limits: Mapping[str, int], network: str) -> list[str]:
    """The server's tokens.  ``limits``: the numbers that the configuration decides, by name; what
    has no limit (0) is left out, or has no number.
    """
    return sorted([*_limited(limits), *_fixed(), f"NETWORK={network}"])


def _limited(limits: Mapping[str, int]) -> list[str]:
    """The tokens with numbers from the configuration."""
    lists = "".join(letter for letter, kind in CHANNEL_MODES.items() if kind is ModeType.LIST)
    targets = limits["targets"] or ""
    bounded = {
        "AWAYLEN": limits["away"],
        "KEYLEN": limits["key"],
        "KICKLEN": limits["kick"],
        "MAXTARGETS": limits["targets"],
        "TOPICLEN": limits["topic"],
    }
    words = [f"{name}={value}" for name, value in bounded.items() if value]
    if limits["list"]:
        words.append(f"MAXLIST={lists}:{limits['list']}")
    return [
        *words,
        f"CHANLIMIT={ROOM_PREFIXES}:{limits['rooms'] or ''}",
        f"CHATHISTORY={limits['history']}",
        f"MONITOR={limits['monitor']}" if limits["monitor"] else "MONITOR",
        f"TARGMAX={_targmax(targets)}",
    ]


def _fixed() -> list[str]:
    """The tokens that are the same on every server."""
    return [
        f"ACCEPT={ACCEPT_ENTRIES}",
        f"ACCOUNTEXTBAN={ACCOUNT}",
        "BOT=B",
        "CALLERID=g",
        "CASEMAPPING=ascii",
        f"CHANMODES={chanmodes()}",
        f"CHANNELLEN={ROOM_LENGTH}",
        f"CHANTYPES={ROOM_PREFIXES}",
        "ELIST=CMNTU",
        "EXCEPTS=e",
        f"EXTBAN={EXTBAN_PREFIX},{EXTBANS}",
        "INVEX=I",
        "KNOCK",
        f"MODES={MODES_PER_COMMAND}",
        "MSGREFTYPES=msgid,timestamp",
        f"NAMELEN={REALNAME_BYTES}",
        f"NICKLEN={NICK_LENGTH}",
        f"PREFIX=({''.join(PREFIXES)}){SIGNS}",
        "SAFELIST",
        f"SILENCE={SILENCE_ENTRIES}",
        f"STATUSMSG={SIGNS}",
        f"USERLEN={USER_LENGTH}",
        "UTF8ONLY",
        "WHOX",
    ]


def _targmax(limit: int | str) -> str:
    """The commands that take several targets; nothing behind the colon stands for no limit."""
    limited = dict.fromkeys(("INVITE", "KICK", "NOTICE", "PRIVMSG", "TAGMSG", "WHOIS"), limit)
    fixed = {"JOIN": "", "LIST": "", "NAMES": 1, "PART": "", "USERHOST": 5}
    return ",".join(f"{command}:{most}" for command, most in sorted((limited | fixed).items()))


def lines(all_tokens: Iterable[str]) -> list[str]:
    """The tokens, joined as they stand in one line each."""
    words = list(all_tokens)
    return [
        " ".join(words[start : start + TOKENS_PER_LINE])
        for start in range(0, len(words), TOKENS_PER_LINE)
    ]
