"""Going to a message, into the past and back."""

import msgspec

from core.client import events
from core.client.features import Features
from gui.model.message import Message
from tests.gui.presenter.past import context, messages, stage_with_past
from tests.gui.presenter.stage import Stage


def shown(stage: Stage) -> list[str]:
    timeline = stage.screen.timeline
    if stage.screen.finding.joined is not None:
        timeline = stage.screen.finding.joined
    return [one.text for one in timeline.messages if one.kind.value != "note"]


def flashed(stage: Stage) -> list[str]:
    """The texts of the messages that were scrolled to."""
    known: dict[int, Message] = {}
    for conversation in stage.chat.conversations.values():
        for timeline in (conversation.timeline, conversation.shown):
            known |= {one.uid: one for one in timeline.messages}
    return [known[uid].text for uid in stage.screen.finding.messages]


def visiting() -> Stage:
    """n50 to n52 are shown, while n90 to n92 are the newest."""
    stage = stage_with_past(90, 91, 92)
    stage.presenter.finding.jump("#room", "m51")
    stage.handle(context("m51", "around", 50, 51, 52))
    stage.link.session.calls.clear()
    return stage


def test_a_message_that_is_loaded_is_scrolled_to() -> None:
    stage = stage_with_past(90, 91)
    stage.presenter.finding.jump("#room", "m90")
    assert flashed(stage) == ["n90"]
    assert stage.link.session.calls == []
    assert not stage.screen.finding.past


def test_one_that_is_not_is_asked_for_and_shown_apart() -> None:
    stage = stage_with_past(90, 91)
    stage.presenter.finding.jump("#room", "m51")
    assert stage.link.session.calls == [("request_context", "#room", "m51", "around")]
    assert shown(stage) == ["n90", "n91"]
    stage.handle(context("m51", "around", 50, 51, 52))
    assert shown(stage) == ["n50", "n51", "n52"]
    assert stage.screen.finding.past
    assert flashed(stage) == ["n51"]
    stage.presenter.finding.jump("#room", "m52")
    assert flashed(stage) == ["n51", "n52"]
    stage.presenter.finding.jump("#room", "m90")
    assert shown(stage) == ["n90", "n91"]
    assert not stage.screen.finding.past


def test_another_conversation_is_opened_for_it() -> None:
    stage = stage_with_past(90)
    stage.presenter.finding.jump("bob", "m3")
    assert stage.chat.current == "bob"
    assert stage.link.session.calls == [("request_context", "bob", "m3", "around")]


def test_both_ends_grow_and_are_asked_for_once() -> None:
    stage = visiting()
    for _ in range(2):
        stage.presenter.reading.older()
        stage.presenter.reading.newer()
    assert stage.link.session.calls == [
        ("request_context", "#room", "m50", "before"),
        ("request_context", "#room", "m52", "after"),
    ]
    stage.handle(context("m50", "before", 48, 49, edge=True), context("m52", "after", 53, 54))
    assert shown(stage) == ["n48", "n49", "n50", "n51", "n52", "n53", "n54"]
    stage.presenter.reading.older()
    assert len(stage.link.session.calls) == 2
    stage.presenter.reading.newer()
    assert stage.link.session.calls[-1] == ("request_context", "#room", "m54", "after")


def test_met_by_the_newest_messages_it_becomes_one_with_them() -> None:
    stage = visiting()
    stage.handle(*messages(93))
    stage.presenter.reading.newer()
    stage.handle(context("m52", "after", 60, 90, 91))
    assert stage.screen.finding.joined is stage.chat.conversations["#room"].timeline
    assert shown(stage) == ["n50", "n51", "n52", "n60", "n90", "n91", "n92", "n93"]
    assert not stage.screen.finding.past
    assert stage.chat.conversations["#room"].visit is None
    stage.presenter.reading.older()
    assert stage.link.session.calls[-1] == ("request_history", "#room", "m50")
    stage.handle(events.HistoryReceived("#room", messages(49, 50), "before", False))
    assert shown(stage)[:3] == ["n49", "n50", "n51"]


def test_at_the_newest_end_it_is_joined_even_without_a_common_message() -> None:
    stage = visiting()
    stage.chat.conversations["#room"].timeline.messages.clear()
    stage.presenter.reading.newer()
    stage.handle(context("m52", "after", 53, edge=True))
    assert stage.chat.conversations["#room"].visit is None


