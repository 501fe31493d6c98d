"""When two names are the same name.

The server announces ``CASEMAPPING=ascii``: only A-Z and a-z are equal.  A client has to obey
whatever the server it talks to announces, so the older mappings are here as well.
Source: https://modern.ircdocs.horse/#casemapping-parameter
"""

from collections.abc import Callable
from functools import lru_cache

_ASCII = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_STRICT = _ASCII | {ord("["): ord("{"), ord("]"): ord("}"), ord("\\"): ord("|")}
_RFC1459 = _STRICT | {ord("~"): ord("^")}


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The key under which ``name`` is looked up (ASCII casemapping)."""
    return name.lower() if name.isascii() else name.translate(_ASCII)


def folder(casemapping: str) -> Callable[[str], str]:
    """The folding function for the value of a CASEMAPPING token; unknown ones fold ASCII."""
    if casemapping == "rfc1459":
        return lambda name: name.translate(_RFC1459)
    if casemapping in ("rfc1459-strict", "strict-rfc1459"):
        return lambda name: name.translate(_STRICT)
    return fold
