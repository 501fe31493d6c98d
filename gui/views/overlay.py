"""What lies over the messages: the scroll bar's thumb, the buttons to the newest message and up to
the first that is new, and while one scrolls the day."""

import tkinter

from gui.theme import Look
from gui.views.viewport import Place

_TAG = "over"
_ABOVE, _EMPTY = "New messages", "No messages here yet"
Box = tuple[int, int, int, int]


class Overlay:
    """Draws on the canvas of a message list; `thumb`, `button` and `up` are boxes, None if absent.
    While `scrolling` it shows the day."""

    def __init__(self, canvas: tkinter.Canvas, look: Look) -> None:
        self._canvas, self._look = canvas, look
        self.thumb: Box | None = None
        self.button: Box | None = None
        self.up: Box | None = None
        self.scrolling = False

    def draw(
        self, place: Place, *, new: int, at_end: bool, day: str = "", unseen: bool = False
    ) -> None:
        """Draw all anew; `new` messages have come in below, at the upper edge it is `day`; with
        `unseen` the first new message is somewhere above."""
        self._canvas.delete(_TAG)
        self.thumb = self._thumb_box(place)
        if self.thumb is not None:
            fill = self._look.palette.thumb
            self._canvas.create_rectangle(*self.thumb, fill=fill, width=0, tags=_TAG)
        self.button = self.up = None
        if unseen:
            self._draw_up()
        if not at_end:
            self._draw_button(f"{new} new" if new else "")
        if day and self.scrolling:
            self._draw_chip(day, self._look.px(8))

    def draw_empty(self) -> None:
        """There is nothing."""
        self._canvas.delete(_TAG)
        self.thumb = self.button = self.up = None
        self._draw_chip(_EMPTY, self._canvas.winfo_height() * 9 // 20)

    def _draw_chip(self, text: str, top: int) -> None:
        look, px, canvas = self._look, self._look.px, self._canvas
        wide = look.fonts.measure("small", text) + px(24)
        tall = look.fonts.line("small") + px(7)
        middle = canvas.winfo_width() // 2
        pill = look.images.pill(wide, tall, look.palette.chip, "")
        canvas.create_image(middle, top, image=pill, anchor="n", tags=_TAG)
        canvas.create_text(
            middle, top + tall // 2, text=text, font=look.fonts["small"],
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

    def _draw_up(self) -> None:
        """Below the place of the day."""
        look, px, canvas = self._look, self._look.px, self._canvas
        wide, tall = look.fonts.measure("small_bold", _ABOVE) + px(48), px(30)
        left, top = (canvas.winfo_width() - wide) // 2, px(14) + look.fonts.line("small") + px(7)
        self.up = (left, top, left + wide, top + tall)
        pill = look.images.pill(wide, tall, look.palette.accent, "")
        canvas.create_image(left, top, image=pill, anchor="nw", tags=_TAG)
        colour, middle = look.palette.on_accent, top + tall // 2
        arrow = look.images.icon("chevron_up", px(24), colour, "")
        canvas.create_image(left + px(6), middle, image=arrow, anchor="w", tags=_TAG)
        canvas.create_text(
            left + px(32), middle, text=_ABOVE, anchor="w", fill=colour,
            font=look.fonts["small_bold"], tags=_TAG,
        )  # fmt: skip

    def on_button(self, x: int, y: int) -> bool:
        """True if that is the button to the newest message."""
        return _inside(self.button, x, y)

    def on_up(self, x: int, y: int) -> bool:
        """True if that is the button to the first new one."""
        return _inside(self.up, x, y)


def _inside(box: Box | None, x: int, y: int) -> bool:
    return box is not None and box[0] <= x < box[2] and box[1] <= y < box[3]