def test_live_messages_are_counted_and_wait_below() -> None:
    stage = visiting()
    changes = len(stage.screen.changes)
    stage.handle(*messages(93, 94))
    assert shown(stage) == ["n50", "n51", "n52"]
    assert len(stage.screen.changes) == changes
    assert stage.screen.new >= 2
    assert stage.screen.rows[0].unread == 2
    ends = stage.screen.ends
    stage.presenter.finding.newest()
    assert shown(stage) == ["n90", "n91", "n92", "n93", "n94"]
    assert stage.screen.ends == ends + 1
    assert not stage.screen.finding.past


def test_writing_leads_back_to_the_newest() -> None:
    stage = visiting()
    stage.handle(stage.queued("hello", "p1"))
    assert shown(stage) == ["n90", "n91", "n92", "hello"]
    assert stage.chat.conversations["#room"].visit is None


def test_a_message_not_far_back_is_joined_at_once() -> None:
    stage = stage_with_past(90, 91)
    stage.presenter.finding.jump("#room", "m88")
    stage.handle(context("m88", "around", 87, 88, 89, 90))
    assert shown(stage) == ["n87", "n88", "n89", "n90", "n91"]
    assert flashed(stage) == ["n88"]
    assert not stage.screen.finding.past


def test_an_answer_that_nobody_waits_for_any_more_changes_nothing() -> None:
    stage = stage_with_past(90)
    stage.presenter.finding.jump("#room", "m51")
    stage.presenter.finding.jump("#room", "m20")
    stage.handle(context("m51", "around", 50, 51))
    assert shown(stage) == ["n90"]
    stage.presenter.finding.newest()
    stage.handle(context("m20", "around", 20))
    assert shown(stage) == ["n90"]
    stage.handle(context("m20", "after", 21))
    assert shown(stage) == ["n90"]


def test_what_cannot_be_had_is_told() -> None:
    stage = stage_with_past(90)
    stage.presenter.finding.jump("#room", "m51")
    stage.handle(context("m51", "around", 50, 52))
    stage.presenter.finding.jump("#room", "m3")
    stage.handle(events.ContextFailed("#room", "m3", "around", "Nothing there.", "INVALID_TARGET"))
    stage.chat.features = Features()
    stage.presenter.finding.jump("#room", "m4")
    assert stage.notes() == [
        "This message cannot be shown any more",
        "Nothing there.",
        "This message is too far back to be shown here",
    ]


def test_pages_that_are_refused_are_not_asked_for_again() -> None:
    stage = visiting()
    for code in ("", "INVALID"):
        stage.presenter.reading.older()
        stage.presenter.reading.newer()
        stage.handle(
            events.ContextFailed("#room", "m50", "before", "No.", code),
            events.ContextFailed("#room", "m52", "after", "No.", code),
        )
    stage.presenter.reading.older()
    stage.presenter.reading.newer()
    assert len(stage.link.session.calls) == 4


def test_a_broken_connection_lets_them_be_asked_for_again() -> None:
    stage = visiting()
    stage.presenter.reading.newer()
    stage.handle(events.Disconnected(reason="", wanted=False))
    stage.presenter.reading.newer()
    assert len(stage.link.session.calls) == 1
    stage.register(reconnected=True)
    stage.presenter.reading.newer()
    assert stage.link.session.calls[-1] == ("request_context", "#room", "m52", "after")


def test_leaving_the_conversation_leaves_the_past() -> None:
    stage = visiting()
    stage.join("#other")
    stage.presenter.conversations.open("#other")
    assert not stage.screen.finding.past
    stage.presenter.conversations.open("#room")
    assert shown(stage) == ["n90", "n91", "n92"]


def test_what_becomes_of_messages_is_seen_in_the_past_too() -> None:
    stage = visiting()
    stage.handle(events.MessageRedacted("#room", "m51", "bob", "", 100.0))
    assert stage.screen.timeline.messages[1].redacted == "bob"
    assert stage.screen.changes[-1].at == 1


def test_reactions_of_the_past_are_seen_with_it() -> None:
    stage = stage_with_past(90, 91, 92)
    stage.presenter.jumping.jump("#room", "m51")
    heart = events.ReactionReceived("#room", "bob", "m51", "\u2764\ufe0f", False, 60.0, False)
    page = context("m51", "around", 50, 51, 52)
    stage.handle(msgspec.structs.replace(page, reactions=(heart,)))
    found = stage.screen.timeline.find("m51")
    assert found is not None
    assert [(one.text, one.nicks) for one in found.reactions] == [("\u2764\ufe0f", ("bob",))]
