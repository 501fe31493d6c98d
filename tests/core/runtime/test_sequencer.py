"""The one order: numbers without a gap, times that never go back, places without facts."""

from hypothesis import given
from hypothesis import strategies as st

from core.runtime.sequencer import BATCH_CHUNKS, RELAY, Sequencer
from core.state.facts import Chunk, WorkerGone, decode_facts

START = 1_700_000_000_000


def test_a_batch_holds_what_gathered_in_its_order() -> None:
    sequencer = Sequencer(10, START)
    sequencer.offer(1, 2, b"ab")
    sequencer.offer(2, 0, b"")
    sequencer.offer(1, 1, b"c")
    batch = sequencer.next_batch(START + 5)
    assert (batch.number, batch.time) == (1, START + 5)
    assert batch.chunks == [Chunk(1, 10, 2, b"ab"), Chunk(2, 12, 0, b""), Chunk(1, 12, 1, b"c")]
    assert batch.only_for == frozenset()
    assert sequencer.next_seq == 13


def test_gathered_tells_whether_there_is_a_batch_to_make() -> None:
    sequencer = Sequencer(1, START)
    seen = [sequencer.gathered]
    sequencer.offer(1, 0, b"")
    seen.append(sequencer.gathered)
    sequencer.next_batch(START)
    seen.append(sequencer.gathered)
    assert seen == [False, True, False]


def test_without_facts_a_batch_is_for_those_who_asked() -> None:
    sequencer = Sequencer(10, START)
    for origin in (3, 1, 3):
        sequencer.offer(origin, 0, b"")
    batch = sequencer.next_batch(START)
    assert batch.only_for == {1, 3}
    assert {chunk.first_seq for chunk in batch.chunks} == {10}
    sequencer.offer(1, 1, b"a")
    assert sequencer.next_batch(START).chunks[0].first_seq == 10
    assert sequencer.batches == 2


def test_time_never_goes_back() -> None:
    sequencer = Sequencer(1, START)
    times = []
    for now in (START - 1000, START + 5, START + 2, START + 6):
        sequencer.offer(1, 1, b"a")
        times.append(sequencer.next_batch(now).time)
    assert times == [START, START + 5, START + 5, START + 6]


def test_the_end_of_a_worker_is_a_fact_of_the_relay() -> None:
    sequencer = Sequencer(1, START)
    sequencer.worker_gone(7)
    (chunk,) = sequencer.next_batch(START).chunks
    assert (chunk.origin, chunk.facts) == (RELAY, 1)
    assert decode_facts(chunk.payload) == [WorkerGone(7)]


def test_a_batch_has_a_bound() -> None:
    sequencer = Sequencer(1, START)
    for _ in range(BATCH_CHUNKS + 3):
        sequencer.offer(1, 1, b"")
    assert len(sequencer.next_batch(START).chunks) == BATCH_CHUNKS
    rest = sequencer.next_batch(START).chunks
    assert [chunk.first_seq for chunk in rest] == [BATCH_CHUNKS + n for n in (1, 2, 3)]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.booleans())))
def test_numbers_have_no_gap_and_each_worker_keeps_its_order(
    offers: list[tuple[int, int, bool]],
) -> None:
    sequencer = Sequencer(1, START)
    chunks: list[Chunk] = []
    for number, (origin, count, cut) in enumerate([*offers, (1, 0, True)]):
        sequencer.offer(origin, count, b"%d" % number)
        if cut:
            chunks += sequencer.next_batch(START).chunks
    seq = 1
    for chunk, (origin, count, _) in zip(chunks, offers, strict=False):
        assert (chunk.origin, chunk.first_seq, chunk.facts) == (origin, seq, count)
        seq += count
    assert sequencer.next_seq == seq
    assert [int(chunk.payload) for chunk in chunks] == list(range(len(offers) + 1))
