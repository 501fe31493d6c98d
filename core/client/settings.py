"""What a client session is told once, before it connects."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """The choices of a session's owner; the defaults suit a chat window."""

    nick: str
    username: str = ""  # "": the nick
    realname: str = ""  # "": the nick
    password: str = field(default="", repr=False)  # the server's (PASS); "": none is sent
    # The account to log in to; with a password only, the one that has our nick's name.
    account: str = ""
    account_password: str = field(default="", repr=False)  # "": no login, but by a certificate
    # "PLAIN", "SCRAM-SHA-256" or "EXTERNAL" (the TLS certificate); "": the best that there is.
    sasl_mechanism: str = ""
    login_required: bool = False  # a login that fails ends the connection; else we are a guest
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
    # Of those we write with: are they there, what was read on other devices; of everyone: what
    # they tell of themselves.
    ask_about_people: bool = True
    ask_who: bool = True  # after joining a small room: who of its members is away?
    keepalive: float = 60.0  # seconds of silence before we send a PING
    keepalive_grace: float = 30.0  # seconds that its answer may take
    quit_message: str = ""
