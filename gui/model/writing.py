"""Where messages are typed: what the presenter tells its view, as plain values."""

from typing import NamedTuple, Protocol


class Hint(NamedTuple):
    """A line of the popup: `insert` takes the place of the word before the cursor.

    `emoji` or `person` (whose avatar) may stand before `label`; `about` stands behind it.
    """

    label: str
    insert: str
    about: str = ""
    emoji: str = ""
    person: str = ""


class Hints(NamedTuple):
    """What could be meant by `word`, which ends at the cursor.

    `chosen` is the line that Return takes, -1 for none: Return sends then.  `usage` (a command's
    words) and `about` are shown alone.  `replace` says that the word is to become this at once.
    """

    word: str = ""
    rows: tuple[Hint, ...] = ()
    chosen: int = -1
    usage: str = ""
    about: str = ""
    replace: str = ""


class Quote(NamedTuple):
    """The message that the draft answers: whose it is, its text, and the colour that its sender
    has chosen, '' for none."""

    name: str
    key: str
    text: str
    color: str = ""


class Gate(NamedTuple):
    """What keeps from writing here: `join` is the label of a button in place of the field ('' for
    the field); `notice` is a line above it ('' for none)."""

    join: str = ""
    notice: str = ""


class ComposerScreen(Protocol):
    """The composer's view, as the presenter sees it."""

    def show_gate(self, gate: Gate) -> None:
        """Whether one can write here."""

    def show_quote(self, quote: Quote | None) -> None:
        """The message that is answered; None hides the bar."""
