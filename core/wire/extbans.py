"""Entries of a room's lists (``+b``, ``+e``, ``+I``): hostmasks, and what EXTBAN announces.

``~a:NAME`` fits whoever is logged in to that account; NAME is a mask, so ``~a:*`` fits everybody
with an account.  ``~m:`` before an entry makes it a mute: who fits may come in, but not speak.
Sources: https://modern.ircdocs.horse/#extban-parameter and
https://ircv3.net/specs/extensions/account-extban
"""

import re
from typing import NamedTuple

from core.wire.masks import compile_mask, complete_mask

EXTBAN_PREFIX = "~"
ACCOUNT = "a"
MUTE = "m"
EXTBANS = ACCOUNT + MUTE

_MUTE = f"{EXTBAN_PREFIX}{MUTE}:"
# What stands before the name of an account.
ACCOUNT_ENTRY = f"{EXTBAN_PREFIX}{ACCOUNT}:"
_EXTENDED = re.compile(f"{EXTBAN_PREFIX}.:")


class Entry(NamedTuple):
    """An entry, ready to be compared."""

    mutes: bool  # it keeps from speaking only
    by_account: bool  # it is compared with the name of the account, not with nick!user@host
    pattern: re.Pattern[str]  # of folded text


def compile_entry(text: str) -> Entry:
    """The entry that ``text``, in its complete form, stands for."""
    mutes = text.startswith(_MUTE)
    rest = text.removeprefix(_MUTE)
    by_account = rest.startswith(ACCOUNT_ENTRY)
    return Entry(mutes, by_account, compile_mask(rest.removeprefix(ACCOUNT_ENTRY)))


def complete_entry(text: str) -> str:
    """``text`` as it is kept and shown: hostmasks with all their parts."""
    rest = text.removeprefix(_MUTE)
    if not rest.startswith(ACCOUNT_ENTRY):
        rest = complete_mask(rest)
    return (_MUTE if text.startswith(_MUTE) else "") + rest


def entry_problem(text: str, letter: str) -> str:
    """What is wrong with an entry of the list ``letter``; "" for nothing."""
    rest = text.removeprefix(_MUTE)
    if rest != text and letter == "I":
        return "Nobody is muted before they have come in"
    name = rest.removeprefix(ACCOUNT_ENTRY)
    if not name:
        return "There is nothing behind the colon"
    if name == rest and _EXTENDED.match(rest):
        return f"Of extended bans there are {ACCOUNT_ENTRY}ACCOUNT and {_MUTE}MASK"
    return ""
