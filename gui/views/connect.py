"""The connection dialog, and the question about a changed certificate."""

import tkinter
from collections.abc import Callable, Mapping
from tkinter import ttk

from gui.model.hosts import is_loopback
from gui.model.shown import ConnectForm, TrustQuestion
from gui.model.text import drawable
from gui.theme import Look
from gui.views.dialog import Dialog

_NO_KEYRING = "No system keyring here: the password is asked each time"
_FIELDS = (("nick", "Nickname"), ("host", "Server"), ("port", "Port"))


class ConnectDialog(Dialog):
    """`on_connect` gets the form; errors are shown beside their fields."""

    def __init__(
        self,
        look: Look,
        form: ConnectForm,
        on_connect: Callable[[ConnectForm], None],
        on_cancel: Callable[[], None],
    ) -> None:
        super().__init__(look, "Connect to a server", on_cancel)
        self._keyring, self._host = form.keyring, form.host
        self._on_connect = on_connect
        self.entries: dict[str, ttk.Entry] = {}
        self.errors: dict[str, ttk.Label] = {}
        self._tls = tkinter.BooleanVar(self, form.tls)
        self._tls_chosen = False  # by the user; until then it follows the server's name
        self._remember = tkinter.BooleanVar(self, form.remember and form.keyring)
        self.body.columnconfigure(1, weight=1)
        row = 1
        for name, label in _FIELDS:
            row = self._field(row, name, label, getattr(form, name))
        self.entries["host"].bind("<KeyRelease>", lambda _: self._suggest_tls())
        row = self._switch(row, "Use TLS", self._tls, command=self._choose_tls)
        self._error_line(row, "tls")
        row += 1
        row = self._field(row, "password", "Password", form.password)
        remember = "Remember in the system keyring"
        row = self._switch(row, remember, self._remember, enabled=form.keyring)
        if not form.keyring:
            note = ttk.Label(self.body, text=_NO_KEYRING, style="Muted.TLabel")
            note.grid(row=row, column=1, columnspan=2, sticky="w")
            row += 1
        self._general = self._error_line(row, "")
        self._accept = self.buttons(row + 1, "Connect", self._submit)
        empty = next((name for name, _ in _FIELDS if not getattr(form, name)), "nick")
        self.appear(self.entries[empty])
        self.entries[empty].icursor("end")

    def _field(self, row: int, name: str, label: str, value: str) -> int:
        px = self.look.px
        ttk.Label(self.body, text=label).grid(row=row, column=0, sticky="w", padx=(0, px(16)))
        entry = ttk.Entry(self.body, width=34, font=self.look.fonts["text"])
        if name == "password":
            entry.configure(show="•")
        entry.insert(0, value)
        entry.grid(row=row, column=1, columnspan=2, sticky="ew", pady=px(5))
        entry.bind("<Return>", lambda _: self._submit())
        self.entries[name] = entry
        self._error_line(row + 1, name)
        return row + 2

    def _error_line(self, row: int, name: str) -> ttk.Label:
        label = ttk.Label(
            self.body, style="Error.TLabel", wraplength=self.look.px(290), justify="left"
        )
        label.grid(row=row, column=1, columnspan=2, sticky="w")
        label.grid_remove()
        self.errors[name] = label
        return label

    def _switch(
        self,
        row: int,
        text: str,
        variable: tkinter.BooleanVar,
        *,
        enabled: bool = True,
        command: Callable[[], None] = lambda: None,
    ) -> int:
        switch = ttk.Checkbutton(
            self.body, text=text, variable=variable, style="Switch.TCheckbutton", command=command
        )
        if not enabled:
            switch.state(["disabled"])
        switch.grid(row=row, column=1, columnspan=2, sticky="w", pady=self.look.px(5))
        return row + 1

    def _choose_tls(self) -> None:
        self._tls_chosen = True

    def _suggest_tls(self) -> None:
        """Another server was typed: encrypt, unless it is this machine itself."""
        host = self.entries["host"].get().strip()
        if host != self._host and not self._tls_chosen:
            self._host = host
            self._tls.set(not is_loopback(host))

    def form(self) -> ConnectForm:
        """What stands in the fields."""
        return ConnectForm(
            nick=self.entries["nick"].get().strip(),
            host=self.entries["host"].get().strip(),
            port=self.entries["port"].get().strip(),
            tls=self._tls.get(),
            password=self.entries["password"].get(),
            remember=self._remember.get() and self._keyring,
            keyring=self._keyring,
        )

    def _submit(self) -> None:
        self.show_errors({})
        self._on_connect(self.form())

    def show_busy(self, busy: bool) -> None:
        """While a connection is tried the fields rest."""
        self._accept.configure(text="Connecting…" if busy else "Connect")
        for widget in (self._accept, *self.entries.values()):
            widget.state(["disabled" if busy else "!disabled"])

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Put each sentence under its field, and go to the first."""
        for name, label in self.errors.items():
            text = drawable(errors.get(name, ""))
            label.configure(text=text)
            if text:
                label.grid()
            else:
                label.grid_remove()
            if entry := self.entries.get(name):
                entry.state(["invalid" if text else "!invalid"])
        wrong = next((name for name in self.entries if errors.get(name)), "")
        if wrong:
            self.go_to(self.entries[wrong])
            self.entries[wrong].select_range(0, "end")


class TrustDialog(Dialog):
    """The certificate has changed.  Return and Escape both mean no."""

    def __init__(
        self, look: Look, question: TrustQuestion, on_answer: Callable[[bool], None]
    ) -> None:
        super().__init__(look, "This is not the server you know", lambda: on_answer(False))
        px = look.px
        self.question = question
        text = (
            f"{question.server} shows another certificate than before. Somebody may be reading "
            "along, or its owner has installed a new one. Ask them before you go on."
        )
        ttk.Label(self.body, text=text, wraplength=px(430), justify="left").grid(
            row=1, column=0, columnspan=3, sticky="w", pady=(0, px(12))
        )
        for row, (name, value) in enumerate(
            (("Known until now", question.known), ("Shown now", question.offered)), start=2
        ):
            ttk.Label(self.body, text=name, style="Muted.TLabel").grid(
                row=row, column=0, sticky="nw", padx=(0, px(12)), pady=px(3)
            )
            half = value.find(":", len(value) // 2) + 1
            ttk.Label(
                self.body, text=f"{value[:half]}\n{value[half:]}", font=look.fonts["small"]
            ).grid(row=row, column=1, sticky="w", pady=px(3))
        frame = ttk.Frame(self.body)
        frame.grid(row=5, column=0, columnspan=3, sticky="e", pady=(px(16), 0))
        yes = ttk.Button(frame, text="Trust the new one", width=17, command=lambda: on_answer(True))
        no = ttk.Button(
            frame, text="Do not connect", width=16, style="Accent.TButton",
            command=lambda: on_answer(False),
        )  # fmt: skip
        for button in (yes, no):
            button.pack(side="left", padx=(px(8), 0))
        self.bind("<Return>", lambda _: on_answer(False))
        self.appear(no)


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
