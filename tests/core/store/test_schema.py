"""Databases of older versions: they get what they lack, and keep what they have."""

import sqlite3
from contextlib import closing
from pathlib import Path

from core.state import facts
from core.state.conversations import Row, Search
from core.store.schema import APPLICATION_ID, FILE, VERSION, open_writer
from tests.fakes.store import START, Store

# The tables as the first version made them.
VERSION_1 = """
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
);
CREATE TABLE messages (
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    time INTEGER NOT NULL,
    sender TEXT NOT NULL,
    kind INTEGER NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE TABLE log (
    reserved INTEGER NOT NULL,
    time INTEGER NOT NULL
);
INSERT INTO log VALUES (1000, 0);
CREATE TABLE filler (bytes BLOB);
INSERT INTO conversations VALUES (1, '#a'), (2, '#b');
PRAGMA user_version = 1;
"""


def make_old(folder: Path, messages: int) -> None:
    with closing(sqlite3.connect(folder / FILE)) as database:
        database.executescript(VERSION_1 + f"PRAGMA application_id = {APPLICATION_ID};")
        for number in range(messages):
            row = (
                1 + number % 2,
                10 + number,
                START + number,
                "old!~o@h",
                0,
                "#a",
                f"m{number}",
                "",
            )
            database.execute("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.commit()


def tables(folder: Path) -> dict[str, list[str]]:
    """The columns of each table."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
            if name != "filler"
        }


def test_version_1_is_completed(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    make_old(tmp_path / "old", 3)
    open_writer(tmp_path / "old").close()
    open_writer(tmp_path / "new").close()
    assert tables(tmp_path / "old") == tables(tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "old" / FILE)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_its_messages_are_there_and_the_log_goes_on(tmp_path: Path) -> None:
    make_old(tmp_path, 5)
    store = Store(tmp_path)
    assert store.read("latest") == "m0 m2 m4"
    assert store.rows("latest", 1) == [Row(14, START + 4, "old!~o@h", 0, "#a", "m4", "")]
    assert store.writer.next_seq == 1000
    store.commit(facts.Registered(1, "ada", "~u", "host", "A", False, ("#a",)))
    store.said("new", user=1000)
    assert store.read("latest") == "m0 m2 m4 new"
    store.crash()


def test_its_messages_are_searched_at_once_and_indexed_by_and_by(tmp_path: Path) -> None:
    make_old(tmp_path, 250)
    store = Store(tmp_path)
    store.commit(facts.Registered(1, "ada", "~u", "host", "A", False, ("#a",)))
    question = Search((store.place(1000, "#a"),), 0, ("m24",), "", None, None, 99, False)
    portions = 0
    while True:
        rows = store.reader.answer(question)
        assert isinstance(rows, list)
        assert [row.text for row in rows] == ["m24", *(f"m{n}" for n in range(240, 250, 2))]
        if not store.writer.work():
            break
        portions += 1
    assert portions > 1
    assert store.writer.index.indexed == 259
    store.crash()
