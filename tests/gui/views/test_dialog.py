"""The frame that all dialogs share."""

import tkinter
from tkinter import ttk

import pytest

from gui.theme import Look
from gui.views.dialog import Dialog
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


class Small(Dialog):
    """A line of two buttons."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Small", lambda: None)
        self.body.columnconfigure(1, minsize=look.px(100))
        self.yes = self.buttons(1, "Yes", lambda: None)
        self.label = ttk.Label(self.body, text="words")
        self.label.grid(row=2, column=0, padx=(look.px(10), 0), pady=look.px(6))
        self.appear(self.yes)


def room(dialog: Small) -> list[str]:
    """All that is between its widgets."""
    line = str(dialog.yes.master)
    return [
        str(told)
        for told in (
            dialog.body.cget("padding"),
            dialog.body.columnconfigure(1),
            dialog.label.grid_info()["padx"],
            dialog.label.grid_info()["pady"],
            dialog.tk.call("grid", "info", line),
            dialog.tk.call("pack", "info", str(dialog.yes)),
        )
    ]


def test_the_room_in_a_dialog_follows_the_scale(root: tkinter.Tk, look: Look, until: Until) -> None:
    dialog = Small(look)
    before = room(dialog)
    look.change(look.palette, 2.0)
    larger, fresh = room(dialog), Small(look)
    assert larger != before
    assert larger == [one.replace(str(fresh.body), str(dialog.body)) for one in room(fresh)]
    look.change(look.palette, 1.0)
    assert room(dialog) == before
    dialog.destroy()
    fresh.destroy()


def test_what_grows_stays_on_the_screen(root: tkinter.Tk, look: Look, until: Until) -> None:
    dialog = Small(look)
    until(lambda: dialog.winfo_width() == dialog.winfo_reqwidth())
    x = dialog.winfo_screenwidth() - dialog.winfo_width() - 5
    dialog.geometry(f"+{x}+40")
    until(lambda: abs(dialog.winfo_rootx() - x) < 3)
    look.change(look.palette, 2.0)
    until(lambda: dialog.winfo_rootx() + dialog.winfo_width() <= dialog.winfo_screenwidth())
    dialog.destroy()
