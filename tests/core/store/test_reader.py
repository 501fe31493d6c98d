"""Pages around and between, and which conversations there are."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.state import facts
from core.state.conversations import (
    NO_BOUND,
    Backlog,
    Bound,
    Latest,
    Missed,
    Part,
    Query,
    Targets,
)
from core.store.reader import first_at
from tests.fakes.store import ADA, BOB, START, Store

ROOM = (Part("#a"),)


@pytest.fixture
def six(store: Store) -> Store:
    """m0 to m5, a second apart."""
    for number in range(6):
        store.time = START + 1000 * number
        store.said(f"m{number}")
    return store


M0 = 3  # the sequence number of m0; the others follow


def seconds(number: float) -> Bound:
    return Bound(None, START + int(1000 * number))


@pytest.mark.parametrize(
    ("middle", "limit", "found"),
    [
        (Bound(M0 + 3), 1, "m3"),
        (Bound(M0 + 3), 2, "m3 m4"),
        (Bound(M0 + 3), 3, "m2 m3 m4"),
        (Bound(M0 + 3), 4, "m2 m3 m4 m5"),
        (Bound(M0 + 3), 9, "m0 m1 m2 m3 m4 m5"),
        (Bound(M0), 3, "m0 m1 m2"),
        (Bound(M0 + 5), 3, "m3 m4 m5"),
        (Bound(M0 + 5), 1, "m5"),
        (Bound(M0 + 99), 2, "m4 m5"),
        (seconds(2), 3, "m1 m2 m3"),
        (seconds(1.5), 2, "m2 m3"),
        (seconds(1.5), 3, "m1 m2 m3"),
        (seconds(-9), 2, "m0 m1"),
        (seconds(99), 1, "m5"),
        (Bound(M0 + 3), 0, ""),
    ],
)
def test_around(six: Store, middle: Bound, limit: int, found: str) -> None:
    rows = six.ask(ROOM, take="around", after=middle, limit=limit)
    assert " ".join(row.text for row in rows) == found


@pytest.mark.parametrize(
    ("one", "other", "limit", "found"),
    [
        (Bound(M0), Bound(M0 + 5), 9, "m1 m2 m3 m4"),
        (Bound(M0 + 5), Bound(M0), 9, "m1 m2 m3 m4"),
        (Bound(M0), Bound(M0 + 5), 2, "m1 m2"),
        (Bound(M0 + 5), Bound(M0), 2, "m3 m4"),
        (seconds(0), seconds(5), 2, "m1 m2"),
        (seconds(5), seconds(0), 2, "m3 m4"),
        (seconds(0.5), seconds(1.5), 9, "m1"),
        (seconds(1), Bound(M0 + 5), 2, "m2 m3"),
        (Bound(M0 + 5), seconds(1), 2, "m3 m4"),
        (Bound(M0 + 1), seconds(4), 1, "m2"),
        (seconds(4), Bound(M0 + 1), 1, "m3"),
        (Bound(M0 + 2), Bound(M0 + 2), 9, ""),
        (seconds(2), seconds(2), 9, ""),
    ],
)
def test_between(six: Store, one: Bound, other: Bound, limit: int, found: str) -> None:
    rows = six.ask(ROOM, take="between", after=one, before=other, limit=limit)
    assert " ".join(row.text for row in rows) == found


def test_between_where_there_is_nothing(store: Store) -> None:
    assert store.ask((), take="between", after=seconds(1), before=Bound(3)) == []


def test_first_at_of_nothing() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE messages (conversation, seq, time)")
        assert first_at(database, 1, START) == 0


Steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=14)
Bounds = st.integers(0, 25).map(Bound) | st.integers(START, START + 20).map(
    lambda time: Bound(None, time)
)


@settings(max_examples=80, deadline=None)
@given(Steps, st.sampled_from(["oldest", "newest", "between"]), Bounds, Bounds, st.integers(0, 6))
def test_as_a_simple_list_would_answer(
    tmp_path_factory: pytest.TempPathFactory,
    steps: Sequence[tuple[int, int]],
    take: str,
    one: Bound,
    other: Bound,
    limit: int,
) -> None:
    """Of messages in two conversations and of what else happened there, read as one."""
    assume(take != "between" or (one.seq is None) is (other.seq is None))
    store = Store(tmp_path_factory.mktemp("store"))
    store.commit(facts.Registered(1, "ada", "~u", "host", "A", False, ("#a", "#b")))
    for pause, what in steps:
        store.time += pause
        room = "#a" if what % 2 else "#b"
        if what < 2:
            store.said("x", room)
        else:
            store.commit(facts.TopicSet(1, room, "x"))
    place = (Part("#a"), Part("#b", 4))
    every = store.ask(place, limit=999, events=True)
    later = _later(one, other) if take == "between" else other
    earlier = one if later is other else other
    fits = [
        row
        for row in every
        if _behind(row.seq, row.time, earlier) and not _behind(row.seq, row.time, later, True)
    ]
    from_start = take == "oldest" or (take == "between" and later is other)
    expected = fits[:limit] if from_start else fits[len(fits) - min(limit, len(fits)) :]
    found = store.ask(place, take=take, after=one, before=other, limit=limit, events=True)
    store.crash()
    assert found == expected


def _behind(seq: int, time: int, bound: Bound, inclusive: bool = False) -> bool:
    if bound.seq is not None:
        return seq >= bound.seq if inclusive else seq > bound.seq
    assert bound.time is not None
    return time >= bound.time if inclusive else time > bound.time


def _later(one: Bound, other: Bound) -> Bound:
    """Which bound is the later one."""
    if one.seq is not None and other.seq is not None:
        return other if one.seq <= other.seq else one
    assert one.time is not None
    assert other.time is not None
    return other if one.time <= other.time else one


# Which conversations there are.


def test_when_the_last_message_was(six: Store) -> None:
    six.commit(facts.TopicSet(ADA, "#a", "is no message"))
    six.time += 500
    six.said("private", "bob")
    rooms = (six.place(ADA, "#a"), (Part("#none"),))
    latest = six.reader.answer(Targets(ADA, rooms))  # type: ignore[arg-type]
    assert latest == Latest([START + 5000, None], [(BOB, "bob", START + 5500)])


def test_what_was_redacted_or_only_typed_does_not_count(store: Store) -> None:
    store.commit(facts.Said(ADA, facts.TAGMSG, "bob", "", "+draft/react=x"))
    assert store.reader.answer(Targets(ADA, ())) == Latest([], [])
    store.said("one")
    store.time += 10
    seq = store.said("two")
    store.commit(facts.Redacted(ADA, "#a", seq, ADA, "#a", ""))
    assert store.reader.answer(Targets(ADA, (ROOM,))) == Latest([START], [])


# What somebody missed.


def missed(store: Store, seq: int, limit: int) -> list[tuple[int, int, str, str]]:
    backlogs = store.reader.answer(Missed(ADA, ((Part("#b"),), ROOM), seq, limit))
    assert isinstance(backlogs, list)
    assert all(isinstance(backlog, Backlog) for backlog in backlogs)
    return [
        (room, peer, nick, " ".join(row.text for row in rows))
        for room, peer, nick, rows in backlogs
    ]


def test_missed(store: Store) -> None:
    seq = store.said("seen")
    assert missed(store, seq, 9) == []
    store.said("one")
    store.said("two", "ada", BOB)
    store.said("three")
    assert missed(store, seq, 9) == [(1, 0, "", "one three"), (-1, BOB, "bob", "two")]
    assert missed(store, seq, 2) == [(1, 0, "", "three"), (-1, BOB, "bob", "two")]
    assert missed(store, seq, 1) == [(1, 0, "", "three")]


def test_no_question(store: Store) -> None:
    with pytest.raises(TypeError, match="no question to the store"):
        store.reader.answer("what?")
    assert store.reader.answer(Query(ROOM, "newest", NO_BOUND, NO_BOUND, 1)) == []


def test_a_reader_writes_nothing(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.reader._database.execute("DELETE FROM messages")
