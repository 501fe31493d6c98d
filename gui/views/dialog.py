"""The frame that all dialogs share: a window over the main one, in the look's colours."""

import tkinter
from collections.abc import Callable
from tkinter import ttk

from gui.theme import Look


class Dialog(tkinter.Toplevel):
    """A titled column of widgets; Escape and the window's cross mean `on_cancel`."""

    def __init__(self, look: Look, title: str, on_cancel: Callable[[], None]) -> None:
        super().__init__(look.root, class_=look.root.winfo_class())
        self.withdraw()
        self.look = look
        self._cancel = on_cancel
        self._focused: tkinter.Misc = self  # the widget that has, or had last, the focus
        self.title(title)
        self.configure(background=look.palette.side)
        self.resizable(False, False)
        self.protocol("WM_DELETE_WINDOW", on_cancel)
        self.bind("<Escape>", lambda _: on_cancel())
        self.bind("<FocusIn>", lambda event: self._remember_focus(event.widget))
        self.body = ttk.Frame(self, padding=look.px(24))
        self.body.pack(fill="both", expand=True)
        heading = ttk.Label(self.body, text=title, style="Heading.TLabel")
        heading.grid(row=0, column=0, columnspan=3, sticky="w", pady=(0, look.px(18)))

    def appear(self, first: tkinter.Widget) -> None:
        """Show it in the middle of the main window (or the screen), and go to `first`."""
        root = self.look.root
        self.update_idletasks()
        width, height = self.winfo_reqwidth(), self.winfo_reqheight()
        if root.winfo_viewable():
            self.transient(root)
            x = root.winfo_rootx() + (root.winfo_width() - width) // 2
            y = root.winfo_rooty() + (root.winfo_height() - height) // 3
        else:
            x = (self.winfo_screenwidth() - width) // 2
            y = (self.winfo_screenheight() - height) // 3
        self.geometry(f"+{max(0, x)}+{max(0, y)}")
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
        self._focused.focus_set()

    def _remember_focus(self, widget: tkinter.Misc) -> None:
        if widget is not self:
            self._focused = widget

    def buttons(
        self, row: int, accept: str, on_accept: Callable[[], None], cancel: str = "Cancel"
    ) -> ttk.Button:
        """The last line; returns the button that accepts."""
        px = self.look.px
        frame = ttk.Frame(self.body)
        frame.grid(row=row, column=0, columnspan=3, sticky="e", pady=(px(12), 0))
        no = ttk.Button(frame, text=cancel, command=self._cancel, width=11)
        yes = ttk.Button(frame, text=accept, command=on_accept, style="Accent.TButton", width=11)
        for button in (no, yes):
            button.pack(side="left", padx=(px(8), 0))
            button.bind("<Return>", lambda event: press(event.widget))
        return yes


def press(widget: tkinter.Misc) -> str:
    """Return presses the button that has the focus."""
    if isinstance(widget, ttk.Button):
        widget.invoke()
    return "break"
