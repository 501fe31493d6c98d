"""Our own messages: out, and what becomes of them.

How a message is confirmed depends on what the server has: by its labelled echo; by an echo
with the same text, the first of that text first; else by the answer to a PING sent behind it
(the server has read it then, and refusals come before that answer).
"""

import msgspec

from core.client import multiline
from core.client.events import MessageKind, MessageReceived, SendFailed
from core.client.pending import MOST_PENDING, Entry, PendingMessage
from core.client.splitting import UNKNOWN_USERHOST, room_for_text, split_text
from core.client.state import ClientState
from core.wire.multiline import BATCH_TYPE, BREAK, CONCAT, Piece

# Lines on the wire without an answer, at most, or else one message that is longer; the others
# wait for their turn.  A long text pasted, or all that waited for a connection, must not look
# like a flood to the server.
WINDOW = 25
# Seconds without any confirmation after which a message on the wire is given up.
UNANSWERED = 60.0
# Seconds by which the server's clock may differ from our idea of it.
CLOCK_SLACK = 2.0

MAYBE_NOT_SENT = "The connection broke; the message may not have been sent."
NOT_IN_ONE = "The server does not take several lines as one message any more."


def say(
    state: ClientState, target: str, text: str, kind: MessageKind, reply_to: str
) -> list[PendingMessage]:
    """Take ``text`` for ``target``, in as many messages as it needs, and send what can go."""
    if not target or " " in target or target[0] == ":":
        _refuse_target(state, target, text, kind)
        return []
    conversation = state.open_conversation(target)
    limit = _room(state, target, kind)
    if state.multiline is not None and kind != "action":
        texts = multiline.portions(multiline.normal(text), limit, state.multiline)
    else:
        texts = split_text(text, limit)
    said = []
    for piece in texts:
        message = PendingMessage(
            state.next_id("m"), conversation.key, target, piece, kind, state.now, reply_to
        )
        said.append(message)
        entry = state.pending.add(message)
        if len(state.pending) > MOST_PENDING:
            refuse(state, entry, "Too many messages are waiting to be sent.", "")
    state.own_typing.pop(conversation.key, None)
    flush(state, conversation.key)
    return said


def _room(state: ClientState, target: str, kind: MessageKind) -> int:
    """Bytes of text in one line to ``target``."""
    source = len(state.source.encode()) or len(state.nick) + UNKNOWN_USERHOST
    return room_for_text(target, source, kind, state.support.line_length)


def _refuse_target(state: ClientState, target: str, text: str, kind: MessageKind) -> None:
    sentence = f"{target!r} is not the name of a room or a person."
    state.emit(SendFailed(state.fold(target), "", text, sentence, "", kind))


def ready(state: ClientState, conversation: str) -> bool:
    """True if messages may go out there: nothing older has to come first."""
    if state.phase != "ready" or conversation in state.history.catching_up:
        return False
    room = state.roster.rooms.get(conversation)
    waits_for_room = conversation in state.joining or (room is not None and not room.joined)
    return not waits_for_room


def flush(state: ClientState, conversation: str) -> None:
    """Send what waits in a conversation, in order, if it may go out now."""
    if not ready(state, conversation):
        return
    free = WINDOW - state.pending.lines_sent()
    for entry in state.pending.of(conversation, "waiting"):
        entry.lines = _count_lines(state, entry.message)
        if entry.lines > free < WINDOW:
            break
        _transmit(state, entry)
        free -= entry.lines
    confirm_by_ping(state)


def go_on(state: ClientState) -> None:
    """Something was settled: whatever waited for its turn may go."""
    state.settled = False
    waiting = [each.message.conversation for each in state.pending if each.state == "waiting"]
    for conversation in dict.fromkeys(waiting):
        flush(state, conversation)


def settle(state: ClientState, entry: Entry) -> None:
    """A message's fate is known."""
    state.pending.settle(entry.message.pending_id)
    state.settled = True
    state.settled_at = state.now


def _transmit(state: ClientState, entry: Entry) -> None:
    message = entry.message
    tags = {}
    if state.features.labels:
        tags["label"] = message.pending_id
    if message.reply_to and state.features.replies:
        tags["+draft/reply"] = message.reply_to
    if _needs_batch(state, message):
        if not state.features.multiline:
            refuse(state, entry, NOT_IN_ONE, "")
            return
        sent = _send_batch(state, message, tags)
    else:
        text = f"\x01ACTION {message.text}\x01" if message.kind == "action" else message.text
        sent = state.send(_command(message), message.target, text, tags=tags)
    if not sent:
        refuse(state, entry, "The message cannot be sent.", "")
        return
    entry.state = "sent"
    entry.sent_at = state.now
    if not state.timers.is_set("unanswered"):
        state.timers.set(state.now + UNANSWERED, "unanswered")


def _command(message: PendingMessage) -> str:
    return "NOTICE" if message.kind == "notice" else "PRIVMSG"


def _needs_batch(state: ClientState, message: PendingMessage) -> bool:
    """True if a message does not fit into a line.  Where there are no batches, one that was cut
    when less was known of us is sent as it is."""
    if BREAK in message.text:
        return True
    room = _room(state, message.target, message.kind)
    longest = room if state.features.multiline else state.support.line_length
    return message.kind != "action" and len(message.text.encode()) > longest


