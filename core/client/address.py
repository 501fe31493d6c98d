"""Where a server is, as people write it, and whether its certificate is the one trusted."""

import hashlib
from typing import Literal, NamedTuple

from core.errors import OperatorError

DEFAULT_PORT = 5000
DEFAULT_TLS_PORT = 6697
_SCHEMES = {"": None, "irc": False, "ircs": True, "tls": True, "tcp": False}


class Address(NamedTuple):
    """A host, a port, and whether TLS was asked for (None: not said)."""

    host: str
    port: int
    tls: bool | None = None


def parse_address(text: str, default_port: int = DEFAULT_PORT) -> Address:
    """``HOST``, ``HOST:PORT``, ``[IPv6]:PORT``, ``irc://HOST:PORT`` or ``ircs://HOST``.

    Raises OperatorError with a sentence that says what is wrong.
    """
    scheme, separator, rest = text.strip().rpartition("://")
    if (scheme.lower() not in _SCHEMES) or (separator and not scheme):
        raise OperatorError(f"{text!r}: the scheme has to be irc or ircs")
    tls = _SCHEMES[scheme.lower()]
    host, port = _split(rest.split("/", 1)[0])
    if not host or any(character.isspace() for character in host):
        raise OperatorError(f"{text!r} has no host name")
    if not port:
        return Address(host, DEFAULT_TLS_PORT if tls and scheme else default_port, tls)
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise OperatorError(f"{text!r}: the port has to be a number from 1 to 65535")
    return Address(host, int(port), tls)


def _split(place: str) -> tuple[str, str]:
    """The host and the port ("" for none) of ``place``."""
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        return host, rest.removeprefix(":")
    if place.count(":") > 1:  # an IPv6 address without brackets has no port
        return place, ""
    host, _, port = place.partition(":")
    return host, port


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate in DER form: ``AB:CD:...``, as other tools print it."""
    digest = hashlib.sha256(certificate).hexdigest().upper()
    return ":".join(digest[index : index + 2] for index in range(0, len(digest), 2))


def judge_certificate(
    presented: str, pinned: str, verified: bool
) -> Literal["trusted", "unknown", "changed"]:
    """What to think of a certificate with the fingerprint ``presented``.

    A certificate that was accepted before (``pinned``, "" for none) must stay the same, unless
    an authority vouches for the new one (``verified``).  "unknown": ask the user, then pin it.
    """
    if verified:
        return "trusted"
    if not pinned:
        return "unknown"
    return "trusted" if _bare(presented) == _bare(pinned) else "changed"


def _bare(text: str) -> str:
    return text.replace(":", "").replace(" ", "").upper()
