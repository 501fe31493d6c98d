"""Texts become spans that lose nothing, and what is sent can be encoded."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.model.text import (
    EMOJI,
    Face,
    SpanKind,
    clean,
    drawable,
    emoji_alone,
    one_line,
    sendable,
    spans,
)

T, L, E = SpanKind.TEXT, SpanKind.LINK, SpanKind.EMOJI
P, C, B = Face.PROSE, Face.CODE, Face.BLOCK


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
        ("www.a.example x@https://b.example", [(T, "www.a.example x@https://b.example")]),
        ("https://münchen.example/straße?", [(L, "https://münchen.example/straße"), (T, "?")]),
        ("[https://a.example/[x]]", [(T, "["), (L, "https://a.example/[x]"), (T, "]")]),
        ("“https://a.example”", [(T, "“"), (L, "https://a.example"), (T, "”")]),
        ("https://a.example/例。", [(L, "https://a.example/例"), (T, "。")]),
        ("**https://a.example**", [(T, "**"), (L, "https://a.example"), (T, "**")]),
        ("http://a.example,http://b.example", [(L, "http://a.example,http://b.example")]),
    ],
)
def test_spans(text: str, expected: list[tuple[SpanKind, str]]) -> None:
    assert [(span.kind, span.text) for span in spans(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("run `ls -l` now", [("run ", P), ("ls -l", C), (" now", P)]),
        ("`https://a.example 👋`", [("https://a.example ", C), ("👋", C)]),
        ("a ``` b", [("a ``` b", P)]),
        ("``x``", [("``x``", P)]),
        ("```x = 1```", [("x = 1", C)]),
        ("it's `a\nb`", [("it's `a\nb`", P)]),
        ("see:\n```\nif x:\n    y\n```\ndone", [("see:", P), ("if x:\n    y", B), ("done", P)]),
        ("```python\nx\n```", [("x", B)]),
        ("```\n```", [("```\n```", P)]),
        ("```\n  `x`\n```", [("  `x`", B)]),
    ],
)
def test_code(text: str, expected: list[tuple[str, Face]]) -> None:
    found = spans(text)
    assert [(span.text, span.face) for span in found] == expected
    assert all(text[span.start : span.start + len(span.text)] == span.text for span in found)
    assert not any(span.kind is L for span in found)


def test_no_text_has_code_without_end() -> None:
    found = spans("`a` " * 1000)
    assert sum(span.face is not P for span in found) == 200
    assert found[-1].text == " " + "`a` " * 800


@given(st.text(st.sampled_from("`\nab 👋"), max_size=40))
def test_code_leaves_out_nothing_but_its_marks(text: str) -> None:
    found = spans(text)
    position = 0
    for span in found:
        assert set(text[position : span.start]) <= {"`", "\n", "a", "b"}
        assert text[span.start : span.start + len(span.text)] == span.text
        position = span.start + len(span.text)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("👋", True),
        ("👋 🎉\n👍🏽", True),
        ("👋👋👋👋", False),
        ("ok 👋", False),
        ("", False),
        ("é", False),
    ],
)
def test_emoji_alone(text: str, alone: bool) -> None:
    assert emoji_alone(text) == alone


@given(st.text())
def test_spans_leave_nothing_out(text: str) -> None:
    found = spans(text)
    kept = "".join(span.text for span in found)
    assert kept == text or "`" in text
    assert all(text[span.start : span.start + len(span.text)] == span.text for span in found)


@pytest.mark.parametrize(
    "text", ["😀" + "\u200d😀" * 5000, "🏴" + "\U000e0067" * 5000, "😀🏽" + "\u200d😀🏽" * 5000]
)
def test_no_emoji_is_longer_than_can_be_drawn(text: str) -> None:
    assert max(len(match.group()) for match in EMOJI.finditer(text)) <= 40


@pytest.mark.parametrize(
    "text", ["http://ab" + ")" * 16_000, "http://ab" + ")]" * 8000, "http://ab" + "." * 16_000]
)
def test_the_end_of_a_link_is_found_at_once(text: str) -> None:
    begin = perf_counter()
    assert spans(text)[0].text == "http://ab"
    assert perf_counter() - begin < 0.05


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
    assert clean("sep\u2028a\u2029rate\x85d") == "sep a rate d"


def test_line_ends_are_unified() -> None:
    assert sendable("a\r\nb\rc") == "a\nb\nc"


def test_a_name_cannot_turn_the_direction_of_what_follows() -> None:
    assert drawable("ada\u202egnp.exe\u2066") == "adagnp.exe"


def test_what_fits_into_one_line() -> None:
    assert one_line("a\nb\tc\0d\r\n") == "a b cd"
    assert one_line("é\u2028\x85e") == "é  e"
