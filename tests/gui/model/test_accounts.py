"""How hard a password is to guess."""

import pytest

from gui.model.accounts import strength


@pytest.mark.parametrize(
    ("password", "score"),
    [
        ("", 0),
        ("sesame", 1),
        ("aaaaaaaaaaaaaaaaaaaa", 1),
        ("12345678", 1),
        ("fern-moss", 2),
        ("Fern-Moss-43", 3),
        ("four random words here", 3),
    ],
)
def test_length_counts_most(password: str, score: int) -> None:
    assert strength(password)[0] == score
    assert bool(strength(password)[1]) == bool(password)
