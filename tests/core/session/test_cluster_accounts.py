"""Whole clusters, at random: people log in and out on many devices, and nobody loses track.

In the end all replicas are equal, no connection is a ghost, what clients were told is what holds,
and a server that starts from what the store has kept knows the same.
"""

import base64
from collections import Counter
from pathlib import Path

import pytest

from core.config import AccountsConfig, Config, LimitsConfig
from core.session.jobs import MakeCredentials, Verify
from core.state import facts, snapshot
from core.state.events import Event, RoomRenamed
from core.state.holdings import MARKERS
from core.state.replica import Replica, Stamp
from core.store.keeper import Keeper, recover
from core.store.schema import open_writer
from core.wire.identifiers import fold
from core.wire.modes import PREFIXES
from tests.core.session.test_cluster import check_node, check_replicas
from tests.fakes.cluster import Client, Cluster
from tests.fakes.jobs import judge
from tests.fakes.operators import PASSWORD as OPERATORS_PASSWORD
from tests.fakes.operators import with_operator
from tests.fakes.view import CAPS, View

NAMES = [f"n{number}" for number in range(6)]
ROOMS = ["#a", "#b", "#c"]
PASSWORD = "password"
LIMITS = LimitsConfig(messages_per_second=0.0, login_attempts=0, rooms_per_user=3)
# Placeholders: N a nick, R a room, G one that a guest may guess to get when it logs out.
COMMANDS = (
    *["LOGIN"] * 8,
    *["REGISTER * * password", "NS LOGOUT", "JOIN R"] * 4,
    *["NS IDENTIFY N password", "NS IDENTIFY N wrong", "PERSISTENCE SET OFF"] * 2,
    *["NS DROP password", "PERSISTENCE SET ON", "PERSISTENCE SET DEFAULT", "NS PASSWD a b"],
    *["NICK N", "NICK G", "PART R", "JOIN R", "KICK R N", "INVITE N R", "MODE R +o N"],
    *["MODE R +i", "MODE R -i", "MODE R +b ~a:N", "MODE R -b ~a:N", "MODE R +k key", "MODE R +l 2"],
    *["AWAY :gone", "AWAY", "MODE ME +i", "MODE ME -i", "MODE ME +g", "METADATA * SET status :N"],
    *["SILENCE +N", "ACCEPT N", "MARKREAD R timestamp=2100-01-01T00:00:00.000Z", "PRIVMSG R :x"],
    *["PRIVMSG N :x", "SETNAME :N", "RENAME R R2", "RENAME R2 R", "TOPIC R :N", "WHOIS N"],
    *["NS CERT ADD " + str(digit) * 64 for digit in range(3)],
    *["NS CERT DEL " + str(digit) * 64 for digit in range(3)],
    *[
        "OPER",
        "OPER",
        *["KILL N :x"] * 4,
        *["UBAN ADD N :x"] * 3,
        "UBAN DEL N",
        "CHGHOST N some.host",
    ],
)


