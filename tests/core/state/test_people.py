"""The rules for real names and metadata, and what is kept of them."""

from core.state import facts, snapshot
from core.state.apply_people import differences, shows_metadata
from core.state.credentials import Credentials
from core.state.events import Detached, MetadataChanged, MetadataCleared, RealnameChanged, Refused
from core.state.records import Room, User
from core.state.replica import Rules
from core.wire.metadata import MOST_KEYS
from tests.core.state.test_rules import Log

CREDENTIALS = Credentials("$argon2id$", b"salt", 4096, b"stored", b"server")


def user_named(nick: str) -> User:
    return User(9, nick, "~u", "host", nick, False, 0)


def test_who_is_gone_changes_nothing() -> None:
    log = Log()
    assert log.apply(facts.RealnameSet(7, "Ada")) == ()
    assert log.apply(facts.MetadataSet(7, "*", "a", "x")) == ()


def test_a_real_name() -> None:
    log = Log()
    ada = log.register("ada")
    assert log.apply(facts.RealnameSet(ada.id, "Ada")) == (RealnameChanged(ada),)
    assert ada.realname == "Ada"


def test_operators_of_the_server_set_everything() -> None:
    log = Log()
    ada, bob = log.register("ada"), log.register("bob", "#a")
    for target in ("bob", "#a"):
        fact = facts.MetadataSet(ada.id, target, "a", "x")
        assert isinstance(log.apply(fact)[0], Refused)
    ada.operator = "root"
    room = log.replica.rooms["#a"]
    for target, subject in (("bob", bob), ("#a", room)):
        fact = facts.MetadataSet(ada.id, target, "a", "x")
        assert log.apply(fact) == (MetadataChanged(ada, subject, "a", "x"),)
        assert log.apply(fact) == (MetadataChanged(ada, subject, "a", "x", False),)
    fact = facts.MetadataSet(ada.id, "bob", "*", None)
    assert log.apply(fact) == (MetadataCleared(ada, bob, ("a",)),)


def test_who_may_read_a_room() -> None:
    ada, bob = user_named("ada"), user_named("bob")
    room = Room("#a", "#a", 0)
    room.members[ada] = ""
    assert shows_metadata(room, bob)
    room.modes["i"] = ""
    assert not shows_metadata(room, bob)
    assert shows_metadata(room, ada)
    bob.operator = "root"
    assert shows_metadata(room, bob)


def test_what_was_set_before_has_the_same_bound() -> None:
    log = Log()
    many = tuple((f"k{number}", "x") for number in range(MOST_KEYS + 5))
    claim = facts.Registered(1, "ada", "~a", "host", "Ada", False, (), metadata=many)
    log.apply(claim)
    assert len(log.replica.owner_of["ada"].metadata) == MOST_KEYS


def test_differences() -> None:
    ada = user_named("ada")
    ada.metadata = {"a": "1", "b": "2"}
    changes = differences(ada, {"b": "2", "a": "0", "c": "3"})
    assert [(change.key, change.value) for change in changes] == [("a", "1"), ("c", None)]  # type: ignore[union-attr]


def test_metadata_outlives_a_worker() -> None:
    log = Log()
    ada = log.register("ada", "#a")
    for target in ("*", "#a"):
        log.apply(facts.MetadataSet(ada.id, target, "a", "x"))
    other = snapshot.restore(snapshot.take(log.replica), Rules(lobby=""))
    assert snapshot.digest(other) == snapshot.digest(log.replica)
    assert other.owner_of["ada"].metadata == other.rooms["#a"].metadata == {"a": "x"}


def test_an_account_whose_last_connection_ends() -> None:
    log = Log()
    ada = log.register("ada")
    log.apply(facts.AccountRegistered(ada.id, 7, "ada", CREDENTIALS))
    log.replica.changed = {}
    log.apply(facts.MetadataSet(ada.id, "*", "a", "x"))
    assert list(log.replica.changed) == [ada.account]
    assert log.apply(facts.Disconnected(ada.id, 7, "bye"))[0] == Detached(ada)
