"""Where messages are typed: a rounded field that grows, and a button to send.

Emoji never reach Tk's text drawing (a colour font can abort the process): whatever inserts one
passes the widget's `insert`, which puts a picture in its place and remembers the text of it.
Text is read back with `dump`, so that no index is ever computed from a Python length.
"""

import tkinter
from collections.abc import Callable, Sequence
from itertools import count
from typing import Final

from gui.model.text import EMOJI, drawable, sendable
from gui.model.writing import Gate, Quote
from gui.theme import Look
from gui.views.inline import draw_rounded

_MOST_LINES: Final = 7


class EmojiText(tkinter.Text):
    """A Text whose emoji are pictures; use `value` and `set_value`."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(
            parent, height=1, width=1, wrap="word", borderwidth=0, highlightthickness=0,
            undo=True, maxundo=200, autoseparators=True,
        )  # fmt: skip
        self._look = look
        self._emoji: dict[str, str] = {}
        self._numbers = count(1)
        self.on_change: Callable[[], None] = lambda: None
        path = str(self)
        self._real = f"{path}_real"
        self.tk.call("rename", path, self._real)
        self.tk.createcommand(path, self._command)

    def _command(self, name: str, *arguments: str) -> object:
        """Everything that is done to the widget comes through here."""
        if name == "insert" and len(arguments) >= 2:
            self._insert(*arguments)
            self.on_change()
            return ""
        if name == "replace" and len(arguments) >= 3:
            self.tk.call(self._real, "delete", *arguments[:2])
            self._insert(arguments[0], *arguments[2:])
            self.on_change()
            return ""
        try:
            answer: object = self.tk.call(self._real, name, *arguments)
        except tkinter.TclError:
            if name in ("get", "index", "tag", "see", "mark"):
                return ""
            if name == "edit":  # nothing to undo
                return ""
            raise
        if name in ("delete", "edit"):
            self.on_change()
        return answer

    def _insert(self, index: str, text: object, *rest: object) -> None:
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

    def _picture(self, mark: str, emoji: str) -> None:
        side = self._look.fonts.line("text")
        picture = self._look.images.emoji(emoji, side, self._look.palette.field)
        if not picture:
            picture = self._look.images.pill(side, side, self._look.palette.muted, "", 2)
        name = f"parlor_emoji_{next(self._numbers)}"
        given = self.tk.call(
            self._real, "image", "create", mark, "-image", picture, "-name", name, "-padx", 1
        )
        self._emoji[str(given)] = emoji

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

    def set_value(self, text: str) -> None:
        """Replace everything; the cursor goes to the end."""
        self.tk.call(self._real, "delete", "1.0", "end")
        self._emoji.clear()
        self._insert("1.0", text)
        self.tk.call(self._real, "edit", "reset")
        self.tk.call(self._real, "mark", "set", "insert", "end")
        self.tk.call(self._real, "see", "insert")
        self.on_change()


class Composer(tkinter.Frame):
    """`on_send` gets the text at Return, `on_typed` at each change; `complete` answers what a
    word at the cursor could become."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent)
        self.look = look
        self.on_send: Callable[[str], None] = lambda text: None
        self.on_typed: Callable[[str], None] = lambda text: None
        self.complete: Callable[[str], Sequence[str]] = lambda start: ()
        self._hint, self._enabled, self._quiet = "", True, False
        self._field = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self._button = tkinter.Label(self, borderwidth=0, cursor="hand2")
        self.text = EmojiText(self._field, look)
        self._hint_label = tkinter.Label(self.text, borderwidth=0, cursor="xterm", anchor="w")
        self._completing: tuple[str, list[str], int] | None = None
        self._lines = 1
        self._bind()
        look.subscribe(self._restyle)

    def _bind(self) -> None:
        self._button.pack(side="right", anchor="s")  # first: it keeps its room
        self._field.pack(side="left", fill="both", expand=True)
        self._button.bind("<Button-1>", lambda _: self._send())
        self._hint_label.bind("<Button-1>", lambda _: self.text.focus_set())
        self._field.bind("<Configure>", lambda _: self._redraw())
        self.text.on_change = self._changed
        self.text.bind("<Return>", self._return)
        self.text.bind("<KP_Enter>", self._return)
        self.text.bind("<Shift-Return>", self._newline)
        self.text.bind("<Tab>", self._tab)
        self.text.bind("<KeyPress>", self._key, add=True)
        self.text.bind("<<Copy>>", lambda _: self._copy())
        self.text.bind("<<Cut>>", lambda _: self._copy(cut=True))
        self.text.bind("<Control-a>", self._select_all)
        self.text.bind("<Configure>", lambda _: self._fit())

    # --- what the window does with it ---------------------------------------------------

    def show(self, hint: str, draft: str, *, enabled: bool) -> None:
        """Type into another conversation."""
        self._hint, self._enabled = hint, enabled
        self._hint_label.configure(text=drawable(hint))
        self.text.configure(state="normal" if enabled else "disabled")
        if self.text.value() != draft:
            self._fill(draft)
        self._refresh()

    def show_gate(self, gate: Gate) -> None:
        """See `ComposerScreen`."""

    def show_quote(self, quote: Quote | None) -> None:
        """See `ComposerScreen`."""

    def take_key(self, character: str) -> None:
        """A key was pressed where nothing can be typed: it is meant for here."""
        if self._enabled:
            self.text.focus_set()
            self.text.insert("insert", character)

    def value(self) -> str:
        """What is typed."""
        return self.text.value()

    # --- keys ---------------------------------------------------------------------------

    def _return(self, _: "tkinter.Event[tkinter.Misc]") -> str:
        self._send()
        return "break"

    def _send(self) -> None:
        text = self.text.value()
        if text.strip() and self._enabled:
            self._fill("")
            self.on_send(text)
        self.text.focus_set()

    def _newline(self, _: "tkinter.Event[tkinter.Misc]") -> str:
        self.text.insert("insert", "\n")
        self.text.see("insert")
        return "break"

    def _key(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.keysym not in ("Tab", "Shift_L", "Shift_R"):
            self._completing = None

    def _tab(self, _: "tkinter.Event[tkinter.Misc]") -> str:
        """Complete the word before the cursor; again for the next that fits."""
        if self._completing is None:
            if not self.text.value():  # nothing to complete: go on, as Tab does elsewhere
                following = self.text.tk_focusNext()
                if following is not None:
                    following.focus_set()
                return "break"
            line = self.text.before_cursor()
            word = line.rsplit(" ", 1)[-1]
            found = list(self.complete(word)) if word else []
            if not found:
                return "break"
            person = word == line and word[0] not in "/#&"
            suffix = ": " if person else " "
            self._completing = (word, [one + suffix for one in found], -1)
        present, found, at = self._completing
        chosen = found[(at + 1) % len(found)]
        if chosen.isascii() and present.isascii():
            self.text.delete(f"insert-{len(present)}c", "insert")
            self.text.insert("insert", chosen)
            self._completing = (chosen, found, (at + 1) % len(found))
        return "break"

    def _copy(self, *, cut: bool = False) -> str:
        if text := self.text.selected():
            self.clipboard_clear()
            self.clipboard_append(text)
            if cut:
                self.text.delete("sel.first", "sel.last")
        return "break"

    def _select_all(self, _: "tkinter.Event[tkinter.Misc]") -> str:
        self.text.tag_add("sel", "1.0", "end-1c")
        return "break"

    # --- looks --------------------------------------------------------------------------

    def _fill(self, text: str) -> None:
        """Change the text without saying that the user typed it."""
        self._quiet = True
        self.text.set_value(text)
        self._quiet = False

    def _changed(self) -> None:
        self._refresh()
        if not self._quiet:
            self.on_typed(self.text.value())

    def _refresh(self) -> None:
        if self.text.value():
            self._hint_label.place_forget()
        else:
            self._hint_label.place(x=0, y=0, relwidth=1.0)
        self._fit()

    def _fit(self) -> None:
        answer = self.text.count("1.0", "end", "displaylines", "update")
        lines = answer[0] if isinstance(answer, tuple) else answer
        lines = max(1, min(_MOST_LINES, int(lines or 1)))
        if lines != self._lines:
            self._lines = lines
            self._redraw()

    def _redraw(self) -> None:
        look, px = self.look, self.look.px
        inner = self._lines * look.fonts.line("text")
        height = inner + px(21)
        if self._field.winfo_reqheight() != height:
            self._field.configure(height=height)
        width = self._field.winfo_width()
        if width < px(60):
            return
        self._field.delete("all")
        radius = px(19) if self._lines == 1 else px(14)
        draw_rounded(
            self._field, look, (0, 0, width, height), radius=radius,
            fill=look.palette.field, behind=look.palette.side,
        )  # fmt: skip
        self._field.create_window(
            px(20), px(10), window=self.text, anchor="nw", width=width - px(40), height=inner
        )

    def _restyle(self) -> None:
        look, palette, px = self.look, self.look.palette, self.look.px
        self.configure(background=palette.side, padx=px(14), pady=px(9))
        self._field.configure(background=palette.side, height=px(38))
        self.text.configure(
            background=palette.field, foreground=palette.text, font=look.fonts["text"],
            insertbackground=palette.text, selectbackground=palette.highlight,
            inactiveselectbackground=palette.highlight, selectforeground=palette.text,
            insertwidth=max(1, px(1.5)),
        )  # fmt: skip
        self._hint_label.configure(
            background=palette.field, foreground=palette.muted, font=look.fonts["text"],
            padx=0, pady=0,
        )  # fmt: skip
        icon = look.images.icon("send", px(38), palette.on_accent, palette.side, palette.accent)
        self._button.configure(image=icon, background=palette.side)
        self._button.pack_configure(padx=(px(13), 0))
        draft = self.text.value()
        if draft and not draft.isascii():  # its pictures are the old look's
            self._fill(draft)
        self._redraw()
