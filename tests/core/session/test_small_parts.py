"""Rendering, the flood gate, keepalive, labels, presence: each alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import LimitsConfig
from core.session import flood, keepalive, render
from core.session.connection import Connection
from core.session.jobs import MakeCredentials, Verify
from core.session.label import Label, tagged
from core.session.presence import Presence
from core.state.records import Room, User
from core.wire.capabilities import MESSAGE_TAGS, SERVER_TIME
from core.wire.modes import ModeChange

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture
def connection() -> Connection:
    return Connection(1, "10.0.0.1", False, 512, 100.0)


def user(id: int = 1) -> User:
    return User(id, f"u{id}", "~u", "host", "U", False, 0)


# Rendering.


@given(TEXT, st.integers(0, 20))
def test_clip(text: str, limit: int) -> None:
    clipped = render.clip(text, limit)
    assert text.startswith(clipped)
    assert len(clipped.encode()) <= limit
    rest = text[len(clipped) :]
    assert not rest or len((clipped + rest[0]).encode()) > limit


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a", b"a\r\n"),
        ("x" * 510, b"x" * 510 + b"\r\n"),
        ("x" * 511, b"x" * 510 + b"\r\n"),
        ("x" * 509 + "ü", b"x" * 509 + b"\r\n"),
    ],
)
def test_line(body: str, line: bytes) -> None:
    assert render.line(body) == line


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_700_000_000_007, "2023-11-14T22:13:20.007Z"),
        (1_700_000_000_999, "2023-11-14T22:13:20.999Z"),
    ],
)
def test_timestamp(milliseconds: int, text: str) -> None:
    assert render.timestamp(milliseconds) == text


@given(st.integers(1, (1 << 62) - 1))
def test_message_ids_there_and_back(seq: int) -> None:
    assert render.sequence(render.message_id(seq)) == seq


@given(st.text(max_size=20))
def test_no_other_text_is_a_message_id(text: str) -> None:
    seq = render.sequence(text)
    assert seq is None or render.message_id(seq) == text


@pytest.mark.parametrize(
    ("render_class", "client_tags", "section"),
    [
        (0, "", b""),
        (0, "+a=b", b""),
        (SERVER_TIME, "+a=b", b"@time=T "),
        (MESSAGE_TAGS, "", b"@msgid=I "),
        (MESSAGE_TAGS, "+a=b", b"@msgid=I;+a=b "),
        (MESSAGE_TAGS | SERVER_TIME, "+a=b", b"@time=T;msgid=I;+a=b "),
    ],
)
def test_tag_sections(render_class: int, client_tags: str, section: bytes) -> None:
    assert render.tag_section(render_class, "T", "I", client_tags) == section


@given(st.lists(st.text("abü", min_size=1, max_size=9)), st.integers(18, 40))
def test_wrapped(words: list[str], room: int) -> None:
    texts = render.wrapped(words, room)
    assert " ".join(texts).split() == words
    assert all(len(text.encode()) <= room for text in texts)
    for text, following in pairwise(texts):
        assert len(f"{text} {following.split(' ')[0]}".encode()) > room


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ([], []),
        (["x" * 9], ["x" * 9]),
        (["x" * 9, "a"], ["x" * 9, "a"]),
        (["a", "x" * 9, "b", "c"], ["a", "x" * 9, "b c"]),
    ],
)
def test_a_longer_word_stands_alone(words: list[str], texts: list[str]) -> None:
    assert render.wrapped(words, 4) == texts


def test_wrapped_modes() -> None:
    changes = [ModeChange(True, "v", "ada"), ModeChange(False, "v", "bob"), ModeChange(True, "i")]
    assert render.wrapped_modes(changes, 13) == ["+v-v ada bob", "+i"]
    assert render.wrapped_modes(changes, 14) == ["+v-v+i ada bob"]
    assert render.wrapped_modes(changes, 1) == ["+v ada", "-v bob", "+i"]
    assert render.wrapped_modes([], 1) == []


# The flood gate.


@pytest.mark.parametrize(
    ("rate", "burst", "times", "taken"),
    [
        (1.0, 2, [0, 0, 0], [True, True, False]),
        (1.0, 2, [0, 0, 0.5, 1.0, 1.5], [True, True, False, True, False]),
        (2.0, 1, [0, 100, 100], [True, True, False]),
        (0.0, 1, [0, 0, 0], [True, True, True]),
        (1.0, 0, [0, 0, 0], [True, True, True]),
    ],
)
def test_flood_gate(
    connection: Connection, rate: float, burst: int, times: list[float], taken: list[bool]
) -> None:
    connection.tokens = float(burst)
    assert [flood.take(connection, rate, burst, 100.0 + at) for at in times] == taken


# Keepalive.


@pytest.mark.parametrize(
    ("registered", "pinged_at", "limits", "at", "due"),
    [
        (False, 0.0, {}, 29.0, None),
        (False, 0.0, {}, 30.0, "unregistered"),
        (False, 0.0, {"register_seconds": 0.0}, 1e6, None),
        (True, 0.0, {}, 89.0, None),
        (True, 0.0, {}, 90.0, "ping"),
        (True, 0.0, {"ping_seconds": 0.0}, 1e6, None),
        (True, 150.0, {}, 109.0, None),
        (True, 150.0, {}, 110.0, "timeout"),
        (True, 150.0, {"pong_seconds": 0.0}, 1e6, None),
    ],
)
def test_keepalive(
    connection: Connection,
    registered: bool,
    pinged_at: float,
    limits: dict[str, float],
    at: float,
    due: str | None,
) -> None:
    connection.user = user() if registered else None
    connection.pinged_at = pinged_at
    settings = LimitsConfig(**limits)  # type: ignore[arg-type]
    assert keepalive.due(connection, settings, 100.0 + at) == due


def test_a_claim_under_way_is_not_late(connection: Connection) -> None:
    connection.registering = True
    assert keepalive.due(connection, LimitsConfig(), 1e6) is None


# Labels.


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ([], [b"@label=l\\s1 :srv ACK\r\n"]),
        ([b":srv X\r\n"], [b"@label=l\\s1 :srv X\r\n"]),
        ([b"@time=T :srv X\r\n"], [b"@label=l\\s1;time=T :srv X\r\n"]),
        (
            [b":srv X\r\n", b"@time=T Y\r\n"],
            [
                b"@label=l\\s1 :srv BATCH +r labeled-response\r\n",
                b"@batch=r :srv X\r\n",
                b"@batch=r;time=T Y\r\n",
                b":srv BATCH -r\r\n",
            ],
        ),
        (
            [b":srv BATCH +1 chathistory #a\r\n", b"@batch=1 X\r\n", b":srv BATCH -1\r\n"],
            [
                b"@label=l\\s1 :srv BATCH +1 chathistory #a\r\n",
                b"@batch=1 X\r\n",
                b":srv BATCH -1\r\n",
            ],
        ),
    ],
)
def test_labelled_answers(lines: list[bytes], answer: list[bytes]) -> None:
    label = Label("l 1")
    label.lines = lines
    assert label.answer("srv", "r") == answer


def test_a_text_that_looks_like_a_batch_is_none() -> None:
    label = Label("x")
    label.lines = [b":a PRIVMSG #a : BATCH +1\r\n", b":a PRIVMSG #b : BATCH +1\r\n"]
    assert len(label.answer("srv", "r")) == 4


def test_tagged() -> None:
    assert tagged(b"X\r\n", b"a=b") == b"@a=b X\r\n"
    assert tagged(b"@c X\r\n", b"a=b") == b"@a=b;c X\r\n"


# Presence.


def test_presence(connection: Connection) -> None:
    presence, ada = Presence(), user()
    one, two = Room("#1", "#1", 0), Room("#2", "#2", 0)
    other = Connection(2, "10.0.0.2", False, 512, 0.0)
    other.caps = SERVER_TIME
    ada.rooms = {one: None}
    presence.attach(connection, ada)
    presence.attach(other, ada)
    assert presence.groups(one) == {0: {connection: None}, SERVER_TIME: {other: None}}
    presence.enter(ada, two)
    assert presence.everyone(two) == [connection, other]
    presence.leave(ada, one)
    presence.leave(ada, one)  # nobody is there any more
    assert presence.groups(one) == {}
    ada.rooms = {two: None}
    presence.detach(connection, ada)
    presence.detach(connection, ada)
    assert presence.of(ada) == presence.everyone(two) == [other]
    presence.detach(other, ada)
    presence.detach(other, ada)
    assert presence.of(ada) == []
    assert presence.groups(two) == {}


def test_two_of_one_class_leave_one_by_one(connection: Connection) -> None:
    presence, ada, bob = Presence(), user(1), user(2)
    room = Room("#1", "#1", 0)
    ada.rooms = bob.rooms = {room: None}
    other = Connection(2, "10.0.0.2", False, 512, 0.0)
    presence.attach(connection, ada)
    presence.attach(other, bob)
    presence.leave(ada, room)
    assert presence.groups(room) == {0: {other: None}}


# Connections.


def test_what_a_connection_is_called(connection: Connection) -> None:
    assert connection.name == "*"
    connection.nick = "wanted"
    assert connection.name == "wanted"
    connection.user = user()
    assert connection.name == "u1"


# Jobs.


@pytest.mark.parametrize("job", [MakeCredentials("sesame"), Verify("$argon2id$", "sesame")])
def test_no_log_shows_a_password(job: object) -> None:
    assert "sesame" not in repr(job)
