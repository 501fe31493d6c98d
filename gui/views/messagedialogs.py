"""Small dialogs about one message: may it be deleted, and what is known of it."""

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import Muted, Words, press
from gui.views.dialog import Dialog
from gui.views.inline import draw_line
from gui.views.quotes import quoted_line


class DeleteDialog(Dialog):
    """Asks before a message is taken back."""

    def __init__(self, look: Look, sender: str, text: str, on_delete: Callable[[], None]) -> None:
        super().__init__(look, "Delete this message?", self.destroy)
        self._on_delete = on_delete
        px = look.px
        excerpt = Excerpt(self.body, look, f"{sender}: {quoted_line(text)}")
        excerpt.grid(row=1, column=0, columnspan=3, sticky="ew")
        words = "It is deleted for everybody, and cannot be brought back."
        note = Words(self.body, look, words, wrap=380)
        note.grid(row=2, column=0, columnspan=3, sticky="w", pady=(px(12), 0))
        accept = self.buttons(3, "Delete", self._delete, style="Danger.TButton")
        self.appear(accept)

    def _delete(self) -> None:
        self.destroy()
        self._on_delete()


class Excerpt(tkinter.Canvas):
    """One line of a message, with its emoji."""

    def __init__(self, parent: tkinter.Misc, look: Look, text: str) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0)
        self._look, self._text = look, text
        self.bind("<Configure>", lambda _: self._draw())
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        look = self._look
        self.configure(width=look.px(400), height=look.px(38), background=look.palette.field)
        self._draw()

    def _draw(self) -> None:
        look, px = self._look, self._look.px
        self.delete("all")
        self.create_rectangle(0, 0, px(3), self.winfo_height(), fill=look.palette.accent, width=0)
        draw_line(
            self, look, self._text, at=(px(14), self.winfo_height() // 2),
            width=self.winfo_width() - px(24), style="text", colour=look.palette.text,
            background=look.palette.field,
        )  # fmt: skip


class AboutDialog(Dialog):
    """Facts about a message."""

    def __init__(self, look: Look, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__(look, "About this message", self.destroy)
        px = look.px
        for row, (name, value) in enumerate(facts, 1):
            label = FactName(self.body, look, name)
            label.grid(row=row, column=0, sticky="nw", padx=(0, px(20)), pady=px(3))
            words = Words(self.body, look, drawable(value), wrap=320)
            words.grid(row=row, column=1, sticky="w", pady=px(3))
        close = ttk.Button(self.body, text="Close", command=self.destroy, width=11)
        close.grid(row=len(facts) + 1, column=0, columnspan=3, sticky="e", pady=(px(16), 0))
        close.bind("<Return>", press)
        self.appear(close)


class FactName(Muted):
    """What a fact is about: a word, or the picture of an emoji."""

    def __init__(self, parent: tkinter.Misc, look: Look, name: str) -> None:
        super().__init__(parent, look, drawable(name))
        picture = look.images.emoji(name, look.px(18), look.palette.side)
        if picture and not name.isascii():
            self.configure(image=picture, text="")
