"""Text into messages that fit a line, as everyone else will receive them.

What counts is the line that the *server* sends on: it puts ``:nick!user@host`` before the
command, and cuts what is longer than the limit.
"""

from core.client.events import MessageKind
from core.client.reading import clean

# Where our own user@host is not known yet: "~" and 10 characters, "@", and 63 for the host.
UNKNOWN_USERHOST = 75
# Text is never cut into less than this, however long the names around it are.
_LEAST = 32


def room_for_text(
    target: str, source_length: int, kind: MessageKind = "privmsg", line_length: int = 512
) -> int:
    """Bytes of text that fit into one message to ``target``.

    ``source_length`` is that of our ``nick!user@host``, in bytes.
    """
    command = "NOTICE" if kind == "notice" else "PRIVMSG"
    around = len(f": {command} {target} :\r\n".encode()) + source_length
    if kind == "action":
        around += len("\x01ACTION \x01")
    return max(line_length - around, _LEAST)


def split_text(text: str, limit: int) -> list[str]:
    """The messages to send for ``text``: at most ``limit`` bytes each, none of them blank."""
    pieces: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = clean(line).replace("\x01", "")
        while line.strip():
            piece, line = _cut(line, limit)
            pieces.append(piece)
    return pieces


def _cut(line: str, limit: int) -> tuple[str, str]:
    """The longest beginning that fits, and the rest; between words where there are any."""
    encoded = line.encode()
    if len(encoded) <= limit:
        return line, ""
    # A character cut in two at the end is dropped here, and stays in the rest.
    fitting = encoded[:limit].decode(errors="ignore")
    if line[len(fitting)] == " ":
        return fitting, line[len(fitting) + 1 :]
    space = fitting.rfind(" ")
    if fitting[:space].strip() and space > 0:
        return line[:space], line[space + 1 :]
    return fitting, line[len(fitting) :]
