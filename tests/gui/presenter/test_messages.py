"""What is said: order, unread, history, typing, failures."""

import pytest

from core.client import events
from gui.model.message import Delivery
from gui.model.shown import Header
from gui.model.timeline import Changed, Inserted
from gui.presenter.rows import typing_text
from tests.gui.presenter.stage import Stage


def stage_in_room() -> Stage:
    stage = Stage()
    stage.register()
    stage.join()
    return stage


def deliveries(stage: Stage) -> list[Delivery]:
    return [message.delivery for message in stage.screen.timeline.messages]


def history(stage: Stage, *texts: str, where: str = "before", **more: object) -> object:
    fields: dict[str, object] = {
        "conversation": "#room",
        "messages": tuple(stage.said(text) for text in texts),
        "where": where,
        "complete": True,
        **more,
    }
    return events.HistoryReceived(**fields)  # type: ignore[arg-type]


def test_a_message_that_is_seen_is_not_unread() -> None:
    stage = stage_in_room()
    stage.handle(stage.said("hello"))
    assert stage.screen.texts == ["hello"]
    assert stage.screen.changes == [Inserted(0, 1)]
    assert stage.screen.rows[0].unread == 0
    assert stage.screen.rows[0].preview == "ada: hello"


def test_an_unattended_window_counts_and_shows_where_it_began() -> None:
    stage = stage_in_room()
    stage.screen.attends = False
    stage.handle(stage.said("one"), stage.said("me: two", mention=True))
    assert (stage.screen.rows[0].unread, stage.screen.rows[0].mention) == (2, True)
    assert stage.screen.divider == stage.screen.timeline.messages[0].uid
    assert stage.screen.title == "(2) Parlor — #room"
    stage.screen.attends = True
    stage.presenter.reading.looked()
    assert stage.screen.rows[0].unread == 0
    assert stage.screen.title == "Parlor — #room"


def test_messages_elsewhere() -> None:
    stage = stage_in_room()
    stage.handle(stage.said("psst", room="ada"))
    assert sorted(stage.screen.keys) == ["#room", "ada"]
    assert stage.screen.texts == []
    assert stage.screen.changes == []
    stage.presenter.conversations.open("ada")
    assert stage.screen.shown[:2] == ("ada", False)
    assert stage.screen.shown[2] == stage.screen.timeline.messages[0].uid
    assert stage.screen.header == Header("ada", "", False)


def test_pending_then_confirmed() -> None:
    stage = stage_in_room()
    stage.presenter.composer.send("hello")
    assert stage.link.said == [("#room", "#room", "hello", "privmsg")]
    assert stage.screen.ends == 1
    stage.handle(stage.queued("hello", "p1"), stage.said("before"))
    assert stage.screen.texts == ["before", "hello"]
    assert deliveries(stage) == [Delivery.SENT, Delivery.PENDING]
    stage.handle(stage.said("hello", nick="me", is_own=True, pending_id="p1", msgid="m1"))
    assert stage.screen.texts == ["before", "hello"]
    assert deliveries(stage) == [Delivery.SENT, Delivery.SENT]
    assert stage.screen.changes[-1] == Changed(1)


def test_our_message_from_another_device() -> None:
    stage = stage_in_room()
    stage.handle(stage.said("from my phone", nick="me", is_own=True, room="bob"))
    assert stage.chat.conversations["bob"].timeline.messages[0].own
    stage.handle(stage.said("lost", nick="me", is_own=True, pending_id="unknown"))
    assert stage.screen.texts == ["lost"]


def test_failed_and_sent_again() -> None:
    stage = stage_in_room()
    stage.handle(stage.queued("hello", "p1"))
    failure = events.SendFailed(
        conversation="#room", pending_id="p1", text="hello", sentence="No.", code="404"
    )
    stage.handle(failure)
    message = stage.screen.timeline.messages[0]
    assert (message.delivery, message.problem) == (Delivery.FAILED, "No.")
    stage.presenter.message.send_again(message.uid)
    assert stage.screen.texts == []
    assert stage.link.said == [("#room", "#room", "hello", "privmsg")]
    stage.presenter.message.send_again(message.uid)
    stage.handle(failure)
    assert stage.notes() == ["No."]


def test_older_messages_are_asked_for_once() -> None:
    stage = stage_in_room()
    for _ in range(3):
        stage.presenter.reading.older()
    assert stage.link.session.calls == [("request_history", "#room")]
    stage.handle(stage.said("live"), history(stage, "old", "older", complete=False))
    assert stage.screen.texts == ["old", "older", "live"]
    stage.presenter.reading.older()
    assert len(stage.link.session.calls) == 2
    stage.handle(history(stage))
    stage.presenter.reading.older()
    assert len(stage.link.session.calls) == 2
    assert stage.screen.rows[0].unread == 0


def test_the_list_shows_when_something_was_said_not_when_we_came() -> None:
    stage = stage_in_room()
    assert stage.chat.conversations["#room"].activity == 1000.0
    stage.now = 400.0
    stage.handle(history(stage, "old"))
    assert stage.chat.conversations["#room"].activity == 400.0


