"""The menu of a person, and the question for a reason before somebody is removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from tkinter import ttk

from gui.model.actions import Actions
from gui.model.ranks import ASKED, RULING, PersonAct
from gui.theme import Look
from gui.views.controls import Field
from gui.views.dialog import Dialog
from gui.views.popup import LINE, Entry

_ICONS = {
    PersonAct.MESSAGE: "chat",
    PersonAct.MENTION: "reply",
    PersonAct.PROFILE: "person",
    PersonAct.COPY: "copy",
    PersonAct.IGNORE: "bell_off",
    PersonAct.UNIGNORE: "bell",
    PersonAct.KICK: "exit",
    PersonAct.BAN: "close",
}


class PersonMenu:
    """`entries` are what `Menus` shows; `question` is the open dialog, None for none."""

    def __init__(self, look: Look, actions: Actions) -> None:
        self._look, self._actions = look, actions
        self.question: ReasonDialog | None = None

    def entries(self, nick: str) -> list[Entry]:
        """What can be done about this person; what only operators may do is behind a line."""
        made: list[Entry] = []
        for act in self._actions.people.choices(nick):
            if act in RULING and LINE not in made:
                made.append(LINE)
            command = partial(self.choose, nick, act)
            icon = _ICONS.get(act, "")
            made.append(Entry(act.value, "", command, icon=icon, danger=act in ASKED))
        return made

    def choose(self, nick: str, act: PersonAct) -> None:
        """Do it, or ask for the reason first."""
        if act is PersonAct.COPY:
            root = self._look.root
            root.clipboard_clear()
            root.clipboard_append(nick)
        elif act in ASKED:
            self.close()
            self.question = ReasonDialog(
                self._look, nick, act, partial(self._answered, nick, act), self.close
            )
        else:
            self._actions.people.act(nick, act)

    def _answered(self, nick: str, act: PersonAct, reason: str) -> None:
        self.close()
        self._actions.people.act(nick, act, reason)

    def close(self) -> None:
        """The question is not asked any more."""
        if self.question is not None:
            self.question.destroy()
            self.question = None


class ReasonDialog(Dialog):
    """Why is somebody to leave?  Return removes them, Escape does not."""

    def __init__(
        self,
        look: Look,
        nick: str,
        act: PersonAct,
        on_done: Callable[[str], None],
        on_cancel: Callable[[], None],
    ) -> None:
        verb = "Ban" if act is PersonAct.BAN else "Remove"
        super().__init__(look, f"{verb} {nick}?", on_cancel)
        self._on_done = on_done
        text = "They are removed from the room."
        if act is PersonAct.BAN:
            text = "They are removed from the room, and cannot come back until the ban is lifted."
        note = ttk.Label(self.body, text=text, wraplength=look.px(320), justify="left")
        note.grid(row=1, column=0, columnspan=3, sticky="w", pady=(0, look.px(14)))
        self.reason = Field(self.body, look, "Reason (everybody in the room sees it)", width=38)
        self.reason.grid(row=2, column=0, columnspan=3, sticky="ew")
        self.reason.entry.bind("<Return>", lambda _: self._submit())
        yes = self.buttons(3, verb, self._submit)
        yes.configure(style="Danger.TButton")
        self.appear(self.reason.entry)

    def _submit(self) -> None:
        self._on_done(self.reason.value)
