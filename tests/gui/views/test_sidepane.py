"""The list's width is dragged within limits, and gives way in a narrow window."""

import tkinter

import pytest

from gui.theme import Look
from gui.views.sidepane import SidePane
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


def test_dragging(root: tkinter.Tk, look: Look, until: Until) -> None:
    side, messages = tkinter.Frame(root), tkinter.Frame(root, width=100, height=100)
    side.grid(row=0, column=0, sticky="nsew")
    side.pack_propagate(False)
    tkinter.Canvas(side).pack(fill="both", expand=True)
    messages.grid(row=0, column=1, sticky="nsew")
    root.columnconfigure(1, weight=1)
    root.rowconfigure(0, weight=1)
    pane = SidePane(look, side, messages)
    until(lambda: side.winfo_width() == 310)
    pane._grip.event_generate("<Motion>", state=0x100, x=400 - 310)
    until(lambda: side.winfo_width() == 400)
    assert pane.side == 400
    pane._grip.event_generate("<Motion>", state=0x100, x=40 - 400)
    until(lambda: side.winfo_width() == 220)
    pane.set_side(9999)
    assert pane.side == 520
    root.geometry("600x600")
    until(lambda: side.winfo_width() == 600 - 320)
    assert pane.side == 520
    for _ in range(2):
        pane._grip.event_generate("<Button-1>")
    until(lambda: pane.side == 0)
    look.change(look.palette, 2.0)
    assert side.cget("width") == 240
