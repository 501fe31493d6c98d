"""One IRC message: text in, a value out, and back.

``message = ['@' tags SPACE] [':' source SPACE] command [params]`` (RFC 1459, 2.3.1, with
https://ircv3.net/specs/extensions/message-tags).  The parser is liberal in white space and
strict in encoding: text is UTF-8 or it is refused.
"""

from collections.abc import Mapping, Sequence

import msgspec

from core.errors import InvalidUtf8, MalformedLine
from core.wire.tags import format_tags, parse_tags

# Bytes of a line without its tags, CR LF included (RFC 1459, 2.3).
LINE_LIMIT = 512

NO_TAGS: Mapping[str, str] = {}


class Message(msgspec.Struct, frozen=True, gc=False):
    """A parsed line.  ``command`` is in upper case; ``source`` is "" where none was given."""

    command: str
    params: Sequence[str] = ()
    source: str = ""
    tags: Mapping[str, str] = NO_TAGS

    def param(self, index: int, default: str = "") -> str:
        """The parameter at ``index``, or ``default`` where there are fewer."""
        return self.params[index] if index < len(self.params) else default

    @property
    def nick(self) -> str:
        """The source up to its '!': a nick, or a server's name."""
        return self.source.partition("!")[0]


def parse(line: bytes) -> Message:
    """The message in ``line`` (without CR LF).

    Raises InvalidUtf8 for bytes that are no text and MalformedLine where no command is.
    """
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise InvalidUtf8("Message rejected: its bytes are not UTF-8") from None
    if "\0" in text or "\r" in text:  # some clients end a line at a lone CR
        raise MalformedLine("Message rejected: it holds a NUL or a CR")
    tags = NO_TAGS
    source = ""
    if text.startswith("@"):
        section, _, text = text[1:].partition(" ")
        tags = parse_tags(section)
        text = text.lstrip(" ")
    if text.startswith(":"):
        source, _, text = text[1:].partition(" ")
    head, has_trailing, trailing = text.partition(" :")
    words = head.split(" ")
    if "" in words:
        words = [word for word in words if word]
    if not words:
        raise MalformedLine("Message rejected: it has no command")
    command = words.pop(0).upper()
    if has_trailing:
        words.append(trailing)
    return Message(command, words, source, tags)


def needs_colon(param: str) -> bool:
    """True if ``param`` can only be sent as the last one, behind a colon."""
    return not param or param[0] == ":" or " " in param


def format_message(
    command: str,
    params: Sequence[str] = (),
    *,
    source: str = "",
    tags: Mapping[str, str] = NO_TAGS,
) -> bytes:
    """The line for a message, CR LF included.

    Raises ValueError for a parameter that the line's syntax cannot carry (a line break, or a
    space before the last one): that is a mistake of the caller, never of a peer.
    """
    parts: list[str] = []
    if tags:
        parts.append("@" + format_tags(tags))
    if source:
        parts.append(":" + source)
    parts.append(command)
    last = len(params) - 1
    for index, param in enumerate(params):
        if needs_colon(param):
            if index != last:
                raise ValueError(f"only the last parameter may be {param!r}")
            param = ":" + param
        parts.append(param)
    line = " ".join(parts)
    if "\r" in line or "\n" in line or "\0" in line:
        raise ValueError("a message holds no line break and no NUL")
    return line.encode() + b"\r\n"
