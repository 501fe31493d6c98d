"""The verdict: PASS only if nothing is wrong and something was tested."""

from typing import Any

import pytest

from loadtest.histogram import Histogram
from loadtest.ledger import Counts
from loadtest.report import Measured, introduction, passed, verdict
from loadtest.scenarios import Plan

PLAN = Plan("lobby", 60, "f00")


def measured(**changes: Any) -> Measured:
    numbers = Measured(**changes)
    fresh = Histogram()
    for _ in range(10):
        fresh.add(0.005)
    numbers.add_deliveries(fresh, 101.0)
    numbers.end_talking(102.0)
    numbers.add_deliveries(fresh, 103.0)
    return numbers


def test_pass() -> None:
    numbers = measured(departures=3)
    text = verdict(PLAN, Counts(sent=10, deliveries=600), numbers, drained=True)
    assert "PASS" in text
    assert "FAIL" not in text
    assert "5 deliveries to others a second" in text
    assert "left 3 times" in text
    assert numbers.deliveries.count == 20


@pytest.mark.parametrize(
    ("counts", "changes", "drained"),
    [
        (Counts(deliveries=9, lost=1), {}, True),
        (Counts(deliveries=9, doubled=1), {}, True),
        (Counts(deliveries=9), {"refused": 1}, True),
        (Counts(deliveries=9, reordered=1), {}, True),
        (Counts(), {}, True),
        (Counts(deliveries=9), {"broken": 1}, True),
        (Counts(deliveries=9), {"failed_connects": 1}, True),
        (Counts(deliveries=9), {}, False),
    ],
)
def test_fail(counts: Counts, changes: dict[str, int], drained: bool) -> None:
    numbers = measured(**changes)
    assert not passed(counts, numbers, drained)
    text = verdict(PLAN, counts, numbers, drained)
    assert text.endswith("FAIL")
    assert ("nothing was tested" in text) == (not counts.deliveries)
    assert ("--drain" in text) == (not drained)


def test_nothing_measured() -> None:
    numbers = Measured()
    assert numbers.delivery_rate == 0.0
    assert "-" in verdict(PLAN, Counts(), numbers, drained=True)


def test_a_late_harness_says_so() -> None:
    numbers = measured()
    numbers.lag.add(0.5)
    assert "the harness itself was late" in verdict(PLAN, Counts(deliveries=1), numbers, True)


def test_introduction() -> None:
    assert "each says 1 messages a second" in introduction(PLAN)
    assert "were wanted" not in introduction(PLAN)
    assert "1 a second were wanted" in introduction(Plan("lobby", 200, "f00"))
