"""The PROXY header: with it a proxy begins a connection to tell whose it is.

Both versions of https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt.  Nothing is read
in here: the caller has the bytes, and asks again when it has more.
"""

import ipaddress
import struct
from typing import NamedTuple

from core.errors import PeerError
from core.runtime.addresses import shown

V1_START = b"PROXY "
V1_BYTES = 107  # at most, with CR LF (2.1)
V2_START = b"\r\n\r\n\0\r\nQUIT\n"
# Room for the addresses and whatever a proxy tells beside them; the format itself goes to 65,535.
V2_BYTES = 4096

_LOCAL, _PROXY = 0x20, 0x21  # version 2 and the command (2.2)
_ADDRESS_BYTES = {0x1: 12, 0x2: 36, 0x3: 216}  # by family: IPv4, IPv6, Unix
_ENTRY = struct.Struct("!BH")
_ENTRY_SSL = 0x20  # PP2_TYPE_SSL (2.2.6)
_CLIENT_SSL = 0x01  # PP2_CLIENT_SSL


class BadHeader(PeerError):
    """What should be a PROXY header is none."""


class Header(NamedTuple):
    """What a header says."""

    length: int  # bytes that it takes
    address: str = ""  # the client's; "": the connection is the proxy's own, or it does not know
    secure: bool = False  # the client's connection to the proxy has TLS


def parse(data: bytes) -> Header | None:
    """The header that ``data`` begins with; None while it is not complete.  Raises BadHeader."""
    if data.startswith(V2_START):
        return _parse_v2(data)
    if data.startswith(V1_START):
        return _parse_v1(data)
    if V1_START.startswith(data) or V2_START.startswith(data):
        return None
    raise BadHeader("there is none")


def _parse_v1(data: bytes) -> Header | None:
    """``PROXY TCP4 SOURCE DESTINATION SOURCE-PORT DESTINATION-PORT`` (2.1)."""
    line, end, _ = data[:V1_BYTES].partition(b"\r\n")
    if not end:
        if len(data) >= V1_BYTES:
            raise BadHeader("the line does not end")
        return None
    length = len(line) + len(end)
    words = line.decode("latin-1").split(" ")[1:]
    if words[0] == "UNKNOWN":
        return Header(length)
    if len(words) != 5 or words[0] not in ("TCP4", "TCP6"):
        raise BadHeader("the line has other words than it must")
    version = 4 if words[0] == "TCP4" else 6
    try:
        source, destination = map(ipaddress.ip_address, words[1:3])
    except ValueError:
        raise BadHeader("an address is none") from None
    if not source.version == destination.version == version:
        raise BadHeader("an address is of the other kind")
    if not all(_is_port(word) for word in words[3:]):
        raise BadHeader("a port is none")
    return Header(length, shown(source))


def _is_port(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 5 and int(word) <= 65535


def _parse_v2(data: bytes) -> Header | None:
    """16 bytes, then addresses, then entries of a type and a length (2.2)."""
    start = len(V2_START)
    if len(data) < start + 4:
        return None
    command, family, rest = struct.unpack_from("!BBH", data, start)
    length = start + 4 + rest
    if command not in (_LOCAL, _PROXY):
        raise BadHeader("its version or command is not known")
    if length > V2_BYTES:
        raise BadHeader("it is too long")
    if len(data) < length:
        return None
    body = data[start + 4 : length]
    size = _ADDRESS_BYTES.get(family >> 4, 0)
    if len(body) < size:
        raise BadHeader("its addresses are not complete")
    if command == _LOCAL:
        return Header(length)
    secure = _tells_tls(body[size:]) if size else False
    if family >> 4 == 0x1:
        return Header(length, shown(ipaddress.IPv4Address(body[:4])), secure)
    if family >> 4 == 0x2:
        return Header(length, shown(ipaddress.IPv6Address(body[:16])), secure)
    return Header(length, "", secure)  # a Unix socket of the proxy's, or it does not know


def _tells_tls(entries: bytes) -> bool:
    """True if one of the entries says that the client came over TLS.  Raises BadHeader."""
    secure = False
    while entries:
        if len(entries) < _ENTRY.size:
            raise BadHeader("an entry is not complete")
        kind, size = _ENTRY.unpack_from(entries)
        value = entries[_ENTRY.size : _ENTRY.size + size]
        if len(value) < size:
            raise BadHeader("an entry is not complete")
        if kind == _ENTRY_SSL:
            secure = bool(value[:1]) and bool(value[0] & _CLIENT_SSL)
        entries = entries[_ENTRY.size + size :]
    return secure
