"""A store without its process: a writer that is given one fact a batch, and a reader beside it."""

from pathlib import Path

from core.state import facts
from core.state.conversations import NO_BOUND, Bound, Part, Place, Query, Row, place_of
from core.state.facts import Fact, encode_facts
from core.state.records import User
from core.state.replica import Rules
from core.store.reader import Reader
from core.store.writer import Writer

START = 1_700_000_000_000
RULES = Rules(lobby="")
ADA, BOB = 1, 2  # the first two facts


def page(direction: str, limit: int, seq: int | None, time: int | None, conversation: str) -> Query:
    """A question as the subcommand "latest", "before" or "after" asks it."""
    bound = Bound(seq, time)
    after, before = (NO_BOUND, bound) if direction == "before" else (bound, NO_BOUND)
    take = "oldest" if direction == "after" else "newest"
    return Query((Part(conversation),), take, after, before, limit)


class Store:
    """A writer that is given one fact a batch, and a reader beside it."""

    def __init__(self, folder: Path) -> None:
        self.writer = Writer(folder, RULES)
        self.reader = Reader(folder)
        self.time = START

    def commit(self, *proposed: Fact) -> int:
        """One batch; how many messages were kept."""
        chunk = (1, self.writer.next_seq, len(proposed), encode_facts(list(proposed)))
        return self.writer.commit(self.time, [chunk])

    def said(self, text: str, target: str = "#a", user: int = ADA) -> int:
        """One message; its sequence number."""
        self.commit(facts.Said(user, facts.PRIVMSG, target, text))
        return self.writer.replica.seq

    def read(self, direction: str, limit: int = 9, seq: int | None = None, time: int | None = None,
             conversation: str = "#a") -> str:  # fmt: skip
        """The texts of a page."""
        return " ".join(row.text for row in self.rows(direction, limit, seq, time, conversation))

    def rows(self, direction: str, limit: int = 9, seq: int | None = None, time: int | None = None,
             conversation: str = "#a") -> list[Row]:  # fmt: skip
        """A page."""
        rows = self.reader.answer(page(direction, limit, seq, time, conversation))
        assert isinstance(rows, list)
        return rows

    def ask(
        self,
        place: Place,
        *,
        take: str = "newest",
        after: Bound = NO_BOUND,
        before: Bound = NO_BOUND,
        limit: int = 9,
        events: bool = False,
    ) -> list[Row]:
        """The rows of a place."""
        rows = self.reader.answer(Query(place, take, after, before, limit, events))
        assert isinstance(rows, list)
        return rows

    def question(self, place: Place) -> Query:
        """A question for the newest of a place."""
        return Query(place, "newest", NO_BOUND, NO_BOUND, 9)

    def place(self, user: int, target: str) -> Place:
        """What a user may read of a room or of what it said with somebody."""
        place = place_of(self.writer.replica, self.user(user), target)
        assert place is not None
        return place

    def user(self, id: int) -> User:
        """A user of the writer's replica."""
        return self.writer.replica.users[id]

    def crash(self) -> None:
        """The process dies: nothing more is written."""
        self.writer._database.close()
        self.reader.close()
