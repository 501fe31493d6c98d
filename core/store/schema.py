"""The database's tables, and how it is opened.

One file, ``parlor.db``, in WAL mode: one writer (the store's process), any number of readers.
"""

import sqlite3
from pathlib import Path

from core.errors import OperatorError

FILE = "parlor.db"
# Written to PRAGMA user_version; a database of a newer version is refused.
VERSION = 1
APPLICATION_ID = 0x5041524C  # "PARL"

# Pages after which the write-ahead log is copied into the database.
WAL_PAGES = 1000
PAGE_SIZE = 4096

TABLES = """
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE          -- a folded room name, or two user ids
);
CREATE TABLE messages (
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,             -- the place in the log, and the msgid
    time INTEGER NOT NULL,            -- milliseconds since the epoch; never decreases with seq
    sender TEXT NOT NULL,             -- nick!ident@host
    kind INTEGER NOT NULL,            -- facts.PRIVMSG or facts.NOTICE
    target TEXT NOT NULL,             -- as it was shown
    text TEXT NOT NULL,
    tags TEXT NOT NULL,               -- client-only tags, escaped
    PRIMARY KEY (conversation, seq)   -- one page to write for a message, and read in order
) WITHOUT ROWID;
CREATE TABLE log (                    -- one row
    reserved INTEGER NOT NULL,        -- no sequence number from here on was ever used
    time INTEGER NOT NULL             -- no batch was stamped later than this before a restart
);
INSERT INTO log VALUES (1, 0);
"""


def open_writer(folder: Path) -> sqlite3.Connection:
    """The one writing connection; the tables are made on the first start.

    Raises OperatorError where the database cannot be used.
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # messages are private
        if path.exists():
            path.chmod(0o600)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("PRAGMA temp_store = MEMORY")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise OperatorError(f"{path}: was written by a newer Parlor (version {version})")
        if version == 0:
            connection.executescript(
                f"BEGIN; {TABLES} PRAGMA user_version = {VERSION};"
                f" PRAGMA application_id = {APPLICATION_ID}; COMMIT;"
            )
    except (OSError, sqlite3.Error) as error:
        raise OperatorError(f"{path}: the database cannot be opened: {error}") from None
    return connection


def make_room(connection: sqlite3.Connection) -> None:
    """Give the write-ahead log its full size at once, on the disk as well.

    A commit that makes a file longer waits for the file system's own bookkeeping, which takes
    many times as long as overwriting what is there; and the log starts over at its beginning
    once it has been copied to the database.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS filler (bytes BLOB)")
    connection.execute("INSERT INTO filler VALUES (zeroblob(?))", (WAL_PAGES * PAGE_SIZE,))
    connection.execute("DELETE FROM filler")
    connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()


def open_reader(folder: Path) -> sqlite3.Connection:
    """A read-only connection, for use in another thread than the one that opens it."""
    path = (folder / FILE).absolute()
    return sqlite3.connect(
        f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
