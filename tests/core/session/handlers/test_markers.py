"""MARKREAD: what is answered, refused, told to other devices and after a JOIN."""

import pytest

from core.session.render import timestamp
from core.state import facts
from tests.core.session.handlers.test_login import device, last, register
from tests.fakes.bench import START, Bench, Client, codes

CAP = "draft/read-marker"
THEN = "timestamp=2019-01-04T14:33:26.123Z"
LATER = "timestamp=2020-01-04T14:33:26.123Z"


@pytest.fixture
def ada() -> Client:
    return Bench().enter("ada", "#A", caps=CAP)


def test_set_and_get(ada: Client) -> None:
    assert ada.say("MARKREAD #a") == [":srv MARKREAD #A *"]
    assert ada.say(f"MARKREAD #a {THEN}") == [f":srv MARKREAD #A {THEN}"]
    assert ada.say("MARKREAD #A") == [f":srv MARKREAD #A {THEN}"]


def test_it_only_moves_forwards_and_not_past_now(ada: Client) -> None:
    ada.say(f"MARKREAD #a {LATER}")
    assert ada.say(f"MARKREAD #a {THEN}") == [f":srv MARKREAD #A {LATER}"]
    future = "timestamp=2999-01-01T00:00:00.000Z"
    now = f"timestamp={timestamp(START)}"
    assert ada.say(f"MARKREAD #a {future}") == [f":srv MARKREAD #A {now}"]


def test_users_rooms_elsewhere_and_nobody(ada: Client) -> None:
    ada.bench.enter("Bob")
    assert ada.say(f"MARKREAD bob {THEN}", "MARKREAD BOB") == [f":srv MARKREAD Bob {THEN}"] * 2
    assert ada.say(f"MARKREAD #other {THEN}") == [f":srv MARKREAD #other {THEN}"]
    assert ada.say("MARKREAD nobody") == [":srv MARKREAD nobody *"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("MARKREAD", "NEED_MORE_PARAMS :Missing parameters"),
        ("MARKREAD :", "NEED_MORE_PARAMS :Missing parameters"),
        ("MARKREAD #a *", "INVALID_PARAMS * :Invalid parameters"),
        ("MARKREAD #a timestamp=*", "INVALID_PARAMS timestamp=* :Invalid parameters"),
        ("MARKREAD #a msgid=1f", "INVALID_PARAMS msgid=1f :Invalid parameters"),
        ("MARKREAD #a 2019-01-04T14:33:26.123Z", "INVALID_PARAMS 2019-01-04T14:33:26.123Z :"),
        ("MARKREAD :#a b", "INVALID_PARAMS #a :Invalid parameters"),
        (f"MARKREAD {'x' * 65}", f"INVALID_PARAMS {'x' * 65} :Invalid parameters"),
    ],
)
def test_errors(ada: Client, line: str, answer: str) -> None:
    (got,) = ada.say(line)
    assert got.startswith(f":srv FAIL MARKREAD {answer}")


def test_after_a_join(ada: Client) -> None:
    ada.say(f"MARKREAD #b {THEN}")
    got = ada.say("JOIN #b")
    assert codes(got)[:2] == ["JOIN", "MARKREAD"]
    assert got[1] == f":srv MARKREAD #b {THEN}"
    ada.say(f"CAP REQ :-{CAP}", "PART #b")
    assert "MARKREAD" not in codes(ada.say("JOIN #b"))


def test_other_devices_are_told_other_users_are_not() -> None:
    bench = Bench()
    first = register(bench, "ada", "#a", caps=CAP)
    other = bench.enter("bob", "#a", caps=CAP)
    assert ":srv MARKREAD #a *" in device(bench, caps=CAP)
    second = last(bench)
    device(bench)
    silent = last(bench)
    for client in bench.clients.values():
        client.read()
    line = f":srv MARKREAD #a {THEN}"
    assert first.say(f"MARKREAD #a {THEN}") == [line]
    assert second.read() == [line]
    assert silent.read() == other.read() == []
    assert first.say(f"MARKREAD #a {THEN}") == [line]
    assert second.read() == [], "nothing changed"
    assert silent.say("MARKREAD #a") == [line], "who asks is answered"


def test_a_device_on_another_worker(ada: Client) -> None:
    user = ada.connection.user
    assert user is not None
    ada.bench.turn(facts.MarkedRead(user.id, "#a", START))
    assert ada.read() == [f":srv MARKREAD #A timestamp={timestamp(START)}"]


def test_labels() -> None:
    ada = Bench().enter("ada", "#a", caps=f"{CAP} batch labeled-response")
    assert ada.say("@label=1 MARKREAD #a") == ["@label=1 :srv MARKREAD #a *"]
    assert ada.say(f"@label=2 MARKREAD #a {THEN}") == [f"@label=2 :srv MARKREAD #a {THEN}"]
