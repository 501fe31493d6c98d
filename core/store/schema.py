"""The database's tables, and how it is opened.

One file, ``parlor.db``, in WAL mode: one writer (the store's process), any number of readers.
"""

import sqlite3
from pathlib import Path

from core.errors import OperatorError

FILE = "parlor.db"
APPLICATION_ID = 0x5041524C  # "PARL"

# Pages after which the write-ahead log is copied into the database.
WAL_PAGES = 1000
PAGE_SIZE = 4096

# What each version added to the one before.  An older database gets what it lacks when it is
# opened, and a new one gets all of it; so a step is never changed once it was released.
_MESSAGES = """
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE          -- see core.state.conversations
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
_ACCOUNTS_EVENTS_SEARCH = """
ALTER TABLE messages ADD COLUMN author INTEGER NOT NULL DEFAULT 0;  -- id; 0: not known
ALTER TABLE messages ADD COLUMN account TEXT NOT NULL DEFAULT '';   -- its name; '': a guest
ALTER TABLE messages ADD COLUMN bot INTEGER NOT NULL DEFAULT 0;     -- 1: a bot's
CREATE TABLE events (                 -- what else happened, for draft/event-playback
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,            -- from 1 on: one fact may have several consequences
    time INTEGER NOT NULL,
    sender TEXT NOT NULL,
    kind INTEGER NOT NULL,            -- facts.TAGMSG, or one of core.state.conversations
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL,
    author INTEGER NOT NULL,
    account TEXT NOT NULL,
    bot INTEGER NOT NULL,
    PRIMARY KEY (conversation, seq, part)
) WITHOUT ROWID;
CREATE TABLE private (                -- each user's private conversations
    user INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    peer INTEGER NOT NULL,            -- the other one's id
    name TEXT NOT NULL,               -- the nick that the other one has or had last, folded
    nick TEXT NOT NULL,               -- the same as it was spelled
    PRIMARY KEY (user, conversation)
) WITHOUT ROWID;
CREATE INDEX private_peer ON private (peer);
CREATE TABLE accounts (id INTEGER PRIMARY KEY, data BLOB NOT NULL);  -- core.state.snapshot
CREATE TABLE rooms (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE bans (
    kind TEXT NOT NULL,
    mask TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (kind, mask)
) WITHOUT ROWID;
ALTER TABLE log ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;  -- up to here `words` has all
CREATE VIRTUAL TABLE words USING fts5(  -- rowid: a message's sequence number
    text, place, sender,              -- place, sender: one token each, see core.store.index
    content = '', prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TABLE indexed (                -- what is in `words`
    seq INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    time INTEGER NOT NULL
);
"""
STEPS = (_MESSAGES, _ACCOUNTS_EVENTS_SEARCH)
# Written to PRAGMA user_version; a database of a newer version is refused.
VERSION = len(STEPS)


def open_writer(folder: Path) -> sqlite3.Connection:
    """The one writing connection; the tables are made, or completed, when it is opened first.

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
        if version < VERSION:
            connection.executescript(
                f"BEGIN; {''.join(STEPS[version:])} PRAGMA user_version = {VERSION};"
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
