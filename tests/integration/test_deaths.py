"""kill -9 of each process under load: nothing that anyone has seen is lost."""

import signal
from functools import partial

import pytest

from tests.fakes.irc import ALL_CAPS, Client, Closed, codes, only, texts
from tests.fakes.server import NO_FLOOD_GATE, Server, wait_until
from tests.fakes.talk import ROOM, Said, Talker, clients, every, history, said, talking
from tests.integration.conftest import StartServer

NICKS = [f"user{number}" for number in range(6)]
# What WHOIS tells otherwise at another moment or to oneself: idle time, own address and modes.
OWN = ("317", "338", "379")


def is_in_order(part: list[Said], whole: list[Said]) -> bool:
    """True if `part` is within `whole`, once each, in its order."""
    rest = iter(whole)
    return all(entry in rest for entry in part)


def is_without_gap(part: list[Said], whole: list[Said]) -> bool:
    """True if `part` stands in `whole` as it is."""
    start = whole.index(part[0])
    return whole[start : start + len(part)] == part


def is_another(server: Server, name: str, pid: int) -> bool:
    """True if a process of this name runs, and it is not `pid`."""
    return server.processes().get(name, pid) != pid


def on_worker(server: Server, name: str) -> Client:
    """A client whose connection this worker holds, as soon as it takes any."""
    for number in range(1000):
        client = server.client(f"new{number}", ALL_CAPS)
        if server.worker_of(client) == name:
            return client
        client.close()
    raise AssertionError(f"{name} takes no connections")


def check_history(server: Server, talkers: list[Talker], nick: str = "checker") -> list[Said]:
    """Everything that anyone saw is in the history, in one order."""
    with clients(server, [nick]) as (reader,):
        kept = history(reader)
    assert len({entry.id for entry in kept}) == len(kept)
    for talker in talkers:
        lost = set(talker.seen) - set(kept)
        assert not lost, f"{talker.nick} saw what is not kept: {sorted(lost)[:5]}"
        assert is_in_order(talker.seen, kept), f"{talker.nick} saw another order"
    return kept


def test_a_worker_dies(start_server: StartServer) -> None:
    server = start_server(workers=3, config=NO_FLOOD_GATE)
    before = server.processes()
    with talking(server, NICKS) as talkers:
        victims = [t for t in talkers if server.worker_of(t.client) == "worker 2"]
        others = [t for t in talkers if t not in victims]
        assert len(victims) == 2
        wait_until(lambda: every(talkers, lambda t: t.echoed >= 50), "all have talked")
        server.kill_process("worker 2")
        wait_until(lambda: every(victims, lambda t: t.breaks == 1), "its clients are closed")
        goals = {talker: talker.echoed + 50 for talker in talkers}
        wait_until(lambda: every(talkers, lambda t: t.echoed >= goals[t]), "all talk on")
        after = server.processes()
    assert max(talker.away_seconds for talker in victims) < 5
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == ["worker 2"]
    kept = check_history(server, talkers)
    for other in others:
        assert other.breaks == 0
        assert {victim.nick for victim in victims} <= set(other.quits)
        assert is_without_gap(other.seen, kept)
    log = server.log()
    assert "worker 2 ended (signal 9) and is started anew" in log
    server.stop()


def test_a_worker_dies_again_and_again_but_not_at_once(start_server: StartServer) -> None:
    """Three deaths in a row of the same worker: each time it comes back."""
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    with clients(server, ["ann", "ben"]) as members:
        stays = next(m for m in members if server.worker_of(m) == "worker 1")
        for number in range(3):
            old = server.kill_process("worker 2")
            wait_until(partial(is_another, server, "worker 2", old), "it is back")
            stays.ask(f"PRIVMSG {ROOM} :{number}")
        assert [entry.text for entry in history(stays)] == ["0", "1", "2"]
    server.stop()


def test_all_workers_die_at_once(start_server: StartServer) -> None:
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    with talking(server, NICKS[:4]) as talkers:
        wait_until(lambda: every(talkers, lambda t: t.echoed >= 50), "all have talked")
        for name in ("worker 1", "worker 2"):
            server.kill_process(name)
        wait_until(lambda: every(talkers, lambda t: t.breaks == 1), "all are closed")
        goals = {talker: talker.echoed + 50 for talker in talkers}
        wait_until(lambda: every(talkers, lambda t: t.echoed >= goals[t]), "all talk on")
    check_history(server, talkers)
    server.stop()


def test_everything_dies_at_once(start_server: StartServer) -> None:
    """As when the machine's power fails, but for the disk's own part in it."""
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    seen: list[Talker] = []
    for number in range(2):
        with talking(server, [f"{nick}x{number}" for nick in NICKS[:4]]) as talkers:
            for talker in talkers:
                talker.comes_back = False
            wait_until(partial(every, talkers, lambda t: t.echoed >= 50), "all have talked")
            server.kill()
            for talker in talkers:
                talker.wait()
        seen += talkers
        server.start()
    check_history(server, seen)
    server.stop()


