"""Hostmasks with ``*`` and ``?``, as in ban lists and WHO.

Source: https://modern.ircdocs.horse/#mask-expressions
"""

import re
from functools import lru_cache

from core.wire.identifiers import fold


@lru_cache(maxsize=4096)
def compile_mask(mask: str) -> re.Pattern[str]:
    """A pattern that matches folded text in whole.  Runs of ``*`` count as one.

    Without backtracking into earlier stars (atomic groups), so that no mask is slow.
    """
    parts = re.split(r"(\*+|\?)", mask)
    out: list[str] = []
    literal = ""
    star = False
    for part in parts:
        if part.startswith("*"):
            out.append(_piece(literal, star))
            literal, star = "", True
        else:
            literal += "." if part == "?" else re.escape(fold(part))
    out.append(f".*{literal}" if star else literal)
    return re.compile("".join(out), re.DOTALL)


def _piece(literal: str, after_star: bool) -> str:
    """A literal between stars: the first place it fits is always good enough."""
    return f"(?>.*?{literal})" if after_star else literal


def matches(mask: str, text: str) -> bool:
    """True if the whole of ``text`` fits ``mask``, whatever the letters' case."""
    return compile_mask(mask).fullmatch(fold(text)) is not None


def complete_mask(mask: str) -> str:
    """``mask`` as ``nick!user@host``, with ``*`` for what was left out."""
    if "!" in mask and "@" in mask.partition("!")[2]:
        return mask
    if "!" in mask:
        return mask + "@*"
    if "@" in mask:
        return "*!" + mask
    return mask + "!*@*"