class Store:
    """The database beside the cluster's own replica, written to now and then."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.replica = cluster.store
        self.replica.changed = {}
        folder.mkdir(exist_ok=True)
        self.database = open_writer(folder)
        self.keeper = Keeper(self.database, self.replica)
        self._note = cluster.reference.note
        cluster.reference.note = self.note  # type: ignore[method-assign]

    def note(self, event: Event, time: int) -> None:
        """An event, for everybody who takes notes."""
        self._note(event, time)
        if isinstance(event, RoomRenamed):
            self.keeper.renamed(event.room, event.old_key)

    def flush(self) -> None:
        """Write down what has changed."""
        for statement in self.keeper.statements():
            self.database.execute(*statement)

    def recovered(self) -> Replica:
        """What a start would begin with."""
        self.flush()
        return recover(self.database, self.replica.rules, self.replica.seq)


class People:
    """Connections that log in and out, and lose them."""

    def __init__(self, cluster: Cluster, store: Store) -> None:
        self.cluster = cluster
        self.store = store
        self.random = cluster.random
        self.clients: list[Client] = []

    def step(self) -> None:
        """Something happens, or moves."""
        random, cluster = self.random, self.cluster
        chance = random.random()
        if chance < 0.6:
            cluster.step()
            return
        alive = [client for client in self.clients if not client.closed]
        if len(alive) < 5 or chance < 0.62:
            self.arrive()
        elif chance < 0.63:
            random.choice(alive).lose()
        elif chance < 0.64:
            random.choice(alive).say("QUIT :bye")
        elif chance < 0.645 and len(cluster.workers) > 1:
            cluster.kill(random.choice(list(cluster.workers.values())))
            cluster.start_worker()
        elif chance < 0.66:
            self.store.flush()
        else:
            self.act(random.choice(alive))

    def arrive(self) -> None:
        """A connection: a guest's, or one that logs in or makes an account first."""
        ready = [worker for worker in self.cluster.workers.values() if worker.node is not None]
        if not ready:
            return
        client = self.random.choice(ready).connect()
        self.clients.append(client)
        name = self.random.choice(NAMES)
        more = self.random.choice(("", " chghost", " echo-message draft/pre-away away-notify"))
        client.say(f"CAP REQ :{CAPS} draft/persistence{more}", f"NICK {name}")
        how = self.random.random()
        if how < 0.5:
            client.say("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain(self.random.choice(NAMES))}")
        elif how < 0.6:
            client.say("AUTHENTICATE PLAIN")  # and never goes on with it
        elif how < 0.7:
            client.say(f"REGISTER * * {PASSWORD}")
        if how < 0.95:
            client.say(f"USER {name} 0 * :{name}", "CAP END")
        if how > 0.7:
            client.say(f"OPER root {OPERATORS_PASSWORD}")

    def act(self, client: Client) -> None:
        """A command, or some."""
        random = self.random
        if client.connection.user is None and random.random() < 0.9:
            nick = f"{random.choice(NAMES)}{random.choice(('', random.randint(0, 9)))}"
            client.say(f"NICK {nick}", "USER u 0 * :u", "CAP END")
            return
        for _ in range(random.choice((1, 1, 2, 4))):
            line = random.choice(COMMANDS)
            if line == "LOGIN":
                client.say("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain(random.choice(NAMES))}")
                continue
            if line == "OPER":
                client.say(f"OPER root {OPERATORS_PASSWORD}")
                continue
            words = [self._fill(word, client) for word in line.split(" ")]
            client.say(" ".join(words))

    def _fill(self, word: str, client: Client) -> str:
        room, name = self.random.choice(ROOMS), self.random.choice(NAMES)
        guess = f"Guest{self.cluster.store.seq + self.random.randint(1, 40)}"
        places = {
            "N": name, ":N": f":{name}", "+N": f"+{name}", "~a:N": f"~a:{name}", "R": room,
            "R2": room + "2", "ME": client.connection.name, "G": guess,
        }  # fmt: skip
        return places.get(word, word)


def plain(account: str) -> str:
    return base64.b64encode(f"\0{account}\0{PASSWORD}".encode()).decode()


# What must hold.


def check_ghosts(cluster: Cluster) -> None:
    """Every connection of a user's is one, and the other way round."""
    open_ones = {
        (worker.origin, connection.id): connection
        for worker in cluster.workers.values()
        for connection in worker.ready.connections.values()
    }
    registered = {key: c for key, c in open_ones.items() if c.user is not None}
    known = [key for user in cluster.store.users.values() for key in user.connections]
    assert sorted(known) == sorted(registered)
    for connection in registered.values():
        assert connection.then is None
        assert not connection.held


def check_state(replica: Replica) -> None:
    """Accounts and their users know each other, and everything is bounded."""
    for account in replica.accounts.values():
        assert replica.account_keys[account.key] is account
        assert len(account.markers) <= MARKERS
        if account.user is not None:
            assert account.user.account is account
        for fingerprint in account.certificates:
            assert replica.certificates[fingerprint] is account
    assert set(replica.certificates) == {
        fingerprint for a in replica.accounts.values() for fingerprint in a.certificates
    }
    for user in replica.users.values():
        assert replica.users[user.id] is user
        assert user.connections or replica.stays(user)
        assert (user.left_at == 0) is bool(user.connections)
        assert "o" not in user.modes or user.connections
        if user.account is not None:
            assert user.account.user is user
            assert user.account.id == user.id
        for room in user.rooms:
            assert room.members[user] == "".join(m for m in PREFIXES if m in room.members[user])
            if user.account is not None:
                # Founders who have just made their room are shown as its operators.
                role = room.roles.get(user.id, "")
                assert role in (room.members[user], "q" + room.members[user])
    for room in replica.rooms.values():
        assert room.members or room.lasting
        assert set(room.members) == set(room.since)
        assert all(room in user.rooms for user in room.members)


