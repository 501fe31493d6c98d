"""Questions about a server's certificate: its first sight, and the loud stop when it changes.

Neither Return nor Escape ever accepts: they mean no.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from gui.model.shown import TrustQuestion
from gui.theme import Look
from gui.views.controls import Heading, Muted, Section, Words, press
from gui.views.dialog import Dialog
from gui.views.fingerprint import Fingerprint

_WIDTH = 430  # pixels at scale 1

_UNKNOWN = (
    "{server} proves who it is with a certificate that it, or somebody unknown, has made. That is "
    "usual for a server of one's own; but somebody between you and it could show one as well."
)
_COMPARE = (
    "Ask whoever runs the server for this fingerprint, and compare. You are asked only once; if it "
    "ever changes, you are warned."
)
_CHANGED = (
    "{server} shows another certificate than before. Either its owner has installed a new one, or "
    "somebody stands between you and the server and reads along. Nothing was sent to it."
)


class TrustDialog(Dialog):
    """What both questions share: `on_answer` gets True from one button only."""

    def __init__(
        self, look: Look, title: str, question: TrustQuestion, on_answer: Callable[[bool], None]
    ) -> None:
        super().__init__(look, title, lambda: on_answer(False), heading=False)
        self.question, self._on_answer = question, on_answer
        self._row = 1
        self.bind("<Return>", lambda _: on_answer(False))
        self.heading = Heading(self.body, look, title)
        self.place(self.heading, 0)

    def place(self, widget: tkinter.Widget, above: float = 12) -> None:
        """Put a widget into the next row."""
        widget.grid(
            row=self._row, column=0, columnspan=3, sticky="w", pady=(self.look.px(above), 0)
        )
        self._row += 1

    def answers(self, no: str, yes: str, style: str) -> None:
        """The two buttons; "no" is the one that has the focus."""
        px = self.look.px
        frame = ttk.Frame(self.body)
        self.yes = ttk.Button(frame, text=yes, command=self._accept)
        self.no = ttk.Button(frame, text=no, command=lambda: self._on_answer(False), style=style)
        for button in (self.yes, self.no):
            button.pack(side="left", padx=(px(8), 0), ipadx=px(8))
        self.yes.bind("<Return>", lambda _: "break")  # space, or a click: a thing done on purpose
        self.no.bind("<Return>", press)
        frame.grid(row=self._row, column=0, columnspan=3, sticky="e", pady=(px(20), 0))
        self.appear(self.no)

    def _accept(self) -> None:
        self._on_answer(True)


class UnknownDialog(TrustDialog):
    """A server is seen for the first time, and no authority vouches for it."""

    def __init__(
        self, look: Look, question: TrustQuestion, on_answer: Callable[[bool], None]
    ) -> None:
        super().__init__(look, "Do you know this server?", question, on_answer)
        self.place(Words(self.body, look, _UNKNOWN.format(server=question.server), _WIDTH), 14)
        self.place(Section(self.body, look, "Fingerprint"))
        self.place(Fingerprint(self.body, look, question.offered), 6)
        if question.about:
            self.place(self._about(question), 14)
        self.place(Muted(self.body, look, _COMPARE, _WIDTH), 14)
        self.answers("Cancel", "Trust and connect", "Accent.TButton")

    def _about(self, question: TrustQuestion) -> ttk.Frame:
        frame, px = ttk.Frame(self.body), self.look.px
        for row, (label, text) in enumerate(question.about):
            Muted(frame, self.look, label).grid(row=row, column=0, sticky="nw", pady=px(2))
            words = Words(frame, self.look, text[:300], 320)
            words.grid(row=row, column=1, sticky="w", padx=(px(14), 0), pady=px(2))
        return frame


class ChangedDialog(TrustDialog):
    """The server is not the one that was trusted."""

    def __init__(
        self, look: Look, question: TrustQuestion, on_answer: Callable[[bool], None]
    ) -> None:
        super().__init__(look, "This is not the server you know", question, on_answer)
        look.follow(self.heading, self._redden)
        self.place(Words(self.body, look, _CHANGED.format(server=question.server), _WIDTH), 14)
        self.place(Section(self.body, look, "Known until now"))
        self.before = Fingerprint(self.body, look, question.known, question.offered)
        self.place(self.before, 6)
        self.place(Section(self.body, look, "Shown now"))
        self.now = Fingerprint(self.body, look, question.offered, question.known)
        self.place(self.now, 6)
        advice = "Ask whoever runs the server whether the second fingerprint is right."
        self.place(Muted(self.body, look, advice, _WIDTH), 14)
        self._compared = tkinter.BooleanVar(self, False)
        self.box = ttk.Checkbutton(
            self.body, text="I have compared the fingerprint", variable=self._compared,
            command=self._allow,
        )  # fmt: skip
        self.place(self.box)
        self.answers("Do not connect", "Trust the new certificate", "Accent.TButton")
        self._allow()

    def _redden(self) -> None:
        self.heading.configure(foreground=self.look.palette.error)

    def _allow(self) -> None:
        self.yes.state(["!disabled" if self._compared.get() else "disabled"])
