"""Looking at a place in the past, without any effect on what is known of the conversation."""

from typing import Any

import pytest

from core.client import pages
from core.client.events import (
    ContextFailed,
    ContextReceived,
    ConversationOpened,
    HistoryReceived,
)
from core.client.settings import ClientSettings
from tests.core.client.talk import ALL_CAPS, Talk

CAPS = f"{ALL_CAPS} draft/event-playback draft/message-redaction"
UNLABELLED = "draft/chathistory batch message-tags server-time"


def text(number: int, room: str = "#r") -> str:
    return (
        f"@msgid={number};time=2024-01-01T00:00:{number:02}.000Z :bob!b@h PRIVMSG {room} :{number}"
    )


def join(number: int) -> str:
    return f"@time=2024-01-01T00:00:{number:02}.000Z :eve!e@h JOIN #r"


def reaction(number: int, to: int) -> str:
    return f"@msgid={number};+draft/reply={to};+draft/react=x :bob!b@h TAGMSG #r"


def in_room(caps: str = CAPS, *known: str) -> Talk:
    talk = Talk(ClientSettings("ada", find_conversations=False))
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")
    talk.answer_history(*(known or (text(40), text(41))))
    return talk


def ask(talk: Talk, msgid: str, where: Any = "around", limit: int = 3, target: str = "#r") -> str:
    assert talk.session.request_context(target, msgid, where, limit)
    (asked,) = talk.sent()
    return asked


def answer(talk: Talk, *lines: str) -> ContextReceived:
    """The answer to what was asked last."""
    talk.answer_history(*lines)
    return talk.one(ContextReceived)


def test_around_a_message() -> None:
    talk = in_room()
    asked = ask(talk, "20")
    assert asked == "@label=h2 CHATHISTORY AROUND #r msgid=20 3"
    before = repr(talk.session.conversations["#r"])
    talk.history_batch(asked, text(19), text(20), reaction(21, 20), join(22), text(41))
    got = talk.one(ContextReceived)
    assert (got.conversation, got.msgid, got.where, got.edge) == ("#r", "20", "around", False)
    assert [one.text for one in got.messages] == ["19", "20", "41"]
    assert got.messages[0].from_history
    assert [one.msgid for one in got.reactions] == ["20"]
    assert repr(talk.session.conversations["#r"]) == before
    # Neither are they known now, nor is what they bring taken as told.
    talk.session.request_history("#r")
    talk.answer_history(text(19), text(20), reaction(21, 20))
    page = talk.one(HistoryReceived)
    assert [one.text for one in page.messages] == ["19", "20"]
    assert len(page.reactions) == 1


def test_its_size_is_that_of_a_page() -> None:
    talk = in_room()
    assert ask(talk, "20", limit=0).endswith(" 100")
    assert ask(talk, "20", limit=500).endswith(" 100")


def test_a_message_that_is_gone() -> None:
    talk = in_room()
    talk.history_batch(ask(talk, "20"), text(19), text(21))
    failed = talk.one(ContextFailed)
    assert (failed.conversation, failed.msgid, failed.where) == ("#r", "20", "around")
    assert (failed.sentence, failed.code) == ("The message is not there any more.", "")
    talk.history_batch(ask(talk, "20"), text(19), text(20), ":bob!b@h REDACT #r 20")
    assert talk.one(ContextFailed).msgid == "20"


def test_what_was_taken_back_is_left_out() -> None:
    talk = in_room()
    ask_line = ask(talk, "20")
    talk.history_batch(ask_line, text(19), text(20), ":bob!b@h REDACT #r 19")
    assert [one.text for one in talk.one(ContextReceived).messages] == ["20"]


def test_before_and_after() -> None:
    talk = in_room()
    assert ask(talk, "20", "before") == "@label=h2 CHATHISTORY BEFORE #r msgid=20 3"
    talk.history_batch("@label=h2 CHATHISTORY BEFORE #r", text(17), text(18), text(19))
    got = talk.one(ContextReceived)
    assert (got.where, got.edge, len(got.messages)) == ("before", False, 3)
    ask_after = ask(talk, "20", "after")
    talk.history_batch(ask_after, text(21), text(22))
    assert not talk.one(ContextReceived).edge
    talk.history_batch(ask(talk, "38", "after"), text(39), text(40), text(41))
    assert talk.one(ContextReceived).edge  # here the conversation begins


@pytest.mark.parametrize("where", ["before", "after"])
def test_nothing_lies_beyond(where: str) -> None:
    talk = in_room()
    talk.history_batch(ask(talk, "20", where))
    got = talk.one(ContextReceived)
    assert (got.messages, got.edge) == ((), True)


