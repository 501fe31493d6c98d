"""The selected text."""

from datetime import datetime

from gui.model.message import Kind, Message
from gui.views.selection import WHOLE, Point, Selection, chunk

AT = datetime(2026, 1, 2, 9, 5).timestamp()
MESSAGES = [
    Message(sender="ada", text="hello 👋 world", time=AT),
    Message(sender="bob", text="waves", time=AT, kind=Kind.ACTION),
    Message(sender="", text="cid joined", time=AT, kind=Kind.NOTE),
]


def select(anchor: tuple[int, int], active: tuple[int, int]) -> Selection:
    selection = Selection()
    selection.anchor, selection.active = Point(*anchor), Point(*active)
    return selection


def test_in_one_message() -> None:
    assert select((0, 8), (0, 6)).text(MESSAGES) == "👋 "
    assert select((1, 0), (1, WHOLE)).text(MESSAGES) == "bob waves"
    assert select((9, 0), (9, 4)).text(MESSAGES) == ""


def test_across_messages() -> None:
    text = select((2, WHOLE), (0, 6)).text(MESSAGES)
    assert text == "[09:05] ada: 👋 world\n[09:05] bob waves\n[09:05] cid joined"


def test_ranges() -> None:
    selection = select((0, 3), (2, 4))
    ranges = [selection.range_in(row) for row in range(4)]
    assert ranges == [(3, WHOLE), (0, WHOLE), (0, 4), (0, 0)]
    selection.shift(1, 10)
    assert (selection.anchor, selection.active) == (Point(0, 3), Point(12, 4))
    selection.clear()
    assert selection.empty
    assert selection.range_in(0) == (0, 0)


def test_chunks_count_utf16_units() -> None:
    text = "a👋b"
    assert chunk(text, 0, 100) == text
    assert chunk(text, 0, 1) + chunk(text, 1, 2) + chunk(text, 3, 9) == text
