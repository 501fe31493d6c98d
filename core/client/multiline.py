"""Messages of several lines: one text with line breaks here, a batch of lines on the wire.

A line that is too long for the protocol goes out in several pieces, which are put together
again without anything between them (the concat tag).
Source: https://ircv3.net/specs/extensions/multiline
"""

from collections.abc import Iterable
from typing import NamedTuple

from core.client.batches import Batch
from core.client.reading import clean, read_number
from core.wire.message import Message
from core.wire.multiline import BATCH_TYPE, BREAK, CONCAT, Piece

CAPABILITY = "draft/multiline"
# Fewer bytes than these are no message.
_LEAST_BYTES = 16
# Characters of one message from the server; no server takes as many, and what is more is cut off.
MOST_CHARACTERS = 50_000


class Limits(NamedTuple):
    """What a server takes as one message; 0 lines: any number of them."""

    max_bytes: int
    max_lines: int = 0


def read_limits(value: str) -> Limits | None:
    """The value of the capability; None without the bytes, which it has to have."""
    tokens = dict(token.partition("=")[::2] for token in value.split(","))
    max_bytes = read_number(tokens.get("max-bytes", ""))
    if max_bytes < _LEAST_BYTES:
        return None
    return Limits(max_bytes, read_number(tokens.get("max-lines", "")))


# --- from the server ------------------------------------------------------------------------


def joined(batch: Batch) -> Message | None:
    """The lines of a batch as one message, whose text has line breaks; None if there are none.

    Tags and source are those of the whole, which the line that opens the batch has.
    """
    lines = [item for item in batch.items if isinstance(item, Message) and len(item.params) > 1]
    if batch.kind != BATCH_TYPE or not lines:
        return None
    first = lines[0]
    text = first.params[1]
    for line in lines[1:]:
        if len(text) > MOST_CHARACTERS:
            text = text[:MOST_CHARACTERS] + "…"
            break
        text += line.params[1] if CONCAT in line.tags else BREAK + line.params[1]
    opening = batch.opening
    tags = {**first.tags, **opening.tags}
    for tag in ("batch", "label", CONCAT):
        tags.pop(tag, None)
    source = opening.source if "!" in opening.source else first.source
    return Message(first.command, [first.params[0], text], source, tags)


def lines(batch: Batch) -> list[Message]:
    """What a batch holds, in order, with its messages of several lines put together."""
    found = []
    for item in batch.items:
        message = joined(item) if isinstance(item, Batch) else item
        if message is not None:
            found.append(message)
    return found


# --- to the server --------------------------------------------------------------------------


def normal(text: str) -> str:
    """``text`` as it can be sent: no blank lines around it, nothing that ends a line early."""
    lines = text.replace("\r\n", BREAK).replace("\r", BREAK).split(BREAK)
    lines = [clean(line).replace("\x01", "") for line in lines]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        del lines[0]
    return BREAK.join(lines)


def pieces(text: str, limit: int) -> list[Piece]:
    """The lines of the batch for ``text``, each of at most ``limit`` bytes."""
    found: list[Piece] = []
    for line in text.split(BREAK):
        piece, rest = _cut(line, limit)
        found.append(Piece(piece, False))
        while rest:
            piece, rest = _cut(rest, limit)
            found.append(Piece(piece, True))
    return found


def _cut(line: str, limit: int) -> tuple[str, str]:
    """The longest beginning that fits, and the rest; after a space where there is one."""
    encoded = line.encode()
    if len(encoded) <= limit:
        return line, ""
    fitting = encoded[:limit].decode(errors="ignore")
    space = fitting.rfind(" ") + 1
    end = space if fitting[:space].strip() else len(fitting)
    return line[:end], line[end:]


def portions(text: str, limit: int, most: Limits) -> list[str]:
    """``text`` as messages that the server takes: one, unless it is too much for that."""
    found: list[list[Piece]] = []
    size = 0
    for piece in pieces(text, min(limit, most.max_bytes)):
        length = len(piece.text.encode()) + (not piece.joined)
        lines = len(found[-1]) if found else 0
        full = size + length > most.max_bytes or lines == most.max_lines > 0
        if not found or full:
            found.append([])
            size = 0
        found[-1].append(piece)
        size += length
    texts = [normal(_text(portion)) for portion in found]
    return [each for each in texts if each]


def _text(portion: Iterable[Piece]) -> str:
    text = ""
    for number, piece in enumerate(portion):
        text += piece.text if piece.joined or not number else BREAK + piece.text
    return text
