"""Events as rows: what else happened, private conversations, what was redacted, other names."""

from collections.abc import Callable

import pytest

from core.state import conversations as kinds
from core.state import facts
from core.state.conversations import (
    Bound,
    FindMessage,
    Found,
    Part,
    Private,
    place_of,
    private_conversation,
)
from core.state.credentials import Credentials
from core.state.facts import Fact
from core.wire.modes import ModeChange
from tests.fakes.store import ADA, BOB, START, Store

CREDENTIALS = Credentials("$argon2id$", b"s", 1, b"k", b"v")
ROOM = (Part("#a"),)


def kept(store: Store, place: str = "#a") -> list[tuple[int, str, str]]:
    """Kind, sender's nick and text of all that a place has beside messages."""
    rows = store.ask((Part(place),), limit=99, events=True)
    return [(row.kind, row.sender.partition("!")[0], row.text) for row in rows if row.kind > 1]


@pytest.mark.parametrize(
    ("fact", "row"),
    [
        (facts.Parted(BOB, "#a", "bye"), (kinds.PART, "bob", "bye")),
        (facts.Kicked(ADA, "#a", "bob", "out with you"), (kinds.KICK, "ada", "bob out with you")),
        (facts.Disconnected(BOB, 1, "gone"), (kinds.QUIT, "bob", "gone")),
        (facts.TopicSet(ADA, "#a", "new topic"), (kinds.TOPIC, "ada", "new topic")),
        (
            facts.RoomModesSet(ADA, "#a", (ModeChange(True, "v", "bob"), ModeChange(True, "m"))),
            (kinds.MODE, "ada", "+vm bob"),
        ),
        (facts.NickClaimed(BOB, "rob"), (kinds.NICK, "bob", "rob")),
        (facts.Said(BOB, facts.TAGMSG, "#a", "", "+draft/react=x"), (facts.TAGMSG, "bob", "")),
    ],
)
def test_what_happened_is_kept(store: Store, fact: Fact, row: tuple[int, str, str]) -> None:
    assert kept(store) == [(kinds.JOIN, "ada", "ada"), (kinds.JOIN, "bob", "bob")]
    store.commit(fact)
    assert kept(store)[2:] == [row]
    assert store.read("latest") == "", "nobody sees it who does not ask for it"


def test_the_server_itself_is_no_user(store: Store) -> None:
    """An account's modes come back with it: nobody gives them."""
    store.commit(facts.AccountRegistered(ADA, 1, "ada", CREDENTIALS))
    store.commit(facts.SettingSet(ADA, "persistence", "OFF"))
    store.commit(facts.Disconnected(ADA, 1, "gone"))
    store.commit(facts.Registered(1, "guest", "~u", "host", "G", False, ("#a",)))
    store.commit(facts.LoggedIn(store.writer.replica.seq, 1, ADA))
    assert kept(store)[-1] == (kinds.MODE, "", "+o guest")


@pytest.mark.parametrize("tags", ["+typing=active", "+draft/typing=done;+x", "+x;+typing"])
def test_typing_is_over_when_it_is_seen(store: Store, tags: str) -> None:
    store.commit(facts.Said(BOB, facts.TAGMSG, "#a", "", tags))
    store.commit(facts.Said(BOB, facts.TAGMSG, "ada", "", tags))
    assert len(kept(store)) == 2
    assert store.writer._database.execute("SELECT count(*) FROM private").fetchone() == (0,)


def test_one_fact_with_several_consequences_keeps_their_order(store: Store) -> None:
    store.commit(facts.Registered(1, "cy", "~u", "host", "C", False, ("#a", "#b")))
    store.commit(facts.WorkerGone(1))
    assert [row for row in kept(store) if row[0] == kinds.QUIT] == [
        (kinds.QUIT, nick, "Connection lost") for nick in ("ada", "bob", "cy")
    ]
    assert kept(store, "#b")[-1] == (kinds.QUIT, "cy", "Connection lost")