def test_a_new_worker_knows_what_the_others_know(start_server: StartServer) -> None:
    """Rooms, modes, bans, topics, invitations, nicks and who is away come with the snapshot."""
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    with clients(server, ["op", "gone", "member"]) as (operator, gone, member):
        assert server.worker_of(operator) == server.worker_of(member) == "worker 1"
        assert server.worker_of(gone) == "worker 2"
        operator.ask(f"MODE {ROOM} +vl-t member 50", f"MODE {ROOM} +bb *!*@192.0.2.1 bad")
        operator.ask(f"TOPIC {ROOM} :What it is about", "JOIN #closed", "MODE #closed +is")
        operator.ask("INVITE member #closed", "AWAY :at lunch", "NICK Chief", "MODE Chief +i")
        old = server.kill_process("worker 2")
        wait_until(partial(is_another, server, "worker 2", old), "it is back")
        asker = on_worker(server, "worker 2")
        asker.ask(f"JOIN {ROOM}")
        questions = [f"MODE {ROOM}", f"MODE {ROOM} b", f"TOPIC {ROOM}", f"NAMES {ROOM}"]
        questions += [f"WHO {ROOM}", "WHOIS Chief", "WHOIS member", "LIST", "LUSERS"]
        member.drain()
        answers = [
            [(m.command, *m.params[1:]) for m in client.ask(*questions) if m.command not in OWN]
            for client in (asker, member)
        ]
        assert answers[0] == answers[1]
        assert len(answers[0]) > 25
        assert codes(asker.ask("JOIN #closed")) == ["473"]
        assert "JOIN" in codes(member.ask("JOIN #closed"))
        asker.ask(f"PRIVMSG {ROOM} :from the new worker")
        assert "from the new worker" in texts(member.drain())
        asker.close()
    server.stop()


@pytest.mark.parametrize("name", ["store", "relay"])
def test_the_store_or_the_relay_dies(start_server: StartServer, name: str) -> None:
    """The server ends by itself, says why, and has everything at the next start."""
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    with talking(server, NICKS[:4]) as talkers:
        for talker in talkers:
            talker.comes_back = False
        wait_until(lambda: every(talkers, lambda t: t.echoed >= 50), "all have talked")
        server.kill_process(name)
        code = server.wait()
        for talker in talkers:
            talker.wait()
    assert code == 1
    assert f"CRITICAL: the {name} ended unexpectedly (signal 9)" in server.log()
    assert "Traceback" not in server.log()
    assert every(talkers, lambda t: "ERROR" in codes(t.ended_by))
    server.start()
    check_history(server, talkers)
    server.stop()


def test_the_acceptor_dies(start_server: StartServer) -> None:
    """All other processes end by themselves; nothing that was seen is lost."""
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    with talking(server, NICKS[:4]) as talkers:
        for talker in talkers:
            talker.comes_back = False
        wait_until(lambda: every(talkers, lambda t: t.echoed >= 50), "all have talked")
        server.kill_process("acceptor")
        code = server.wait()
        for talker in talkers:
            talker.wait()
    assert code == -signal.SIGKILL
    assert every(talkers, lambda t: "ERROR" in codes(t.ended_by))
    server.start()
    check_history(server, talkers)
    server.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_orderly_end_under_load(start_server: StartServer, number: signal.Signals) -> None:
    """Clients get ERROR, exit 0, no process is left, and everything that was seen is kept."""
    server = start_server(workers=2, config=NO_FLOOD_GATE)
    with talking(server, NICKS[:4]) as talkers:
        for talker in talkers:
            talker.comes_back = False
        wait_until(lambda: every(talkers, lambda t: t.echoed >= 50), "all have talked")
        server.stop(number)
        for talker in talkers:
            talker.wait()
    for talker in talkers:
        assert codes(talker.ended_by)[-1] == "ERROR"
        assert "stopping" in talker.ended_by[-1].params[0]
    server.start()
    kept = check_history(server, talkers)
    with clients(server, ["later"]) as (client,):
        new = said(client.ask(*(f"PRIVMSG {ROOM} :new {n}" for n in range(50))))
        assert not {entry.id for entry in new} & {entry.id for entry in kept}
        assert history(client) == kept + new
    server.stop()


def test_idle_clients_are_told_of_the_end(start_server: StartServer) -> None:
    server = start_server(workers=2)
    with server.connect() as silent, server.connect() as half, clients(server, ["ann"]) as (ann,):
        half.ask("NICK half")
        server.stop()
        assert codes(ann.until_closed()) == ["ERROR"]
        assert codes(half.until_closed()) == ["ERROR"]
        assert codes(silent.until_closed()) in ([], ["ERROR"])


def test_ids_do_not_come_again_after_a_crash(start_server: StartServer) -> None:
    """Not even those of what keeps nothing: joins, typing."""
    server = start_server(workers=1, config=NO_FLOOD_GATE)
    ids: list[str] = []
    for _ in range(3):
        with clients(server, ["ann"]) as (ann,):
            seen = ann.ask(*(f"@+typing=active TAGMSG {ROOM}" for _ in range(20)))
            ids += [message.tags["msgid"] for message in only(seen, "TAGMSG")]
            ids += [entry.id for entry in said(ann.ask(f"PRIVMSG {ROOM} :x"))]
            ann.ask(*(f"@+typing=active TAGMSG {ROOM}" for _ in range(20)))
        server.kill()
        server.start()
    assert len(ids) == len(set(ids)) == 3 * 21
    server.stop()


def test_memory_durability_keeps_all_at_an_orderly_end(start_server: StartServer) -> None:
    server = start_server(workers=2, config=f'{NO_FLOOD_GATE}[history]\ndurability = "memory"\n')
    with talking(server, NICKS[:4]) as talkers:
        for talker in talkers:
            talker.comes_back = False
        wait_until(lambda: every(talkers, lambda t: t.echoed >= 50), "all have talked")
        server.stop()
        for talker in talkers:
            talker.wait()
    server.start()
    check_history(server, talkers)
    server.stop()


def test_a_closed_client_is_noticed(start_server: StartServer) -> None:
    """A Closed error carries what came before: the fakes themselves."""
    server = start_server(workers=1)
    with server.client("ann") as ann:
        ann.send("QUIT")
        with pytest.raises(Closed) as closed:
            ann.drain()
        assert codes(closed.value.messages) == ["ERROR"]
    server.stop()
