"""Timers, backoff, addresses, splitting, reading: the parts that know nothing of IRC sessions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.client.address import Address, fingerprint, judge_certificate, parse_address
from core.client.backoff import Backoff
from core.client.conversations import SeenIds
from core.client.reading import clean, read_line, read_number, read_time, write_time
from core.client.sentences import SENTENCES, sentence_for, server_text
from core.client.splitting import room_for_text, split_text
from core.client.timers import Timers
from core.errors import OperatorError
from core.wire.message import Message


def test_timers_ring_once_in_order() -> None:
    timers = Timers()
    assert timers.next() is None
    timers.set(5.0, "b")
    timers.set(3.0, "a", "x")
    timers.set(9.0, "c")
    assert timers.next() == 3.0
    assert timers.due(5.0) == [("a", "x"), ("b",)]
    assert timers.due(5.0) == []
    assert timers.is_set("c")
    timers.cancel("c")
    timers.cancel("c")
    assert timers.next() is None


def test_backoff_grows_to_its_bound_and_starts_over() -> None:
    backoff = Backoff(lambda: 1.0, first=0.5, longest=8.0)
    assert [backoff.next_delay() for _ in range(6)] == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]
    backoff.attempts = 10_000
    assert backoff.next_delay() == 8.0
    backoff.succeeded()
    assert backoff.next_delay() == 0.5


@given(st.floats(0, 1), st.integers(0, 100))
def test_backoff_jitters_in_the_upper_half(chance: float, attempts: int) -> None:
    backoff = Backoff(lambda: chance, attempts=attempts)
    whole = min(60.0, 0.5 * 2.0 ** min(attempts, 30))
    assert whole / 2 <= backoff.next_delay() <= whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("localhost", Address("localhost", 5000)),
        ("chat.example:7000", Address("chat.example", 7000)),
        ("irc://chat.example:7000", Address("chat.example", 7000, False)),
        ("irc://chat.example", Address("chat.example", 5000, False)),
        ("ircs://chat.example", Address("chat.example", 6697, True)),
        ("IRCS://chat.example:1/room", Address("chat.example", 1, True)),
        ("[::1]:7000", Address("::1", 7000)),
        ("[::1]", Address("::1", 5000)),
        ("::1", Address("::1", 5000)),
        (" 127.0.0.1:65535 ", Address("127.0.0.1", 65535)),
    ],
)
def test_addresses(text: str, expected: Address) -> None:
    assert parse_address(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", ":5000", "http://x", "://x", "x:0", "x:65536", "x:y", "a b:1", "x:٣", "x:" + "9" * 99],
)
def test_wrong_addresses(text: str) -> None:
    with pytest.raises(OperatorError):
        parse_address(text)


def test_certificates() -> None:
    print_a = fingerprint(b"a")
    assert print_a.startswith("CA:97:81:12")
    assert judge_certificate(print_a, "", verified=True) == "trusted"
    assert judge_certificate(print_a, "", verified=False) == "unknown"
    assert judge_certificate(print_a, print_a.lower().replace(":", ""), verified=False) == "trusted"
    assert judge_certificate(fingerprint(b"b"), print_a, verified=False) == "changed"
    assert judge_certificate(fingerprint(b"b"), print_a, verified=True) == "trusted"


def test_seen_ids_forget_the_oldest() -> None:
    seen = SeenIds(2)
    for msgid in "abc":
        seen.add(msgid)
    assert "a" not in seen
    assert "b" in seen
    assert "c" in seen


def test_text_is_split_between_words_and_never_inside_a_character() -> None:
    assert split_text("one two three", 8) == ["one two", "three"]
    assert split_text("onetwothree", 4) == ["onet", "woth", "ree"]
    assert split_text("äöü", 4) == ["äö", "ü"]
    assert split_text("äöü", 5) == ["äö", "ü"]
    assert split_text("abcd efgh", 4) == ["abcd", "efgh"]
    assert split_text(" abcdef", 4) == [" abc", "def"]


def test_lines_are_messages_and_blank_ones_are_left_out() -> None:
    assert split_text("a\r\nb\rc\n\n  \nd", 10) == ["a", "b", "c", "d"]
    assert split_text("", 10) == []
    assert split_text("a\0b\x01c\ud800", 20) == ["abc\ufffd"]
    assert split_text("\ud83d\ude00", 20) == ["\U0001f600"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300), st.integers(4, 60))
def test_split_text_loses_only_spaces(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(0 < len(piece.encode()) <= limit for piece in pieces)
    joined = "".join(pieces).replace(" ", "").strip()
    whole = text.replace(" ", "").strip()
    assert joined == whole or not text.strip()


def test_room_for_text_counts_what_the_server_puts_before() -> None:
    line = b":ada!a@host PRIVMSG #room :" + b"x" * room_for_text("#room", len("ada!a@host"))
    assert len(line) == 510
    assert room_for_text("#room", 10, "notice") == room_for_text("#room", 10) + 1
    assert room_for_text("#room", 10, "action") == room_for_text("#room", 10) - 9
    assert room_for_text("#" + "x" * 600, 10) == 32


def test_reading_is_patient() -> None:
    assert read_line(b"PRIVMSG #r :\xff\xfe") == Message("PRIVMSG", ["#r", "\u00ff\u00fe"])
    assert read_line(b"PRIVMSG #r :caf\xe9 \x81") == Message("PRIVMSG", ["#r", "caf\u00e9 \ufffd"])
    damaged = read_line(b"PRIVMSG #r :caf\xc3\xa9 \xc3")  # a long line of UTF-8 that was cut
    assert damaged == Message("PRIVMSG", ["#r", "caf\u00e9 \ufffd"])
    assert read_line(b"@a=b ") is None
    assert read_line(b":x") is None
    assert read_number("12") == 12
    for text in ("", "-1", "x", "9" * 16, "\u0663"):
        assert read_number(text, 7) == 7


def test_times() -> None:
    assert read_time("2024-01-01T00:00:00.500Z", 1.0) == 1704067200.5
    assert read_time("2024-01-01T00:00:00", 1.0) == 1704067200.0
    assert read_time("yesterday", 1.0) == 1.0
    assert write_time(1704067200.5) == "2024-01-01T00:00:00.500Z"
    assert write_time(float("inf")) == write_time(0.0) == "1970-01-01T00:00:00.000Z"


def test_clean_makes_one_line() -> None:
    assert clean("a\r\nb\0") == "a  b"


def test_sentences() -> None:
    assert sentence_for(Message("403", ["ada", "#x", "No such"])) == "There is no room called #x."
    assert sentence_for(Message("403", ["ada", "No such channel"])) == "No such channel."
    assert sentence_for(Message("499", ["ada", "What?"])) == "What?"
    assert server_text(Message("499")) == "The server answered 499."
    assert server_text(Message("499", [" "])) == "The server answered 499."
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())
    assert "{" in sentence_for(Message("403", ["ada", "{0}", "x"]))
