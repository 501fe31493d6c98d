"""Messages in both directions, and the three ways in which our own are confirmed."""

from typing import Any

import pytest

from core.client import outbound
from core.client.events import (
    ConversationOpened,
    CtcpReceived,
    ErrorReceived,
    MessageReceived,
    SendFailed,
    ServerNotice,
)
from tests.core.client.talk import ALL_CAPS, Talk


def in_room(caps: str = ALL_CAPS, **settings: Any) -> Talk:
    settings.setdefault("initial_history", 0)
    settings.setdefault("find_conversations", False)
    talk = Talk(**settings)
    talk.welcome(caps)
    talk.enter("#r", "bob", history=True)
    return talk


def say(talk: Talk, text: str, target: str = "#r", **more: Any) -> list[str]:
    return [
        message.pending_id for message in talk.session.send_message(target, text, talk.now, **more)
    ]


# --- from others ----------------------------------------------------------------------------


def test_a_message_with_everything() -> None:
    talk = in_room()
    talk.server(
        "@msgid=x1;time=2024-01-01T00:00:00.000Z;account=robert :bob!b@h PRIVMSG #R :hi Ada!"
    )
    message = talk.one(MessageReceived)
    assert message.conversation == "#r"
    assert (message.nick, message.text, message.kind) == ("bob", "hi Ada!", "privmsg")
    assert (message.time, message.msgid, message.account) == (1704067200.0, "x1", "robert")
    assert message.mention
    assert not message.is_own
    assert message.source == "bob!b@h"


def test_strangers_without_end_make_no_conversations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.state.MOST_CONVERSATIONS", 2)
    talk = in_room()
    talk.server(*(f":eve{number}!e@h PRIVMSG ada :psst" for number in range(3)))
    assert set(talk.session.conversations) == {"#r", "eve0"}
    notices = [event for event in talk.events if isinstance(event, ServerNotice)]
    assert [notice.source for notice in notices] == ["eve1!e@h", "eve2!e@h"]
    talk.server(":bob!b@h PRIVMSG #r :hello", ":ada!a@host JOIN #forced")
    assert talk.one(MessageReceived).text == "hello"
    assert set(talk.session.rooms) == {"#r"}


def test_a_message_with_nothing() -> None:
    talk = in_room("")
    talk.now = 1234.0
    talk.server(":bob PRIVMSG #r :hi")
    message = talk.one(MessageReceived)
    assert (message.time, message.msgid, message.mention) == (1234.0, "", False)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("ada", True),
        ("ADA: x", True),
        ("adam", False),
        ("x_ada", False),
        ("(ada)", True),
        ("", False),
    ],
)
def test_mentions(text: str, mention: bool) -> None:
    talk = in_room()
    talk.server(f":bob!b@h PRIVMSG #r :{text}")
    assert talk.one(MessageReceived).mention is mention


def test_private_messages_notices_and_actions() -> None:
    talk = in_room()
    talk.server(
        ":Bob!b@h PRIVMSG ada :hi",
        ":bob!b@h NOTICE ada :note",
        ":bob!b@h PRIVMSG #r :\x01ACTION waves\x01",
        ":NickServ NOTICE ada :Welcome",
    )
    got = [(event.conversation, event.kind, event.text) for event in talk.of(MessageReceived)]
    assert got == [
        ("bob", "privmsg", "hi"),
        ("bob", "notice", "note"),
        ("#r", "action", "waves"),
        ("nickserv", "notice", "Welcome"),
    ]
    assert [event.name for event in talk.of(ConversationOpened)] == ["Bob", "NickServ"]


def test_a_message_to_the_operators_of_a_room() -> None:
    talk = in_room()
    talk.server("005 ada STATUSMSG=@+ :are", ":bob!b@h PRIVMSG @#r :to some")
    event = talk.one(MessageReceived)
    assert (event.conversation, event.ranks) == ("#r", "@")
    talk.events.clear()
    talk.server(":bob!b@h PRIVMSG #r :to all", ":bob!b@h PRIVMSG ada :to one")
    assert [each.ranks for each in talk.of(MessageReceived)] == ["", ""]


def test_the_server_itself() -> None:
    talk = in_room()
    talk.server(
        ":srv.example NOTICE ada :Maintenance",
        "NOTICE * :Looking up",
        ":srv.example 042 ada ID :x",
        "381 ada :You are now an IRC operator",
        "NOTE * OPER :Note this",
        "NOTICE x",
    )
    assert [event.text for event in talk.of(ServerNotice)] == [
        "Maintenance",
        "Looking up",
        "You are now an IRC operator",
        "Note this.",
    ]


