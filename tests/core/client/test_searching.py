"""SEARCH, and its answers page by page."""

import pytest

from core.client import searching
from core.client.events import ErrorReceived, SearchFailed, SearchReceived
from tests.core.client.talk import ALL_CAPS, PARLOR_CAPS, Talk

CAPS = ALL_CAPS + " draft/search"
UNLABELLED = "batch message-tags server-time soju.im/search"


def online(caps: str = CAPS) -> Talk:
    talk = Talk(find_conversations=False)
    talk.welcome(caps)
    return talk


def label(line: str) -> str:
    return line.split()[0] + " "


def at(second: int, msgid: str, rest: str) -> str:
    return f"time=2020-01-01T00:00:{second:02}.000Z;msgid={msgid} {rest}"


def answer(talk: Talk, asked: str, *lines: str, kind: str = "search") -> None:
    tag = label(asked) if asked.startswith("@") else ""
    inside = [f"@batch=s;{line}" for line in lines]
    talk.server(f"{tag}:srv BATCH +s {kind}", *inside, "BATCH -s")


def test_what_is_asked_and_answered() -> None:
    talk = online()
    assert talk.session.features.search
    assert talk.session.search("q", "two words; or=more", "#r", "bob", 1577836801.5, 7)
    (line,) = talk.sent()
    attributes = (
        "text=two\\swords\\:\\sor=more;in=#r;from=bob;before=2020-01-01T00:00:01.500Z;limit=7"
    )
    assert line == f"{label(line)}SEARCH {attributes}"
    answer(
        talk,
        line,
        at(1, "a", ":bob!b@h PRIVMSG #R :two words"),
        at(3, "b", ":bob!b@h NOTICE ada :two words"),
        at(2, "c", ":ada!a@h PRIVMSG eve :two words"),
        at(4, "d", ":bob!b@h PRIVMSG ada :\x01VERSION\x01"),
        at(4, "e", ":bob!b@h TOPIC #r :two words"),
    )
    found = talk.one(SearchReceived)
    assert (found.query, found.complete) == ("q", True)
    told = [(each.conversation, each.msgid, each.is_own) for each in found.messages]
    assert told == [("bob", "b", False), ("eve", "c", True), ("#r", "a", False)]
    assert list(talk.session.conversations) == []


def test_what_we_wrote_under_another_nick_is_ours() -> None:
    talk = online()
    talk.server(":ada!a@h NICK lovelace")
    talk.session.search("q", "x")
    (line,) = talk.sent()
    answer(talk, line, at(1, "a", ":ada!a@h PRIVMSG eve :x"), at(1, "b", ":srv PRIVMSG :x"))
    (message,) = talk.one(SearchReceived).messages[1:]
    assert (message.conversation, message.is_own) == ("eve", True)


def test_a_message_of_several_lines_is_one() -> None:
    talk = online()
    talk.session.search("q", "x")
    (line,) = talk.sent()
    talk.server(
        f"{label(line)}:srv BATCH +s search",
        "@batch=s;time=2020-01-01T00:00:01.000Z;msgid=a :bob!b@h BATCH +m draft/multiline #r",
        "@batch=m :bob!b@h PRIVMSG #r :x",
        "@batch=m :bob!b@h PRIVMSG #r :y",
        "BATCH -m",
        "BATCH -s",
    )
    (message,) = talk.one(SearchReceived).messages
    assert (message.text, message.msgid, message.conversation) == ("x\ny", "a", "#r")


