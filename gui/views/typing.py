"""Who is typing, under the messages."""

import tkinter

from gui.theme import Look
from gui.views.inline import draw_line

_STEP = 300  # milliseconds between two pictures of the dots
_DOTS = 3


class TypingLine(tkinter.Canvas):
    """Three dots in motion and a text; while nobody types it keeps its place and does nothing."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self._look = look
        self.text = ""
        self._named = True
        self._lit = 0
        self._timer = ""
        self.bind("<Configure>", lambda _: self._draw())
        self.bind("<Destroy>", lambda _: self._stop(), add=True)
        look.follow(self, self._restyle)

    @property
    def moving(self) -> bool:
        """True while the dots move."""
        return bool(self._timer)

    def show(self, text: str) -> None:
        """'' for nobody."""
        if text == self.text:
            return
        self.text = text
        self._stop()
        self._draw()
        if text:
            self._timer = self.after(_STEP, self._turn)

    def align(self, *, named: bool) -> None:
        """Below the bubbles: those of named people stand beside their avatars."""
        if named != self._named:
            self._named = named
            self._draw()

    def _turn(self) -> None:
        self._lit = (self._lit + 1) % (_DOTS + 1)
        self._timer = self.after(_STEP, self._turn)
        for number in range(_DOTS):
            self.itemconfigure(f"dot{number}", image=self._dot(number))

    def _dot(self, number: int) -> str:
        palette, side = self._look.palette, self._look.px(5)
        colour = palette.unread if number == self._lit else palette.muted
        return self._look.images.pill(side, side, colour, palette.chat)

    def _stop(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""

    def _draw(self) -> None:
        self.delete("all")
        if not self.text:
            return
        look, px = self._look, self._look.px
        middle, left = px(11), px(57 if self._named else 19)
        for number in range(_DOTS):
            self.create_image(
                left + number * px(8), middle + px(1), image=self._dot(number), anchor="w",
                tags=f"dot{number}",
            )  # fmt: skip
        start = left + _DOTS * px(8) + px(4)
        draw_line(
            self, look, self.text, at=(start, middle), width=self.winfo_width() - start - px(12),
            style="small", colour=look.palette.muted, background=look.palette.chat,
        )  # fmt: skip

    def _restyle(self) -> None:
        self.configure(background=self._look.palette.chat, height=self._look.px(22), width=1)
        self._draw()
