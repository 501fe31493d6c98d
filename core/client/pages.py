"""A page of the history: asking for it, and reading what has come.

Among the messages stand lines about them (reactions, messages taken back) and, where
draft/event-playback is agreed on, everything else that happened in a room.  The latter is never
shown, but a page may consist of nothing else: so paging goes by the lines, not by the messages.
Source: https://ircv3.net/specs/extensions/chathistory
"""

from typing import NamedTuple

from core.client import multiline
from core.client.batches import Batch
from core.client.conversations import Conversation, Point
from core.client.conversion import message_time, to_ctcp, to_event, to_marks
from core.client.events import MessageReceived
from core.client.reading import write_time
from core.client.requests import Command, Held, Request
from core.client.state import ClientState
from core.wire.message import Message

# Seconds that an answer may take.
PATIENCE = 20.0
# Messages in a page where the usual one is too small.
LARGEST = 1000
# Pages without a message that are passed over in one go.
MOST_EMPTY = 20
# A moment, as the history tells them apart.
_MOMENT = 0.001
# The tag of lines that come on top of those that were asked for.
_EXTRA = "draft/chathistory-context"
_COMMANDS = ("PRIVMSG", "NOTICE")

# --- asking ---------------------------------------------------------------------------------


def ask(state: ClientState, conversation: Conversation, request: Request) -> bool:
    """Send the command for the next page of a chain.  False if there is no next one."""
    reference = "*" if request.command == "latest" else _next_reference(state, request)
    if not reference:
        return False
    request.label = state.next_id("h") if state.features.labels else ""
    request.asked_at = state.now
    request.chain.pages += 1
    state.history.begin(request)
    state.send(
        "CHATHISTORY",
        request.command.upper(),
        conversation.name,
        reference,
        str(request.limit),
        tags={"label": request.label} if request.label else None,
    )
    if not state.timers.is_set("history"):
        state.timers.set(state.now + PATIENCE, "history")
    return True


def _next_reference(state: ClientState, request: Request) -> str:
    """The best way to name the point from which to go on that was not tried yet, "" for none."""
    chain = request.chain
    for reference in _references(state, chain.point, request.command):
        if reference not in chain.used:
            chain.used.add(reference)
            return reference
    return ""


def _references(state: ClientState, point: Point, command: Command) -> list[str]:
    """The ways to name a point, the best one first.

    A moment is more than one message: the one just outside is taken first, so that the page
    begins with all of it, and the messages that are known are recognized.
    """
    if not point.time:
        return [f"msgid={point.msgid}"]
    types = state.support.reference_types.split(",")
    exact = f"timestamp={write_time(point.time)}"
    if "msgid" not in types:
        return [exact]
    step = _MOMENT if command == "before" else -_MOMENT
    by_time = [f"timestamp={write_time(point.time + step)}", exact]
    named = [f"msgid={point.msgid}"] if point.msgid else []
    return named + (by_time if "timestamp" in types else [])


# --- reading --------------------------------------------------------------------------------


class Page(NamedTuple):
    """An answer, in the server's order."""

    messages: tuple[MessageReceived, ...]
    marks: tuple[Held, ...]  # what became of messages
    size: int  # lines, as the server counts them
    first: Point | None  # where an older page ends, None if this one is empty
    last: Point | None  # where a newer page begins


def read(state: ClientState, batch: Batch, conversation: str) -> Page:
    """What a batch of type ``chathistory`` holds."""
    lines = multiline.lines(batch)
    counted = [line for line in lines if _EXTRA not in line.tags]
    return Page(
        tuple(
            to_event(state, line, conversation, from_history=True)
            for line in lines
            if line.command in _COMMANDS and len(line.params) > 1 and to_ctcp(line) is None
        ),
        tuple(
            Held(line.tags.get("msgid", ""), marks)
            for line in lines
            if (marks := to_marks(state, line, conversation, from_history=True))
        ),
        len(counted),
        _point(state, counted),
        _point(state, counted[::-1]),
    )


def _point(state: ClientState, lines: list[Message]) -> Point | None:
    """The outermost line that has an id, if it is far enough out; else the outermost's time."""
    for line in lines[: len(lines) // 2 + 1]:
        if "msgid" in line.tags:
            return Point(line.tags["msgid"], message_time(state, line))
    return Point("", message_time(state, lines[0])) if lines else None


def is_stuck(state: ClientState, page: Page, request: Request) -> bool:
    """Everybody on a worker that dies leaves in one moment, without ids to go on from: only a page
    that is larger leads out of it, and the next one is.  True where none is: then something may
    be missing."""
    first, last = page.first, page.last
    if not (first and last) or last.msgid or page.size < request.limit or first.time != last.time:
        return False
    limit, request.limit = request.limit, max(request.limit, state.support.page_size(LARGEST))
    return request.limit == limit
