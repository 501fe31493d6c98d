"""Opening links: first the whole address is shown, then the browser gets it."""

import tkinter
import webbrowser
from collections.abc import Callable
from tkinter import ttk

from gui.model.links import LinkFacts, examine
from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import Title, Words, press
from gui.views.dialog import Dialog


class Links:
    """`trusted` are the hosts whose links are opened at once, in this run; `confirm` tells whether
    the user wants to be asked about others."""

    def __init__(self, look: Look, confirm: Callable[[], bool] = lambda: True) -> None:
        self._look, self._confirm = look, confirm
        self.trusted: set[str] = set()
        self.dialog: LinkDialog | None = None

    def open(self, link: str) -> None:
        """Ask about a link that was clicked; nothing but http and https goes any further."""
        facts = examine(link)
        if facts is None:
            return
        if (facts.host in self.trusted or not self._confirm()) and not facts.warnings:
            webbrowser.open(link, new=2)
            return
        self.close()
        self.dialog = LinkDialog(self._look, facts, self)

    def accept(self, facts: LinkFacts, *, always: bool) -> None:
        """Hand the address to the browser."""
        self.close()
        if always:
            self.trusted.add(facts.host)
        webbrowser.open(facts.link, new=2)

    def copy(self, facts: LinkFacts) -> None:
        """Put the address on the clipboard."""
        self.close()
        root = self._look.root
        root.clipboard_clear()
        root.clipboard_append(facts.link, type="UTF8_STRING")

    def close(self) -> None:
        """Put the question away."""
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None


class Odd(Words):
    """What is odd about a link."""

    style_name = "Error.TLabel"


class LinkDialog(Dialog):
    """The question about one link."""

    def __init__(self, look: Look, facts: LinkFacts, links: Links) -> None:
        super().__init__(look, "Open this link?", links.close)
        self.facts, self._links = facts, links
        self._always = tkinter.BooleanVar(self, False)
        px = look.px
        self._address = tkinter.Text(
            self.body, width=52, height=3, wrap="char", borderwidth=0, highlightthickness=0,
            padx=px(10), pady=px(8), takefocus=False, cursor="arrow",
        )  # fmt: skip
        self._show_address()
        host = Title(self.body, look, look.fonts.shorten("title", facts.host, px(400)))
        host.grid(row=1, column=0, columnspan=3, sticky="w", pady=(0, px(8)))
        self._address.grid(row=2, column=0, columnspan=3, sticky="ew")
        row = 3
        for warning in facts.warnings:
            words = Odd(self.body, look, warning, wrap=400)
            words.grid(row=row, column=0, columnspan=3, sticky="w", pady=(px(10), 0))
            row += 1
        if not facts.warnings:
            text = f"Always open links to {facts.host}"
            switch = ttk.Checkbutton(
                self.body, text=look.fonts.shorten("text", text, px(360)),
                variable=self._always, style="Switch.TCheckbutton",
            )  # fmt: skip
            switch.grid(row=row, column=0, columnspan=3, sticky="w", pady=(px(14), 0))
            row += 1
        accept = self.buttons(row, "Open", self._open)
        copy = ttk.Button(accept.master, text="Copy", command=self._copy, width=11)
        copy.pack(side="left", before=accept, padx=(px(8), 0))
        copy.bind("<Return>", press)
        look.follow(self._address, self._colour)
        self.appear(accept)

    def _show_address(self) -> None:
        link = drawable(self.facts.link)
        self._address.insert("1.0", link)
        lines = min(8, max(2, len(link) // 44 + 1))
        self._address.configure(height=lines, state="disabled", font=self.look.fonts["text"])

    def _colour(self) -> None:
        palette = self.look.palette
        self._address.configure(
            background=palette.field, foreground=palette.text,
            selectbackground=palette.highlight, selectforeground=palette.text,
        )  # fmt: skip

    def _open(self) -> None:
        self._links.accept(self.facts, always=self._always.get())

    def _copy(self) -> None:
        self._links.copy(self.facts)
