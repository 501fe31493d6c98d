"""Where messages are typed: sending, drafts, completion."""

from collections.abc import Callable, Sequence

from gui.model.conversation import Conversation, Place
from gui.model.text import sendable
from gui.presenter import commands
from gui.presenter.desk import Desk


class Composing:
    """See `ComposerActions`; `state` tells the connection's."""

    def __init__(self, desk: Desk, state: Callable[[], str]) -> None:
        self._desk, self._state = desk, state

    def send(self, text: str) -> None:
        """See `ComposerActions`."""
        desk = self._desk
        text = sendable(text).strip("\n")
        conversation = desk.here()
        conversation.draft = ""
        if text.startswith("/") and not text.startswith("//"):
            problem = commands.run(desk, conversation, text)
            if problem:
                desk.note(conversation, problem)
        elif conversation.place is Place.SERVER:
            self._give_back(conversation, text, "Only commands can be given here; /help lists them")
        elif self._state() not in ("online", "waiting"):  # nobody would keep it
            self._give_back(conversation, text, "There is no connection; this was not sent")
        elif not conversation.joined:
            problem = f"You are not in this room; /join {conversation.name}"
            self._give_back(conversation, text, problem)
        elif text.strip():
            said = text[1:] if text.startswith("//") else text
            desk.link.say(conversation.key, conversation.name, said, "privmsg")
        self._desk.screen.show_end()
        desk.flush()

    def _give_back(self, conversation: Conversation, text: str, problem: str) -> None:
        """What cannot be said here stays in the composer."""
        conversation.draft = text
        self._desk.show_draft(conversation)
        self._desk.note(conversation, problem)

    def typed(self, text: str) -> None:
        """See `ComposerActions`."""
        conversation = self._desk.chat.open
        if conversation is None or conversation.place is Place.SERVER:
            return
        conversation.draft = text
        if text.startswith("/") and not text.startswith("//"):
            return
        name = conversation.name
        if text:
            self._desk.link.ask(lambda session, now: session.set_typing(name, "active", now))
        else:
            self._desk.link.ask(lambda session, now: session.set_typing(name, "done", now))

    def complete(self, start: str) -> Sequence[str]:
        """See `ComposerActions`: commands, nicks of this room, rooms."""
        chat = self._desk.chat
        if start.startswith("/"):
            wanted = start[1:].lower()
            return [f"/{name}" for name in sorted(commands.COMMANDS) if name.startswith(wanted)]
        if self._desk.link.is_room(start):
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
