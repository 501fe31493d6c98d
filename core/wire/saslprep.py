"""SASLprep: the one form of a name or a password that can be typed in several (RFC 4013).

"I<soft hyphen>X" and "IX" become the same, as do an "e" with an accent in one character or in
two.  What differs from the letter of the RFC: characters that Unicode 3.2 did not know, emoji
for instance, may stand in what is stored as well (the RFC allows them in queries only).  Its
reason, that a later table could prepare them in another way, does not hold here: the tables are
those of Unicode 3.2 on both sides and for ever.
"""

import stringprep
from unicodedata import ucd_3_2_0

from core.errors import PeerError

_PROHIBITED = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


class Unprepared(PeerError):
    """A text with characters that no name or password may have."""


def saslprep(text: str) -> str:
    """The prepared form of ``text``; it may be empty, which callers have to refuse.

    Raises Unprepared for control characters and the like, and for mixed directions.
    """
    if text.isascii() and text.isprintable():
        return text
    mapped = "".join(
        " " if stringprep.in_table_c12(character) else character
        for character in text
        if not stringprep.in_table_b1(character)
    )
    prepared = ucd_3_2_0.normalize("NFKC", mapped)
    if any(prohibits(character) for character in prepared for prohibits in _PROHIBITED):
        raise Unprepared("It holds a character that is not allowed")
    _check_directions(prepared)
    return prepared


def _check_directions(text: str) -> None:
    """RFC 3454, 6: a text written from right to left begins and ends so, and has no other."""
    if not any(map(stringprep.in_table_d1, text)):
        return
    ends = stringprep.in_table_d1(text[0]) and stringprep.in_table_d1(text[-1])
    if not ends or any(map(stringprep.in_table_d2, text)):
        raise Unprepared("It mixes directions of writing")
