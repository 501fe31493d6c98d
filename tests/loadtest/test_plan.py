"""Marks, scenarios, arguments: what is decided before anything is sent."""

import importlib
from typing import Any

import pytest

from loadtest.launch import locust_command, parse_arguments
from loadtest.marks import Mark, read_mark, write_mark
from loadtest.options import add_options, plan_of
from loadtest.scenarios import Plan, Scenario


def test_marks_come_back() -> None:
    mark = Mark(12, 345, 1234.567891)
    text = write_mark("f00", mark, 80)
    assert len(text) == 80
    assert read_mark("f00", text) == mark
    assert read_mark("bad", text) is None


@pytest.mark.parametrize(
    "text", ["", "hello", "~load f00 1 2 3", "~load f00 a b c x", "~x f00 1 2 3 x"]
)
def test_other_texts_have_no_mark(text: str) -> None:
    assert read_mark("f00", text) is None


def test_a_mark_is_never_cut() -> None:
    assert read_mark("f00", write_mark("f00", Mark(1, 2, 3.0), 0)) == Mark(1, 2, 3.0)


def plan(scenario: Scenario = "lobby", users: int = 60, **more: Any) -> Plan:
    return Plan(scenario, users, "f00", **more)


def test_sixty_users_talk_as_much_as_they_want() -> None:
    assert plan().rate == 1.0
    assert not plan().is_capped


def test_many_users_talk_less_so_that_the_harness_is_not_measured() -> None:
    crowd = plan(users=200)
    assert crowd.is_capped
    assert crowd.rate * crowd.users * crowd.listeners == pytest.approx(8000)
    assert plan(users=200, delivery_cap=0.0).rate == 1.0
    assert plan(users=0).rate == 1.0


def test_lobby_seats() -> None:
    seat = plan().seat(5)
    assert (seat.nick, seat.room, seat.target, seat.channel) == (
        "u5f00",
        "#lobby",
        "#lobby",
        "#lobby",
    )
    assert not seat.wanders
    assert len(plan().nick(999)) <= 9


def test_rooms_are_filled_evenly() -> None:
    spread = plan("rooms", users=61)
    assert spread.room_count == 6
    assert len({spread.seat(index).room for index in range(61)}) == 6
    assert spread.listeners == pytest.approx(61 / 6)
    assert plan("rooms", users=3).room_count == 1
    assert plan("rooms", users=3, rooms=9).room_count == 3


def test_pairs() -> None:
    pairs = plan("private", users=3)
    first, second, alone = (pairs.seat(index) for index in range(3))
    assert (first.target, second.target) == (second.nick, first.nick)
    assert first.channel == second.channel != alone.channel
    assert (alone.target, alone.partner) == ("", -1)
    assert pairs.listeners == 2.0


def test_every_fourth_wanders() -> None:
    assert [plan("churn").seat(index).wanders for index in range(5)] == [
        False, False, False, True, False
    ]  # fmt: skip


def parsed(*words: str) -> Plan:
    # Locust's parser is one of these; importing locust itself would patch this process.
    parser = importlib.import_module("configargparse").ArgumentParser()
    parser.add_argument("--users", dest="num_users", type=int)
    add_options(parser)
    return plan_of(parser.parse_args(words), "f00")


def test_locust_arguments() -> None:
    assert parsed() == Plan("lobby", 1, "f00")
    changed = parsed("--users", "9", "--scenario", "rooms", "--rooms", "3", "--rate", "2")
    assert (changed.users, changed.scenario, changed.room_count, changed.rate) == (
        9,
        "rooms",
        3,
        2.0,
    )
    with pytest.raises(SystemExit):
        parsed("--scenario", "nonsense")


def test_arguments_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLOR_LOAD_RATE", "0.5")
    assert parsed().rate == 0.5


def test_program_arguments() -> None:
    options, more = parse_arguments([])
    assert (options.users, options.spawn_rate, options.time) == (60, 20.0, "60s")
    assert (options.scenario, options.workers, more) == ("lobby", 0, [])
    options, more = parse_arguments(["--users", "5", "--rate", "2", "--workers", "3"])
    assert (options.users, options.workers, more) == (5, 3, ["--rate", "2"])
    command = locust_command(options, "localhost:1234", more)
    assert command[-2:] == ["--rate", "2"]
    assert "irc://localhost:1234" in command
    with pytest.raises(SystemExit):
        parse_arguments(["--scenario", "nonsense"])
