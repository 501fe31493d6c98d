"""Commands that say something."""

from gui.model.conversation import Conversation
from gui.presenter.commands.table import IN_TALKS, Needs, command
from gui.presenter.desk import Desk

_SHRUG = "¯\\_(ツ)_/¯"


@command("msg", "NICK TEXT", "write to a person, and stay here", least=2, needs=Needs.A_SERVER)
def msg(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Send a message elsewhere."""
    target, text = rest.split(None, 1)
    desk.link.say(desk.link.key(target), target, text.strip(), "privmsg")


@command(
    "notice", "NICK-OR-#ROOM TEXT", "send a notice, as programs do", least=2, needs=Needs.A_SERVER
)
def notice(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Send a notice."""
    target, text = rest.split(None, 1)
    desk.link.say(desk.link.key(target), target, text.strip(), "notice")


@command("me", "TEXT", "say what you do: /me waves", least=1, places=IN_TALKS, needs=Needs.A_SERVER)
def me(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """An action."""
    return _say(desk, conversation, rest, "action")


@command("shrug", "[TEXT]", f"say {_SHRUG}", places=IN_TALKS, needs=Needs.A_SERVER)
def shrug(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """Say something, with a shrug behind it."""
    return _say(desk, conversation, f"{rest} {_SHRUG}".strip(), "privmsg")


def _say(desk: Desk, conversation: Conversation, text: str, kind: str) -> str | None:
    if not conversation.joined:
        return f"You are not in this room; /join {conversation.name}"
    desk.link.say(conversation.key, conversation.name, text, kind)
    return None
