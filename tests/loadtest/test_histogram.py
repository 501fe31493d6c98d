"""Percentiles are right to two percent."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadtest.histogram import Histogram


def filled(*values: float) -> Histogram:
    histogram = Histogram()
    for value in values:
        histogram.add(value)
    return histogram


def test_empty() -> None:
    histogram = Histogram()
    assert histogram.percentile(0.5) == 0.0
    assert histogram.values() == []


def test_percentiles() -> None:
    histogram = filled(*(number / 1000 for number in range(1, 1001)))
    assert histogram.percentile(0.5) == pytest.approx(0.5, rel=0.02)
    assert histogram.percentile(0.99) == pytest.approx(0.99, rel=0.02)
    assert histogram.percentile(1.0) == pytest.approx(1.0, rel=0.02)
    assert histogram.percentile(1.1) == histogram.largest == 1.0
    assert histogram.count == 1000
    assert histogram.total == pytest.approx(500.5)


def test_tiny_and_negative_values_are_the_smallest() -> None:
    histogram = filled(-1.0, 0.0, 1e-9)
    assert histogram.values() == [(1e-9, 3)]


def test_merging() -> None:
    whole = filled(0.1, 0.2)
    whole.merge(filled(0.2, 0.5))
    assert whole.values() == filled(0.1, 0.2, 0.2, 0.5).values()
    assert (whole.count, whole.largest) == (4, 0.5)


@given(st.lists(st.floats(1e-5, 100.0), min_size=1, max_size=200), st.floats(0.01, 1.0))
def test_any_percentile(values: list[float], share: float) -> None:
    exact = sorted(values)[math.ceil(share * len(values)) - 1]
    assert filled(*values).percentile(share) == pytest.approx(exact, rel=0.021)
