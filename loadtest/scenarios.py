"""Who sits where and talks to whom, as values: no connection, no clock.

- ``lobby``: everyone in one room.
- ``rooms``: spread evenly over several rooms.
- ``private``: in pairs, each writing to the other.
- ``churn``: the lobby, while every fourth user keeps leaving and coming back.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Scenario = Literal["lobby", "rooms", "private", "churn"]
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)

# Messages a second that each user says where nothing stands against it.
WANTED_RATE = 1.0
# Deliveries a second that the harness handles on one core without becoming the latency.
DELIVERY_CAP = 8000.0
# In "churn" every so many users one wanders.
_WANDERING = 4


@dataclass(frozen=True, slots=True)
class Seat:
    """A user's place."""

    index: int
    nick: str
    channel: str  # the ledger's name for where they are
    room: str  # to join, "" for none
    target: str  # to write to; "" if there is nobody
    partner: int = -1  # the other one's index in a pair, -1 for none
    wanders: bool = False  # leaves and comes back now and then


@dataclass(frozen=True, slots=True)
class Plan:
    """A run's shape."""

    scenario: Scenario
    users: int
    run: str  # a few letters that tell this run's nicks and messages from others'
    room: str = "#lobby"
    rooms: int = 0  # in "rooms"; 0: one for each ten users
    wanted_rate: float = WANTED_RATE
    delivery_cap: float = DELIVERY_CAP  # 0: none
    message_bytes: int = 80

    @property
    def room_count(self) -> int:
        """How many rooms there are."""
        if self.scenario != "rooms":
            return 1
        return max(1, min(self.rooms or self.users // 10, self.users))

    @property
    def listeners(self) -> float:
        """Who hears a message on average, its sender's echo included."""
        if self.scenario == "private":
            return 2.0
        return max(self.users / self.room_count, 1.0)

    @property
    def rate(self) -> float:
        """Messages a second of each user: as many as wanted, unless the cap is in the way."""
        if not self.delivery_cap:
            return self.wanted_rate
        most = self.delivery_cap / (max(self.users, 1) * self.listeners)
        return min(self.wanted_rate, most)

    @property
    def is_capped(self) -> bool:
        """True if users talk less than wanted."""
        return self.rate < self.wanted_rate

    def nick(self, index: int) -> str:
        """A user's nick: short enough for the nine characters of old servers."""
        return f"u{index}{self.run}"

    def seat(self, index: int) -> Seat:
        """The place of user ``index`` (from 0)."""
        nick = self.nick(index)
        if self.scenario == "private":
            partner = index ^ 1
            alone = partner >= self.users
            target = "" if alone else self.nick(partner)
            return Seat(index, nick, f"pair {index // 2}", "", target, -1 if alone else partner)
        if self.scenario == "rooms":
            room = f"#load-{self.run}-{index % self.room_count}"
            return Seat(index, nick, room, room, room)
        wanders = self.scenario == "churn" and index % _WANDERING == _WANDERING - 1
        return Seat(index, nick, self.room, self.room, self.room, wanders=wanders)
