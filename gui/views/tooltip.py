"""A few words beside the pointer that say what a control does, and by which key."""

import tkinter

from gui.model.text import drawable
from gui.theme import Look

_DELAY = 500  # milliseconds


class Tooltip:
    """Shown after a moment over `widget`, or as soon as the focus comes there by the keyboard."""

    def __init__(self, widget: tkinter.Misc, look: Look, text: str, keys: str = "") -> None:
        self._widget, self._look, self.text, self.keys = widget, look, text, keys
        self._timer = ""
        self._window: tkinter.Toplevel | None = None
        widget.bind("<Enter>", lambda _: self._later(), add=True)
        for event in ("<Leave>", "<ButtonPress>", "<KeyPress>", "<FocusOut>", "<Unmap>"):
            widget.bind(event, lambda _: self.hide(), add=True)
        widget.bind("<Destroy>", lambda _: self.hide(), add=True)

    @property
    def shown(self) -> bool:
        """True while it is on the screen."""
        return self._window is not None

    def _later(self) -> None:
        self._cancel()
        self._timer = self._widget.after(_DELAY, self.show)

    def _cancel(self) -> None:
        if self._timer:
            self._widget.after_cancel(self._timer)
            self._timer = ""

    def hide(self) -> None:
        """Not any more."""
        self._cancel()
        if self._window is not None:
            self._window.destroy()
            self._window = None

    def show(self) -> None:
        """Now."""
        self.hide()
        if not self._widget.winfo_viewable():
            return
        look, px, palette = self._look, self._look.px, self._look.palette
        window = self._window = tkinter.Toplevel(self._widget)
        window.withdraw()
        window.overrideredirect(True)
        gap, height = px(10), px(28)
        first = look.fonts.measure("small", self.text)
        second = look.fonts.measure("small", self.keys) + px(10) if self.keys else 0
        width = first + second + 2 * gap
        canvas = tkinter.Canvas(
            window, width=width, height=height, highlightthickness=1, borderwidth=0,
            background=palette.field, highlightbackground=palette.edge,
        )  # fmt: skip
        canvas.pack()
        middle = height // 2 + 1
        font = look.fonts["small"]
        canvas.create_text(
            gap, middle, text=drawable(self.text), anchor="w", font=font, fill=palette.text
        )
        canvas.create_text(
            width - gap + 1, middle, text=self.keys, anchor="e", font=font, fill=palette.muted
        )
        window.geometry(self._place(width + 2, height + 2))
        window.deiconify()
        window.lift()

    def _place(self, width: int, height: int) -> str:
        """Below the widget, or above it at the screen's lower edge; never outside."""
        widget, gap = self._widget, self._look.px(6)
        x = widget.winfo_rootx() + (widget.winfo_width() - width) // 2
        y = widget.winfo_rooty() + widget.winfo_height() + gap
        if y + height > widget.winfo_screenheight():
            y = widget.winfo_rooty() - height - gap
        x = max(gap, min(x, widget.winfo_screenwidth() - width - gap))
        return f"+{x}+{y}"
