"""CHATHISTORY: the first page, what was missed, what is older, and what can go wrong."""

from typing import Any

import pytest

from core.client import history
from core.client.batches import Batches
from core.client.events import (
    ErrorReceived,
    HistoryFailed,
    HistoryReceived,
    MessageReceived,
    SendFailed,
)
from core.client.settings import ClientSettings
from core.wire.message import Message
from tests.core.client.talk import ALL_CAPS, SUPPORT, Talk

T0 = "2024-01-01T00:00:0"
BEFORE_1 = f"{T0}0.999Z"


def old(number: int, nick: str = "bob", text: str = "") -> str:
    """A line of history; the session's clock (1000 s) is far before it."""
    text = text or f"text {number}"
    return f"@msgid={number};time={T0}{number % 10}.000Z :{nick}!x@h PRIVMSG #r :{text}"


def texts(talk: Talk) -> list[str]:
    """Everything shown in the last step, in order."""
    shown: list[str] = []
    for event in talk.events:
        if isinstance(event, MessageReceived):
            shown.append(event.text)
        elif isinstance(event, HistoryReceived):
            shown += [message.text for message in event.messages]
    return shown


def connected(caps: str = ALL_CAPS, **settings: Any) -> Talk:
    settings.setdefault("find_conversations", False)
    talk = Talk(ClientSettings("ada", **settings))
    talk.welcome(caps)
    return talk


def joined(caps: str = ALL_CAPS, **settings: Any) -> Talk:
    talk = connected(caps, **settings)
    talk.server(":ada!a@host JOIN #r")
    return talk


def test_the_first_page_comes_before_live_messages() -> None:
    talk = joined()
    assert talk.session.send_message("#r", "mine", talk.now)
    asked = talk.sent()
    assert asked == ["@label=h1 CHATHISTORY LATEST #r * 50"]
    talk.server(
        "@msgid=3 :bob!b@h PRIVMSG #r :live, in the history too",
        "@msgid=4 :bob!b@h PRIVMSG #r :live",
    )
    assert texts(talk) == []
    talk.history_batch(asked[0], old(1), old(2), old(3, text="live, in the history too"))
    assert texts(talk) == ["text 1", "text 2", "live, in the history too", "live"]
    page = talk.one(HistoryReceived)
    assert (page.where, page.complete, page.gap) == ("after", True, False)
    assert page.messages[0].from_history
    assert page.messages[0].time == 1704067201.0
    assert talk.sent() == ["@label=m2 PRIVMSG #r mine"]


def test_no_first_page_if_so_set() -> None:
    talk = joined(initial_history=0)
    assert talk.sent() == []
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :live")
    assert texts(talk) == ["live"]


def test_the_servers_limit_counts() -> None:
    talk = connected()
    talk.server("005 ada CHATHISTORY=20 :are", ":ada!a@h JOIN #r")
    assert talk.sent() == ["@label=h1 CHATHISTORY LATEST #r * 20"]


def test_what_was_missed_comes_page_by_page() -> None:
    talk = joined(history_page=2)
    talk.answer_history(old(1))
    talk.lose()
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    asked = talk.sent()
    assert asked == ["@label=h2 CHATHISTORY AFTER #r msgid=1 2"]
    talk.server("@msgid=5 :bob!b@h PRIVMSG #r :live")
    talk.history_batch(asked[0], old(2), old(3))
    assert texts(talk) == ["text 2", "text 3"]
    assert not talk.one(HistoryReceived).complete
    asked = talk.sent()
    assert asked == ["@label=h3 CHATHISTORY AFTER #r msgid=3 2"]
    talk.history_batch(asked[0], old(4))
    asked = talk.sent()
    assert asked == ["@label=h4 CHATHISTORY AFTER #r msgid=4 2"]
    talk.history_batch(asked[0])
    assert texts(talk) == ["live"]
    assert talk.one(HistoryReceived).complete


