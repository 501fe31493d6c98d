"""The presenter: takes the network's events and the user's actions, decides, and redraws.

`handle` takes everything that has arrived since the last time and redraws once.  Every action
of the user (see `gui.model.shown.Actions`) redraws before it returns.
"""

from collections.abc import Callable, Iterable, Sequence

from core.client import events
from gui import link as signals
from gui.link import Link, Target
from gui.model.conversation import Conversation, Place
from gui.model.shown import ConnectForm, Screen
from gui.model.text import sendable
from gui.presenter import commands
from gui.presenter.answers import Answers
from gui.presenter.connecting import Connection, Vault
from gui.presenter.desk import Desk, Part
from gui.presenter.messages import Messages
from gui.presenter.rooms import Rooms

Handler = Callable[..., None]


class Presenter:
    """`on_online` hears of each server that has let us in, to remember it."""

    def __init__(
        self,
        link: Link,
        now: Callable[[], float],
        vault: Vault,
        on_online: Callable[[Target], None],
    ) -> None:
        self.desk = Desk(link, now)
        self.connection = Connection(self.desk, vault, on_online)
        self._handlers = self._table()

    def attach(self, screen: Screen) -> None:
        """Show everything there; to be called once, before anything happens."""
        self.desk.screen = screen

    @property
    def _screen(self) -> Screen:
        return self.desk.screen

    def _table(self) -> dict[type, Handler]:
        messages, rooms = Messages(self.desk), Rooms(self.desk)
        answers, connection = Answers(self.desk), self.connection
        return {
            signals.Connecting: connection.connecting,
            signals.ConnectionFailed: connection.failed,
            signals.Waiting: connection.waiting,
            signals.CertificateChanged: connection.certificate_changed,
            signals.Queued: messages.queued,
            signals.Listed: rooms.listed,
            events.Registered: connection.registered,
            events.Disconnected: connection.disconnected,
            events.RegistrationFailed: connection.refused,
            events.NickRejected: self._nick_rejected,
            events.MessageReceived: messages.received,
            events.HistoryReceived: messages.history,
            events.HistoryFailed: messages.history_failed,
            events.SendFailed: messages.send_failed,
            events.TypingChanged: messages.typing,
            events.ConversationOpened: messages.opened,
            events.ConversationRenamed: messages.renamed,
            events.RoomJoined: rooms.joined,
            events.RoomLeft: rooms.left,
            events.JoinFailed: rooms.join_failed,
            events.MemberJoined: rooms.came,
            events.MemberLeft: rooms.went,
            events.MemberRankChanged: rooms.ranked,
            events.TopicChanged: rooms.topic,
            events.RoomModesChanged: rooms.modes,
            events.Invited: rooms.invited,
            events.NickChanged: rooms.renamed,
            events.AwayChanged: rooms.away,
            events.WhoisReceived: answers.whois,
            events.RoomsListed: answers.rooms,
            events.ServerNotice: answers.notice,
            events.MotdReceived: answers.motd,
            events.ErrorReceived: answers.error,
            events.CtcpReceived: answers.ctcp,
        }

    def handle(self, batch: Iterable[object]) -> None:
        """Take events and signals in order, then redraw."""
        for event in batch:
            handler = self._handlers.get(type(event))
            if handler is not None:
                handler(event)
        self.desk.flush()

    def _nick_rejected(self, event: events.NickRejected) -> None:
        if event.registering:
            self.connection.nick_rejected(event)
        else:
            Answers(self.desk).nick_rejected(event)

    def tick(self) -> bool:
        """A second has passed; True if this is to be called after the next one."""
        return self.connection.tick()

    def minute(self) -> None:
        """The times in the list may read differently now."""
        self.desk.touch(Part.LIST)
        self.desk.flush()

    # --- Actions: the connection --------------------------------------------------------

    def connect(self, form: ConnectForm) -> None:
        """See `Actions`."""
        self.connection.submit(form)

    def cancel_connecting(self) -> None:
        """See `Actions`."""
        if self.connection.cancel():
            self._screen.close()

    def trust(self, accepted: bool) -> None:
        """See `Actions`."""
        self.connection.trust(accepted)

    def retry(self) -> None:
        """See `Actions`."""
        self.connection.retry()

    def change_connection(self) -> None:
        """See `Actions`."""
        self.connection.ask(self.connection.form)

    def quit(self) -> None:
        """See `Actions`."""
        self.desk.quit()

    # --- Actions: conversations ---------------------------------------------------------

    def open(self, key: str) -> None:
        """See `Actions`."""
        conversation = self.desk.chat.get(key)
        if conversation is not None and key != self.desk.chat.current:
            self.desk.open(conversation)
        self.desk.flush()

    def close_conversation(self, key: str) -> None:
        """See `Actions`."""
        if conversation := self.desk.chat.get(key):
            commands.part(self.desk, conversation, "")
        self.desk.flush()

    def mute(self, key: str) -> None:
        """See `Actions`."""
        if conversation := self.desk.chat.get(key):
            self.desk.chat.mute(conversation)
            self.desk.touch(Part.LIST)
        self.desk.flush()

    def step(self, steps: int) -> None:
        """See `Actions`."""
        chat, search = self.desk.chat, self.desk.search
        listed = chat.matching(search) if search else chat.ordered()
        keys = [one.key for one in listed]
        if not keys:
            return
        if chat.current in keys:
            place = (keys.index(chat.current) + steps) % len(keys)
        else:
            place = 0 if steps > 0 else len(keys) - 1
        self.open(keys[place])

    def search(self, text: str) -> None:
        """See `Actions`."""
        self.desk.search = text
        self.desk.touch(Part.LIST)
        self.desk.flush()

    def search_done(self) -> None:
        """See `Actions`: the first that fits; a new room, if none does and it is a room's name."""
        desk, text = self.desk, self.desk.search.strip()
        found = desk.chat.matching(text) if text else []
        desk.search = ""
        desk.touch(Part.LIST)
        if found:
            if desk.chat.current not in [one.key for one in found]:
                desk.open(found[0])
        elif desk.link.is_room(text):
            self.join_room(text)
        desk.flush()

    def message_person(self, nick: str) -> None:
        """See `Actions`."""
        desk = self.desk
        desk.open(desk.chat.ensure(desk.link.key(nick), nick, Place.PRIVATE))
        desk.flush()

    def join_room(self, name: str) -> str:
        """See `Actions`."""
        name = name.strip()
        if not name.strip("#&"):
            return "A room's name begins with # and has at least one letter."
        if any(character in " ,:\a" for character in name):
            return "A name has no blanks, commas or colons."
        if self.desk.link.is_room(name):
            commands.join(self.desk, self.desk.here(), name)
        else:
            self.message_person(name)
        self.desk.flush()
        return ""

    # --- Actions: messages --------------------------------------------------------------

    def send(self, text: str) -> None:
        """See `Actions`."""
        desk = self.desk
        text = sendable(text).strip("\n")
        conversation = desk.here()
        conversation.draft = ""
        if text.startswith("/") and not text.startswith("//"):
            problem = commands.run(desk, conversation, text)
            if problem:
                desk.note(conversation, problem)
        elif conversation.place is Place.SERVER:
            self._give_back(conversation, text, "Only commands can be given here; /help lists them")
        elif self.connection.state not in ("online", "waiting"):  # nobody would keep it
            self._give_back(conversation, text, "There is no connection; this was not sent")
        elif not conversation.joined:
            problem = f"You are not in this room; /join {conversation.name}"
            self._give_back(conversation, text, problem)
        elif text.strip():
            said = text[1:] if text.startswith("//") else text
            desk.link.say(conversation.key, conversation.name, said, "privmsg")
        self._screen.show_end()
        desk.flush()

    def _give_back(self, conversation: Conversation, text: str, problem: str) -> None:
        """What cannot be said here stays in the composer."""
        conversation.draft = text
        self.desk.show_draft(conversation)
        self.desk.note(conversation, problem)

    def typed(self, text: str) -> None:
        """See `Actions`."""
        conversation = self.desk.chat.open
        if conversation is None or conversation.place is Place.SERVER:
            return
        conversation.draft = text
        if text.startswith("/") and not text.startswith("//"):
            return
        name = conversation.name
        if text:
            self.desk.link.ask(lambda session, now: session.set_typing(name, "active", now))
        else:
            self.desk.link.ask(lambda session, now: session.set_typing(name, "done", now))

    def complete(self, start: str) -> Sequence[str]:
        """See `Actions`: commands, nicks of this room, rooms."""
        chat = self.desk.chat
        if start.startswith("/"):
            wanted = start[1:].lower()
            return [f"/{name}" for name in sorted(commands.COMMANDS) if name.startswith(wanted)]
        if self.desk.link.is_room(start):
            return sorted(
                one.name
                for one in chat.conversations.values()
                if one.place is Place.ROOM and one.name.lower().startswith(start.lower())
            )
        conversation = chat.open
        if conversation is None:
            return []
        if conversation.place is Place.PRIVATE:
            name = conversation.name
            return [name] if name.lower().startswith(start.lower()) else []
        return [nick for nick in conversation.roster.completions(start) if nick != chat.nick]

    def send_again(self, uid: int) -> None:
        """See `Actions`."""
        desk = self.desk
        conversation = desk.chat.open
        taken = conversation.timeline.take(uid) if conversation else None
        if conversation is None or taken is None:
            return
        message, change = taken
        desk.changed(conversation, [change])
        kind = "action" if message.kind.value == "action" else "privmsg"
        desk.link.say(conversation.key, conversation.name, message.text, kind)
        desk.flush()

    def older(self) -> None:
        """See `Actions`."""
        conversation = self.desk.chat.open
        if conversation is None or conversation.asking or conversation.timeline.complete:
            return
        if conversation.place is Place.SERVER or self.connection.state != "online":
            return
        conversation.asking = True
        name = conversation.name
        self.desk.link.ask(lambda session, now: session.request_history(name))

    def looked(self) -> None:
        """See `Actions`."""
        conversation = self.desk.chat.open
        if conversation is not None and self._screen.attending() and conversation.look():
            self.desk.touch(Part.LIST)
            self.desk.flush()
