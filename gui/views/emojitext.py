"""A text field whose emoji are pictures.

Emoji never reach Tk's text drawing (a colour font can abort the process): whatever inserts one
passes the widget's `insert`, which puts a picture in its place and remembers the text of it.
Text is read back with `dump`, and places are found by moving Tk's own marks, so that no index is
ever computed from a Python length.  Tk's undo knows nothing of pictures; `gui.model.undo` does.
"""

import tkinter
from collections.abc import Callable
from itertools import count
from typing import Final

from gui.model.text import EMOJI, sendable
from gui.model.undo import Typed, Undo
from gui.theme import Look
from gui.views.textmenu import give_menu

_START: Final = "parlor_start"  # a mark: where a word begins


class EmojiText(tkinter.Text):
    """Use `value` and `set_value`; `on_change` hears of each change, with what was inserted by
    it ('' for a deletion, or when something was undone)."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(
            parent, height=1, width=1, wrap="word", borderwidth=0, highlightthickness=0, undo=False
        )
        self._look = look
        self._emoji: dict[str, str] = {}
        self._numbers = count(1)
        self._undo = Undo()
        self.on_change: Callable[[str], None] = lambda inserted: None
        path = str(self)
        self._real = f"{path}_real"
        self.tk.call("rename", path, self._real)
        self.tk.createcommand(path, self._command)
        self._bind_keys()

    def _bind_keys(self) -> None:
        self.bind("<<Copy>>", lambda _: self._copy())
        self.bind("<<Cut>>", lambda _: self._copy(cut=True))
        self.bind("<<Paste>>", lambda _: self._paste())
        self.bind("<<Undo>>", lambda _: self._restore(self._undo.undo()))
        self.bind("<<Redo>>", lambda _: self._restore(self._undo.redo()))
        self.bind("<Control-y>", lambda _: self._restore(self._undo.redo()))
        self.bind("<Control-a>", lambda _: self._select_all())
        self.bind("<Control-BackSpace>", lambda _: self._delete_word(-1))
        self.bind("<Control-Delete>", lambda _: self._delete_word(1))
        give_menu(self, self._look)

    # --- what is done to the widget -----------------------------------------------------

    def _command(self, name: str, *arguments: str) -> object:
        """Everything that is done to the widget comes through here."""
        if name == "insert" and len(arguments) >= 2:
            self._insert(*arguments)
            self._changed(str(arguments[1]))
            return ""
        if name == "replace" and len(arguments) >= 3:
            self.tk.call(self._real, "delete", *arguments[:2])
            self._insert(arguments[0], *arguments[2:])
            self._changed(str(arguments[2]))
            return ""
        try:
            answer: object = self.tk.call(self._real, name, *arguments)
        except tkinter.TclError:
            if name in ("get", "index", "tag", "see", "mark"):
                return ""
            raise
        if name == "delete":
            self._changed("")
        return answer

    def _changed(self, inserted: str) -> None:
        if self._writable():
            self._undo.change(self._typed(), inserted)
        self.on_change(inserted)

    def _writable(self) -> bool:
        return str(self.tk.call(self._real, "cget", "-state")) == "normal"

    def _typed(self) -> Typed:
        return Typed(self.value(), str(self.tk.call(self._real, "index", "insert")))

    def _insert(self, index: str, text: object, *rest: object) -> None:
        if not self._writable():  # Tk would refuse the text, but take the pictures
            return
        text = sendable(str(text))
        if text.isascii():
            self.tk.call(self._real, "insert", index, text, *rest)
            return
        mark = f"parlor_at_{next(self._numbers)}"
        self.tk.call(self._real, "mark", "set", mark, index)
        position = 0
        for match in EMOJI.finditer(text):
            self._plain(mark, text[position : match.start()], *rest)
            self._picture(mark, match.group())
            position = match.end()
        self._plain(mark, text[position:], *rest)
        self.tk.call(self._real, "mark", "unset", mark)

    def _plain(self, mark: str, text: str, *rest: object) -> None:
        if text:
            self.tk.call(self._real, "insert", mark, text, *rest)

    def _ground(self) -> str:
        """The colour behind the text."""
        return self._look.palette.field

    def _picture(self, mark: str, emoji: str) -> None:
        side = self._look.fonts.line("text")
        picture = self._look.images.emoji(emoji, side, self._ground())
        if not picture:
            picture = self._look.images.pill(side, side, self._look.palette.muted, "", 2)
        name = f"parlor_emoji_{next(self._numbers)}"
        given = self.tk.call(
            self._real, "image", "create", mark, "-image", picture, "-name", name, "-padx", 1
        )
        self._emoji[str(given)] = emoji

    # --- reading ------------------------------------------------------------------------

    def value(self) -> str:
        """The text, emoji included."""
        return self._read("1.0", "end-1c")

    def _read(self, start: str, end: str) -> str:
        parts = []
        dumped = self.tk.splitlist(self.tk.call(self._real, "dump", "-text", "-image", start, end))
        for at in range(0, len(dumped), 3):
            kind, content = str(dumped[at]), str(dumped[at + 1])
            parts.append(content if kind == "text" else self._emoji.get(content, ""))
        return sendable("".join(parts))

    def selected(self) -> str:
        """The selected text, emoji included; '' if nothing is."""
        ranges = self.tk.splitlist(self.tk.call(self._real, "tag", "ranges", "sel"))
        return self._read(str(ranges[0]), str(ranges[1])) if ranges else ""

    def before_cursor(self) -> str:
        """The text of this line up to the cursor."""
        return self._read("insert linestart", "insert")

    def in_first_line(self) -> bool:
        """True if the cursor is there."""
        return str(self.tk.call(self._real, "index", "insert")).startswith("1.")

    # --- changing -----------------------------------------------------------------------

    def set_value(self, text: str) -> None:
        """Another text, which cannot be undone; the cursor goes to the end."""
        self._replace_all(text, "end")
        self._undo.begin(self._typed())
        self.on_change("")

    def repaint(self) -> None:
        """Draw the emoji anew: the look has changed."""
        if self._emoji:
            self._replace_all(self.value(), str(self.tk.call(self._real, "index", "insert")))

    def _replace_all(self, text: str, cursor: str) -> None:
        state = str(self.tk.call(self._real, "cget", "-state"))
        self.tk.call(self._real, "configure", "-state", "normal")
        self.tk.call(self._real, "delete", "1.0", "end")
        self._emoji.clear()
        self._insert("1.0", text)
        self.tk.call(self._real, "mark", "set", "insert", cursor)
        self.tk.call(self._real, "see", "insert")
        self.tk.call(self._real, "configure", "-state", state)

    def mark_word(self, word: str) -> bool:
        """Remember where `word`, which ends at the cursor, begins; False if it is not there."""
        place = "insert"
        while True:
            text = self._read(place, "insert")
            if text == word:
                break
            if len(text) > len(word) or self.tk.call(self._real, "compare", place, "==", "1.0"):
                return False
            place = str(self.tk.call(self._real, "index", f"{place} - 1 indices"))
        self.tk.call(self._real, "mark", "set", _START, place)
        self.tk.call(self._real, "mark", "gravity", _START, "left")
        return True

    def replace_marked(self, text: str) -> None:
        """Put `text` in place of what stands between the remembered place and the cursor."""
        self.tk.call(self._real, "delete", _START, "insert")
        self._insert("insert", text)
        self.tk.call(self._real, "see", "insert")
        self._changed(text)

    def _restore(self, typed: Typed | None) -> str:
        if typed is not None:
            self._replace_all(typed.text, typed.cursor)
            self.on_change("")
        return "break"

    def _select_all(self) -> str:
        self.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _copy(self, *, cut: bool = False) -> str:
        if text := self.selected():
            self.clipboard_clear()
            self.clipboard_append(text)
            if cut:
                self.delete("sel.first", "sel.last")
        return "break"

    def _paste(self) -> str:
        """In place of what is selected, as everywhere but in Tk on X11."""
        if not self._writable():
            return "break"
        for kind in ("UTF8_STRING", "STRING"):
            try:
                pasted = self.clipboard_get(type=kind)
                break
            except tkinter.TclError:  # nothing there, or nothing of this kind
                continue
        else:
            return "break"
        if self.selected():
            self.tk.call(self._real, "delete", "sel.first", "sel.last")
        self._insert("insert", pasted.replace("\0", ""))
        self.tk.call(self._real, "see", "insert")
        self._changed(pasted)
        return "break"

    def _delete_word(self, way: int) -> str:
        """From the cursor to the beginning (way -1) or end of a word, blanks first; of what is no
        word, only signs of one kind."""
        place, step = "insert", "- 1 indices" if way < 0 else "+ 1 indices"
        kind = "blank"
        while kind != "alone":
            beyond = str(self.tk.call(self._real, "index", f"{place} {step}"))
            letter = self._read(beyond, place) if way < 0 else self._read(place, beyond)
            found = _kind(letter)
            if not letter or (kind != "blank" and found != kind):
                break
            place, kind = beyond, found
        if place != "insert":
            self.delete(*((place, "insert") if way < 0 else ("insert", place)))
        return "break"


def _kind(letter: str) -> str:
    """Letters of a word belong together, blanks and signs too; pictures and line ends do not."""
    if letter == "\n" or EMOJI.fullmatch(letter):
        return "alone"
    if letter.isspace():
        return "blank"
    return "word" if letter.isalnum() or letter == "_" else "sign"
