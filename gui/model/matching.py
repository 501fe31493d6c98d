"""Finding a text in another as people expect: whatever the case, accents kept."""

import re

from gui.model.found import Spans

_BEFORE, _LENGTH = 24, 200  # characters of a snippet: in front of the first match, and in all


def fold(text: str) -> str:
    """The form in which texts are compared."""
    return text.casefold()


def spans(text: str, wanted: str) -> Spans:
    """Where `wanted` stands in `text`, from left to right."""
    wanted, folded = fold(wanted), fold(text)
    if not wanted or wanted not in folded:
        return ()
    places = None if len(folded) == len(text) else _places(text)
    found = []
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        found.append((at, end) if places is None else (places[at], places[end - 1] + 1))
        at = folded.find(wanted, end)
    return tuple(found)


def _places(text: str) -> list[int]:
    """For each character of the folded text, the one of `text` that it comes from."""
    return [at for at, character in enumerate(text) for _ in fold(character)]


def all_spans(text: str, words: str) -> Spans:
    """Where any of the words stands; what overlaps is one."""
    found = sorted(span for word in set(words.split()) for span in spans(text, word))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def snippet(text: str, words: str) -> tuple[str, Spans]:
    """One line of `text` around the first of the words, and where they stand in it."""
    line = re.sub(r"\s+", " ", text).strip()
    found = all_spans(line, words)
    if found and found[0][0] > _BEFORE:
        start = line.rfind(" ", 0, found[0][0] - _BEFORE // 2) + 1
        start = max(start, found[0][0] - 2 * _BEFORE)
        line = "…" + line[start:]
    line = line[:_LENGTH]
    return line, all_spans(line, words)


def rank(name: str, wanted: str) -> int:
    """How well a name fits: 0 begins with it, 1 a word does, 2 has it inside, 3 not at all."""
    folded, wanted = fold(name).lstrip("#&"), fold(wanted).lstrip("#&")
    if folded.startswith(wanted):
        return 0
    if wanted not in folded:
        return 3
    return 1 if re.search(rf"[\W_]{re.escape(wanted)}", folded) else 2
