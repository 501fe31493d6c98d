"""What was read, here and on other devices."""

from core.client import events
from core.client.features import Features
from tests.gui.presenter.past import ALL, messages, stage_with_past
from tests.gui.presenter.stage import Stage


def marks(stage: Stage) -> list[tuple[object, ...]]:
    return [call[1:] for call in stage.link.session.calls if call[0] == "mark_read"]


def marked(stage: Stage, time: float, conversation: str = "#room") -> None:
    stage.handle(events.ReadMarkerChanged(conversation=conversation, time=time))


def unread(stage: Stage, key: str = "#room") -> int:
    return next(row.unread for row in stage.screen.rows if row.key == key)


def test_what_is_seen_is_marked_once_a_second() -> None:
    stage = stage_with_past()
    stage.handle(*messages(1))
    assert marks(stage) == [("#room", 1.0)]
    stage.handle(*messages(2))
    stage.handle(*messages(3))
    assert marks(stage) == [("#room", 1.0)]
    assert stage.presenter.tick()
    stage.now += 1.0
    assert not stage.presenter.tick()
    assert marks(stage) == [("#room", 1.0), ("#room", 3.0)]
    stage.handle(stage.said("seen twice", time=2.5))
    stage.now += 5.0
    stage.presenter.tick()
    assert len(marks(stage)) == 2


def test_it_is_told_at_once_when_the_conversation_is_left() -> None:
    stage = stage_with_past()
    stage.join("#other")
    stage.handle(*messages(1))
    stage.handle(*messages(2))
    assert marks(stage) == [("#room", 1.0)]
    stage.presenter.conversations.open("#other")
    assert marks(stage) == [("#room", 1.0), ("#room", 2.0)]


def test_and_when_the_program_ends() -> None:
    stage = stage_with_past()
    stage.handle(*messages(1))
    stage.handle(*messages(2))
    stage.presenter.quit()
    assert marks(stage)[-1] == ("#room", 2.0)


def test_unattended_nothing_is_marked_until_somebody_looks() -> None:
    stage = stage_with_past()
    stage.screen.attends = False
    stage.handle(*messages(1, 2))
    assert (marks(stage), unread(stage)) == ([], 2)
    stage.screen.attends = True
    stage.presenter.reading.looked()
    assert (marks(stage), unread(stage)) == ([("#room", 2.0)], 0)


def test_who_does_not_want_it_is_not_told_of() -> None:
    stage = stage_with_past()
    stage.presenter.desk.preferences.send_read = False
    stage.handle(*messages(1))
    assert marks(stage) == []
    assert stage.chat.conversations["#room"].read_until == 1.0


def test_servers_that_know_no_marks_are_not_asked() -> None:
    stage = stage_with_past(features=Features())
    stage.handle(*messages(1))
    assert marks(stage) == []
    assert stage.chat.conversations["#room"].read_until == 0.0


def test_another_device_lowers_the_counts_and_moves_the_line() -> None:
    stage = stage_with_past()
    stage.screen.attends = False
    stage.handle(*messages(1, 2, 3))
    assert unread(stage) == 3
    marked(stage, 2.0)
    assert unread(stage) == 1
    assert stage.screen.divider == stage.screen.timeline.messages[-1].uid
    marked(stage, 1.0)  # marks do not go back
    assert unread(stage) == 1
    marked(stage, 3.0)
    assert (unread(stage), stage.screen.divider) == (0, 0)


def test_before_the_eyes_nothing_is_unread() -> None:
    stage = stage_with_past(1, 2, 3)
    marked(stage, 1.0)
    assert unread(stage) == 0


def test_after_a_start_only_what_is_newer_than_the_mark_is_unread() -> None:
    for first in (True, False):
        stage = Stage()
        stage.screen.attends = False
        stage.register()
        stage.chat.features = ALL
        page = events.HistoryReceived("#room", messages(1, 2, 3, 4), "after", True)
        stage.handle(events.ReadMarkerChanged("#room", 3.0)) if first else None
        stage.join()
        stage.handle(page)
        if not first:
            marked(stage, 3.0)
        assert unread(stage) == 1
        assert stage.chat.conversations["#room"].divider == stage.screen.timeline.messages[3].uid


def test_a_mark_of_nothing_makes_nothing_unread() -> None:
    stage = stage_with_past(1, 2)
    stage.screen.attends = False
    marked(stage, 0.0)
    assert unread(stage) == 0


def test_our_own_words_count_as_having_read() -> None:
    stage = stage_with_past(1)
    stage.screen.attends = False
    marked(stage, 1.0)
    stage.handle(*messages(2), stage.said("mine", nick="me", is_own=True, time=5.0, msgid="m5"))
    marked(stage, 1.5)
    assert unread(stage) == 0


def test_marked_as_read_from_the_menu() -> None:
    stage = stage_with_past()
    stage.join("#other")
    stage.handle(*messages(4, room="#other"))
    assert unread(stage, "#other") == 1
    stage.presenter.conversations.mark_read("#other")
    assert unread(stage, "#other") == 0
    assert marks(stage)[-1] == ("#other", 4.0)
    stage.presenter.conversations.mark_read("#nowhere")


def test_another_nick_is_the_same_conversation() -> None:
    stage = stage_with_past()
    stage.handle(stage.said("psst", room="ada", time=5.0))
    stage.presenter.conversations.open("ada")
    stage.handle(stage.said("again", room="ada", time=6.0))
    stage.handle(events.ConversationRenamed(old="ada", new="ada2", name="ada2"))
    stage.now += 1.0
    stage.presenter.tick()
    assert marks(stage)[-1] == ("ada2", 6.0)


def test_what_was_read_on_one_server_says_nothing_of_another() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.ReadMarkerChanged(conversation="#room", time=stage.now + 50))  # early
    stage.join("#other")
    stage.register()
    stage.join("#first")
    stage.join("#room")
    stage.handle(stage.said("hi"))
    assert stage.chat.conversations["#room"].unread == 1


def test_our_own_clock_says_nothing_of_what_was_read() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.handle(events.ReadMarkerChanged(conversation="#room", time=stage.now))
    room = stage.chat.conversations["#room"]
    stage.now += 5000  # this machine's clock is ahead
    stage.handle(stage.queued("mine", "L1"))
    assert room.read_until == 1000.0
    stage.handle(stage.said("mine", nick="me", is_own=True, pending_id="L1", time=1001.0))
    assert room.read_until == 1001.0
