"""Several clients that talk in one room at once, and what each of them saw."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from core.wire.message import Message
from tests.fakes.irc import ALL_CAPS, SECONDS, Client, Closed, one, only
from tests.fakes.server import Server

ROOM = "#talk"


class Said(NamedTuple):
    """A message, as somebody saw it."""

    id: str
    nick: str
    text: str


def said(messages: Sequence[Message], room: str = ROOM) -> list[Said]:
    """The messages in a room."""
    return [
        Said(message.tags["msgid"], message.nick, message.params[1])
        for message in only(messages, "PRIVMSG")
        if message.params[0] == room
    ]


def history(client: Client, room: str = ROOM) -> list[Said]:
    """All that the server has kept of a room, asked for page by page."""
    found: list[Said] = []
    reference = "*"
    while True:
        command = "LATEST" if reference == "*" else "BEFORE"
        answer = client.ask(f"CHATHISTORY {command} {room} {reference} 500")
        reference_tag = one(
            [m for m in only(answer, "BATCH") if m.params[0][0] == "+"], "BATCH"
        ).params[0][1:]
        page = said([m for m in answer if m.tags.get("batch") == reference_tag], room)
        if not page:
            return found
        found = page + found
        reference = f"msgid={page[0].id}"


@contextlib.contextmanager
def clients(
    server: Server, nicks: Sequence[str], caps: str = ALL_CAPS, room: str = ROOM
) -> Iterator[list[Client]]:
    """Registered clients, all in one room and up to date; closed at the end."""
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(server.client(nick, caps)) for nick in nicks]
        for client in opened:
            client.ask(f"JOIN {room}")
        for client in opened:
            client.drain()
        yield opened


class Talker(threading.Thread):
    """Says one message after the other, each when the echo of the last is there.

    It comes back, under its nick, when its connection breaks; `seen` is what it saw of the room.
    """

    def __init__(self, server: Server, nick: str) -> None:
        super().__init__(name=nick, daemon=True)
        self._server = server
        self.nick = nick
        self.seen: list[Said] = []
        self.quits: list[str] = []  # nicks that it saw quit
        self.echoed = 0  # own messages that came back
        self.breaks = 0  # connections lost
        self.away_seconds = 0.0  # the longest time without a connection
        self.ended_by: list[Message] = []  # what came before the last connection closed
        self.comes_back = True
        self.problem: BaseException | None = None
        self._stop_asked = threading.Event()
        self.client = self._enter()

    def _enter(self) -> Client:
        client = self._server.client(self.nick, ALL_CAPS)
        client.ask(f"JOIN {ROOM}")
        return client

    def run(self) -> None:
        """Talk until `stop`."""
        number = 0
        try:
            while not self._stop_asked.is_set():
                number += 1
                try:
                    self._say(f"{self.nick} {number}")
                except (Closed, ConnectionError) as end:
                    self.breaks += 1
                    self.ended_by = end.messages if isinstance(end, Closed) else []
                    self._note(self.ended_by)
                    if not self.comes_back or not self._return():
                        return
        except BaseException as problem:
            self.problem = problem
            raise
        finally:
            self.client.close()

    def _say(self, text: str) -> None:
        self.client.send(f"PRIVMSG {ROOM} :{text}")
        self._note(
            self.client.read_until(lambda m: m.command == "PRIVMSG" and m.params[-1] == text)
        )
        self.echoed += 1

    def _note(self, messages: Sequence[Message]) -> None:
        self.seen += said(messages)
        self.quits += [message.nick for message in only(messages, "QUIT")]

    def _return(self) -> bool:
        """Connect again, as soon as it is possible; False if there is no more need to."""
        self.client.close()
        gone = time.monotonic()
        while not self._stop_asked.is_set():
            with contextlib.suppress(AssertionError, OSError):
                self.client = self._enter()
                self.away_seconds = max(self.away_seconds, time.monotonic() - gone)
                return True
            assert time.monotonic() < gone + SECONDS, f"{self.nick} cannot come back"
            time.sleep(0.02)
        return False

    def ask_to_stop(self) -> None:
        """Say no more, and do not come back."""
        self.comes_back = False
        self._stop_asked.set()

    def wait(self) -> None:
        """Wait until it has ended."""
        self.join(SECONDS)
        assert not self.is_alive(), f"{self.nick} hangs"


@contextlib.contextmanager
def talking(server: Server, nicks: Sequence[str]) -> Iterator[list[Talker]]:
    """Talkers at work; they are stopped at the end."""
    talkers: list[Talker] = []
    try:
        for nick in nicks:
            talkers.append(Talker(server, nick))
        for talker in talkers:
            talker.start()
        yield talkers
    finally:
        stop(talkers)


def stop(talkers: Sequence[Talker]) -> None:
    """End them all."""
    for talker in talkers:
        talker.ask_to_stop()
    for talker in talkers:
        if talker.is_alive():
            talker.wait()
        talker.client.close()


def every(talkers: Sequence[Talker], holds: Callable[[Talker], object]) -> bool:
    """True if it holds for all, and none has failed."""
    for talker in talkers:
        assert talker.problem is None, f"{talker.nick}: {talker.problem!r}"
    return all(holds(talker) for talker in talkers)
