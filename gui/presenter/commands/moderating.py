"""Commands for those who look after a room: removing people, ranks, bans, modes."""

from gui.model.conversation import Conversation
from gui.presenter.commands.table import IN_ROOMS, command
from gui.presenter.desk import Desk


@command("kick", "NICK [REASON]", "remove somebody from this room", least=1, places=IN_ROOMS)
def kick(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Remove a member."""
    person, _, reason = rest.partition(" ")
    name = conversation.name
    desk.link.ask(lambda session, now: session.kick(name, person, reason.strip()))


def _for_each(desk: Desk, conversation: Conversation, change: str, words: str) -> None:
    """The same change of mode for each of the words; servers limit how many one line takes."""
    room = conversation.name
    for word in words.split():
        desk.link.ask(lambda session, now, word=word: session.set_mode(room, change, word))  # type: ignore[misc]


@command("op", "NICK …", "make somebody an operator of this room", least=1, places=IN_ROOMS)
def op(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Give the rank."""
    _for_each(desk, conversation, "+o", rest)


@command("deop", "NICK …", "take the rank of operator here", least=1, places=IN_ROOMS)
def deop(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Take the rank."""
    _for_each(desk, conversation, "-o", rest)


@command("voice", "NICK …", "let somebody speak in a moderated room", least=1, places=IN_ROOMS)
def voice(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Give voice."""
    _for_each(desk, conversation, "+v", rest)


@command("devoice", "NICK …", "take the voice that was given", least=1, places=IN_ROOMS)
def devoice(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Take voice."""
    _for_each(desk, conversation, "-v", rest)


def mask(word: str) -> str:
    """A nick as the mask that a ban needs; what is a mask already stays."""
    return word if any(sign in word for sign in "!@*?$") else f"{word}!*@*"


@command("ban", "NICK-OR-MASK …", "keep somebody out of this room", least=1, places=IN_ROOMS)
def ban(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Ban by nick or mask (nick!user@host)."""
    _for_each(desk, conversation, "+b", " ".join(mask(word) for word in rest.split()))


@command("unban", "NICK-OR-MASK …", "let somebody in again", least=1, places=IN_ROOMS)
def unban(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Lift a ban."""
    _for_each(desk, conversation, "-b", " ".join(mask(word) for word in rest.split()))


@command("mode", "[TARGET] CHANGES …", "set modes of this room, or of a target", least=1)
def mode(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """'+m' is about the open room; '#other +m' and 'mynick +i' name what they are about."""
    words = rest.split()
    if words[0][0] in "+-":
        if conversation.place not in IN_ROOMS:
            return "/mode +… only works in a room; /mode TARGET CHANGES says what it is about"
        words.insert(0, conversation.name)
    desk.link.ask(lambda session, now: session.set_mode(words[0], *words[1:]))
    return None
