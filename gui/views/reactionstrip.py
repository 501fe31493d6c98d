"""The quick reactions of a message: a row of emoji, and what opens all the others.

It takes the keyboard while it is open: left and right, Return, Escape.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from gui.model.text import drawable
from gui.views.layout import Box
from gui.views.plate import plate, shadow_room

if TYPE_CHECKING:
    from gui.views.messagelist import MessageList

QUICK: Final = ("👍", "❤️", "😂", "😮", "😢", "🙏")
_TAG: Final = "strip"
_TILE: Final = 36  # pixels at scale 1


class ReactionStrip:
    """`uid` is the message that is reacted to, 0 while it is closed.  `on_pick` gets the uid and
    the emoji, `on_more` the uid and a place of the screen."""

    def __init__(self, view: MessageList) -> None:
        self._view = view
        self.uid = 0
        self.on_pick: Callable[[int, str], None] = lambda uid, emoji: None
        self.on_more: Callable[[int, int, int], None] = lambda uid, x, y: None
        self._lit = -1
        self._boxes: list[Box] = []
        first = f"strip{view}"  # before all other bindings
        view.bindtags((first, *view.bindtags()))
        view.bind_class(first, "<Key>", self._pressed)
        view.bind("<FocusOut>", lambda _: self.close(), add=True)

    def _pressed(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        return "break" if self.key(str(event.keysym)) else None

    def open(self, uid: int) -> None:
        """Show it beside the message."""
        self.uid, self._lit = uid, 0
        self._view.hover.hide()
        self._view.focus_set()
        self.draw()

    def close(self) -> None:
        """Hide it."""
        if self.uid:
            self.uid, self._boxes = 0, []
            self._view.delete(_TAG)

    # --- drawing ------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw it anew, where its row stands now."""
        view = self._view
        view.delete(_TAG)
        self._boxes = []
        row = view.row_of(self.uid) if self.uid else None
        if row is None:
            self.uid = 0
            return
        look = view.look
        px, tile = look.px, look.px(_TILE)
        width, tall = tile * (len(QUICK) + 1) + px(8), tile + px(4)
        left, top, right, bottom = row.layout.box
        x = right - width if row.layout.message.own else left
        x = min(max(px(4), x), view.winfo_width() - width - px(14))
        y = row.y + top - tall - px(4)
        if y < px(2):
            y = min(row.y + bottom + px(4), view.winfo_height() - tall - px(4))
        ground, room = plate(look, width, tall, tall // 2), shadow_room(look)
        view.create_image(x - room, y - room, image=ground, anchor="nw", tags=_TAG)
        x += px(4)
        for number in range(len(QUICK) + 1):
            box = (x, y + px(2), x + tile, y + px(2) + tile)
            self._boxes.append(box)
            self._draw_tile(number, box)
            x += tile

    def _draw_tile(self, number: int, box: Box) -> None:
        view, look = self._view, self._view.look
        px, palette = look.px, look.palette
        left, top, right, bottom = box
        ground = palette.field
        if number == self._lit:
            ground = palette.pressed
            disc = look.images.pill(right - left, bottom - top, ground, "")
            view.create_image(left, top, image=disc, anchor="nw", tags=_TAG)
        centre = ((left + right) // 2, (top + bottom) // 2)
        if number == len(QUICK):
            icon = look.images.icon("plus", px(24), palette.text, ground)
            view.create_image(*centre, image=icon, tags=_TAG)
        elif picture := look.images.emoji(QUICK[number], px(24), ground):
            view.create_image(*centre, image=picture, tags=_TAG)
        else:
            view.create_text(
                *centre, text=drawable(QUICK[number]), font=look.fonts["text"],
                fill=palette.text, tags=_TAG,
            )  # fmt: skip

    # --- pointer and keys ---------------------------------------------------------------

    def index_at(self, x: int, y: int) -> int:
        """The tile at this place, -1 for none."""
        for number, (left, top, right, bottom) in enumerate(self._boxes):
            if left <= x < right and top <= y < bottom:
                return number
        return -1

    def point(self, x: int, y: int) -> None:
        """The pointer has moved."""
        number = self.index_at(x, y)
        if number >= 0 and number != self._lit:
            self._lit = number
            self.draw()

    def click(self, x: int, y: int) -> None:
        """A press anywhere: it takes a reaction or closes the strip."""
        self._take(self.index_at(x, y))

    def key(self, name: str) -> bool:
        """A key was pressed; True if it was meant for the strip."""
        if not self.uid:
            return False
        if name in ("Left", "Right"):
            step = 1 if name == "Right" else -1
            self._lit = (self._lit + step) % (len(QUICK) + 1)
            self.draw()
        elif name in ("Return", "KP_Enter", "space"):
            self._take(self._lit)
        elif name in ("Escape", "Tab"):
            self.close()
        elif name.isdecimal() and 1 <= int(name) <= len(QUICK):
            self._take(int(name) - 1)
        else:
            return False
        return True

    def _take(self, number: int) -> None:
        view, uid = self._view, self.uid
        box = self._boxes[number] if 0 <= number < len(self._boxes) else None
        self.close()
        if box is None:
            return
        if number < len(QUICK):
            self.on_pick(uid, QUICK[number])
        else:
            self.on_more(uid, view.winfo_rootx() + box[0], view.winfo_rooty() + box[3])
