"""Pages of the history: none is lost, none comes twice, whatever else stands on them."""

from typing import Any

import pytest

from core.client import pages
from core.client.events import (
    ConversationRenamed,
    HistoryFailed,
    HistoryReceived,
    MessageReceived,
    ReactionReceived,
)
from core.client.settings import ClientSettings
from tests.core.client.talk import ALL_CAPS, Talk

CAPS = f"{ALL_CAPS} draft/event-playback draft/message-redaction"
BY_TIME = "draft/chathistory batch message-tags server-time labeled-response"


def stamp(number: int, milliseconds: int = 0) -> str:
    return f"2024-01-01T00:00:{number:02}.{milliseconds:03}Z"


def text(number: int, nick: str = "bob", target: str = "#r") -> str:
    return f"@msgid={number};time={stamp(number)} :{nick}!x@h PRIVMSG {target} :{number}"


def join(number: int) -> str:
    """What happens in rooms has no id."""
    return f"@time={stamp(number)} :eve!e@h JOIN #r"


def reaction(number: int, to: int = 1) -> str:
    tags = f"msgid={number};time={stamp(number)};+draft/reply={to};+draft/react=x"
    return f"@{tags} :bob!b@h TAGMSG #r"


def joined(caps: str = CAPS, **settings: Any) -> Talk:
    talk = Talk(ClientSettings("ada", find_conversations=False, **settings))
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")
    return talk


def back(talk: Talk, caps: str = CAPS) -> str:
    """Reconnect and rejoin; what is asked of the history."""
    talk.lose()
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")
    (asked,) = talk.sent()
    return asked


def reference(command: str) -> str:
    """What a command goes on from."""
    return command.split()[-2]


def shown(talk: Talk) -> list[str]:
    """The texts told in the last step, in order."""
    found: list[str] = []
    for event in talk.events:
        if isinstance(event, HistoryReceived):
            found += [message.text for message in event.messages]
        elif isinstance(event, MessageReceived):
            found.append(event.text)
    return found


# --- pages with other things than messages --------------------------------------------------


def test_what_was_missed_is_behind_pages_without_a_message() -> None:
    talk = joined()
    talk.answer_history(text(1))
    asked = back(talk)
    assert reference(asked) == "msgid=1"
    talk.history_batch(asked, join(2), join(3))
    assert talk.events == []
    (asked,) = talk.sent()
    assert reference(asked) == f"timestamp={stamp(2, 999)}"
    talk.history_batch(asked, join(3), reaction(4), join(5))
    assert not talk.one(HistoryReceived).complete
    (asked,) = talk.sent()
    assert reference(asked) == "msgid=4"
    talk.history_batch(asked, join(5), text(6))
    assert shown(talk) == ["6"]
    talk.answer_history()
    assert talk.one(HistoryReceived).complete


def test_a_page_of_one_moment_does_not_come_again_and_again() -> None:
    talk = joined()
    talk.answer_history(text(1))
    asked = back(talk)
    talk.history_batch(asked, join(2), join(2))
    (asked,) = talk.sent()
    talk.history_batch(asked, join(2), join(2))
    (asked,) = talk.sent()
    assert reference(asked) == f"timestamp={stamp(2)}"
    talk.history_batch(asked, join(2), join(2))  # this server does not move on
    assert talk.one(HistoryReceived).complete
    assert talk.sent() == []


def test_the_first_page_has_no_message() -> None:
    talk = joined(initial_history=3)
    (asked,) = talk.sent()
    talk.server("@msgid=9 :bob!b@h PRIVMSG #r :live")
    talk.history_batch(asked, join(4), join(5), join(6))
    assert shown(talk) == ["live"]
    (asked,) = talk.sent()
    assert asked == f"@label=h2 CHATHISTORY BEFORE #r timestamp={stamp(4, 1)} 3"


def test_nor_is_there_a_live_one() -> None:
    talk = joined(initial_history=3)
    talk.answer_history(join(4), reaction(5), join(6))
    assert talk.of(HistoryReceived)[0].reactions
    (asked,) = talk.sent()
    assert asked == "@label=h2 CHATHISTORY BEFORE #r msgid=5 3"
    talk.server("@msgid=9 :bob!b@h PRIVMSG #r :live")
    assert shown(talk) == ["live"]
    talk.history_batch(asked, text(1), join(2), join(3))
    page = talk.one(HistoryReceived)
    assert ([one.text for one in page.messages], page.where, page.complete) == (
        ["1"], "before", False
    )  # fmt: skip
    assert talk.session.request_history("#r")
    assert reference(talk.sent()[0]) == "msgid=1"


def test_older_pages_without_a_message_are_passed_over() -> None:
    talk = joined()
    talk.answer_history(text(9))
    talk.session.request_history("#r")
    talk.answer_history(join(6), join(7), join(8))
    assert talk.events == []
    (asked,) = talk.sent()
    assert reference(asked) == f"timestamp={stamp(6, 1)}"
    talk.history_batch(asked, reaction(5), join(6))
    page = talk.one(HistoryReceived)
    assert (page.messages, page.complete, len(page.reactions)) == ((), False, 1)
    (asked,) = talk.sent()
    assert reference(asked) == "msgid=5"
    talk.history_batch(asked, text(4))
    assert shown(talk) == ["4"]
    assert talk.sent() == []


