"""Messages of several lines, to and from the server (https://ircv3.net/specs/extensions/multiline)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.client import multiline
from core.client.events import ErrorReceived, HistoryReceived, MessageReceived, SendFailed
from core.client.multiline import Limits, normal, pieces, portions, read_limits
from core.client.outbound import NOT_IN_ONE
from tests.core.client.talk import ALL_CAPS, Talk

LIMITS = "draft/multiline=max-bytes=1000,max-lines=30"
CAPS = f"{ALL_CAPS} {LIMITS}"
UNLABELLED = f"batch message-tags server-time echo-message draft/chathistory {LIMITS}"


def in_room(caps: str = CAPS, **settings: Any) -> Talk:
    settings.setdefault("initial_history", 0)
    talk = Talk(**settings, find_conversations=False)
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")
    return talk


def say(talk: Talk, text: str, target: str = "#r", **more: Any) -> list[str]:
    said = talk.session.send_message(target, text, talk.now, **more)
    return [message.pending_id for message in said]


def batch(name: str, *lines: str, tags: str = "", source: str = ":bob!b@h ") -> list[str]:
    """A message of several lines from the server; "+" before a line goes on with the last."""
    inside = [
        f"@batch={name}{';draft/multiline-concat' * line.startswith('+')} "
        f"{source or ':srv '}PRIVMSG #r :{line.removeprefix('+')}"
        for line in lines
    ]
    opening = f"{tags}{source or ':srv '}BATCH +{name} draft/multiline #r"
    return [opening, *inside, f"BATCH -{name}"]


# --- from the server --------------------------------------------------------------------------


def test_the_lines_are_one_message() -> None:
    talk = in_room()
    tags = "@msgid=xxx;account=robert;time=2024-01-01T00:00:00.000Z;+draft/reply=0 "
    talk.server(*batch("123", "hello", "", "how is ", "+everyone?", tags=tags))
    message = talk.one(MessageReceived)
    assert message.text == "hello\n\nhow is everyone?"
    assert (message.msgid, message.account, message.reply_to) == ("xxx", "robert", "0")
    assert (message.nick, message.source, message.time) == ("bob", "bob!b@h", 1704067200.0)
    assert set(message.tags) == {"msgid", "account", "time", "+draft/reply"}
    assert [type(event) for event in talk.events] == [MessageReceived]


def test_a_batch_without_a_source_has_that_of_its_lines() -> None:
    talk = in_room()
    talk.server(
        "BATCH +1 draft/multiline #r",
        "@batch=1 :bob!b@h NOTICE #r a",
        "@batch=1 :bob!b@h NOTICE #r b",
        "BATCH -1",
    )
    message = talk.one(MessageReceived)
    assert (message.nick, message.kind, message.text) == ("bob", "notice", "a\nb")


def test_what_no_server_takes_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.multiline.MOST_CHARACTERS", 5)
    talk = in_room()
    talk.server(
        "BATCH +1 draft/multiline #r",
        *(f"@batch=1 :bob!b@h PRIVMSG #r :{word}" for word in ("one", "two", "six")),
        "BATCH -1",
    )
    assert talk.one(MessageReceived).text == "one\nt…"


def test_batches_that_say_nothing() -> None:
    talk = in_room()
    talk.server("BATCH +1 draft/multiline #r", "@batch=1 :bob!b@h PRIVMSG", "BATCH -1")
    assert talk.events == []


def test_in_the_history_and_in_a_labelled_response() -> None:
    talk = in_room(initial_history=10)
    (asked,) = talk.sent()
    label = asked.partition(" ")[0]
    talk.server(
        f"{label} BATCH +o labeled-response",
        "@batch=o BATCH +h chathistory #r",
        "@batch=h;msgid=1 :bob!b@h BATCH +m draft/multiline #r",
        "@batch=m :bob!b@h PRIVMSG #r a",
        "@batch=m :bob!b@h PRIVMSG #r b",
        "@batch=h BATCH +n netjoin a b",
        "@batch=n :eve!e@h JOIN #r",
        "BATCH -n",
        "BATCH -m",
        "@batch=h;msgid=2 :bob!b@h PRIVMSG #r c",
        "BATCH -h",
        "BATCH -o",
    )
    messages = talk.one(HistoryReceived).messages
    assert [(one.text, one.msgid) for one in messages] == [("a\nb", "1"), ("c", "2")]


# --- to the server ----------------------------------------------------------------------------


def test_several_lines_go_out_as_one_message() -> None:
    talk = in_room()
    (pending,) = say(talk, "\nhello\r\n\r\nthere \x01\0\n\n", reply_to="7")
    assert talk.session.features.multiline
    assert talk.sent() == [
        f"@label={pending};+draft/reply=7 BATCH +{pending} draft/multiline #r",
        f"@batch={pending} PRIVMSG #r hello",
        f"@batch={pending} PRIVMSG #r :",
        f"@batch={pending} PRIVMSG #r :there ",
        f"BATCH -{pending}",
    ]
    assert [message.text for message in talk.session.pending("#r")] == ["hello\n\nthere "]
    talk.server(
        *batch("9", "hello", "", "there ", tags=f"@label={pending};msgid=1 ", source=":ada!a@h ")
    )
    message = talk.one(MessageReceived)
    assert (message.pending_id, message.is_own, message.msgid) == (pending, True, "1")
    assert talk.session.pending("#r") == ()


def test_a_long_line_goes_out_in_pieces() -> None:
    talk = in_room()
    text = "word " * 150
    (pending,) = say(talk, text, kind="notice")
    _, first, second, _ = talk.sent()
    assert first.startswith(f"@batch={pending} NOTICE #r :word")
    assert first.endswith("word ")
    assert second.startswith(f"@batch={pending};draft/multiline-concat NOTICE #r :word")
    sent_on = ":ada!a@host " + first.partition(" ")[2] + "\r\n"
    assert len(sent_on) <= 512
    assert first.partition(":")[2] + second.partition(":")[2] == text


def test_one_line_is_sent_as_ever() -> None:
    talk = in_room()
    (pending,) = say(talk, "hi\n")
    assert talk.sent() == [f"@label={pending} PRIVMSG #r hi"]
    assert say(talk, " \n\n") == []


def test_actions_are_of_one_line() -> None:
    talk = in_room()
    first, second = say(talk, "waves\nleaves", kind="action")
    assert talk.sent() == [
        f"@label={first} PRIVMSG #r :\x01ACTION waves\x01",
        f"@label={second} PRIVMSG #r :\x01ACTION leaves\x01",
    ]


def test_past_the_servers_limits_there_are_several_messages() -> None:
    talk = in_room()
    said = talk.session.send_message("#r", "\n".join(f"{n}" for n in range(70)), talk.now)
    assert [message.text.count("\n") + 1 for message in said] == [30, 30, 10]
    assert len([line for line in talk.sent() if "BATCH +" in line]) == 1  # one after the other
    long = talk.session.send_message("#r", "x" * 2500, talk.now)
    assert [len(message.text) for message in long] == [972, 972, 556]


def test_long_messages_wait_for_each_other() -> None:
    talk = in_room()
    first, second, third = (say(talk, "\n".join("x" * 20))[0] for _ in range(3))
    assert talk.sent()[-1] == f"BATCH -{first}"
    assert say(talk, "short", "bob")
    assert len(talk.sent()) == 1
    talk.server(f"@label={first} ACK")
    assert talk.sent()[-1] == f"BATCH -{second}"
    talk.server(f"@label={second} ACK")
    assert talk.sent()[-1] == f"BATCH -{third}"


@pytest.mark.parametrize("missing", ["batch", "message-tags", LIMITS])
def test_servers_that_do_not_have_it(missing: str) -> None:
    talk = in_room(f"message-tags {LIMITS} batch".replace(missing, ""))
    assert not talk.session.features.multiline
    assert len(say(talk, "a\n\nb")) == 2
    assert talk.sent()[:2] == ["PRIVMSG #r a", "PRIVMSG #r b"]


def test_a_value_without_bytes_is_none() -> None:
    assert read_limits("") is None
    assert read_limits("max-bytes=x,max-lines=3") is None
    assert read_limits("max-bytes=3") is None
    assert read_limits("max-bytes=40000") == Limits(40000)
    assert read_limits("new,max-lines=10,max-bytes=40,other=1") == Limits(40, 10)
    assert not in_room("batch message-tags draft/multiline").session.features.multiline


def test_a_target_that_makes_no_line() -> None:
    talk = in_room()
    say(talk, "a\nb", "x\ny")
    talk.events = talk.session.take_events()
    assert talk.one(SendFailed).sentence == "The message cannot be sent."
    assert talk.sent() == []


# --- what becomes of them ---------------------------------------------------------------------


def test_refused_by_label() -> None:
    talk = in_room()
    first, second = say(talk, "a\nb") + say(talk, "c\nd")
    talk.server(
        f"@label={first} BATCH +1 labeled-response",
        "@batch=1 417 ada :Input line was too long",
        "@batch=1 FAIL BATCH MULTILINE_INVALID :A line of the batch is too long",
        "BATCH -1",
        f"@label={second} FAIL BATCH MULTILINE_MAX_LINES 30 :Multiline batch max-lines exceeded",
    )
    assert [(one.pending_id, one.code, one.text) for one in talk.of(SendFailed)] == [
        (first, "417", "a\nb"),
        (second, "MULTILINE_MAX_LINES", "c\nd"),
    ]
    assert talk.of(SendFailed)[1].sentence == "The message has too many lines for this server."
    assert not talk.of(ErrorReceived)


def test_refused_without_a_label() -> None:
    talk = in_room(UNLABELLED)
    plain, several = say(talk, "plain") + say(talk, "a\nb")
    fail = "FAIL BATCH MULTILINE_MAX_BYTES 1000 :Multiline batch max-bytes exceeded"
    talk.server(fail, fail)
    failed = talk.one(SendFailed)
    assert (failed.pending_id, failed.sentence) == (
        several, "The message is too long for this server."
    )  # fmt: skip
    assert talk.one(ErrorReceived).command == "BATCH"
    assert [message.pending_id for message in talk.session.pending("#r")] == [plain]


def test_confirmed_by_its_text() -> None:
    talk = in_room(UNLABELLED)
    first, second = say(talk, "a \nb") + say(talk, "a\nb")
    talk.server(*batch("1", "a", "b ", source=":ada!a@h ") * 2)
    assert [event.pending_id for event in talk.of(MessageReceived)] == [first, second]


def test_only_what_the_history_does_not_hold_is_sent_again() -> None:
    talk = in_room()
    talk.server("@msgid=0 :bob!b@h PRIVMSG #r :before")
    first, second = say(talk, "one\n\none") + say(talk, "two\n\ntwo")
    talk.sent()
    talk.lose()
    talk.welcome(CAPS)
    talk.server(":ada!a@host JOIN #r")
    (asked,) = talk.sent()
    label = asked.partition(" ")[0]
    talk.server(
        f"{label} BATCH +h chathistory #r",
        "@batch=h;msgid=1 :ada!a@h BATCH +m draft/multiline #r",
        "@batch=m :ada!a@h PRIVMSG #r one",
        "@batch=m :ada!a@h PRIVMSG #r :",
        "@batch=m :ada!a@h PRIVMSG #r one",
        "BATCH -m",
        "BATCH -h",
    )
    assert [one.pending_id for one in talk.one(HistoryReceived).messages] == [first]
    talk.answer_history()
    assert [line for line in talk.sent() if "BATCH" in line] == [
        f"@label={second} BATCH +{second} draft/multiline #r", f"BATCH -{second}"
    ]  # fmt: skip


def test_said_while_the_connection_is_broken() -> None:
    talk = in_room()
    talk.lose()
    (kept,) = say(talk, "a\nb")
    talk.connect()
    (other,) = say(talk, "c\nd")
    talk.server(f"CAP * LS :{CAPS}")
    for line in talk.sent():
        talk.server(f"CAP * ACK :{line.removeprefix('CAP REQ ').removeprefix(':')}")
    talk.server("001 ada :Hi", "422", ":ada!a@host JOIN #r")
    talk.answer_history()
    assert [line for line in talk.sent() if "BATCH -" in line] == [
        f"BATCH -{kept}", f"BATCH -{other}"
    ]  # fmt: skip


def test_the_next_connection_does_not_have_it() -> None:
    talk = in_room()
    talk.lose()
    several, long, short = say(talk, "a\nb") + say(talk, "x" * 600) + say(talk, "y" * 440)
    talk.welcome("echo-message")
    talk.server(":ada!a@a.host.with.a.very.long.name.indeed JOIN #r")
    assert [(one.pending_id, one.sentence) for one in talk.of(SendFailed)] == [
        (several, NOT_IN_ONE), (long, NOT_IN_ONE)
    ]  # fmt: skip
    assert talk.sent() == ["PRIVMSG #r " + "y" * 440]
    assert len(say(talk, "a\nb", "bob")) == 2
    assert short


def test_it_comes_and_goes_while_we_are_connected() -> None:
    talk = in_room()
    talk.server("CAP ada DEL draft/multiline")
    assert not talk.session.features.multiline
    assert len(say(talk, "a\nb")) == 2
    talk.server("CAP ada NEW :draft/multiline=max-bytes=20")
    talk.server("CAP ada ACK draft/multiline")
    assert [each.text for each in talk.session.send_message("#r", "a\n" + "b" * 30, 0.0)] == [
        "a", "b" * 20, "b" * 10
    ]  # fmt: skip


# --- cutting ----------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab \n\r\x01é😀"), max_size=300)


@given(TEXTS, st.integers(4, 40))
def test_pieces_make_the_text_again(text: str, limit: int) -> None:
    text = normal(text)
    cut = pieces(text, limit)
    again = "".join(("" if piece.joined or not n else "\n") + piece.text
                    for n, piece in enumerate(cut))  # fmt: skip
    assert again == text
    assert all(len(piece.text.encode()) <= limit for piece in cut)
    assert all(piece.text for piece in cut if piece.joined)


@given(TEXTS, st.integers(4, 40), st.integers(5, 60), st.integers(0, 5))
def test_portions_keep_to_the_limits_and_lose_no_word(
    text: str, limit: int, max_bytes: int, max_lines: int
) -> None:
    found = portions(normal(text), limit, Limits(max_bytes, max_lines))
    for portion in found:
        lines = pieces(portion, limit)
        assert len(portion.encode()) <= max_bytes
        assert not max_lines or len(lines) <= max_lines
        assert portion.strip()
    everything = "".join("".join(found).split())
    assert everything == "".join(text.replace("\x01", "").split())


def test_lines_of_a_batch_in_a_batch() -> None:
    assert multiline.normal("a\r\nb\rc") == "a\nb\nc"
    assert [piece.text for piece in pieces("one two three", 8)] == ["one two ", "three"]
    assert [piece.text for piece in pieces("        xyz", 8)] == ["        ", "xyz"]
