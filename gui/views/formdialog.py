"""A dialog with fields that are sent off together: errors beside them, and a wait for the answer.

Return sends it from every field; while it waits, everything but Cancel rests.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Mapping
from tkinter import ttk

from gui.theme import Look
from gui.views.controls import ErrorLabel, Field, LinkLabel, Muted, Spinner, Words
from gui.views.dialog import Dialog
from gui.views.entry import Entry
from gui.views.secret import Secret

_WIDTH = 320  # of sentences, in pixels at scale 1


class FormDialog(Dialog):
    """`fields` by name; `lines` are the places of errors that belong to no field ('': to all)."""

    def __init__(
        self,
        look: Look,
        title: str,
        accept: str,
        on_accept: Callable[[], object],
        on_cancel: Callable[[], None],
        busy: str = "Please wait…",
    ) -> None:
        super().__init__(look, title, on_cancel)
        self._accept_text, self._busy_text, self._on_accept = accept, busy, on_accept
        self.fields: dict[str, Field] = {}
        self.lines: dict[str, ErrorLabel] = {}
        self.offers: dict[str, LinkLabel] = {}
        self._resting: list[ttk.Widget] = []  # rest while it waits, like the fields
        self.busy = self.built = False
        self._left: tkinter.Misc = self  # had the focus before the wait
        self.done: Words | None = None  # what was said when it had succeeded
        self._row = 1
        self.body.columnconfigure(0, weight=1)

    # --- building -----------------------------------------------------------------------

    def place(self, widget: tkinter.Widget, *, above: float = 10, sticky: str = "ew") -> None:
        """Put a widget into the next row."""
        widget.grid(
            row=self._row, column=0, columnspan=3, sticky=sticky, pady=(self.look.px(above), 0)
        )
        self._row += 1

    def field(
        self,
        name: str,
        label: str,
        value: str,
        *,
        secret: bool = False,
        parent: tkinter.Misc | None = None,
        width: int = 36,
    ) -> Field:
        """A line to type into; with `parent` it is not placed yet."""
        field = Field(parent or self.body, self.look, label, secret=secret, width=width)
        field.fill(value)
        self.wire(name, field)
        if parent is None:
            self.place(field)
        return field

    def wire(self, name: str, field: Field) -> None:
        """Have Return in this field send the form, and its error shown by this name."""
        self.fields[name] = field
        field.entry.bind("<Return>", lambda _: self.submit())

    def switch(
        self,
        text: str,
        variable: tkinter.BooleanVar,
        command: Callable[[], object] = lambda: None,
        parent: tkinter.Misc | None = None,
    ) -> ttk.Checkbutton:
        """Something that is on or off; with `parent` it is not placed yet."""
        switch = ttk.Checkbutton(
            parent or self.body, text=text, variable=variable, style="Switch.TCheckbutton",
            command=command,
        )  # fmt: skip
        switch.bind("<Return>", lambda _: self.submit())
        self._resting.append(switch)
        if parent is None:
            self.place(switch, sticky="w")
        return switch

    def rests(self, *widgets: ttk.Widget) -> None:
        """These rest too while the dialog waits."""
        self._resting += widgets

    def error_line(self, name: str) -> None:
        """A place for the errors of `name`."""
        line = ErrorLabel(self.body, self.look, "", wrap=_WIDTH)
        self.place(line, above=4, sticky="w")
        line.show("")
        self.lines[name] = line

    def note(self, text: str) -> Muted:
        """A remark."""
        note = Muted(self.body, self.look, text, wrap=_WIDTH)
        self.place(note, above=6, sticky="w")
        return note

    def finish(self, first: tkinter.Widget) -> None:
        """The last rows, and there it is."""
        self.error_line("")
        px = self.look.px
        frame = ttk.Frame(self.body)
        frame.columnconfigure(0, weight=1)
        self._spinner = Spinner(frame, self.look)
        self._spinner.grid(row=0, column=0, sticky="w")
        self._spinner.grid_remove()
        self.no = ttk.Button(frame, text="Cancel", command=self._cancel)
        self.yes = ttk.Button(
            frame, text=self._accept_text, command=self.submit, style="Accent.TButton"
        )
        for column, button in enumerate((self.no, self.yes), start=1):
            button.grid(row=0, column=column, padx=(px(8), 0), ipadx=px(10))
            button.bind("<Return>", self._pressed)
        self.place(frame, above=18)
        self.built = True
        self.appear(first)
        if isinstance(first, Entry | Secret):
            first.icursor("end")

    def _pressed(self, event: tkinter.Event[tkinter.Misc]) -> str:
        if isinstance(event.widget, ttk.Button):
            event.widget.invoke()
        return "break"

    # --- while it is open ---------------------------------------------------------------

    def value(self, name: str) -> str:
        """What is typed there, without blanks around it."""
        return self.fields[name].value.strip()

    def secret(self, name: str) -> str:
        """What is typed there, as it is."""
        return self.fields[name].value

    def submit(self) -> str:
        """Send it off."""
        if not self.busy:
            self.show_errors({})
            self._on_accept()
        return "break"

    def accept_as(self, text: str) -> None:
        """Call the button that sends it otherwise."""
        self._accept_text = text
        if not self.busy:
            self.yes.configure(text=text)

    def show_busy(self, busy: bool) -> None:
        """Wait for an answer, or do not any more."""
        if busy == self.busy:
            return
        self.busy = busy
        self.yes.configure(text=self._busy_text if busy else self._accept_text)
        self.yes.state(["disabled" if busy else "!disabled"])
        for field in self.fields.values():
            field.enable(not busy)
        for widget in self._resting:
            widget.state(["disabled" if busy else "!disabled"])
        if busy:
            self._spinner.grid()
            self._left = self._focused
            self.go_to(self)  # not to Cancel: Return pressed a little too long would press that
        else:
            self._spinner.grid_remove()
            self.go_to(self._left)

    def show_errors(
        self, errors: Mapping[str, str], offers: Mapping[str, str] | None = None
    ) -> None:
        """Put each sentence under its field, and go to the first; one without a field goes to
        the end."""
        for offer in self.offers.values():
            offer.destroy()
        self.offers.clear()
        lost = [text for name, text in errors.items() if name not in self.fields | self.lines]
        for name, field in self.fields.items():
            field.error(errors.get(name, ""))
        for name, line in self.lines.items():
            line.show(errors.get(name, "") or (" ".join(lost) if not name else ""))
        for name, value in (offers or {}).items():
            self._offer(name, value)
        wrong = next((name for name in self.fields if errors.get(name)), "")
        if wrong:
            self.reveal(wrong)
            self.go_to(self.fields[wrong].entry)
            self.fields[wrong].entry.select_range(0, "end")

    def show_done(self, sentence: str) -> None:
        """It has succeeded: say so; all that is left to do is to close it."""
        self.show_busy(False)
        self.show_errors({})
        for widget in self.body.grid_slaves():
            if 0 < int(widget.grid_info()["row"]) < self._row - 1:  # not the title, the buttons
                widget.grid_remove()
        self.done = Words(self.body, self.look, sentence, _WIDTH)
        self.done.grid(row=1, column=0, columnspan=3, sticky="w")
        self.no.configure(text="Close")
        self.yes.grid_remove()
        self.go_to(self.no)

    def reveal(self, name: str) -> None:
        """A field with an error is about to be shown: it must not be hidden."""

    def problem(self, name: str) -> str:
        """The sentence that is shown beside `name`."""
        if name in self.fields:
            return self.fields[name].problem
        return str(self.lines[name].cget("text"))

    def _offer(self, name: str, value: str) -> None:
        """Below the error of `name`: a value that a click puts there."""
        field = self.fields[name]

        def take() -> None:
            field.fill(value)
            field.error("")
            self.offers.pop(name).destroy()
            self.go_to(field.entry)
            field.entry.icursor("end")

        offer = self.offers[name] = LinkLabel(field, self.look, f"Use {value}", take)
        offer.grid(row=3, column=0, sticky="w", pady=(self.look.px(2), 0))
