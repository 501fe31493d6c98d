"""Sessions of the client package over real sockets, several in one thread."""

import selectors
import socket
import time
from collections.abc import Callable
from typing import TypeVar

from core.client.events import CloseConnection, Event, MessageReceived
from core.client.session import Session
from core.client.settings import ClientSettings

SECONDS = 30.0

E = TypeVar("E", bound=Event)


class Person:
    """One user: a session, its connection (while there is one), and what it was told."""

    def __init__(self, company: "Company", settings: ClientSettings) -> None:
        self.session = Session(settings)
        self.events: list[Event] = []
        self._company = company
        self._socket: socket.socket | None = None

    # The connection.

    @property
    def connected(self) -> bool:
        """True from ``connect`` until the connection has ended."""
        return self._socket is not None

    def connect(self) -> None:
        """Open a connection; the session begins to register on it."""
        self._socket = socket.create_connection(("127.0.0.1", self._company.port), SECONDS)
        self._company.watch(self._socket, self)
        self.session.connection_made(time.time())
        self.flush()

    def lose(self, reason: str = "reset") -> None:
        """The connection breaks."""
        self.lose_touch(reason).close()

    def lose_touch(self, reason: str = "timed out") -> socket.socket:
        """The connection breaks, but the server does not see that: it is open still."""
        assert self._socket is not None
        lost = self._socket
        self._company.forget(lost)
        self._socket = None
        self.events += self.session.connection_lost(time.time(), reason)
        return lost

    def flush(self) -> None:
        """Send what the session has to say."""
        data = self.session.data_to_send()
        if data and self._socket is not None:
            self._socket.sendall(data)

    def read(self) -> None:
        """Take what has come."""
        assert self._socket is not None
        try:
            data = self._socket.recv(65536)
        except ConnectionError:
            data = b""
        if data:
            self._note(self.session.receive(data, time.time()))
        else:
            self.lose("closed by the server")

    def tick(self) -> None:
        """Let the session's timers ring that are due, and send what actions have made."""
        due = self.session.next_timer()
        if due is not None and due <= time.time():
            self._note(self.session.tick(time.time()))
        self._note(self.session.take_events())

    def _note(self, events: list[Event]) -> None:
        self.events += events
        self.flush()
        if any(isinstance(event, CloseConnection) for event in events) and self.connected:
            self.lose()

    # What it does and sees.

    def say(self, target: str, text: str, *, reply_to: str = "") -> None:
        """Send a message."""
        self.session.send_message(target, text, time.time(), reply_to=reply_to)

    def of(self, kind: type[E]) -> list[E]:
        """What it was told of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def forget(self) -> None:
        """Look only at what comes from now on."""
        self.events.clear()

    def said(self, conversation: str) -> list[tuple[str, str]]:
        """Nick and text of the messages that it saw in a conversation."""
        return [
            (one.nick, one.text)
            for one in self.of(MessageReceived)
            if one.conversation == conversation
        ]

    def wait(self, kind: type[E], **fields: object) -> E:
        """Until it was told of one that has these fields; that one."""
        found: list[E] = []

        def told() -> bool:
            found[:] = [
                event
                for event in self.of(kind)
                if all(getattr(event, name) == value for name, value in fields.items())
            ]
            return bool(found)

        self._company.until(told, f"{self.session.nick}: {kind.__name__} with {fields}", self)
        return found[0]


class Company:
    """Everybody in one test, all on one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._selector = selectors.DefaultSelector()
        self._people: list[Person] = []

    def person(self, nick: str, **settings: object) -> Person:
        """Somebody new, who is connecting."""
        person = Person(self, ClientSettings(nick, **settings))  # type: ignore[arg-type]
        self._people.append(person)
        person.connect()
        return person

    def until(
        self, condition: Callable[[], object], what: str, teller: Person | None = None
    ) -> None:
        """Let everybody read and write until the condition holds."""
        deadline = time.monotonic() + SECONDS
        while not condition():
            told = "".join(f"\n  {event}" for event in teller.events[-12:]) if teller else ""
            assert time.monotonic() < deadline, f"it did not come to this: {what}{told}"
            for person in self._people:
                person.flush()
            for key, _ in self._selector.select(0.05):
                key.data.read()
            for person in self._people:
                person.tick()

    def watch(self, sock: socket.socket, person: Person) -> None:
        """Read from it for somebody."""
        self._selector.register(sock, selectors.EVENT_READ, person)

    def forget(self, sock: socket.socket) -> None:
        """Read from it no more."""
        self._selector.unregister(sock)

    def close(self) -> None:
        """Everybody leaves, and the server has noticed it: their nicks are free again."""
        for person in self._people:
            person.session.quit(time.time())
        self.until(lambda: not any(each.connected for each in self._people), "all have left")
        self._selector.close()
