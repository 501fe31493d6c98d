"""The selected text of the message list on the clipboard, and for X11's middle button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.views.selection import chunk

if TYPE_CHECKING:
    from gui.views.messagelist import MessageList


class Copying:
    """Binds the keys and answers other programs."""

    def __init__(self, view: MessageList) -> None:
        self._view = view
        view.bind("<Control-c>", lambda _: self.copy())
        view.bind("<<Copy>>", lambda _: self.copy())
        for kind in ("UTF8_STRING", "STRING"):
            view.selection_handle(self._primary, selection="PRIMARY", type=kind)

    def text(self) -> str:
        """What would be copied: what is selected, else the message under the cursor."""
        view = self._view
        if view.selection.empty:
            message = view.timeline.get(view.cursor.uid)
            return message.text if message is not None else ""
        return view.selection.text(view.timeline.messages)

    def copy(self) -> str:
        """Put it on the clipboard."""
        self.put(self.text())
        return "break"

    def put(self, text: str) -> None:
        """Put any text there."""
        if text:
            self._view.clipboard_clear()
            self._view.clipboard_append(text, type="UTF8_STRING")

    def own(self) -> None:
        """Something is selected: other programs may ask for it."""
        if not self._view.selection.empty:
            self._view.selection_own(selection="PRIMARY", command=self._lost)

    def _lost(self) -> None:
        self._view.selection.clear()
        self._view.redraw_soon()

    def _primary(self, offset: str, limit: str) -> str:
        text = self._view.selection.text(self._view.timeline.messages)
        return chunk(text, int(offset), int(limit))
