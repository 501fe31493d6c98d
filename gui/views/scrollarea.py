"""A column of widgets that scrolls when there is not enough room for all of it."""

import tkinter
from tkinter import ttk

from gui.theme import Look

_STEP = 48  # pixels at scale 1, for a notch of the wheel


class ScrollArea(ttk.Frame):
    """`inner` holds the widgets.  It is as wide as they want, and as high, up to `highest` pixels
    (0: as high as its place); where the focus goes is scrolled into view."""

    def __init__(self, parent: tkinter.Misc, look: Look, highest: int = 0) -> None:
        super().__init__(parent)
        self._look, self.highest = look, highest
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self._bar = ttk.Scrollbar(self, orient="vertical", command=self._canvas.yview)
        self._canvas.configure(yscrollcommand=self._bar.set)
        self._canvas.pack(side="left", fill="both", expand=True)
        self.inner = ttk.Frame(self._canvas)
        self._item = self._canvas.create_window(0, 0, window=self.inner, anchor="nw")
        self.inner.bind("<Configure>", lambda _: self._fit())
        self._canvas.bind("<Configure>", lambda _: self._fit_width())
        top = self.winfo_toplevel()
        for event, steps in (("<Button-4>", -1), ("<Button-5>", 1)):
            top.bind(event, lambda _, steps=steps: self._wheel(steps), add=True)  # type: ignore[misc]
        top.bind("<MouseWheel>", lambda event: self._wheel(-1 if event.delta > 0 else 1), add=True)
        top.bind("<FocusIn>", lambda event: self._reveal(event.widget), add=True)
        look.follow(self, self._restyle)

    @property
    def scrolls(self) -> bool:
        """True if there is more than can be seen."""
        return self.inner.winfo_reqheight() > self._canvas.winfo_height() > 1

    def clear(self) -> None:
        """Remove all widgets, to be filled anew."""
        for widget in self.inner.winfo_children():
            widget.destroy()
        self._canvas.yview_moveto(0.0)

    def _restyle(self) -> None:
        self._canvas.configure(
            background=self._look.palette.side, yscrollincrement=self._look.px(_STEP)
        )

    def _fit(self) -> None:
        width, height = self.inner.winfo_reqwidth(), self.inner.winfo_reqheight()
        self._canvas.configure(width=width, scrollregion=(0, 0, width, height))
        if self.highest:
            self._canvas.configure(height=min(height, self.highest))
        self._show_bar()

    def _fit_width(self) -> None:
        self._canvas.itemconfigure(self._item, width=self._canvas.winfo_width())
        self._show_bar()

    def _show_bar(self) -> None:
        if self.scrolls:
            px = self._look.px
            self._bar.place(relx=1.0, y=px(4), relheight=1.0, height=-px(8), x=-px(3), anchor="ne")
            tkinter.Misc.lift(self._bar)
        else:
            self._bar.place_forget()

    def _wheel(self, steps: int) -> None:
        if self.winfo_exists() and self.winfo_viewable() and self.scrolls:
            self._canvas.yview_scroll(steps, "units")

    def _reveal(self, widget: tkinter.Misc) -> None:
        """Scroll as little as needed to show a widget that is in here."""
        if not isinstance(widget, tkinter.Misc) or not str(widget).startswith(f"{self.inner}."):
            return
        if not self.winfo_viewable() or not self.scrolls:
            return
        total, visible = self.inner.winfo_reqheight(), self._canvas.winfo_height()
        top = widget.winfo_rooty() - self.inner.winfo_rooty()
        low, margin = top + widget.winfo_height(), self._look.px(12)
        seen = self._canvas.canvasy(0)
        if top - margin < seen:
            self._canvas.yview_moveto(max(0, top - margin) / total)
        elif low + margin > seen + visible:
            self._canvas.yview_moveto((low + margin - visible) / total)
