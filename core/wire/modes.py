"""MODE: which letters there are, and how a change is written.

Source: https://modern.ircdocs.horse/#mode-message, and #chanmodes-parameter for the types:
A has a list, B always a parameter, C one only when set, D none; a prefix mode names a member.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from core.wire.names import ROOM_PREFIXES


class ModeType(Enum):
    """What a mode letter takes."""

    LIST = "A"
    ALWAYS = "B"
    WHEN_SET = "C"
    FLAG = "D"
    PREFIX = "prefix"


CHANNEL_MODES: Mapping[str, ModeType] = {
    "b": ModeType.LIST,  # ban
    "e": ModeType.LIST,  # exceptions from bans
    "I": ModeType.LIST,  # exceptions from +i
    "k": ModeType.ALWAYS,  # key
    "l": ModeType.WHEN_SET,  # limit
    "C": ModeType.FLAG,  # no CTCP
    "M": ModeType.FLAG,  # only users with an account (and voices) speak
    "R": ModeType.FLAG,  # only users with an account come in
    "i": ModeType.FLAG,  # by invitation only
    "m": ModeType.FLAG,  # only voices and above speak
    "n": ModeType.FLAG,  # no messages from outside
    "s": ModeType.FLAG,  # secret
    "t": ModeType.FLAG,  # only operators set the topic
    "q": ModeType.PREFIX,
    "a": ModeType.PREFIX,
    "o": ModeType.PREFIX,
    "h": ModeType.PREFIX,
    "v": ModeType.PREFIX,
}
USER_MODES: Mapping[str, ModeType] = {
    "B": ModeType.FLAG,  # bot
    "R": ModeType.FLAG,  # private messages only from users with an account
    "T": ModeType.FLAG,  # no CTCP
    "g": ModeType.FLAG,  # private messages only from those on the ACCEPT list
    "i": ModeType.FLAG,  # invisible
    "o": ModeType.FLAG,  # operator of the server
    "w": ModeType.FLAG,  # gets WALLOPS
}

# Prefix modes from the highest rank to the lowest (founder, admin, operator, half-operator,
# voice), with what NAMES shows for them.
PREFIXES: Mapping[str, str] = {"q": "~", "a": "&", "o": "@", "h": "%", "v": "+"}
SIGNS = "".join(PREFIXES.values())
# Changes that carry a parameter, at most, in one MODE command.
MODES_PER_COMMAND = 20


class ModeChange(NamedTuple):
    """One letter set or unset; ``argument`` is "" for none."""

    adding: bool
    letter: str
    argument: str = ""


class ParsedModes(NamedTuple):
    """What a MODE command asks for."""

    changes: list[ModeChange]
    lists: list[str]  # list modes named without a parameter: to be shown
    unknown: list[str]  # letters that no table has
    lacking: list[str]  # letters whose parameter is missing


def parse_modes(words: Sequence[str], table: Mapping[str, ModeType]) -> ParsedModes:
    """The changes in ``words``: a mode string, then its parameters."""
    parsed = ParsedModes([], [], [], [])
    adding = True
    arguments = iter(words[1:])
    with_argument = 0
    for letter in words[0] if words else "":
        if letter in "+-":
            adding = letter == "+"
            continue
        kind = table.get(letter)
        if kind is None:
            parsed.unknown.append(letter)
            continue
        argument = ""
        if kind is not ModeType.FLAG and (adding or kind is not ModeType.WHEN_SET):
            given = next(arguments, None)
            argument = given or ""
            with_argument += 1
            if with_argument > MODES_PER_COMMAND:
                continue
            if not argument and kind is ModeType.ALWAYS and not adding:
                argument = "*"  # -k without the key, as most clients send it
            elif not argument and kind is ModeType.LIST:
                parsed.lists.append(letter)
                continue
            elif given is None:
                parsed.lacking.append(letter)
                continue
        parsed.changes.append(ModeChange(adding, letter, argument))
    return parsed


def split_status(target: str) -> tuple[str, str]:
    """``@#room`` as the sign and the room; where several stand there, the lowest counts.

    Anything else comes back whole, behind "".
    """
    room = target.lstrip(SIGNS)
    if room == target or room[:1] not in ROOM_PREFIXES or not room:
        return "", target
    return max(target[: -len(room)], key=SIGNS.index), room


def format_modes(changes: Iterable[ModeChange]) -> list[str]:
    """The words of a MODE command: ``["+o-v", "ada", "bob"]``."""
    letters = ""
    arguments: list[str] = []
    sign: bool | None = None
    for change in changes:
        if change.adding is not sign:
            sign = change.adding
            letters += "+" if sign else "-"
        letters += change.letter
        if change.argument:
            arguments.append(change.argument)
    return [letters, *arguments]


def mode_differences(before: str, after: str, argument: str = "") -> tuple[ModeChange, ...]:
    """What makes the modes ``after`` of ``before``."""
    lost = [ModeChange(False, letter, argument) for letter in before if letter not in after]
    gained = [ModeChange(True, letter, argument) for letter in after if letter not in before]
    return (*lost, *gained)
