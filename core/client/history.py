"""CHATHISTORY: what was missed, and what is older.

Catching up (after a join, and for every conversation after a reconnection) asks page by page
for what came after the last known message, until a page is empty; where nothing is known, for
the latest page alone.  Meanwhile what happens live in that conversation is held back, and our
own messages wait.
Source: https://ircv3.net/specs/extensions/chathistory
"""

from typing import Literal

import msgspec

from core.client import context, outbound, pages
from core.client.batches import Batch
from core.client.conversations import Conversation, Point
from core.client.events import (
    HistoryFailed,
    HistoryReceived,
    MessageReceived,
    MessageRedacted,
    ReactionReceived,
)
from core.client.pages import Page
from core.client.reading import write_time
from core.client.requests import (
    MOST_HELD,
    MOST_PAGES,
    CatchUp,
    Chain,
    Command,
    Held,
    Mark,
    Request,
)
from core.client.state import ClientState
from core.wire.message import Message

# Private conversations asked for in one TARGETS.
_MOST_TARGETS = 100
# Seconds by which clocks may differ: the server's from ours, and those of its network.
_FAR = 86_400.0
_FUZZ = 10.0
# FAIL codes that may say that the message named is not there, or cannot be named so.
_BAD_REFERENCE = {"INVALID_PARAMS", "INVALID_MSGREFTYPE", "MESSAGE_ERROR"}


def catch_up(state: ClientState, conversation: Conversation, *, rejoined: bool) -> None:
    """Ask for what was missed; without a history here, decide what can be decided at once."""
    key = conversation.key
    known = bool(conversation.newest_id or conversation.newest_time)
    wanted = known or rejoined or state.settings.initial_history > 0
    if not state.features.history or not wanted:
        for held in state.history.held_over.pop(key, ()):
            _tell(state, held)
        outbound.settle_uncertain(state, key, covered=False)
        return
    if key in state.history.catching_up:
        return
    if not known:  # what the last connection has brought is the beginning
        for held in state.history.held_over.pop(key, ()):
            _tell(state, held)
        known = bool(conversation.newest_id or conversation.newest_time)
    catching_up = CatchUp(known, held=state.history.held_over.pop(key, []))
    state.history.catching_up[key] = catching_up
    if known:
        catching_up.chain.point = Point(conversation.newest_id, conversation.newest_time)
        limit = state.support.page_size(state.settings.history_page)
        request = Request(key, "catch up", "after", limit, catching_up.chain)
        pages.ask(state, conversation, request)
    else:
        _ask_latest(state, conversation, catching_up)


def _ask_latest(state: ClientState, conversation: Conversation, catching_up: CatchUp) -> None:
    settings = state.settings
    limit = state.support.page_size(settings.initial_history or settings.history_page)
    request = Request(conversation.key, "catch up", "latest", limit, catching_up.chain)
    pages.ask(state, conversation, request)


def ask_before(state: ClientState, conversation: Conversation, msgid: str, limit: int) -> bool:
    """Ask for what is older than ``msgid`` ("": than all that is known)."""
    key = conversation.key
    if state.phase != "ready" or not state.features.history or state.history.is_busy(key):
        return False
    at_edge = msgid in ("", conversation.oldest_id)
    # A msgid that we did not keep the time of can only be named by itself.
    edge = Point(conversation.oldest_id, conversation.oldest_time)
    point = edge if at_edge else Point(msgid, 0.0)
    size = state.support.page_size(limit or state.settings.history_page)
    # Where nothing is known the newest page is older than all that.
    command: Command = "before" if point.msgid or point.time else "latest"
    request = Request(key, "older", command, size, Chain(point), at_edge=at_edge)
    return pages.ask(state, conversation, request)


# --- what happens live ----------------------------------------------------------------------


def deliver(state: ClientState, conversation: Conversation, event: MessageReceived) -> None:
    """A live message: told once, and after what is older."""
    _deliver(state, conversation.key, Held(event.msgid, (event,)))


def deliver_marks(state: ClientState, key: str, msgid: str, marks: tuple[Mark, ...]) -> None:
    """What a live line, whose id is ``msgid``, says about a message: the same holds for it."""
    if marks:
        _deliver(state, key, Held(msgid, marks))


def _deliver(state: ClientState, key: str, held: Held) -> None:
    catching_up = state.history.catching_up.get(key)
    if catching_up is None:
        _tell(state, held)
        return
    catching_up.held.append(held)
    if len(catching_up.held) > MOST_HELD:
        catching_up.gap = True
        _caught_up(state, state.conversations[key], catching_up)


def _tell(state: ClientState, held: Held) -> None:
    """Emit what was not told before, and what settles a pending message in any case."""
    first = held.events[0]
    if isinstance(first, MessageReceived):
        conversation = state.conversations[first.conversation]
        if conversation.note_newer(first.msgid, first.time) or first.pending_id:
            state.emit(first)
    elif _note_marks(state, held):
        for event in held.events:
            state.emit(event)


