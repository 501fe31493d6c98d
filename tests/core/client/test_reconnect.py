"""After a broken connection: nothing is lost, nothing comes twice, nothing is sent blindly."""

from typing import Any

from core.client.events import (
    HistoryReceived,
    JoinFailed,
    MessageReceived,
    Registered,
    RoomJoined,
    SendFailed,
)
from core.client.settings import ClientSettings
from tests.core.client.talk import ALL_CAPS, Talk

NO_HISTORY = "message-tags server-time echo-message labeled-response batch"


def in_room(caps: str = ALL_CAPS, **settings: Any) -> Talk:
    talk = Talk(ClientSettings("ada", find_conversations=False, **settings))
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")
    if "chathistory" in caps:
        talk.answer_history("@msgid=0 :bob!b@h PRIVMSG #r :before")
    talk.sent()
    return talk


def say(talk: Talk, *texts: str, target: str = "#r") -> list[str]:
    return [
        message.pending_id
        for text in texts
        for message in talk.session.send_message(target, text, talk.now)
    ]


def back(talk: Talk, caps: str = ALL_CAPS) -> None:
    """Reconnect and rejoin."""
    talk.lose()
    talk.now += 5.0
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")


def test_the_rooms_are_joined_again() -> None:
    talk = in_room()
    talk.lose()
    talk.connect()
    talk.server("001 ada :Hi", "422")
    assert talk.one(Registered).reconnected
    assert "JOIN #r" in talk.sent()
    talk.server(":ada!a@host JOIN #r")
    assert talk.one(RoomJoined).rejoined


def test_only_what_the_history_does_not_hold_is_sent_again() -> None:
    talk = in_room()
    first, second, third = say(talk, "one", "two", "two")
    talk.sent()
    back(talk)
    (queued,) = say(talk, "later")
    talk.answer_history(
        "@msgid=1 :ada!a@h PRIVMSG #r :one",
        "@msgid=2 :bob!b@h PRIVMSG #r :two",
        "@msgid=3 :ada!a@h PRIVMSG #r :two",
    )
    messages = talk.one(HistoryReceived).messages
    assert [message.pending_id for message in messages] == [first, "", second]
    talk.answer_history()
    assert talk.sent() == [f"@label={third} PRIVMSG #r two", f"@label={queued} PRIVMSG #r later"]
    talk.server(f"@label={third};msgid=4 :ada!a@h PRIVMSG #r two")
    assert talk.one(MessageReceived).pending_id == third


def test_a_nick_of_before_counts_as_ours() -> None:
    talk = in_room()
    (first,) = say(talk, "one")
    talk.lose()
    talk.connect()
    talk.server(f"CAP * LS :{ALL_CAPS}")
    talk.server(f"CAP * ACK :{ALL_CAPS.replace(' sasl=PLAIN', '')}", "433 * ada :In use")
    talk.server("001 ada_ :Hi", "005 ada_ CASEMAPPING=ascii :are", "422", ":ada_!a@h JOIN #r")
    talk.answer_history("@msgid=1 :ada!a@h PRIVMSG #r :one")
    assert talk.one(HistoryReceived).messages[0].pending_id == first


def test_without_history_nobody_knows() -> None:
    talk = in_room(NO_HISTORY)
    (uncertain,) = say(talk, "one")
    talk.sent()
    talk.lose()
    (queued,) = say(talk, "later")
    talk.welcome(NO_HISTORY)
    talk.server(":ada!a@host JOIN #r")
    failed = talk.one(SendFailed)
    assert failed.pending_id == uncertain
    assert "may not have been sent" in failed.sentence
    assert talk.sent() == [f"@label={queued} PRIVMSG #r later"]


def test_private_messages_without_history() -> None:
    talk = in_room(NO_HISTORY)
    (uncertain,) = say(talk, "one", target="bob")
    talk.lose()
    (queued,) = say(talk, "two", target="bob")
    talk.connect()
    talk.server("001 ada :Hi", "422")
    assert talk.one(SendFailed).pending_id == uncertain
    assert "PRIVMSG bob two" in talk.sent()
    assert queued


def test_a_gap_leaves_the_decision_to_the_user() -> None:
    talk = in_room()
    (uncertain,) = say(talk, "one")
    back(talk)
    talk.sent()
    talk.server("FAIL CHATHISTORY UNKNOWN AFTER #r :Forgotten")
    talk.answer_history("@msgid=9 :bob!b@h PRIVMSG #r :much later")
    assert talk.one(SendFailed).pending_id == uncertain


