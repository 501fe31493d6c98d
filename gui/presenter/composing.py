"""Where messages are typed: sending, drafts, replies, who is told that we type."""

from collections.abc import Callable, Sequence

from gui.model.conversation import Conversation, Place
from gui.model.message import Message
from gui.model.preferences import Preferences
from gui.model.text import clean, sendable
from gui.model.writing import Gate, Hints, Quote
from gui.presenter import commands
from gui.presenter.desk import Desk
from gui.presenter.hinting import Hinting

_WAITING = "No connection: what you send now goes out when it is back"
_QUOTE_LENGTH = 200


class Composing:
    """See `ComposerActions`; `state` tells the connection's."""

    def __init__(self, desk: Desk, state: Callable[[], str]) -> None:
        self._desk, self._state = desk, state
        self._hinting = Hinting(desk)
        self._gate = Gate()
        self._quoted: tuple[str, int] = ("", 0)  # conversation and uid of what the bar shows
        desk.finishing.append(self._refresh)

    @property
    def preferences(self) -> Preferences:
        """See `ComposerActions`."""
        return self._desk.preferences

    # --- sending ------------------------------------------------------------------------

    def send(self, text: str) -> None:
        """See `ComposerActions`."""
        desk = self._desk
        text = sendable(text).strip("\n")
        conversation = desk.here()
        conversation.draft = ""
        problem = self._take(conversation, text)
        if problem:
            self._give_back(conversation, text, problem)
        desk.screen.show_end()
        desk.flush()

    def _take(self, conversation: Conversation, text: str) -> str:
        """Do what was typed; a sentence if it cannot be done."""
        if text.startswith("/") and not text.startswith("//"):
            return commands.run(self._desk, conversation, text, self._state())
        if conversation.place is Place.SERVER:
            return "Only commands can be given here; /help lists them"
        if self._state() not in ("online", "waiting"):  # nobody would keep it
            return "There is no connection; this was not sent"
        if not conversation.joined:
            return f"You are not in this room; /join {conversation.name}"
        if text.strip():
            said = text[1:] if text.startswith("//") else text
            replying, conversation.replying = self._answered(conversation), 0
            msgid = replying.msgid if replying else ""
            self._desk.link.say(conversation.key, conversation.name, said, "privmsg", msgid)
        return ""

    def _give_back(self, conversation: Conversation, text: str, problem: str) -> None:
        """What cannot be done stays in the composer."""
        desk = self._desk
        conversation.draft = text
        if desk.chat.open is conversation:
            desk.show_draft(conversation)
        desk.note(conversation, problem)

    # --- typing -------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """See `ComposerActions`."""
        conversation = self._desk.chat.open
        if conversation is None or conversation.place is Place.SERVER:
            return
        conversation.draft = text
        if not text.startswith("/") or text.startswith("//"):
            self._tell(conversation, "active" if text else "done")

    def paused(self) -> None:
        """See `ComposerActions`."""
        conversation = self._desk.chat.open
        if conversation is None or conversation.place is Place.SERVER:
            return
        draft = conversation.draft
        if draft and (not draft.startswith("/") or draft.startswith("//")):
            self._tell(conversation, "paused")

    def _tell(self, conversation: Conversation, typing: str) -> None:
        """Let the others know, unless the user does not want that.  The session sees to it that
        it is not told too often."""
        if not self._desk.preferences.send_typing:
            return
        name = conversation.name
        self._desk.link.ask(lambda session, now: session.set_typing(name, typing, now))  # type: ignore[arg-type]

    def hints(self, before: str) -> Hints:
        """See `ComposerActions`."""
        return self._hinting.hints(before)

    def complete(self, start: str) -> Sequence[str]:
        """See `ComposerActions`: commands, nicks of this room, rooms."""
        return self._hinting.complete(start)

    # --- what stands around the field ---------------------------------------------------

    def join(self) -> None:
        """See `ComposerActions`."""
        conversation = self._desk.chat.open
        if conversation is not None and not conversation.joined:
            commands.join(self._desk, conversation, conversation.name)
        self._desk.flush()

    def drop_reply(self) -> None:
        """See `ComposerActions`."""
        if conversation := self._desk.chat.open:
            conversation.replying = 0
        self._desk.flush()

    def _refresh(self) -> None:
        """Before each redrawing: show what has changed since the last one."""
        conversation, view = self._desk.chat.open, self._desk.screen.composer
        gate = self._gate_of(conversation)
        if gate != self._gate:
            self._gate = gate
            view.show_gate(gate)
        wanted = (conversation.key, conversation.replying) if conversation else ("", 0)
        if wanted == self._quoted:
            return
        answered = self._answered(conversation) if conversation else None
        if conversation is not None and answered is None:
            conversation.replying = 0
        had, self._quoted = self._quoted, wanted if answered else ("", 0)
        if answered is not None:
            view.show_quote(self._quote(answered))
        elif had[1]:
            view.show_quote(None)

    def _gate_of(self, conversation: Conversation | None) -> Gate:
        if conversation is None:
            return Gate()
        online = self._state() == "online"
        if online and conversation.place is Place.ROOM and not conversation.joined:
            return Gate(join=f"Join {conversation.name}")
        waiting = self._state() == "waiting" and conversation.place is not Place.SERVER
        return Gate(notice=_WAITING if waiting else "")

    def _answered(self, conversation: Conversation) -> Message | None:
        """The message that the draft answers, if it is still there."""
        uid = conversation.replying
        if not uid:
            return None
        found = conversation.shown.get(uid) or conversation.timeline.get(uid)
        return None if found is not None and found.redacted else found

    def _quote(self, message: Message) -> Quote:
        chat = self._desk.chat
        name = "You" if message.own else chat.people.name(message.sender)
        text = " ".join(clean(message.text[: 2 * _QUOTE_LENGTH]).split())
        color = self._desk.chat.people.color(message.sender)
        return Quote(name, message.sender, text[:_QUOTE_LENGTH], color)