def test_by_time_where_the_server_has_no_msgids() -> None:
    talk = connected()
    talk.server("005 ada MSGREFTYPES=timestamp :are", ":ada!a@h JOIN #r")
    talk.answer_history(old(1), old(2))
    assert talk.session.request_history("#r")
    assert talk.session.request_history("#r") is False
    asked = talk.sent()
    assert asked == [f"@label=h2 CHATHISTORY BEFORE #r timestamp={T0}1.000Z 100"]
    talk.history_batch(asked[0])
    talk.session.request_history("#r", "other", 10)
    assert talk.sent() == ["@label=h3 CHATHISTORY BEFORE #r msgid=other 10"]


def test_pages_without_end_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_PAGES", 2)
    talk = joined()
    talk.answer_history(old(1))
    talk.lose()
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    talk.answer_history(old(2))
    talk.answer_history(old(3))
    page = talk.one(HistoryReceived)
    assert page.complete
    assert page.gap
    assert talk.sent() == []


def test_older_messages_until_the_beginning() -> None:
    talk = joined()
    talk.answer_history(old(5), old(6))
    talk.session.request_history("#r")
    asked = talk.sent()
    assert asked == ["@label=h2 CHATHISTORY BEFORE #r msgid=5 100"]
    talk.history_batch(asked[0], old(3), old(4), "@msgid=x :bob!b@h TAGMSG #r", old(5))
    page = talk.one(HistoryReceived)
    assert [message.text for message in page.messages] == ["text 3", "text 4"]
    assert (page.where, page.complete) == ("before", False)
    talk.session.request_history("#r", "3", 10)
    asked = talk.sent()
    assert asked == ["@label=h3 CHATHISTORY BEFORE #r msgid=3 10"]
    talk.history_batch(asked[0])
    page = talk.one(HistoryReceived)
    assert page.complete
    assert page.messages == ()
    assert talk.session.conversations["#r"].at_beginning
    # Older pages do not move the point after which something may be missed.
    assert talk.session.conversations["#r"].newest_id == "6"


def test_older_messages_of_a_person_of_whom_nothing_is_known() -> None:
    talk = connected()
    talk.session.request_history("bob")
    asked = talk.sent()
    assert asked == ["@label=h1 CHATHISTORY LATEST bob * 100"]
    talk.history_batch(asked[0], old(1), "@time=x :bob!b@h PRIVMSG ada :without id")
    assert [message.conversation for message in talk.one(HistoryReceived).messages] == ["bob"] * 2
    assert talk.session.conversations["bob"].newest_id == ""


def test_no_history_no_request() -> None:
    talk = joined("batch")
    assert talk.sent() == []
    assert not talk.session.request_history("#r")


def test_a_batch_in_a_labelled_response() -> None:
    talk = joined()
    talk.sent()
    talk.server(
        "@label=h1 BATCH +o labeled-response",
        "@batch=o BATCH +i chathistory #r",
        "@batch=i;msgid=1 :bob!b@h PRIVMSG #r :old",
        "BATCH -i",
        "BATCH -unknown",
        "BATCH -o",
    )
    assert texts(talk) == ["old"]
    assert talk.one(HistoryReceived).complete


def test_without_labels_by_target() -> None:
    talk = joined("draft/chathistory batch message-tags server-time")
    assert talk.sent() == ["CHATHISTORY LATEST #r * 50"]
    talk.server("BATCH +1 chathistory #R", "@batch=1;msgid=1 :bob!b@h PRIVMSG #r old", "BATCH -1")
    assert texts(talk) == ["old"]


