"""A message's text as spans: plain text, links and emoji, in prose and in code.

The views draw emoji as images, because a colour font can abort a Tk process; so whatever could
be drawn from such a font has to be found here.  Control codes of IRC formatting are dropped.
"""

import re
from enum import Enum
from itertools import islice
from typing import NamedTuple


class SpanKind(Enum):
    """How a span is drawn."""

    TEXT = "text"
    LINK = "link"
    EMOJI = "emoji"


class Face(Enum):
    """What the text around a span is."""

    PROSE = "prose"
    CODE = "code"  # `so` in a line
    BLOCK = "block"  # lines between lines of ```


class Span(NamedTuple):
    """A stretch of text; `start` counts characters from the beginning of the whole."""

    kind: SpanKind
    text: str
    start: int
    face: Face = Face.PROSE


# Characters of the basic plane that have an emoji presentation by themselves
# (Emoji_Presentation=Yes in emoji-data.txt, https://unicode.org/reports/tr51/).
_BASIC = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693"
    "\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd"
    "\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b"
    "\u2b1c\u2b50\u2b55"
)
_ASTRAL = "\U0001f000-\U0001f1e5\U0001f200-\U0001faff"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
_MODIFIER = "[\U0001f3fb-\U0001f3ff]"
_TAGS = "[\U000e0020-\U000e007f]{1,8}"
_PICTURE = (
    f"(?:[{_ASTRAL}{_BASIC}]\ufe0f?|[\u00a9\u00ae\u203c-\u3299]\ufe0f"
    f"|[\u261d\u26f9\u270c\u270d](?={_MODIFIER}))(?:{_MODIFIER})?(?:{_TAGS})?"
)
_JOINABLE = f"(?:{_PICTURE}|[\u2190-\u2bff]\ufe0f?)"
_JOINED = f"(?:\u200d{_JOINABLE}){{0,6}}"  # three in a family; thousands would be a huge picture
# Parts of emoji that are nowhere near one: some of these only colour fonts have.
_STRAY = re.compile("[\ufe0f\u20e3\U000e0000-\U000e007f]")
EMOJI = re.compile(
    f"{_FLAG}|{_KEYCAP}|{_PICTURE}{_JOINED}|[\U0001f1e6-\U0001f1ff]|{_MODIFIER}|{_STRAY.pattern}"
)
_LINK = re.compile(r"(?<![\w@])https?://[^\s<>\"\u200b`]+", re.IGNORECASE)
_CODE = re.compile(
    r"\n?```(?:[\w+#.-]*\n)(?P<block>[^`][\s\S]*?)\n?```\n?"
    r"|```(?P<triple>[^`\n]+)```|(?<!`)`(?P<single>[^`\n]+)`(?!`)"
)
_MOST_CODE = 200  # stretches of code in a text: each has a ground of its own
_FORMATTING = re.compile(
    "\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|\x04(?:[0-9a-fA-F]{6}(?:,[0-9a-fA-F]{6})?)?"
    "|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
)
_BLANKS = {ord("\t"): "    ", 0x85: " ", 0x2028: " ", 0x2029: " "}  # the last ones end lines
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def clean(text: str) -> str:
    """The text without formatting codes, control characters, direction overrides and parts of
    emoji that belong to none."""
    text = _SURROGATE.sub("\ufffd", _FORMATTING.sub("", text).translate(_BLANKS))
    return EMOJI.sub(_whole_emoji, text) if _STRAY.search(text) else text


def _whole_emoji(match: re.Match[str]) -> str:
    return "" if _STRAY.fullmatch(match.group()) else match.group()


def sendable(text: str) -> str:
    """What may be put on the wire: surrogate pairs joined, lone ones replaced."""
    joined = _PAIR.sub(_join_pair, text)
    return _SURROGATE.sub("\ufffd", joined).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """What fits into a field of one line: ends of lines and tabs in it become blanks."""
    text = sendable(text).rstrip("\n").replace("\n", " ").replace("\t", " ").replace("\0", "")
    return text if text.isascii() else text.translate(_BLANKS)


def _join_pair(match: re.Match[str]) -> str:
    return match.group().encode("utf-16", "surrogatepass").decode("utf-16")


_CLOSING = ".,;:!?'\"*_~\u2026\u3002\uff0c\u3001\uff01\uff1f\u201d\u2019\u00bb"
_BRACKETS = {")": "(", "]": "[", "}": "{", "\uff09": "\uff08", "\u300d": "\u300c"}


def _link_end(link: str) -> int:
    """How much of a match is the link: no closing punctuation, brackets only in pairs."""
    end = len(link)
    spare: dict[str, int] = {}  # of each closing bracket, how many more there are than opening ones
    while end:
        last = link[end - 1]
        if last in _BRACKETS:
            if last not in spare:
                spare[last] = link.count(last, 0, end) - link.count(_BRACKETS[last], 0, end)
            if spare[last] <= 0:
                break
            spare[last] -= 1
        elif last not in _CLOSING:
            break
        end -= 1
    return end


def spans(text: str) -> list[Span]:
    """Split `text` into stretches of prose and code, links and emoji, in order.  Nothing is left
    out but the marks around code; half characters, which Tk could put together, are replaced."""
    text = _SURROGATE.sub("\ufffd", text)
    if "`" not in text:
        return _prose_spans(text, 0)
    found: list[Span] = []
    position = 0
    for match in islice(_CODE.finditer(text), _MOST_CODE):
        group = match.lastgroup or ""
        face = Face.BLOCK if group == "block" else Face.CODE
        found += _prose_spans(text[position : match.start()], position)
        found += _emoji_spans(match[group], match.start(group), face)
        position = match.end()
    return found + _prose_spans(text[position:], position)


def _prose_spans(text: str, offset: int) -> list[Span]:
    found: list[Span] = []
    position = 0
    for match in _LINK.finditer(text) if "://" in text else ():
        end = match.start() + _link_end(match.group())
        if end - match.start() <= len("https://"):
            continue
        found += _emoji_spans(text[position : match.start()], offset + position)
        found.append(Span(SpanKind.LINK, text[match.start() : end], offset + match.start()))
        position = end
    return found + _emoji_spans(text[position:], offset + position)


def _emoji_spans(text: str, offset: int, face: Face = Face.PROSE) -> list[Span]:
    if text.isascii():
        return [Span(SpanKind.TEXT, text, offset, face)] if text else []
    found = []
    position = 0
    for match in EMOJI.finditer(text):
        start = match.start()
        if start > position:
            plain = text[position:start]
            found.append(Span(SpanKind.TEXT, plain, offset + position, face))
        found.append(Span(SpanKind.EMOJI, match.group(), offset + start, face))
        position = match.end()
    if position < len(text):
        found.append(Span(SpanKind.TEXT, text[position:], offset + position, face))
    return found


def emoji_alone(text: str, most: int = 3) -> bool:
    """True if the text is one emoji, or a few, and nothing else."""
    if text.isascii() or len(text) > 16 * most:
        return False
    return len(EMOJI.findall(text)) <= most and not EMOJI.sub("", text).strip()


def drawable(text: str) -> str:
    """Plain text for Tk: what would need a colour font becomes a small square, and nothing turns
    the direction of what follows."""
    if text.isascii():
        return text
    return EMOJI.sub("\u25ab", _SURROGATE.sub("\ufffd", text.translate(_OVERRIDES)))
