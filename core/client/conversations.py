"""What is known of each conversation: enough to show every message once and lose none."""

from dataclasses import dataclass


@dataclass(slots=True)
class Conversation:
    """A room, or a person written with."""

    key: str
    name: str  # to show, and to send to
    is_room: bool
    newest_id: str = ""  # msgid of the last message known; "" for none
    newest_time: float = 0.0
    oldest_id: str = ""  # msgid of the first message known; "" for none
    at_beginning: bool = False  # the history has nothing older
