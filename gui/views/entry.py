"""A line to type into, whose emoji are pictures, and the box around it.

`EntryBox` is what dialogs are made of; `Entry` alone is for those who draw their own frame.  It
has the methods of Tk's entries, so 0 and "end" are places in it.  What is secret is typed into
`gui.views.secret` instead.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Final

from gui.model.text import one_line
from gui.theme import Look
from gui.views.emojitext import EmojiText

_CLASS: Final = "ParlorEntry"  # the bindtag that all of them have in the place of "Text"
_MOST: Final = 2000  # characters that are taken at once: thousands of pictures would take seconds
#: What a text and a line have in common; all other bindings of texts are not taken over.
_SHARED: Final = """
<<PrevChar>> <<NextChar>> <<PrevWord>> <<NextWord>> <<LineStart>> <<LineEnd>>
<<SelectPrevChar>> <<SelectNextChar>> <<SelectPrevWord>> <<SelectNextWord>>
<<SelectLineStart>> <<SelectLineEnd>> <<SelectNone>> <<PasteSelection>>
<Key> <Key-Delete> <Key-BackSpace> <Key-Insert> <Alt-Key> <Meta-Key> <Control-Key> <Mod4-Key>
<Command-Key> <Button-1> <B1-Motion> <B1-Leave> <B1-Enter> <ButtonRelease-1>
<Double-Button-1> <Triple-Button-1> <Shift-Button-1> <Double-Shift-Button-1>
<Triple-Shift-Button-1> <Control-Button-1> <Button-2> <B2-Motion>
<<TkStartIMEMarkedText>> <<TkEndIMEMarkedText>> <<TkClearIMEMarkedText>>
<<TkAccentBackspace>> <Control-Key-d> <Control-Key-h>
"""
_NOTHING: Final = ("<Return>", "<KP_Enter>", "<Tab>", "<Shift-Tab>", "<Escape>")


class Entry(EmojiText):
    """One line; `on_change` as in `EmojiText`, `on_state` hears that a flag of `state` or the
    focus has changed."""

    def __init__(self, parent: tkinter.Misc, look: Look, width: int = 1) -> None:
        self._flags: set[str] = set()
        self.focused = False
        self.on_state: Callable[[], None] = lambda: None
        super().__init__(parent, look)
        self.configure(width=width, wrap="none", padx=0, pady=0)
        _make_class(self)
        self.bindtags((str(self), _CLASS, str(self.winfo_toplevel()), "all"))
        look.follow(self, self._restyle)

    # --- as entries have it -------------------------------------------------------------

    def get(self, index1: object = "1.0", index2: object = "end") -> str:
        """What is typed, emoji included."""
        return self._read(_place(index1), _place(index2))

    def insert(self, index: object, chars: str, *args: object) -> None:
        """Put more text in."""
        self.tk.call(str(self), "insert", _place(index), chars, *args)

    def delete(self, index1: object, index2: object = None) -> None:
        """Take text out: one character, or all up to `index2`."""
        end = () if index2 is None else (_place(index2),)
        self.tk.call(str(self), "delete", _place(index1), *end)

    def select_range(self, start: object, end: object) -> None:
        """Select a part; the cursor goes to its end."""
        self.tag_remove("sel", "1.0", "end")
        self.tag_add("sel", _place(start), _place(end))
        self.icursor(end)

    def icursor(self, index: object) -> None:
        """Put the cursor there, and have it in sight."""
        self.mark_set("insert", _place(index))
        self.see("insert")

    def state(self, changes: Sequence[str] = ()) -> tuple[str, ...]:
        """Set flags ("invalid") and take them away ("!invalid"), and tell all that hold:
        "invalid", "disabled" and "readonly" are known."""
        before = set(self._flags)
        for change in changes:
            if change.startswith("!"):
                self._flags.discard(change[1:])
            else:
                self._flags.add(change)
        if self._flags != before:
            self._restyle()
        return tuple(sorted(self._flags))

    def instate(self, wanted: Sequence[str]) -> bool:
        """True if all these flags hold; "!invalid" holds if "invalid" does not."""
        return all((one.lstrip("!") in self._flags) != one.startswith("!") for one in wanted)

    # --- the line -----------------------------------------------------------------------

    def set_value(self, text: str) -> None:
        """See `EmojiText`; where nobody is typing, the beginning is seen."""
        super().set_value(text)
        if not self.focused:
            self.xview_moveto(0.0)

    def focus_changed(self, focused: bool) -> None:
        """The keyboard has come or gone."""
        self.focused = focused
        self.on_state()

    def _insert(self, index: str, text: object, *rest: object) -> None:
        super()._insert(index, one_line(str(text))[:_MOST], *rest)

    def _ground(self) -> str:
        palette = self._look.palette
        return palette.disabled if "disabled" in self._flags else palette.field

    def _restyle(self) -> None:
        look, palette = self._look, self._look.palette
        rests = "disabled" in self._flags
        self.configure(
            state="disabled" if self._flags & {"disabled", "readonly"} else "normal",
            takefocus=not rests, background=self._ground(), font=look.fonts["text"],
            foreground=palette.muted if rests else palette.text,
            insertbackground=palette.text, insertwidth=max(1, look.px(1.5)),
            selectbackground=palette.highlight, selectforeground=palette.text,
            inactiveselectbackground=self._ground(),
        )  # fmt: skip
        self.repaint()
        self.on_state()


class EntryBox(ttk.Frame):
    """An `entry` in the look's frame, with an edge where the keyboard is or something is wrong;
    `left` and `right` are pixels at scale 1 that are kept free beside the text."""

    def __init__(
        self, parent: tkinter.Misc, look: Look, width: int = 20, left: int = 0, right: int = 0
    ) -> None:
        super().__init__(parent, style="Field.TFrame", cursor="xterm")
        self._look, self._sides = look, (left, right)
        self.entry = Entry(self, look, width)
        self.entry.pack(fill="x", expand=True)
        self.entry.on_state = self._show_state
        self.bind("<Button-1>", lambda _: self.entry.focus_set())
        look.follow(self, self._restyle)

    def _show_state(self) -> None:
        flags = self.entry.state()
        self.state(["focus" if self.entry.focused else "!focus"])
        self.state([name if name in flags else f"!{name}" for name in ("invalid", "disabled")])

    def _restyle(self) -> None:
        px, (left, right) = self._look.px, self._sides
        self.configure(padding=(px(10) + px(left), px(8), px(10) + px(right), px(8)))


def _place(index: object) -> str:
    """A place in an entry as one in a text; those of texts are left as they are."""
    if isinstance(index, int):
        return f"1.0 + {index} indices"
    return "end-1c" if index == "end" else str(index)


def _make_class(widget: tkinter.Misc) -> None:
    """Take the bindings over from texts, once for each interpreter."""
    call = widget.tk.call
    if call("bind", _CLASS):
        return
    shared = set(_SHARED.split())
    for sequence in widget.tk.splitlist(call("bind", "Text")):
        if str(sequence) in shared:
            call("bind", _CLASS, sequence, call("bind", "Text", sequence))
    for name in _NOTHING:
        call("bind", _CLASS, name, "# nothing")

    def focus(event: tkinter.Event[tkinter.Misc], focused: bool) -> None:
        if isinstance(event.widget, Entry):
            event.widget.focus_changed(focused)

    def entered(event: tkinter.Event[tkinter.Misc]) -> None:
        if isinstance(event.widget, Entry):
            event.widget.select_range(0, "end")

    widget.bind_class(_CLASS, "<FocusIn>", lambda event: focus(event, True))
    widget.bind_class(_CLASS, "<FocusOut>", lambda event: focus(event, False))
    widget.bind_class(_CLASS, "<<TraverseIn>>", entered)
