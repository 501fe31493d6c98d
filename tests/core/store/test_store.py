"""Writer and reader on real SQLite: what is kept, what is found, and what a crash leaves."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import OperatorError
from core.state import facts, snapshot
from core.state.conversations import NO_BOUND, Query, Row, private_conversation, room_parts
from core.state.facts import Fact, encode_facts
from core.store import schema
from core.store import writer as writing
from core.store.reader import first_at
from core.store.schema import FILE, VERSION, open_writer
from core.store.writer import BLOCK, Writer
from core.wire.modes import ModeChange
from tests.fakes.reference import Reference
from tests.fakes.store import ADA, BOB, RULES, START, Store, page

# What is kept.


def test_a_message_is_kept_as_it_was_shown(store: Store) -> None:
    store.commit(facts.Said(ADA, facts.NOTICE, "#A", "grüße; 🎈", "+a=b\\:"))
    row = Row(3, START, "ada!~u@host", facts.NOTICE, "#a", "grüße; 🎈", "+a=b\\:", ADA)
    assert store.rows("latest", 1) == [row]


@pytest.mark.parametrize(
    ("fact", "kept"),
    [
        (facts.Said(ADA, facts.PRIVMSG, "#a", "x"), 1),
        (facts.Said(ADA, facts.NOTICE, "bob", "x"), 1),
        (facts.Said(ADA, facts.TAGMSG, "#a", "", "+a"), 0),
        (facts.Said(ADA, facts.PRIVMSG, "#none", "x"), 0),
        (facts.Said(ADA, facts.PRIVMSG, "nobody", "x"), 0),
        (facts.Said(99, facts.PRIVMSG, "#a", "x"), 0),
        (facts.Joined(ADA, "#b", ""), 0),
    ],
)
def test_what_was_refused_is_not_kept(store: Store, fact: Fact, kept: int) -> None:
    assert store.commit(fact) == kept
    held = store.writer._database.execute("SELECT count(*) FROM messages").fetchone()
    assert held == (kept,)


def test_a_ban_holds_in_the_order_of_the_log(store: Store) -> None:
    ban = facts.RoomModesSet(ADA, "#a", (ModeChange(True, "b", "bob"),))
    said = facts.Said(BOB, facts.PRIVMSG, "#a", "x")
    assert store.commit(said, ban, said) == 1


def test_chunks_without_facts_are_only_places(store: Store) -> None:
    said = encode_facts([facts.Said(ADA, facts.PRIVMSG, "#a", "x")])
    assert store.writer.commit(START, [(1, 3, 0, b""), (2, 3, 1, said), (1, 4, 0, b"")]) == 1
    assert store.writer.commit(START, [(1, 4, 0, b"")]) == 0
    assert store.writer.next_seq == 4


def test_private_messages_stand_under_both_users(store: Store) -> None:
    store.said("one", "bob")
    store.said("two", "ADA", BOB)
    store.said("room")
    key = private_conversation(store.user(ADA), store.user(BOB))
    assert store.read("latest", conversation=key) == "one two"
    rows = store.rows("latest", conversation=key)
    assert [row.target for row in rows] == ["bob", "ada"]


def test_many_conversations(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        store.commit(facts.Joined(ADA, f"#{number}", ""))
        store.writer._directory._ids.update({f"filler{n}": n for n in range(number * 500)})
        store.said("one", f"#{number}")
    for number in range(30):
        store.said("two", f"#{number}")
    assert len(store.writer._directory._ids) <= 10_001
    for number in range(30):
        assert store.read("latest", conversation=f"#{number}") == "one two"


# What is found.


@pytest.fixture
def six(store: Store) -> Store:
    """m0 to m5, a second apart; between them other rooms go on."""
    store.commit(facts.Joined(ADA, "#other", ""))
    for number in range(6):
        store.time = START + 1000 * number
        store.said(f"m{number}")
        store.said("noise", "#other")
    return store


M0 = 4  # the sequence number of m0; each of the others is two behind the one before


@pytest.mark.parametrize(
    ("direction", "limit", "seq", "time", "found"),
    [
        ("latest", 2, None, None, "m4 m5"),
        ("latest", 9, None, None, "m0 m1 m2 m3 m4 m5"),
        ("latest", 0, None, None, ""),
        ("latest", 2, M0 + 4, None, "m4 m5"),
        ("latest", 9, M0 + 6, None, "m4 m5"),
        ("latest", 9, None, START + 3000, "m4 m5"),
        ("before", 2, M0 + 6, None, "m1 m2"),
        ("before", 2, M0 + 7, None, "m2 m3"),
        ("before", 9, M0, None, ""),
        ("before", 2, None, START + 3000, "m1 m2"),
        ("before", 2, None, START + 2999, "m1 m2"),
        ("before", 2, None, START + 3001, "m2 m3"),
        ("before", 9, None, START, ""),
        ("before", 9, None, START + 99_000, "m0 m1 m2 m3 m4 m5"),
        ("before", 2, None, None, "m4 m5"),
        ("after", 2, M0, None, "m1 m2"),
        ("after", 2, M0 + 1, None, "m1 m2"),
        ("after", 9, M0 + 10, None, ""),
        ("after", 2, None, START + 1000, "m2 m3"),
        ("after", 2, None, START + 999, "m1 m2"),
        ("after", 9, None, START + 5000, ""),
        ("after", 2, None, 0, "m0 m1"),
        ("after", 2, None, None, "m0 m1"),
    ],
)
def test_pages(
    six: Store, direction: str, limit: int, seq: int | None, time: int | None, found: str
) -> None:
    assert six.read(direction, limit, seq, time) == found


def test_an_unknown_conversation_is_empty(six: Store) -> None:
    assert six.read("latest", conversation="#none") == ""


def test_messages_of_one_millisecond_are_found_together(store: Store) -> None:
    for number in range(4):
        store.said(f"m{number}")
    assert store.read("after", time=START - 1) == "m0 m1 m2 m3"
    assert store.read("after", time=START) == store.read("before", time=START) == ""


Steps = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["#a", "#b"])), max_size=12)
Limit = st.none() | st.integers(0, 30)


@settings(max_examples=60, deadline=None)
@given(Steps, st.sampled_from(["latest", "before", "after"]), Limit, Limit, st.integers(1, 5))
def test_as_a_simple_list_would_answer(
    tmp_path_factory: pytest.TempPathFactory,
    steps: Sequence[tuple[int, str]],
    direction: str,
    seq: int | None,
    after: int | None,
    limit: int,
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    reference = Reference()
    store.commit(facts.Registered(1, "ada", "~u", "host", "A", False, ("#a", "#b")))
    for pause, room in steps:
        store.time += pause
        store.said("x", room)
    for row in store.writer._database.execute("SELECT * FROM messages ORDER BY seq"):
        reference.kept[_key(store, row[0])].append(Row(*row[1:]))
    time = None if after is None else START + after
    query = page(direction, limit, seq, time, "#a")
    assert store.reader.answer(query) == reference.rows(query)
    store.crash()


def _key(store: Store, conversation: int) -> str:
    found = store.writer._database.execute(
        "SELECT key FROM conversations WHERE id = ?", (conversation,)
    )
    return str(found.fetchone()[0])


def test_first_at_of_nothing() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE messages (conversation, seq, time)")
        assert first_at(database, 1, START) == 0


# Restarts.


def test_an_orderly_restart_goes_on_where_it_was(store: Store, opened: Callable[[], Store]) -> None:
    last = store.said("before")
    store.writer.close()
    again = opened()
    assert again.writer.next_seq == last + 1
    assert again.writer.last_time == START
    again.commit(facts.Registered(1, "eve", "~u", "host", "E", False, ("#a",)))
    again.said("after", user=last + 1)
    assert again.read("latest") == "before after"
    assert list(again.writer.replica.owner_of) == ["eve"]


@pytest.mark.parametrize("quiet", [0, 1, 20])
def test_no_number_is_used_twice_even_after_a_crash(
    store: Store, opened: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, quiet: int
) -> None:
    """Facts that keep nothing, across the ends of the blocks in which numbers are reserved."""
    used = [store.said("x")]
    for _ in range(4):
        for _ in range(quiet):
            store.commit(facts.AwaySet(ADA, "x"))
        used.append(store.writer.replica.seq)
        store.crash()
        monkeypatch.setattr(writing, "BLOCK", 7)
        store = opened()
        assert store.writer.next_seq > max(used)
        store.commit(facts.Registered(1, "ada", "~u", "host", "A", False, ("#a",)))
        used.append(store.said("x", user=store.writer.replica.seq))
    assert used == sorted(used)
    assert store.read("latest") == "x x x x x"


def test_what_was_committed_outlives_a_crash(store: Store, opened: Callable[[], Store]) -> None:
    store.time += 5000
    store.said("safe")
    store.crash()
    again = opened()
    assert again.read("latest") == "safe"
    assert again.writer.last_time == START + 5000  # the newest message's


def test_a_block_is_reserved_once(store: Store) -> None:
    for _ in range(10):
        store.said("x")
    reserved = store.writer._database.execute("SELECT reserved FROM log").fetchone()[0]
    assert reserved == ADA + BLOCK


def test_time_never_goes_back(store: Store) -> None:
    store.time -= 9000
    store.commit(facts.AwaySet(ADA, "x"))
    assert store.writer.last_time == START


def test_a_snapshot_is_the_replica(store: Store) -> None:
    copy = snapshot.restore(store.writer.snapshot(), RULES)
    assert snapshot.digest(copy) == snapshot.digest(store.writer.replica)


# What is old.


@pytest.mark.parametrize(
    ("time", "dropped", "kept"),
    [
        (START, 0, "m0 m1 m2 m3 m4 m5"),
        (START + 2000, 3 + 4, "m2 m3 m4 m5"),
        (START + 2001, 3 + 6, "m3 m4 m5"),
        (START + 99_000, 3 + 12, ""),
    ],
)
def test_dropping(six: Store, time: int, dropped: int, kept: str) -> None:
    assert six.writer.drop_older(time) == dropped
    assert six.read("latest") == kept
    assert six.writer.drop_older(time) == 0
    six.said("new")
    assert six.read("latest").endswith("new")


def test_what_was_said_behind_closed_doors_stays_there(store: Store) -> None:
    store.said("open")
    store.commit(facts.RoomModesSet(ADA, "#a", (ModeChange(True, "s"),)))
    store.said("secret")
    store.commit(facts.RoomModesSet(ADA, "#a", (ModeChange(False, "s"),)))
    store.said("open again")
    room = store.writer.replica.rooms["#a"]
    assert store.read("latest") == "open open again"
    place = room_parts(room, store.user(BOB))
    for take, found in (("newest", "secret open again"), ("oldest", "open secret")):
        rows = store.reader.answer(Query(place, take, NO_BOUND, NO_BOUND, 2))
        assert isinstance(rows, list)
        assert " ".join(row.text for row in rows) == found


# The file.


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    Writer(tmp_path, RULES).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(OperatorError, match="written by a newer Parlor"):
        open_writer(tmp_path)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_no_database(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database, but long enough to be looked at" * 20)
    with pytest.raises(OperatorError, match="cannot be opened"):
        open_writer(tmp_path)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OperatorError, match="cannot be opened"):
        open_writer(tmp_path / "file" / "data")


def test_how_the_file_is_opened(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "made" / "here")) as database:
        for name, value in (("journal_mode", "wal"), ("synchronous", 2), ("user_version", VERSION)):
            assert database.execute(f"PRAGMA {name}").fetchone() == (value,)


def test_the_log_has_its_full_size_from_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "WAL_PAGES", 100)
    with closing(open_writer(tmp_path)) as database:
        schema.make_room(database)
        assert (tmp_path / f"{schema.FILE}-wal").stat().st_size > 100 * schema.PAGE_SIZE


def test_a_reader_writes_nothing(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.reader._database.execute("DELETE FROM messages")


@pytest.mark.parametrize("name", ["#A", "#b"])
def test_the_past_goes_along_with_a_room_of_another_name(store: Store, name: str) -> None:
    store.said("one")
    store.commit(facts.RoomRenamed(ADA, "#a", name, ""))
    store.said("two", name)
    store.commit(facts.RoomRenamed(ADA, name, "#a", ""))
    store.said("three")
    assert store.read("latest") == "one two three"
