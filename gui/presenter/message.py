"""What is done with one message: answering, reacting, taking it back, sending it again."""

from collections.abc import Callable, Sequence

from gui.model.conversation import Conversation, Place
from gui.model.dates import full
from gui.model.message import Delivery, Kind, Message
from gui.model.reading import Offers
from gui.presenter.desk import Desk, Part
from gui.presenter.marking import Marking

_RULERS = frozenset("~&@%")  # the ranks that may take others' messages back
_STATES = {
    Delivery.PENDING: "On its way",
    Delivery.SENT: "Delivered to the server",
    Delivery.FAILED: "Not sent",
}


class OneMessage:
    """See `MessageActions`; `state` tells the connection's, `jump` shows a message of a
    conversation (its key), wherever it is (its msgid)."""

    def __init__(
        self,
        desk: Desk,
        state: Callable[[], str],
        marking: Marking,
        jump: Callable[[str, str], None],
    ) -> None:
        self._desk, self._state, self._marking, self._jump = desk, state, marking, jump
        desk.draws(Part.MEMBERS, self._faces_changed)

    def _faces_changed(self) -> None:
        """Somebody may have another name or colour."""
        self._desk.screen.apply_changes((), new=0)

    def _get(self, uid: int) -> tuple[Conversation, Message] | None:
        conversation = self._desk.chat.open
        message = conversation.shown.get(uid) if conversation else None
        return (conversation, message) if conversation and message else None

    def face(self, nick: str) -> tuple[str, str]:
        """See `MessageActions`."""
        person = self._desk.chat.people.get(nick)
        if person is None:
            return "", ""
        return person.display_name if person.display_name != nick else "", person.color

    def offers(self, uid: int) -> Offers:
        """See `MessageActions`."""
        found = self._get(uid)
        if found is None or found[1].kind is Kind.NOTE:
            return Offers()
        conversation, message = found
        features, online = self._desk.chat.features, self._state() == "online"
        gone = message.redacted or message.folded
        settled = bool(message.msgid) and not gone
        there = settled and conversation.joined and conversation.place is not Place.SERVER
        return Offers(
            reply=there and features.replies,
            react=there and features.reactions and online,
            redact=there and features.redaction and online and self._may_redact(*found),
            resend=message.delivery is Delivery.FAILED,
            copy=not gone,
            about=True,
        )

    def _may_redact(self, conversation: Conversation, message: Message) -> bool:
        if message.own:
            return True
        member = conversation.roster.get(self._desk.chat.nick)
        return member is not None and not _RULERS.isdisjoint(member.prefixes)

    def about(self, uid: int) -> Sequence[tuple[str, str]]:
        """See `MessageActions`."""
        found = self._get(uid)
        if found is None:
            return ()
        message = found[1]
        facts = [("From", message.sender), ("Sent", full(message.time))]
        if message.account and message.account.lower() != message.sender.lower():
            facts.insert(1, ("Account", message.account))
        if message.own:
            facts.append(("Delivery", _STATES[message.delivery]))
        facts.append(("Problem", message.problem))
        if message.redacted:
            facts += [("Deleted by", message.redacted), ("Reason", message.reason)]
        facts += [(one.text, named(one.nicks, own=one.own)) for one in message.reactions]
        return [(name, value) for name, value in facts if value]

    def jump_to(self, msgid: str) -> None:
        """See `MessageActions`."""
        if msgid and self._desk.chat.open is not None:
            self._jump(self._desk.chat.current, msgid)

    def reply(self, uid: int) -> None:
        """See `MessageActions`."""
        conversation = self._desk.chat.open
        if conversation is None or (uid and not self.offers(uid).reply):
            return
        conversation.replying = uid
        self._desk.touch(Part.REPLY)
        self._desk.flush()

    def react(self, uid: int, reaction: str) -> None:
        """See `MessageActions`."""
        found = self._get(uid)
        if found is not None and self.offers(uid).react:
            self._marking.react(*found, reaction)

    def redact(self, uid: int) -> None:
        """See `MessageActions`."""
        found = self._get(uid)
        if found is not None and self.offers(uid).redact:
            self._marking.redact(*found)

    def send_again(self, uid: int) -> None:
        """See `MessageActions`."""
        here = self._desk.chat.open
        if here is not None and self._state() not in ("online", "waiting"):  # nobody would keep it
            self._desk.note(here, "There is no connection; this was not sent")
            self._desk.flush()
            return
        taken = self._take(uid)
        if taken is None:
            return
        conversation, message = taken
        kind = {Kind.ACTION: "action", Kind.NOTICE: "notice"}.get(message.kind, "privmsg")
        self._desk.link.say(
            conversation.key, conversation.name, message.text, kind, message.reply_to
        )
        self._desk.flush()

    def discard(self, uid: int) -> None:
        """See `MessageActions`."""
        if self._take(uid) is not None:
            self._desk.flush()

    def _take(self, uid: int) -> tuple[Conversation, Message] | None:
        """Take a failed message out of the conversation."""
        conversation = self._desk.chat.open
        if conversation is None or not self.offers(uid).resend:
            return None
        taken = conversation.timeline.take(uid)
        if taken is None:
            return None
        self._desk.changed(conversation, [taken[1]])
        return conversation, taken[0]


def named(nicks: Sequence[str], *, own: bool, most: int = 12) -> str:
    """'You, ada and bob', or with 'and 30 others' at the end."""
    names = ["You"] * own + list(nicks)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
