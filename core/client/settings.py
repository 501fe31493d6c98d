"""What a client session is told once, before it connects."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """The choices of a session's owner; the defaults suit a chat window."""

    nick: str
    username: str = ""  # "": the nick
    realname: str = ""  # "": the nick
    password: str = ""  # asked of every connection (PASS); "": none is sent
    rooms: tuple[str, ...] = ()  # joined after registration; "name key" joins with a key
    rejoin: bool = True  # after a reconnection, the rooms that we were in
    rejoin_after_kick: bool = False
    # A nick in use is answered with an underscore added: never (the user is asked), only when
    # reconnecting (our own ghost may still hold it, and it is reclaimed later), or always.
    alternate_nick: Literal["never", "reconnect", "always"] = "reconnect"
    # Messages asked of the history of a room at the first join; 0: none.
    initial_history: int = 50
    # Messages in one page of history; the server's own limit counts too.
    history_page: int = 100
    # Private conversations with news are looked for in the history after connecting.
    find_conversations: bool = True
    ask_who: bool = True  # after joining a small room: who of its members is away?
    keepalive: float = 60.0  # seconds of silence before we send a PING
    keepalive_grace: float = 30.0  # seconds that its answer may take
    quit_message: str = ""
