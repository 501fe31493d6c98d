"""A message of several lines as one text (https://ircv3.net/specs/extensions/multiline).

Between two lines stands LF; CR stands where one line was sent in two pieces, which older clients
get as two lines.  Neither can be in what a single line of the protocol carries.
"""

from collections.abc import Iterator
from typing import NamedTuple

BREAK = "\n"
JOINT = "\r"
BATCH_TYPE = "draft/multiline"
CONCAT = "draft/multiline-concat"


class Piece(NamedTuple):
    """What one line of the protocol carries."""

    text: str
    joined: bool  # it goes on with the line before


def is_multiline(text: str) -> bool:
    """True if ``text`` does not fit into one line of the protocol."""
    return BREAK in text or JOINT in text


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of ``text``, as they were sent."""
    for line in text.split(BREAK):
        first, *others = line.split(JOINT)
        yield Piece(first, False)
        for other in others:
            yield Piece(other, True)


def plain(text: str) -> str:
    """``text`` as it reads: with its line breaks alone."""
    return text.replace(JOINT, "")
