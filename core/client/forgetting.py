"""Conversations that are put away: should they begin again, it is as if they were never known."""

from core.client.conversations import Conversation
from core.client.events import ConversationForgotten
from core.client.state import ClientState


def forget(state: ClientState, key: str) -> bool:
    """Give up what is known of a conversation; see `Session.forget_conversation`."""
    requests = [each for each in state.history.all() if each.conversation == key]
    mute = requests and not state.features.labels  # their answers could not be told apart
    conversation = state.conversations.get(key)
    if key in state.roster.rooms or mute or conversation is None:
        return False
    for request in requests:
        state.history.end(request)
    state.history.catching_up.pop(key, None)
    state.history.held_over.pop(key, None)
    if key in state.markers:
        state.markers[key].told = -1.0  # to be told anew
    if key in state.joining or state.pending.of(key, "waiting", "sent", "uncertain"):
        state.conversations[key] = Conversation(key, conversation.name, conversation.is_room)
    else:
        del state.conversations[key]
    state.emit(ConversationForgotten(key))
    return True