@pytest.mark.parametrize(("code", "asked"), [("INVALID_TARGET", 1), ("", 2)])
def test_history_that_is_refused_is_not_asked_for_again(code: str, asked: int) -> None:
    stage = stage_in_room()
    stage.presenter.reading.older()
    stage.presenter.reading.older()
    assert len(stage.link.session.calls) == 1
    stage.handle(
        events.HistoryFailed(conversation="#room", where="before", sentence="No.", code=code)
    )
    stage.presenter.reading.older()
    assert len(stage.link.session.calls) == asked


def test_offline_nothing_is_asked() -> None:
    stage = stage_in_room()
    stage.handle(events.Disconnected(reason="", wanted=False))
    stage.presenter.reading.older()
    assert stage.link.session.calls == []


def test_missed_messages_are_unread_and_confirm_ours() -> None:
    stage = stage_in_room()
    stage.screen.attends = False
    stage.handle(stage.said("known"), stage.queued("mine", "p1"))
    mine = stage.said("mine", nick="me", is_own=True, pending_id="p1", msgid="m9")
    missed = events.HistoryReceived(
        conversation="#room",
        messages=(stage.said("missed"), mine, stage.said("more, me", mention=True)),  # type: ignore[arg-type]
        where="after", complete=True, gap=True,
    )  # fmt: skip
    stage.handle(missed)
    texts = [one.text for one in stage.screen.timeline.messages if one.kind.value != "note"]
    assert texts == ["known", "missed", "mine", "more, me"]
    assert stage.notes() == ["Some messages between these could not be had."]
    assert (stage.screen.rows[0].unread, stage.screen.rows[0].mention) == (2, True)


def test_what_was_said_before_we_came_is_not_unread() -> None:
    stage = stage_in_room()
    stage.screen.attends = False
    long_ago = stage.said("long ago", time=stage.now - 900.0, mention=True)
    page = events.HistoryReceived("#room", (long_ago,), "after", True)  # type: ignore[arg-type]
    stage.handle(page)
    row = stage.screen.rows[0]
    assert (row.unread, row.mention, row.preview) == (0, False, "ada: long ago")
    assert stage.chat.conversations["#room"].activity == stage.now - 900.0


def test_typing() -> None:
    stage = stage_in_room()
    change = {"conversation": "#room", "nick": "ada"}
    stage.handle(events.TypingChanged(state="active", **change))
    assert stage.screen.typing == "ada is typing…"
    assert (stage.screen.rows[0].preview, stage.screen.rows[0].typing) == ("ada is typing…", True)
    stage.handle(stage.said("there"))
    assert stage.screen.typing == ""
    stage.handle(events.TypingChanged(conversation="#nowhere", nick="ada", state="active"))


def test_typing_texts() -> None:
    assert typing_text([]) == ""
    assert typing_text(["a", "b"]) == "a and b are typing…"
    assert typing_text(["a", "b", "c"]) == "a, b and c are typing…"
    assert typing_text(["a"] * 4) == "4 people are typing…"


def test_drafts_are_kept() -> None:
    stage = stage_in_room()
    stage.join("#other")
    stage.presenter.composer.typed("half a thou")
    stage.screen.typed = "half a thought"
    stage.presenter.conversations.open("#other")
    assert (stage.screen.typed, stage.screen.hint) == ("", "Message #other")
    row = next(row for row in stage.screen.rows if row.key == "#room")
    assert row.preview == "Draft: half a thought"
    stage.presenter.conversations.open("#room")
    assert stage.screen.typed == "half a thought"


def test_typing_is_told_but_not_for_commands() -> None:
    stage = stage_in_room()
    stage.presenter.composer.typed("/me")
    stage.presenter.composer.typed("hi")
    stage.presenter.composer.typed("")
    states = [call[:3] for call in stage.link.session.calls]
    assert states == [("set_typing", "#room", "active"), ("set_typing", "#room", "done")]


def test_conversations_open_and_are_renamed() -> None:
    stage = stage_in_room()
    stage.handle(events.ConversationOpened(conversation="bob", name="Bob", is_room=False))
    stage.handle(events.ConversationRenamed(old="bob", new="rob", name="Rob"))
    assert stage.screen.keys == ["#room", "rob"]


def test_lone_surrogates_are_replaced_before_sending() -> None:
    stage = stage_in_room()
    stage.presenter.composer.send("a\ud83d")
    assert stage.link.said == [("#room", "#room", "a\ufffd", "privmsg")]
    stage.presenter.composer.send("  \n ")
    assert len(stage.link.said) == 1


def test_formatting_is_stripped() -> None:
    stage = stage_in_room()
    stage.handle(stage.said("\x02bold\x02"), stage.said("waves", kind="action"))
    assert stage.screen.texts == ["bold", "waves"]
    assert stage.screen.rows[0].preview == "ada waves"