def test_the_next_page_begins_where_the_last_one_ended() -> None:
    """Messages of one moment may be parted by the end of a page: none is lost or given twice."""
    talk = online()
    talk.session.search("1", "x", limit=2)
    (line,) = talk.sent()
    answer(talk, line, at(5, "b", ":bob!b@h PRIVMSG #r :x"), at(6, "a", ":bob!b@h PRIVMSG #r :x"))
    first = talk.one(SearchReceived)
    assert not first.complete
    oldest = first.messages[-1].time
    talk.session.search("2", "x", before=oldest, limit=2)
    (line,) = talk.sent()
    assert "before=2020-01-01T00:00:05.000Z" in line
    answer(talk, line, at(5, "b", ":bob!b@h PRIVMSG #r :x"), at(5, "c", ":bob!b@h PRIVMSG #r :x"))
    second = talk.one(SearchReceived)
    assert ([each.msgid for each in second.messages], second.complete) == (["c"], True)
    talk.session.search("3", "x", before=oldest, limit=2)
    (line,) = talk.sent()
    answer(talk, line, at(5, "b", ":bob!b@h PRIVMSG #r :x"), at(5, "c", ":bob!b@h PRIVMSG #r :x"))
    third = talk.one(SearchReceived)
    assert (third.messages, third.complete) == ((), True)
    talk.session.search("4", "other", before=oldest, limit=2)
    (line,) = talk.sent()
    answer(talk, line, at(5, "b", ":bob!b@h PRIVMSG #r :other"))
    assert len(talk.one(SearchReceived).messages) == 1


def test_without_labels_the_first_answer_is_the_first_ones() -> None:
    talk = online(UNLABELLED)
    talk.session.search("1", "x")
    talk.session.search("2", "y")
    assert len(talk.sent()) == 2
    answer(talk, "", kind="soju.im/search")
    assert talk.one(SearchReceived).query == "1"
    talk.server("FAIL SEARCH INTERNAL_ERROR :The search could not be run")
    failed = talk.one(SearchFailed)
    assert (failed.query, failed.code) == ("2", "INTERNAL_ERROR")
    answer(talk, "")
    assert talk.events == []


def test_refusals_by_label() -> None:
    talk = online()
    talk.session.search("1", "x")
    talk.session.search("2", "x")
    first, second = talk.sent()
    talk.server(f"{label(second)}:srv FAIL SEARCH INVALID_PARAMS in :Invalid parameters")
    assert talk.one(SearchFailed).query == "2"
    talk.server(f"{label(first)}:srv 421 ada SEARCH :Unknown command")
    assert talk.one(SearchFailed).query == "1"
    talk.server("@label=other :srv 421 ada SEARCH :Unknown command")
    assert talk.one(ErrorReceived).code == "421"
    talk.server("FAIL SEARCH INVALID_PARAMS in :Invalid parameters")
    assert talk.events == []


def test_no_answer_in_time() -> None:
    talk = online()
    talk.session.search("1", "x")
    talk.wait(5.0)
    talk.session.tick(talk.now)
    talk.session.search("2", "x")
    talk.wait(searching.PATIENCE - 4.0)
    assert talk.one(SearchFailed).query == "1"
    talk.wait(5.0)
    assert talk.one(SearchFailed).query == "2"
    talk.sent()
    talk.session.search("3", "x")
    (line,) = talk.sent()
    answer(talk, line)
    assert talk.wait(searching.PATIENCE + 1.0) == []


def test_a_lost_connection_answers_nothing() -> None:
    talk = online()
    talk.session.search("1", "x")
    talk.lose()
    assert talk.one(SearchFailed) == SearchFailed("1", "Not connected.", "")


@pytest.mark.parametrize(
    ("text", "sender"), [("", ""), ("  ", ""), ("x" * 500, ""), ("ok", "y" * 500)]
)
def test_what_cannot_be_asked(text: str, sender: str) -> None:
    talk = online()
    assert not talk.session.search("q", text, sender=sender)
    (failed,) = talk.session.take_events()
    assert isinstance(failed, SearchFailed)
    assert failed.code == ""
    assert talk.sent() == []


def test_where_it_cannot_be_asked() -> None:
    talk = online(PARLOR_CAPS)
    assert not talk.session.search("q", "x")
    talk.lose()
    assert not talk.session.search("q", "x")
    talk = online()
    asked = [talk.session.search(str(number), "x") for number in range(30)]
    assert (asked[0], asked[-1]) == (True, False)
