"""The table of characters, against the tables of this Python."""

import unicodedata

import pytest

from core.wire.assigned import is_assigned


def test_no_character_is_known_that_python_does_not_know() -> None:
    """Every Python from 3.11 on has Unicode 14 or newer; 3.11 has just that."""
    here = {chr(code) for code in [*range(0x32000), *range(0xE0000, 0xF0010)]}
    known = {letter for letter in here if is_assigned(letter)}
    assigned = {letter for letter in here if unicodedata.category(letter) not in ("Cn", "Co", "Cs")}
    assert known <= assigned
    if unicodedata.unidata_version == "14.0.0":
        assert known == assigned


@pytest.mark.parametrize(
    ("text", "known"),
    [("", True), ("aя日😀\0", True), ("\u0378", False), ("a\U0001fae8", False), ("\ud800", False)],
)
def test_is_assigned(text: str, known: bool) -> None:
    assert is_assigned(text) is known
