"""Who is typing: others as they tell us, and we as others may know.

Source: https://ircv3.net/specs/client-tags/typing
"""

from core.client.events import TypingChanged, TypingState
from core.client.state import ClientState

# Seconds between two notifications of ours with the same state.
THROTTLE = 3.0
# Seconds without another notification after which they have stopped.
ACTIVE_LASTS = 6.0
PAUSED_LASTS = 30.0
# Typists known at once; more are not shown.
MOST_TYPISTS = 500
# Seconds after a notification of ours in which an error about its target is about it.
REFUSAL_TAKES = 10.0


def told(state: ClientState, conversation: str, nick: str, value: str) -> None:
    """A notification from ``nick``."""
    name = (conversation, state.fold(nick))
    if value == "done":
        stopped(state, conversation, nick)
        return
    typing: TypingState
    if value == "active":
        typing, lasts = "active", ACTIVE_LASTS
    elif value == "paused":
        typing, lasts = "paused", PAUSED_LASTS
    else:
        return
    if name in state.typists or len(state.typists) < MOST_TYPISTS:
        state.typists[name] = (nick, typing)
        state.timers.set(state.now + lasts, "typing", *name)
        state.emit(TypingChanged(conversation, nick, typing))


def stopped(state: ClientState, conversation: str, nick: str) -> None:
    """They sent a message, said so, left, or fell silent."""
    name = (conversation, state.fold(nick))
    if state.typists.pop(name, None) is not None:
        state.timers.cancel("typing", *name)
        state.emit(TypingChanged(conversation, nick, "done"))


def expired(state: ClientState, conversation: str, folded: str) -> None:
    """The timer of one typist."""
    nick, _ = state.typists.pop((conversation, folded))
    state.emit(TypingChanged(conversation, nick, "done"))


def forget_all(state: ClientState) -> None:
    """The connection is gone: nobody is known to type."""
    for (conversation, _), (nick, _) in state.typists.items():
        state.emit(TypingChanged(conversation, nick, "done"))
    state.typists.clear()
    state.own_typing.clear()


def tell(state: ClientState, target: str, typing: TypingState) -> None:
    """Tell others about us, no more often than the specification allows."""
    if state.phase != "ready" or not state.features.typing:
        return
    key = state.fold(target)
    room = state.roster.rooms.get(key)
    if state.support.is_room(target) and (room is None or not room.joined):
        return
    last, sent = state.own_typing.get(key, ("done", 0.0))
    if typing == "done" and last == "done":
        return
    if typing == last and state.now - sent < THROTTLE:
        return
    state.send("TAGMSG", target, tags={"+typing": typing})
    state.own_typing[key] = (typing, state.now)


def refused(state: ClientState, target: str) -> bool:
    """True if an error about ``target`` that no message caused is about our typing there: the
    person has done nothing yet, and needs not hear of it."""
    _, sent = state.own_typing.get(state.fold(target), ("done", -REFUSAL_TAKES))
    return state.now - sent < REFUSAL_TAKES
