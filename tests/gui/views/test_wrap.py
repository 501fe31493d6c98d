"""Line breaking, with a font whose letters are all ten pixels wide."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.model.text import Face, SpanKind
from gui.views.wrap import Line, Sizes, hit, word_at, wrap, x_of

EMOJI = 25


def measure(text: str) -> int:
    return 10 * len(text)


SIZES = Sizes(measure, lambda text: 8 * len(text), EMOJI, 5)


def lines(text: str, width: int = 100) -> list[Line]:
    return wrap(text, width, SIZES)


def shown(text: str, width: int = 100) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lines(text, width)]


def test_a_word_of_thousands_of_letters_is_measured_in_short_pieces() -> None:
    measured: list[str] = []

    def noting(text: str) -> int:
        measured.append(text)
        return measure(text)

    found = wrap("a" * 5000, 100, Sizes(noting, noting, EMOJI))
    assert {line.end - line.start for line in found} == {10}
    assert sorted(map(len, measured))[-2:] == [16, 5000]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two", ["one two"]),
        ("one two three four", ["one two ", "three four"]),
        ("", [""]),
        ("a\n\nb", ["a", "", "b"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("x abcdefghijklmno", ["x ", "abcdefghij", "klmno"]),
        ("aaa 👋👋👋 b", ["aaa 👋👋", "👋 b"]),
    ],
)
def test_breaks(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b c` d", [("a b c d", 0)]),
        (
            "see\n```\nif x:\n    y\n```\ndone",
            [("see", 0), ("if x:", 1), ("    y", 1), ("done", 0)],
        ),
        ("```\nabcdefghijklm\n```", [("abcdefghijk", 1), ("lm", 1)]),
        ("```\na\n\nb\n```", [("a", 1), ("", 1), ("b", 1)]),
        ("x\n\n```\na\n```\n```\nb\n```", [("x", 0), ("a", 1), ("b", 2)]),
    ],
)
def test_code_has_lines_of_its_own(text: str, expected: list[tuple[str, int]]) -> None:
    found = lines(text)
    assert [("".join(run.text for run in line.runs), line.block) for line in found] == expected
    assert all(line.width <= 100 for line in found)
    assert found[-1].end == len(text)


def test_code_is_set_in_and_measured_by_itself() -> None:
    line = lines("```\nabc\n```")[0]
    assert (line.runs[0].x, line.runs[0].width, line.width) == (5, 24, 34)
    inline = lines("a `bc`")[0]
    assert [(run.x, run.width, run.face) for run in inline.runs] == [
        (0, 20, Face.PROSE), (20, 16, Face.CODE),
    ]  # fmt: skip
    assert hit(inline, 29, SIZES) == 4
    assert x_of(inline, 4, SIZES) == 28


def test_blanks_at_a_break_are_not_wide() -> None:
    first = lines("aaaa bbbbb      cc")[0]
    assert (first.width, first.start, first.end) == (100, 0, 16)


def test_links_are_runs_of_their_own() -> None:
    runs = wrap("go https://a.example/abc now", 150, SIZES)
    links = [run for line in runs for run in line.runs if run.link]
    assert "".join(run.text for run in links) == "https://a.example/abc"
    assert {run.link for run in links} == {"https://a.example/abc"}
    assert {run.kind for run in links} == {SpanKind.LINK}


@given(st.text(st.sampled_from("ab \n👋é"), max_size=80), st.integers(10, 200))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(run.text for line in found for run in line.runs) == text.replace("\n", "")
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(one.end == other.start for one, other in itertools.pairwise(found))
    assert all(line.width <= max(width, EMOJI) for line in found)


def test_hits() -> None:
    line = lines("ab 👋 cd")[0]
    places = [hit(line, x, SIZES) for x in (-5, 4, 6, 14, 16, 35, 50, 60, 500)]
    assert places == [0, 0, 1, 1, 2, 3, 4, 5, 7]
    assert hit(lines("")[0], 40, SIZES) == 0


@given(st.text(st.sampled_from("ab 👋"), min_size=1, max_size=12))
def test_hit_is_the_reverse_of_x(text: str) -> None:
    line = wrap(text, 10_000, SIZES)[0]
    for position in range(len(text) + 1):
        assert hit(line, x_of(line, position, SIZES), SIZES) == position


def test_x_of_an_empty_line() -> None:
    assert x_of(lines("")[0], 0, SIZES) == 0


@pytest.mark.parametrize(
    ("position", "expected"), [(0, "one"), (2, "one"), (3, " "), (4, "two"), (7, "!"), (9, "")]
)
def test_words(position: int, expected: str) -> None:
    start, end = word_at("one two!", position)
    assert "one two!"[start:end] == expected
