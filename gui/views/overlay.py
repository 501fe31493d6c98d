"""What lies over the messages: the scroll bar's thumb, the button to the newest message, and
while one scrolls the day."""

import tkinter

from gui.theme import Look
from gui.views.viewport import Place

_TAG = "over"
Box = tuple[int, int, int, int]


class Overlay:
    """Draws on the canvas of a message list; `thumb` and `button` are boxes, None if absent.
    While `scrolling` it shows the day."""

    def __init__(self, canvas: tkinter.Canvas, look: Look) -> None:
        self._canvas, self._look = canvas, look
        self.thumb: Box | None = None
        self.button: Box | None = None
        self.scrolling = False

    def draw(self, place: Place, *, new: int, at_end: bool, day: str = "") -> None:
        """Draw all anew; `new` messages have come in below, at the upper edge it is `day`."""
        self._canvas.delete(_TAG)
        self.thumb = self._thumb_box(place)
        if self.thumb is not None:
            fill = self._look.palette.thumb
            self._canvas.create_rectangle(*self.thumb, fill=fill, width=0, tags=_TAG)
        self.button = None
        if not at_end:
            self._draw_button(f"{new} new" if new else "")
        if day and self.scrolling:
            self._draw_day(day)

    def _draw_day(self, day: str) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        wide = look.fonts.measure("small", day) + px(24)
        tall = look.fonts.line("small") + px(7)
        middle = canvas.winfo_width() // 2
        pill = look.images.pill(wide, tall, look.palette.chip, "")
        canvas.create_image(middle, px(8), image=pill, anchor="n", tags=_TAG)
        canvas.create_text(
            middle, px(8) + tall // 2, text=day, font=look.fonts["small"],
            fill=look.palette.chip_text, tags=_TAG,
        )  # fmt: skip

    def _thumb_box(self, place: Place) -> Box | None:
        if place.total <= place.height:
            return None
        px = self._look.px
        size = max(px(30), place.height * place.height // place.total)
        reach = place.total - place.height
        top = (place.height - size) * max(0, min(place.above, reach)) // reach
        right = self._canvas.winfo_width() - px(2)
        return right - px(4), top, right, top + size

    def _draw_button(self, text: str) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        wide = px(36) if not text else look.fonts.measure("small_bold", text) + px(44)
        right, bottom = canvas.winfo_width() - px(18), canvas.winfo_height() - px(12)
        left, top = right - wide, bottom - px(36)
        self.button = (left, top, right, bottom)
        fill, colour = look.palette.field, look.palette.text
        if text:
            fill, colour = look.palette.accent, look.palette.on_accent
        pill = look.images.pill(wide, px(36), fill, "")
        canvas.create_image(left, top, image=pill, anchor="nw", tags=_TAG)
        arrow = look.images.icon("down", px(30), colour, "")
        middle = (top + bottom) // 2
        canvas.create_image(right - px(3), middle, image=arrow, anchor="e", tags=_TAG)
        if text:
            canvas.create_text(
                left + px(15), middle, text=text, anchor="w", fill=colour,
                font=look.fonts["small_bold"], tags=_TAG,
            )  # fmt: skip

    def on_button(self, x: int, y: int) -> bool:
        """True if that is the button."""
        if self.button is None:
            return False
        left, top, right, bottom = self.button
        return left <= x < right and top <= y < bottom
