"""What is common to all commands: limits of input, encodings, floods, silence, the end."""

import pytest

from core.session import Node
from core.session.connection import Connection
from core.session.dispatch import COMMANDS, Command
from core.state import facts
from core.state.conversations import NO_BOUND, Query
from core.wire import numerics
from core.wire.message import Message
from tests.fakes.bench import LABELS, Bench, Client, codes, with_limits

ADA = ":ada!~ada@10.0.0.1"


def receive(client: Client, data: bytes) -> list[str]:
    client.bench.receive(client, data)
    client.bench.settle()
    return client.read()


# Lines.


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        (b"PING " + b"x" * 505, ["PONG"]),
        (b"PING " + b"x" * 506, ["417"]),
        (b"@a=" + b"x" * 4092 + b" PING x", ["PONG"]),
        (b"@a=" + b"x" * 4093 + b" PING x", ["417"]),
        (b"@a PING " + b"x" * 505, ["PONG"]),
        (b"@a PING " + b"x" * 506, ["417"]),
        (b"@" + b"x" * 9000, ["417"]),
        (b"x" * 9000, ["417"]),
        (b"", []),
        (b"   ", []),
        (b":source", []),
        (b"PING a\0b", ["FAIL"]),
        (b":somebody PING x", ["PONG"]),
        (b"ping x", ["PONG"]),
        (b"BOGUS x", ["421"]),
        (b"PRIVMSG #a :\xff", ["FAIL"]),
    ],
)
def test_lines(line: bytes, answers: list[str]) -> None:
    client = Bench().enter("ada", "#a")
    assert codes(receive(client, line + b"\r\n")) == answers
    assert codes(client.say("PING after")) == ["PONG"]


@pytest.mark.parametrize("cut", range(14))
def test_a_line_in_two_portions(cut: int) -> None:
    client = Bench().connect()
    line = b"PING together\r\n"
    assert receive(client, line[:cut]) == []
    assert receive(client, line[cut:]) == [":srv PONG srv :together"]


def test_an_overlong_line_costs_one_error_however_it_comes() -> None:
    client = Bench().enter("ada")
    got = [line for _ in range(20) for line in receive(client, b"x" * 1000)]
    assert got == [":srv 417 ada :Input line was too long"]
    assert receive(client, b"x\r\nPING x\r\n") == [":srv PONG srv :x"]


def test_a_longer_limit_of_lines() -> None:
    client = Bench(with_limits(line_bytes=1024)).enter("ada")
    assert codes(client.say("PING " + "x" * 1017, "PING " + "x" * 1018)) == ["PONG", "417"]


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (b"PRIVMSG #a :\xff", "PRIVMSG"),
        (b"@a=b :x privmsg #a :\xff", "PRIVMSG"),
        (b"BOGUS \xff", "*"),
        (b"\xff\xfe", "*"),
        (b"@\xff", "*"),
    ],
)
def test_what_is_not_utf8(line: bytes, command: str) -> None:
    assert Bench().connect().say(line) == [
        f":srv FAIL {command} INVALID_UTF8 :Message rejected: its bytes are not UTF-8"
    ]


def test_unknown_commands_are_named_as_they_can_be() -> None:
    client = Bench().enter("ada")
    assert client.say("bogus") == [":srv 421 ada BOGUS :Unknown command"]
    assert client.say("::") == []


# Labels.


@pytest.mark.parametrize(
    ("caps", "tag", "counts"),
    [
        (LABELS, "label=x", True),
        (LABELS, "label=" + "x" * 64, True),
        (LABELS, "label=" + "x" * 65, False),
        (LABELS, "label=" + "ü" * 33, False),
        (LABELS, "label=", False),
        (LABELS, "other=x", False),
        ("labeled-response", "label=x", False),
        ("batch", "label=x", False),
    ],
)
def test_which_labels_count(caps: str, tag: str, counts: bool) -> None:
    client = Bench().enter("ada", caps=caps)
    (answer,) = client.say(f"@{tag} PING x")
    assert answer.startswith(f"@{tag} ") is counts


