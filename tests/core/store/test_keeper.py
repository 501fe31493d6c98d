"""What outlives the server besides messages: accounts with their users, rooms, bans."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.state import facts, snapshot
from core.state.credentials import Credentials
from core.state.facts import Fact
from core.state.replica import Replica
from core.wire.modes import ModeChange
from tests.fakes.store import ADA, BOB, RULES, Store

CREDENTIALS = Credentials("$argon2id$", b"s", 1, b"k", b"v")


def account(user: int, name: str) -> Fact:
    return facts.AccountRegistered(user, user, name, CREDENTIALS)


def registered(number: int, nick: str, account: int = 0, *rooms: str) -> Fact:
    return facts.Registered(number, nick, "~u", "host", nick, False, rooms, account)


def rows(store: Store, table: str) -> int:
    found = store.writer._database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0])


def test_an_account_is_back_with_its_user_and_its_rooms(
    store: Store, opened: Callable[[], Store]
) -> None:
    store.commit(account(ADA, "ada"))
    store.commit(facts.Joined(ADA, "#mine", ""))
    store.commit(facts.TopicSet(ADA, "#mine", "about"))
    store.crash()
    replica = opened().writer.replica
    ada = replica.accounts[ADA].user
    assert ada is not None
    assert (ada.nick, ada.away, ada.connections) == ("ada", "Offline", {})
    assert [room.name for room in ada.rooms] == ["#a", "#mine"]
    room = replica.rooms["#mine"]
    assert (room.topic, room.members[ada], room.roles[ADA]) == ("about", "o", "qo")
    assert list(replica.owner_of) == ["ada"], "guests are gone"


def test_guests_write_nothing(store: Store) -> None:
    store.commit(facts.Joined(BOB, "#b", ""))
    store.commit(facts.TopicSet(BOB, "#b", "x"))
    assert [rows(store, table) for table in ("accounts", "rooms", "bans")] == [0, 0, 0]


def test_only_what_changed_is_written(store: Store) -> None:
    store.commit(account(ADA, "ada"))
    store.commit(account(BOB, "bob"))
    written: list[str] = []
    store.writer._database.set_trace_callback(written.append)
    store.commit(facts.Joined(ADA, "#b", ""))
    store.writer._database.set_trace_callback(None)
    assert sum("INTO accounts" in statement for statement in written) == 1
    assert sum("INTO rooms" in statement for statement in written) == 1


def test_what_ends_is_deleted(store: Store) -> None:
    store.commit(account(ADA, "ada"))
    store.commit(facts.Joined(ADA, "#b", ""))
    assert (rows(store, "accounts"), rows(store, "rooms")) == (1, 2)
    store.commit(facts.AccountDropped(ADA))
    assert (rows(store, "accounts"), rows(store, "rooms")) == (0, 0)


def test_a_room_is_kept_for_a_member_that_comes_to_stay(
    store: Store, opened: Callable[[], Store]
) -> None:
    """Persistence is switched on when the account is in the room already."""
    store.commit(account(BOB, "bob"), facts.SettingSet(BOB, "persistence", "OFF"))
    assert rows(store, "rooms") == 0
    store.commit(facts.SettingSet(BOB, "persistence", "ON"))
    store.crash()
    again = opened()
    assert list(again.writer.replica.rooms) == ["#a"]


def test_a_room_under_another_name(store: Store, opened: Callable[[], Store]) -> None:
    store.commit(account(ADA, "ada"))
    store.commit(facts.Joined(ADA, "#old", ""))
    store.commit(facts.RoomRenamed(ADA, "#old", "#new", ""))
    store.crash()
    replica = opened().writer.replica
    assert set(replica.rooms) == {"#a", "#new"}
    assert [room.name for room in replica.users[ADA].rooms] == ["#a", "#new"]


def test_bans_come_and_go(store: Store, opened: Callable[[], Store]) -> None:
    store.commit(facts.Opered(ADA, "root"))
    for mask in ("1.2.3.4", "5.6.7.8"):
        store.commit(facts.ServerBanSet(ADA, "d", mask, 0, "because", True))
    store.commit(facts.ServerBanSet(ADA, "d", "5.6.7.8", 0, "", False))
    store.crash()
    assert list(opened().writer.replica.server_bans) == [("d", "1.2.3.4")]


def test_rows_of_rooms_that_nobody_needs_are_swept_at_the_start(
    store: Store, opened: Callable[[], Store]
) -> None:
    store.writer._database.execute("INSERT INTO rooms SELECT '#ghost', data FROM rooms")
    store.commit(account(ADA, "ada"))
    store.commit(facts.TopicSet(ADA, "#a", "x"))
    room = store.writer.replica.rooms["#a"]
    room.roles.clear()
    data = snapshot.encode_room(room)
    store.writer._database.execute("INSERT INTO rooms VALUES ('#ghost', ?)", (data,))
    store.crash()
    again = opened()
    again.commit(facts.AwaySet(ADA, "x"))
    assert rows(again, "rooms") == 1


# Whatever happens: what a new start finds is what there was.

NUMBERS = st.integers(1, 12)
NAMES = st.sampled_from(["ada", "bob", "cy", "dee", "Ada"])
ROOMS = st.sampled_from(["#a", "#b", "#c", "#B"])
WORDS = st.sampled_from(["", "x", "yes"])
CHANGES = st.sampled_from(
    [
        ModeChange(adding, letter, argument)
        for adding in (True, False)
        for letter, argument in [
            ("o", "bob"), ("q", "cy"), ("v", "ada"), ("i", ""), ("k", "key"), ("b", "x!*@*"),
            ("s", ""), ("l", "5"),
        ]
    ]
)  # fmt: skip
FACTS: list[st.SearchStrategy[Any]] = [
    st.builds(registered, NUMBERS, NAMES, st.integers(0, 9), ROOMS),
    st.builds(account, NUMBERS, NAMES),
    st.builds(facts.LoggedIn, NUMBERS, NUMBERS, NUMBERS),
    st.builds(facts.LoggedOut, NUMBERS, NUMBERS),
    st.builds(facts.Joined, NUMBERS, ROOMS, st.just("")),
    st.builds(facts.Joined, NUMBERS, ROOMS, st.just("key")),
    st.builds(facts.Parted, NUMBERS, ROOMS, WORDS),
    st.builds(facts.Kicked, NUMBERS, ROOMS, NAMES, WORDS),
    st.builds(facts.Invited, NUMBERS, NAMES, ROOMS),
    st.builds(facts.TopicSet, NUMBERS, ROOMS, WORDS),
    st.builds(facts.RoomModesSet, NUMBERS, ROOMS, st.tuples(CHANGES)),
    st.builds(facts.NickClaimed, NUMBERS, NAMES),
    st.builds(facts.Disconnected, NUMBERS, NUMBERS, WORDS),
    st.builds(facts.SettingSet, NUMBERS, st.just("persistence"), st.sampled_from(["ON", "OFF"])),
    st.builds(facts.MarkedRead, NUMBERS, ROOMS, st.integers(1, 99)),
    st.builds(facts.RealnameSet, NUMBERS, WORDS),
    st.builds(facts.CredentialsSet, NUMBERS, st.just(CREDENTIALS)),
    st.builds(facts.CertificateSet, NUMBERS, st.sampled_from(["aa", "bb"]), st.booleans()),
    st.builds(facts.AccountDropped, NUMBERS),
    st.builds(facts.RoomRenamed, NUMBERS, ROOMS, st.sampled_from(["#d", "#e", "#A"]), WORDS),
    st.builds(facts.Opered, NUMBERS, st.just("root")),
    st.builds(facts.ListSet, NUMBERS, st.sampled_from(["accept", "silence"]), NAMES, st.booleans()),
    st.builds(
        facts.ServerBanSet, NUMBERS, st.just("d"), st.sampled_from(["1.1.1.1", "2.2.2.2"]),
        st.just(0), WORDS, st.booleans(),
    ),
    st.builds(facts.MetadataSet, NUMBERS, ROOMS, st.just("url"), st.none() | st.just("x")),
    st.builds(facts.MetadataSet, NUMBERS, NAMES, st.just("url"), st.none() | st.just("x")),
    st.builds(facts.Said, NUMBERS, st.just(facts.PRIVMSG), ROOMS | NAMES, st.just("text")),
]  # fmt: skip


def outlives(replica: Replica) -> Replica:
    """All of ``replica`` that is to be there after a restart."""
    kept = [
        room
        for key, room in sorted(replica.rooms.items())
        if room.lasting or any(map(replica.stays, room.members))
    ]
    return snapshot.recover(
        RULES,
        replica.seq,
        [
            snapshot.encode_account(found, found.user is not None and replica.stays(found.user))
            for _, found in sorted(replica.accounts.items())
        ],
        [snapshot.encode_room(room) for room in kept],
        [snapshot.encode_ban(ban) for _, ban in sorted(replica.server_bans.items())],
    )


def settled(replica: Replica) -> Replica:
    """Without what changes with every message and need not be exact, and without empty lists."""
    for user in replica.users.values():
        user.spoke_at = 0
    for account in replica.accounts.values():
        account.lists = {kind: masks for kind, masks in account.lists.items() if masks}
    for room in replica.rooms.values():
        room.lists = {letter: masks for letter, masks in room.lists.items() if masks}
    return replica


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.one_of(FACTS), max_size=3), min_size=5, max_size=40))
def test_a_new_start_finds_what_there_was(
    tmp_path_factory: pytest.TempPathFactory, batches: Sequence[list[Fact]]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store = Store(folder)
    for nick in ("ada", "bob", "cy", "dee"):
        store.commit(registered(1, nick, 0, "#a"))
    store.commit(account(ADA, "ada"), account(BOB, "bob"))
    for batch in batches:
        store.commit(*batch)
    expected = settled(outlives(store.writer.replica))
    store.writer.close()
    again = Store(folder)
    found = settled(again.writer.replica)
    assert snapshot.take(found) == snapshot.take(expected)
    again.crash()
    store.reader.close()
