"""A simulated user: comes, talks, listens, and in "churn" goes and comes back."""

import random
import time

import gevent
from gevent.event import Event as Flag
from locust import User, task
from locust.env import Environment
from locust.exception import StopUser

from core.client.backoff import Backoff
from core.client.events import (
    Disconnected,
    Event,
    HistoryReceived,
    JoinFailed,
    MessageReceived,
    NickRejected,
    Registered,
    RegistrationFailed,
    RoomJoined,
    RoomLeft,
    SendFailed,
)
from core.client.settings import ClientSettings
from loadtest import harness as harnesses
from loadtest.connection import Connection
from loadtest.ledger import MessageId
from loadtest.marks import Mark, read_mark, write_mark

# Seconds: until in place, until out of a room, until the server closes after QUIT.
_ENTER_PATIENCE = 30.0
_LEAVE_PATIENCE = 10.0
_QUIT_PATIENCE = 2.0
# Seconds that those who wander stay, and are away (uniform).
_STAY = (3.0, 8.0)
_ABSENCE = (0.2, 1.5)


class ChatUser(User):
    """One connection, in the place that the plan gives it."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.harness = harnesses.of(environment)
        self.seat = self.harness.next_seat()
        settings = ClientSettings(
            nick=self.seat.nick,
            password=self.harness.password,
            initial_history=0,
            find_conversations=False,
            ask_who=False,
            ask_about_people=False,
        )
        self.connection = Connection(self.harness.address, settings, self.on_event)
        self._in_place = Flag()
        self._out = Flag()
        self._refusal = ""  # why the server does not let us in, "" if it does
        self._recovering = False  # True while we try to come back after a break
        self._stays = False  # True if our stay goes on then, as the history makes up for it
        self._leaving = False  # True while the connection may end
        self._leave_at = 0.0  # when a wanderer goes
        self._numbers = 0  # messages said
        self._said: dict[str, tuple[MessageId, float]] = {}  # by pending id: which, and when

    @property
    def unconfirmed(self) -> bool:
        """True while a message of ours is on its way to the server and back."""
        return bool(self._said)

    def tick(self, now: float) -> None:
        """See ``Connection.tick``."""
        self.connection.tick(now)

    def wait_time(self) -> float:
        """Seconds until the next message."""
        return random.uniform(0.5, 1.5) / max(self.harness.plan.rate, 1e-6)

    # --- coming and going -----------------------------------------------------------------

    def on_start(self) -> None:
        """Connect and take the place; a user who cannot is out of the run."""
        self.harness.users.append(self)
        self._come()
        gevent.sleep(random.uniform(0.0, 1.0 / max(self.harness.plan.rate, 1e-6)))

    def on_stop(self) -> None:
        """Leave."""
        self._leaving = True
        self.connection.quit(_QUIT_PATIENCE)
        if self in self.harness.users:
            self.harness.users.remove(self)

    def _come(self) -> None:
        began = time.monotonic()
        self._refusal = ""
        self._leaving = False
        self._in_place.clear()
        try:
            self.connection.open()
            if not self._in_place.wait(_ENTER_PATIENCE):
                raise TimeoutError("not in place in time")
            if self._refusal:
                raise ConnectionError(self._refusal)
        except OSError as error:
            self._leaving = True
            self.connection.close()
            self.harness.measured.failed_connects += 1
            self.harness.request("connect", time.monotonic() - began, error)
            raise StopUser from error
        taken = time.monotonic() - began
        self.harness.measured.connects.add(taken)
        self.harness.request("connect", taken)
        self._leave_at = time.monotonic() + random.uniform(*_STAY)

    def _wander(self) -> None:
        """Leave the room, half of the time the server too, and come back."""
        self.harness.measured.departures += 1
        self._out.clear()
        self.harness.ledger.leaving(self.seat.channel, self.seat.index)
        self.connection.session.part(self.seat.room)
        self.connection.flush()
        if not self._out.wait(_LEAVE_PATIENCE):
            return
        if random.random() < 0.5:
            self._leaving = True
            self.connection.quit(_QUIT_PATIENCE)
            gevent.sleep(random.uniform(*_ABSENCE))
            self._come()
            return
        gevent.sleep(random.uniform(*_ABSENCE))
        self._in_place.clear()
        self.connection.session.join(self.seat.room)
        self.connection.flush()
        self._in_place.wait(_ENTER_PATIENCE)
        self._leave_at = time.monotonic() + random.uniform(*_STAY)

    # --- talking ----------------------------------------------------------------------------

    @task
    def act(self) -> None:
        """Say something, or wander."""
        if not self.harness.talking or not self.connection.is_open:
            return
        if self.seat.wanders and time.monotonic() > self._leave_at and not self._said:
            self._wander()
        elif self.seat.index in self.harness.online and self._has_listener():
            self._say()

    def _has_listener(self) -> bool:
        partner = self.seat.partner
        return bool(self.seat.target) and (partner < 0 or partner in self.harness.online)

    def _say(self) -> None:
        now = time.monotonic()
        message = (self.seat.index, self._numbers)
        self._numbers += 1
        text = write_mark(self.harness.run, Mark(*message, now), self.harness.plan.message_bytes)
        self.harness.ledger.sent(self.seat.channel, message)
        (pending,) = self.connection.session.send_message(self.seat.target, text, time.time())
        self._said[pending.pending_id] = (message, now)
        self.connection.flush()

    # --- listening --------------------------------------------------------------------------

    def on_event(self, event: Event) -> None:
        """Everything that the session tells."""
        if isinstance(event, MessageReceived):
            self._heard(event)
        elif isinstance(event, HistoryReceived):
            for message in event.messages:
                self._read_back(message)
        elif isinstance(event, Registered):
            self._registered()
        elif isinstance(event, RoomJoined):
            if event.name.lower() == self.seat.room.lower():
                self._placed(again=self._recovering and self._stays)
        elif isinstance(event, RoomLeft):
            if event.room == self.connection.session.key(self.seat.room):
                self._displaced()
        elif isinstance(event, SendFailed):
            self._refused(event)
        elif isinstance(event, Disconnected):
            self._disconnected()
        elif isinstance(event, JoinFailed | NickRejected | RegistrationFailed):
            self._refusal = event.sentence
            self._in_place.set()

    def _registered(self) -> None:
        """Go to the room, unless the server has put us there."""
        session = self.connection.session
        if not self.seat.room:
            self._placed()
        elif session.key(self.seat.room) not in session.rooms:
            session.join(self.seat.room)

    def _placed(self, *, again: bool = False) -> None:
        """In place; ``again`` after a break, which the history makes up for: no new stay."""
        echo = self.connection.session.features.echo
        index = self.seat.index
        if not again:
            self.harness.ledger.entered(self.seat.channel, index, hears_itself=echo)
        self.harness.online.add(index)
        self._in_place.set()

    def _displaced(self) -> None:
        self.harness.online.discard(self.seat.index)
        self.harness.ledger.left(self.seat.channel, self.seat.index)
        self._out.set()

    def _heard(self, event: MessageReceived) -> None:
        mark = read_mark(self.harness.run, event.text)
        if mark is None:
            return
        harness = self.harness
        at = self.connection.received_at
        if event.is_own:
            said = self._said.pop(event.pending_id, None)
            if said is not None:
                harness.measured.echoes.add(at - said[1])
                harness.request("send-to-echo", at - said[1])
            if not self.connection.session.features.echo:
                return
        else:
            harness.delivered(at - mark.sent)
        message = (mark.sender, mark.number)
        harness.ledger.heard(self.seat.channel, self.seat.index, message)

    def _read_back(self, event: MessageReceived) -> None:
        """Said while we were away, or just as we came back: it counts, but has no latency."""
        mark = read_mark(self.harness.run, event.text)
        if mark is not None:
            self._said.pop(event.pending_id, None)
            message = (mark.sender, mark.number)
            self.harness.ledger.heard(self.seat.channel, self.seat.index, message)

    def _refused(self, event: SendFailed) -> None:
        said = self._said.pop(event.pending_id, None)
        if said is not None:
            self.harness.ledger.not_sent(self.seat.channel, said[0])
            self.harness.measured.refused += 1
            error = RuntimeError(event.sentence)
            self.harness.request("send-to-echo", time.monotonic() - said[1], error)

    def _disconnected(self) -> None:
        self._refusal = self._refusal or "the connection ended"
        self._in_place.set()
        self.harness.online.discard(self.seat.index)
        if self._recovering:
            return
        if self._leaving:
            self._give_up()
            return
        self.harness.measured.broken += 1
        gevent.spawn(self._recover)

    def _recover(self) -> None:
        """Reconnect.  With history in a room nothing may be missing then, and the stay goes on."""
        self._recovering = True
        self._stays = bool(self.seat.room) and self.connection.session.features.history
        if not self._stays:
            self._give_up()
        backoff = Backoff(random.random)
        deadline = time.monotonic() + _ENTER_PATIENCE
        while time.monotonic() < deadline and not self._leaving:
            gevent.sleep(backoff.next_delay())
            self._refusal = ""
            self._in_place.clear()
            try:
                self.connection.open()
            except OSError:
                continue
            if self._in_place.wait(_ENTER_PATIENCE) and not self._refusal:
                self._recovering = False
                self.harness.measured.recovered += 1
                return
            self.connection.close()
        self._recovering = False
        self._give_up()

    def _give_up(self) -> None:
        """Our stay is over; nobody has to hear what was not confirmed."""
        for message, _ in self._said.values():
            self.harness.ledger.not_sent(self.seat.channel, message)
        self._said.clear()
        self._displaced()