def test_answers_keep_the_order_of_commands() -> None:
    client = Bench().enter("ada", "#a", caps=LABELS)
    got = client.say(
        "NAMES #a", "BOGUS", "@label=1 BOGUS", "@label=2 PONG", "TOPIC #a :x", "PING x"
    )
    assert codes(got) == ["353", "366", "421", "421", "ACK", "TOPIC", "PONG"]


def test_what_others_do_meanwhile_bears_no_label() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a", caps=LABELS), bench.enter("bob", "#a")
    ada.read()
    bob.feed("PRIVMSG #a :one")
    ada.feed("@label=x NAMES #a")
    bob.feed("PRIVMSG #a :two")
    bench.settle()
    got = ada.read()
    assert codes(got) == ["PRIVMSG", "BATCH", "353", "366", "BATCH", "PRIVMSG"]
    assert [line.startswith("@batch=") for line in got] == [False, False, True, True, False, False]


# The flood gate.


def test_the_flood_gate() -> None:
    bench = Bench(with_limits(messages_per_second=2.0, message_burst=3))
    client = bench.connect()
    client.feed(*(f"PING {number}" for number in range(6)))
    bench.settle()
    assert len(client.read()) == 3
    bench.node.tick(bench.now)
    assert client.read() == []
    client.feed("PING 6")  # behind those that wait
    for _ in range(2):
        bench.now += 1.0
        bench.node.tick(bench.now)
        bench.settle()
        assert len(client.read()) == 2
    assert client.connection.backlog is None
    assert bench.node.replica.users == {}


def test_who_floods_is_closed_when_too_much_waits() -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=1, receive_queue_bytes=100))
    ada, bob = bench.connect(), bench.connect()
    ada.feed("PONG", "PONG " + "x" * 50)
    assert not ada.read()
    ada.feed("PONG " + "x" * 50)
    assert ada.read() == ["ERROR :Closing link: Excess flood"]
    bob.feed(*["PONG " + "x" * 50] * 3)
    assert bob.read() == ["ERROR :Closing link: Excess flood"]
    bench.now += 100
    bench.node.tick(bench.now)
    assert bench.node.connections == {}


def test_no_limit_of_what_waits() -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=1, receive_queue_bytes=0))
    client = bench.connect()
    client.feed(*["PONG " + "x" * 400] * 1000)
    assert not client.closed


def test_an_overlong_line_waits_as_well() -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=1))
    client = bench.connect()
    bench.receive(client, b"PONG\r\n" + b"x" * 9000 + b"\r\nPING x\r\n")
    assert client.read() == []
    for answers in (["417"], ["PONG"]):
        bench.now += 1.0
        bench.node.tick(bench.now)
        assert codes(client.read()) == answers


# What is in flight has a bound.


def test_proposals_in_flight() -> None:
    bench = Bench(with_limits(proposals_in_flight=2))
    ada = bench.enter("ada")
    ada.feed("PING 1", "PING 2", "PING 3", "PING 4", "PING 5")
    assert ada.connection.in_flight == 2
    assert ada.connection.paused  # the runtime stops reading
    ada.feed("PING 6")
    bench.turn()
    assert len(ada.read()) == 2
    assert ada.connection.paused
    bench.settle()
    assert len(ada.read()) == 4
    assert not ada.connection.paused


def test_no_bound_of_what_is_in_flight() -> None:
    bench = Bench(with_limits(proposals_in_flight=0))
    ada = bench.enter("ada")
    ada.feed(*["PING x"] * 500)
    assert ada.connection.in_flight == 500
    assert not ada.connection.paused


def test_a_waiting_client_that_closes_is_forgotten() -> None:
    bench = Bench(with_limits(proposals_in_flight=1))
    ada = bench.enter("ada", "#a")
    bob = bench.enter("bob", "#a")
    ada.feed("PRIVMSG #a :said", "PRIVMSG #a :unsaid")
    bench.node.lost(ada.connection, "reset")
    bench.settle()
    assert codes(bob.read()) == ["PRIVMSG", "QUIT"]


