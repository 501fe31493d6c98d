"""Who we are, and what the window shows while no conversation is open."""

from gui.model.accounts import OwnCard, Welcome
from gui.model.chat import Chat
from gui.model.conversation import Place
from gui.presenter.desk import Desk, Part

_ABOUT = "Rooms and private messages on your own server, or on any IRC server."


class Entrance:
    """Has both redrawn whenever what stands above the messages is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.draws(Part.HEADER, self.draw)

    def draw(self) -> None:
        """Show what is so now."""
        chat, screen = self._desk.chat, self._desk.screen.entrance
        screen.show_own(own(chat))
        screen.show_welcome(welcome(chat))


def own(chat: Chat) -> OwnCard:
    """We, in the corner of the window."""
    if not chat.nick:
        return OwnCard("")
    color, name = chat.people.color(chat.nick), chat.people.name(chat.nick)
    return OwnCard(chat.nick, chat.account, chat.away, color, name)


def welcome(chat: Chat) -> Welcome | None:
    """What stands where no conversation is open, None where one is."""
    if chat.open is not None:
        return None
    if chat.nick:
        title, sentence = "No conversation is open", "Pick one on the left, or join a room."
        if all(one.place is Place.SERVER for one in chat.conversations.values()):
            title = f"You are on {chat.network}" if chat.network else title
            sentence = "Join a room, or write to somebody by their nickname."
        return Welcome(title, sentence, "Join a room…", "join", whole=False)
    if chat.trying:
        return Welcome("Welcome to Parlor", f"Connecting to {chat.trying}…", "", "connect", True)
    return Welcome("Welcome to Parlor", _ABOUT, "Connect to a server…", "connect", True)
