"""AUTHENTICATE's chunks, both ways (https://ircv3.net/specs/extensions/sasl-3.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.authenticate import (
    CHUNK,
    LIMIT,
    NOTHING,
    Assembler,
    BadPayload,
    PayloadTooLong,
    decode,
    encode,
    split,
)


@pytest.mark.parametrize(
    ("length", "lengths"),
    [(0, [1]), (1, [4]), (297, [396]), (300, [400, 1]), (301, [400, 4]), (600, [400, 400, 1])],
)
def test_split(length: int, lengths: list[int]) -> None:
    chunks = split(bytes(length))
    assert [len(chunk) for chunk in chunks] == lengths
    assert (chunks[-1] == NOTHING) is (length % 300 == 0)


@given(st.lists(st.binary(max_size=LIMIT * 3 // 4 - 2), min_size=1, max_size=3))
def test_there_and_back(responses: list[bytes]) -> None:
    assembler = Assembler()
    for data in responses:
        *first, last = split(data)
        assert [assembler.feed(chunk) for chunk in first] == [None] * len(first)
        assert assembler.feed(last) == data


def test_nothing() -> None:
    assert Assembler().feed(NOTHING) == b""


@pytest.mark.parametrize(
    "text", ["", "a", "abc", "ab=c", "ab==cd==", "a b=", "====", "ab-_", "é", "YQ==Y", "++"]
)
def test_no_base64(text: str) -> None:
    with pytest.raises(BadPayload):
        Assembler().feed(text)


@given(st.text(max_size=CHUNK - 1))
def test_any_text_is_taken_or_refused(text: str) -> None:
    try:
        data = Assembler(LIMIT).feed(text)
    except (BadPayload, PayloadTooLong):
        return
    assert data is not None
    assert text == NOTHING or encode(data)[:-4] == text[:-4]


def test_a_chunk_too_long() -> None:
    with pytest.raises(PayloadTooLong):
        Assembler().feed("A" * (CHUNK + 1))


def test_too_many_chunks() -> None:
    assembler = Assembler(2 * CHUNK)
    assert assembler.feed("A" * CHUNK) is None
    assert assembler.feed("A" * CHUNK) is None
    with pytest.raises(PayloadTooLong):
        assembler.feed(NOTHING)


def test_decode_undoes_encode() -> None:
    assert encode(b"\xff\xfe") == "//4="
    assert decode("//4=") == b"\xff\xfe"