def test_a_message_to_some_of_a_room_says_so() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.handle(stage.said("who kicks?", ranks="@"), stage.said("hm", ranks="!"))
    stage.handle(stage.said("shrugs", ranks="+", kind="action"))
    assert [one.shown() for one in stage.screen.timeline.messages] == [
        "Only to operators: who kicks?",
        "Only to some of you: hm",
        "Only to those with voice: ada shrugs",
    ]


def refusal(code: str = "INVALID_TARGET") -> events.HistoryFailed:
    return events.HistoryFailed(conversation="#room", where="before", sentence="No.", code=code)


def test_what_was_refused_is_asked_for_again_after_coming_back() -> None:
    stage = stage_in_room()

    def complete() -> bool:
        return stage.chat.conversations["#room"].timeline.complete

    stage.handle(refusal())
    assert complete()
    stage.handle(events.RoomLeft(room="#room", how="kick", by="ada", reason=""))
    stage.join()
    assert not complete()
    stage.handle(refusal())
    stage.register(reconnected=True)
    assert not complete()


def test_a_page_of_what_was_closed_meanwhile_does_not_open_it() -> None:
    stage = stage_in_room()
    page = events.HistoryReceived(
        conversation="ada", messages=(), where="before", complete=True
    )  # fmt: skip
    failed = events.HistoryFailed(conversation="bob", where="before", sentence="No.", code="")
    stage.handle(page, failed)
    assert set(stage.chat.conversations) == {"#room"}


def test_the_first_page_is_not_unread_whatever_the_clocks_say() -> None:
    stage = stage_in_room()
    stage.screen.attends = False
    room = stage.chat.conversations["#room"]
    early = stage.said("said before", time=stage.now + 3600)  # the server's clock is ahead
    late = stage.said("missed", time=stage.now - 3600)  # or ours is
    stage.handle(events.HistoryReceived("#room", (early,), "after", True))  # type: ignore[arg-type]
    assert room.unread == 0
    stage.handle(events.HistoryReceived("#room", (late,), "after", True))  # type: ignore[arg-type]
    assert room.unread == 1


def test_without_a_first_page_all_that_is_missed_is_unread() -> None:
    stage = stage_in_room()
    stage.screen.attends = False
    failed = events.HistoryFailed(conversation="#room", where="after", sentence="No.", code="")
    page = events.HistoryReceived("#room", (stage.said("missed"),), "after", True)  # type: ignore[arg-type]
    stage.handle(failed, page)
    assert stage.chat.conversations["#room"].unread == 1


def test_who_takes_the_name_of_another_takes_its_unfinished_words_along() -> None:
    stage = stage_in_room()
    stage.handle(stage.said("hi", nick="bob", room="bob"))
    stage.presenter.people.message("robert")
    stage.screen.typed = "half a"
    stage.presenter.conversations.open("#room")
    stage.handle(stage.queued("unsent", "L1", room="robert"))
    stage.presenter.conversations.open("robert")
    stage.chat.levels["bob"] = "all"
    stage.handle(events.ConversationRenamed(old="bob", new="robert", name="robert"))
    assert stage.screen.texts == ["hi", "unsent"]
    assert stage.screen.typed == "half a"
    assert stage.chat.levels == {"robert": "all"}


def test_one_of_many_conversations_is_redrawn_alone() -> None:
    """With thousands of them a message must not hold up the window."""
    stage = stage_in_room()
    stage.handle(stage.said("hi", nick="bob", room="bob"))
    before = {row.key: row for row in stage.screen.rows}
    stage.handle(stage.said("new"))
    after = {row.key: row for row in stage.screen.rows}
    assert after["bob"] is before["bob"]
    assert after["#room"].preview == "ada: new"


def test_what_was_on_its_way_while_it_was_closed_is_shown_with_what_was_before() -> None:
    stage = stage_in_room()
    stage.handle(stage.said("one", nick="bob", room="bob", msgid="1"))
    stage.presenter.conversations.close("bob")
    stage.handle(stage.said("two", nick="bob", room="bob", msgid="2"))  # told before it forgot
    stage.presenter.conversations.open("bob")
    stage.handle(events.ConversationForgotten(conversation="bob"))
    assert ("request_history", "bob") in stage.link.session.calls
    page = [stage.said(text, nick="bob", room="bob", msgid=text) for text in ("one", "two")]
    stage.handle(
        events.HistoryReceived("bob", tuple(page), "before", False),  # type: ignore[arg-type]
        events.ConversationForgotten(conversation="unknown"),
    )
    assert stage.screen.texts == ["one", "two"]


def test_what_is_here_already_is_not_confirmed_into_a_second_one() -> None:
    """A message to oneself comes back twice, perhaps its copy first."""
    stage = stage_in_room()
    stage.handle(
        stage.queued("mine", "L1"),
        stage.said("mine", nick="me", is_own=True, msgid="1"),
        stage.said("mine", nick="me", is_own=True, msgid="1", pending_id="L1"),
    )
    assert stage.screen.texts == ["mine"]
    assert stage.screen.timeline.unsent() == []
