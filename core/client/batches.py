"""Batches: lines that belong together, put together again.

They nest, and interleave with each other and with single lines.
Source: https://ircv3.net/specs/extensions/batch
"""

from dataclasses import dataclass, field

from core.wire.message import Message

# Open batches of one connection, lines in one batch, and characters in all that are open: past
# these a batch is taken apart into single lines.  The history's pages are far smaller.
MOST_OPEN = 200
MOST_LINES = 20_000
MOST_CHARACTERS = 8_000_000


@dataclass(slots=True)
class Batch:
    """A batch, complete or not."""

    kind: str  # "chathistory", "labeled-response", "netsplit" ...
    params: tuple[str, ...]
    opening: Message  # the line that began it
    label: str  # of the request that it answers, "" for none
    parent: "Batch | None"
    items: list["Message | Batch"] = field(default_factory=list)
    size: int = 0  # characters of its lines, and of the batches inside it that are complete


class Batches:
    """The batches that are open on a connection."""

    __slots__ = ("_open", "_size")

    def __init__(self) -> None:
        self._open: dict[str, Batch] = {}
        self._size = 0  # characters of all lines that are kept

    def take(self, message: Message) -> bool:
        """Put ``message`` into its batch; False if it belongs to none."""
        batch = self._open.get(message.tags.get("batch", ""))
        if batch is None or len(batch.items) >= MOST_LINES or self._size >= MOST_CHARACTERS:
            return False
        size = sum(map(len, message.params)) + sum(map(len, message.tags.values()))
        batch.size += size
        self._size += size
        batch.items.append(message)
        return True

    def change(self, message: Message) -> Batch | None:
        """A BATCH command: the batch that it completes, if that is not inside another."""
        reference = message.param(0)
        if reference.startswith("+"):
            self._begin(reference[1:], message)
            return None
        batch = self._open.pop(reference.removeprefix("-"), None)
        if batch is None:
            return None
        parent = batch.parent
        if parent is not None and len(parent.items) < MOST_LINES:
            parent.items.append(batch)
            parent.size += batch.size
            return None
        self._size -= batch.size
        return batch

    def _begin(self, reference: str, message: Message) -> None:
        if len(self._open) >= MOST_OPEN or reference in self._open:
            return
        self._open[reference] = Batch(
            message.param(1),
            tuple(message.params[2:]),
            message,
            message.tags.get("label", ""),
            self._open.get(message.tags.get("batch", "")),
        )
