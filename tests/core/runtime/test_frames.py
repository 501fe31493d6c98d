"""Frames: the way there and back, whole, split at every byte, and in any portions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runtime import frames
from core.runtime.frames import FrameReader, Ready
from core.state.facts import Chunk

STREAM = (
    frames.encode_chunk(2, b"facts")
    + frames.frame(frames.COMMITTED)
    + frames.encode_snapshot(7, b"state")
    + frames.encode_ready(Ready(1 << 40, 1_700_000_000_000))
)
KINDS = [frames.CHUNK, frames.COMMITTED, frames.SNAPSHOT, frames.READY]
CHUNKS = st.builds(
    Chunk,
    st.integers(0, (1 << 32) - 1),
    st.integers(0, (1 << 64) - 1),
    st.integers(0, (1 << 32) - 1),
    st.binary(max_size=20),
)


def test_split_at_every_byte() -> None:
    whole = FrameReader().feed(STREAM)
    assert [kind for kind, _ in whole] == KINDS
    for cut in range(len(STREAM) + 1):
        reader = FrameReader()
        assert reader.feed(STREAM[:cut]) + reader.feed(STREAM[cut:]) == whole
    reader = FrameReader()
    assert [frame for byte in STREAM for frame in reader.feed(bytes([byte]))] == whole


@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=30))), st.integers(1, 20))
def test_any_frames_in_any_portions(wanted: list[tuple[int, bytes]], size: int) -> None:
    data = b"".join(frames.frame(kind, body[:3], body[3:]) for kind, body in wanted)
    reader = FrameReader()
    portions = [data[start : start + size] for start in range(0, len(data), size)]
    assert [frame for portion in portions for frame in reader.feed(portion)] == wanted


def body_of(data: bytes, kind: int) -> bytes:
    ((found, body),) = FrameReader().feed(data)
    assert found == kind
    return body


@given(st.integers(0, (1 << 64) - 1), st.lists(CHUNKS, max_size=5))
def test_batches(time: int, chunks: list[Chunk]) -> None:
    body = body_of(frames.encode_batch(time, chunks), frames.BATCH)
    assert frames.decode_batch(body) == (time, chunks)


@pytest.mark.parametrize(("count", "payload"), [(0, b""), (3, b"facts"), ((1 << 32) - 1, b"x")])
def test_chunks(count: int, payload: bytes) -> None:
    body = body_of(frames.encode_chunk(count, payload), frames.CHUNK)
    assert frames.decode_chunk(body) == (count, payload)


def test_snapshots() -> None:
    wanted = body_of(frames.encode_snapshot_wanted(9), frames.SNAPSHOT_WANTED)
    assert frames.decode_origin(wanted) == (9, b"")
    given_ = body_of(frames.encode_snapshot(9, b"state"), frames.SNAPSHOT)
    assert frames.decode_origin(given_) == (9, b"state")


def test_ready() -> None:
    ready = Ready(5, 1_700_000_000_000)
    assert frames.decode_ready(body_of(frames.encode_ready(ready), frames.READY)) == ready
