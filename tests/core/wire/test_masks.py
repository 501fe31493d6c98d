"""Masks against a matcher so simple that it must be right."""

import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.masks import complete_mask, matches

LETTERS = "abA[.\n"


def reference(mask: str, text: str) -> bool:
    mask, text = mask.lower(), text.lower()

    @cache
    def fits(m: int, t: int) -> bool:
        if m == len(mask):
            return t == len(text)
        if mask[m] == "*":
            return fits(m + 1, t) or (t < len(text) and fits(m, t + 1))
        return t < len(text) and mask[m] in ("?", text[t]) and fits(m + 1, t + 1)

    return fits(0, 0)


@given(st.text(LETTERS + "*?", max_size=12), st.text(LETTERS, max_size=12))
def test_as_the_simple_matcher(mask: str, text: str) -> None:
    assert matches(mask, text) is reference(mask, text)


@given(st.text(LETTERS, max_size=10), st.data())
def test_a_mask_made_of_the_text_fits(text: str, data: st.DataObject) -> None:
    pieces = [data.draw(st.sampled_from([letter, "?", "*", "**"])) for letter in text]
    assert matches("".join(pieces), text)


@pytest.mark.parametrize(
    ("mask", "text", "fits"),
    [
        ("", "", True),
        ("*", "", True),
        ("?", "", False),
        ("ADA!*@*", "ada!~a@host", True),
        ("ada", "adam", False),
        ("*.example", "host.example", True),
        ("*.example", "host.example.org", False),
        ("a.c", "abc", False),
        ("*a*b", "xaxbxb", True),
        ("*?*?*", "x", False),
        ("ÜNAL!*@*", "ünal!~u@host", True),
        ("\u00fcn?l!*", "U\u0308nal!~u@host", True),
        ("*!*@\u05d0.EXAMPLE", "ada!~a@\u05d0.example", True),
        ("\uff0a", "ada", False),  # a star of full width is not a wildcard
    ],
)
def test_matches(mask: str, text: str, fits: bool) -> None:
    assert matches(mask, text) is fits


def test_no_mask_is_slow() -> None:
    started = time.perf_counter()
    assert not matches("*a" * 200 + "b", "a" * 450)
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize(
    ("given", "complete"),
    [
        ("ada", "ada!*@*"),
        ("ada!a", "ada!a@*"),
        ("a@host", "*!a@host"),
        ("ada!a@host", "ada!a@host"),
        ("a@b!c", "a@b!c@*"),
        ("*", "*!*@*"),
    ],
)
def test_complete_mask(given: str, complete: str) -> None:
    assert complete_mask(given) == complete