def _note_marks(state: ClientState, held: Held) -> bool:
    """False if the line was told before.  Without an id nobody knows."""
    if held.msgid:
        if held.msgid in state.marks:
            return False
        state.marks.add(held.msgid)
    return True


# --- answers --------------------------------------------------------------------------------


def received(state: ClientState, batch: Batch, label: str) -> None:
    """A complete batch of type ``chathistory``."""
    name = batch.params[0] if batch.params else ""
    request = state.history.find(label, state.fold(name))
    if request is not None:
        state.history.end(request)
        conversation = state.conversations[request.conversation]
    elif (
        name and not label and state.has_room_for(name)
    ):  # some servers play the history back on their own
        conversation = state.open_conversation(name)
    else:
        return  # too late: what waited for it was given up
    page = pages.read(state, batch, conversation.key)
    catching_up = state.history.catching_up.get(conversation.key)
    if request is not None and request.purpose == "context":
        context.answered(state, conversation, page, request)
    elif request is not None and request.purpose == "older":
        _older(state, conversation, page, request)
    elif request is not None and catching_up is not None:
        _newer(state, conversation, page, request, catching_up)
    else:
        gap = request is not None  # it catches up no more
        messages = _new_messages(state, conversation, page, CatchUp(had_cursor=False))
        event = _event(state, conversation, page, messages, "after", True, gap)
        if _says_something(event):
            state.emit(event)


def _event(
    state: ClientState,
    conversation: Conversation,
    page: Page,
    messages: tuple[MessageReceived, ...],
    where: Literal["before", "after"],
    complete: bool,
    gap: bool = False,
) -> HistoryReceived:
    """What is told of a page: ``messages``, and the marks on it that were not told before."""
    new = [mark for line in page.marks if _note_marks(state, line) for mark in line.events]
    return HistoryReceived(
        conversation.key,
        messages,
        where,
        complete,
        gap,
        tuple(mark for mark in new if isinstance(mark, ReactionReceived)),
        tuple(mark for mark in new if isinstance(mark, MessageRedacted)),
    )


def _says_something(event: HistoryReceived) -> bool:
    return bool(event.messages or event.reactions or event.redactions)


def _older(state: ClientState, conversation: Conversation, page: Page, request: Request) -> None:
    """A page of older messages; where it has none, go on to the next."""
    messages = tuple(event for event in page.messages if conversation.note_older(event.msgid))
    ahead = bool(messages) and messages[-1].time >= conversation.newest_time
    if ahead and not conversation.newest_id:
        conversation.newest_id, conversation.newest_time = messages[-1].msgid, messages[-1].time
    first = page.first
    more, goes_on = first is not None, False
    if first is not None:
        if request.at_edge or first.time < (conversation.oldest_time or state.now):
            conversation.oldest_id, conversation.oldest_time = first
        if not messages and request.chain.pages < pages.MOST_EMPTY:
            request.command, request.chain.point = "before", first
            more = goes_on = pages.ask(state, conversation, request)
    conversation.at_beginning = not more
    event = _event(state, conversation, page, messages, "before", not more)
    if not goes_on or _says_something(event):
        state.emit(event)


def _newer(
    state: ClientState,
    conversation: Conversation,
    page: Page,
    request: Request,
    catching_up: CatchUp,
) -> None:
    """A page of what was missed: give it, and ask for the next if there may be one."""
    if request.command == "latest":
        _tell_older(state, page, catching_up)
    messages = _new_messages(state, conversation, page, catching_up)
    chain = catching_up.chain
    more = False
    if request.command == "after" and page.last is not None:
        chain.point = page.last
        catching_up.gap = pages.is_stuck(state, page, request) or catching_up.gap
        catching_up.gap = catching_up.gap or chain.pages >= MOST_PAGES
        more = chain.pages < MOST_PAGES and pages.ask(state, conversation, request)
    if request.command == "latest" and not catching_up.had_cursor:
        catching_up.covered = page.size < request.limit
    event = _event(state, conversation, page, messages, "after", not more, catching_up.gap)
    if not more or _says_something(event):
        state.emit(event)
    if more:
        return
    silent = not conversation.oldest_time and not messages and page.first is not None
    conversation.note_edges(page.first, page.last)
    _caught_up(state, conversation, catching_up)
    if silent:
        ask_before(state, conversation, "", request.limit)


def _tell_older(state: ClientState, page: Page, catching_up: CatchUp) -> None:
    """In a busy room the latest page may begin behind what was said since we joined."""
    there = {event.msgid for event in page.messages if event.msgid}
    held = catching_up.held
    at = next((at for at, one in enumerate(held) if one.msgid in there), 0)
    for one in held[:at]:
        _tell(state, one)
    del held[:at]


