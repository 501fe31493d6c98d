"""Texts become spans that lose nothing, and what is sent can be encoded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.model.text import EMOJI, SpanKind, clean, drawable, sendable, spans

T, L, E = SpanKind.TEXT, SpanKind.LINK, SpanKind.EMOJI


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [(T, "plain")]),
        ("", []),
        ("hi 👋 you", [(T, "hi "), (E, "👋"), (T, " you")]),
        ("👍🏽", [(E, "👍🏽")]),
        ("👨‍👩‍👧", [(E, "👨‍👩‍👧")]),
        ("🇩🇪🇫🇷", [(E, "🇩🇪"), (E, "🇫🇷")]),
        ("1️⃣ 12", [(E, "1️⃣"), (T, " 12")]),
        ("❤️‍🔥❤", [(E, "❤️‍🔥"), (T, "❤")]),
        ("☕", [(E, "☕")]),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", [(E, "🏴󠁧󠁢󠁳󠁣󠁴󠁿")]),
        ("see https://a.example/b.", [(T, "see "), (L, "https://a.example/b"), (T, ".")]),
        ("(http://a.example/(x))", [(T, "("), (L, "http://a.example/(x)"), (T, ")")]),
        ("http://a.example/(x)", [(L, "http://a.example/(x)")]),
        ("(http://a.example/x)", [(T, "("), (L, "http://a.example/x"), (T, ")")]),
        ("ftp://a.example javascript:x", [(T, "ftp://a.example javascript:x")]),
        ("https://", [(T, "https://")]),
        ("HTTPS://A.example", [(L, "HTTPS://A.example")]),
    ],
)
def test_spans(text: str, expected: list[tuple[SpanKind, str]]) -> None:
    assert [(span.kind, span.text) for span in spans(text)] == expected


@given(st.text())
def test_spans_leave_nothing_out(text: str) -> None:
    found = spans(text)
    assert "".join(span.text for span in found) == text
    assert all(text[span.start : span.start + len(span.text)] == span.text for span in found)


@given(st.text())
def test_nothing_astral_that_is_an_emoji_is_given_to_tk(text: str) -> None:
    assert EMOJI.search(drawable(text)) is None


@given(st.text(st.characters()))
def test_what_is_sent_can_be_encoded(text: str) -> None:
    sendable(text).encode()
    clean(text).encode()


def test_surrogates() -> None:
    assert sendable("\ud83d\udc4b!\ud83d") == "👋!\ufffd"
    assert clean("\udc4b") == "\ufffd"


def test_formatting_and_controls_are_dropped() -> None:
    assert clean("\x02bold\x02 \x0304,01red\x0f \x1ditalic\x1d\x04ff0000x") == "bold red italicx"
    assert clean("a\u202eb\u2066c\x00d") == "abcd"
    assert clean("two\nlines\tx") == "two\nlines    x"


def test_line_ends_are_unified() -> None:
    assert sendable("a\r\nb\rc") == "a\nb\nc"
