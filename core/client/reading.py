"""Reading what servers send with patience: a client shows what it can, and never breaks.

Lines that are not UTF-8 are taken for Windows-1252, what old clients send; numbers and times that
are none become a default, lines that are no message become None.
"""

from datetime import UTC, datetime

from core.errors import InvalidUtf8, MalformedLine
from core.wire.message import Message, parse

# Bytes of a line from a server, tags included: 8191 + 512 by the specification; be lenient.
LINE_LIMIT = 16384
# Digits of the largest number that is taken seriously.
_DIGITS = 15


def read_line(line: bytes) -> Message | None:
    """The message in ``line``, None if there is none."""
    try:
        return parse(line)
    except InvalidUtf8:
        return read_line(_guessed(line).encode())
    except MalformedLine:
        return None


def _guessed(line: bytes) -> str:
    """What is no UTF-8 as text: a line with whole characters of UTF-8 in it is a damaged one."""
    text = line.decode(errors="replace")
    if any(character > "\x7f" and character != "\ufffd" for character in text):
        return text
    return line.decode("cp1252", errors="replace")


def read_number(text: str, default: int = 0) -> int:
    """The number that ``text`` is, or ``default``; never negative."""
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        return int(text)
    return default


def read_time(text: str, default: float) -> float:
    """Seconds since the epoch for a server-time value, or ``default``.

    Source: https://ircv3.net/specs/extensions/server-time
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return default
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp()


def write_time(time: float) -> str:
    """``time`` as a server-time value; moments that have none become the epoch."""
    try:
        moment = datetime.fromtimestamp(time, UTC)
    except (ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(0, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def clean(text: str) -> str:
    """``text`` as one line that can be sent: no line break, no NUL, no lone surrogate."""
    for unwanted in "\r\n":
        text = text.replace(unwanted, " ")
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
