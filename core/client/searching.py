"""SEARCH: the server looks for messages.

Sources: https://github.com/ircv3/ircv3-specifications/pull/496 (draft/search) and
https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md (soju.im/search), which
differ in the name of the batch.
"""

from core.client import conversion, multiline
from core.client.batches import Batch
from core.client.events import MessageReceived, SearchFailed, SearchReceived
from core.client.reading import clean, write_time
from core.client.requests import SearchRequest
from core.client.state import ClientState
from core.wire.message import Message
from core.wire.tags import format_tags

CAPABILITIES = ("draft/search", "soju.im/search")
BATCHES = ("search", "soju.im/search")
# Seconds that an answer may take.
PATIENCE = 20.0
# Messages in an answer where nothing is said of that.
LIMIT = 50
# Bytes of what is looked for: the line has to hold it, and 512 is what all servers take.
_MOST_BYTES = 480
# Searches under way at once.
_MOST = 20


def ask(state: ClientState, query: str, wanted: dict[str, str], before: float, limit: int) -> str:
    """Send one SEARCH; why that cannot be done, as a sentence, "" if it is done."""
    wanted = {name: clean(value) for name, value in wanted.items() if value.strip()}
    if state.phase != "ready":
        return "Not connected."
    if not state.features.search:
        return "The server does not search."
    if not wanted:
        return "There is nothing to search for."
    known = len(state.search_edge.known(wanted, before))  # they come again
    size = state.support.page_size((limit or LIMIT) + known)
    attributes = wanted | ({"before": write_time(before)} if before else {}) | {"limit": str(size)}
    line = format_tags(attributes)
    if len(line.encode()) > _MOST_BYTES:
        return "That is too long to search for."
    if len(state.searches) >= _MOST:
        return "Too many searches are under way."
    label = state.next_id("s") if state.features.labels else ""
    request = SearchRequest(query, label, wanted, before, size, state.now)
    state.send("SEARCH", line, tags={"label": label} if label else None)
    state.searches.append(request)
    if not state.timers.is_set("search"):
        state.timers.set(state.now + PATIENCE, "search")
    return ""


def received(state: ClientState, batch: Batch, label: str) -> None:
    """A complete batch of results, in any order."""
    request = _find(state, label)
    if request is None:
        return
    state.searches.remove(request)
    lines = multiline.lines(batch)
    found = [_result(state, line) for line in lines if _is_chat(line)]
    found.reverse()  # most servers give the oldest first: so those of one moment are right, too
    found.sort(key=lambda event: -event.time)
    known = state.search_edge.known(request.wanted, request.before)
    new = tuple(event for event in found if event.msgid not in known)
    if new:
        state.search_edge.note(request, new)
    complete = len(lines) < request.limit or not new
    state.emit(SearchReceived(request.query, new, complete))


def _is_chat(line: Message) -> bool:
    return line.command in ("PRIVMSG", "NOTICE") and conversion.to_ctcp(line) is None


def _result(state: ClientState, line: Message) -> MessageReceived:
    target = line.param(0)
    private = not state.support.room_of(target)
    name = conversion.conversation_name(state, line)
    if private and state.was_own(line.nick) and target:
        name = target  # ours, under an older nick
    return conversion.to_event(state, line, state.fold(name), from_history=True)


def _find(state: ClientState, label: str) -> SearchRequest | None:
    """The request that an answer belongs to: by label, else the one that waits longest."""
    for request in state.searches:
        if request.label == label:
            return request
    return None


def refused(state: ClientState, label: str, sentence: str, code: str) -> bool:
    """A search was refused; False if the label is none of ours."""
    request = _find(state, label)
    if request is None:
        return False
    state.searches.remove(request)
    state.emit(SearchFailed(request.query, sentence, code))
    return True


def give_up(state: ClientState) -> None:
    """The timer "search": fail what waits for too long, and wait for the next."""
    while state.searches:
        request = state.searches[0]
        if request.asked_at + PATIENCE > state.now:
            state.timers.set(request.asked_at + PATIENCE, "search")
            return
        state.searches.pop(0)
        state.emit(SearchFailed(request.query, "The server did not answer.", ""))


def lose_connection(state: ClientState) -> None:
    """What is under way will not be answered."""
    for request in state.searches:
        state.emit(SearchFailed(request.query, "Not connected.", ""))
    state.searches.clear()
