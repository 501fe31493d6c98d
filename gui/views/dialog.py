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
        self._focused: tkinter.Misc = self  # the widget that has, or had last, the focus
        self.title(drawable(title))
        self.resizable(False, False)
        self.protocol("WM_DELETE_WINDOW", on_cancel)
        self.bind("<Escape>", lambda _: on_cancel())
        self.bind("<FocusIn>", lambda event: self._remember_focus(event.widget))
        self._area = ScrollArea(self, look, self.winfo_screenheight() - _ROOM)
        self._area.pack(fill="both", expand=True)
        self.body = self._area.inner
        if heading:
            label = Heading(self.body, look, title)
            label.grid(row=0, column=0, columnspan=3, sticky="w", pady=(0, look.px(18)))
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        palette = self.look.palette
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
            y = root.winfo_rooty() + (root.winfo_height() - height) // 3
        else:
            x = (self.winfo_screenwidth() - width) // 2
            y = (self.winfo_screenheight() - height) // 3
        x = max(0, min(x, self.winfo_screenwidth() - width))
        y = max(0, min(y, self.winfo_screenheight() - height))
        self.geometry(f"+{x}+{y}")
        self.deiconify()
        self.lift()
        self.go_to(first)

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


__all__ = ["Dialog", "press"]