def _count_lines(state: ClientState, message: PendingMessage) -> int:
    if not _needs_batch(state, message):
        return 1
    return len(_pieces(state, message)) + 2


def _pieces(state: ClientState, message: PendingMessage) -> list[Piece]:
    return multiline.pieces(message.text, _room(state, message.target, message.kind))


def _send_batch(state: ClientState, message: PendingMessage, tags: dict[str, str]) -> bool:
    """The tags belong to the whole.  False if the target makes no line."""
    name = message.pending_id
    if not state.send("BATCH", f"+{name}", BATCH_TYPE, message.target, tags=tags):
        return False
    for piece in _pieces(state, message):
        inner = {"batch": name, CONCAT: ""} if piece.joined else {"batch": name}
        state.send(_command(message), message.target, piece.text, tags=inner)
    return state.send("BATCH", f"-{name}")


def confirm_by_ping(state: ClientState) -> None:
    """Where no echo comes: one PING behind everything that is sent and not covered yet."""
    if state.features.echo or state.pings.confirm_token:
        return
    sent = [entry.message.pending_id for entry in state.pending if entry.state == "sent"]
    if sent:
        state.pings.confirming = sent
        state.pings.confirm_token = state.ping()


def confirmed_by_ping(state: ClientState) -> None:
    """That PING was answered."""
    for pending_id in state.pings.confirming:
        entry = state.pending.get(pending_id)
        if entry is not None and entry.state == "sent":
            confirm(state, entry)
    state.pings.confirm_token = ""
    state.pings.confirming = []
    confirm_by_ping(state)


def confirm(state: ClientState, entry: Entry) -> None:
    """The server took a message, but does not send it back."""
    message = entry.message
    settle(state, entry)
    state.emit(
        MessageReceived(
            message.conversation,
            state.nick,
            message.text,
            state.now,
            message.kind,
            is_own=True,
            pending_id=message.pending_id,
            reply_to=message.reply_to,
        )
    )


def refuse(state: ClientState, entry: Entry, sentence: str, code: str) -> None:
    """A message is not going to arrive; whoever sees this may send its text again."""
    message = entry.message
    settle(state, entry)
    state.emit(
        SendFailed(
            message.conversation, message.pending_id, message.text, sentence, code, message.kind
        )
    )


def refused_by_server(
    state: ClientState, label: str, target: str, sentence: str, code: str
) -> bool:
    """Find the message that an error is about; False if there is none.

    By its label, else the first that went to ``target`` ("": to anyone).
    """
    entry = state.pending.get(label) if label else _first_sent(state, target)
    if entry is None:
        return False
    refuse(state, entry, sentence, code)
    return True


def refused_batch(state: ClientState, label: str, sentence: str, code: str) -> bool:
    """The same for a message of several lines.  One with our label that is known no more was
    refused by another line before."""
    if label:
        refused_by_server(state, label, "", sentence, code)
        return True
    for entry in state.pending:
        if entry.state == "sent" and _needs_batch(state, entry.message):
            refuse(state, entry, sentence, code)
            return True
    return False


def _first_sent(state: ClientState, target: str) -> Entry | None:
    key = state.fold(target)
    for entry in state.pending:
        if entry.state == "sent" and (not target or entry.message.conversation == key):
            return entry
    return None


def give_up_unanswered(state: ClientState) -> None:
    """The timer "unanswered": refuse what waits for too long, and wait for the next."""
    settled_at = state.settled_at  # giving one up is no sign of life
    for entry in state.pending:
        if entry.state == "sent":
            due = max(entry.sent_at, settled_at) + UNANSWERED
            if due > state.now:
                state.timers.set(due, "unanswered")
                return
            refuse(state, entry, "The server did not confirm the message.", "")


def settle_uncertain(state: ClientState, conversation: str, covered: bool) -> None:
    """After a break, with the history read (``covered``) or not: decide, then send.

    What the history holds has been confirmed before this is called.  What it does not hold is
    sent again; where the history cannot tell, the user has to decide.
    """
    for entry in state.pending.of(conversation, "uncertain"):
        if covered:
            entry.state = "waiting"
        else:
            refuse(state, entry, MAYBE_NOT_SENT, "")
    flush(state, conversation)


def fail_all(state: ClientState, conversation: str, sentence: str, code: str) -> None:
    """A conversation cannot be written to: nothing of ours there will be sent."""
    for entry in state.pending.of(conversation, "waiting", "uncertain"):
        refuse(state, entry, sentence, code)


def matched_in_history(
    state: ClientState, message: MessageReceived, after_break: bool
) -> MessageReceived:
    """The history holds ``message``: if it is one of our uncertain ones, that has arrived.

    Unless all that was asked for is from ``after_break``, one said long before with the same
    text must not count: then the time decides, by the server's clock.
    """
    if not message.is_own:
        return message
    entry = state.pending.first_like(message.conversation, message.kind, message.text, "uncertain")
    if entry is None:
        return message
    if not after_break and message.time < entry.sent_at + state.clock_offset - CLOCK_SLACK:
        return message
    settle(state, entry)
    return msgspec.structs.replace(message, pending_id=entry.message.pending_id)