def test_history_that_nobody_asked_for() -> None:
    talk = joined("batch message-tags")
    talk.server("BATCH +1 chathistory #r", "@batch=1;msgid=1 :bob!b@h PRIVMSG #r old", "BATCH -1")
    assert talk.one(HistoryReceived).where == "after"
    talk.server("BATCH +1 chathistory #r", "@batch=1;msgid=1 :bob!b@h PRIVMSG #r old", "BATCH -1")
    talk.server("BATCH +1 chathistory", "BATCH -1")
    assert talk.events == []


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.batches.MOST_OPEN", 1)
    monkeypatch.setattr("core.client.batches.MOST_LINES", 1)
    batches = Batches()
    inside = Message("PRIVMSG", ["#r", "x"], tags={"batch": "1"})
    batches.change(Message("BATCH", ["+1", "netsplit"]))
    batches.change(Message("BATCH", ["+2", "netsplit"]))
    assert batches.take(inside)
    assert not batches.take(inside)
    assert batches.change(Message("BATCH", ["-2"])) is None
    assert batches.change(Message("BATCH", ["-1"])) is not None
    assert batches.change(Message("BATCH")) is None


def test_what_all_batches_hold_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.batches.MOST_CHARACTERS", 30)
    batches = Batches()
    inside = Message("PRIVMSG", ["#r", "x" * 20], tags={"batch": "2"})
    batches.change(Message("BATCH", ["+1", "labeled-response"]))
    batches.change(Message("BATCH", ["+2", "netsplit"], tags={"batch": "1"}))
    assert [batches.take(inside) for _ in range(3)] == [True, True, False]
    assert batches.change(Message("BATCH", ["-2"])) is None
    assert not batches.take(Message("PRIVMSG", ["#r", "x"], tags={"batch": "1"}))
    assert batches.change(Message("BATCH", ["-1"])) is not None
    batches.change(Message("BATCH", ["+2", "netsplit"]))
    assert batches.take(inside)


def test_a_batch_is_not_begun_twice() -> None:
    batches = Batches()
    for kind in ("netsplit", "chathistory"):
        batches.change(Message("BATCH", ["+1", kind], tags={"batch": "1"}))
    whole = batches.change(Message("BATCH", ["-1"]))
    assert whole is not None
    assert (whole.kind, whole.parent) == ("netsplit", None)


def test_a_crowd_in_the_history_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.state.MOST_CONVERSATIONS", 1)
    talk = joined("batch message-tags draft/chathistory")
    talk.server("BATCH +1 chathistory eve", "@batch=1 :eve!e@h PRIVMSG ada old", "BATCH -1")
    talk.server(
        "BATCH +2 draft/chathistory-targets",
        "@batch=2 CHATHISTORY TARGETS eve 2024-01-01T00:00:00.000Z",
        "BATCH -2",
    )
    assert list(talk.session.conversations) == ["#r"]


def test_a_forgotten_message_leaves_a_gap() -> None:
    talk = joined()
    talk.answer_history(old(1))
    talk.lose()
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    talk.sent()
    talk.server("@label=h2 FAIL CHATHISTORY INVALID_MSGREFTYPE AFTER #r :Unknown message")
    assert talk.sent() == [f"@label=h3 CHATHISTORY AFTER #r timestamp={BEFORE_1} 100"]
    talk.server("@label=h3 FAIL CHATHISTORY INVALID_MSGREFTYPE AFTER #r :Unknown message")
    assert talk.sent() == [f"@label=h4 CHATHISTORY AFTER #r timestamp={T0}1.000Z 100"]
    talk.server("@label=h4 FAIL CHATHISTORY INVALID_MSGREFTYPE AFTER #r :Unknown message")
    failed = talk.one(HistoryFailed)
    assert (failed.code, failed.sentence, failed.where) == (
        "INVALID_MSGREFTYPE", "Unknown message.", "after"
    )  # fmt: skip
    talk.answer_history(old(8), old(9))
    page = talk.one(HistoryReceived)
    assert page.gap
    assert page.complete


def test_history_refused_altogether() -> None:
    talk = joined("draft/chathistory batch message-tags server-time")
    talk.session.send_message("#r", "mine", talk.now)
    talk.sent()
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :live")
    talk.server("FAIL CHATHISTORY INVALID_TARGET LATEST #R :No history here")
    assert texts(talk) == ["live"]
    assert "PRIVMSG #r mine" in talk.sent()


