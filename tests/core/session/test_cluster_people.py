"""Whole clusters, at random: what clients were told last of people is what holds in the end."""

import pytest

from core.config import Config, LimitsConfig
from core.wire.identifiers import fold
from tests.core.session.test_cluster import check_node, check_replicas
from tests.fakes.cluster import Client, Cluster
from tests.fakes.crowd import NICKS

CALM = Config(limits=LimitsConfig(messages_per_second=0.0))
KEYS = ("status", "url")
CAPS = "batch draft/metadata-3"


class People:
    """Clients that change what they show, and watchers that are told of it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.random = cluster.random
        self.clients: list[Client] = []
        self.watchers: list[Client] = []
        for number, worker in enumerate(cluster.workers.values()):
            watcher = worker.connect()
            watcher.say(f"CAP REQ :{CAPS}", f"NICK w{number}", "USER w 0 * :w", "CAP END")
            watcher.say(f"MONITOR + {','.join(NICKS)}", f"METADATA * SUB {' '.join(KEYS)}")
            self.watchers.append(watcher)
        cluster.settle()

    def step(self) -> None:
        if self.random.random() < 0.75:
            self.cluster.step()
            return
        alive = [client for client in self.clients if not client.closed]
        if len(alive) < 4:
            client = self.random.choice(list(self.cluster.workers.values())).connect()
            client.say(f"NICK {self.random.choice(NICKS)}", "USER u 0 * :u")
            self.clients.append(client)
            return
        client = self.random.choice(alive)
        key, text = self.random.choice(KEYS), self.random.randint(0, 9)
        client.say(
            self.random.choice(
                (
                    f"NICK {self.random.choice(NICKS)}",
                    f"METADATA * SET {key} :{text}",
                    f"METADATA * SET {key}",
                    "METADATA * CLEAR",
                    f"PRIVMSG #lobby :{text}",
                    f"AWAY :{text}",
                    "QUIT",
                )
            )
        )


def told_online(watcher: Client) -> dict[str, bool]:
    """What was said last of each nick."""
    told: dict[str, bool] = {}
    for line in watcher.lines:
        _, code, _, *rest = line.split(" ")
        if code in ("730", "731"):
            for target in " ".join(rest)[1:].split(","):
                told[fold(target.partition("!")[0])] = code == "730"
    return told


def told_metadata(watcher: Client) -> dict[tuple[str, str], str]:
    """What was said last of each user and key; a nick that changes takes its values along."""
    told: dict[tuple[str, str], str] = {}
    for line in watcher.lines:
        words = line.removeprefix("@").split(" ")
        words = words[1:] if line.startswith("@") else words
        nick = fold(words[0][1:].partition("!")[0])
        if words[1] == "761":
            told[fold(words[3]), words[4]] = words[6][1:]
        elif words[1] == "766":
            told.pop((fold(words[3]), words[4]), None)
        elif words[1] in ("NICK", "QUIT"):
            moved = {key: told.pop((nick, key), None) for key in KEYS}
            for key, value in moved.items():
                if words[1] == "NICK" and value is not None:
                    told[fold(words[2].removeprefix(":")), key] = value
    return told


@pytest.mark.parametrize("seed", range(40))
def test_people(seed: int) -> None:
    cluster = Cluster(seed, 1 + seed % 4, CALM)
    people = People(cluster)
    for _ in range(600):
        people.step()
    doomed = next(iter(cluster.workers.values())) if seed % 2 and len(cluster.workers) > 1 else None
    if doomed is not None:
        cluster.kill(doomed)
    cluster.settle()
    check_replicas(cluster)
    for worker in cluster.workers.values():
        check_node(worker.ready)
    owners = cluster.store.owner_of
    online = {fold(nick): fold(nick) in owners for nick in NICKS}
    shown = {
        (fold(user.nick), key): value
        for user in cluster.store.users.values()
        for key, value in user.metadata.items()
    }
    for watcher in people.watchers:
        if not watcher.closed:
            assert told_online(watcher) == online
            assert told_metadata(watcher) == shown


def test_it_does_happen() -> None:
    """What the test above compares is not empty."""
    cluster = Cluster(3, 3, CALM)
    people = People(cluster)
    for _ in range(600):
        people.step()
    cluster.settle()
    codes = {line.split(" ")[1] for watcher in people.watchers for line in watcher.lines}
    assert codes >= {"730", "731", "761", "766", "NICK", "QUIT"}
