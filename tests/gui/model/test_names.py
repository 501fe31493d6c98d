"""Initials, colours and mentions."""

import pytest

from gui.model.names import colour_index, initials, mentions


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("grace", "G"),
        ("ada_l", "AL"),
        ("Ada Lovelace", "AL"),
        ("#general", "G"),
        ("#ops-alerts", "O"),
        ("élodie", "É"),
        ("[]", "["),
        ("#", "#"),
        ("", "#"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_colour_is_the_same_in_every_run() -> None:
    assert colour_index("ada", 7) == 1
    assert {colour_index(f"user{number}", 7) for number in range(100)} == set(range(7))


@pytest.mark.parametrize(
    ("text", "nick", "expected"),
    [
        ("ada: hello", "ada", True),
        ("hello, ADA!", "ada", True),
        ("adagio", "ada", False),
        ("ada_l is not ada-x", "ada", False),
        ("x", "", False),
    ],
)
def test_mentions(text: str, nick: str, expected: bool) -> None:
    assert mentions(text, nick) is expected
