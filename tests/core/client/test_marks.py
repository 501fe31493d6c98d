"""Reactions and messages taken back: live, in the history, and once."""

from typing import Any

import pytest

from core.client.events import (
    ErrorReceived,
    HistoryReceived,
    MessageReceived,
    MessageRedacted,
    ReactionReceived,
)
from tests.core.client.talk import ALL_CAPS, Talk

CAPS = f"{ALL_CAPS} draft/event-playback draft/message-redaction"
REACT = "+draft/reply=1;+draft/react=+1"
UNREACT = "+draft/reply=1;+draft/unreact=+1"


def in_room(caps: str = CAPS, **settings: Any) -> Talk:
    settings.setdefault("initial_history", 0)
    talk = Talk(**settings, find_conversations=False)
    talk.welcome(caps)
    talk.server(":ada!a@host JOIN #r")
    return talk


def shown(talk: Talk) -> list[tuple[object, ...]]:
    return [
        (one.conversation, one.nick, one.msgid, one.reaction, one.removed, one.is_own)
        for one in talk.of(ReactionReceived)
    ]


# --- reactions --------------------------------------------------------------------------------


def test_a_reaction_is_told_once() -> None:
    talk = in_room()
    line = f"@msgid=7;time=2024-01-01T00:00:00.000Z;{REACT} :bob!b@h TAGMSG #R"
    talk.server(line, line)
    assert shown(talk) == [("#r", "bob", "1", "+1", False, False)]
    assert talk.one(ReactionReceived).time == 1704067200.0
    talk.server(f"@{UNREACT} :bob!b@h TAGMSG #r", f"@{UNREACT} :bob!b@h TAGMSG #r")
    assert shown(talk) == [("#r", "bob", "1", "+1", True, False)] * 2  # nobody knows


def test_our_own_reaction_comes_back() -> None:
    talk = in_room()
    talk.session.react("#r", "1", "a b;\n")
    (sent,) = talk.sent()
    assert sent == r"@label=t1;+draft/reply=1;+draft/react=a\sb\:\s TAGMSG #r"
    assert talk.session.take_events() == []
    talk.server(f"@label=a1;msgid=9;{REACT} :ada!a@h TAGMSG #r")
    assert shown(talk) == [("#r", "ada", "1", "+1", False, True)]


def test_without_an_echo_our_reaction_is_told_at_once() -> None:
    talk = in_room("message-tags")
    talk.session.react("#r", "1", "+1", remove=True)
    assert talk.sent() == [f"@{UNREACT} TAGMSG #r"]
    talk.events = talk.session.take_events()
    assert shown(talk) == [("#r", "ada", "1", "+1", True, True)]


def test_reactions_that_cannot_be_sent() -> None:
    talk = in_room()
    talk.session.react("#r", "", "+1")
    talk.session.react("#r", "1", "")
    assert talk.sent() == []
    assert talk.session.take_events() == []
    talk.lose()
    talk.session.react("#r", "1", "+1")
    talk.events = talk.session.take_events()
    assert talk.one(ErrorReceived).sentence == "Not connected."


@pytest.mark.parametrize("denied", ["draft/react", "draft/reply", "*"])
def test_a_server_that_drops_the_tags(denied: str) -> None:
    talk = in_room()
    talk.server(f"005 ada CLIENTTAGDENY={denied} :are")
    assert not talk.session.features.reactions
    talk.session.react("#r", "1", "+1")
    assert talk.sent() == []


def test_an_error_about_a_reaction_is_about_no_message() -> None:
    talk = in_room()
    (pending,) = talk.session.send_message("#r", "hi", talk.now)
    talk.session.react("#r", "1", "+1")
    talk.server("@label=a2 404 ada #r :Cannot send")
    assert talk.one(ErrorReceived).code == "404"
    assert talk.session.pending("#r") == (pending,)


