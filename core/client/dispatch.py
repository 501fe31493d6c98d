"""Which handler a message, a batch or a timer goes to."""

from collections.abc import Callable, Hashable

from core.client import (
    capabilities,
    history,
    incoming,
    keepalive,
    login,
    masks,
    multiline,
    outbound,
    people,
    presence,
    profiles,
    read_markers,
    registration,
    replies,
    room_events,
    room_names,
    searching,
    typists,
)
from core.client.batches import Batch
from core.client.conversion import message_time
from core.client.state import ClientState, Handler
from core.wire.message import Message
from core.wire.multiline import BATCH_TYPE

HANDLERS: dict[str, Handler] = (
    capabilities.HANDLERS
    | login.HANDLERS
    | registration.HANDLERS
    | room_events.HANDLERS
    | people.HANDLERS
    | incoming.HANDLERS
    | replies.HANDLERS
    | masks.HANDLERS
    | presence.HANDLERS
    | profiles.HANDLERS
    | read_markers.HANDLERS
    | room_names.HANDLERS
)

TIMERS: dict[Hashable, Callable[[ClientState], None]] = {
    "keepalive": keepalive.check,
    "history": history.give_up,
    "search": searching.give_up,
    "unanswered": outbound.give_up_unanswered,
    "reclaim": registration.reclaim,
    "welcome": registration.ready,
    "login": login.timed_out,
    "quit": lambda state: keepalive.close(state, "Left."),
}


def message(state: ClientState, line: Message) -> None:
    """A line as it came: into its batch, or to its handler."""
    tags = line.tags
    if not state.clock_offset and "time" in tags and "batch" not in tags:
        state.clock_offset = message_time(state, line) - state.now
    if line.command == "BATCH":
        batch = state.batches.change(line)
        if batch is not None:
            _batch(state, batch, batch.label)
    elif "batch" not in tags or not state.batches.take(line):
        _handle(state, line, tags.get("label", ""))
    if state.profiles.changed:
        profiles.tell(state)


def _handle(state: ClientState, line: Message, label: str) -> None:
    handler = HANDLERS.get(line.command)
    if handler is not None:
        handler(state, line, label)
    elif len(line.command) == 3 and line.command.isdigit():
        replies.on_numeric(state, line, label)


def _batch(state: ClientState, batch: Batch, label: str) -> None:
    """A complete batch; what it holds answers the request ``label``, if any."""
    if batch.kind == "chathistory":
        history.received(state, batch, label)
    elif batch.kind == BATCH_TYPE:
        joined = multiline.joined(batch)
        if joined is not None:
            _handle(state, joined, label)
    elif batch.kind == "draft/chathistory-targets":
        history.targets_received(state, batch)
    elif batch.kind in searching.BATCHES:
        searching.received(state, batch, label)
    else:  # labeled-response, netsplit, netjoin ...: one after the other
        for item in batch.items:
            if isinstance(item, Batch):
                _batch(state, item, item.label or label)
            else:
                _handle(state, item, label)


def timer(state: ClientState, name: tuple[Hashable, ...]) -> None:
    """What was waited for is due."""
    if name[0] == "typing":
        typists.expired(state, str(name[1]), str(name[2]))
    elif name[0] == "names":
        room_events.names_stopped(state, str(name[1]))
    elif name[0] == "metadata":
        profiles.synchronise(state, str(name[1]))
    else:
        TIMERS[name[0]](state)
