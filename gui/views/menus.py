"""The menus, and the keys that work everywhere in the window."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING

from gui.model.shown import Actions
from gui.palette import DARK, LIGHT, PALETTES
from gui.theme import Look

if TYPE_CHECKING:
    from gui.views.window import Window


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
        self._bind()

    def _bind(self) -> None:
        root, step = self._look.root, self._actions.step
        keys: dict[str, Callable[[], object]] = {
            "<Control-k>": self._window.search.focus_search,
            "<Control-j>": self._window.ask_room,
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
            "<Control-q>": self._actions.quit,
            "<Prior>": lambda: self._page(-1),
            "<Next>": lambda: self._page(1),
        }
        for sequence, command in keys.items():
            try:
                root.bind_all(sequence, lambda _, run=command: self._run(run))  # type: ignore[misc]
            except tkinter.TclError:  # a key that this keyboard does not know
                continue
        for sequence in ("<Control-k>", "<Control-d>", "<Control-Tab>", "<Control-j>"):
            run = keys[sequence]  # Text has its own ideas about these
            self._window.composer.text.bind(
                sequence,
                lambda _, run=run: self._run(run),  # type: ignore[misc]
            )

        for kind in ("TEntry", "Entry"):  # where Ctrl+A is the line's beginning otherwise
            root.bind_class(kind, "<Control-a>", _select_all)

    def _run(self, command: Callable[[], object]) -> str:
        command()
        return "break"

    def _page(self, pages: int) -> None:
        messages = self._window.messages
        messages.scroll(pages * messages.winfo_height() * 9 // 10)

    def scale(self, steps: int) -> None:
        """Everything larger or smaller; 0: as it was."""
        self._on_look(self._look.palette.name, self._look.step(steps))

    def other_theme(self) -> None:
        """From dark to light and back."""
        other = LIGHT if self._look.palette is DARK else DARK
        self._on_look(other.name, self._look.scale)

    def _menu(self) -> tkinter.Menu:
        palette = self._look.palette
        return tkinter.Menu(
            self._look.root, tearoff=False, borderwidth=0, relief="flat",
            activeborderwidth=self._look.px(4), background=palette.field,
            foreground=palette.text, activebackground=palette.accent,
            activeforeground=palette.on_accent, font=self._look.fonts["text"],
            disabledforeground=palette.muted, selectcolor=palette.text,
        )  # fmt: skip

    def main(self, x: int, y: int) -> None:
        """The menu at the upper right."""
        menu, window, actions = self._menu(), self._window, self._actions
        for label, key, command in (
            ("Join a room…", "Ctrl+J", window.ask_room),
            ("Search", "Ctrl+K", window.search.focus_search),
            ("Members", "Ctrl+M", window.toggle_members),
        ):
            menu.add_command(label=label, accelerator=key, command=command)
        menu.add_separator()
        for name in PALETTES:
            menu.add_command(
                label=f"{name.capitalize()} theme",
                accelerator="Ctrl+D" if name != self._look.palette.name else "",
                command=lambda name=name: self._on_look(  # type: ignore[misc]
                    name, self._look.scale
                ),
            )
        for label, key, steps in (("Larger", "+", 1), ("Smaller", "-", -1), ("Normal", "0", 0)):
            menu.add_command(
                label=label,
                accelerator=f"Ctrl+{key}",
                command=lambda steps=steps: self.scale(steps),  # type: ignore[misc]
            )
        menu.add_separator()
        menu.add_command(label="Connection…", command=actions.change_connection)
        menu.add_command(label="Quit", accelerator="Ctrl+Q", command=actions.quit)
        menu.tk_popup(x, y)

    def conversation(self, key: str, x: int, y: int) -> None:
        """The menu of a line in the list."""
        menu, actions = self._menu(), self._actions
        menu.add_command(label="Open", command=lambda: actions.open(key))
        menu.add_command(label="Mute or unmute", command=lambda: actions.mute(key))
        label = "Leave the room" if key.startswith(("#", "&")) else "Put away"
        menu.add_command(label=label, command=lambda: actions.close_conversation(key))
        menu.tk_popup(x, y)
