"""Whether a browser calls: real ClientHellos, cut at every byte, and what is none."""

import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runtime.clienthello import GREATEST, is_web


def hello(*protocols: str) -> bytes:
    """What a client sends first."""
    context = ssl.create_default_context()
    if protocols:
        context.set_alpn_protocols(protocols)
    sent = ssl.MemoryBIO()
    client = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return sent.read()


def cut_into_records(data: bytes, size: int) -> bytes:
    """The same message in records of ``size`` bytes."""
    message = data[5:]
    pieces = [message[at : at + size] for at in range(0, len(message), size)]
    return b"".join(data[:3] + len(piece).to_bytes(2, "big") + piece for piece in pieces)


@pytest.mark.parametrize(
    ("protocols", "web"),
    [
        ((), False),
        (("irc",), False),
        (("http/1.1",), True),
        (("h2", "http/1.1"), True),
        (("irc", "http/1.1"), True),
    ],
)
def test_cut_at_every_byte(protocols: tuple[str, ...], web: bool) -> None:
    data = hello(*protocols)
    for cut in range(len(data)):
        assert is_web(data[:cut]) is None
    assert is_web(data) is web
    assert is_web(data + b"more") is web
    for size in (1, 2, 3, 50):
        assert is_web(cut_into_records(data, size)) is web


@pytest.mark.parametrize(
    "data",
    [
        b"NICK ann\r\n",
        b"\x16\x03\x01\x00\x01\x02",  # a ServerHello
        b"\x16\x03\x01\x00\x04\x01\x00\x00\x00",  # nothing in it
        b"\x16\x03\x01\x00\x04\x01\x00\x00\x09\x15",  # goes on with an alert
        b"\x16\x03\x01\x00\x00" * (GREATEST // 5 + 1),  # never goes on
        b"\x16\x03\x01\xff\xff" + bytes([1, 0, 255, 255]) + bytes(GREATEST),
    ],
)
def test_what_is_no_hello(data: bytes) -> None:
    assert is_web(data) is False


def test_a_hello_without_extensions() -> None:
    body = bytes(34) + b"\0" + b"\0\x02\x13\x01" + b"\x01\0"
    message = b"\x01" + len(body).to_bytes(3, "big") + body
    assert is_web(b"\x16\x03\x01" + len(message).to_bytes(2, "big") + message) is False


@given(st.integers(5, 600), st.binary(min_size=1, max_size=3))
def test_a_hello_with_wrong_bytes(at: int, wrong: bytes) -> None:
    data = hello("http/1.1")
    changed = data[:at] + wrong + data[at + len(wrong) :]
    assert is_web(changed) in (None, False, True)


@given(st.binary(max_size=300))
def test_anything(data: bytes) -> None:
    assert is_web(b"\x16" + data) in (None, False, True)
