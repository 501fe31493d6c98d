"""Commands about people, ourselves among them."""

from gui.model.conversation import Conversation, Place
from gui.presenter.commands.table import Needs, command
from gui.presenter.desk import Desk


@command("query", "NICK [TEXT]", "open a conversation with a person", least=1, needs=Needs.A_SERVER)
def query(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Open a private conversation, and perhaps begin it."""
    nick, _, text = rest.partition(" ")
    place = Place.ROOM if desk.link.is_room(nick) else Place.PRIVATE
    key = desk.link.key(nick)
    desk.open(desk.chat.ensure(key, nick, place))
    if text.strip():
        desk.link.say(key, nick, text.strip(), "privmsg")


@command("whois", "NICK", "ask who somebody is", least=1)
def whois(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Open the profile, which asks for it."""
    desk.opens["profile"](rest.split()[0])


@command("profile", "NICK", "show what somebody tells of themselves", least=1)
def profile(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Their profile, in a window of its own."""
    desk.actions.people.profile(rest.split()[0])


@command("nick", "NAME", "take another nickname", least=1)
def nick(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Ask for another nick."""
    desk.link.ask(lambda session, now: session.change_nick(rest.split()[0]))


@command("away", "[REASON]", "tell others that you are away")
def away(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Go away."""
    desk.link.ask(lambda session, now: session.set_away(rest or "away"))


@command("back", "", "tell others that you are back")
def back(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Come back."""
    desk.link.ask(lambda session, now: session.set_away(""))


@command(
    "ignore", "[NICK]", "show nothing more of somebody; alone: who that is", needs=Needs.NOTHING
)
def ignore(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """Only this window hides them; nobody is told."""
    ignored = desk.preferences.ignored
    if not rest:
        told = ", ".join(ignored)
        desk.note(conversation, f"Ignored: {told}" if told else "Nobody is ignored")
        return None
    person = rest.split()[0]
    if desk.link.key(person) == desk.link.key(desk.chat.nick):
        return "Ignoring yourself would not help anybody"
    if desk.link.key(person) in map(desk.link.key, ignored):
        return f"{person} is ignored already; /unignore {person} ends that"
    desk.preferences.ignored = [*ignored, person]
    desk.note(conversation, f"{person} is ignored from now on; /unignore {person} ends that")
    return None


@command("unignore", "NICK", "show somebody's messages again", least=1, needs=Needs.NOTHING)
def unignore(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """The opposite of /ignore."""
    person, ignored = rest.split()[0], desk.preferences.ignored
    left = [one for one in ignored if desk.link.key(one) != desk.link.key(person)]
    if len(left) == len(ignored):
        return f"{person} is not ignored"
    desk.preferences.ignored = left
    desk.note(conversation, f"{person} is not ignored any more")
    return None
