"""The same bytes in any portions make the same events; no bytes at all make it raise."""

from hypothesis import given
from hypothesis import strategies as st

from core.client.events import Event, MessageReceived
from core.client.session import Session
from core.client.settings import ClientSettings
from tests.core.client.talk import ALL_CAPS, SUPPORT

MORE_CAPS = f"{ALL_CAPS} draft/event-playback draft/message-redaction draft/multiline"
CONVERSATION = (
    f":srv CAP * LS :{MORE_CAPS}=max-bytes=4096\r\n"
    f":srv CAP * ACK :{MORE_CAPS}\r\n"
    ":srv 001 ada :Hi\r\n"
    f":srv 005 ada {SUPPORT} :are supported\r\n"
    ":srv 422 ada :No MOTD\r\n"
    ":ada!a@h JOIN #r\r\n"
    ":srv 353 ada = #r :ada @bob\r\n"
    ":srv 366 ada #r :End\r\n"
    "@label=h2 :srv BATCH +1 chathistory #r\r\n"
    "@batch=1;msgid=1 :bob!b@h PRIVMSG #r :älter\r\n"
    "@batch=1;msgid=9 :bob!b@h BATCH +2 draft/multiline #r\r\n"
    "@batch=2 :bob!b@h PRIVMSG #r :ein\r\n"
    "@batch=2;draft/multiline-concat :bob!b@h PRIVMSG #r :s\r\n"
    ":srv BATCH -2\r\n"
    "@batch=1;msgid=8;+draft/reply=1;+draft/react=👍 :bob!b@h TAGMSG #r\r\n"
    "@batch=1 :bob!b@h JOIN #r\r\n"
    "@msgid=2 :bob!b@h PRIVMSG #r :live\r\n"
    ":srv BATCH -1\r\n"
    "@msgid=3;time=2024-01-01T00:00:00.000Z :bob!b@h PRIVMSG #r :😀\r\n"
    "@+typing=active :bob!b@h TAGMSG #r\n"
    "@msgid=4 :bob!b@h BATCH +3 draft/multiline #r\r\n"
    "@batch=3 :bob!b@h PRIVMSG #r :zwei\r\n"
    "@batch=3 :bob!b@h PRIVMSG #r :Zeilen\r\n"
    ":srv BATCH -3\r\n"
    "@msgid=5;+draft/reply=4;+draft/unreact=👍 :bob!b@h TAGMSG #r\r\n"
    "@msgid=6 :bob!b@h REDACT #r 4 :doch nicht\r\n"
    "PING x\r\n"
).encode()


def play(portions: list[bytes]) -> tuple[list[Event], bytes]:
    session = Session(ClientSettings("ada"))
    session.connection_made(0.0)
    events: list[Event] = []
    for portion in portions:
        events += session.receive(portion, 1.0)
    return events, session.data_to_send()


def test_whole_and_split_at_every_byte() -> None:
    whole = play([CONVERSATION])
    assert sum(isinstance(event, MessageReceived) for event in whole[0]) == 3
    for cut in range(1, len(CONVERSATION)):
        assert play([CONVERSATION[:cut], CONVERSATION[cut:]]) == whole
    single = [CONVERSATION[index : index + 1] for index in range(len(CONVERSATION))]
    assert play(single) == whole


def test_bad_bytes_are_shown_as_far_as_possible() -> None:
    session = Session(ClientSettings("ada"))
    session.connection_made(0.0)
    events = session.receive(b":bob!b@h PRIVMSG ada :caf\xe9\r\n\r\n \r\n:x\r\n@a \r\n\0\r\n", 1.0)
    assert [event.text for event in events if isinstance(event, MessageReceived)] == ["caf\u00e9"]


def test_a_line_without_end_is_dropped() -> None:
    session = Session(ClientSettings("ada"))
    session.connection_made(0.0)
    for _ in range(30):
        assert session.receive(b"x" * 1000, 1.0) == []
    events = session.receive(b"\r\n:bob!b@h PRIVMSG ada :hi\r\n", 1.0)
    assert isinstance(events[-1], MessageReceived)


COMMANDS = """
    JOIN PART KICK QUIT NICK MODE TOPIC INVITE AWAY ACCOUNT CHGHOST SETNAME
    PRIVMSG NOTICE TAGMSG REDACT ACK CAP PING PONG ERROR FAIL WARN NOTE BATCH CHATHISTORY
    001 005 301 305 311 317 318 319 322 323 324 329 332 333 341 352 353 366 376 403
    404 417 433 437 464 474 671 999
"""
WORDS = st.one_of(
    st.sampled_from(
        ["ada", "bob", "#r", "#R", "*", "=", "", "+o", "-b", "+1", "-1", "chathistory", "LS",
         "draft/multiline", "ACK", "NEW", "DEL", "TARGETS", "labeled-response", "ada,bob", "#r,#s",
         "@bob", "CASEMAPPING=rfc1459", "CASEMAPPING=ascii", "PREFIX=", "STATUSMSG=@", "batch"]
    ),
    st.text(max_size=12),
)  # fmt: skip
TAGS = st.dictionaries(
    st.sampled_from(
        [
            "label",
            "batch",
            "msgid",
            "time",
            "+typing",
            "+draft/react",
            "+reply",
            "draft/multiline-concat",
            "+draft/unreact",
        ]
    ),
    st.sampled_from(
        ["1", "m1", "h1", "h2", "active", "done", "2024-01-01T00:00:00Z", "0001-01-01"]
    ),
    max_size=3,
)
SOURCES = st.sampled_from(["", ":ada!a@h ", ":bob!b@h ", ":srv.example ", ":ada_ ", ":! ", ":@ "])


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    tags = draw(TAGS)
    section = "@" + ";".join(f"{key}={value}" for key, value in tags.items()) + " " if tags else ""
    words = draw(st.lists(WORDS, max_size=6))
    last = [":" + draw(WORDS)] if draw(st.booleans()) else []
    text = (
        section + draw(SOURCES) + " ".join([draw(st.sampled_from(COMMANDS.split())), *words, *last])
    )
    return text.encode(errors="replace") + b"\r\n"


@given(st.lists(lines(), max_size=40), st.binary(max_size=100), st.booleans())
def test_nothing_that_a_server_sends_makes_it_raise(
    stream: list[bytes], noise: bytes, welcomed: bool
) -> None:
    session = Session(ClientSettings("ada", rooms=("#r",)))
    now = 0.0
    for _ in range(2):
        session.connection_made(now)
        if welcomed:
            session.receive(CONVERSATION[: CONVERSATION.index(b"PING")], now)
        session.send_message("#r", "hello", now)
        session.send_message("bob", "hello", now)
        session.send_message("#r", "several\n\nlines", now)
        session.request_history("bob")
        session.request_context("#r", "1", "before")
        session.react("#r", "1", "👍")
        session.redact("#r", "1")
        for line in stream:
            now += 7.0
            session.receive(line, now)
            session.tick(now)
        session.receive(noise, now)
        session.data_to_send()
        session.connection_lost(now, "gone")
