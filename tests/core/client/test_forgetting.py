"""Conversations that are put away begin anew: nothing of them counts as shown."""

import pytest

from core.client.events import (
    ConversationForgotten,
    HistoryReceived,
    MessageReceived,
    ReadMarkerChanged,
)
from core.client.settings import ClientSettings
from tests.core.client.talk import ALL_CAPS, Talk

SETTINGS = ClientSettings("ada", find_conversations=False)
UNLABELLED = ALL_CAPS.replace("labeled-response ", "")


def written_with(caps: str = ALL_CAPS) -> Talk:
    """Bob has written two messages, of which we were told."""
    talk = Talk(SETTINGS)
    talk.welcome(caps + " draft/read-marker")
    talk.server("@msgid=1 :bob!b@h PRIVMSG ada :one", "@msgid=2 :bob!b@h PRIVMSG ada :two")
    talk.sent()
    return talk


def test_what_was_shown_before_is_told_again() -> None:
    talk = written_with()
    assert talk.session.forget_conversation("Bob")
    assert "bob" not in talk.session.conversations
    talk.server("@msgid=3 :bob!b@h PRIVMSG ada :three")
    talk.sent()
    assert talk.one(MessageReceived).text == "three"
    assert talk.session.request_history("bob")
    talk.answer_history("@msgid=1 :bob!b@h PRIVMSG ada :one", "@msgid=2 :bob!b@h PRIVMSG ada :two")
    assert [one.text for one in talk.one(HistoryReceived).messages] == ["one", "two"]


def test_where_it_was_read_is_told_again() -> None:
    talk = written_with()
    marker = "MARKREAD bob timestamp=2024-01-01T00:00:00.000Z"
    talk.server(marker)
    talk.session.forget_conversation("bob")
    talk.server("@msgid=3 :bob!b@h PRIVMSG ada :three", marker)
    assert talk.of(ReadMarkerChanged)


def test_pages_on_their_way_are_not_wanted_any_more() -> None:
    talk = written_with()
    talk.session.request_history("bob")
    (asked,) = talk.sent()
    assert talk.session.forget_conversation("bob")
    assert talk.session.take_events() == [ConversationForgotten("bob")]
    talk.history_batch(asked, "@msgid=0 :bob!b@h PRIVMSG ada :zero")
    assert talk.events == []
    assert "bob" not in talk.session.conversations


def test_a_room_that_was_left_is_new_the_next_time() -> None:
    talk = Talk(SETTINGS)
    talk.welcome()
    talk.enter("#room")
    assert not talk.session.forget_conversation("#room")
    talk.server(":bob!b@h PRIVMSG #room :hi", ":ada!a@h PART #room")
    assert talk.session.forget_conversation("#room")
    assert not talk.session.forget_conversation("#room")
    talk.server(":ada!a@h JOIN #room")
    assert any("CHATHISTORY LATEST #room" in line for line in talk.sent())


@pytest.mark.parametrize("caps", [ALL_CAPS, UNLABELLED])
def test_what_is_on_its_way_still_is(caps: str) -> None:
    talk = written_with(caps)
    (message,) = talk.session.send_message("bob", "hi", talk.now)
    talk.sent()
    assert talk.session.forget_conversation("bob")
    label = f"label={message.pending_id};" if caps == ALL_CAPS else ""
    talk.server(f"@{label}msgid=3 :ada!a@h PRIVMSG bob :hi")
    assert talk.one(MessageReceived).pending_id == message.pending_id
    assert talk.session.request_history("bob")
    talk.answer_history("@msgid=2 :bob!b@h PRIVMSG ada :two")
    assert [one.text for one in talk.one(HistoryReceived).messages] == ["two"]


def test_not_while_an_answer_could_not_be_told_from_another() -> None:
    talk = written_with(UNLABELLED)
    talk.session.request_history("bob")
    assert not talk.session.forget_conversation("bob")