def check_view(client: Client) -> None:
    """What a client believes is so."""
    view = View()
    for line in client.lines:
        view.take(line)
    user = client.connection.user
    if client.closed or user is None:
        return
    assert (view.nick, view.account) == (user.nick, user.account_name)
    assert set(view.modes) == set(user.modes)
    rooms = {
        room.key: {fold(member.nick): modes for member, modes in room.members.items()}
        for room in user.rooms
    }
    assert view.rooms == rooms


def check_recovery(store: Store, cluster: Cluster) -> None:
    """Where nobody is connected any more, a start from the disk is no different."""
    replica = snapshot.restore(snapshot.take(store.replica), cluster.rules)
    for origin in range(1, cluster.sequencer.batches + 2):
        replica.apply(Stamp(replica.seq, 0, origin), facts.WorkerGone(origin))
    assert comparable(store.recovered()) == comparable(replica)


def comparable(replica: Replica) -> object:
    """All that must be the same after a start; orders are not."""
    users = {
        user.id: (
            user.nick, user.ident, user.host, user.realname, user.account_name, user.away,
            sorted(user.modes), sorted(room.name for room in user.rooms), user.address,
        )
        for user in replica.users.values()
    }  # fmt: skip
    accounts = {
        account.id: (
            account.name, account.credentials, account.settings, account.markers,
            account.metadata, account.certificates, account.user is not None,
            {kind: entries for kind, entries in account.lists.items() if entries},
        )
        for account in replica.accounts.values()
    }  # fmt: skip
    rooms = {
        room.name: (
            room.topic, room.modes, {k: v for k, v in room.lists.items() if v}, room.roles,
            room.invited,
            {user.nick for user in room.members},
        )
        for room in replica.rooms.values()
    }  # fmt: skip
    bans = {key: (ban.by, ban.reason) for key, ban in replica.server_bans.items()}
    return users, accounts, rooms, bans


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """One password is hashed once, and judged by looking at it."""
    credentials = judge(MakeCredentials(PASSWORD))

    def quick(job: MakeCredentials | Verify) -> object:
        if isinstance(job, MakeCredentials):
            return credentials
        return job.encoded is not None and job.password in (PASSWORD, OPERATORS_PASSWORD)

    monkeypatch.setattr("tests.fakes.cluster.judge", quick)


def run(seed: int, folder: Path, steps: int) -> tuple[Cluster, Store, People]:
    accounts = AccountsConfig(always_on=seed % 2 == 0)
    config = with_operator(config=Config(limits=LIMITS, accounts=accounts))
    cluster = Cluster(seed, 1 + seed % 4, config)
    store = Store(cluster, folder)
    people = People(cluster, store)
    for _ in range(steps):
        people.step()
    cluster.settle()
    return cluster, store, people


@pytest.mark.parametrize("seed", range(80))
def test_logging_in_and_out(seed: int, tmp_path: Path) -> None:
    cluster, store, people = run(seed, tmp_path, 1500)
    check_replicas(cluster)
    for worker in cluster.workers.values():
        check_node(worker.ready)
        check_state(worker.ready.replica)
    check_ghosts(cluster)
    for client in people.clients:
        check_view(client)
    check_recovery(store, cluster)
    store.database.close()


def test_it_does_happen(tmp_path: Path) -> None:
    """What the test above is about."""
    codes: Counter[str] = Counter()
    for seed in range(16):
        _, store, people = run(seed, tmp_path / str(seed), 1500)
        store.database.close()
        codes.update(line.split(" ")[1] for client in people.clients for line in client.lines)
    wanted = ("900", "901", "903", "904", "906", "381", "KILL", "465", "PERSISTENCE", "396")
    assert not [code for code in wanted if not codes[code]], codes
