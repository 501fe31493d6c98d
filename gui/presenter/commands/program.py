"""Commands about this program: help, mute, clear, quit, and raw lines."""

from core import __version__
from gui.model.conversation import Conversation
from gui.model.timeline import Timeline
from gui.presenter.commands.table import (
    COMMANDS,
    IN_TALKS,
    Command,
    Needs,
    command,
    find,
    has_feature,
)
from gui.presenter.desk import Desk, Part


@command("mute", "", "stop this conversation from calling, or let it again", needs=Needs.NOTHING)
def mute(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Mute or unmute."""
    desk.chat.mute(conversation)
    desk.note(conversation, "Muted" if conversation.muted else "Not muted any more")
    desk.touch(Part.LIST)


@command("clear", "", "empty this view; nothing is deleted on the server", needs=Needs.NOTHING)
def clear(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Begin with an empty view."""
    conversation.timeline = Timeline()
    conversation.timeline.complete = True  # else the view would ask for what was just cleared
    conversation.look()
    desk.open(conversation)


@command("help", "[COMMAND]", "list the commands", needs=Needs.NOTHING)
def show_help(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """What there is, or all about one."""
    wanted = rest.split()[0].lstrip("/") if rest else ""
    if not wanted:
        listed = [one for _, one in sorted(COMMANDS.items()) if has_feature(desk, one)]
        desk.note(conversation, "\n".join(map(_line, listed)))
        return None
    known = find(wanted)
    if known is None:
        return f"There is no command /{wanted}"
    desk.note(conversation, _line(known))
    return None


def _line(one: Command) -> str:
    return f"/{one.name} {one.words}".rstrip() + f" — {one.about}"


@command(
    "quote", "LINE", "send a line to the server as it is; a wrong one may confuse this window",
    least=1, secret=True,
)  # fmt: skip
def quote(desk: Desk, conversation: Conversation, rest: str) -> None:
    """A raw line."""
    desk.link.ask(lambda session, now: session.send_line(rest))


@command("settings", "", "open the settings", needs=Needs.NOTHING)
def settings(desk: Desk, conversation: Conversation, rest: str) -> None:
    """The settings dialog."""
    desk.actions.preferences.open()


@command(
    "search", "TEXT", "find words in this conversation", least=1, places=IN_TALKS,
    needs=Needs.NOTHING,
)  # fmt: skip
def search(desk: Desk, conversation: Conversation, rest: str) -> None:
    """The find bar, with this typed into it."""
    desk.actions.finding.open()
    desk.actions.finding.find(rest)


@command("version", "", "tell which version of Parlor this is", needs=Needs.NOTHING)
def version(desk: Desk, conversation: Conversation, rest: str) -> None:
    """About the program."""
    desk.note(conversation, f"Parlor {__version__}")


@command("quit", "", "end the program", needs=Needs.NOTHING)
def leave(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Say goodbye and close."""
    desk.quit()
