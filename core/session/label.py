"""Labelled responses: everything a command is answered with, as one logical message.

Source: https://ircv3.net/specs/extensions/labeled-response
"""

from core.wire.tags import escape, unescape

# Bytes of a label, at most.
LABEL_LENGTH = 64


class Label:
    """The answer to one labelled command, gathered until the last of it is known."""

    __slots__ = ("lines", "outstanding", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[bytes] = []
        self.outstanding = 1  # the handler itself, and each proposal or read it made

    def answer(self, server: str, reference: str) -> list[bytes]:
        """The lines to send: an ACK for none, one labelled line, or a labelled batch."""
        if not self.lines:
            return [self.last(f":{server} ACK".encode()) + b"\r\n"]
        if len(self.lines) == 1 or _is_one_batch(self.lines):
            return [self.last(self.lines[0]), *self.lines[1:]]
        inner = f"batch={reference}".encode()
        return [
            self.last(f":{server} BATCH +{reference} labeled-response\r\n".encode()),
            *(line if _in_batch(line) else tagged(line, inner) for line in self.lines),
            f":{server} BATCH -{reference}\r\n".encode(),
        ]

    def last(self, line: bytes) -> bytes:
        """``line`` as the whole of the answer."""
        return tagged(line, b"label=" + escape(self.text).encode())


def raw_label(line: bytes) -> str:
    """The label of a line that cannot be parsed, or of which only the head is known."""
    if line[:1] != b"@":
        return ""
    section, _, _ = line[1:].partition(b" ")
    found = ""
    for item in section.split(b";"):
        if item.startswith(b"label="):
            found = unescape(item[6:].decode(errors="ignore"))
    return found


def tagged(line: bytes, tag: bytes) -> bytes:
    """``line`` with one more tag in front."""
    if line[:1] == b"@":
        return b"@" + tag + b";" + line[1:]
    return b"@" + tag + b" " + line


def _in_batch(line: bytes) -> bool:
    return line.startswith(b"@batch=")


def _reference(line: bytes, sign: bytes) -> bytes:
    """The reference of the batch that a line opens (``sign`` "+") or ends ("-"); b"" for none."""
    words = line.rstrip(b"\r\n").split(b" ", 4)
    if words[0][:1] == b"@":
        del words[0]
    if len(words) > 2 and words[1] == b"BATCH" and words[2][:1] == sign:
        return words[2][1:]
    return b""


def _is_one_batch(lines: list[bytes]) -> bool:
    """True if the answer is a batch of its own, which then carries the label."""
    reference = _reference(lines[0], b"+")
    return (
        reference != b""
        and _reference(lines[-1], b"-") == reference
        and all(_in_batch(line) for line in lines[1:-1])
    )
