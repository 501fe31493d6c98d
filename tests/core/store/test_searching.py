"""The search index, and what is found with it and behind it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.state import facts
from core.state.conversations import Part, Place, Search
from core.store import cleaning, reader, searching
from core.store import index as indexing
from tests.fakes.store import ADA, BOB, START, Store

ROOM: tuple[Place, ...] = ((Part("#a"),),)
NOBODY = Search(ROOM, 0, (), "", None, None, 99, False)


def find(store: Store, *words: str, question: Search = NOBODY) -> str:
    rows = store.reader.answer(question._replace(words=words))
    assert isinstance(rows, list)
    return ", ".join(row.text for row in rows)


def index_all(store: Store) -> None:
    while store.writer.work():
        pass
    assert store.writer.index.lag == 0


@pytest.fixture(params=["indexed", "behind the index", "half"])
def talk(request: pytest.FixtureRequest, store: Store) -> Store:
    """Some messages, a second apart, wherever the index has got to."""
    texts = ["Hello World", "a second one", "Ünïcode is über", 'it\'s "quoted"', "hello again"]
    for number, text in enumerate(texts):
        store.time = START + 1000 * number
        store.said(text, user=ADA if number % 2 else BOB)
        if request.param == "half" and number == 2:
            index_all(store)
    if request.param == "indexed":
        index_all(store)
    return store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["hello"], "Hello World, hello again"),
        (["HEL"], "Hello World, hello again"),
        (["hello", "w"], "Hello World"),
        (["hello", "second"], ""),
        (["unicode"], "Ünïcode is über"),
        (["ÜBER"], "Ünïcode is über"),
        (["quoted"], 'it\'s "quoted"'),
        (['"quoted"'], 'it\'s "quoted"'),
        (["it's"], 'it\'s "quoted"'),
        (["nothing"], ""),
        ([], 'Hello World, a second one, Ünïcode is über, it\'s "quoted", hello again'),
    ],
)
def test_words(talk: Store, words: list[str], found: str) -> None:
    assert find(talk, *words) == found


@pytest.mark.parametrize(
    "word",
    ['"', '""', "*", "a*", "NOT", "AND", "OR", "(x", "text:hello", "^a", "a + b", "-hello",
     "NEAR(a", "{place}", "'; DROP TABLE words; --", "\\"],
)  # fmt: skip
def test_what_somebody_wrote_is_no_syntax(talk: Store, word: str) -> None:
    assert isinstance(find(talk, word), str)
    assert find(talk, word, "hello") in ("", "Hello World, hello again", "hello again")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"sender": "ada"}, 'a second one, it\'s "quoted"'),
        ({"sender": "bob", "limit": 1}, "hello again"),
        ({"sender": "bob", "limit": 1, "oldest": True}, "Hello World"),
        ({"sender": "eve"}, ""),
        ({"limit": 2}, 'it\'s "quoted", hello again'),
        ({"limit": 2, "oldest": True}, "Hello World, a second one"),
        ({"limit": 0}, ""),
        ({"after": START + 4000}, "hello again"),
        ({"after": START + 4001}, ""),
        ({"before": START}, "Hello World"),
        ({"before": START - 1}, ""),
        ({"after": START + 1000, "before": START + 2999}, "a second one, Ünïcode is über"),
        ({"after": START + 1000, "oldest": True, "limit": 1}, "a second one"),
        ({"places": ()}, ""),
        ({"places": ((Part("#b"),),)}, ""),
        ({"places": ((Part("#a", 5),),)}, 'Ünïcode is über, it\'s "quoted", hello again'),
    ],
)
def test_other_attributes(talk: Store, changes: dict[str, Any], found: str) -> None:
    assert find(talk, question=NOBODY._replace(**changes)) == found


def test_nobody_finds_what_it_may_not_read(talk: Store) -> None:
    talk.commit(facts.Registered(1, "eve", "~u", "host", "E", False, ("#c",)))
    eve = talk.writer.replica.seq
    talk.said("hello bob", "bob")
    mine = NOBODY._replace(places=(talk.place(eve, "#c"),), user=eve)
    assert find(talk, "hello", question=mine) == ""
    bobs = NOBODY._replace(places=(talk.place(BOB, "#a"),), user=BOB)
    for _ in range(2):
        assert find(talk, "hello", question=bobs) == "Hello World, hello again, hello bob"
        assert find(talk, question=NOBODY._replace(places=(talk.place(BOB, "ada"),))) == "hello bob"
        index_all(talk)


def test_closed_doors_stay_closed(store: Store) -> None:
    for number in range(3):
        store.said(f"word {number}")
        index_all(store)
    late = NOBODY._replace(places=((Part("#a", store.writer.replica.seq),),))
    assert find(store, "word", question=late) == "word 2"


@pytest.mark.parametrize("oldest", [False, True])
def test_somebody_in_many_conversations(
    store: Store, monkeypatch: pytest.MonkeyPatch, oldest: bool
) -> None:
    """Hits are judged one by one at first; what comes behind those is asked for by place."""
    monkeypatch.setattr(searching, "JUDGED", 3)
    rooms = [f"#{number}" for number in range(12)]
    for room in (*rooms, "#other"):
        store.commit(facts.Joined(BOB, room, ""))
        if room != "#other":
            store.commit(facts.Joined(ADA, room, ""))
    for number in range(6):
        for room in (*rooms[number::6], "#other", "#other"):
            store.said(f"word {number} {room}", room, BOB)
    index_all(store)
    places = tuple(store.place(ADA, room) for room in rooms)
    mine = NOBODY._replace(places=places, user=ADA, oldest=oldest)
    every = [f"word {number} {room}" for number in range(6) for room in rooms[number::6]]
    assert find(store, "word", question=mine) == ", ".join(every)
    assert find(store, "word", "0", question=mine) == "word 0 #0, word 0 #6"
    some = every[:5] if oldest else every[-5:]
    assert find(store, "word", question=mine._replace(limit=5)) == ", ".join(some)
    assert find(store, question=mine._replace(limit=5)) == ", ".join(some)
    assert find(store, question=mine._replace(sender="bob", limit=5)) == ", ".join(some)
    assert find(store, "6", question=mine._replace(sender="ada")) == ""


# The index.


def test_messages_come_in_the_order_of_the_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "PORTION", 2)
    store.commit(facts.Joined(ADA, "#b", ""))
    seqs = [store.said(f"m{n}", room) for n, room in enumerate(["#a", "#b", "#b", "#a", "#b"])]
    index = store.writer.index
    assert index.lag == 5
    marks = []
    while store.writer.work():
        marks.append(index.indexed)
    assert marks == [seqs[1], seqs[3]]
    assert index.indexed == seqs[4]
    assert store.writer.work() is False


def test_a_crash_loses_nothing_of_it(
    store: Store, opened: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "PORTION", 2)
    for number in range(5):
        store.said(f"word{number}")
    store.writer.work()
    store.crash()
    again = opened()
    for _ in range(2):
        assert find(again, "word") == ", ".join(f"word{number}" for number in range(5))
        index_all(again)


def redact(store: Store, seq: int) -> None:
    store.commit(facts.Redacted(ADA, "#a", seq, ADA, "#a", ""))


def test_what_takes_too_long_is_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(300):
        store.said(f"a{number} b{number} c{number}")
    index_all(store)
    question = Search((store.place(ADA, "#a"),), 0, ("a", "b", "c"), "", None, None, 9, False)
    assert store.reader.answer(question)
    monkeypatch.setattr(reader, "SEARCH_SECONDS", -1.0)
    monkeypatch.setattr(reader, "_INSTRUCTIONS", 10)
    assert store.reader.answer(question) is None
    assert store.read("latest", 1) == "a299 b299 c299"  # and others are answered as ever
    monkeypatch.undo()
    assert store.reader.answer(question)


def words_in_the_index(store: Store) -> list[str]:
    database = store.writer._database
    database.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, words, row)")
    return [term for (term,) in database.execute("SELECT term FROM temp.v WHERE term LIKE 'word%'")]


@pytest.mark.parametrize("indexed", [False, True])
def test_what_is_redacted_is_found_no_more(store: Store, indexed: bool) -> None:
    seqs = [store.said(f"word{number}") for number in range(3)]
    if indexed:
        index_all(store)
    redact(store, seqs[0])
    redact(store, seqs[2])
    assert find(store, "word") == "word1"
    index_all(store)
    assert find(store, "word") == "word1"
    assert words_in_the_index(store) == ["word1"]
    store.said("word3")
    index_all(store)
    assert find(store, "word") == "word1, word3"


@pytest.mark.parametrize("portion", [1, 2, 500])
@pytest.mark.parametrize("indexed", [False, True])
def test_what_is_dropped_is_found_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch, indexed: bool, portion: int
) -> None:
    monkeypatch.setattr(cleaning, "PORTION", portion)
    for number in range(4):
        store.time = START + number
        store.said(f"word{number}")
    if indexed:
        index_all(store)
    while store.writer.drop_older(START + 2):
        pass
    assert find(store, "word") == "word2, word3"
    index_all(store)
    assert find(store, "word") == "word2, word3"
    assert words_in_the_index(store) == ["word2", "word3"]


Texts = st.lists(st.sampled_from(["red", "green", "Blue", "redder"]), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(Texts, st.sampled_from(["#a", "#b", "bob"]), st.booleans()), max_size=15),
    st.sampled_from(["red", "GREEN", "b", "x"]),
    st.booleans(),
    st.integers(1, 4),
)
def test_as_looking_at_each_would_answer(
    tmp_path_factory: pytest.TempPathFactory,
    said: Sequence[tuple[list[str], str, bool]],
    word: str,
    oldest: bool,
    limit: int,
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    for nick in ("ada", "bob"):
        store.commit(facts.Registered(1, nick, "~u", "host", nick, False, ("#a", "#b")))
    expected = []
    for words, target, indexed in said:
        store.said(" ".join(words), target)
        if any(found.lower().startswith(word.lower()) for found in words) and target != "#b":
            expected.append(" ".join(words))
        if indexed:
            store.writer.work()
    question = NOBODY._replace(user=BOB, limit=limit, oldest=oldest)
    found = find(store, word, question=question)
    store.crash()
    assert found == ", ".join(expected[:limit] if oldest else expected[-limit:])