def test_messages_and_the_rest_are_one_sequence(store: Store) -> None:
    store.said("one")
    store.commit(facts.TopicSet(ADA, "#a", "two"))
    store.said("three")
    rows = store.ask(ROOM, events=True)
    assert [row.text for row in rows][2:] == ["one", "two", "three"]
    middle = rows[3].seq
    for take, after, before, found in [
        ("oldest", Bound(rows[2].seq), Bound(), ["two", "three"]),
        ("newest", Bound(), Bound(rows[4].seq), ["one", "two"]),
        ("around", Bound(middle), Bound(), ["two", "three"]),
    ]:
        rows = store.ask(ROOM, take=take, after=after, before=before, limit=2, events=True)
        assert [row.text for row in rows] == found


def test_the_sender_is_kept_as_it_was(store: Store) -> None:
    store.commit(facts.AccountRegistered(ADA, 1, "ada", CREDENTIALS))
    store.commit(facts.UserModesSet(ADA, (ModeChange(True, "B"),)))
    store.said("beep")
    row = store.ask(ROOM)[0]
    assert (row.author, row.account, row.bot) == (ADA, "ada", 1)


# What only some of a room hear.


def test_messages_to_a_rank_are_for_that_rank(store: Store) -> None:
    store.commit(facts.RoomModesSet(ADA, "#a", (ModeChange(True, "v", "bob"),)))
    store.said("all")
    store.said("voices", "+#a")
    store.said("operators", "@#a")
    for user, found in ((ADA, "all voices operators"), (BOB, "all voices")):
        assert " ".join(row.text for row in store.ask(store.place(user, "#a"))) == found
    assert store.ask(store.place(ADA, "#a"))[-1].target == "@#a"


def test_closed_doors_are_open_to_those_who_were_inside(store: Store) -> None:
    store.commit(facts.RoomModesSet(ADA, "#a", (ModeChange(True, "s"),)))
    store.said("before")
    store.commit(facts.Registered(1, "cy", "~u", "host", "C", False, ("#a",)))
    cy = store.writer.replica.seq
    store.said("after")
    for user, found in ((ADA, "before after"), (BOB, "before after"), (cy, "after")):
        assert " ".join(row.text for row in store.ask(store.place(user, "#a"))) == found


# Private conversations.


def private(store: Store, user: int, nick: str) -> str | None:
    rows = store.reader.answer(store.question(store.place(user, nick)))
    return None if rows is None else " ".join(row.text for row in rows)  # type: ignore[attr-defined]


def test_what_a_guest_said_is_found_when_it_is_gone(store: Store) -> None:
    store.said("hello", "ada", BOB)
    store.commit(facts.Disconnected(BOB, 1, "gone"))
    assert private(store, ADA, "Bob") == "hello"
    assert private(store, ADA, "bobby") is None
    store.commit(facts.Registered(1, "bob", "~u", "host", "B", False, ()))
    other = store.writer.replica.seq
    store.said("again", "ada", other)
    assert private(store, ADA, "bob") == "hello again", "one nick, one conversation"
    assert private(store, other, "ada") == "again", "a guest reads what itself took part in"


def test_a_conversation_follows_a_nick(store: Store) -> None:
    store.said("one", "bob")
    store.commit(facts.NickClaimed(BOB, "rob"))
    assert private(store, ADA, "bob") is None
    assert private(store, ADA, "rob") == "one"
    store.commit(facts.Disconnected(BOB, 1, "gone"))
    assert private(store, ADA, "rob") == "one"


def test_a_guest_that_logs_in_takes_its_conversations_along(
    store: Store, opened: Callable[[], Store]
) -> None:
    store.commit(facts.AccountRegistered(0, 9, "bobs", CREDENTIALS))
    account = store.writer.replica.seq
    store.said("before", "bob")
    store.commit(facts.LoggedIn(BOB, 1, account))
    assert BOB not in store.writer.replica.users
    store.said("after", "bob")
    assert private(store, account, "ada") == "before after"
    assert private(store, ADA, "bob") == "before after"
    store.crash()
    again = opened()
    place = Private(account, ADA, "ada")
    assert [row.text for row in again.ask(place)] == ["before", "after"]


def test_a_conversation_with_oneself_is_one(store: Store) -> None:
    store.said("note", "ada")
    assert private(store, ADA, "ada") == "note"


# Redaction.


