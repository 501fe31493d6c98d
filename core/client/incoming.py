"""What others say, our own echoes, what becomes of messages, and who is typing."""

import msgspec

from core.client import history, outbound, typists
from core.client.conversion import (
    conversation_name,
    is_from_server,
    to_ctcp,
    to_event,
    to_marks,
)
from core.client.events import MessageReceived, ServerNotice
from core.client.pending import Entry
from core.client.state import ClientState, Handler
from core.wire.message import Message


def on_text(state: ClientState, message: Message, label: str) -> None:
    """PRIVMSG and NOTICE."""
    if len(message.params) < 2:
        return
    registering = state.phase == "registering" and "!" not in message.source
    if registering or is_from_server(message):
        state.emit(ServerNotice(message.params[-1], message.source))
        return
    ctcp = to_ctcp(message)
    if ctcp is not None:
        state.emit(ctcp)
        return
    name = conversation_name(state, message)
    if not state.has_room_for(name):
        state.emit(ServerNotice(message.params[-1], message.source))
        return
    conversation = state.open_conversation(name)
    event = to_event(state, message, conversation.key, from_history=False)
    if "time" in message.tags:
        state.clock_offset = event.time - state.now
    if event.is_own:
        state.source = event.source if "@" in event.source else state.source
        entry = _echo_of(state, event, label)
        if entry is not None:
            outbound.settle(state, entry)
            event = msgspec.structs.replace(event, pending_id=entry.message.pending_id)
        elif label:  # given up already: it did arrive
            event = msgspec.structs.replace(event, pending_id=label)
        elif _is_copy_to_self(state, event):
            return
    elif state.typists:
        typists.stopped(state, conversation.key, event.nick)
    history.deliver(state, conversation, event)


def _echo_of(state: ClientState, event: MessageReceived, label: str) -> Entry | None:
    """Which of our messages that is, None for one from another device of ours."""
    if label:
        return state.pending.get(label)
    if state.features.labels:
        return None
    return state.pending.first_like(event.conversation, event.kind, event.text, "sent")


def _is_copy_to_self(state: ClientState, event: MessageReceived) -> bool:
    """A message to ourselves comes twice: its echo, which has the label, is the one to show."""
    if not state.is_own(event.conversation):
        return False
    like = state.pending.first_like(event.conversation, event.kind, event.text, "sent")
    return like is not None


def on_tagmsg(state: ClientState, message: Message, label: str) -> None:
    """Tags without a text: typing and reactions."""
    if not message.params or is_from_server(message):
        return
    tags = message.tags
    own = state.is_own(message.nick)
    key = state.fold(conversation_name(state, message))
    typing = tags.get("+typing", "") or tags.get("+draft/typing", "")
    if typing and not own:
        typists.told(state, key, message.nick, typing)
    marks = to_marks(state, message, key, from_history=False)
    history.deliver_marks(state, key, tags.get("msgid", ""), marks)


def on_redact(state: ClientState, message: Message, label: str) -> None:
    """REDACT: a message is taken back, by us or by somebody else."""
    if message.params:
        key = state.fold(conversation_name(state, message))
        marks = to_marks(state, message, key, from_history=False)
        history.deliver_marks(state, key, message.tags.get("msgid", ""), marks)


def on_ack(state: ClientState, message: Message, label: str) -> None:
    """ACK: a labelled request was carried out, and there is nothing to say about it."""
    entry = state.pending.get(label)
    if entry is not None and entry.state == "sent":
        outbound.confirm(state, entry)


HANDLERS: dict[str, Handler] = {
    "PRIVMSG": on_text,
    "NOTICE": on_text,
    "TAGMSG": on_tagmsg,
    "REDACT": on_redact,
    "ACK": on_ack,
}
