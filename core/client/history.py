"""CHATHISTORY: what was missed, and what is older.

Catching up (after a join, and for every conversation after a reconnection) asks page by page
for what came after the last known message, until a page brings nothing new; where nothing is
known, for the latest page alone.  Meanwhile live messages of that conversation are held back
and our own wait.
Source: https://ircv3.net/specs/extensions/chathistory
"""

from core.client import outbound
from core.client.batches import Batch
from core.client.conversations import Conversation
from core.client.conversion import to_ctcp, to_event
from core.client.events import HistoryFailed, HistoryReceived, MessageReceived
from core.client.reading import write_time
from core.client.requests import MOST_HELD, MOST_PAGES, CatchUp, Kind, Request
from core.client.state import ClientState
from core.wire.message import Message

# Seconds that an answer may take.
PATIENCE = 20.0
# Private conversations asked for in one TARGETS.
_MOST_TARGETS = 100
_COMMANDS = ("PRIVMSG", "NOTICE")


def ask(
    state: ClientState, conversation: Conversation, kind: Kind, reference: str, limit: int
) -> None:
    """Send one CHATHISTORY command."""
    label = state.next_id("h") if state.features.labels else ""
    size = state.support.page_size(limit)
    state.history.begin(Request(conversation.key, kind, label, size, state.now))
    tags = {"label": label} if label else None
    state.send("CHATHISTORY", kind.upper(), conversation.name, reference, str(size), tags=tags)
    if not state.timers.is_set("history"):
        state.timers.set(state.now + PATIENCE, "history")


def _reference(state: ClientState, msgid: str, time: float) -> str:
    """A message, as this server likes to have it named."""
    if "msgid" in state.support.reference_types:
        return f"msgid={msgid}"
    return f"timestamp={write_time(time)}"


def catch_up(state: ClientState, conversation: Conversation, *, rejoined: bool) -> None:
    """Ask for what was missed; without a history here, decide what can be decided at once."""
    known = bool(conversation.newest_id)
    wanted = known or rejoined or state.settings.initial_history > 0
    if not state.features.history or not wanted:
        outbound.settle_uncertain(state, conversation.key, covered=False)
        return
    if conversation.key in state.history.catching_up:
        return
    state.history.catching_up[conversation.key] = CatchUp(had_cursor=known)
    if known:
        _ask_after(state, conversation, conversation.newest_id, conversation.newest_time)
    else:
        _ask_latest(state, conversation)


def _ask_after(state: ClientState, conversation: Conversation, msgid: str, time: float) -> None:
    reference = _reference(state, msgid, time)
    ask(state, conversation, "after", reference, state.settings.history_page)


def _ask_latest(state: ClientState, conversation: Conversation) -> None:
    page = state.settings.initial_history or state.settings.history_page
    ask(state, conversation, "latest", "*", page)


def ask_before(state: ClientState, conversation: Conversation, msgid: str, limit: int) -> bool:
    """Ask for what is older than ``msgid`` ("": than all that is known)."""
    key = conversation.key
    if state.phase != "ready" or not state.features.history or state.history.get(key):
        return False
    if not msgid:
        msgid = conversation.oldest_id
    size = limit or state.settings.history_page
    if msgid:
        # A msgid that we did not keep the time of can only be named by itself.
        time = conversation.oldest_time if msgid == conversation.oldest_id else 0.0
        reference = _reference(state, msgid, time) if time else f"msgid={msgid}"
        ask(state, conversation, "before", reference, size)
    else:
        # Nothing is known: the newest page is older than all that.
        ask(state, conversation, "before", f"timestamp={write_time(_far_enough(state))}", size)
    return True


def _far_enough(state: ClientState) -> float:
    """A moment after every message, by the server's clock."""
    return state.now + state.clock_offset + 60.0


# --- answers ------------------------------------------------------------------------------


def deliver(state: ClientState, conversation: Conversation, event: MessageReceived) -> None:
    """A live message: shown once, and after what is older."""
    catching_up = state.history.catching_up.get(conversation.key)
    if catching_up is not None:
        catching_up.held.append(event)
        if len(catching_up.held) > MOST_HELD:
            catching_up.gap = True
            _caught_up(state, conversation, catching_up)
    elif conversation.note_newer(event.msgid, event.time) or event.pending_id:
        state.emit(event)


def received(state: ClientState, batch: Batch, label: str) -> None:
    """A complete batch of type ``chathistory``."""
    name = batch.params[0] if batch.params else ""
    request = state.history.find(label, state.fold(name))
    if request is not None:
        state.history.end(request)
        conversation = state.conversations[request.conversation]
    elif name:
        conversation = state.open_conversation(name)
    else:
        return
    lines = [item for item in batch.items if isinstance(item, Message)]
    catching_up = state.history.catching_up.get(conversation.key)
    if request is not None and request.kind == "before":
        _older(state, conversation, lines)
    elif request is not None and catching_up is not None:
        _newer(state, conversation, lines, request, catching_up)
    else:  # some servers play the history back on their own
        messages = _new_messages(state, conversation, lines, CatchUp(had_cursor=False))
        if messages:
            state.emit(HistoryReceived(conversation.key, messages, "after", True))


