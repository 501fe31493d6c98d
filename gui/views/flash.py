"""Makes a message stand out for a moment: a veil over its bubble that fades away."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageTk

from gui.theme import Look
from gui.views.icons import rgba

if TYPE_CHECKING:
    from gui.views.viewport import Visible

_VEILS: Final = (120, 120, 120, 110, 90, 65, 40, 18)  # how dense it is, of 255
_STEP: Final = 150  # milliseconds
_TAG: Final = "flash"


class Flash:
    """Of one message list; does nothing while nothing stands out."""

    def __init__(self, canvas: tkinter.Canvas, look: Look) -> None:
        self._canvas, self._look = canvas, look
        self.uid = 0
        self._stage = 0
        self._timer = ""
        self._picture: ImageTk.PhotoImage | None = None
        self._drawn: tuple[int, ...] = ()
        self._rows: Sequence[Visible] = ()
        canvas.bind("<Destroy>", lambda _: self._stop(), add=True)

    def begin(self, uid: int) -> None:
        """Let the message `uid` stand out as soon as it is drawn."""
        self._stop()
        self.uid = uid
        self._timer = self._canvas.after(_STEP, self._fade)

    def _fade(self) -> None:
        self._stage += 1
        if self._stage >= len(_VEILS):
            self._stop()
            return
        self._timer = self._canvas.after(_STEP, self._fade)
        self.draw(self._rows)

    def _stop(self) -> None:
        if self._timer:
            self._canvas.after_cancel(self._timer)
        self._timer, self.uid, self._stage, self._drawn = "", 0, 0, ()
        self._picture, self._rows = None, ()
        if self._canvas.winfo_exists():
            self._canvas.delete(_TAG)

    def draw(self, rows: Sequence[Visible]) -> None:
        """The rows have been drawn."""
        if not self.uid:
            return
        self._rows = rows
        row = next((one for one in rows if one.layout.message.uid == self.uid), None)
        if row is None:
            self._canvas.delete(_TAG)
            self._drawn = ()
            return
        left, top, right, bottom = row.layout.box
        place = (left, row.y + top, right, row.y + bottom, self._stage)
        if place == self._drawn:
            self._canvas.tag_raise(_TAG)
            return
        self._drawn = place
        self._canvas.delete(_TAG)
        self._picture = self._veil(right - left, bottom - top)
        self._canvas.create_image(
            left, row.y + top, image=str(self._picture), anchor="nw", tags=_TAG
        )

    def _veil(self, width: int, height: int) -> ImageTk.PhotoImage:
        colour = (*rgba(self._look.palette.unread)[:3], _VEILS[self._stage])
        picture = Image.new("RGBA", (max(1, width), max(1, height)), (*colour[:3], 0))
        box = (0, 0, width - 1, height - 1)
        ImageDraw.Draw(picture).rounded_rectangle(box, self._look.px(12), fill=colour)
        return ImageTk.PhotoImage(picture)