def test_text_before_the_welcome_is_the_servers() -> None:
    talk = Talk()
    talk.connect()
    talk.server(
        ":srv NOTICE * :*** Looking up your hostname", "NOTICE AUTH :x", ":srv NOTICE AUTH :y"
    )
    assert [event.text for event in talk.of(ServerNotice)] == [
        "*** Looking up your hostname",
        "x",
        "y",
    ]
    assert not talk.of(ConversationOpened)


def test_ctcp() -> None:
    talk = in_room()
    talk.server(
        ":bob!b@h PRIVMSG ada :\x01VERSION\x01",
        ":bob!b@h NOTICE ada :\x01ping 123\x01",
        ":bob!b@h PRIVMSG ada :\x01ACTION\x01",
    )
    first, second, third = talk.of(CtcpReceived)
    assert (first.command, first.is_reply) == ("VERSION", False)
    assert (second.command, second.argument, second.is_reply) == ("PING", "123", True)
    assert third.command == "ACTION"
    assert not talk.of(MessageReceived)


def test_a_message_is_shown_once() -> None:
    talk = in_room()
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :hi", "@msgid=1 :bob!b@h PRIVMSG #r :hi")
    assert len(talk.of(MessageReceived)) == 1
    talk.server(":bob!b@h PRIVMSG #r :hi", ":bob!b@h PRIVMSG #r :hi")
    assert len(talk.of(MessageReceived)) == 2


# --- our own --------------------------------------------------------------------------------


def test_confirmed_by_label() -> None:
    talk = in_room()
    first, second = say(talk, "one\ntwo")
    assert talk.sent() == [f"@label={first} PRIVMSG #r one", f"@label={second} PRIVMSG #r two"]
    assert [message.text for message in talk.session.pending("#r")] == ["one", "two"]
    talk.server(f"@label={second};msgid=2 :ada!a@h PRIVMSG #r two")
    assert talk.one(MessageReceived).pending_id == second
    talk.server(f"@label={first};msgid=1 :ada!a@h PRIVMSG #r one")
    message = talk.one(MessageReceived)
    assert message.pending_id == first
    assert message.is_own
    assert talk.session.pending("#r") == ()


def test_confirmed_by_a_labelled_batch() -> None:
    talk = in_room()
    (pending,) = say(talk, "hi", "bob")
    talk.server(
        f"@label={pending} BATCH +1 labeled-response",
        "@batch=1 :ada!a@h PRIVMSG bob hi",
        "@batch=1 301 ada bob :away",
        "@msgid=7 :bob!b@h PRIVMSG ada :in between",
        "BATCH -1",
    )
    got = [(event.text, event.pending_id) for event in talk.of(MessageReceived)]
    assert got == [("in between", ""), ("hi", pending)]


def test_confirmed_by_ack() -> None:
    talk = in_room("message-tags batch labeled-response")
    (pending,) = say(talk, "hi", "NickServ", kind="notice")
    assert talk.sent() == [f"@label={pending} NOTICE NickServ hi", "PING parlor-1"]
    talk.server(f"@label={pending} ACK", f"@label={pending} ACK", "ACK")
    message = talk.one(MessageReceived)
    assert (message.pending_id, message.kind, message.is_own) == (pending, "notice", True)
    talk.server("PONG srv parlor-1")
    assert not talk.of(MessageReceived)


def test_another_device_of_ours() -> None:
    talk = in_room()
    (pending,) = say(talk, "hi")
    talk.server("@msgid=1 :ada!a@h PRIVMSG #r hi")
    assert talk.one(MessageReceived).pending_id == ""
    talk.server(f"@msgid=2;label={pending} :ada!a@h PRIVMSG #r hi")
    assert talk.one(MessageReceived).pending_id == pending
    talk.server("@msgid=3 :ada!a@h PRIVMSG bob :from my phone")
    assert talk.one(MessageReceived).conversation == "bob"


def test_confirmed_by_an_echo_with_the_same_text() -> None:
    talk = in_room("echo-message")
    first, second, action = say(talk, "a\na") + say(talk, "waves", kind="action")
    assert talk.sent() == ["PRIVMSG #r a", "PRIVMSG #r a", "PRIVMSG #r :\x01ACTION waves\x01"]
    talk.server(*[":ada!a@h PRIVMSG #r a "] * 3, ":ada!a@h PRIVMSG #r :\x01ACTION waves\x01")
    assert [event.pending_id for event in talk.of(MessageReceived)] == [first, second, "", action]


