"""Tk's event loop, for those parts of the window that are no views."""

import contextlib
import tkinter
from collections.abc import Callable
from typing import Protocol

# Tcl's interpreters, for as long as the process lives.  The garbage collector runs in whatever
# thread happens to allocate, and Tcl aborts the process when any but its own thread deletes one.
_interpreters: list[object] = []


class File(Protocol):
    """What Tk can watch."""

    def fileno(self) -> int:
        """Its number."""


def new_root(name: str = "Parlor") -> tkinter.Tk:
    """A hidden main window; `name` is its class, by which the window manager knows it.

    Raises tkinter.TclError where there is no screen.
    """
    root = tkinter.Tk(className=name)
    _interpreters.append(root.tk)
    root.withdraw()
    return root


def close_backdoor(root: tkinter.Tk) -> None:
    """Take Tk's `send` away: with it any program on the screen could run code in this one."""
    with contextlib.suppress(tkinter.TclError):
        root.tk.call("rename", "send", "")


def maximise(root: tkinter.Tk) -> None:
    """Make the window as large as the screen."""
    try:
        root.wm_attributes("-zoomed", True)
    except tkinter.TclError:  # Windows, macOS
        root.state("zoomed")


def maximised(root: tkinter.Tk) -> bool:
    """True if it is."""
    try:
        return bool(root.wm_attributes("-zoomed"))
    except tkinter.TclError:
        return root.state() == "zoomed"


class TkLoop:
    """Timers, files and Tcl commands of one root window."""

    def __init__(self, root: tkinter.Tk) -> None:
        self._root = root
        self.watches = hasattr(root.tk, "createfilehandler")

    def watch(self, file: File, ready: Callable[[], None]) -> None:
        """Have `ready` called when `file` can be read; only where `watches` is True."""
        self._root.tk.createfilehandler(file, tkinter.READABLE, lambda *_: ready())

    def unwatch(self, file: File) -> None:
        """Not any more."""
        with contextlib.suppress(tkinter.TclError):
            self._root.tk.deletefilehandler(file)

    def after(self, milliseconds: int, work: Callable[[], None]) -> None:
        """Have `work` called once, later."""
        self._root.after(milliseconds, work)

    def command(self, name: str, answer: Callable[[], str]) -> None:
        """Register a Tcl command."""
        self._root.tk.createcommand(name, answer)
