"""The conditions of LIST."""

import pytest

from core.wire.elist import Bound, parse_conditions


@pytest.mark.parametrize(
    ("word", "bound"),
    [
        (">3", Bound("", True, 3)),
        ("<10", Bound("", False, 10)),
        ("C>2", Bound("C", True, 2)),
        ("t<5", Bound("T", False, 5)),
    ],
)
def test_bounds(word: str, bound: Bound) -> None:
    assert parse_conditions([word]).bounds == (bound,)
    assert parse_conditions([], [word]).bounds == (bound,)
    assert [bound.holds(bound.value + step) for step in (-1, 0, 1)] == (
        [False, False, True] if bound.above else [True, False, False]
    )


def test_the_second_parameter_has_no_names() -> None:
    conditions = parse_conditions(["#A", "", "#b"], ["server", "!#b", "", "#c*"])
    assert conditions.names == ("#a", "#b")
    assert not conditions.exact
    assert [conditions.name_fits(key) for key in ("#a", "#b", "#cd", "#d")] == [
        True, False, True, False
    ]  # fmt: skip


def test_exact() -> None:
    assert parse_conditions(["#a"]).exact
    assert not parse_conditions([""]).exact
    assert parse_conditions([""]).name_fits("#any")