def test_a_throttled_client_that_is_blocked_waits_for_its_answers() -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=4, proposals_in_flight=2))
    ada = bench.enter("ada")  # takes two tokens
    ada.feed("PING 1", "PING 2")
    bench.now += 0.1
    ada.feed("PING 3")
    bench.now += 10.0
    bench.node.tick(bench.now)
    assert ada.read() == []
    bench.settle()
    assert [line[-2:] for line in ada.read()] == [":1", ":2", ":3"]


# Silence.


@pytest.mark.parametrize(
    ("limits", "at", "answers"),
    [
        ({}, 29.9, []),
        ({}, 30.0, ["ERROR :Closing link: Registration timed out"]),
        ({"register_seconds": 0.0}, 1e6, []),
    ],
)
def test_registration_takes_no_longer(
    limits: dict[str, float], at: float, answers: list[str]
) -> None:
    bench = Bench(with_limits(**limits))
    client = bench.connect()
    client.feed("NICK ada")
    bench.settle()
    bench.node.check_alive(bench.now + at)
    assert client.read() == answers


def test_a_claim_under_way_is_waited_for() -> None:
    bench = Bench()
    client = bench.connect()
    client.feed("NICK ada", "USER a 0 * :A")
    bench.node.check_alive(bench.now + 1000)
    bench.settle()
    assert codes(client.read())[0] == "001"


def test_silence() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    ada.read()
    bench.node.check_alive(bench.now + 89.0)
    assert ada.read() == []
    bench.now += 90.0
    bench.node.check_alive(bench.now)
    assert ada.read() == bob.read() == [":srv PING :srv"]
    bench.now += 59.0
    bench.node.check_alive(bench.now)
    bob.say("PONG srv")
    bench.now += 1.0
    bench.node.check_alive(bench.now)
    bench.settle()
    assert ada.read() == ["ERROR :Closing link: Ping timeout"]
    assert bob.read() == [f"{ADA} QUIT :Ping timeout"]


# The end.


def test_everyone_is_told_that_the_server_stops() -> None:
    bench = Bench()
    clients = [bench.enter("ada", "#a"), bench.connect()]
    bench.node.end_all("The server is stopping")
    bench.node.end_all("again")
    bench.settle()
    for client in clients:
        assert client.read() == ["ERROR :Closing link: The server is stopping"]
        assert client.closed
    assert bench.node.replica.users == {}
    assert bench.node.replica.rooms == {}


def test_a_socket_that_breaks_while_its_claim_is_under_way() -> None:
    bench = Bench()
    bob = bench.enter("bob", "#a")
    client = bench.connect()
    client.feed("NICK ada", "USER a 0 * :A")
    bench.node.lost(client.connection, "reset")
    bench.settle()
    assert list(bench.node.replica.owner_of) == ["bob"]
    assert client.read() == []
    assert bob.read() == []


def test_a_lost_claim_of_a_broken_socket_is_nothing() -> None:
    bench = Bench()
    bench.enter("ada")
    client = bench.connect()
    client.feed("USER a 0 * :A", "NICK ADA")
    bench.node.lost(client.connection, "reset")
    bench.settle()
    assert list(bench.node.replica.owner_of) == ["ada"]
    assert client.read() == []


def test_after_the_end_nothing_happens_any_more() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    bench.node.close(ada.connection, "bye", "gone")
    bench.node.close(ada.connection, "twice")
    bench.node.lost(ada.connection, "reset")
    ada.feed("PING x")
    bench.node.reply(ada.connection, numerics.ERR_NOTEXTTOSEND)
    bench.settle()
    assert ada.read() == ["ERROR :Closing link: bye"]


def test_a_long_reason_is_cut() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    bench.node.close(ada.connection, "x" * 600)
    assert len(ada.read()[0]) == 510


def test_closing_in_the_middle_of_a_portion_drops_the_rest() -> None:
    client = Bench().connect()
    client.feed("NICK ada", "GET / HTTP/1.1", "USER a 0 * :A")
    client.bench.settle()
    assert codes(client.read())[-1] == ":Closing"
    assert client.bench.node.replica.users == {}


# Mistakes of ours.


