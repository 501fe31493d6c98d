"""Where messages are typed: a rounded field that grows, and a button to send.

Above the field stand the message that is answered and, without a connection, a line that says
what becomes of what is sent.  Where one cannot write, a button takes the field's place.
"""

import tkinter
from collections.abc import Callable
from tkinter import ttk
from typing import Final

from gui.model.preferences import Preferences
from gui.model.text import drawable
from gui.model.writing import Gate, Quote
from gui.theme import Look
from gui.views import emoji
from gui.views.emojipicker import EmojiPicker
from gui.views.emojitext import EmojiText
from gui.views.hints import Completion, HintPopup
from gui.views.inline import draw_rounded
from gui.views.replybar import ReplyBar
from gui.views.roundbutton import RoundButton
from gui.views.textmenu import give_menu
from gui.views.tooltip import Tooltip

_MOST_LINES: Final = 8
_LONG: Final = 8000  # characters that fill as many lines in any window
_PAUSE: Final = 4000  # milliseconds without a key after which one is not typing any more


class Composer(tkinter.Frame):
    """See `ComposerScreen`.  `on_send` gets the text at Return, `on_typed` at each change,
    `on_pause` comes some seconds after the last; `on_up` at Up in the empty field; `on_drop` when
    no message is to be answered any more, `on_join` from the button; `preferences` answers what
    the user has chosen; `completion` asks what words could become."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent)
        self.look = look
        self.on_send: Callable[[str], None] = lambda text: None
        self.on_typed: Callable[[str], None] = lambda text: None
        self.on_pause: Callable[[], None] = lambda: None
        self.on_up: Callable[[], None] = lambda: None
        self.on_drop: Callable[[], None] = lambda: None
        self.on_join: Callable[[], None] = lambda: None
        self.preferences: Callable[[], Preferences] = Preferences
        self.gate = Gate()
        self.quote: Quote | None = None
        self._hint, self._enabled, self._quiet = "", True, False
        self.pause_after = _PAUSE
        self._lines, self._pausing = 1, ""
        self._build(parent)
        self._bind_keys()
        self.bind("<Destroy>", lambda _: self._stop_pausing(), add=True)
        look.follow(self, self._restyle)

    def _build(self, parent: tkinter.Misc) -> None:
        look = self.look
        self._reply = ReplyBar(self, look, lambda: self.on_drop())
        self._notice = tkinter.Label(self, borderwidth=0, anchor="w", width=1)
        self._row = tkinter.Frame(self)
        self._field = tkinter.Canvas(self._row, highlightthickness=0, borderwidth=0)
        self.send_button = RoundButton(
            self._row, look, "send", self._send_clicked, size=38, filled=True
        )
        self.send_button.light(False)
        self.text = EmojiText(self._field, look)
        self.emoji_button = RoundButton(
            self._field, look, "smile", self.pick_emoji, size=30, ground="field"
        )
        Tooltip(self.send_button, look, "Send")
        Tooltip(self.emoji_button, look, "Emoji", "Ctrl+E")
        self._hint_label = tkinter.Label(self.text, borderwidth=0, cursor="xterm", anchor="w")
        self.join_button = ttk.Button(self, style="Accent.TButton", command=lambda: self.on_join())
        self._popup = HintPopup(parent, look, self)
        self.completion = Completion(self.text, self._popup)
        self.send_button.pack(side="right", anchor="s")  # first: it keeps its room
        self._field.pack(side="left", fill="both", expand=True)
        self._row.pack(side="bottom", fill="x")

    def _bind_keys(self) -> None:
        self._hint_label.bind("<Button-1>", lambda _: self.text.focus_set())
        self._field.bind("<Button-1>", lambda _: self.text.focus_set())
        give_menu(self.text, self.look, self._hint_label, self._field)
        self._field.bind("<Configure>", lambda _: self._redraw())
        self.join_button.bind("<Return>", lambda _: self.on_join())
        text = self.text
        text.on_change = self._changed
        for key in ("<Return>", "<KP_Enter>"):
            text.bind(key, lambda _: self._return(control=False))
        for key in ("<Control-Return>", "<Control-KP_Enter>"):
            text.bind(key, lambda _: self._return(control=True))
        text.bind("<Shift-Return>", lambda _: self._newline())
        text.bind("<Tab>", lambda _: self._tab())
        text.bind("<Up>", lambda _: self._up())
        text.bind("<Down>", lambda _: self._break_if(self.completion.key("Down")))
        text.bind("<Escape>", lambda _: self._escape())
        text.bind("<Control-e>", lambda _: self.pick_emoji())
        text.bind("<KeyPress>", self._key, add=True)
        text.bind("<KeyRelease>", self._moved, add=True)
        text.bind("<ButtonRelease-1>", lambda _: self.completion.refresh(), add=True)
        text.bind("<FocusOut>", lambda _: self.completion.hide(), add=True)
        text.bind("<Configure>", lambda _: self._fit())
        text.configure(yscrollcommand=lambda *_: self._draw_thumb())

    # --- what the window does with it ---------------------------------------------------

    def show(self, hint: str, draft: str, *, enabled: bool) -> None:
        """Type into another conversation."""
        self._hint, self._enabled = hint, enabled
        self._hint_label.configure(text=drawable(hint))
        self.text.configure(state="normal" if enabled else "disabled")
        self.completion.hide()
        self._stop_pausing()
        if self.text.value() != draft:
            self._fill(draft)
        self._refresh()

    def show_gate(self, gate: Gate) -> None:
        """See `ComposerScreen`."""
        self.gate = gate
        if gate.join:
            self.join_button.configure(text=drawable(gate.join))
            self._row.pack_forget()
            self.join_button.pack(side="bottom", fill="x", ipady=self.look.px(3))
            self.completion.hide()
            if self.focus_get() is self.text and not self.text.value():
                self.join_button.focus_set()
        elif not self._row.winfo_manager():
            focused = self.focus_get() is self.join_button
            self.join_button.pack_forget()
            self._row.pack(side="bottom", fill="x")
            if focused:
                self.text.focus_set()
        self._notice.configure(text=drawable(gate.notice))
        self._arrange()

    def show_quote(self, quote: Quote | None) -> None:
        """See `ComposerScreen`."""
        self.quote = quote
        if quote is not None:
            self._reply.show(quote)
            self.text.focus_set()
        elif str(self.focus_get() or "").startswith(str(self._reply)):
            self.text.focus_set()
        self._arrange()

    def _arrange(self) -> None:
        """The lines above the field, as far as they are wanted."""
        px = self.look.px
        for line in (self._reply, self._notice):
            line.pack_forget()
        if self.quote is not None and not self.gate.join:
            self._reply.pack(side="top", fill="x", pady=(0, px(6)))
        if self.gate.notice:
            self._notice.pack(side="top", fill="x", padx=px(20), pady=(0, px(6)))

    def take_focus(self) -> None:
        """Have the keyboard here."""
        (self.join_button if self.gate.join else self.text).focus_set()

    def take_key(self, character: str) -> None:
        """A key was pressed where nothing can be typed: it is meant for here."""
        if self._enabled:
            self.text.focus_set()
            self.text.insert("insert", character)

    def value(self) -> str:
        """What is typed."""
        return self.text.value()

    def pick_emoji(self) -> str:
        """Open the emoji to choose from, or close them."""
        if self._enabled and emoji.available() and not EmojiPicker.dismiss():
            self.completion.hide()
            EmojiPicker(self.look, self._insert_emoji, self.emoji_button, self.preferences())
        return "break"

    def _insert_emoji(self, chosen: str) -> None:
        self.text.focus_set()
        self.text.insert("insert", chosen)
        self.text.see("insert")

    # --- keys ---------------------------------------------------------------------------

    def _break_if(self, taken: bool) -> str | None:
        return "break" if taken else None

    def _return(self, *, control: bool) -> str:
        if not control and self.completion.key("Return"):
            return "break"
        if control or self.preferences().send_with == "enter":
            self._send()
        else:
            self._newline()
        return "break"

    def _send(self) -> None:
        text = self.text.value()
        if text.strip() and self._enabled:
            self._stop_pausing()
            self._fill("")
            self.completion.hide()
            self.on_send(text)

    def _send_clicked(self) -> None:
        self._send()
        self.text.focus_set()

    def _newline(self) -> str:
        self.text.insert("insert", "\n")
        self.text.see("insert")
        return "break"

    def _key(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.keysym in ("Left", "Right", "Home", "End"):
            self.completion.hide()

    def _moved(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.keysym in ("Left", "Right", "Home", "End"):
            self.completion.refresh()

    def _tab(self) -> str:
        if not self.completion.key("Tab"):  # nothing to complete: go on, as Tab does elsewhere
            following = self.text.tk_focusNext()
            if following is not None:
                following.focus_set()
        return "break"

    def _up(self) -> str | None:
        if self.completion.key("Up"):
            return "break"
        if self.text.value():
            return None
        self.on_up()
        return "break"

    def _escape(self) -> str | None:
        if self.completion.key("Escape"):
            return "break"
        if self.quote is None:
            return None
        self.on_drop()
        return "break"

    # --- changes ------------------------------------------------------------------------

    def _fill(self, text: str) -> None:
        """Change the text without saying that the user typed it."""
        self._quiet = True
        self.text.set_value(text)
        self._quiet = False

    def _changed(self, inserted: str) -> None:
        self._refresh()
        if self._quiet:
            return
        self.on_typed(self.text.value())
        self._stop_pausing()
        self._pausing = self.after(self.pause_after, self._pause)
        self.completion.refresh(inserted)

    def _pause(self) -> None:
        self._pausing = ""
        self.on_pause()

    def _stop_pausing(self) -> None:
        if self._pausing:
            self.after_cancel(self._pausing)
            self._pausing = ""

    def _refresh(self) -> None:
        value = self.text.value()
        if value:
            self._hint_label.place_forget()
        else:
            self._hint_label.place(x=0, y=0, relwidth=1.0)
        self.send_button.light(bool(value.strip()) and self._enabled)
        self._fit()

    def _fit(self) -> None:
        """As high as the text, up to a limit; then it scrolls."""
        lines = int(str(self.text.index("end-1c")).split(".")[0])
        if len(self.text.value()) > _LONG:  # it costs much, and would come to the same
            lines = _MOST_LINES
        elif lines < _MOST_LINES:
            answer = self.text.count("1.0", "end", "displaylines", "update")
            lines = int((answer[0] if isinstance(answer, tuple) else answer) or 1)
        lines = max(1, min(_MOST_LINES, lines))
        if lines != self._lines:
            self._lines = lines
            self._redraw()

    # --- looks --------------------------------------------------------------------------

    def _redraw(self) -> None:
        look, px = self.look, self.look.px
        inner = self._lines * look.fonts.line("text")
        height = inner + px(21)
        if self._field.winfo_reqheight() != height:
            self._field.configure(height=height)
        width = self._field.winfo_width()
        if width < px(90):
            return
        self._field.delete("all")
        radius = px(19) if self._lines == 1 else px(14)
        draw_rounded(
            self._field, look, (0, 0, width, height), radius=radius,
            fill=look.palette.field, behind=look.palette.side,
        )  # fmt: skip
        right = px(46) if emoji.available() else px(20)
        self._field.create_window(
            px(20), px(10), window=self.text, anchor="nw", width=width - px(20) - right,
            height=inner,
        )  # fmt: skip
        if emoji.available():
            self._field.create_window(
                width - px(8), height - px(4), window=self.emoji_button, anchor="se"
            )
        self._draw_thumb()

    def _draw_thumb(self) -> None:
        """How much of a long text is in sight."""
        self._field.delete("thumb")
        first, last = self.text.yview()
        if last - first >= 1.0 or self._lines < _MOST_LINES:
            return
        px, width = self.look.px, self._field.winfo_width()
        room = self._field.winfo_height() - px(24)
        x, top = width - px(43 if emoji.available() else 12), px(12)
        self._field.create_rectangle(
            x, top + round(room * first), x + px(3), top + round(room * last),
            fill=self.look.palette.thumb, width=0, tags="thumb",
        )  # fmt: skip

    def _restyle(self) -> None:
        look, palette, px = self.look, self.look.palette, self.look.px
        self.configure(background=palette.side, padx=px(14), pady=px(9))
        self._row.configure(background=palette.side)
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
        self._notice.configure(
            background=palette.side, foreground=palette.muted, font=look.fonts["small"]
        )
        self.send_button.pack_configure(padx=(px(13), 0))
        self._quiet = True
        self.text.repaint()  # its pictures are the old look's
        self._quiet = False
        self._arrange()
        self._redraw()
