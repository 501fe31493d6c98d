"""What the log says that everybody must have seen: kept beside the store's own replica.

It is as simple as it can be: for each message that was accepted it notes, one by one, the
connections that get it, from who is where at that place in the log.
"""

import sys
from collections import defaultdict
from typing import NamedTuple

from core.state.conversations import (
    NO_BOUND,
    Bound,
    FindMessage,
    Found,
    Missed,
    Private,
    Query,
    Row,
    private_conversation,
    room_conversation,
)
from core.state.events import (
    AccountChanged,
    Event,
    MessageRedacted,
    Renamed,
    RoomSpoken,
    Unheard,
    UserSpoken,
)
from core.state.facts import KIND_COMMANDS, TAGMSG
from core.state.records import SIGN_RANKS, User
from core.wire.identifiers import fold
from core.wire.multiline import is_multiline, pieces

Key = tuple[int, int]  # a connection: its worker's origin, its number


class Seen(NamedTuple):
    """A message as one connection sees it."""

    place: str  # a room's name, behind the sign of a rank; "" for everything between two users
    sender: str
    command: str
    text: str
    seq: int


class Reference:
    """The messages of the log, by receiver and by conversation."""

    def __init__(self) -> None:
        self._due: dict[Key, list[tuple[Seen, str]]] = defaultdict(list)
        self.kept: dict[str, list[Row]] = defaultdict(list)
        # (a user's id, a private conversation) -> the other one, and its nick, folded.
        self._pairs: dict[tuple[int, str], tuple[User, str]] = {}

    def note(self, event: Event, time: int) -> None:
        """One more event of the store's replica."""
        if isinstance(event, RoomSpoken):
            self._room(event)
            target = event.rank + event.room.name
            self._keep(room_conversation(event.room, event.rank), event, target, time)
        elif isinstance(event, UserSpoken):
            self._private(event)
            key = private_conversation(event.sender, event.target)
            for one, other in ((event.sender, event.target), (event.target, event.sender)):
                self._pairs[one.id, key] = (other, fold(other.nick))
            self._keep(key, event, event.target.nick, time)
        elif isinstance(event, Unheard):
            self._to(event.sender, _seen(event, ""), "echo")
        elif isinstance(event, AccountChanged) and event.guest:
            for user, key in [pair for pair in self._pairs if pair[0] == event.guest]:
                self._pairs[event.user.id, key] = self._pairs.pop((user, key))
        elif isinstance(event, MessageRedacted):
            kept = self.kept[event.conversation]
            self.kept[event.conversation] = [row for row in kept if row.seq != event.message]
        elif isinstance(event, Renamed):
            for pair, (peer, _) in self._pairs.items():
                if peer is event.user:
                    self._pairs[pair] = (peer, fold(peer.nick))

    def _keep(self, key: str, event: RoomSpoken | UserSpoken, target: str, time: int) -> None:
        if event.kind != TAGMSG:
            by = event.sender
            row = Row(
                event.seq, time, by.prefix, event.kind, target, event.text, event.tags,
                by.id, by.account_name, int("B" in by.modes),
            )  # fmt: skip
            self.kept[key].append(row)

    def _room(self, event: RoomSpoken) -> None:
        seen = _seen(event, event.rank + event.room.name)
        least = SIGN_RANKS[event.rank] if event.rank else 0
        receivers = [user for user in event.room.members if event.room.rank(user) >= least]
        outside = [] if event.sender in receivers else [event.sender]
        for user in [*receivers, *outside]:
            self._to(user, seen, "echo" if user is event.sender else "")

    def _private(self, event: UserSpoken) -> None:
        seen = _seen(event, "")
        self._to(event.sender, seen, "echo")
        self._to(event.target, seen, "")

    def _to(self, user: User, seen: Seen, only: str) -> None:
        for key in user.connections:
            self._due[key].append((seen, only))

    def due(
        self, key: Key, echo: bool, takes_tags: bool, whole: bool = True
    ) -> dict[str, list[Seen]]:
        """What a connection with these capabilities sees, by place, each in its order.

        ``whole``: it gets messages of several lines as one; otherwise line by line, and only the
        first has an id.
        """
        found: dict[str, list[Seen]] = defaultdict(list)
        for seen, only in self._due[key]:
            if (only == "echo" and not echo) or (seen.command == "TAGMSG" and not takes_tags):
                continue
            if whole or not is_multiline(seen.text):
                found[seen.place].append(seen)
                continue
            lines = [piece.text for piece in pieces(seen.text) if piece.text]
            ids = [seen.seq, *[0] * len(lines)]
            found[seen.place] += [
                seen._replace(text=line, seq=id) for line, id in zip(lines, ids, strict=False)
            ]
        return found

    def answer(self, question: object) -> object:
        """What the store would answer; nobody is ever sent what it missed."""
        if isinstance(question, Query):
            return self.rows(question)
        if isinstance(question, FindMessage):
            query = Query(question.place, "oldest", NO_BOUND, NO_BOUND, sys.maxsize)
            for row in self.rows(query) or ():
                if row.seq == question.seq:
                    keys = (key for key, kept in self.kept.items() if row in kept)
                    return Found(row.author, next(keys), row.kind, row.time)
            return None
        assert isinstance(question, Missed)
        return []

    def rows(self, query: Query) -> list[Row] | None:
        """The answer to a question for messages, as the store would give it."""
        if isinstance(query.place, Private):
            pairs = self._pairs.items()
            fits = [key for (user, key), pair in pairs if _is_with(user, pair, query.place)]
            if not fits and not query.place.peer:
                return None
            kept = sorted(row for key in fits for row in self.kept[key])
        else:
            kept = sorted(
                row for part in query.place for row in self.kept[part.key] if row.seq >= part.since
            )
        found = [row for row in kept if _after(row, query.after) and _before(row, query.before)]
        first = slice(0, query.limit) if query.take == "oldest" else slice(-query.limit, None)
        return found[first] if query.limit else []


def _is_with(user: int, pair: tuple[User, str], place: Private) -> bool:
    peer, name = pair
    return user == place.user and (peer.id == place.peer or name == place.name)


def _before(row: Row, bound: Bound) -> bool:
    if bound.seq is not None:
        return row.seq < bound.seq
    return bound.time is None or row.time < bound.time


def _after(row: Row, bound: Bound) -> bool:
    if bound.seq is not None:
        return row.seq > bound.seq
    return bound.time is None or row.time > bound.time


def _seen(event: RoomSpoken | UserSpoken | Unheard, place: str) -> Seen:
    command = KIND_COMMANDS[event.kind]
    return Seen(place, event.sender.nick, command, event.text, event.seq)
