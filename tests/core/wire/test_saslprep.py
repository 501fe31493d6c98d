"""RFC 4013: examples of its section 3, and each rule of section 2."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.saslprep import Unprepared, saslprep


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        # The table of RFC 4013, 3.
        ("I\u00adX", "IX"),  # SOFT HYPHEN mapped to nothing
        ("user", "user"),  # no transformation
        ("USER", "USER"),  # case preserved, will not match the one before
        ("\u00aa", "a"),  # output is NFKC, input in ISO 8859-1
        ("\u2168", "IX"),  # output is NFKC, will match the first
        # The rest of section 2.
        ("", ""),
        ("\u00ad", ""),
        ("a b", "a b"),
        ("a\u00a0b\u3000c", "a b c"),  # other spaces
        ("e\u0301", "é"),
        ("\u0627\u0628", "\u0627\u0628"),
        ("\u06271\u0628", "\u06271\u0628"),  # numbers may stand within
        ("\U0001f600", "\U0001f600"),  # unknown to Unicode 3.2
    ],
)
def test_prepared(text: str, prepared: str) -> None:
    assert saslprep(text) == prepared


@pytest.mark.parametrize(
    "text",
    [
        "\u0007",  # "Error - prohibited character" (RFC 4013, 3)
        "\u06271",  # "Error - bidirectional check" (RFC 4013, 3)
        "\u0627a\u0628",
        "1\u0627",
        "a\0",
        "a\nb",
        "\u0080",
        "\u200e",
        "\ue000",
        "\ufdd0",
        "\ud800",
        "\ufff9",
        "\u2ff0",
        "\U000e0001",
    ],
)
def test_prohibited(text: str) -> None:
    with pytest.raises(Unprepared):
        saslprep(text)


@given(st.text())
def test_what_is_prepared_stays_as_it_is(text: str) -> None:
    try:
        prepared = saslprep(text)
    except Unprepared:
        return
    assert saslprep(prepared) == prepared
    assert not any(unicodedata.category(character) == "Cc" for character in prepared)
