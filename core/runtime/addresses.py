"""Addresses of clients: how they are written, and which of them are whose.

No sockets in here but to read a peer's address off one.
"""

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from functools import lru_cache

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNKNOWN = "unknown"


def address_of(sock: socket.socket) -> str:
    """The other end's address, in a form that can stand in a line."""
    try:
        peer = sock.getpeername()
    except OSError:
        return UNKNOWN
    address = parsed(peer[0]) if isinstance(peer, tuple) else None
    return UNKNOWN if address is None else shown(address)


def shown(address: Address) -> str:
    """An address as it can stand in a line: no parameter but the last may start with a colon.

    IPv4 in IPv6 is written as IPv4.
    """
    text = str(getattr(address, "ipv4_mapped", None) or address)
    return "0" + text if text.startswith(":") else text


@lru_cache(maxsize=4096)
def parsed(host: str) -> Address | None:
    """The address that ``host`` is; None for what is none.  IPv4 in IPv6 becomes IPv4."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_loopback(address: str) -> bool:
    """True for 127.0.0.0/8 and ::1."""
    found = parsed(address)
    return found is not None and found.is_loopback


class Networks:
    """Addresses and networks (CIDR) as the configuration has them."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = [ipaddress.ip_network(network) for network in networks]

    def __contains__(self, address: str) -> bool:
        if not self._networks:
            return False
        found = parsed(address)
        return found is not None and any(found in network for network in self._networks)


def forwarded_for(values: Sequence[str], trusted: Networks) -> str | None:
    """The client's address in the values of X-Forwarded-For; None if one of them is no address.

    Each server appends whom it was talking to, so the last address that is not a trusted one
    is the client's; what stands before it, anybody can have written.
    """
    found = None
    for item in reversed(",".join(values).split(",")):
        address = parsed(_without_port(item.strip()))
        if address is None:
            return None
        found = shown(address)
        if found not in trusted:
            break
    return found


def _without_port(item: str) -> str:
    """Some servers write ``192.0.2.1:1234`` or ``[2001:db8::1]:1234``."""
    if item.startswith("["):
        return item[1:].partition("]")[0]
    host, colon, _ = item.partition(":")
    return host if colon and "." in host else item