def redact(store: Store, seq: int, target: str = "#a", user: int = ADA) -> None:
    found = store.reader.answer(FindMessage(store.place(user, target), seq))
    assert isinstance(found, Found)
    store.commit(facts.Redacted(user, target, seq, found.author, found.conversation, "not so nice"))


def test_a_redacted_message_is_never_seen_again(store: Store) -> None:
    store.said("one")
    seq = store.said("two")
    store.said("three")
    redact(store, seq)
    assert store.read("latest") == "one three"
    assert store.reader.answer(FindMessage(ROOM, seq)) is None
    rows = store.ask(ROOM, events=True)
    assert (rows[-1].kind, rows[-1].text) == (kinds.REDACT, f"{seq:x} not so nice")
    left = store.writer._database.execute("SELECT * FROM messages WHERE seq = ?", (seq,))
    assert "two" not in left.fetchone()


def test_reactions_can_be_redacted(store: Store) -> None:
    store.commit(facts.Said(ADA, facts.TAGMSG, "#a", "", "+draft/react=x"))
    redact(store, store.writer.replica.seq)
    assert [row[0] for row in kept(store)][2:] == [kinds.REDACT]


def test_a_message_is_found_where_it_may_be_read(store: Store) -> None:
    seq = store.said("one", "bob")
    key = private_conversation(store.user(ADA), store.user(BOB))
    found = Found(ADA, key, facts.PRIVMSG, START)
    assert store.reader.answer(FindMessage(store.place(BOB, "ada"), seq)) == found
    assert store.reader.answer(FindMessage(store.place(ADA, "#a"), seq)) is None
    assert store.reader.answer(FindMessage(Private(7, 0, "ada"), seq)) is None
    join = store.ask(ROOM, events=True)[0]
    assert store.reader.answer(FindMessage(ROOM, join.seq)) is None, "that is no message"


def test_redacted_in_the_batch_that_brings_it(store: Store) -> None:
    seq = store.writer.next_seq
    store.said("first")
    store.commit(
        facts.Said(ADA, facts.PRIVMSG, "#a", "oops"),
        facts.Redacted(ADA, "#a", seq + 1, ADA, "#a", ""),
    )
    assert store.read("latest") == "first"


def test_a_redaction_of_nothing_known(store: Store) -> None:
    store.commit(facts.Redacted(ADA, "#a", 1, ADA, "#nowhere", ""))
    assert len(kept(store)) == 2


# Rooms under other names.


def rename(store: Store, old: str, new: str) -> None:
    store.commit(facts.RoomRenamed(ADA, old, new, ""))


def test_conversations_move_along_with_their_room(store: Store) -> None:
    store.said("open")
    store.commit(facts.RoomModesSet(ADA, "#a", (ModeChange(True, "s"),)))
    store.said("closed")
    store.said("ranked", "@#a")
    rename(store, "#a", "#New")
    store.said("after", "#new")
    rows = store.ask(store.place(ADA, "#new"))
    assert [row.text for row in rows] == ["open", "closed", "ranked", "after"]
    assert [row.target for row in rows] == ["#New", "#New", "@#New", "#New"]


def test_what_an_older_room_of_the_new_name_said_is_set_aside(store: Store) -> None:
    store.commit(facts.Joined(ADA, "#b", ""))
    store.said("older", "#b")
    store.commit(facts.Parted(ADA, "#b", ""))
    store.said("kept")
    rename(store, "#a", "#b")
    assert store.read("latest", conversation="#b") == "kept"
    assert store.read("latest", conversation="#a") == ""


def test_all_in_one_batch(store: Store) -> None:
    store.said("one")
    said = [facts.Said(ADA, facts.PRIVMSG, room, f"in {room}") for room in ("#a", "#b", "#a")]
    store.commit(
        said[0], facts.RoomRenamed(ADA, "#a", "#b", ""), said[1],
        facts.Joined(ADA, "#a", ""), said[2],
    )  # fmt: skip
    assert store.read("latest", conversation="#b") == "one in #a in #b"
    assert store.read("latest", conversation="#a") == "in #a"
    place = place_of(store.writer.replica, store.user(ADA), "#nowhere")
    assert place is None
