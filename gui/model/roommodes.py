"""The modes of a room in words: as switches of its dialog, and as notes about what was changed."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from core.wire.modes import ModeType, parse_modes


class ModeWords(NamedTuple):
    """A mode without parameter: what its switch says, and what somebody did who set or unset it."""

    letter: str
    label: str
    hint: str
    turned_on: str
    turned_off: str


SWITCHES: Final = (
    ModeWords(
        "i", "By invitation only", "Others can come in if a member invites them.",
        "opened the room to the invited only", "opened the room to everybody",
    ),
    ModeWords(
        "m", "Only voices speak", "Members without a rank can read, and not write.",
        "let only members with a rank speak", "let everybody speak",
    ),
    ModeWords(
        "t", "Only operators change the topic", "",
        "left the topic to the operators", "let everybody change the topic",
    ),
    ModeWords(
        "n", "Only members write here", "Nobody can send messages from outside.",
        "closed the room to messages from outside", "allowed messages from outside",
    ),
    ModeWords(
        "s", "Secret", "The room is in no list, and not in the profiles of its members.",
        "made the room secret", "made the room public",
    ),
    ModeWords(
        "R", "Only with an account", "Guests cannot come in.",
        "closed the room to guests", "opened the room to guests",
    ),
    ModeWords(
        "M", "Guests only read", "Writing takes an account, or a rank.",
        "let only those with an account speak", "let guests speak",
    ),
)  # fmt: skip
#: Those that would shut everybody out where nobody can have an account.
ABOUT_ACCOUNTS: Final = frozenset("RM")
_WORDS: Final = {one.letter: one for one in SWITCHES}


def told(
    known: Mapping[str, str], changes: str, letters: str, types: Mapping[str, ModeType]
) -> dict[str, str]:
    """The modes after `changes` ('+mk secret'); `letters` are those that are set now."""
    modes = {letter: known.get(letter, "") for letter in letters}
    for change in parse_modes(changes.split(), types).changes:
        if change.adding and change.letter in modes and change.argument:
            modes[change.letter] = change.argument
    return modes


def sentences(who: str, changes: str, types: Mapping[str, ModeType]) -> list[str]:
    """What somebody did: 'ada made the room secret'."""
    return [
        f"{who} {_did(change.letter, change.adding, change.argument)}"
        for change in parse_modes(changes.split(), types).changes
    ]


def _did(letter: str, adding: bool, argument: str) -> str:
    if letter in _WORDS:
        return _WORDS[letter].turned_on if adding else _WORDS[letter].turned_off
    if letter == "b":
        return f"banned {argument}" if adding else f"lifted the ban of {argument}"
    if letter == "k":
        return "set a key for the room" if adding else "removed the room's key"
    if letter == "l":
        return f"limited the room to {argument} members" if adding else "removed the room's limit"
    return f"set {'+' if adding else '-'}{letter} {argument}".rstrip()
