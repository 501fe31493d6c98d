"""The text of a message of the harness: what lets its receivers check it.

``~load <run> <sender> <number> <time> xxx...``: the run tells apart what an earlier run left in
the history, the sender's number names the message, and the time is that of sending by the
machine's monotonic clock.
"""

from typing import NamedTuple

_START = "~load"


class Mark(NamedTuple):
    """What a message says of itself."""

    sender: int  # the user's index
    number: int  # of the sender's messages, from 0
    sent: float  # monotonic seconds


def write_mark(run: str, mark: Mark, size: int) -> str:
    """The text of a message, filled up to ``size`` bytes."""
    text = f"{_START} {run} {mark.sender} {mark.number} {round(mark.sent * 1e6)} "
    return text + "x" * max(size - len(text), 1)


def read_mark(run: str, text: str) -> Mark | None:
    """The mark in ``text``, None if it is not of this run."""
    words = text.split(" ")
    if len(words) != 6 or words[0] != _START or words[1] != run:
        return None
    try:
        return Mark(int(words[2]), int(words[3]), int(words[4]) / 1e6)
    except ValueError:
        return None
