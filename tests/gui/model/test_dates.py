"""Times as people read them."""

from datetime import datetime

import pytest

from gui.model.dates import brief, clock, day, day_name, span

NOW = datetime(2026, 11, 22, 15, 30).timestamp()


@pytest.mark.parametrize(
    ("when", "name", "short"),
    [
        (datetime(2026, 11, 22, 0, 5), "Today", "00:05"),
        (datetime(2026, 11, 21, 23, 59), "Yesterday", "Sat"),
        (datetime(2026, 11, 17, 9, 0), "Tuesday, 17 November", "Tue"),
        (datetime(2026, 11, 15, 9, 0), "Sunday, 15 November", "15 Nov"),
        (datetime(2025, 12, 31, 9, 0), "Wednesday, 31 December 2025", "31.12.25"),
    ],
)
def test_names(when: datetime, name: str, short: str) -> None:
    time = when.timestamp()
    assert (day_name(time, NOW), brief(time, NOW)) == (name, short)
    assert clock(time) == f"{when:%H:%M}"


def test_days_differ_at_midnight() -> None:
    midnight = datetime(2026, 11, 22).timestamp()
    assert day(midnight) == day(midnight - 1) + 1


def test_spans() -> None:
    assert [span(seconds) for seconds in (0.4, 1, 40, 60, 7300, 200_000)] == [
        "a moment", "1 second", "40 seconds", "1 minute", "2 hours", "2 days",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "shown"), [(0, "12:05 AM"), (11, "11:05 AM"), (12, "12:05 PM"), (23, "11:05 PM")]
)
def test_a_clock_of_twelve_hours(hour: int, shown: str) -> None:
    assert clock(datetime(2026, 11, 22, hour, 5).timestamp(), twelve=True) == shown
