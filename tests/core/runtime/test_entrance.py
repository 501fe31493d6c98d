"""What a connection speaks, by its first bytes."""

import pytest

from core.runtime.entrance import Kind, kind_of
from core.runtime.greeter import is_web


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"G", None),
        (b"GET", None),
        (b"GET ", Kind.WEB),
        (b"GET / HTTP/1.1\r\n", Kind.WEB),
        (b"GETS", Kind.IRC),
        (b"get ", Kind.IRC),
        (b"N", Kind.IRC),
        (b"\r\n", Kind.IRC),
        (b"\0", Kind.IRC),
        (b"\x16", None),
        (b"\x16\x03\x01\x00\x01\x02", Kind.TLS),
    ],
)
def test_the_first_bytes(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) is kind


def test_within_tls() -> None:
    assert [is_web(data) for data in (b"G", b"GET ", b"GOT ", b"\x16\x03\x01")] == [
        None,
        True,
        False,
        False,
    ]
