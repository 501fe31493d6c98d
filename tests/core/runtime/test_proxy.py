"""PROXY headers: the specification's two formats, cut at every byte, and whatever is none.

Quoted is https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt.
"""

import socket
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.runtime import proxy
from core.runtime.proxy import BadHeader, Header, parse

REST = b"NICK ann\r\n"
V4 = socket.inet_aton("192.0.2.1") + socket.inet_aton("127.0.0.1") + struct.pack("!HH", 1, 2)
SOURCE6 = socket.inet_pton(socket.AF_INET6, "2001:db8::1")
V6 = SOURCE6 + socket.inet_pton(socket.AF_INET6, "::1") + struct.pack("!HH", 1, 2)
UNIX = b"a".ljust(108, b"\0") * 2


def v2(command: int, family: int, body: bytes) -> bytes:
    return proxy.V2_START + struct.pack("!BBH", command, family, len(body)) + body


def entry(kind: int, value: bytes) -> bytes:
    return struct.pack("!BH", kind, len(value)) + value


TLS = entry(0x20, b"\x01" + bytes(4) + entry(0x21, b"TLSv1.3"))
HEADERS = [
    (b"PROXY TCP4 192.0.2.1 192.0.2.2 65535 0\r\n", "192.0.2.1", False),
    (b"PROXY TCP6 2001:db8::1 ::1 1 2\r\n", "2001:db8::1", False),
    (b"PROXY TCP6 ::1 ::1 1 2\r\n", "0::1", False),
    (b"PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "192.0.2.1", False),
    (b"PROXY TCP6 " + b" ".join([b"ffff:" * 7 + b"ffff"] * 2) + b" 65535 65535\r\n", None, False),
    (b"PROXY UNKNOWN\r\n", "", False),
    (b"PROXY UNKNOWN ffff::1 whatever 0\r\n", "", False),
    (v2(0x21, 0x11, V4), "192.0.2.1", False),
    (v2(0x21, 0x21, V6), "2001:db8::1", False),
    (v2(0x21, 0x31, UNIX), "", False),
    (v2(0x21, 0x00, b""), "", False),
    (v2(0x21, 0x00, b"anything"), "", False),
    (v2(0x20, 0x00, b""), "", False),
    (v2(0x20, 0x11, V4), "", False),
    (v2(0x21, 0x11, V4 + TLS), "192.0.2.1", True),
    (v2(0x21, 0x11, V4 + entry(0x04, bytes(3)) + TLS), "192.0.2.1", True),
    (v2(0x21, 0x11, V4 + entry(0x20, b"\x06" + bytes(4))), "192.0.2.1", False),
    (v2(0x21, 0x11, V4 + entry(0x20, b"")), "192.0.2.1", False),
    (v2(0x21, 0x31, UNIX + TLS), "", True),
    (v2(0x20, 0x11, V4 + TLS), "", False),
]


@pytest.mark.parametrize(("data", "address", "secure"), HEADERS)
def test_cut_at_every_byte(data: bytes, address: str | None, secure: bool) -> None:
    for cut in range(len(data)):
        assert parse(data[:cut]) is None
    found = parse(data)
    assert found == parse(data + REST)
    assert found is not None
    assert (found.length, found.secure) == (len(data), secure)
    assert found.address == ("ffff:" * 7 + "ffff" if address is None else address)


def test_the_longest_line() -> None:
    """2.1: "a 108-byte buffer is always enough to store all the line and a trailing zero"."""
    line = b"PROXY UNKNOWN ".ljust(105, b"x") + b"\r\n"
    assert parse(line) == Header(107)
    assert parse(line[:106]) is None
    with pytest.raises(BadHeader, match="does not end"):
        parse(b"PROXY UNKNOWN ".ljust(106, b"x") + b"\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"NICK ann\r\n",
        b"G",
        b"\x16\x03\x01",
        b"proxy TCP4 192.0.2.1 192.0.2.2 1 2\r\n",
        b"PROXY\r\n",
        b"PROXY \r\n",
        b"PROXY TCP4\r\n",
        b"PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n",
        b"PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n",
        b"PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n",
        b"PROXY TCP4 192.0.2.1 there 1 2\r\n",
        b"PROXY TCP4 ::1 192.0.2.2 1 2\r\n",
        b"PROXY TCP6 ::1 192.0.2.2 1 2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 -2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 \xb2\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\nNICK ann\r\n",
        proxy.V2_START[:-1] + b"x",
        v2(0x11, 0x11, V4),  # version 1 in this format
        v2(0x22, 0x11, V4),  # a command that there is not
        v2(0x21, 0x11, V4[:-1]),
        v2(0x21, 0x21, V4),
        v2(0x21, 0x31, V4),
        v2(0x21, 0x11, V4 + b"\x20"),
        v2(0x21, 0x11, V4 + b"\x20\x00\x05\x01"),
        v2(0x21, 0x11, V4 + bytes(5000)),
    ],
)
def test_what_is_no_header(data: bytes) -> None:
    with pytest.raises(BadHeader):
        parse(data)


def test_a_length_is_refused_before_its_bytes_come() -> None:
    with pytest.raises(BadHeader, match="too long"):
        parse(proxy.V2_START + b"\x21\x11\xff\xff")


@given(st.binary(max_size=200), st.sampled_from([b"", proxy.V1_START, proxy.V2_START]))
@example(V4, proxy.V2_START + b"\x21\x11\x00\x0c")
def test_anything(data: bytes, start: bytes) -> None:
    """It is a header of some length, or the beginning of one, or none: nothing else happens."""
    try:
        found = parse(start + data)
    except BadHeader:
        return
    assert found is None or 15 <= found.length <= len(start + data)
