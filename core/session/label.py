"""Labelled responses: everything a command is answered with, as one logical message.

Source: https://ircv3.net/specs/extensions/labeled-response
"""

from core.wire.tags import escape

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
        label = f"label={escape(self.text)}".encode()
        if not self.lines:
            return [b"@" + label + f" :{server} ACK\r\n".encode()]
        if len(self.lines) == 1 or _is_one_batch(self.lines, server):
            return [tagged(self.lines[0], label), *self.lines[1:]]
        inner = f"batch={reference}".encode()
        return [
            b"@" + label + f" :{server} BATCH +{reference} labeled-response\r\n".encode(),
            *(line if _in_batch(line) else tagged(line, inner) for line in self.lines),
            f":{server} BATCH -{reference}\r\n".encode(),
        ]


def tagged(line: bytes, tag: bytes) -> bytes:
    """``line`` with one more tag in front."""
    if line[:1] == b"@":
        return b"@" + tag + b";" + line[1:]
    return b"@" + tag + b" " + line


def _in_batch(line: bytes) -> bool:
    return line.startswith(b"@batch=")


def _is_one_batch(lines: list[bytes], server: str) -> bool:
    """True if the answer is a batch of its own, which then carries the label."""
    return lines[0].startswith(f":{server} BATCH +".encode()) and all(
        _in_batch(line) for line in lines[1:-1]
    )
