"""Names of emoji: the short ones that people type between colons, and how to find one by words.

The common short names are a table of our own; what is not in it is named as Unicode names it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gui.model.emoji_list import CATEGORIES, MORE_SEQUENCES, PROFESSIONS
from gui.model.flags import CODES, FLAGS
from gui.model.shortcodes import COMMON

_WORD = re.compile(r"[^a-z0-9]+")
_SIGNS = {"♂": "man", "♀": "woman"}
_PERSONS = {"👨": "man_", "👩": "woman_", "🧑": ""}
SHORTCODE: Final = re.compile(r"(?:(?<=\s)|^):([a-z0-9_+-]{2,40}):$", re.IGNORECASE)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.sub("_", plain.lower()).strip("_")


def _derived(emoji: str) -> str:
    """The name of an emoji that the table does not have."""
    if emoji in MORE_SEQUENCES:
        return MORE_SEQUENCES[emoji]
    if emoji in FLAGS:
        return f"flag_{CODES[emoji]}" if emoji in CODES else f"flag_{_slug(FLAGS[emoji])}"
    if emoji.endswith("\u20e3"):
        digit = {"#": "hash", "*": "star"}.get(emoji[0], emoji[0])
        return f"keycap_{digit}"
    parts = [part[0] for part in emoji.split("\u200d")]
    if len(parts) == 2 and parts[1] in _SIGNS:
        return f"{_SIGNS[parts[1]]}_{_short_names().get(parts[0]) or _slug(_official(parts[0]))}"
    if len(parts) == 2 and parts[1] in PROFESSIONS:
        return _PERSONS[parts[0]] + PROFESSIONS[parts[1]]
    if len(parts) > 1:
        return "family_" + "_".join(_slug(_official(part)) for part in parts)
    return _slug(_official(emoji[0]))


def _official(character: str) -> str:
    return unicodedata.name(character, f"u{ord(character):x}")


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    """emoji -> its common names."""
    found: dict[str, list[str]] = {}
    for entry in COMMON.replace("\n", "|").split("|"):
        if entry.strip():
            emoji, *names = entry.split()
            found.setdefault(emoji, []).extend(names)
    return found


@lru_cache(maxsize=1)
def _short_names() -> dict[str, str]:
    """The first common name by an emoji's first character."""
    return {emoji[0]: names[0] for emoji, names in _table().items()}


@lru_cache(maxsize=1)
def shortcodes() -> dict[str, str]:
    """Every name that can stand between colons -> its emoji."""
    found: dict[str, str] = {}
    for emoji, names in _table().items():
        for name in names:
            found.setdefault(name, emoji)
    for category in CATEGORIES:
        for emoji in category.emoji:
            if emoji not in _table():
                name = _derived(emoji)
                found[f"{name}_2" if name in found else name] = emoji
    return found


@lru_cache(maxsize=1)
def _first_names() -> dict[str, str]:
    """emoji -> the first of its names."""
    found: dict[str, str] = {}
    for name, emoji in shortcodes().items():
        found.setdefault(emoji, name)
    return found


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """emoji -> all that it can be found by: its names, Unicode's name, the country's."""
    names: dict[str, list[str]] = {}
    for name, emoji in shortcodes().items():
        names.setdefault(emoji, []).append(name)
    found: dict[str, str] = {}
    for category in CATEGORIES:
        for emoji in category.emoji:
            said = [*names.get(emoji, ()), _slug(FLAGS.get(emoji, ""))]
            if "\u200d" not in emoji and emoji not in FLAGS:
                said.append(_slug(_official(emoji[0])))
            found[emoji] = " " + " ".join(" ".join(said).replace("_", " ").split())
    return found


def name_of(emoji: str) -> str:
    """Its shortcode without the colons, '' for one that is not in the list."""
    return _first_names().get(emoji, "")


def title_of(emoji: str) -> str:
    """Its name as people read it: 'thumbsup', 'Germany'."""
    return FLAGS.get(emoji) or name_of(emoji).replace("_", " ")


def find(text: str) -> list[str]:
    """The emoji whose names hold all words of `text`: first those that are called so, then those
    whose names begin so, have words that do, or just hold it; each in the usual order."""
    wanted = [word for word in _WORD.split(text.lower()) if word]
    if text.strip() in ("+1", "-1"):
        return [shortcodes()[text.strip()]]
    if not wanted:
        return []
    found: tuple[list[str], ...] = ([], [], [], [])
    for emoji, words in _words().items():
        if not all(word in words for word in wanted):
            continue
        begins = all(f" {word}" in words for word in wanted)
        named = begins and words.startswith(f" {wanted[0]}")
        exact = f"{words} ".startswith(f" {wanted[0]} ")
        found[3 - begins - named - (named and exact)].append(emoji)
    return [emoji for each in found for emoji in each]


def beginning(start: str, most: int) -> list[tuple[str, str]]:
    """Up to `most` shortcodes that begin with `start` (then those that hold it), with their
    emoji; each emoji once."""
    start = start.lower()
    known = shortcodes()
    fits = sorted(
        (name for name in known if start in name),
        key=lambda name: (name != start, not name.startswith(start), len(name), name),
    )
    found: dict[str, str] = {}
    for name in fits:
        found.setdefault(known[name], name)
        if len(found) >= most:
            break
    return [(name, emoji) for emoji, name in found.items()]


def closed(text: str) -> tuple[str, str] | None:
    """What `text` ends with, ':smile:' for instance, and the emoji that it means; None if it does
    not end so."""
    match = SHORTCODE.search(text)
    emoji = shortcodes().get(match.group(1).lower()) if match else None
    return (match.group(), emoji) if match and emoji else None
