"""Days in the life of windows, in one thread: the real server's node and store, real sessions and
presenters, and between them queues that a seeded ``Random`` moves.

A device is a program on somebody's machine: it loses its connection, is closed, killed and started
again, and keeps only what it has written down.
"""

import copy
from collections import deque
from collections.abc import Callable
from random import Random

from core.client import events
from core.client.session import Session
from core.client.settings import ClientSettings
from core.session.render import sequence
from core.state.conversations import NO_BOUND, Query, Row, place_of
from core.state.facts import Fact
from gui.link import Queued, Target
from gui.model.unfinished import Unfinished
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from tests.fakes.bench import Bench, Client
from tests.gui.fakes import FakeScreen

PASSWORD = "password"


class DayLink:
    """What `gui.network` does, with queues in the place of threads and sockets."""

    def __init__(self, device: "Device") -> None:
        self.device, self.day = device, device.day
        self.session: Session | None = None
        self.client: Client | None = None  # the socket, None while there is none
        self.asked: deque[Callable[[Session, float], object]] = deque()  # by the window
        self.told: deque[object] = deque()  # to the window
        self.coming = bytearray()  # from the server, not read yet

    # --- Link -----------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A new session; connecting is up to the day."""
        password = PASSWORD if target.account else ""
        self.session = Session(
            ClientSettings(
                target.nick,
                account=target.account,
                account_password=password,
                sasl_mechanism="PLAIN" if target.account else "",
                login_required=bool(target.account),
                keepalive=1e9,
                initial_history=self.day.page,
                history_page=self.day.page,
            )
        )

    def close(self) -> None:
        """The program ends in order."""

    def retry(self) -> None:
        """The day connects when it likes."""

    def trust(self, server: str, offered: str) -> None:
        """There is no TLS here."""

    def log_in(self, account: str, password: str) -> None:
        """Nobody changes accounts."""

    def ask(self, action: Callable[[Session, float], object]) -> None:
        """It waits for the other thread."""
        self.asked.append(action)

    def say(self, conversation: str, name: str, text: str, kind: str, reply_to: str = "") -> None:
        """The same, and `Queued` comes back."""

        def work(session: Session, now: float) -> None:
            pieces = session.send_message(name, text, now, reply_to=reply_to)
            self.told.append(Queued(conversation, tuple(pieces)))

        self.ask(work)

    def key(self, name: str) -> str:
        """As the server folds."""
        return self.session.key(name) if self.session else name

    def is_room(self, name: str) -> bool:
        """As the server sees it."""
        return name.startswith("#")

    # --- the network's thread ---------------------------------------------------------------

    @property
    def now(self) -> float:
        """The time on this machine, whose clock may be wrong."""
        return self.day.now + self.device.skew

    def connect(self) -> None:
        """A connection comes up."""
        assert self.session is not None
        self.client = self.day.bench.connect(f"10.0.0.{len(self.day.bench.clients) % 250 + 1}")
        self.coming.clear()
        self.session.connection_made(self.now, "nonce-of-the-client-for-scram")
        self.flush()

    def lose(self, *, silently: bool) -> None:
        """It breaks; ``silently``: the server notices later."""
        client, self.client = self.client, None
        if client is None or self.session is None:
            return
        self.coming.clear()
        self._tell(self.session.connection_lost(self.now, "reset"))
        if silently:
            self.day.ghosts.append(client)
        else:
            self.day.bench.node.lost(client.connection, "Connection reset")

    def work(self) -> bool:
        """One thing that was asked for is done; False if there is none."""
        if not self.asked or self.session is None:
            return False
        action = self.asked.popleft()
        self._tell(self.session.tick(self.now))
        action(self.session, self.now)
        self._tell(self.session.take_events())
        self.flush()
        return True

    def read(self, many: int) -> bool:
        """Some bytes arrive; False if there are none."""
        if self.client is not None:
            self.coming += self.day.taken(self.client)
        if not self.coming and self.client is not None and self.client.closed:
            self.lose(silently=False)
            return True
        if not self.coming or self.session is None:
            return False
        data = bytes(self.coming[:many])
        del self.coming[:many]
        self._tell(self.session.receive(data, self.now))
        self.flush()
        if self.client is not None and self.client.closed and not self.coming:
            self.lose(silently=False)
        return True

    def tick(self) -> None:
        """Timers ring."""
        if self.session is not None:
            self._tell(self.session.tick(self.now))
            self.flush()

    def flush(self) -> None:
        """What the session has to say goes to the server."""
        data = self.session.data_to_send() if self.session else b""
        if data and self.client is not None and not self.client.closed:
            self.day.bench.receive(self.client, data)

    def _tell(self, happened: list[events.Event]) -> None:
        for event in happened:
            if isinstance(event, events.CloseConnection):
                self.lose(silently=False)
            else:
                self.told.append(event)