@pytest.fixture
def boom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three commands that fail: at once, when their turn comes, when the store has answered."""

    def fail(*anything: object) -> None:
        raise ZeroDivisionError

    def ask(node: Node, connection: Connection, message: Message) -> None:
        node.hold(connection)
        node.ask(connection, Query((), "newest", NO_BOUND, NO_BOUND, 1), fail)

    def later(node: Node, connection: Connection, message: Message) -> None:
        node.read(connection, fail)

    for name, handler in (("BOOM", fail), ("LATER", later), ("ASK", ask)):
        monkeypatch.setitem(COMMANDS, name, Command(handler, 0, "registered"))


def fail_once(client: Client, command: str) -> None:
    client.feed(f"@label=x {command}")
    client.bench.turn()
    for request in client.bench.node.requests:
        client.bench.node.answer_request(request, [])
    client.bench.node.requests.clear()


@pytest.mark.usefixtures("boom")
@pytest.mark.parametrize("command", ["BOOM", "LATER", "ASK"])
def test_a_mistake_of_ours_is_told_and_costs_nobody_else(command: str) -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a", caps=LABELS), bench.enter("bob", "#a")
    mistakes: list[Connection] = []
    bench.node.on_mistake = lambda connection, error: mistakes.append(connection)
    fail_once(ada, command)
    assert mistakes == [ada.connection]
    assert ada.connection.label is None
    assert bob.say("PRIVMSG #a :still here", "PING x") == [":srv PONG srv :x"]
    assert codes(ada.read())[-1] == "PRIVMSG"
    assert codes(ada.say("PING x")) == ["PONG"]


@pytest.mark.usefixtures("boom")
@pytest.mark.parametrize("command", ["BOOM", "LATER", "ASK"])
def test_where_nobody_is_told_it_goes_on(command: str) -> None:
    ada = Bench().enter("ada", caps=LABELS)
    with pytest.raises(ZeroDivisionError):
        fail_once(ada, command)


# The log.


def test_a_turn_without_anything_asks_for_nothing() -> None:
    bench = Bench()
    client = bench.connect()
    bench.settle()
    client.feed("PONG")
    assert bench.node.take_chunk() is None
    client.feed("NICK ada")  # a question alone: its place in the order is asked for
    assert bench.node.take_chunk() == (0, b"")
    assert not bench.node.settled


def test_facts_of_other_workers() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a", caps="away-notify")
    claim = facts.Registered(1, "bob", "~b", "host", "Bob", True, ("#a",))
    bob = bench.sequencer.next_seq
    bench.turn(claim)
    assert ada.read() == [":bob!~b@host JOIN #a"]
    bench.turn(
        facts.Said(bob, facts.PRIVMSG, "#a", "hi"),
        facts.Said(bob, facts.PRIVMSG, "ada", "psst"),
        facts.Said(bob, facts.PRIVMSG, "nobody", "x"),
        facts.AwaySet(bob, "tea", 1),
        facts.Invited(bob, "ada", "#none"),
        facts.TopicSet(bob, "#a", "x"),
    )
    assert codes(ada.read()) == ["PRIVMSG", "PRIVMSG", "AWAY"]
    bench.turn(facts.WorkerGone(2))
    assert ada.read() == [":bob!~b@host QUIT :Connection lost"]


def test_reads_stand_between_the_facts_they_were_asked_between() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a")
    got = ada.say("TOPIC #a :one", "TOPIC #a", "TOPIC #a :two", "TOPIC #a")
    assert [line.rpartition(":")[2] for line in got if " 333 " not in line] == [
        "one",
        "one",
        "two",
        "two",
    ]


@pytest.mark.parametrize("facts_back", [0, 2])
def test_a_chunk_that_comes_back_otherwise_is_our_own_fault(facts_back: int) -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a")
    ada.feed("PRIVMSG #a :x")
    assert bench.node.take_chunk() is not None
    said = facts.Said(1, facts.PRIVMSG, "#a", "x")
    chunk = facts.Chunk(1, 9, facts_back, facts.encode_facts([said] * facts_back))
    with pytest.raises(AssertionError, match="a chunk came back with"):
        bench.node.deliver(0, [chunk], bench.now)
