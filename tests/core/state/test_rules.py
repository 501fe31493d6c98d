"""The rules where no worker leads: unknown users, several connections, odd orders, bounds."""

from collections.abc import Sequence

import pytest

from core.state import facts, snapshot
from core.state.apply_invitations import INVITATIONS
from core.state.conversations import Part, private_conversation, room_conversation, room_parts
from core.state.credentials import Credentials
from core.state.events import Event, Quit, Refused
from core.state.facts import KIND_COMMANDS, Fact, decode_facts, encode_facts
from core.state.holdings import MARKERS
from core.state.records import Account, Room, User, member_prefix
from core.state.replica import RULES, Replica, Rules, Stamp
from core.wire.modes import ModeChange

ON, OFF = True, False


class Log:
    """A replica and what is next in its log."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.replica = Replica(rules or Rules(lobby=""))

    def apply(self, fact: Fact, origin: int = 1) -> Sequence[Event]:
        seq = self.replica.seq + 1
        return self.replica.apply(Stamp(seq, seq * 1000, origin), fact)

    def register(self, nick: str, *rooms: str, origin: int = 1) -> User:
        claim = facts.Registered(7, nick, "~u", "host", nick, False, rooms)
        self.apply(claim, origin)
        return self.replica.owner_of[nick.lower()]


CREDENTIALS = Credentials("$argon2id$", b"salt", 4096, b"stored", b"server")
ALL: list[Fact] = [
    facts.Registered(1, "ada", "~a", "host", "Ada", True, ("#a",)),
    facts.Said(9, 0, "#a", "text", "+a=b"),
    facts.NickClaimed(9, "eva"),
    facts.Joined(9, "#a", "key"),
    facts.Parted(9, "#a", "why"),
    facts.Kicked(9, "#a", "ada", "why"),
    facts.Invited(9, "ada", "#a"),
    facts.TopicSet(9, "#a", "topic"),
    facts.RoomModesSet(9, "#a", (ModeChange(ON, "k", "key"),)),
    facts.UserModesSet(9, (ModeChange(ON, "i"),)),
    facts.AwaySet(9, "lunch"),
    facts.Disconnected(9, 1, "why"),
    facts.WorkerGone(9),
    facts.AccountRegistered(9, 1, "ada", CREDENTIALS, "a@example.org", "ab"),
    facts.LoggedIn(9, 1, 9),
    facts.LoggedOut(9, 1),
    facts.CredentialsSet(9, CREDENTIALS),
    facts.CertificateSet(9, "ab", True),
    facts.AccountDropped(9),
    facts.SettingSet(9, "persistence", "ON"),
    facts.MarkedRead(9, "#a", 1),
    facts.Redacted(9, "#a", 1, 9, "#a", "why"),
    facts.ListSet(9, "accept", "bob", True),
    facts.MetadataSet(9, "*", "status", None),
    facts.RealnameSet(9, "Ada"),
    facts.RoomRenamed(9, "#a", "#b", "why"),
    facts.Knocked(9, "#a", "please"),
    facts.Opered(9, "root"),
    facts.Killed(9, "ada", "why"),
    facts.ServerBanSet(9, "k", "*@host", 0, "why", True),
    facts.Announced(9, "text"),
    facts.HostSet(9, "ada", "a", "b"),
    facts.Waiting(0),
]


def test_every_fact_has_a_rule_and_travels() -> None:
    assert {type(fact) for fact in ALL} == set(RULES)
    assert decode_facts(encode_facts(ALL)) == ALL


@pytest.mark.parametrize("fact", ALL[1:], ids=lambda fact: type(fact).__name__)
def test_a_user_who_is_gone_changes_nothing(fact: Fact) -> None:
    log = Log()
    log.register("ada", "#a")
    before = snapshot.digest(log.replica)
    seq = log.replica.seq
    assert log.apply(fact) == ([] if isinstance(fact, facts.WorkerGone) else ())
    log.replica.seq = seq
    assert snapshot.digest(log.replica) == before


def test_the_first_claim_wins() -> None:
    log = Log()
    ada = log.register("ada")
    (refused,) = log.apply(facts.Registered(2, "ADA", "~b", "host", "B", False, ()))
    assert isinstance(refused, Refused)
    assert list(log.replica.users) == [ada.id]
    assert log.replica.peak_users == 1


def test_a_user_stays_until_its_last_connection() -> None:
    log = Log()
    ada = log.register("ada", "#a")
    ada.connections = {(1, 7): "", (2, 8): "", (2, 9): ""}
    assert log.apply(facts.Disconnected(ada.id, 99, "unknown")) == ()
    assert log.apply(facts.WorkerGone(2)) == []
    assert list(ada.connections) == [(1, 7)]
    (gone,) = log.apply(facts.Disconnected(ada.id, 7, "bye"))
    assert isinstance(gone, Quit)
    assert (gone.user, gone.reason) == (ada, "bye")
    assert len(log.replica.users) == len(log.replica.owner_of) == len(log.replica.rooms) == 0


def test_a_worker_takes_its_users_along_and_nobody_else() -> None:
    log = Log()
    for number in range(6):
        log.register(f"u{number}", "#a", f"#{number}", origin=1 + number % 2)
    gone = log.apply(facts.WorkerGone(2))
    assert [event.user.nick for event in gone if isinstance(event, Quit)] == ["u1", "u3", "u5"]
    assert list(log.replica.rooms) == ["#a", "#0", "#2", "#4"]
    assert [user.nick for user in log.replica.rooms["#a"].members] == ["u0", "u2", "u4"]


def test_who_makes_a_room_is_its_operator_but_the_lobby_is_nobodys() -> None:
    log = Log(Rules(lobby="#Lobby"))
    ada = log.register("ada", "#lobby", "#a")
    assert [room.members[ada] for room in ada.rooms] == ["", "o"]
    assert all(room.modes == {"n": "", "t": ""} for room in ada.rooms)


def test_no_limits() -> None:
    log = Log(Rules("", rooms_per_user=0, list_entries=0))
    ada = log.register("ada")
    for number in range(150):
        log.apply(facts.Joined(ada.id, f"#{number}", ""))
    assert len(ada.rooms) == 150
    bans = tuple(ModeChange(ON, "b", f"n{number}") for number in range(150))
    log.apply(facts.RoomModesSet(ada.id, "#0", bans))
    assert len(log.replica.rooms["#0"].bans) == 150


def test_the_oldest_invitation_goes_first() -> None:
    log = Log()
    ada = log.register("ada", "#a")
    guests = [log.register(f"g{number}") for number in range(INVITATIONS + 1)]
    for guest in [guests[0], *guests[1:-1], guests[0], guests[-1]]:
        log.apply(facts.Invited(ada.id, guest.nick, "#a"))
    invited = log.replica.rooms["#a"].invited
    assert len(invited) == INVITATIONS
    assert guests[1].id not in invited  # the first one was asked again
    assert guests[0].id in invited


def test_only_oper_makes_operators_but_all_may_resign() -> None:
    log = Log()
    ada = log.register("ada")
    log.apply(facts.UserModesSet(ada.id, (ModeChange(ON, "o"), ModeChange(ON, "i"))))
    assert ada.modes == "i"
    log.apply(facts.Opered(ada.id, "root"))
    assert (ada.modes, ada.operator) == ("io", "root")
    log.apply(facts.UserModesSet(ada.id, (ModeChange(OFF, "o"), ModeChange(OFF, "o"))))
    assert (ada.modes, log.replica.invisible) == ("i", 1)
    log.apply(facts.Disconnected(ada.id, 7, ""))
    assert log.replica.invisible == 0


# Records.


def test_prefix_modes_stand_in_order_of_rank() -> None:
    room, ada = Room("#a", "#a", 0), User(1, "ada", "~a", "host", "A", False, 0)
    room.members[ada] = ""
    assert room.grant(ada, "v", True, 1)
    assert room.grant(ada, "o", True, 1)
    assert not room.grant(ada, "o", True, 1)
    assert (room.members[ada], room.is_operator(ada)) == ("ov", True)
    assert room.grant(ada, "o", False, 1)
    assert not room.grant(ada, "o", False, 1)
    assert (room.members[ada], room.is_operator(ada)) == ("v", False)


@pytest.mark.parametrize(
    ("modes", "every", "signs"),
    [("", True, ""), ("ov", True, "@+"), ("ov", False, "@"), ("v", False, "+")],
)
def test_member_prefix(modes: str, every: bool, signs: str) -> None:
    assert member_prefix(modes, every) == signs


def test_a_prefix_follows_the_nick() -> None:
    ada = User(1, "ada", "~a", "host", "A", False, 0)
    assert ada.prefix == ada.prefix == "ada!~a@host"
    ada.rename("eva")
    assert ada.prefix == "eva!~a@host"


def test_conversations() -> None:
    ada, bob = (User(id, "n", "~n", "h", "N", False, 0) for id in (300, 2))
    assert private_conversation(ada, bob) == private_conversation(bob, ada) == "2:12c"
    room = Room("#A", "#a", 255)
    assert room_conversation(room) == "#a"
    for mode in "iks":  # said behind closed doors: this very room's alone
        room.modes = {"n": "", mode: "x"}
        assert room_conversation(room) == "#a ff"
    room.modes = {"R": ""}  # open to everybody with an account
    assert room_conversation(room) == "#a ffR"
    room.members[ada], room.since[ada] = "", 7
    behind = (Part("#a ffR", 7, "#A"), Part("#a ff", 7, "#A"))
    assert room_parts(room, ada) == (Part("#a", 0, "#A"), *behind)
    ada.account = Account(300, "ada", "ada", Credentials("", b"", 1, b"", b""), 0)
    assert room_parts(room, ada)[1] == Part("#a ffR", 0, "#A")
    room.set_modes(ada, "v", 8)
    room.set_modes(ada, "ov", 9)
    among = [Part("#a ff @", 9, "#A"), Part("#a ff %", 9, "#A"), Part("#a ff +", 8, "#A")]
    assert room_parts(room, ada)[3:] == tuple(among)
    room.set_modes(ada, "v", 10)
    room.set_modes(ada, "ov", 11)  # what was said in between was not for it
    assert room_parts(room, ada)[3] == Part("#a ff @", 11, "#A")
    room.set_modes(ada, "", 12)
    assert len(room_parts(room, ada)) == 3
    assert KIND_COMMANDS[facts.TAGMSG] == "TAGMSG"


# Snapshots.


def full() -> Replica:
    """A replica with something of everything."""
    log = Log()
    ada, bob = log.register("ada", "#a", "#B"), log.register("bob", "#B", "#a", origin=2)
    eve = log.register("eve")
    for fact in (
        facts.RoomModesSet(
            ada.id,
            "#a",
            (ModeChange(ON, "k", "key"), ModeChange(ON, "b", "x"), ModeChange(ON, "v", "bob")),
        ),
        facts.TopicSet(ada.id, "#a", "topic"),
        facts.Invited(ada.id, "eve", "#a"),
        facts.UserModesSet(bob.id, (ModeChange(ON, "i"),)),
        facts.AwaySet(eve.id, "lunch", 7),
        facts.Said(eve.id, facts.PRIVMSG, "ada", "hi"),
        facts.NickClaimed(ada.id, "Eva"),
    ):
        log.apply(fact)
    return log.replica


def test_a_snapshot_is_the_replica() -> None:
    replica = full()
    copy = snapshot.restore(snapshot.take(replica), replica.rules)
    assert snapshot.digest(copy) == snapshot.digest(replica)
    assert (copy.invisible, copy.peak_users, copy.seq) == (1, 3, replica.seq)
    assert {key: user.id for key, user in copy.owner_of.items()} == {
        key: user.id for key, user in replica.owner_of.items()
    }
    for user in copy.users.values():
        for room in user.rooms:
            assert copy.rooms[room.key] is room
            assert user in room.members


@pytest.mark.parametrize("fact", [*ALL[1:], facts.Joined(3, "#a", ""), facts.WorkerGone(2)])
def test_a_copy_goes_on_as_the_original(fact: Fact) -> None:
    replica = full()
    copy = snapshot.restore(snapshot.take(replica), replica.rules)
    stamp = Stamp(replica.seq + 1, 99_000, 1)
    replica.apply(stamp, fact)
    copy.apply(stamp, fact)
    assert snapshot.digest(copy) == snapshot.digest(replica)


@pytest.mark.parametrize(
    "fact",
    [
        facts.NickClaimed(1, "adam"),
        facts.Joined(1, "#new", ""),
        facts.Parted(1, "#a", ""),
        facts.TopicSet(1, "#a", "other"),
        facts.RoomModesSet(1, "#a", (ModeChange(ON, "o", "bob"),)),
        facts.RoomModesSet(1, "#a", (ModeChange(OFF, "b", "x"),)),
        facts.Invited(1, "eve", "#B"),
        facts.UserModesSet(1, (ModeChange(ON, "i"),)),
        facts.AwaySet(1, "x", 7),
        facts.Said(1, facts.PRIVMSG, "bob", "x"),
        facts.Kicked(1, "#a", "bob", "x"),
    ],
)
def test_a_digest_tells_any_difference(fact: Fact) -> None:
    replica, same = full(), full()
    seq = replica.seq
    replica.apply(Stamp(seq + 1, 99_000, 1), fact)
    replica.seq = seq
    assert snapshot.digest(replica) != snapshot.digest(same)


# Rooms: what goes along with a name, and what a copy knows.


def test_read_markers_follow_a_renamed_room() -> None:
    log = Log()
    ada, bob = log.register("ada", "#a"), log.register("bob", "#a")
    log.apply(facts.MarkedRead(ada.id, "#a", 500))
    log.apply(facts.Invited(ada.id, "bob", "#a"))
    log.apply(facts.RoomRenamed(ada.id, "#a", "#Bee", ""))
    assert (ada.markers, bob.markers) == ({"#bee": 500}, {})
    room = log.replica.rooms["#bee"]
    assert (room.name, room.key, list(log.replica.rooms)) == ("#Bee", "#bee", ["#bee"])
    copy = snapshot.restore(snapshot.take(log.replica), log.replica.rules)
    assert copy.room_alike("#BEE") is copy.rooms["#bee"]
    log.apply(facts.Parted(ada.id, "#bee", ""))
    log.apply(facts.Parted(bob.id, "#bee", ""))
    assert log.replica.room_alike("#bee") is None


def test_a_copy_knows_who_knocked() -> None:
    log = Log()
    ada, bob = log.register("ada", "#a"), log.register("bob")
    log.apply(facts.RoomModesSet(ada.id, "#a", (ModeChange(ON, "i"),)))
    log.apply(facts.Knocked(bob.id, "#a", ""))
    copy = snapshot.restore(snapshot.take(log.replica), log.replica.rules)
    stamp = Stamp(log.replica.seq + 1, log.replica.seq * 1000, 1)
    (verdict,) = copy.apply(stamp, facts.Knocked(bob.id, "#a", ""))
    assert isinstance(verdict, Refused)


def test_the_oldest_read_marker_is_forgotten() -> None:
    log = Log()
    ada = log.register("ada", "#a")
    for number in range(MARKERS + 1):
        log.apply(facts.MarkedRead(ada.id, f"#{number}", 5))
    log.apply(facts.MarkedRead(ada.id, "#1", 6))
    log.apply(facts.MarkedRead(ada.id, "#new", 5))
    assert len(ada.markers) == MARKERS
    assert "#0" not in ada.markers
    assert "#2" not in ada.markers
    assert ada.markers["#1"] == 6


def test_a_setting_that_is_none_changes_nothing() -> None:
    log = Log()
    ada = log.register("ada")
    log.apply(facts.AccountRegistered(ada.id, 0, "ada", CREDENTIALS))
    account = ada.account
    assert account is not None
    for key, value in (("persistence", "maybe"), ("colour", "ON")):
        assert log.apply(facts.SettingSet(ada.id, key, value)) == ()
    assert account.settings == {}
