"""What an account missed, for clients that cannot ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.session.handlers.test_login import device, plain, register
from tests.fakes.bench import Bench, Client, bench_with_store, codes, tags, with_limits

BOB = "bob!~bob@10.0.0.1"


@pytest.fixture(params=[9, 2, 0])
def limit(request: pytest.FixtureRequest) -> int:
    most: int = request.param
    return most


@pytest.fixture
def bench(tmp_path: Path, limit: int) -> Iterator[Bench]:
    with bench_with_store(tmp_path, with_limits(history_messages=limit)) as bench:
        yield bench


@pytest.fixture
def bob(bench: Bench) -> Client:
    """Ada, with an account, has been in #a and has left; since then Bob has talked."""
    ada = register(bench, "ada", "#a")
    bob = bench.enter("bob", "#a")
    bob.say("PRIVMSG #a :seen")
    ada.say("QUIT")
    bob.say("PRIVMSG #a :one", "PRIVMSG ada :two", "TOPIC #a :x", "NOTICE #a :three")
    bob.read()
    return bob


def spoken(lines: list[str]) -> list[str]:
    return [line for line in lines if " PRIVMSG " in line or " NOTICE " in line]


def test_as_lines(bench: Bench, bob: Client, limit: int) -> None:
    told = device(bench)
    assert codes(told).index("JOIN") < codes(told).index("PRIVMSG")
    lines = [
        f":{BOB} PRIVMSG #a :one",
        f":{BOB} NOTICE #a :three",
        f":{BOB} PRIVMSG ada :two",
    ]
    assert spoken(told) == (lines if limit != 2 else lines[1:])


def test_as_batches(bench: Bench, bob: Client) -> None:
    bob.say("NICK robert")
    told = device(bench, caps="batch server-time message-tags")
    batches = [line for line in told if " BATCH +" in line]
    assert [line.split(" ", 3)[3] for line in batches] == ["chathistory #a", "chathistory robert"]
    inside = spoken(told)
    assert all(tags(line).startswith("batch=") and ";time=" in tags(line) for line in inside)


def test_who_is_gone_is_called_as_it_was(bench: Bench, bob: Client) -> None:
    bob.say("QUIT")
    told = device(bench, caps="batch")
    assert any(line.endswith(" chathistory bob") for line in told)


def test_not_for_those_who_can_ask(bench: Bench, bob: Client) -> None:
    assert spoken(device(bench, caps="draft/chathistory batch")) == []


def test_only_the_first_device_has_missed_something(bench: Bench, bob: Client) -> None:
    assert spoken(device(bench))
    assert spoken(device(bench)) == []


def test_commands_wait_for_it(bench: Bench, bob: Client) -> None:
    client = bench.connect()
    client.say("CAP LS 302", "CAP REQ :sasl", "AUTHENTICATE PLAIN")
    client.say(f"AUTHENTICATE {plain('ada')}", "NICK ada", "USER ada 0 * :ada")
    got = client.say("CAP END", "PING behind")
    assert codes(got)[-2:] == ["PRIVMSG", "PONG"]


def test_without_anything_missed() -> None:
    bench = Bench()
    register(bench, "ada", "#a").say("QUIT")
    told = device(bench)
    assert "JOIN" in codes(told)
    assert spoken(told) == []
