"""PLAIN (RFC 4616) and EXTERNAL (RFC 4422, appendix A)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.session.sasl.external import External
from core.session.sasl.plain import Plain
from core.session.sasl.steps import Check, Done, Failed

MALFORMED = Failed("malformed")
WRONG = Failed("wrong")


@pytest.mark.parametrize(
    ("data", "account", "password"),
    [
        (b"\0ada\0sesame", "ada", "sesame"),
        (b"ada\0ada\0sesame", "ada", "sesame"),
        (b"ADA\0ada\0sesame", "ada", "sesame"),
        (b"\0ada\0 ", "ada", " "),
        ("\0a\u00adda\0\u2168".encode(), "ada", "IX"),
        ("\0jos\u0301e\0é\U0001f600".encode(), "jośe", "é\U0001f600"),
    ],
)
def test_plain(data: bytes, account: str, password: str) -> None:
    assert Plain().step(data) == Check(account, password)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ada",
        b"ada\0sesame",
        b"\0\0",
        b"\0ada\0",
        b"\0\0sesame",
        b"\0ada\0sesame\0",
        b"\0ada\0\xff",
        b"\0ada\0a\x07",
        "\0\u00ad\0sesame".encode(),
        "\0ada\0\u00ad".encode(),
        "\0ada\0\u06271".encode(),
    ],
)
def test_malformed_plain(data: bytes) -> None:
    assert Plain().step(data) == MALFORMED


def test_plain_as_somebody_else() -> None:
    assert Plain().step(b"bob\0ada\0sesame") == WRONG


@given(st.binary())
def test_plain_takes_anything(data: bytes) -> None:
    assert isinstance(Plain().step(data), Check | Failed)


def test_a_password_is_not_shown() -> None:
    check = Plain().step(b"\0ada\0sesame")
    assert "ada" in repr(check)
    assert "sesame" not in repr(check)


@pytest.mark.parametrize(
    ("account", "data", "step"),
    [
        ("Ada", b"", Done("Ada")),
        ("Ada", b"ada", Done("Ada")),
        ("Ada", "a\u00adda".encode(), Done("Ada")),
        ("Ada", b"bob", WRONG),
        (None, b"", WRONG),
        (None, b"ada", WRONG),
        ("Ada", b"\xff", MALFORMED),
        ("Ada", b"\0", MALFORMED),
    ],
)
def test_external(account: str | None, data: bytes, step: Done | Failed) -> None:
    assert External(account).step(data) == step


@pytest.mark.parametrize("exchange", [Plain(), External("ada")])
def test_nothing_is_looked_up(exchange: Plain | External) -> None:
    with pytest.raises(AssertionError):
        exchange.resume(None)
