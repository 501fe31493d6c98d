"""Slash commands, in a file for each subject; `table` tells what a command is."""

from gui.presenter.commands import account, moderating, people, program, rooms, talking
from gui.presenter.commands.rooms import join, part
from gui.presenter.commands.table import (
    COMMANDS,
    Command,
    Needs,
    find,
    holds_secret,
    offered,
    run,
    split,
)

__all__ = [
    "COMMANDS", "Command", "Needs", "account", "find", "holds_secret", "join", "moderating",
    "offered", "part", "people", "program", "rooms", "run", "split", "talking",
]  # fmt: skip
