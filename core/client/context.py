"""A place in the past, to be looked at: what a reply answers, or what a search has found.

Such pages do not belong to what is known of a conversation: they neither move its ends nor
count as shown.
"""

from core.client import pages
from core.client.conversations import Conversation, Point
from core.client.events import ContextFailed, ContextReceived, MessageRedacted, ReactionReceived
from core.client.pages import Page
from core.client.requests import Chain, Command, Request
from core.client.state import ClientState

GONE = "The message is not there any more."


def ask(
    state: ClientState, conversation: Conversation, msgid: str, where: Command, limit: int
) -> bool:
    """Ask for what was said around, before or after a message.  False: not possible now."""
    if state.phase != "ready" or not state.features.context or not msgid:
        return False
    size = state.support.page_size(limit or state.settings.history_page)
    chain = Chain(Point(msgid, 0.0))
    request = Request(conversation.key, "context", where, size, chain, msgid=msgid)
    return pages.ask(state, conversation, request)


def answered(state: ClientState, conversation: Conversation, page: Page, request: Request) -> None:
    """Its page: give it; where it holds no message at all, go on to the next."""
    marks = [mark for line in page.marks for mark in line.events]
    gone = {mark.msgid for mark in marks if isinstance(mark, MessageRedacted)}
    reactions = tuple(mark for mark in marks if isinstance(mark, ReactionReceived))
    messages = tuple(each for each in page.messages if each.msgid not in gone)
    ids = {each.msgid for each in messages}
    if request.command == "around":
        if request.msgid not in ids:
            failed(state, request, GONE, "")
            return
        request.reactions, end, known = reactions, page.first, ""
    elif request.command == "before":
        request.reactions, end = reactions + request.reactions, page.first
        known = conversation.oldest_id if conversation.at_beginning else ""
    else:
        request.reactions, end = request.reactions + reactions, page.last
        known = conversation.newest_id
    edge = end is None or bool(known and known in ids)
    if end is not None and not edge and not messages:
        request.chain.point = end
        if request.chain.pages < pages.MOST_EMPTY and pages.ask(state, conversation, request):
            return
        edge = True
    state.emit(
        ContextReceived(
            conversation.key,
            request.msgid,
            request.side,
            messages,
            request.reactions,
            edge,
        )
    )


def failed(state: ClientState, request: Request, sentence: str, code: str) -> None:
    """A request was refused, or not answered."""
    state.emit(ContextFailed(request.conversation, request.msgid, request.side, sentence, code))
