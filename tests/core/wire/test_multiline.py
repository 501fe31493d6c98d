"""Messages of several lines: what is between the lines, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.multiline import BREAK, JOINT, Piece, is_multiline, pieces, plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one", [("one", False)]),
        ("a\nb", [("a", False), ("b", False)]),
        ("\na\n", [("", False), ("a", False), ("", False)]),
        ("a \rb\nc", [("a ", False), ("b", True), ("c", False)]),
        ("a\rb\rc", [("a", False), ("b", True), ("c", True)]),
    ],
)
def test_pieces(text: str, found: list[tuple[str, bool]]) -> None:
    assert list(pieces(text)) == [Piece(*piece) for piece in found]
    assert is_multiline(text) is (len(found) > 1)


def test_how_it_reads() -> None:
    assert plain("how is \reveryone?\n\nhi") == "how is everyone?\n\nhi"


@given(st.lists(st.tuples(st.text("ab "), st.booleans()), min_size=1))
def test_pieces_are_what_was_put_together(parts: list[tuple[str, bool]]) -> None:
    text = parts[0][0] + "".join((JOINT if joined else BREAK) + part for part, joined in parts[1:])
    expected = [Piece(parts[0][0], False), *(Piece(*part) for part in parts[1:])]
    assert list(pieces(text)) == expected
