"""The keys: one table, which the bindings are made from and the settings dialog shows.

An entry with `sequences` (as Tk names them) is bound everywhere in the window, to the command of
the same name in `gui.views.menus`; those without belong to one widget, which binds them itself.
"""

from typing import Final, NamedTuple


class Key(NamedTuple):
    """`shown` is how people read it."""

    name: str
    shown: str
    text: str
    sequences: tuple[str, ...] = ()


KEYS: Final[dict[str, tuple[Key, ...]]] = {
    "Conversations": (
        Key("search", "Ctrl+K", "Search", ("<Control-k>",)),
        Key("join", "Ctrl+J", "Join a room or write to somebody", ("<Control-j>",)),
        Key("previous", "Alt+Up", "The conversation above",
            ("<Alt-Up>", "<Control-Shift-Tab>", "<Control-ISO_Left_Tab>")),
        Key("next", "Alt+Down", "The conversation below", ("<Alt-Down>", "<Control-Tab>")),
        Key("previous_unread", "Alt+Shift+Up", "The unread one above", ("<Alt-Shift-Up>",)),
        Key("next_unread", "Alt+Shift+Down", "The unread one below", ("<Alt-Shift-Down>",)),
        Key("nth", "Ctrl+1 … Ctrl+9", "That one of the list (Alt works as well)"),
        Key("members", "Ctrl+M", "Show or hide the members", ("<Control-m>",)),
        Key("find_member", "Ctrl+Shift+M", "Find a member", ("<Control-M>",)),
        Key("info", "Ctrl+I", "About this room or person", ("<Control-i>",)),
    ),
    "Messages": (
        Key("find", "Ctrl+F", "Find in this conversation", ("<Control-f>",)),
        Key("find_older", "F3", "The hit before", ("<F3>",)),
        Key("find_newer", "Shift+F3", "The hit after", ("<Shift-F3>",)),
        Key("page_up", "PageUp", "Scroll up", ("<Prior>",)),
        Key("page_down", "PageDown", "Scroll down", ("<Next>",)),
        Key("messages", "F6, Ctrl+Up", "Go to the messages, Escape goes back", ("<F6>",)),
        Key("step", "Up, Down", "From message to message, once there"),
        Key("answer", "R, Enter", "Answer the chosen message"),
        Key("react", "E, +", "React to it"),
        Key("delete", "Delete", "Delete it"),
        Key("message_menu", "Menu, Shift+F10", "All that can be done with it"),
        Key("copy", "Ctrl+C", "Copy what is selected, or the chosen message"),
        Key("select_all", "Ctrl+A", "Select all"),
    ),
    "Writing": (
        Key("send", "Enter", "Send"),
        Key("line", "Shift+Enter", "A new line"),
        Key("complete", "Tab", "Complete a nickname, room or command"),
    ),
    "Window": (
        Key("menu", "F10, Alt+M", "The menu", ("<F10>", "<Alt-m>")),
        Key("settings", "Ctrl+,", "Settings", ("<Control-comma>",)),
        Key("keys", "F1, Ctrl+/", "These keys", ("<F1>", "<Control-slash>")),
        Key("larger", "Ctrl++", "Everything larger",
            ("<Control-plus>", "<Control-equal>", "<Control-KP_Add>")),
        Key("smaller", "Ctrl+-", "Everything smaller",
            ("<Control-minus>", "<Control-KP_Subtract>")),
        Key("normal", "Ctrl+0", "The normal size", ("<Control-Key-0>",)),
        Key("theme", "Ctrl+D", "Dark or light", ("<Control-d>",)),
        Key("quit", "Ctrl+Q", "Quit", ("<Control-q>",)),
    ),
}  # fmt: skip

ALL: Final = {key.name: key for group in KEYS.values() for key in group}


def table() -> str:
    """All keys as the user's guide lists them, in Markdown."""
    lines = ["| key | what it does |", "|---|---|"]
    for group, keys in KEYS.items():
        lines.append(f"| **{group}** | |")
        lines += [f"| {key.shown} | {key.text} |" for key in keys]
    return "\n".join(lines) + "\n"