def _new_messages(
    state: ClientState, conversation: Conversation, page: Page, catching_up: CatchUp
) -> tuple[MessageReceived, ...]:
    """What of a page was not known; our own unconfirmed messages among it are confirmed."""
    echoes = catching_up.echoes()
    messages = []
    for event in page.messages:
        if conversation.note_newer(event.msgid, event.time):
            pending_id = echoes.get(event.msgid, "")
            if pending_id:
                event = msgspec.structs.replace(event, pending_id=pending_id)
            else:
                after_break = catching_up.had_cursor and not catching_up.gap
                event = outbound.matched_in_history(state, event, after_break)
            messages.append(event)
    told = {event.msgid for event in messages if event.msgid in echoes}
    if told:
        catching_up.held = [held for held in catching_up.held if held.msgid not in told]
    return tuple(messages)


def _caught_up(state: ClientState, conversation: Conversation, catching_up: CatchUp) -> None:
    """Nothing older is coming: tell what was held back, then let our own messages go."""
    state.history.catching_up.pop(conversation.key, None)
    for held in catching_up.held:
        _tell(state, held)
    covered = catching_up.covered and not catching_up.gap
    outbound.settle_uncertain(state, conversation.key, covered)


# --- failures -------------------------------------------------------------------------------


def failed(state: ClientState, request: Request, sentence: str, code: str) -> None:
    """A request was refused, or not answered."""
    state.history.end(request)
    conversation = state.conversations[request.conversation]
    unknown = code in _BAD_REFERENCE and request.command != "latest"
    if request.purpose == "context":
        context.failed(state, request, context.GONE if unknown else sentence, code)
        return
    if unknown and pages.ask(state, conversation, request):
        return  # the place from which to go on, named in another way
    state.emit(HistoryFailed(request.conversation, request.where, sentence, code))
    catching_up = state.history.catching_up.get(request.conversation)
    if catching_up is None or request.purpose == "older":
        return
    catching_up.gap = True
    if request.command == "after" and code:
        _ask_latest(state, conversation, catching_up)  # take what there is
    else:
        _caught_up(state, conversation, catching_up)


def refused(
    state: ClientState, label: str, names: tuple[str, ...], sentence: str, code: str
) -> None:
    """FAIL CHATHISTORY: by label, by a target that it names, else the one waiting longest."""
    targets_label = state.history.targets_label
    if targets_label is not None and (label == targets_label != "" or "TARGETS" in names):
        state.history.targets_label = None
        return
    request = state.history.find(label, *map(state.fold, names))
    waiting = state.history.all()
    if request is None and waiting and not label:
        request = waiting[0]
    if request is not None:
        failed(state, request, sentence, code)


def give_up(state: ClientState) -> None:
    """The timer "history": fail what waits for too long, and wait for the next."""
    for request in state.history.all():
        if request.asked_at + pages.PATIENCE > state.now:
            state.timers.set(request.asked_at + pages.PATIENCE, "history")
            return
        failed(state, request, "The server did not answer.", "")


def lose_connection(state: ClientState) -> None:
    """What was held back and has an id waits for the next connection, when the history fills
    what is missing before it; the rest is told now."""
    for key, catching_up in state.history.catching_up.items():
        state.history.held_over[key] = [
            held for held in catching_up.held if not _cannot_wait(state, key, held)
        ]
    state.history.catching_up.clear()
    for request in state.history.break_off():
        if request.purpose == "context":
            context.failed(state, request, "Not connected.", "")
        elif request.purpose == "older":
            state.emit(HistoryFailed(request.conversation, "before", "Not connected.", ""))


def _cannot_wait(state: ClientState, key: str, held: Held) -> bool:
    """True if ``held`` was told now: it has no id, or the person waits for its confirmation.
    The end of what is known stays where it is."""
    first = held.events[0]
    if not held.msgid:
        _tell(state, held)
    elif isinstance(first, MessageReceived) and first.pending_id:
        state.conversations[key].note_older(held.msgid)
        state.emit(first)
    else:
        return False
    return True


# --- private conversations with news --------------------------------------------------------


def ask_targets(state: ClientState) -> None:
    """Which conversations have messages since the last that we know of?  The newest first."""
    newest = max((each.newest_time for each in state.conversations.values()), default=0.0)
    label = state.next_id("h") if state.features.labels else ""
    state.history.targets_label = label
    state.send(
        "CHATHISTORY",
        "TARGETS",
        f"timestamp={write_time(state.now + state.clock_offset + _FAR)}",
        f"timestamp={write_time(max(newest - _FUZZ, 0.0))}",
        str(state.support.page_size(_MOST_TARGETS)),
        tags={"label": label} if label else None,
    )


def targets_received(state: ClientState, batch: Batch) -> None:
    """The answer: catch up with those people that no other request is about."""
    state.history.targets_label = None
    for item in batch.items:
        if isinstance(item, Message) and item.command == "CHATHISTORY":
            name = item.param(1)
            known = bool(name) and not state.support.is_room(name) and state.has_room_for(name)
            if known and state.phase == "ready":
                catch_up(state, state.open_conversation(name), rejoined=True)