def test_a_refusal_that_names_nothing_is_the_oldest_requests() -> None:
    talk = joined("draft/chathistory batch message-tags server-time")
    talk.server("FAIL CHATHISTORY UNKNOWN :Broken", "FAIL CHATHISTORY UNKNOWN :Broken")
    assert talk.one(HistoryFailed).conversation == "#r"
    talk.server("@label=other FAIL CHATHISTORY UNKNOWN :Broken")
    assert talk.events == []


def test_older_messages_refused() -> None:
    talk = joined()
    talk.answer_history(old(1))
    talk.session.request_history("#r")
    talk.sent()
    talk.server("@label=h2 FAIL CHATHISTORY UNKNOWN BEFORE #r :Broken")
    assert talk.one(HistoryFailed).where == "before"
    assert talk.session.request_history("#r")


def test_no_answer_in_time() -> None:
    talk = joined()
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :live")
    talk.wait(10.0)
    talk.server(":ada!a@h JOIN #s")
    talk.wait(10.0)
    assert texts(talk) == ["live"]
    assert talk.one(HistoryFailed).conversation == "#r"
    talk.wait(10.0)
    assert talk.one(HistoryFailed).conversation == "#s"


def test_too_many_live_messages_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_HELD", 2)
    talk = joined()
    talk.server(*[f"@msgid={n} :bob!b@h PRIVMSG #r :live {n}" for n in range(5, 8)])
    assert texts(talk) == ["live 5", "live 6", "live 7"]
    talk.answer_history(old(4), old(5))
    assert texts(talk) == ["text 4"]


def test_held_messages_of_a_broken_connection_come_from_the_history() -> None:
    talk = joined()
    talk.server("@msgid=1 :bob!b@h PRIVMSG #r :kept there", ":bob!b@h PRIVMSG #r :not kept")
    talk.lose()
    assert texts(talk) == ["not kept"]
    talk.welcome()
    talk.server(":ada!a@host JOIN #r")
    assert texts(talk) == ["kept there"]  # nothing is known but that: it is the beginning
    talk.answer_history(old(1, text="kept there"), old(2))
    assert texts(talk) == ["text 2"]


def test_a_request_for_older_ones_ends_with_the_connection() -> None:
    talk = joined()
    talk.answer_history(old(1))
    talk.session.request_history("#r")
    talk.lose()
    assert talk.one(HistoryFailed).where == "before"


def test_joining_twice_asks_once() -> None:
    talk = joined()
    talk.server(":ada!a@host JOIN #r")
    assert len(talk.sent()) == 1


def test_a_renamed_person_keeps_their_history() -> None:
    talk = connected()
    talk.server("@msgid=1 :bob!b@h PRIVMSG ada :hi")
    talk.session.request_history("bob")
    talk.server(":bob!b@h NICK rob")
    (asked,) = talk.sent()
    talk.history_batch(asked, old(0))
    assert talk.one(HistoryReceived).conversation == "rob"


def test_a_person_renamed_while_catching_up() -> None:
    talk = connected()
    talk.server("@msgid=1 :bob!b@h PRIVMSG ada :hi")
    talk.lose()
    talk.welcome()
    talk.server("@msgid=2 :bob!b@h PRIVMSG ada :live", ":bob!b@h NICK rob")
    talk.wait(21.0)
    assert texts(talk) == ["live"]
    assert talk.session.pending("rob") == ()


# --- private conversations -------------------------------------------------------------------


