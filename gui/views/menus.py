"""The menus, and the keys that work everywhere in the window.

Entries are data (see `gui.views.popup`), keys are those of `gui.model.keys`: `_commands` says what
each of them does.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from gui.model.actions import Actions
from gui.model.keys import ALL
from gui.theme import Look
from gui.views.personmenu import PersonMenu
from gui.views.popup import LINE, Entry, open_menu

if TYPE_CHECKING:
    from gui.views.window import Window

#: Keys that work in dialogs too.
_EVERYWHERE: Final = {"larger", "smaller", "normal", "theme", "quit", "settings", "keys"}
_LEVELS: Final = (
    ("", "As elsewhere"), ("all", "All messages"), ("mentions", "Only personal ones"),
    ("none", "None"),
)  # fmt: skip


def _select_all(event: tkinter.Event[tkinter.Misc]) -> str:
    if isinstance(event.widget, tkinter.Entry):  # ttk's entry is one too
        event.widget.select_range(0, "end")
        event.widget.icursor("end")
    return "break"


class Menus:
    """Opens menus at a place of the screen; binds the shortcuts."""

    def __init__(self, window: Window, look: Look, actions: Actions) -> None:
        self._window, self._look, self._actions = window, look, actions
        self.people = PersonMenu(look, actions)
        self._bind()

    # --- keys ---------------------------------------------------------------------------

    def _commands(self) -> dict[str, Callable[[], object]]:
        """What the keys of the table do, by name."""
        window, actions = self._window, self._actions
        step, preferences = actions.conversations.step, actions.preferences
        return {
            "search": window.search.focus_search,
            "join": window.dialogs.ask_room,
            "previous": lambda: step(-1),
            "next": lambda: step(1),
            "previous_unread": lambda: step(-1, unread=True),
            "next_unread": lambda: step(1, unread=True),
            "find": window.finding.open_bar,
            "find_older": partial(window.finding.next, 1),
            "find_newer": partial(window.finding.next, -1),
            "members": window.toggle_members,
            "find_member": window.find_member,
            "info": actions.room_info.open,
            "messages": window.messages.enter,
            "page_up": partial(window.messages.page, -1),
            "page_down": partial(window.messages.page, 1),
            "menu": self.main_by_key,
            "settings": preferences.open,
            "keys": partial(preferences.open, "Keyboard"),
            "larger": partial(preferences.larger, 1),
            "smaller": partial(preferences.larger, -1),
            "normal": partial(preferences.larger, 0),
            "theme": preferences.other_theme,
            "quit": actions.quit,
        }

    def _bind(self) -> None:
        root, text = self._look.root, self._window.composer.text
        commands = self._commands()
        for name, key in ALL.items():
            for sequence in key.sequences:
                run = partial(self._run, name, commands[name])
                try:
                    root.bind_all(sequence, run)
                except tkinter.TclError:  # a key that this keyboard does not know
                    continue
                if sequence.startswith(("<Control-", "<Alt-", "<F")):
                    text.bind(sequence, run)  # Text has its own ideas about some of these
        for digit in range(1, 10):
            nth = partial(self._actions.conversations.nth, digit - 1)
            for held in ("Alt", "Control"):
                sequence = f"<{held}-Key-{digit}>"
                root.bind_all(sequence, partial(self._run, "nth", nth))
                text.bind(sequence, partial(self._run, "nth", nth))
        for kind in ("TEntry", "Entry"):  # where Ctrl+A is the line's beginning otherwise
            root.bind_class(kind, "<Control-a>", _select_all)
        root.option_add("*Menu.useMotifHelp", "false")

    def _run(
        self, name: str, command: Callable[[], object], event: tkinter.Event[tkinter.Misc]
    ) -> str | None:
        widget = event.widget
        inside = isinstance(widget, tkinter.Misc) and widget.winfo_toplevel() is self._look.root
        if not inside and name not in _EVERYWHERE:
            return None
        command()
        return "break"

    # --- menus --------------------------------------------------------------------------

    def open(self, entries: Iterable[tuple[object, ...]], x: int, y: int) -> None:
        """Show a menu at a place of the screen."""
        open_menu(self._look, entries, x, y)

    def main_by_key(self) -> None:
        """The main menu, with the keyboard in it."""
        x, y = self._window.header.menu_place()
        open_menu(self._look, self.entries(), x, y, first=True)

    def main(self, x: int, y: int) -> None:
        """The menu at the upper right."""
        self.open(self.entries(), x, y)

    def entries(self) -> list[Entry]:
        """Those of the main menu."""
        window, actions = self._window, self._actions
        preferences, chosen = actions.preferences, window.preferences.preferences
        dark = self._look.palette.name == "dark"
        quiet = partial(preferences.set, "quiet", not chosen.quiet)
        commands = self._commands()
        account = actions.account
        offers = account.offers()

        def of(name: str, label: str, icon: str = "", when: bool = True) -> Entry:
            shown = ALL[name].shown.split(",")[0] if name != "settings" else "Ctrl+,"
            return Entry(label, shown, commands[name], when, icon)

        return [
            of("join", "Join a room…", "plus"),
            of("search", "Search", "search"),
            of("find", "Find in this conversation", "search"),
            of("members", "Members", "people", window.has_members),
            of("info", "About this room", "info", window.has_members),
            LINE,
            Entry("Do not disturb", "", quiet, icon="bell_off", checked=chosen.quiet),
            of("theme", "Light theme" if dark else "Dark theme", "sun" if dark else "moon"),
            of("settings", "Settings…", "gear"),
            of("keys", "Keys", "keyboard"),
            LINE,
            Entry("Profile…", "", actions.profile.show, offers.profile, "person"),
            Entry("Log in…", "", account.ask_login, offers.login, "key"),
            Entry("Create an account…", "", account.ask_registration, offers.registration, "plus"),
            Entry("Log out", "", account.log_out, offers.logout, "key"),
            Entry("Connection…", "", actions.connection.change, icon="plug"),
            of("quit", "Quit", "exit"),
        ]

    def person(self, nick: str, x: int, y: int) -> None:
        """The menu of a person."""
        self.open(self.people.entries(nick), x, y)

    def _copy(self, key: str) -> None:
        """Put the name of a conversation on the clipboard."""
        rows = self._window.conversations.rows
        name = next((row.name for row in rows if row.key == key), key)
        self._look.root.clipboard_clear()
        self._look.root.clipboard_append(name, type="UTF8_STRING")

    def conversation(self, key: str, x: int, y: int) -> None:
        """The menu of a line in the list."""
        talk, calls = self._actions.conversations, self._actions.notifying
        about = calls.about(key)
        if about is None:
            return
        level = "none" if about.muted else about.level
        levels = tuple(
            Entry(label, "", partial(calls.set_level, key, value), checked=value == level)
            for value, label in _LEVELS
        )
        self.open(
            [
                Entry("Open", "", partial(talk.open, key), icon="chat"),
                Entry("Mark as read", "", partial(talk.mark_read, key), about.unread, "tick_small"),
                Entry("Unpin" if about.pinned else "Pin", "", partial(talk.pin, key), icon="pin"),
                Entry("Unmute" if about.muted else "Mute", "", partial(talk.mute, key),
                      icon="bell" if about.muted else "bell_off"),
                Entry("Notify me of", "", lambda: None, icon="bell", inside=levels),
                Entry("Copy name", "", partial(self._copy, key), icon="copy"),
                LINE,
                Entry("Leave the room" if about.room else "Put away", "",
                      partial(talk.close, key), icon="exit", danger=about.room),
            ],
            x, y,
        )  # fmt: skip
