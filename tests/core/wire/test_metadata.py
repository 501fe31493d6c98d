"""Keys and values of metadata."""

import pytest

from core.wire.metadata import KEY_BYTES, VALUE_BYTES, flaw, tokens, valid_key


@pytest.mark.parametrize(
    ("key", "is_valid"),
    [
        ("avatar", True),
        ("display-name", True),
        ("example.com/a_b-1", True),
        ("x" * KEY_BYTES, True),
        ("x" * (KEY_BYTES + 1), False),
        ("", False),
        ("Avatar", False),
        ("a:b", False),
        ("a b", False),
        ("é", False),
        ("avatar\n", False),
        ("*", False),
    ],
)
def test_keys(key: str, is_valid: bool) -> None:
    assert valid_key(key) is is_valid


@pytest.mark.parametrize(
    ("key", "value", "is_good"),
    [
        ("color", "#c90076", True),
        ("color", "#C90076", True),
        ("color", "c90076", False),
        ("color", "#c9007", False),
        ("color", "red", False),
        ("avatar", "https://example.com/a.png", True),
        ("avatar", "http://example.com/{size}.png", True),
        ("avatar", "javascript:alert(1)", False),
        ("avatar", "https://", False),
        ("avatar", "https://a b", False),
        ("status", "💜" * 67, True),
        ("status", "💜" * 68, False),
        ("status", "x" * VALUE_BYTES, True),
    ],
)
def test_values(key: str, value: str, is_good: bool) -> None:
    assert bool(flaw(key, value)) is not is_good


def test_the_capability_tells_the_bounds() -> None:
    assert tokens().split(",") == [
        "before-connect",
        "max-subs=50",
        "max-keys=50",
        "max-key-bytes=40",
        "max-value-bytes=270",
    ]
