"""One order: on all workers, for all receivers, and in the history."""

import threading
from collections import Counter

import pytest

from tests.fakes.irc import Client, codes, one, only
from tests.fakes.server import NO_FLOOD_GATE, Server
from tests.fakes.talk import ROOM, Said, clients, history, said
from tests.integration.conftest import StartServer

NICKS = [f"user{number}" for number in range(6)]
EACH = 100


@pytest.mark.parametrize("durability", ["disk", "memory"])
def test_everybody_sees_one_order(start_server: StartServer, durability: str) -> None:
    config = f'{NO_FLOOD_GATE}[history]\ndurability = "{durability}"\n'
    server = start_server(workers=3, config=config)
    with clients(server, NICKS) as members, clients(server, ["quiet"]) as (reader,):
        assert Counter(server.worker_of(member) for member in members) == {
            "worker 1": 2,
            "worker 2": 2,
            "worker 3": 2,
        }
        for start in range(0, EACH, 10):
            for member in members:
                numbers = range(start, start + 10)
                member.send(*(f"PRIVMSG {ROOM} :{member.nick} {n}" for n in numbers))
        barrier = [member.drain() for member in members]
        seen = [
            said(answer) + said(member.drain())
            for answer, member in zip(barrier, members, strict=True)
        ]
        assert len(seen[0]) == len(NICKS) * EACH
        assert all(other == seen[0] for other in seen[1:])
        assert said(reader.drain()) == seen[0]
        for nick in NICKS:  # and each one's own messages are in the order of sending
            own = [entry.text for entry in seen[0] if entry.nick == nick]
            assert own == [f"{nick} {number}" for number in range(EACH)]
        assert history(members[0]) == seen[0]
        assert history(reader) == seen[0]
    server.stop()


def test_order_holds_with_all_senders_at_once(start_server: StartServer) -> None:
    server = start_server(workers=3, config=NO_FLOOD_GATE)
    seen: dict[str, list[Said]] = {}
    start = threading.Barrier(len(NICKS))
    with clients(server, NICKS) as members:

        def talk(index: int) -> None:
            member = members[index]
            start.wait()
            got = []
            for number in range(EACH):
                member.send(f"PRIVMSG {ROOM} :{number}")
                if number % 7 == index:
                    got += member.drain()
            seen[member.nick] = said(got + member.drain())

        threads = [threading.Thread(target=talk, args=(index,)) for index in range(len(NICKS))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        for member in members:
            seen[member.nick] += said(member.drain())
        orders = list(seen.values())
        assert len(orders) == len(NICKS)
        assert len(orders[0]) == len(NICKS) * EACH
        assert all(order == orders[0] for order in orders[1:])
        assert history(members[-1]) == orders[0]
    server.stop()


def test_nobody_asks_sooner_than_others_have_seen(start_server: StartServer) -> None:
    """What anyone has seen, everyone's next answer shows, on whatever worker."""
    server = start_server(workers=3, config=NO_FLOOD_GATE)
    with clients(server, ["ann", "ben", "cat"]) as (ann, ben, cat):
        assert len({server.worker_of(client) for client in (ann, ben, cat)}) == 3
        for number in range(50):
            assert "PRIVMSG" in codes(ann.ask(f"PRIVMSG {ROOM} :{number}"))
            for other in (ben, cat):
                assert [entry.text for entry in said(other.drain())] == [str(number)]
        for number in range(20):
            ann.ask(f"TOPIC {ROOM} :{number}")
            for other in (ben, cat):
                assert one(other.ask(f"TOPIC {ROOM}"), "332").params[2] == str(number)
            ben.ask(f"NICK ben{number}")
            assert one(cat.ask(f"WHOIS ben{number}"), "311").params[1] == f"ben{number}"
    server.stop()


def test_room_state_is_the_same_on_all_workers(start_server: StartServer) -> None:
    server = start_server(workers=3, config=NO_FLOOD_GATE)
    with clients(server, NICKS) as members:
        first, *others = members
        for other in others[:3]:
            first.send(f"MODE {ROOM} +o {other.nick}")
        first.drain()
        for index, member in enumerate(members):  # those without rights are refused, everywhere
            member.send(f"MODE {ROOM} +l {index + 10}", f"TOPIC {ROOM} :by {member.nick}")
            member.send(f"MODE {ROOM} +b bad{index}", f"MODE {ROOM} +v {member.nick}")
        for member in members:
            member.drain()
        answers = []
        for member in members:
            seen = member.ask(f"MODE {ROOM}", f"TOPIC {ROOM}", f"MODE {ROOM} b", f"NAMES {ROOM}")
            kept = only(seen, "324", "329", "332", "333", "367", "353")
            answers.append([(m.command, *m.params[1:]) for m in kept])
        assert all(answer == answers[0] for answer in answers[1:])
        assert len(only(seen, "367")) == 4
    server.stop()


def race_for_nicks(server: Server, count: int, names: int) -> None:
    """`count` connections claim `names` nicks at once; each has one owner, on all workers."""
    connections = [server.connect() for _ in range(count)]
    try:
        for index, connection in enumerate(connections):
            line = f"NICK name{index % names}\r\nUSER u 0 * :{index}\r\n"
            connection.send_bytes(line.encode())
        owners: dict[str, list[int]] = {}
        for index, connection in enumerate(connections):
            answer = connection.read_until(lambda m: m.command in ("001", "433"))[-1]
            if answer.command == "001":
                owners.setdefault(answer.params[0], []).append(index)
        assert sorted(owners) == sorted(f"name{number}" for number in range(names))
        assert all(len(winners) == 1 for winners in owners.values())
        asked: dict[str, Client] = {}
        for index in (winners[0] for winners in owners.values()):
            asked.setdefault(server.worker_of(connections[index]), connections[index])
        assert len(asked) == server.workers
        for asker in asked.values():
            asker.drain()
            for nick, (winner,) in owners.items():
                assert one(asker.ask(f"WHOIS {nick}"), "311").params[-1] == str(winner)
    finally:
        for connection in connections:
            connection.close()


def test_a_race_for_nicks_has_one_winner_each(start_server: StartServer) -> None:
    server = start_server(workers=4, config=NO_FLOOD_GATE)
    race_for_nicks(server, count=200, names=20)
    server.stop()


def test_a_race_of_nick_changes_has_one_winner(start_server: StartServer) -> None:
    server = start_server(workers=3, config=NO_FLOOD_GATE)
    with clients(server, [f"user{number}" for number in range(30)]) as members:
        for member in members:
            member.send("NICK wanted")
        answers = [member.drain() for member in members]
        refused = [index for index, seen in enumerate(answers) if only(seen, "433")]
        assert len(refused) == len(members) - 1
        (winner,) = set(range(len(members))) - set(refused)
        for member in members:
            member.drain()
            ident = one(member.ask("WHOIS wanted"), "311").params[2]
            assert ident == f"~user{winner}"
    server.stop()


def test_a_nick_is_free_when_its_owner_has_seen_the_end(start_server: StartServer) -> None:
    """Who quits and comes back at once, on another worker, gets the nick again."""
    server = start_server(workers=3, config=NO_FLOOD_GATE)
    with clients(server, ["busy"]) as (busy,):
        for number in range(100):
            busy.send(f"PRIVMSG {ROOM} :{number}")
            with server.client("same") as client:
                client.send("QUIT")
                client.until_closed()
    server.stop()