def test_their_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_EMPTY", 2)
    talk = joined()
    talk.answer_history(text(9))
    talk.session.request_history("#r")
    talk.answer_history(join(8))
    talk.answer_history(join(7))
    page = talk.one(HistoryReceived)
    assert (page.messages, page.complete) == ((), False)
    assert talk.session.request_history("#r")
    assert reference(talk.sent()[0]) == f"timestamp={stamp(7, 1)}"


def test_a_server_that_never_comes_to_the_beginning() -> None:
    talk = joined()
    talk.answer_history(text(9))
    talk.session.request_history("#r")
    talk.answer_history(text(8), text(9))
    talk.session.request_history("#r")
    talk.answer_history(text(8), text(9))
    talk.answer_history(text(8), text(9))
    talk.answer_history(text(8), text(9))
    page = talk.one(HistoryReceived)
    assert (page.messages, page.complete) == ((), True)
    assert talk.session.conversations["#r"].at_beginning


def test_lines_on_top_do_not_count() -> None:
    """draft/chathistory-context: related to a message, wherever they stand in time."""
    talk = joined(initial_history=2)
    talk.answer_history()
    talk.session.send_message("#r", "mine", talk.now)
    talk.sent()
    asked = back(talk)
    extra = reaction(30).replace("@", "@draft/chathistory-context;")
    talk.history_batch(asked, text(1), extra)
    assert len(talk.one(HistoryReceived).reactions) == 1
    assert "PRIVMSG #r mine" in talk.sent()[0]  # the page was not full: it is not on it
    asked = back(talk)
    talk.history_batch(asked, text(2), extra)
    assert reference(talk.sent()[0]) == "msgid=2"


# --- places that cannot be named ------------------------------------------------------------


def test_a_message_that_the_server_has_forgotten_is_named_by_its_time() -> None:
    talk = joined()
    talk.answer_history(text(5))
    back(talk)
    talk.server("@label=h2 FAIL CHATHISTORY MESSAGE_ERROR AFTER #r :Unknown")
    (asked,) = talk.sent()
    assert reference(asked) == f"timestamp={stamp(4, 999)}"
    talk.history_batch(asked, text(5), text(6))
    assert shown(talk) == ["6"]
    talk.answer_history()
    page = talk.one(HistoryReceived)
    assert (page.complete, page.gap) == (True, False)
    talk.session.request_history("#r")
    talk.sent()
    talk.server("@label=h5 FAIL CHATHISTORY INVALID_PARAMS BEFORE #r :Unknown")
    (asked,) = talk.sent()
    assert reference(asked) == f"timestamp={stamp(5, 1)}"
    talk.history_batch(asked, text(4), text(5))
    assert shown(talk) == ["4"]
    assert not talk.of(HistoryFailed)


def test_a_server_that_knows_no_times() -> None:
    talk = joined()
    talk.server("005 ada MSGREFTYPES=msgid :are")
    talk.answer_history(text(5))
    talk.session.request_history("#r")
    talk.answer_history(join(4))
    page = talk.one(HistoryReceived)
    assert page.complete  # there is no way to go on from there


def test_a_history_without_ids() -> None:
    talk = Talk(ClientSettings("ada", find_conversations=False))
    talk.welcome(BY_TIME)
    talk.server("005 ada MSGREFTYPES=timestamp :are", ":ada!a@host JOIN #r")
    talk.answer_history(*(text(n).replace(f"msgid={n};", "") for n in (5, 6)))
    assert talk.session.request_history("#r")
    (asked,) = talk.sent()
    assert asked == f"@label=h2 CHATHISTORY BEFORE #r timestamp={stamp(5)} 100"
    talk.history_batch(asked, text(3).replace("msgid=3;", ""))
    assert talk.session.request_history("#r")
    assert reference(talk.sent()[0]) == f"timestamp={stamp(3)}"
    asked = back(talk, BY_TIME)
    assert asked.endswith(f"CHATHISTORY AFTER #r timestamp={stamp(6)} 100")


def test_reading_on_from_elsewhere() -> None:
    """The oldest message that is known stays so."""
    talk = joined()
    talk.answer_history(text(5), text(9))
    talk.session.request_history("#r", "8", 2)
    talk.answer_history(text(6), text(7))
    assert shown(talk) == ["6", "7"]
    assert talk.session.conversations["#r"].oldest_id == "5"
    talk.session.request_history("#r", "5", 2)
    talk.answer_history(text(3), text(4))
    assert talk.session.conversations["#r"].oldest_id == "3"
    talk.session.request_history("#r", "unseen", 2)
    talk.answer_history(text(1), text(2))
    assert talk.session.conversations["#r"].oldest_id == "1"


# --- the connection, and what happens meanwhile ---------------------------------------------


