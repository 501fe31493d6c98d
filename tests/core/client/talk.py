"""A session and a scripted server, talking line by line in one thread."""

from typing import Any, TypeVar

from core.client.events import Event
from core.client.session import Session
from core.client.settings import ClientSettings

PARLOR_CAPS = (
    "away-notify batch cap-notify draft/chathistory echo-message labeled-response "
    "message-tags multi-prefix server-time"
)
ALL_CAPS = PARLOR_CAPS + (
    " userhost-in-names extended-join account-notify account-tag chghost setname "
    "invite-notify standard-replies sasl=PLAIN"
)
SUPPORT = (
    "CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ CHANMODES=b,k,l,imnst NICKLEN=30 "
    "CHATHISTORY=100 NETWORK=Test"
)

E = TypeVar("E", bound=Event)


class Talk:
    """Feeds a session with lines and keeps the time."""

    def __init__(self, settings: ClientSettings | None = None, **changes: Any) -> None:
        self.session = Session(settings or ClientSettings("ada", **changes))
        self.now = 1000.0
        self.events: list[Event] = []  # those of the last step
        self.greeting: list[str] = []  # what the session said once it was welcomed

    def connect(self) -> list[str]:
        """A connection comes up; what the session says first."""
        self.session.connection_made(self.now)
        return self.sent()

    def server(self, *lines: str) -> list[Event]:
        """The server says ``lines``; ``:srv`` is put before those without a source."""
        data = "".join(f"{_with_source(line)}\r\n" for line in lines)
        return self.raw(data.encode())

    def raw(self, data: bytes) -> list[Event]:
        """The server says these bytes."""
        self.events = self.session.receive(data, self.now)
        return self.events

    def sent(self) -> list[str]:
        """The lines that the session put out since the last call."""
        return self.session.data_to_send().decode().splitlines()

    def wait(self, seconds: float) -> list[Event]:
        """Time passes, timers ring when they are due."""
        end = self.now + seconds
        self.events = []
        while (due := self.session.next_timer()) is not None and due <= end:
            self.now = max(self.now, due)
            self.events += self.session.tick(self.now)
        self.now = end
        return self.events

    def welcome(self, caps: str = ALL_CAPS, support: str = SUPPORT, nick: str = "ada") -> None:
        """Connect, and be welcomed by a server that has ``caps`` ("": no CAP at all)."""
        self.connect()
        if caps:
            self.server(f"CAP * LS :{caps}")
            for line in self.sent():
                names = line.removeprefix("CAP REQ ").removeprefix(":")
                self.server(f"CAP {nick} ACK :{names}")
        else:
            self.server("421 * CAP :Unknown command")
        self.server(f"001 {nick} :Hello", f"005 {nick} {support} :are supported by this server")
        kept = self.server(f"422 {nick} :No message of the day")
        self.greeting = self.sent()
        self.events = kept

    def enter(self, room: str, *members: str, history: bool = False) -> None:
        """We come to be in ``room``; its history (if any is asked for) is empty."""
        nick = self.session.nick
        self.server(
            f":{nick}!a@host JOIN {room}",
            f"353 {nick} = {room} :{' '.join((nick, *members))}",
            f"366 {nick} {room} :End",
        )
        if not history:
            self.answer_history()
        self.sent()

    def answer_history(self, *lines: str) -> list[Event]:
        """Answer the last CHATHISTORY among what is sent, in the way it was asked."""
        asked = [line for line in self.sent() if "CHATHISTORY" in line and "TARGETS" not in line]
        assert asked, "no history was asked for"
        return self.history_batch(asked[-1], *lines)

    def history_batch(self, command: str, *lines: str) -> list[Event]:
        """The batch that answers ``command``."""
        words = command.split()
        label = words.pop(0) + " " if command.startswith("@") else ""
        opening = f"{label}:srv BATCH +h chathistory {words[2]}"
        inside = [f"@batch=h;{line.removeprefix('@')}" for line in lines]
        return self.server(opening, *inside, "BATCH -h")

    def lose(self, reason: str = "reset") -> list[Event]:
        """The connection breaks."""
        self.events = self.session.connection_lost(self.now, reason)
        return self.events

    def of(self, kind: type[E]) -> list[E]:
        """The events of one class among those of the last step."""
        return [event for event in self.events if isinstance(event, kind)]

    def one(self, kind: type[E]) -> E:
        """The only event of that class."""
        found = self.of(kind)
        assert len(found) == 1, self.events
        return found[0]


def _with_source(line: str) -> str:
    return line if line[0] in ":@" else f":srv {line}"
