"""Our own messages on their way: from the moment of sending until the server confirms."""

import msgspec

from core.client.events import MessageKind


class PendingMessage(msgspec.Struct, frozen=True):
    """A message of ours as it was given to the session."""

    pending_id: str
    conversation: str  # key
    target: str  # the name it is sent to
    text: str
    kind: MessageKind
    time: float
    reply_to: str = ""
