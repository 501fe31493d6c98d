"""Entries of lists, extended and plain."""

import pytest

from core.wire.extbans import compile_entry, complete_entry, entry_problem


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ada", "ada!*@*"),
        ("*@host", "*!*@host"),
        ("~m:ada", "~m:ada!*@*"),
        ("~a:ada", "~a:ada"),
        ("~m:~a:*", "~m:~a:*"),
        ("~a:~m:x", "~a:~m:x"),
        ("~ada", "~ada!*@*"),
    ],
)
def test_complete(given: str, kept: str) -> None:
    assert complete_entry(given) == kept
    assert complete_entry(kept) == kept


@pytest.mark.parametrize(
    ("text", "mutes", "by_account", "fits", "not_"),
    [
        ("ADA!*@*", False, False, "ada!~a@host", "adam!~a@host"),
        ("~m:ada!*@*", True, False, "ada!~a@host", "bob!~b@host"),
        ("~a:A*", False, True, "ada", "bob"),
        ("~m:~a:ada", True, True, "ada", "adam"),
    ],
)
def test_compile(text: str, mutes: bool, by_account: bool, fits: str, not_: str) -> None:
    entry = compile_entry(text)
    assert (entry.mutes, entry.by_account) == (mutes, by_account)
    assert entry.pattern.fullmatch(fits)
    assert not entry.pattern.fullmatch(not_)


@pytest.mark.parametrize(
    ("text", "letter", "fine"),
    [
        ("ada", "b", True),
        ("~a:x", "I", True),
        ("~m:x", "b", True),
        ("~m:x", "e", True),
        ("~m:x", "I", False),
        ("~m:", "b", False),
        ("~a:", "b", False),
        ("~m:~a:", "b", False),
        ("~x:y", "b", False),
        ("~m:~x:y", "b", False),
        ("~x", "b", True),
    ],
)
def test_problems(text: str, letter: str, fine: bool) -> None:
    assert (entry_problem(text, letter) == "") is fine
