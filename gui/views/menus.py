"""The menus, and the keys that work everywhere in the window."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gui.model.actions import Actions
from gui.palette import DARK, LIGHT, PALETTES
from gui.theme import Look
from gui.views.personmenu import PersonMenu

if TYPE_CHECKING:
    from gui.views.window import Window


Entry = tuple[str, str, Callable[[], object]]  # label, shortcut, what it does


def _select_all(event: tkinter.Event[tkinter.Misc]) -> str:
    if isinstance(event.widget, tkinter.Entry):  # ttk's entry is one too
        event.widget.select_range(0, "end")
        event.widget.icursor("end")
    return "break"


class Menus:
    """Opens menus at a place of the screen; binds the shortcuts."""

    def __init__(
        self,
        window: Window,
        look: Look,
        actions: Actions,
        on_look: Callable[[str, float], None],
    ) -> None:
        self._window, self._look, self._actions, self._on_look = window, look, actions, on_look
        self._last: tkinter.Menu | None = None
        self.people = PersonMenu(look, actions)
        self._bind()

    def _bind(self) -> None:
        root, step = self._look.root, self._actions.conversations.step
        keys: dict[str, Callable[[], object]] = {
            "<Control-k>": self._window.search.focus_search,
            "<Control-j>": self._window.dialogs.ask_room,
            "<Alt-Up>": lambda: step(-1),
            "<Alt-Down>": lambda: step(1),
            "<Control-Tab>": lambda: step(1),
            "<Control-Shift-Tab>": lambda: step(-1),
            "<Control-ISO_Left_Tab>": lambda: step(-1),
            "<Control-plus>": lambda: self.scale(1),
            "<Control-equal>": lambda: self.scale(1),
            "<Control-KP_Add>": lambda: self.scale(1),
            "<Control-minus>": lambda: self.scale(-1),
            "<Control-KP_Subtract>": lambda: self.scale(-1),
            "<Control-Key-0>": lambda: self.scale(0),
            "<Control-d>": self.other_theme,
            "<Control-m>": self._window.toggle_members,
            "<Control-M>": self._window.find_member,
            "<Control-q>": self._actions.quit,
            "<Prior>": partial(self._window.messages.page, -1),
            "<Next>": partial(self._window.messages.page, 1),
        }
        for sequence, command in keys.items():
            try:
                root.bind_all(sequence, partial(self._run, command))
            except tkinter.TclError:  # a key that this keyboard does not know
                continue
        for sequence in ("<Control-k>", "<Control-d>", "<Control-Tab>", "<Control-j>"):
            # Text has its own ideas about these
            self._window.composer.text.bind(sequence, partial(self._run, keys[sequence]))
        for kind in ("TEntry", "Entry"):  # where Ctrl+A is the line's beginning otherwise
            root.bind_class(kind, "<Control-a>", _select_all)

    def _run(self, command: Callable[[], object], _: object) -> str:
        command()
        return "break"

    def scale(self, steps: int) -> None:
        """Everything larger or smaller; 0: as it was."""
        self._on_look(self._look.palette.name, self._look.step(steps))

    def other_theme(self) -> None:
        """From dark to light and back."""
        other = LIGHT if self._look.palette is DARK else DARK
        self._on_look(other.name, self._look.scale)

    def _open(self, entries: Sequence[Entry], x: int, y: int) -> None:
        """Show a menu at a place of the screen; an entry without a label is a line."""
        palette = self._look.palette
        if self._last is not None:
            self._last.destroy()
        menu = self._last = tkinter.Menu(
            self._look.root, tearoff=False, borderwidth=0, relief="flat",
            activeborderwidth=self._look.px(4), background=palette.field,
            foreground=palette.text, activebackground=palette.accent,
            activeforeground=palette.on_accent, font=self._look.fonts["text"],
            disabledforeground=palette.muted, selectcolor=palette.text,
        )  # fmt: skip
        for label, key, command in entries:
            if label:
                keys = f"   {key} " if key else ""
                menu.add_command(label=f" {label}", accelerator=keys, command=command)
            else:
                menu.add_separator()
        menu.tk_popup(x, y)

    def main(self, x: int, y: int) -> None:
        """The menu at the upper right."""
        window, actions, look = self._window, self._actions, self._look
        line: Entry = ("", "", window.search.clear)
        themes: list[Entry] = [
            (
                f"{name.capitalize()} theme",
                "Ctrl+D" if name != look.palette.name else "",
                partial(self._on_look, name, look.scale),
            )
            for name in PALETTES
        ]
        entries: list[Entry] = [
            ("Join a room…", "Ctrl+J", window.dialogs.ask_room),
            ("Search", "Ctrl+K", window.search.focus_search),
            ("Members", "Ctrl+M", window.toggle_members),
            line,
            *themes,
            ("Larger", "Ctrl++", partial(self.scale, 1)),
            ("Smaller", "Ctrl+-", partial(self.scale, -1)),
            ("Normal size", "Ctrl+0", partial(self.scale, 0)),
            line,
            ("Connection…", "", actions.connection.change),
            ("Quit", "Ctrl+Q", actions.quit),
        ]
        self._open(entries, x, y)

    def person(self, nick: str, x: int, y: int) -> None:
        """The menu of a person."""
        self._open(self.people.entries(nick), x, y)

    def conversation(self, key: str, x: int, y: int) -> None:
        """The menu of a line in the list."""
        actions = self._actions
        leave = "Leave the room" if key.startswith(("#", "&")) else "Put away"
        entries: list[Entry] = [
            ("Open", "", partial(actions.conversations.open, key)),
            ("Mute or unmute", "", partial(actions.conversations.mute, key)),
            (leave, "", partial(actions.conversations.close, key)),
        ]
        self._open(entries, x, y)
