"""The keyboard on the message list: a cursor that goes from message to message.

The list has the focus by Tab, F6 or a click; the cursor appears with the first arrow.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from gui.model.message import Kind

if TYPE_CHECKING:
    from gui.views.messagelist import MessageList


class Deed(Enum):
    """What the user wants done with a message."""

    REPLY = "reply"
    REACT = "react"
    DELETE = "delete"
    MENU = "menu"


class MessageKeys:
    """`uid` is the message under the cursor, 0 for none."""

    def __init__(self, view: MessageList) -> None:
        self._view = view
        self.uid = 0
        self._focused = False
        self._tag = f"cursor{view}"  # before what others bind to keys of the list
        view.bindtags((self._tag, *view.bindtags()))
        keys: dict[str, Callable[[], object]] = {
            "<Up>": lambda: self.step(-1),
            "<Down>": lambda: self.step(1),
            "<Prior>": lambda: self._page(-1),
            "<Next>": lambda: self._page(1),
            "<Home>": self._home,
            "<End>": self._end,
            "<Control-Home>": self._home,
            "<Control-End>": self._end,
            "<Return>": lambda: self._do(Deed.REPLY),
            "<KP_Enter>": lambda: self._do(Deed.REPLY),
            "<Delete>": lambda: self._do(Deed.DELETE),
            "<Menu>": lambda: self._do(Deed.MENU),
            "<App>": lambda: self._do(Deed.MENU),
            "<Shift-F10>": lambda: self._do(Deed.MENU),
            "<Escape>": self._leave,
        }
        for sequence, command in keys.items():
            self._bind(sequence, command)
        for letter, deed in (("r", Deed.REPLY), ("e", Deed.REACT), ("plus", Deed.REACT)):
            view.bind_class(self._tag, f"<Key-{letter}>", partial(self._letter, deed))
        view.bind("<FocusIn>", lambda _: self._focus(True), add=True)
        view.bind("<FocusOut>", lambda _: self._focus(False), add=True)

    def _bind(self, sequence: str, command: Callable[[], object]) -> None:
        def run(_: tkinter.Event[tkinter.Misc]) -> str:
            command()
            return "break"  # the whole window listens to some of these keys as well

        try:
            self._view.bind_class(self._tag, sequence, run)
        except tkinter.TclError:  # a key that this keyboard does not know
            return

    def shows(self, uid: int) -> bool:
        """True if the message is drawn with the cursor."""
        return self._focused and uid == self.uid

    def forget(self) -> None:
        """Another conversation is shown."""
        self.uid = 0

    def put(self, uid: int) -> None:
        """Move the cursor to a message."""
        self.uid = uid
        self._view.redraw_soon()

    def _focus(self, focused: bool) -> None:
        self._focused = focused
        self._view.redraw_soon()

    # --- moving -------------------------------------------------------------------------

    def step(self, steps: int) -> None:
        """Up or down, over the notes; from nowhere, to the last one in view."""
        view = self._view
        messages = view.timeline.messages
        row = view.timeline.place_of(self.uid) if self.uid else None
        if row is None or view.row_of(self.uid) is None:
            row = self._entry(steps)
        else:
            row = self._beyond(row, steps)
        if row is None:
            return
        self.uid = messages[row].uid
        if row == len(messages) - 1 and not view.timeline.ahead:
            view.to_end()
        else:
            view.viewport.reveal(row)
        view.redraw_soon()

    def _entry(self, steps: int) -> int | None:
        """Where the cursor appears: the last message that is whole in view, or the first."""
        view = self._view
        rows = [
            row for row in view.visible
            if row.layout.message.kind is not Kind.NOTE and row.y >= 0
            and row.y + row.layout.height <= view.winfo_height()
        ] or view.visible  # fmt: skip
        return None if not rows else rows[-1 if steps < 0 else 0].number

    def _beyond(self, row: int, steps: int) -> int | None:
        messages = self._view.timeline.messages
        for next_row in range(row + steps, row + 200 * steps, steps):
            if not 0 <= next_row < len(messages):
                return None
            if messages[next_row].kind is not Kind.NOTE:
                return next_row
        return None

    def _page(self, pages: int) -> None:
        self._view.page(pages)
        if self.uid:
            self.uid = 0
            self.step(-1 if pages > 0 else 1)

    def _home(self) -> None:
        self._view.scroll_to(0.0)
        if self.uid and self._view.visible:
            self.put(self._view.visible[0].layout.message.uid)

    def _end(self) -> None:
        self._view.to_end()
        last = self._view.timeline.last
        if self.uid and last is not None:
            self.put(last.uid)

    # --- doing --------------------------------------------------------------------------

    def _do(self, deed: Deed) -> None:
        if self.uid and self._view.timeline.get(self.uid) is not None:
            self._view.on_deed(deed, self.uid)

    def _letter(self, deed: Deed, _: tkinter.Event[tkinter.Misc]) -> str | None:
        """Letters are typed into the composer, unless a message is chosen."""
        if not self.uid or not self._view.selection.empty:
            return None
        self._do(deed)
        return "break"

    def _leave(self) -> None:
        view = self._view
        if not view.selection.empty:
            view.selection.clear()
            view.redraw_soon()
            return
        self.uid = 0
        view.on_leave()