def test_confirmed_by_ping_where_nothing_else_is() -> None:
    talk = in_room("")
    first, second = say(talk, "one\ntwo")
    assert talk.sent() == ["PRIVMSG #r one", "PRIVMSG #r two", "PING parlor-1"]
    (third,) = say(talk, "three", "nobody")
    assert talk.sent() == ["PRIVMSG nobody three"]
    talk.server("PONG srv parlor-1")
    assert [event.pending_id for event in talk.of(MessageReceived)] == [first, second]
    assert talk.sent() == ["PING parlor-2"]
    talk.server("401 ada nobody :No such nick", "PONG srv parlor-2")
    failed = talk.one(SendFailed)
    assert (failed.pending_id, failed.code, failed.text) == (third, "401", "three")
    assert failed.sentence == "There is nobody called nobody."
    assert not talk.of(MessageReceived)
    assert talk.sent() == []


def test_a_message_to_ourselves_is_shown_once() -> None:
    talk = in_room()
    (pending,) = say(talk, "note", "ada")
    talk.server(
        "@msgid=1 :ada!a@h PRIVMSG ada note", f"@label={pending};msgid=1 :ada!a@h PRIVMSG ada note"
    )
    assert talk.one(MessageReceived).pending_id == pending
    talk.server("@msgid=1 :ada!a@h PRIVMSG ada note")
    assert talk.events == []
    talk.server("@msgid=2 :ada!a@h PRIVMSG ada :from elsewhere")
    assert talk.one(MessageReceived).is_own


def test_refused_by_label() -> None:
    talk = in_room()
    first, second = say(talk, "one\ntwo")
    talk.server(f"@label={second} 404 ada #r :Cannot send", f"@label={first} FAIL * X :Too fast")
    assert [(event.pending_id, event.code) for event in talk.of(SendFailed)] == [
        (second, "404"),
        (first, "X"),
    ]
    talk.server(f"@label={first} 404 ada #r :Cannot send", f"@label={first} FAIL * X #r :Too fast")
    assert [event.code for event in talk.of(ErrorReceived)] == ["404", "X"]


def test_refused_by_target() -> None:
    talk = in_room("echo-message")
    (first,) = say(talk, "one")
    (other,) = say(talk, "x", "eve")
    talk.server("404 ada #R :Cannot send")
    assert talk.one(SendFailed).pending_id == first
    talk.server("FAIL PRIVMSG BAD x eve :No")
    assert talk.one(SendFailed).pending_id == other
    talk.server("404 ada #r :Cannot send", "FAIL PRIVMSG BAD eve :No", "FAIL NICK BAD :No")
    assert [event.command for event in talk.of(ErrorReceived)] == ["", "PRIVMSG", "NICK"]


def test_too_long_has_no_target() -> None:
    talk = in_room("echo-message")
    (first,) = say(talk, "one")
    talk.server("417 ada :Input line was too long", "417 ada :Input line was too long")
    assert talk.one(SendFailed).pending_id == first
    assert talk.one(ErrorReceived).code == "417"


def test_errors_of_other_commands() -> None:
    talk = in_room()
    talk.server("421 ada FOO :Unknown command", "482 ada #r :no", "723 ada x :Insufficient")
    first, second, third = talk.of(ErrorReceived)
    assert first.command == "FOO"
    assert second.sentence == "Only operators of #r may do that."
    assert second.context == ("#r",)
    assert third.sentence == "Insufficient."


def test_unanswered_messages_are_given_up() -> None:
    talk = in_room("echo-message")
    (first,) = say(talk, "one")
    talk.wait(30.0)
    say(talk, "two")
    talk.wait(31.0)
    assert talk.one(SendFailed).pending_id == first
    talk.server(":ada!a@h PRIVMSG #r two")
    talk.wait(30.0)
    assert not talk.of(SendFailed)
    (third,) = say(talk, "three")
    talk.server("PING x")
    talk.wait(61.0)
    assert talk.one(SendFailed).pending_id == third


def test_a_long_paste_goes_out_in_portions() -> None:
    talk = in_room("echo-message")
    assert len(say(talk, "\n".join(f"line {n}" for n in range(61)))) == 61
    first = talk.sent()
    assert len(first) == outbound.WINDOW
    talk.server(*[f":ada!a@h {line}" for line in first[:10]])
    second = talk.sent()
    assert len(second) == 10
    talk.wait(50.0)
    talk.sent()
    talk.server(*[f":ada!a@h {line}" for line in (*first[10:], *second)])
    third = talk.sent()
    assert first + second + third == [f"PRIVMSG #r :line {n}" for n in range(60)]
    talk.wait(20.0)
    talk.server("PING x")
    talk.wait(35.0)
    assert not talk.of(SendFailed)
    talk.sent()
    talk.wait(6.0)
    assert len(talk.of(SendFailed)) == 25
    assert talk.sent() == ["PRIVMSG #r :line 60"]


