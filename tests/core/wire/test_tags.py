"""Message tags: the escapes, and the section as a mapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.tags import escape, format_tags, parse_tags, unescape

VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KEYS = st.text("abcXYZ019-./+", min_size=1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a\\:b", "a;b"),
        ("a\\sb", "a b"),
        ("a\\\\b", "a\\b"),
        ("a\\rb", "a\rb"),
        ("a\\nb", "a\nb"),
        ("\\\\s", "\\s"),
        ("a\\b", "ab"),  # an escape that means nothing is the character itself
        ("test\\", "test"),  # a lone backslash at the end is dropped
        ("\\", ""),
    ],
)
def test_unescape(written: str, meant: str) -> None:
    assert unescape(written) == meant


@pytest.mark.parametrize(
    ("section", "tags"),
    [
        ("", {}),
        (";;", {}),
        ("a", {"a": ""}),
        ("a=", {"a": ""}),
        ("a=b=c", {"a": "b=c"}),
        ("a=1;b;+c/d=2", {"a": "1", "b": "", "+c/d": "2"}),
        ("a=1;a=2", {"a": "2"}),
        ("=lost;a=1", {"a": "1"}),
        ("a=x\\:y", {"a": "x;y"}),
    ],
)
def test_parse_tags(section: str, tags: dict[str, str]) -> None:
    assert parse_tags(section) == tags


def test_format_leaves_out_the_sign_of_an_empty_value() -> None:
    assert format_tags({"a": "", "+b": "x y"}) == "a;+b=x\\sy"


@given(VALUES)
def test_what_is_escaped_comes_back_and_breaks_no_line(value: str) -> None:
    assert unescape(escape(value)) == value
    assert not set(escape(value)) & set("; \r\n")


@given(st.dictionaries(KEYS, VALUES))
def test_what_is_formatted_is_parsed_again(tags: dict[str, str]) -> None:
    assert parse_tags(format_tags(tags)) == tags
