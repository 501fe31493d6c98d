"""What a link really leads to, before the browser gets it.

A name in a foreign script can look like a well-known one, and what stands before an '@' is no
host at all; so the host is shown as the network sees it, and what is odd is said in words.
"""

import ipaddress
import re
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import urlsplit

SCHEMES: Final = ("http://", "https://")
_LONGEST: Final = 4000  # characters of a link
_HOST: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
#: Letters that an older rule takes for others, and browsers do not.
_KEPT: Final = re.compile("[\u00df\u03c2]")


#: Categories of characters that show nothing, or are none.
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


class LinkFacts(NamedTuple):
    """`host` is the one that is asked, as ASCII; `warnings` are sentences."""

    link: str
    host: str
    warnings: tuple[str, ...]


def examine(link: str) -> LinkFacts | None:
    """What is to be known of a link; None for one that must not be opened."""
    if not link.lower().startswith(SCHEMES) or len(link) > _LONGEST:
        return None
    if any(unicodedata.category(one) in _UNSEEN for one in link):
        return None
    try:
        parts = urlsplit(link)
        host, user, port = parts.hostname or "", parts.username, parts.port
    except ValueError:
        return None
    ascii_host = _to_ascii(host)
    if not ascii_host or "\\" in parts.netloc:  # which browsers take for a "/"
        return None
    return LinkFacts(link, ascii_host, tuple(_warnings(host, ascii_host, user, port)))


def _to_ascii(host: str) -> str:
    """The host in the form that is looked up, "" if it has none that every browser reads alike."""
    try:
        found = host if host.isascii() else ".".join(map(_label, re.split("[.\u3002]", host)))
    except UnicodeError:
        return ""
    return found if _HOST.fullmatch(found) or _is_address(found) else ""


def _label(label: str) -> str:
    """One part of a name, as ASCII."""
    if not _KEPT.search(label):
        return label.encode("idna").decode("ascii")
    label = unicodedata.normalize("NFKC", label.lower())
    return "xn--" + label.encode("punycode").decode("ascii")


def _warnings(host: str, ascii_host: str, user: str | None, port: int | None) -> list[str]:
    found = []
    if user is not None:
        found.append(f"What stands before the @ is not the server: this leads to {ascii_host}.")
    labels = ascii_host.split(".")
    if host != ascii_host:
        found.append(f"The name has foreign letters; the network knows it as {ascii_host}.")
    elif any(label.startswith("xn--") for label in labels):
        found.append(f"The name stands for foreign letters: {_from_ascii(host)}.")
    if _is_address(ascii_host):
        found.append("It leads to an address without a name.")
    if port is not None and port not in (80, 443):
        found.append(f"It uses the unusual port {port}.")
    return found


def _from_ascii(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _is_address(host: str) -> bool:
    """True for whatever browsers take for an address: 2130706433 and 0x7f.1 are some, too."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return re.fullmatch("[0-9]+|0x[0-9a-f]*", host.rstrip(".").rpartition(".")[2]) is not None
    return True