def test_a_reaction_waits_for_what_is_older() -> None:
    talk = in_room(initial_history=50)
    (asked,) = talk.sent()
    talk.server(
        "@msgid=5 :bob!b@h PRIVMSG #r :live",
        "@msgid=6;+draft/reply=5;+draft/react=x :bob!b@h TAGMSG #r",
        f"@msgid=7;{REACT} :bob!b@h TAGMSG #r",
        ":bob!b@h REDACT #r 5",
    )
    assert talk.events == []
    talk.history_batch(
        asked, "@msgid=1 :bob!b@h PRIVMSG #r :old", f"@msgid=7;{REACT} :bob!b@h TAGMSG #r"
    )
    kinds = [type(event) for event in talk.events]
    assert kinds == [HistoryReceived, MessageReceived, ReactionReceived, MessageRedacted]
    assert talk.one(ReactionReceived).reaction == "x"


def test_reactions_and_redactions_of_the_history() -> None:
    talk = in_room(initial_history=50)
    talk.answer_history(
        "@msgid=1;time=2024-01-01T00:00:01.000Z :bob!b@h PRIVMSG #r :one",
        "@time=2024-01-01T00:00:02.000Z :eve!e@h JOIN #r",
        f"@msgid=3;{REACT} :ada!a@h TAGMSG #r",
        f"@msgid=4;{UNREACT} :ada!a@h TAGMSG #r",
        "@msgid=5;+typing=active :bob!b@h TAGMSG #r",
        "@msgid=6 :bob!b@h REDACT #r 0 :spam",
        ":eve!e@h QUIT :bye",
        ":bob!b@h REDACT #r",
    )
    page = talk.one(HistoryReceived)
    assert [one.text for one in page.messages] == ["one"]
    assert [(one.removed, one.is_own) for one in page.reactions] == [(False, True), (True, True)]
    assert [(one.msgid, one.by, one.reason) for one in page.redactions] == [("0", "bob", "spam")]
    assert talk.events == [page]
    assert "eve" not in talk.session.users
    talk.server(f"@msgid=3;{REACT} :ada!a@h TAGMSG #r", "@msgid=6 :bob!b@h REDACT #r 0 :spam")
    assert talk.events == []


# --- messages taken back ----------------------------------------------------------------------


def test_a_message_is_taken_back() -> None:
    talk = in_room()
    talk.server(
        "@msgid=7;time=2024-01-01T00:00:00.000Z :bob!b@h REDACT #R 5 :wrong room",
        ":bob!b@h REDACT ada 6",
        "REDACT",
        ":bob!b@h REDACT #r",
    )
    first, second = talk.of(MessageRedacted)
    assert (first.conversation, first.msgid, first.by) == ("#r", "5", "bob")
    assert (first.reason, first.time) == ("wrong room", 1704067200.0)
    assert (second.conversation, second.reason) == ("bob", "")


def test_taking_a_message_back() -> None:
    talk = in_room()
    assert talk.session.features.redaction
    talk.session.redact("#r", "5")
    talk.session.redact("bob", "6", "a\nslip")
    assert talk.sent() == ["@label=r1 REDACT #r 5", "@label=r2 REDACT bob 6 :a slip"]
    talk.session.redact("#r", "")
    assert talk.sent() == []
    talk.server("@msgid=8;label=a2 :ada!a@h REDACT bob 6 :a slip")
    assert talk.one(MessageRedacted).conversation == "bob"


@pytest.mark.parametrize("missing", ["draft/message-redaction", "message-tags", "echo-message"])
def test_where_it_cannot_be_done(missing: str) -> None:
    talk = in_room(CAPS.replace(missing, ""))
    assert not talk.session.features.redaction
    talk.session.redact("#r", "5")
    assert talk.sent() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("REDACT_FORBIDDEN #r 5 :You are not authorised", "You may not delete this message."),
        ("INVALID_TARGET #r :x", "You cannot delete messages in #r."),
        ("INVALID_TARGET :No", "No."),
        ("REDACT_WINDOW_EXPIRED #r 5 60 :x", "This message is too old to be deleted."),
        ("UNKNOWN_MSGID #r 5 :x", "This message is not there any more."),
        ("OTHER #r 5 :Because", "Because."),
    ],
)
def test_why_it_was_not_done(words: str, sentence: str) -> None:
    talk = in_room()
    talk.session.redact("#r", "5")
    talk.server(f"@label=a1 FAIL REDACT {words}")
    error = talk.one(ErrorReceived)
    assert (error.sentence, error.command) == (sentence, "REDACT")
