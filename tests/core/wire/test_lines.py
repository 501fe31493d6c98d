"""Bytes into lines: whole, in any portions, and never more kept than the bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.lines import HEAD, LineBuffer, TooLong

LIMIT = 5
LONG = TooLong(b"12345")
Lines = list[bytes | TooLong]
STREAM = st.binary(max_size=40) | st.text("ab\r\n", max_size=60).map(str.encode)

CASES: list[tuple[bytes, Lines]] = [
    (b"", []),
    (b"a\r\n", [b"a"]),
    (b"a\n", [b"a"]),
    (b"a", []),
    (b"a\r", []),
    (b"\r\n\n\r\n", []),
    (b"a\r\nb\nc", [b"a", b"b"]),
    (b"a\rb\r\n", [b"a\rb"]),
    (b"12345\r\n", [b"12345"]),
    (b"123456\r\n", [LONG]),
    (b"12345\n6\n", [b"12345", b"6"]),
    (b"1234567", [LONG]),
    (b"123456789\r\nab\r\n", [LONG, b"ab"]),
    (b"123456789\n123456789\nab\n", [LONG, LONG, b"ab"]),
]


def reference(stream: bytes) -> Lines:
    """The complete lines of ``stream``, and a mark for an overlong one that has not ended."""
    *whole, rest = stream.split(b"\n")
    lines = [line.removesuffix(b"\r") for line in whole]
    found: Lines = [TooLong(line[:LIMIT]) if len(line) > LIMIT else line for line in lines if line]
    return [*found, TooLong(rest[:LIMIT])] if len(rest) > LIMIT + 1 else found


@pytest.mark.parametrize(("stream", "lines"), CASES)
def test_whole(stream: bytes, lines: Lines) -> None:
    assert LineBuffer(LIMIT).feed(stream) == lines


@pytest.mark.parametrize(("stream", "lines"), CASES)
def test_split_at_every_byte(stream: bytes, lines: Lines) -> None:
    for cut in range(len(stream) + 1):
        buffer = LineBuffer(LIMIT)
        assert buffer.feed(stream[:cut]) + buffer.feed(stream[cut:]) == lines
    buffer = LineBuffer(LIMIT)
    assert [line for byte in stream for line in buffer.feed(bytes([byte]))] == lines


@given(st.lists(STREAM, max_size=8))
def test_any_portions_give_what_the_whole_gives(portions: list[bytes]) -> None:
    buffer = LineBuffer(LIMIT)
    lines = [line for portion in portions for line in buffer.feed(portion)]
    assert lines == reference(b"".join(portions))
    assert buffer.waiting <= LIMIT + 1


def test_how_much_waits() -> None:
    buffer = LineBuffer(LIMIT)
    buffer.feed(b"a\r\nbcd")
    assert buffer.waiting == 3
    buffer.feed(b"efghijk")  # overlong: nothing of it is kept
    assert buffer.waiting == 0
    assert buffer.feed(b"more of it") == []
    assert buffer.feed(b"\nnext\n") == [b"next"]


def test_how_much_is_kept_of_an_overlong_line() -> None:
    lines = LineBuffer(10 * HEAD).feed(b"a" * 20 * HEAD)
    assert lines == [TooLong(b"a" * HEAD)]
