"""The frame that all dialogs share: a window over the main one, in the look's colours."""

import tkinter
from collections.abc import Callable
from tkinter import ttk

from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import Heading, press
from gui.views.scrollarea import ScrollArea

_MARGIN = 24  # pixels at scale 1, around the dialog's content
_ROOM = 80  # pixels of the screen that a dialog leaves to others


class Dialog(tkinter.Toplevel):
    """A titled column of widgets in `body`; Escape and the window's cross mean `on_cancel`.

    It is as large as its content wants, scrolls where the screen is too small for that, and
    changes its colours with the look.  `margin` is the room around the content, at scale 1.
    """

    middle = 0.5  # where its middle is in the main window, from left to right
    below = 0  # how many pixels there are above it, at least

    def __init__(
        self,
        look: Look,
        title: str,
        on_cancel: Callable[[], None],
        *,
        heading: bool = True,
        margin: int = _MARGIN,
    ) -> None:
        super().__init__(look.root, class_=look.root.winfo_class())
        self.withdraw()
        self.look = look
        self._cancel = on_cancel
        self._margin = margin
        self._size = (self.winfo_screenwidth(), self.winfo_screenheight())  # the last one
        self._scale = look.scale  # at which it is laid out
        self._focused: tkinter.Misc = self  # the widget that has, or had last, the focus
        self.title(drawable(title))
        self.resizable(False, False)
        self.protocol("WM_DELETE_WINDOW", on_cancel)
        self.bind("<Escape>", lambda _: on_cancel())
        self.bind("<Configure>", lambda event: self._stay() if event.widget is self else None)
        self.bind("<FocusIn>", lambda event: self._remember_focus(event.widget))
        self._area = ScrollArea(self, look, self.winfo_screenheight() - _ROOM)
        self._area.pack(fill="both", expand=True)
        self.body = self._area.inner
        if heading:
            label = Heading(self.body, look, title)
            label.grid(row=0, column=0, columnspan=3, sticky="w", pady=(0, look.px(18)))
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        palette, ratio = self.look.palette, self.look.scale / self._scale
        if ratio != 1.0:
            self._scale = self.look.scale
            spread(self._area, ratio)  # what lays itself out anew comes after this
        self.configure(
            background=palette.side, highlightthickness=1, highlightbackground=palette.edge,
            highlightcolor=palette.edge,
        )  # fmt: skip
        self.body.configure(padding=self.look.px(self._margin))

    def default(self, button: ttk.Button) -> None:
        """Return presses this one, wherever the focus is but on another button."""
        self.bind("<Return>", lambda _: button.invoke())

    def appear(self, first: tkinter.Widget) -> None:
        """Show it in the middle of the main window (or the screen), and go to `first`."""
        root = self.look.root
        self.update_idletasks()
        width, height = self.winfo_reqwidth(), self.winfo_reqheight()
        if root.winfo_viewable():
            self.transient(root)
            x = root.winfo_rootx() + round(root.winfo_width() * self.middle) - width // 2
            y = root.winfo_rooty() + max(self.below, (root.winfo_height() - height) // 3)
        else:
            x = (self.winfo_screenwidth() - width) // 2
            y = (self.winfo_screenheight() - height) // 3
        self._place_at(x, y)
        self.deiconify()
        self.lift()
        self.go_to(first)

    def _place_at(self, x: int, y: int) -> None:
        """Place it there, but on the screen."""
        x = max(0, min(x, self.winfo_screenwidth() - self.winfo_reqwidth()))
        y = max(0, min(y, self.winfo_screenheight() - self.winfo_reqheight()))
        self.geometry(f"+{x}+{y}")

    def _stay(self) -> None:
        """If it has become larger: no part of it may leave the screen for that."""
        before, self._size = self._size, (self.winfo_width(), self.winfo_height())
        if self._size[0] <= before[0] and self._size[1] <= before[1]:
            return
        right = self.winfo_rootx() + self._size[0]
        bottom = self.winfo_rooty() + self._size[1]
        if right > self.winfo_screenwidth() or bottom > self.winfo_screenheight():
            self._place_at(self.winfo_rootx(), self.winfo_rooty())

    def go_to(self, widget: tkinter.Misc) -> None:
        """Give the focus to one of the widgets."""
        self._focused = widget
        widget.focus_set()

    def come_back(self) -> None:
        """The main window was clicked, but this comes first."""
        self.lift()
        (self._focused if self._focused.winfo_exists() else self).focus_set()

    def _remember_focus(self, widget: tkinter.Misc) -> None:
        if widget is not self:
            self._focused = widget

    def buttons(
        self,
        row: int,
        accept: str,
        on_accept: Callable[[], None],
        cancel: str = "Cancel",
        style: str = "Accent.TButton",
    ) -> ttk.Button:
        """The last line; returns the button that accepts."""
        px = self.look.px
        frame = ttk.Frame(self.body)
        frame.grid(row=row, column=0, columnspan=3, sticky="e", pady=(px(12), 0))
        no = ttk.Button(frame, text=cancel, command=self._cancel, width=11)
        yes = ttk.Button(frame, text=accept, command=on_accept, style=style, width=11)
        for button in (no, yes):
            button.pack(side="left", padx=(px(8), 0))
            button.bind("<Return>", press)
        return yes


def spread(parent: tkinter.Misc, ratio: float) -> None:
    """Make the room between the widgets in `parent` so much larger, or smaller."""
    for axis, many in (("column", parent.grid_size()[0]), ("row", parent.grid_size()[1])):
        for place in range(many):
            least = parent.tk.call("grid", f"{axis}configure", str(parent), place, "-minsize")
            if least:
                pixels = round(int(least) * ratio)
                parent.tk.call("grid", f"{axis}configure", str(parent), place, "-minsize", pixels)
    for widget in parent.winfo_children():
        manager = widget.winfo_manager()
        if manager in ("grid", "pack"):
            told = parent.tk.splitlist(parent.tk.call(manager, "info", str(widget)))
            for name, value in zip(told[::2], told[1::2], strict=True):
                if str(name).endswith(("padx", "pady")):
                    sides = value if isinstance(value, tuple) else str(value).split()
                    pads = [round(int(str(one)) * ratio) for one in sides]
                    parent.tk.call(manager, "configure", str(widget), name, pads)
        spread(widget, ratio)


__all__ = ["Dialog", "press"]
