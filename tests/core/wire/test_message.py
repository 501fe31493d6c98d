"""One message: what the parser takes, what it refuses, and the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidUtf8, MalformedLine
from core.wire.message import Message, format_message, needs_colon, parse

WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n "), min_size=1)
MIDDLE = WORD.filter(lambda word: word[0] != ":")
TRAILING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"))
TAGS = st.dictionaries(st.text("abc+/-.9", min_size=1), TRAILING)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("PING", Message("PING", [])),
        ("ping a", Message("PING", ["a"])),
        ("PING :", Message("PING", [""])),
        ("PRIVMSG #a :b c", Message("PRIVMSG", ["#a", "b c"])),
        ("PRIVMSG #a ::)", Message("PRIVMSG", ["#a", ":)"])),
        ("PRIVMSG #a :b :c", Message("PRIVMSG", ["#a", "b :c"])),
        ("PRIVMSG  #a   b  ", Message("PRIVMSG", ["#a", "b"])),
        ("  PING a", Message("PING", ["a"])),
        ("JOIN a:b", Message("JOIN", ["a:b"])),
        (":ada!a@h QUIT", Message("QUIT", [], "ada!a@h")),
        (":srv 001 ada :Hi there", Message("001", ["ada", "Hi there"], "srv")),
        ("@a=b PING x", Message("PING", ["x"], tags={"a": "b"})),
        ("@a=b   :ada PING x", Message("PING", ["x"], "ada", {"a": "b"})),
        ("@ PING", Message("PING", [])),
        ("PRIVMSG #a :grüße 🎈", Message("PRIVMSG", ["#a", "grüße 🎈"])),
    ],
)
def test_parse(line: str, message: Message) -> None:
    assert parse(line.encode()) == message


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"   ",
        b":ada",
        b":ada ",
        b"@a=b",
        b"@a=b ",
        b" :text",
        b"PRIVMSG #a :a\0b",
        b"@+a=\0 PRIVMSG #a :b",
        b"PRIVMSG #a :one\r:srv 001 fake",
        b"@+a=one\rtwo TAGMSG #a",
    ],
)
def test_what_is_no_message(line: bytes) -> None:
    with pytest.raises(MalformedLine):
        parse(line)


@pytest.mark.parametrize(
    "line", [b"\xff", b"PRIVMSG #a :caf\xe9", b"@a=\xc3 PING", b"\xed\xa0\x80"]
)
def test_what_is_no_text(line: bytes) -> None:
    with pytest.raises(InvalidUtf8):
        parse(line)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_message_or_the_senders_fault(line: bytes) -> None:
    try:
        message = parse(line)
    except (InvalidUtf8, MalformedLine):
        return
    assert message.command
    assert not any(set("\0\r") & set(param) for param in message.params)
    assert all(param and param[0] != ":" and " " not in param for param in message.params[:-1])


@given(MIDDLE.filter(lambda word: word[0] != "@"), st.lists(MIDDLE), TRAILING, MIDDLE, TAGS)
def test_what_is_formatted_is_parsed_again(
    command: str, middles: list[str], last: str, source: str, tags: dict[str, str]
) -> None:
    line = format_message(command, [*middles, last], source=source, tags=tags)
    assert line.endswith(b"\r\n")
    assert parse(line[:-2]) == Message(command.upper(), [*middles, last], source, tags)


@pytest.mark.parametrize(
    ("params", "line"),
    [
        ((), b"X\r\n"),
        (("a",), b"X a\r\n"),
        (("",), b"X :\r\n"),
        (("a", ":b"), b"X a ::b\r\n"),
        (("a", "b c"), b"X a :b c\r\n"),
    ],
)
def test_format(params: tuple[str, ...], line: bytes) -> None:
    assert format_message("X", params) == line


@pytest.mark.parametrize(
    "params", [("", "a"), ("a b", "c"), (":a", "b"), ("a\r",), ("a\nb",), ("\0",)]
)
def test_what_a_line_cannot_carry_is_the_callers_mistake(params: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"only the last|no line break"):
        format_message("X", params)


@pytest.mark.parametrize(
    ("param", "needs"), [("", True), (":a", True), ("a b", True), ("a:", False)]
)
def test_needs_colon(param: str, needs: bool) -> None:
    assert needs_colon(param) is needs


def test_parts_by_name() -> None:
    message = Message("X", ["a"], "ada!a@host")
    assert (message.param(0), message.param(1), message.param(1, "d")) == ("a", "", "d")
    assert message.nick == "ada"
    assert Message("X", source="srv").nick == "srv"
