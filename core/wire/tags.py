"""Message tags: the ``@key=value;key`` section before a message.

Source: https://ircv3.net/specs/extensions/message-tags
"""

from collections.abc import Mapping

# Bytes between '@' and the space, in what a client sends.
CLIENT_TAG_DATA = 4094

_ESCAPES = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}
_TO_ESCAPE = str.maketrans({";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n"})


def unescape(value: str) -> str:
    """The value that ``value`` stands for; a lone trailing backslash is dropped."""
    if "\\" not in value:
        return value
    out: list[str] = []
    characters = iter(value)
    for character in characters:
        if character == "\\":
            escaped = next(characters, "")
            out.append(_ESCAPES.get(escaped, escaped))
        else:
            out.append(character)
    return "".join(out)


def escape(value: str) -> str:
    """``value`` as it may stand in a tag."""
    return value.translate(_TO_ESCAPE)


def parse_tags(section: str) -> dict[str, str]:
    """The tags of a section (without its '@').  Of a key given twice the last one counts."""
    tags: dict[str, str] = {}
    for item in section.split(";"):
        key, _, value = item.partition("=")
        if key:
            tags[key] = unescape(value)
    return tags


def format_tags(tags: Mapping[str, str]) -> str:
    """``key=value;key`` for ``tags``, without the '@'."""
    return ";".join(f"{key}={escape(value)}" if value else key for key, value in tags.items())
