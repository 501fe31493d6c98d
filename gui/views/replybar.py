"""Above the field: the message that is answered, with a cross to let it be."""

import tkinter
from collections.abc import Callable

from gui.model.writing import Quote
from gui.theme import Look
from gui.views.inline import draw_line


class ReplyBar(tkinter.Frame):
    """`on_drop` is called by the cross."""

    def __init__(self, parent: tkinter.Misc, look: Look, on_drop: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = look
        self._quote: Quote | None = None
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self.cross = tkinter.Label(self, borderwidth=0, cursor="hand2", takefocus=True)
        self.cross.pack(side="right")
        self._canvas.pack(side="left", fill="both", expand=True)
        for key in ("<Button-1>", "<Return>", "<space>", "<Escape>"):
            self.cross.bind(key, lambda _: on_drop())
        for event, lit in (("<Enter>", 1), ("<FocusIn>", 1), ("<Leave>", 0), ("<FocusOut>", 0)):
            self.cross.bind(event, lambda _, lit=lit: self._paint_cross(bool(lit)))  # type: ignore[misc]
        self._canvas.bind("<Configure>", lambda _: self._redraw())
        look.follow(self, self._restyle)

    def show(self, quote: Quote) -> None:
        """Another message."""
        self._quote = quote
        self._redraw()

    def _redraw(self) -> None:
        look, px, canvas, quote = self._look, self._look.px, self._canvas, self._quote
        canvas.delete("all")
        if quote is None:
            return
        palette, width = look.palette, canvas.winfo_width()
        colour = palette.name_color(quote.key, quote.color, palette.side)
        canvas.create_image(
            px(6), px(20), anchor="w",
            image=look.images.icon("reply", px(24), palette.link, palette.side),
        )  # fmt: skip
        canvas.create_rectangle(px(40), px(4), px(42), px(37), fill=colour, width=0)
        for y, text, style, fill in (
            (13, f"Reply to {quote.name}", "small_bold", colour),
            (29, quote.text, "small", palette.muted),
        ):
            draw_line(
                canvas, look, text, at=(px(50), px(y)), width=max(0, width - px(54)),
                style=style, colour=fill, background=palette.side,
            )  # fmt: skip

    def _paint_cross(self, lit: bool) -> None:
        look, palette = self._look, self._look.palette
        lit = lit or self.cross.focus_get() is self.cross
        icon = look.images.icon(
            "close", look.px(30), palette.text if lit else palette.muted, palette.side,
            palette.field if lit else "",
        )  # fmt: skip
        self.cross.configure(image=icon, background=palette.side)

    def _restyle(self) -> None:
        palette, px = self._look.palette, self._look.px
        self.configure(background=palette.side)
        self._canvas.configure(background=palette.side, height=px(42), width=px(60))
        self.cross.pack_configure(padx=(px(8), px(4)))
        self._paint_cross(False)
        self._redraw()
