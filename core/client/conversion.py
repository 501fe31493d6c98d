"""What was said, and what became of it: whose it is, where it belongs, what kind it is."""

from core.client.events import (
    CtcpReceived,
    MessageKind,
    MessageReceived,
    MessageRedacted,
    ReactionReceived,
)
from core.client.reading import read_time
from core.client.state import ClientState
from core.wire.message import Message


def conversation_name(state: ClientState, message: Message) -> str:
    """The room, or the other person, of a message or TAGMSG."""
    target = message.param(0)
    room = state.support.room_of(target)
    if room:
        return room
    return target if state.is_own(message.nick) and target else message.nick


def message_time(state: ClientState, message: Message) -> float:
    """The server's time of a line, else now."""
    stamp = message.tags.get("time")
    return read_time(stamp, state.now) if stamp else state.now


def is_from_server(message: Message) -> bool:
    """True for what no user said: a server has dots and no ``!user@host``."""
    source = message.source
    return not source or ("!" not in source and ("." in source or message.param(0) == "*"))


def to_ctcp(message: Message) -> CtcpReceived | None:
    """The CTCP request in a message, other than an action; None if it is ordinary text."""
    text = message.param(1)
    if not text.startswith("\x01") or text.startswith("\x01ACTION "):
        return None
    command, _, argument = text.strip("\x01").partition(" ")
    return CtcpReceived(
        message.nick, message.param(0), command.upper(), argument, message.command == "NOTICE"
    )


def to_event(
    state: ClientState, message: Message, conversation: str, *, from_history: bool
) -> MessageReceived:
    """The event for a message that ``to_ctcp`` did not want."""
    text = message.param(1)
    kind: MessageKind = "notice" if message.command == "NOTICE" else "privmsg"
    if text.startswith("\x01ACTION "):
        kind, text = "action", text[8:].removesuffix("\x01")
    tags = message.tags
    nick = message.nick
    own = state.was_own(nick) if from_history else state.is_own(nick)
    return MessageReceived(
        conversation,
        nick,
        text,
        message_time(state, message),
        kind,
        own,
        tags.get("msgid", ""),
        "",
        from_history,
        not own and state.mention_pattern.search(text) is not None,
        tags.get("+draft/reply", "") or tags.get("+reply", ""),
        tags.get("account", ""),
        message.source,
        _ranks(state, message.param(0)),
        tags,
    )


def _ranks(state: ClientState, target: str) -> str:
    """What stands before the room in a message's target."""
    room = state.support.room_of(target)
    return target.removesuffix(room) if room else ""


def to_marks(
    state: ClientState, message: Message, conversation: str, *, from_history: bool
) -> tuple[ReactionReceived | MessageRedacted, ...]:
    """What a TAGMSG or a REDACT tells about a message that was said before."""
    time = message_time(state, message)
    if message.command == "REDACT" and message.param(1):
        msgid, reason = message.params[1], message.param(2)
        return (MessageRedacted(conversation, msgid, message.nick, reason, time),)
    tags = message.tags
    msgid = tags.get("+draft/reply", "") or tags.get("+reply", "")
    if message.command != "TAGMSG" or not msgid:
        return ()
    nick = message.nick
    own = state.was_own(nick) if from_history else state.is_own(nick)
    return tuple(
        ReactionReceived(conversation, nick, msgid, tags[tag], removed, time, own)
        for tag, removed in (("+draft/react", False), ("+draft/unreact", True))
        if tags.get(tag)
    )