class Device:
    """One window; ``kept`` and ``rooms`` are its files."""

    def __init__(self, day: "Day", nick: str, account: str = "", skew: float = 0.0) -> None:
        self.day, self.skew = day, skew
        self.target = Target("srv", 5000, False, nick, account=account)
        self.kept: dict[str, Unfinished] = {}
        self.rooms: list[str] = []
        self.said: list[str] = []
        self.again: set[str] = set()  # what the user has sent again
        self.closed: set[str] = set()  # keys of conversations that were put away
        self.start()

    def start(self) -> None:
        """The program starts, and looks for its server."""
        self.screen, self.link = FakeScreen(), DayLink(self)
        self.presenter = Presenter(self.link, lambda: self.link.now, Vault(), self.online)
        self.presenter.attach(self.screen)
        self.presenter.connection.try_target(self.target)
        self.link.connect()

    @property
    def nick(self) -> str:
        """Ours, "" before the first welcome."""
        return self.presenter.desk.chat.nick

    def online(self, target: Target) -> None:
        """As `gui.memory`."""
        if self.presenter.keeping.server != target.owner:
            self.presenter.keeping.bring_back(target.owner, copy.deepcopy(self.kept))
            self.presenter.returning.bring_back(list(self.rooms))

    def write(self) -> None:
        """As `gui.memory`."""
        if self.presenter.keeping.server:
            self.kept = copy.deepcopy(self.presenter.keeping.unfinished())
            self.rooms = self.presenter.returning.rooms()

    def show(self, many: int = 1000) -> bool:
        """The window takes some of what was told; False for nothing."""
        batch = [self.link.told.popleft() for _ in range(min(many, len(self.link.told)))]
        self.presenter.handle(batch)
        self.presenter.tick()
        return bool(batch)

    def restart(self, *, killed: bool) -> None:
        """Closed, or killed once what is there is written down; and started again."""
        while self.link.work():
            pass
        self.show()
        if not killed:
            self.presenter.quit()
            while self.link.work():
                pass
        self.write()
        self.link.lose(silently=killed and self.day.random.random() < 0.5)
        self.start()


class Day:
    """The server and the devices."""

    def __init__(self, seed: int, bench: Bench) -> None:
        self.random, self.bench = Random(seed), bench
        self.page = self.random.choice((4, 8, 50))
        self._turn = bench.turn
        bench.turn = self.turn  # type: ignore[method-assign]
        self.ghosts: list[Client] = []  # sockets of which the server knows nothing bad
        self.devices: list[Device] = []
        self.texts = 0
        self.redacted: set[str] = set()  # texts that somebody wanted to take back

    def turn(self, *foreign: Fact) -> bool:
        """As the bench's; each batch has a time of its own."""
        self.bench.time += 1
        return self._turn(*foreign)

    @property
    def now(self) -> float:
        """The server's time."""
        return self.bench.time / 1000

    def taken(self, client: Client) -> bytes:
        """What the server has written to a socket since the last time."""
        data, client._received = client._received, b""
        return data

    def text(self) -> str:
        """Something to say; now and then what was said before."""
        self.texts += 1
        return "ok" if self.random.random() < 0.1 else f"text {self.texts}"

    def pass_time(self, seconds: float) -> None:
        """All clocks go on."""
        self.bench.time += int(seconds * 1000)
        self.bench.now += seconds
        self.bench.node.tick(self.bench.now)
        for device in self.devices:
            device.link.tick()

    def bury(self) -> None:
        """The server notices which sockets are dead."""
        for ghost in self.ghosts:
            self.bench.node.lost(ghost.connection, "Ping timeout")
        self.ghosts.clear()
        self.bench.settle()

    def settle(self) -> None:
        """Everybody is online, and everything that is under way comes to its end."""
        self.bury()
        for _ in range(8):
            moved = True
            while moved:
                moved = sum(self._moves(device) for device in self.devices) > 0
            self.pass_time(25.0)

    def _moves(self, device: Device) -> bool:
        """All that can be done for one device now; False for nothing."""
        if device.presenter.connection.state == "asking":  # the nick was a ghost's
            device.start()
        link, moved = device.link, False
        self.pass_time(0.003)
        if link.client is None:
            link.connect()
            moved = True
        while link.work():
            moved = True
        self.bench.settle()
        while link.read(1 << 20):
            self.bench.settle()
            moved = True
        while device.show():
            moved = True
        return moved

    def truth(self, nick: str, name: str) -> list[Row]:
        """What the server has of a conversation, in its order, as far as `nick` may read it."""
        replica = self.bench.node.replica
        user = next((user for user in replica.users.values() if user.nick == nick), None)
        place = place_of(replica, user, name) if user else None
        if place is None or self.bench.reader is None:
            return []
        rows = self.bench.reader.answer(Query(place, "oldest", NO_BOUND, NO_BOUND, 100_000))
        assert rows is None or isinstance(rows, list)
        return rows or []


def seq(msgid: str) -> int:
    """The server's number of a message."""
    found = sequence(msgid)
    assert found is not None, msgid
    return found
