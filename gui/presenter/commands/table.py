"""Slash commands as data: each has its words, how many it needs, where it works, what it does.

`run` checks all that before the handler is called; every refusal is a sentence.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from gui.model.conversation import Conversation, Place
from gui.model.names import is_service
from gui.presenter.desk import Desk

#: Does it; a sentence if it cannot be done after all, else None.
Handler = Callable[[Desk, Conversation, str], str | None]


class Needs(Enum):
    """What of a connection a command needs: none, one that may come back, or one now."""

    NOTHING = "nothing"
    A_SERVER = "a server"
    A_CONNECTION = "a connection"


class Command(NamedTuple):
    """`words` are the parameters as help shows them; `least` is how many are needed; `places`
    are the kinds of conversation it works in; `feature` is what the server must be able to do
    ("" for nothing but IRC itself); `secret`: its words may hold a password."""

    name: str
    words: str
    about: str
    least: int
    places: tuple[Place, ...]
    needs: Needs
    feature: str
    secret: bool
    handler: Handler


ANYWHERE = tuple(Place)
IN_ROOMS = (Place.ROOM,)
IN_TALKS = (Place.ROOM, Place.PRIVATE)
_ONLY = {IN_ROOMS: "in a room", IN_TALKS: "in a room or with a person"}

COMMANDS: dict[str, Command] = {}
ALIASES = {
    "j": "join", "leave": "part", "q": "query", "w": "whois", "raw": "quote", "exit": "quit",
    "preferences": "settings", "find": "search",
}  # fmt: skip


def command(
    name: str,
    words: str,
    about: str,
    *,
    least: int = 0,
    places: tuple[Place, ...] = ANYWHERE,
    needs: Needs = Needs.A_CONNECTION,
    feature: str = "",
    secret: bool = False,
) -> Callable[[Handler], Handler]:
    """Enter a handler into the table."""

    def enter(handler: Handler) -> Handler:
        COMMANDS[name] = Command(
            name, words, about, least, places, needs, feature, secret, handler
        )  # fmt: skip
        return handler

    return enter


def find(name: str) -> Command | None:
    """The command with this name, None if there is none."""
    name = name.lower()
    return COMMANDS.get(ALIASES.get(name, name))


def offered(desk: Desk, conversation: Conversation | None) -> Iterator[Command]:
    """The commands that make sense here, by name."""
    place = conversation.place if conversation else Place.SERVER
    for name in sorted(COMMANDS):
        one = COMMANDS[name]
        if place in one.places and has_feature(desk, one):
            yield one


def has_feature(desk: Desk, known: Command) -> bool:
    """False if this server cannot do what the command does."""
    return not known.feature or bool(getattr(desk.chat.features, known.feature))


def run(desk: Desk, conversation: Conversation, line: str, state: str = "online") -> str:
    """Do what `line` ('/join #room') says; a sentence if it cannot be done, else ''.

    `state` is the connection's.
    """
    name, rest = split(line)
    known = find(name)
    if known is None:
        return f"There is no command /{name}; /help lists all. To send this as it is: //{name}"
    if len(rest.split()) < known.least:
        return f"/{known.name} needs more words: /{known.name} {known.words}"
    if conversation.place not in known.places:
        return f"/{known.name} only works {_ONLY[known.places]}"
    if known.needs is Needs.A_CONNECTION and state != "online":
        return f"There is no connection; /{known.name} has to wait until it is back"
    if known.needs is Needs.A_SERVER and state not in ("online", "waiting"):
        return f"There is no connection; /{known.name} needs one"
    if state == "online" and not has_feature(desk, known):
        return f"This server cannot do that: /{known.name} does not work here"
    return known.handler(desk, conversation, rest) or ""


def split(line: str) -> tuple[str, str]:
    """'/topic bees and trees' as name and the rest."""
    parts = line[1:].split(None, 1)
    if not parts or line[1:2].isspace():
        return "", line[1:].strip()
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def holds_secret(line: str) -> bool:
    """True if this is a command that may hold a password; so may whatever is no command yet, and
    what is said to services."""
    if not line.startswith("/") or line.startswith("//"):
        return False
    name, rest = split(line)
    known = find(name)
    return known is None or known.secret or is_service(rest.partition(" ")[0])


def listing() -> str:
    """All commands as the user's guide lists them, in Markdown."""
    lines = ["| command | what it does |", "|---|---|"]
    for name in sorted(COMMANDS):
        one = COMMANDS[name]
        written = f"/{name} {one.words}".rstrip().replace("|", "\\|")
        lines.append(f"| `{written}` | {one.about.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"
