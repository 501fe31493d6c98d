"""What all parts of the presenter share: the model, the views, the link, and what to redraw.

Changes are collected while a batch of events is handled and shown once, by `flush`.
"""

from collections.abc import Callable, Iterable
from enum import Enum

from gui.link import Link
from gui.model.actions import Actions
from gui.model.chat import SERVER_KEY, Chat
from gui.model.conversation import Conversation, Place
from gui.model.message import Message
from gui.model.preferences import Preferences
from gui.model.screen import Screen
from gui.model.shown import ConversationRow
from gui.model.timeline import Change, Timeline
from gui.model.visit import Visit
from gui.presenter import rows

#: What a part of the presenter listens to: a method for each class of event or signal, which
#: returns True if the parts after it need not hear of it.
Handlers = dict[type, Callable[..., object]]

_COMMANDS = "Commands begin with /: /join #room, /help"


class Part(Enum):
    """A part of the window that can be redrawn by itself."""

    LIST = "list"
    HEADER = "header"
    MEMBERS = "members"
    TYPING = "typing"
    DIVIDER = "divider"
    REPLY = "reply"  # the message that the draft answers
    CARDS = "cards"  # dialogs about a room or a person
    OFFERS = "offers"  # invitations, and the way back into a room


class Desk:
    """See the module's text; `now` gives the time in seconds since the epoch; `preferences` is
    what the user has chosen, to be read anew each time."""

    screen: Screen  # set before the first event comes
    actions: Actions  # all that the user can do, for slash commands; set by the presenter

    def __init__(
        self, link: Link, now: Callable[[], float], preferences: Preferences | None = None
    ) -> None:
        self.link = link
        self.now = now
        self.preferences = preferences or Preferences()
        self.chat = Chat()
        self.finishing: list[Callable[[], object]] = []  # called before each redrawing
        #: Called before everything of a server is forgotten, and before a conversation is.
        self.resetting: list[Callable[[], object]] = []
        self.closing: list[Callable[[Conversation], object]] = []
        self._touched: set[Part] = set()
        self._rows: dict[str, ConversationRow] = {}  # as they were drawn last
        self._stale: set[str] | None = None  # those that look different; None: perhaps all
        self._drawers: dict[Part, list[Callable[[], None]]] = {}
        #: What commands and messages can open, by name: 'profile' (of a nick), 'room', 'rooms'.
        self.opens: dict[str, Callable[[str], None]] = {}
        self._changes: list[Change] = []
        self._new = 0

    def draws(self, part: Part, drawer: Callable[[], None]) -> None:
        """Have `drawer` called at each flush after `part` was touched."""
        self._drawers.setdefault(part, []).append(drawer)

    def touch(self, *parts: Part) -> None:
        """Have these redrawn at the next flush."""
        self._touched.update(parts)
        if Part.LIST in parts:
            self._stale = None

    def changed(
        self, conversation: Conversation, changes: Iterable[Change], *, new: int = 0
    ) -> None:
        """A timeline has changed; `new` messages from others are at its end."""
        self._touched.add(Part.LIST)
        if self._stale is not None:
            self._stale.add(conversation.key)
        if conversation.key == self.chat.current:
            if conversation.visit is None:  # what is not on the screen needs no redrawing
                self._changes += changes
            self._new += new

    def visit_changed(self, conversation: Conversation, changes: Iterable[Change]) -> None:
        """The stretch of the past that is shown has changed."""
        if conversation.key == self.chat.current:
            self._changes += changes

    def note(self, conversation: Conversation, text: str) -> None:
        """Say something in the window's own voice."""
        self.changed(conversation, [conversation.note(text, self.now())])

    def here(self) -> Conversation:
        """The open conversation, or else the one for the server's words, which is opened."""
        if self.chat.open is None:
            self.open(self.server())
        return self.chat.open or self.server()

    def server(self) -> Conversation:
        """The conversation that holds what the server itself says."""
        name = self.chat.network or "Server"
        return self.chat.ensure(SERVER_KEY, name, Place.SERVER)

    def seen(self, conversation: Conversation) -> bool:
        """True if a message there would be before the user's eyes."""
        here = conversation.key == self.chat.current and conversation.visit is None
        return here and self.screen.attending()

    def add(self, conversation: Conversation, message: Message, *, mention: bool = False) -> None:
        """A live message has come."""
        seen = self.seen(conversation)
        change = conversation.receive(message, seen=seen, mention=mention)
        self.changed(conversation, [change], new=not message.own)
        if conversation.key == self.chat.current:
            self.touch(Part.DIVIDER)

    def open(self, conversation: Conversation) -> None:
        """Show this conversation."""
        self.leave()
        chat = self.chat
        chat.current = conversation.key
        self._changes.clear()
        self._new = 0
        if not conversation.unread:
            conversation.divider = 0
        self._show_timeline(conversation, conversation.divider)
        self.show_draft(conversation)
        conversation.look()
        self.touch(*Part)

    def _show_timeline(self, conversation: Conversation, divider: int) -> None:
        named = conversation.place is not Place.PRIVATE
        shown, screen = conversation.shown, self.screen
        screen.show_timeline(conversation.key, shown, named=named, divider=divider)
        screen.finding.show_past(conversation.visit is not None)

    # --- the past -----------------------------------------------------------------------

    def begin_visit(self, conversation: Conversation, visit: Visit) -> None:
        """Show a stretch of the past in the place of the newest messages."""
        conversation.visit = visit
        if conversation.key == self.chat.current:
            self._changes.clear()
            self._show_timeline(conversation, 0)

    def end_visit(self, conversation: Conversation) -> None:
        """Show the newest messages again."""
        conversation.visit = None
        if conversation.key == self.chat.current:
            self._changes.clear()
            self._show_timeline(conversation, conversation.divider)

    def joined(self, conversation: Conversation) -> None:
        """The stretch has become a part of the conversation: go on there, in the same place."""
        conversation.visit = None
        if conversation.key == self.chat.current:
            self._changes.clear()
            self.screen.finding.show_joined(conversation.timeline)
            self.screen.finding.show_past(False)
        self.touch(Part.LIST, Part.DIVIDER)

    def show_draft(self, conversation: Conversation) -> None:
        """Have the composer show what is typed there and not sent."""
        talking = conversation.place is not Place.SERVER
        hint = f"Message {conversation.name}" if talking else _COMMANDS
        self.screen.show_composer(hint, conversation.draft, enabled=True)

    def put_away(self, key: str) -> None:
        """Forget a conversation; if it was open, show its neighbour in the list.  Opened again,
        it begins with the history: so the session has to forget what was shown of it."""
        conversation = self.chat.get(key)
        if conversation is None:
            return
        if key == self.chat.current:
            self.leave()
        for close in self.closing:
            close(conversation)
        if conversation.place is not Place.SERVER:
            name = conversation.name
            self.link.ask(lambda session, now: session.forget_conversation(name))
        neighbour = self.chat.remove(key)
        if neighbour is not None:
            self.open(neighbour)
        elif not self.chat.current:
            self._show_nothing()
        self.touch(*Part)

    def rename(self, old: str, new: str, name: str) -> None:
        """A conversation goes on under another key, perhaps in the place of what was there."""
        chat = self.chat
        replaced = chat.current == new != old
        chat.rename(old, new, name)
        if replaced and chat.open is not None:
            self.open(chat.open)
        self.touch(Part.LIST, Part.HEADER)

    def reset(self) -> None:
        """Begin with another server: nothing of the last one is kept."""
        self.leave()
        for forget in self.resetting:
            forget()
        self.chat.clear()
        self._show_nothing()

    def welcome(self) -> None:
        """We are on a server.  What it is told before a room is open are commands."""
        if self.chat.open is None:
            self.screen.show_composer(_COMMANDS, self.screen.draft(), enabled=True)

    def _show_nothing(self) -> None:
        self._changes.clear()
        self.screen.finding.show_past(False)
        self.screen.show_timeline("", Timeline(), named=True, divider=0)
        self.screen.show_composer(_COMMANDS, "", enabled=True)
        self.touch(*Part)

    def leave(self) -> None:
        """Keep what is typed in the open conversation before another is shown."""
        if conversation := self.chat.open:
            conversation.draft = self.screen.draft()
            conversation.divider = 0
            conversation.visit = None

    def quit(self) -> None:
        """Say goodbye to the server, and end the program."""
        self.leave()
        self.link.ask(lambda session, now: session.quit(now))
        self.link.close()
        self.screen.close()

    def flush(self) -> None:
        """Redraw what was touched."""
        for finish in self.finishing:
            finish()
        chat, screen, touched = self.chat, self.screen, self._touched
        if chat.open and Part.DIVIDER in touched:
            screen.show_divider(chat.open.divider)
        if self._changes or self._new:
            changes, self._changes = self._changes, []
            new, self._new = self._new, 0
            screen.apply_changes(changes, new=new)
        if Part.LIST in touched:
            screen.show_conversations(self._list())
            screen.show_title(rows.title(chat))
        if touched & {Part.HEADER, Part.MEMBERS, Part.LIST, Part.TYPING}:
            screen.show_header(rows.header(chat))
        if Part.MEMBERS in touched:
            screen.show_members(rows.member_page(chat))
        if Part.TYPING in touched:
            screen.show_typing(rows.typing_text(chat.open.typing if chat.open else []))
        self._touched = set()
        for part in touched:
            for drawer in self._drawers.get(part, ()):
                drawer()

    def _list(self) -> list[ConversationRow]:
        """The rows of the list; in a flood only those are made anew that have changed."""
        chat, now, twelve = self.chat, self.now(), self.preferences.clock_12
        stale, before, self._rows = self._stale, self._rows, {}
        for one in chat.ordered():
            row = None if stale is None or one.key in stale else before.get(one.key)
            row = row or rows.conversation_row(one, chat, now, twelve=twelve)
            self._rows[one.key] = row
        self._stale = set()
        return list(self._rows.values())
