"""Long answers come in portions, one a tick."""

from collections.abc import Iterator

import pytest

from core.session.trickle import MOST_WAITING, PORTION_BYTES, Trickle
from tests.fakes.bench import LABELS, Bench, Client, codes

LINE = b":srv NOTE " + b"x" * 1000 + b"\r\n"
FULL = PORTION_BYTES // len(LINE) + 1


def lines(count: int) -> Iterator[bytes]:
    return iter([LINE] * count)


def tick(bench: Bench, client: Client) -> list[str]:
    bench.node.tick(bench.now)
    return client.read()


def test_a_short_answer_comes_at_once() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    bench.node.trickle.send(bench.node, ada.connection, lines(3))
    assert len(ada.read()) == 3
    assert tick(bench, ada) == []


def test_a_long_one_in_portions_and_the_next_behind_it() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    trickle = bench.node.trickle
    trickle.send(bench.node, ada.connection, lines(2 * FULL + 2))
    trickle.send(bench.node, ada.connection, lines(1))
    trickle.send(bench.node, ada.connection, lines(1))
    assert len(ada.read()) == FULL
    assert len(tick(bench, ada)) == FULL
    assert len(tick(bench, ada)) == 2
    assert len(tick(bench, ada)) == 1
    assert len(tick(bench, ada)) == 1
    assert tick(bench, ada) == []


def test_so_many_may_wait() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    trickle = bench.node.trickle
    for _ in range(MOST_WAITING):
        assert not trickle.is_full(ada.connection)
        trickle.send(bench.node, ada.connection, lines(FULL + 1))
    assert trickle.is_full(ada.connection)


def test_nothing_more_for_who_is_gone() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    trickle = Trickle()
    for _ in range(2):
        trickle.send(bench.node, ada.connection, lines(FULL + 2))
    ada.read()
    bench.node.lost(ada.connection, "gone")
    trickle.tick(bench.node)
    assert ada.read() == []
    assert not trickle.is_full(ada.connection)


def test_a_labelled_answer_comes_as_a_whole() -> None:
    bench = Bench()
    ada = bench.enter("ada", caps=LABELS)

    def answer() -> None:
        bench.node.trickle.send(bench.node, ada.connection, lines(FULL + 2))

    read = bench.node.read
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench.node, "read", lambda connection, _: read(connection, answer))
        told = ada.say("@label=x PING y")
    assert len(told) == FULL + 4
    assert {codes(told)[0], codes(told)[-1]} == {"BATCH"}
