"""A real root window on the test screen, and a way to wait for what Tk does."""

import gc
import time
import tkinter
from collections.abc import Callable, Iterator

import pytest

from gui.palette import DARK
from gui.theme import Look
from gui.views.loop import new_root

SECONDS = 10.0

Until = Callable[[Callable[[], object]], None]


def texts(canvas: tkinter.Canvas, tag: str = "all") -> list[str]:
    """All that is written on a canvas."""
    call = canvas.tk.call
    path = str(canvas)
    items = canvas.find_withtag(tag)
    written = [item for item in items if str(call(path, "type", item)) == "text"]
    return [str(call(path, "itemcget", item, "-text")) for item in written]


def primary(widget: tkinter.Misc) -> str:
    """What is selected, as another program would get it."""
    return str(widget.tk.call("selection", "get", "-selection", "PRIMARY", "-type", "UTF8_STRING"))


@pytest.fixture
def root(display: str) -> Iterator[tkinter.Tk]:
    """A window of 900 x 600."""
    made = new_root()
    made.geometry("900x600+0+0")
    made.deiconify()
    yield made
    made.destroy()
    gc.collect()  # here, in Tk's own thread: images that another thread collects cannot be deleted


@pytest.fixture
def look(root: tkinter.Tk) -> Look:
    """The dark look at scale 1."""
    return Look(root, DARK, 1.0)


@pytest.fixture
def until(root: tkinter.Tk) -> Until:
    """`until(condition)` lets Tk work until it holds; fails after ten seconds."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + SECONDS
        while True:
            root.update()
            if condition():
                return
            assert time.monotonic() < deadline, "it did not come to that"
            time.sleep(0.002)

    return wait
