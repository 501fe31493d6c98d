"""What a name looks like: its initials, its colour, and whether a text mentions it."""

import re
import zlib
from functools import lru_cache

from gui.model.text import drawable

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """One or two capital letters for the avatar: 'Ada Lovelace' and 'ada_l' give 'AL'."""
    words = _WORD.findall(name.lstrip("#&"))
    if not words:
        return drawable(name.lstrip("#&")[:1]) or "#"
    letters = words[0][0] + (words[1][0] if len(words) > 1 and name[0] not in "#&" else "")
    return drawable(str(letters.upper()))


@lru_cache(maxsize=4096)
def colour_index(key: str, colours: int) -> int:
    """Which of `colours` belongs to `key`: the same in every run and on every machine."""
    return zlib.crc32(key.encode("utf-8", "replace")) % colours


@lru_cache(maxsize=64)
def _mention(nick: str) -> re.Pattern[str]:
    edge = r"[\w\[\]\\`^{|}-]"
    return re.compile(rf"(?<!{edge}){re.escape(nick)}(?!{edge})", re.IGNORECASE)


def mentions(text: str, nick: str) -> bool:
    """True if `text` holds `nick` as a word of its own."""
    return bool(nick) and _mention(nick).search(text) is not None


def is_service(name: str) -> bool:
    """True for NickServ and the like, which are told passwords."""
    return name.lower().endswith("serv")