def test_a_message_to_someone_else_waits_for_its_turn_too() -> None:
    talk = in_room("")
    say(talk, "\n".join("x" * 30))
    say(talk, "hi", "bob")
    assert len(talk.sent()) == outbound.WINDOW + 1
    talk.server("PONG srv parlor-1")
    assert talk.sent() == ["PRIVMSG #r x"] * 5 + ["PING parlor-2", "PRIVMSG bob hi"]


def test_long_text_is_split_for_what_others_receive() -> None:
    talk = in_room()
    text = "word " * 200
    assert len(say(talk, text)) == 3
    for line in talk.sent():
        sent_on = ":ada!a@host " + line.partition(" ")[2] + "\r\n"
        assert len(sent_on) <= 512


def test_the_source_is_learnt_from_an_echo() -> None:
    talk = in_room()
    talk.server(":ada!user@a.very.long.host PRIVMSG #r x", ":ada PRIVMSG #r x")
    (first, *_) = talk.session.send_message("#r", "x" * 600, talk.now)
    around = len(":ada!user@a.very.long.host PRIVMSG #r :\r\n")
    assert len(first.text) == 512 - around


@pytest.mark.parametrize("target", ["", "a b", ":x"])
def test_no_target(target: str) -> None:
    talk = in_room()
    assert say(talk, "x", target) == []
    talk.events = talk.session.take_events()
    assert talk.one(SendFailed).text == "x"


def test_a_target_that_makes_no_line() -> None:
    talk = in_room()
    say(talk, "x", "a\nb")
    talk.events = talk.session.take_events()
    assert talk.one(SendFailed).sentence == "The message cannot be sent."
    assert talk.sent() == []


def test_waiting_messages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "MOST_PENDING", 2)
    talk = Talk()
    say(talk, "a\nb\nc")
    talk.events = talk.session.take_events()
    assert talk.one(SendFailed).text == "c"


def test_messages_can_be_discarded_until_they_are_sent() -> None:
    talk = Talk()
    first, second = say(talk, "a\nb", "bob")
    assert talk.session.discard_pending(first)
    assert not talk.session.discard_pending(first)
    talk.welcome("echo-message")
    assert not talk.session.discard_pending(second)


def test_commands_as_typed() -> None:
    talk = in_room()
    assert talk.session.send_command("who", ["#r", "%na"])
    assert talk.session.send_line("@a=b  topic #r :new  topic")
    assert talk.sent() == ["WHO #r %na", "@a=b TOPIC #r :new  topic"]
    assert not talk.session.send_line("  ")
    assert not talk.session.send_command("WHO", ["a b", "c"])


def test_a_message_waits_for_the_room() -> None:
    talk = Talk()
    talk.welcome("echo-message")
    talk.session.join("#r")
    (pending,) = say(talk, "hi")
    assert talk.sent() == ["JOIN #r"]
    talk.server(":ada!a@h JOIN #r")
    assert talk.sent() == ["PRIVMSG #r hi"]
    talk.session.join("#s")
    (other,) = say(talk, "hi", "#s")
    talk.server("471 ada #s :full")
    assert talk.one(SendFailed).pending_id == other
    assert pending != other


def test_an_echo_that_comes_after_all_is_known() -> None:
    talk = Talk()
    talk.welcome()
    talk.enter("#room")
    (message,) = talk.session.send_message("#room", "hi", talk.now)
    talk.sent()
    talk.wait(70)
    assert talk.of(SendFailed)
    talk.server(f"@label={message.pending_id};msgid=7 :ada!a@h PRIVMSG #room :hi")
    assert talk.one(MessageReceived).pending_id == message.pending_id


def test_what_is_on_the_wire_when_the_echo_ends_is_confirmed_otherwise() -> None:
    talk = Talk()
    talk.welcome()
    talk.enter("#room")
    (message,) = talk.session.send_message("#room", "hi", talk.now)
    talk.sent()
    talk.server("CAP ada DEL :echo-message")
    (ping,) = talk.sent()
    talk.server(f"PONG srv {ping.split()[1]}")
    assert talk.one(MessageReceived).pending_id == message.pending_id


@pytest.mark.parametrize("command", ["TAGMSG", "REDACT"])
def test_a_refusal_names_the_command_that_was_labelled(command: str) -> None:
    talk = Talk()
    talk.welcome(ALL_CAPS + " draft/message-redaction")
    talk.enter("#room")
    if command == "TAGMSG":
        talk.session.react("#room", "7", "+1")
    else:
        talk.session.redact("#room", "7")
    label = talk.sent()[0].split(";")[0].split()[0]
    talk.server(f"{label} :srv 404 ada #room :Cannot send to channel")
    assert talk.one(ErrorReceived).command == command
