"""Finding a text in another."""

import pytest

from gui.model.matching import all_spans, rank, snippet, spans


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Bees and bees", "BEES", ((0, 4), (9, 13))),
        ("aaaa", "aa", ((0, 2), (2, 4))),
        ("Straße", "STRASSE", ((0, 6),)),
        ("die Straße hier", "hier", ((11, 15),)),
        ("café", "cafe", ()),  # accents count
        ("café", "CAFÉ", ((0, 4),)),
        ("anything", "", ()),
    ],
)
def test_spans(text: str, wanted: str, found: object) -> None:
    assert spans(text, wanted) == found


def test_spans_of_several_words_are_joined_where_they_overlap() -> None:
    assert all_spans("the greenhouse door", "door green greenhouse") == ((4, 14), (15, 19))


def test_a_snippet_begins_near_the_first_match() -> None:
    text = "first of all\na long sentence about nothing in particular, and then the needle comes"
    shown, marks = snippet(text, "needle")
    assert shown.startswith("…")
    assert "\n" not in shown
    assert [shown[a:b] for a, b in marks] == ["needle"]
    assert len(shown) < 60
    assert snippet("a needle", "needle") == ("a needle", ((2, 8),))
    assert len(snippet("x" * 500, "y")[0]) == 200


def test_names_that_begin_with_the_text_fit_best() -> None:
    names = ["#garden", "old_garden", "midgard", "bees"]
    assert [rank(name, "GARD") for name in names] == [0, 1, 2, 3]
