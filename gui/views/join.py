"""The small dialog that asks for a room or a person."""

from collections.abc import Callable
from tkinter import ttk

from gui.theme import Look
from gui.views.dialog import Dialog


class JoinDialog(Dialog):
    """Asks for a room or a person; `on_join` answers with a sentence if it cannot be."""

    def __init__(self, look: Look, on_join: Callable[[str], str]) -> None:
        super().__init__(look, "Join a room", self.destroy)
        px = look.px
        self._on_join = on_join
        self.entry = ttk.Entry(self.body, width=34, font=look.fonts["text"])
        self.entry.grid(row=1, column=0, columnspan=3, sticky="ew")
        self.entry.insert(0, "#")
        self.entry.bind("<Return>", lambda _: self._submit())
        self._error = ttk.Label(self.body, style="Error.TLabel", wraplength=px(300))
        self._error.grid(row=2, column=0, columnspan=3, sticky="w", pady=(px(4), 0))
        hint = "#room to join or make one, a nickname to write to a person"
        ttk.Label(self.body, text=hint, style="Muted.TLabel").grid(
            row=3, column=0, columnspan=3, sticky="w", pady=(px(2), 0)
        )
        self.buttons(4, "Join", self._submit)
        self.appear(self.entry)
        self.entry.icursor("end")

    def _submit(self) -> None:
        problem = self._on_join(self.entry.get().strip())
        if problem:
            self._error.configure(text=problem)
        else:
            self.destroy()