def test_the_first_messages_of_a_room() -> None:
    """Nothing was known before: the time tells an old message from the one that is missed."""
    talk = Talk(ClientSettings("ada", find_conversations=False, initial_history=3))
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    talk.answer_history()
    hello, again = say(talk, "hello", "again")
    talk.sent()
    back(talk)
    talk.answer_history(
        "@time=1970-01-01T00:00:01.000Z :ada!a@h PRIVMSG #r :again",
        "@time=1970-01-01T00:16:40.100Z;msgid=1 :ada!a@h PRIVMSG #r :hello",
    )
    messages = talk.one(HistoryReceived).messages
    assert [message.pending_id for message in messages] == ["", hello]
    assert talk.sent() == [f"@label={again} PRIVMSG #r again"]


def test_the_first_messages_of_a_room_where_one_page_is_not_enough() -> None:
    talk = Talk(ClientSettings("ada", find_conversations=False, initial_history=1))
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    talk.answer_history()
    (hello,) = say(talk, "hello")
    talk.sent()
    back(talk)
    talk.answer_history("@msgid=9 :bob!b@h PRIVMSG #r :much later")
    assert talk.one(SendFailed).pending_id == hello


def test_what_was_seen_is_not_shown_again() -> None:
    talk = in_room()
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :one")
    back(talk)
    talk.server("@msgid=3 :bob!b@h PRIVMSG #r :three")
    talk.answer_history("@msgid=2 :bob!b@h PRIVMSG #r :two", "@msgid=3 :bob!b@h PRIVMSG #r :three")
    assert [message.text for message in talk.one(HistoryReceived).messages] == ["two", "three"]
    talk.answer_history()
    assert not talk.of(MessageReceived)


def test_a_room_that_does_not_let_us_back() -> None:
    talk = in_room()
    (uncertain,) = say(talk, "one")
    talk.lose()
    talk.connect()
    talk.server("001 ada :Hi", "422", "473 ada #r :Invite only")
    assert talk.one(JoinFailed).code == "473"
    assert talk.one(SendFailed).pending_id == uncertain
    assert talk.session.rooms == {}


def test_messages_for_a_room_that_we_are_not_in_any_more() -> None:
    talk = in_room(rejoin=False)
    (uncertain,) = say(talk, "one")
    talk.lose()
    talk.connect()
    talk.server("001 ada :Hi", "422")
    assert talk.one(SendFailed).pending_id == uncertain


def test_messages_that_wait_when_we_leave() -> None:
    talk = Talk(ClientSettings("ada", find_conversations=False))
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    (waiting,) = say(talk, "one")
    talk.server(":ada!a@host PART #r")
    assert talk.one(SendFailed).pending_id == waiting


def test_the_connection_breaks_twice() -> None:
    talk = in_room()
    (first,) = say(talk, "one")
    talk.lose()
    talk.connect()
    talk.lose("refused")
    back(talk)
    talk.answer_history()
    assert talk.sent() == [f"@label={first} PRIVMSG #r one"]


def test_a_person_renamed_with_messages_waiting() -> None:
    talk = in_room()
    talk.server("@msgid=1 :bob!b@h PRIVMSG ada :hi")
    talk.lose()
    (waiting,) = say(talk, "hello", target="bob")
    talk.welcome()
    talk.server(":bob!b@h NICK rob")
    assert talk.session.pending("rob")[0].target == "rob"
    assert waiting


def test_a_clock_that_is_wrong_does_not_send_twice() -> None:
    """Nothing was said to us before; what else the server says tells how the clocks differ."""
    talk = Talk(ClientSettings("ada", find_conversations=False))
    talk.welcome()
    talk.server("@time=1970-01-01T00:10:00.000Z :ada!a@h JOIN #r")  # 400 seconds behind ours
    talk.session.send_message("bob", "hi", talk.now)
    talk.lose()
    talk.welcome()
    asked = next(line for line in talk.greeting if "LATEST bob" in line)
    talk.history_batch(asked, "@msgid=1;time=1970-01-01T00:10:00.500Z :ada!a@h PRIVMSG bob :hi")
    assert talk.one(HistoryReceived).messages[0].pending_id
    assert not any("PRIVMSG bob" in line for line in talk.sent())
