"""Slash commands as data: each has its words, how many it needs, and what it does.

`run` checks those before the handler is called; every refusal is a sentence.
"""

from collections.abc import Callable
from typing import NamedTuple

from gui.model.conversation import Conversation, Place
from gui.presenter.desk import Desk, Part

Handler = Callable[["Desk", Conversation, str], None]


class Command(NamedTuple):
    """`words` are the parameters as help shows them; `least` is how many are needed."""

    name: str
    words: str
    about: str
    least: int
    in_room: bool
    handler: Handler


COMMANDS: dict[str, Command] = {}
_ALIASES = {"j": "join", "leave": "part", "close": "part", "q": "query", "w": "whois"}


def command(
    name: str, words: str, about: str, *, least: int = 0, in_room: bool = False
) -> Callable[[Handler], Handler]:
    """Enter a handler into the table."""

    def enter(handler: Handler) -> Handler:
        COMMANDS[name] = Command(name, words, about, least, in_room, handler)
        return handler

    return enter


def run(desk: Desk, conversation: Conversation, line: str) -> str:
    """Do what `line` ('/join #room') says; a sentence if it cannot be done, else ''."""
    name, _, rest = line[1:].partition(" ")
    rest = rest.strip()
    known = COMMANDS.get(_ALIASES.get(name.lower(), name.lower()))
    if known is None:
        return f"There is no command /{name}; /help lists all. To send this as it is: //{name}"
    if len(rest.split()) < known.least:
        return f"/{known.name} needs more words: /{known.name} {known.words}"
    if known.in_room and conversation.place is not Place.ROOM:
        return f"/{known.name} only works in a room"
    known.handler(desk, conversation, rest)
    return ""


@command("join", "#ROOM [KEY]", "enter a room, or make it", least=1)
def join(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Enter a room and show it."""
    room, _, key = rest.partition(" ")
    if not desk.link.is_room(room):
        room = f"#{room}"
    wanted = desk.link.key(room)
    known = desk.chat.get(wanted)
    if known is not None and known.joined:
        desk.open(known)
        return
    desk.chat.wanted = wanted
    desk.link.ask(lambda session, now: session.join(room, key.strip()))


@command("part", "[REASON]", "leave this room, or put this conversation away")
def part(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Leave; of the server's own conversation only the view goes."""
    if conversation.place is Place.ROOM and conversation.joined:
        name = conversation.name
        desk.link.ask(lambda session, now: session.part(name, rest))
    else:
        desk.put_away(conversation.key)


@command("msg", "NICK TEXT", "write to a person, and stay here", least=2)
def msg(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Send a message elsewhere."""
    target, _, text = rest.partition(" ")
    desk.link.say(desk.link.key(target), target, text.strip(), "privmsg")


@command("query", "NICK [TEXT]", "open a conversation with a person", least=1)
def query(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Open a private conversation, and perhaps begin it."""
    nick, _, text = rest.partition(" ")
    place = Place.ROOM if desk.link.is_room(nick) else Place.PRIVATE
    key = desk.link.key(nick)
    desk.open(desk.chat.ensure(key, nick, place))
    if text.strip():
        desk.link.say(key, nick, text.strip(), "privmsg")


@command("me", "TEXT", "say what you do: /me waves", least=1)
def me(desk: Desk, conversation: Conversation, rest: str) -> None:
    """An action."""
    if conversation.place is Place.SERVER:
        desk.note(conversation, "/me only works in a room or with a person")
        return
    desk.link.say(conversation.key, conversation.name, rest, "action")


@command("nick", "NAME", "take another nickname", least=1)
def nick(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Ask for another nick."""
    desk.link.ask(lambda session, now: session.change_nick(rest.split()[0]))


@command("topic", "[TEXT]", "show or set what this room is about", in_room=True)
def topic(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Set the topic, or show it."""
    if rest:
        name = conversation.name
        desk.link.ask(lambda session, now: session.set_topic(name, rest))
    else:
        desk.note(conversation, conversation.topic or "This room has no topic")


@command("away", "[REASON]", "tell others that you are away")
def away(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Go away."""
    desk.link.ask(lambda session, now: session.set_away(rest or "away"))


@command("back", "", "tell others that you are back")
def back(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Come back."""
    desk.link.ask(lambda session, now: session.set_away(""))


@command("whois", "NICK", "ask who somebody is", least=1)
def whois(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Ask about a person."""
    desk.link.ask(lambda session, now: session.whois(rest.split()[0]))


@command("kick", "NICK [REASON]", "remove somebody from this room", least=1, in_room=True)
def kick(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Remove a member."""
    person, _, reason = rest.partition(" ")
    name = conversation.name
    desk.link.ask(lambda session, now: session.kick(name, person, reason.strip()))


@command("invite", "NICK", "ask somebody into this room", least=1, in_room=True)
def invite(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Invite a person to the open room."""
    name = conversation.name
    desk.link.ask(lambda session, now: session.invite(rest.split()[0], name))


@command("list", "[PATTERN]", "list the server's rooms")
def list_rooms(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Ask for the rooms."""
    desk.link.ask(lambda session, now: session.request_room_list(rest))


@command("mute", "", "stop this conversation from calling, or let it again")
def mute(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Mute or unmute."""
    desk.chat.mute(conversation)
    desk.note(conversation, "Muted" if conversation.muted else "Not muted any more")
    desk.touch(Part.LIST)


@command("help", "[COMMAND]", "list the commands")
def show_help(desk: Desk, conversation: Conversation, rest: str) -> None:
    """What there is."""
    wanted = rest.lstrip("/").lower()
    lines = [
        f"/{one.name} {one.words}".rstrip() + f" — {one.about}"
        for one in COMMANDS.values()
        if not wanted or one.name == wanted
    ]
    desk.note(conversation, "\n".join(lines) or f"There is no command /{wanted}")


@command("quit", "", "end the program")
def leave(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Say goodbye and close."""
    desk.quit()