def test_the_beginning_is_known() -> None:
    talk = in_room()
    talk.session.request_history("#r")
    talk.answer_history(text(1), text(2))
    talk.history_batch(ask(talk, "3", "before"), text(1), text(2))
    assert not talk.one(ContextReceived).edge
    talk.session.request_history("#r")
    talk.answer_history()
    talk.history_batch(ask(talk, "3", "before"), text(1), text(2))
    assert talk.one(ContextReceived).edge


def test_pages_without_a_message_are_passed_over() -> None:
    talk = in_room()
    asked = ask(talk, "20", "before")
    talk.history_batch(asked, join(17), reaction(18, 16), join(19))
    assert talk.events == []
    (asked,) = talk.sent()
    assert asked == "@label=h3 CHATHISTORY BEFORE #r msgid=18 3"
    got = answer_to(talk, asked, join(15), text(16), reaction(17, 16))
    assert [one.text for one in got.messages] == ["16"]
    assert len(got.reactions) == 2
    asked = ask(talk, "20", "after")
    talk.history_batch(asked, reaction(21, 20), join(22), join(23))
    (asked,) = talk.sent()
    assert asked == "@label=h5 CHATHISTORY AFTER #r timestamp=2024-01-01T00:00:22.999Z 3"
    got = answer_to(talk, asked, text(24))
    assert ([one.text for one in got.messages], len(got.reactions)) == (["24"], 1)


def answer_to(talk: Talk, asked: str, *lines: str) -> ContextReceived:
    talk.history_batch(asked, *lines)
    return talk.one(ContextReceived)


def test_pages_without_end_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_EMPTY", 2)
    talk = in_room()
    asked = ask(talk, "20", "before")
    talk.history_batch(asked, join(19))
    got = answer(talk, join(18))
    assert (got.messages, got.edge) == ((), True)


def test_several_at_once() -> None:
    talk = in_room()
    talk.server(":ada!a@host JOIN #s")
    talk.answer_history(text(50, "#s"))
    asked = [ask(talk, "20"), ask(talk, "30"), ask(talk, "7", target="#s")]
    assert talk.session.request_history("#r")
    (older,) = talk.sent()
    talk.history_batch(asked[2], text(7, "#s"))
    assert talk.one(ContextReceived).conversation == "#s"
    talk.history_batch(older, text(39))
    assert talk.one(HistoryReceived).where == "before"
    talk.history_batch(asked[1], text(30))
    assert talk.one(ContextReceived).msgid == "30"
    talk.server(f"{asked[0].split()[0]} FAIL CHATHISTORY INVALID_TARGET AROUND #r :Not for you")
    failed = talk.one(ContextFailed)
    assert (failed.msgid, failed.sentence) == ("20", "Not for you.")


def test_without_labels_the_answers_come_in_order() -> None:
    talk = in_room(UNLABELLED)
    first = ask(talk, "20")
    assert first == "CHATHISTORY AROUND #r msgid=20 3"
    second = ask(talk, "30")
    talk.server("FAIL CHATHISTORY INVALID_PARAMS AROUND #r :Unknown message")
    assert talk.one(ContextFailed).sentence == "The message is not there any more."
    talk.history_batch(second, text(30))
    assert talk.one(ContextReceived).msgid == "30"


def test_no_answer() -> None:
    talk = in_room()
    ask(talk, "20")
    talk.wait(pages.PATIENCE + 1.0)
    assert talk.one(ContextFailed).sentence == "The server did not answer."
    talk.history_batch("@label=h2 CHATHISTORY AROUND #r", text(20))
    assert talk.events == []  # too late
    ask(talk, "20")
    talk.lose()
    assert talk.one(ContextFailed).sentence == "Not connected."


def test_who_has_it() -> None:
    assert in_room().session.features.context
    talk = in_room(UNLABELLED)
    talk.server("005 ada MSGREFTYPES=timestamp :are")
    assert not talk.session.features.context
    assert talk.session.features.history


def test_where_it_cannot_be_asked_for() -> None:
    talk = in_room()
    assert not talk.session.request_context("#r", "")
    talk.events = talk.session.take_events()
    assert (talk.one(ContextFailed).where, talk.one(ContextFailed).code) == ("around", "")
    talk.server("005 ada MSGREFTYPES=timestamp :are")
    assert not talk.session.request_context("#r", "20")
    other = Talk(ClientSettings("ada"))
    other.welcome("batch")
    assert not other.session.request_context("bob", "20")
    other.events = other.session.take_events()
    assert [type(event) for event in other.events] == [ConversationOpened, ContextFailed]