def test_the_connection_breaks_between_two_pages() -> None:
    talk = joined(history_page=2)
    talk.answer_history(text(1))
    asked = back(talk)
    talk.server(text(9), reaction(10, to=9))
    talk.history_batch(asked, text(2), text(3))
    asked = back(talk)
    assert shown(talk) == []
    assert reference(asked) == "msgid=3"
    talk.history_batch(asked, text(4), text(5))
    talk.answer_history(text(9), reaction(10, to=9))
    assert shown(talk) == ["9"]
    talk.answer_history()
    assert shown(talk) == []
    assert not talk.of(ReactionReceived)


def test_what_was_held_back_is_not_lost_if_the_history_does_not_come() -> None:
    talk = joined()
    talk.server(text(9), reaction(10, to=9))
    talk.lose()
    assert shown(talk) == []
    talk.welcome("message-tags server-time")
    talk.server(":ada!a@host JOIN #r")
    assert [type(event) for event in talk.events][-2:] == [MessageReceived, ReactionReceived]


def test_our_own_message_is_confirmed_once() -> None:
    talk = joined(initial_history=0)
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :x")
    (pending,) = talk.session.send_message("#r", "mine", talk.now)
    talk.sent()
    talk.server(":ada!a@host JOIN #r")
    echo = f"label={pending.pending_id};msgid=3"
    talk.server(f"@{echo} :ada!a@h PRIVMSG #r :mine", text(5))
    assert shown(talk) == []
    talk.answer_history(text(2), "@msgid=3 :ada!a@h PRIVMSG #r :mine", text(4))
    page = talk.one(HistoryReceived)
    assert [one.pending_id for one in page.messages] == ["", pending.pending_id, ""]
    talk.answer_history()
    assert shown(talk) == ["5"]


def test_our_own_message_is_confirmed_though_the_connection_breaks() -> None:
    talk = joined(initial_history=0)
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :x")
    (pending,) = talk.session.send_message("#r", "mine", talk.now)
    talk.server(":ada!a@host JOIN #r")
    talk.server(f"@label={pending.pending_id};msgid=3 :ada!a@h PRIVMSG #r :mine")
    talk.lose()
    assert talk.one(MessageReceived).pending_id == pending.pending_id
    talk.welcome(CAPS)
    talk.server(":ada!a@host JOIN #r")
    (asked,) = talk.sent()
    assert reference(asked) == "msgid=1"
    talk.history_batch(asked, text(2), "@msgid=3 :ada!a@h PRIVMSG #r :mine")
    assert shown(talk) == ["2"]


def test_older_messages_on_their_way_when_we_come_in_again() -> None:
    talk = joined()
    talk.answer_history(text(5))
    talk.session.request_history("#r")
    talk.server(":ada!a@host JOIN #r")
    older, missed = talk.sent()
    talk.history_batch(missed, text(6))
    assert talk.one(HistoryReceived).where == "after"
    talk.history_batch(older, text(4))
    assert talk.one(HistoryReceived).where == "before"


def test_an_answer_that_comes_too_late() -> None:
    talk = joined()
    talk.answer_history(text(5))
    talk.session.request_history("#r")
    (asked,) = talk.sent()
    talk.wait(pages.PATIENCE + 1.0)
    assert talk.one(HistoryFailed).where == "before"
    talk.history_batch(asked, text(4))
    assert talk.events == []
    talk.session.request_history("#r")
    talk.answer_history(text(4))
    assert shown(talk) == ["4"]


def test_more_happens_than_can_be_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.history.MOST_HELD", 1)
    talk = joined()
    (asked,) = talk.sent()
    talk.server(text(8), reaction(9, to=8))
    assert [type(event) for event in talk.events] == [MessageReceived, ReactionReceived]
    talk.history_batch(asked, text(7), text(8))
    page = talk.one(HistoryReceived)
    assert ([one.text for one in page.messages], page.gap) == (["7"], True)


def test_a_person_renamed_keeps_what_is_held_back() -> None:
    talk = Talk(ClientSettings("ada", find_conversations=False))
    talk.welcome(CAPS)
    talk.server(text(1, target="ada"))
    talk.lose()
    talk.welcome(CAPS)
    talk.session.request_history("eve")
    talk.server(text(3, target="ada"), ":bob!b@h NICK rob")
    assert talk.one(ConversationRenamed).new == "rob"
    talk.lose()
    talk.welcome("message-tags server-time")
    talk.events = [event for event in talk.events if isinstance(event, MessageReceived)]
    assert talk.one(MessageReceived).conversation == "rob"


def test_and_what_a_broken_connection_has_left() -> None:
    talk = Talk(ClientSettings("ada", find_conversations=False))
    talk.welcome(CAPS)
    talk.server(text(1, target="ada"))
    talk.lose()
    talk.welcome(CAPS)
    talk.server(text(3, target="ada"))
    talk.lose()
    talk.connect()
    talk.server("001 ada :Hi", ":bob!b@h NICK rob", "422 ada :No")
    assert talk.one(MessageReceived).conversation == "rob"