def _older(state: ClientState, conversation: Conversation, lines: list[Message]) -> None:
    messages = []
    for line in _texts(lines):
        event = to_event(state, line, conversation.key, from_history=True)
        if conversation.note_older(event.msgid):
            messages.append(event)
    if messages:
        conversation.oldest_id, conversation.oldest_time = messages[0].msgid, messages[0].time
        if not conversation.newest_id:
            conversation.newest_id = messages[-1].msgid
            conversation.newest_time = messages[-1].time
    conversation.at_beginning = not lines
    state.emit(HistoryReceived(conversation.key, tuple(messages), "before", not lines))


def _newer(
    state: ClientState,
    conversation: Conversation,
    lines: list[Message],
    request: Request,
    catching_up: CatchUp,
) -> None:
    """A page of what was missed: give it, and ask for the next if there may be one."""
    messages = _new_messages(state, conversation, lines, catching_up)
    catching_up.pages += 1
    more = request.kind == "after" and any(message.msgid for message in messages)
    if more and catching_up.pages >= MOST_PAGES:
        more, catching_up.gap = False, True
    if request.kind == "latest" and not catching_up.had_cursor:
        catching_up.covered = len(lines) < request.limit
    state.emit(HistoryReceived(conversation.key, messages, "after", not more, catching_up.gap))
    if more:
        _ask_after(state, conversation, conversation.newest_id, conversation.newest_time)
    else:
        _caught_up(state, conversation, catching_up)


def _new_messages(
    state: ClientState, conversation: Conversation, lines: list[Message], catching_up: CatchUp
) -> tuple[MessageReceived, ...]:
    """What of a page was not known; our own unconfirmed messages among it are confirmed."""
    messages = []
    for line in _texts(lines):
        event = to_event(state, line, conversation.key, from_history=True)
        if conversation.note_newer(event.msgid, event.time):
            after_break = catching_up.had_cursor and not catching_up.gap
            messages.append(outbound.matched_in_history(state, event, after_break))
    return tuple(messages)


def _texts(lines: list[Message]) -> list[Message]:
    """Those that people said: no reactions, no CTCP."""
    return [line for line in lines if line.command in _COMMANDS and to_ctcp(line) is None]


def _caught_up(state: ClientState, conversation: Conversation, catching_up: CatchUp) -> None:
    """Nothing older is coming: let the held messages go, then our own."""
    state.history.catching_up.pop(conversation.key, None)
    for event in catching_up.held:
        deliver(state, conversation, event)
    covered = catching_up.covered and not catching_up.gap
    outbound.settle_uncertain(state, conversation.key, covered)


def failed(state: ClientState, request: Request, sentence: str, code: str) -> None:
    """A request was refused, or not answered."""
    state.history.end(request)
    state.emit(HistoryFailed(request.conversation, request.where, sentence, code))
    conversation = state.conversations[request.conversation]
    catching_up = state.history.catching_up.get(request.conversation)
    if catching_up is None or request.kind == "before":
        return
    catching_up.gap = True
    if request.kind == "after" and code:
        _ask_latest(state, conversation)  # the server forgot that message: take what there is
    else:
        _caught_up(state, conversation, catching_up)


def refused(
    state: ClientState, label: str, context: tuple[str, ...], sentence: str, code: str
) -> None:
    """FAIL CHATHISTORY: by label, by a target that it names, else the one waiting longest."""
    if state.history.targets_label is not None and (
        label == state.history.targets_label != "" or "TARGETS" in context
    ):
        state.history.targets_label = None
        return
    request = state.history.find(label, *map(state.fold, context))
    waiting = state.history.all()
    if request is None and waiting and not label:
        request = waiting[0]
    if request is not None:
        failed(state, request, sentence, code)


def give_up(state: ClientState) -> None:
    """The timer "history": fail what waits for too long, and wait for the next."""
    for request in state.history.all():
        if request.asked_at + PATIENCE > state.now:
            state.timers.set(request.asked_at + PATIENCE, "history")
            return
        failed(state, request, "The server did not answer.", "")


def lose_connection(state: ClientState) -> None:
    """Held messages that the history will show again are dropped, others are given now."""
    for key, catching_up in list(state.history.catching_up.items()):
        del state.history.catching_up[key]
        for event in catching_up.held:
            if not event.msgid:
                state.emit(event)
    for request in state.history.break_off():
        if request.kind == "before":
            state.emit(HistoryFailed(request.conversation, "before", "Not connected.", ""))


# --- private conversations with news --------------------------------------------------------


def ask_targets(state: ClientState) -> None:
    """Which conversations have messages since the last that we know of?"""
    newest = max((each.newest_time for each in state.conversations.values()), default=0.0)
    label = state.next_id("h") if state.features.labels else ""
    state.history.targets_label = label
    state.send(
        "CHATHISTORY",
        "TARGETS",
        f"timestamp={write_time(max(newest - 1.0, 0.0))}",
        f"timestamp={write_time(_far_enough(state))}",
        str(state.support.page_size(_MOST_TARGETS)),
        tags={"label": label} if label else None,
    )


def targets_received(state: ClientState, batch: Batch) -> None:
    """The answer: catch up with those people that no other request is about."""
    state.history.targets_label = None
    for item in batch.items:
        if isinstance(item, Message) and item.command == "CHATHISTORY":
            name = item.param(1)
            if name and not state.support.is_room(name) and state.phase == "ready":
                catch_up(state, state.open_conversation(name), rejoined=True)