def test_people_with_news_are_found() -> None:
    talk = Talk()
    talk.connect()
    talk.server(f"CAP * LS :{ALL_CAPS}")
    talk.server(f"CAP * ACK :{ALL_CAPS.replace(' sasl=PLAIN', '')}", "001 ada :Hi", "422")
    (asked,) = [line for line in talk.sent() if "TARGETS" in line]
    assert asked == (
        "@label=h1 CHATHISTORY TARGETS timestamp=1970-01-02T00:16:40.000Z "
        "timestamp=1970-01-01T00:00:00.000Z 100"
    )
    talk.server(
        "@label=h1 BATCH +t draft/chathistory-targets",
        f"@batch=t CHATHISTORY TARGETS bob {T0}1.000Z",
        f"@batch=t CHATHISTORY TARGETS #room {T0}1.000Z",
        "@batch=t CHATHISTORY TARGETS",
        "@batch=t OTHER x y",
        "BATCH -t",
    )
    assert talk.sent() == ["@label=h2 CHATHISTORY LATEST bob * 50"]
    talk.server(
        "@label=h2 BATCH +h chathistory bob",
        f"@batch=h;msgid=1;time={T0}1.000Z :bob!b@h PRIVMSG ada :are you there?",
        f"@batch=h;msgid=2;time={T0}2.000Z :ada!b@h PRIVMSG bob :yes",
        f"@batch=h;msgid=3;time={T0}3.000Z :bob!b@h PRIVMSG ada :\x01VERSION\x01",
        "BATCH -h",
    )
    messages = talk.one(HistoryReceived).messages
    assert [(message.text, message.is_own) for message in messages] == [
        ("are you there?", False),
        ("yes", True),
    ]


@pytest.mark.parametrize("labels", [True, False])
def test_a_server_without_targets(labels: bool) -> None:
    caps = "draft/chathistory batch message-tags server-time"
    talk = Talk()
    talk.welcome(caps + (" labeled-response" if labels else ""))
    label = "@label=h1 " if labels else ""
    talk.server(f"{label}FAIL CHATHISTORY UNKNOWN_COMMAND TARGETS :Unknown")
    assert talk.events == []
    talk.server("FAIL CHATHISTORY UNKNOWN_COMMAND TARGETS :Unknown")
    assert not talk.of(ErrorReceived)
    assert not talk.of(SendFailed)


def test_private_conversations_catch_up_after_a_break() -> None:
    talk = connected()
    talk.server("@msgid=1 :bob!b@h PRIVMSG ada :hi")
    talk.lose()
    talk.connect()
    talk.server(f"CAP * LS :{ALL_CAPS}")
    talk.server(f"CAP * ACK :{ALL_CAPS.replace(' sasl=PLAIN', '')}", "001 ada :Hi", "422")
    assert talk.sent()[-1] == "@label=h1 CHATHISTORY AFTER bob msgid=1 100"


def test_a_latest_page_that_begins_behind_what_was_said_since_we_joined() -> None:
    """In a busy room it does: more was said while the question was on its way than a page has."""
    talk = joined(initial_history=2)
    talk.server(*(f"@msgid={n} :bob!b@h PRIVMSG #r :{n}" for n in range(1, 5)))
    talk.answer_history("@msgid=3 :bob!b@h PRIVMSG #r :3", "@msgid=4 :bob!b@h PRIVMSG #r :4")
    assert texts(talk) == ["1", "2", "3", "4"]


def left(number: int) -> str:
    return f"@time={T0}5.000Z :n{number}!x@h QUIT :gone"


def after_a_death() -> Talk:
    """We come back; while we were away a worker died, with more people than a page has lines."""
    talk = joined(history_page=2)
    talk.answer_history(old(1))
    talk.lose()
    talk.welcome(support=f"{SUPPORT} CHATHISTORY=4")
    talk.server(":ada!a@host JOIN #r")
    talk.answer_history(left(1), left(2))
    return talk


def test_a_larger_page_leads_out_of_a_moment_in_which_everybody_left() -> None:
    talk = after_a_death()
    asked = talk.sent()[-1]
    assert asked.endswith(f"AFTER #r timestamp={T0}4.999Z 4")
    talk.history_batch(asked, left(1), left(2), left(3), old(5))
    assert texts(talk) == ["text 5"]


def test_where_no_larger_page_does_something_may_be_missing() -> None:
    talk = after_a_death()
    talk.history_batch(talk.sent()[-1], *(left(number) for number in range(4)))
    talk.answer_history()
    assert talk.one(HistoryReceived).gap
