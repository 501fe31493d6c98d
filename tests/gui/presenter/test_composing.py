"""Where messages are typed: replies, drafts, what cannot be said, who is told that we type."""

import pytest

from core.client import events
from gui.link import Waiting
from gui.model.writing import Gate, Quote
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join("#room")
    made.join("#other")
    return made


def lose_connection(stage: Stage) -> None:
    stage.handle(events.Disconnected(reason="reset", wanted=False), Waiting("reset", 5.0))


def quoted(stage: Stage) -> Quote | None:
    return stage.screen.composer.quote


def reply_to(stage: Stage, text: str = "what do you think?", nick: str = "ada") -> None:
    """A message comes, and is to be answered."""
    stage.handle(stage.said(text, nick=nick, msgid="m1"))
    answered = stage.screen.timeline.messages[-1]
    open_ = stage.chat.open
    assert open_ is not None
    open_.replying = answered.uid
    stage.handle()


def test_a_reply_is_quoted_and_sent_once(stage: Stage) -> None:
    reply_to(stage, "what do\nyou think?")
    assert quoted(stage) == Quote("ada", "ada", "what do you think?")
    stage.presenter.composer.send("a lot")
    stage.presenter.composer.send("more")
    assert [text for _, _, text, _ in stage.link.said] == ["a lot", "more"]
    assert stage.link.replied == ["m1", ""]
    assert quoted(stage) is None


def test_a_reply_can_be_dropped(stage: Stage) -> None:
    reply_to(stage)
    stage.presenter.composer.drop_reply()
    assert quoted(stage) is None
    stage.presenter.composer.send("hi")
    assert stage.link.replied == [""]


def test_each_conversation_keeps_its_reply_and_its_draft(stage: Stage) -> None:
    reply_to(stage)
    stage.screen.typed = "half a"
    stage.presenter.conversations.open("#other")
    assert quoted(stage) is None
    assert stage.screen.typed == ""
    stage.presenter.conversations.open("#room")
    assert quoted(stage) == Quote("ada", "ada", "what do you think?")
    assert stage.screen.typed == "half a"


def test_an_own_message_is_answered_as_ones_own(stage: Stage) -> None:
    stage.handle(stage.said("mine", nick="me", msgid="m2", is_own=True))
    open_ = stage.chat.open
    assert open_ is not None
    open_.replying = stage.screen.timeline.messages[-1].uid
    stage.handle()
    assert quoted(stage) == Quote("You", "me", "mine")


def test_what_is_not_there_any_more_is_not_answered(stage: Stage) -> None:
    open_ = stage.chat.open
    assert open_ is not None
    open_.replying = 123_456
    stage.handle()
    assert open_.replying == 0
    assert quoted(stage) is None


def test_a_refused_message_keeps_its_reply(stage: Stage) -> None:
    reply_to(stage)
    stage.presenter.composer.send("/frobnicate")
    assert quoted(stage) is not None
    assert stage.screen.typed == "/frobnicate"


def test_without_a_connection_one_is_told_that_messages_wait(stage: Stage) -> None:
    lose_connection(stage)
    assert "goes out when it is back" in stage.screen.composer.gate.notice
    stage.presenter.composer.send("later")
    assert [text for _, _, text, _ in stage.link.said] == ["later"]
    stage.register(reconnected=True)
    assert stage.screen.composer.gate == Gate()


def test_a_command_without_a_connection_stays_where_it_was_typed(stage: Stage) -> None:
    lose_connection(stage)
    stage.presenter.composer.send("/topic bees")
    assert stage.notes()[-1] == "There is no connection; /topic has to wait until it is back"
    assert stage.screen.typed == "/topic bees"
    assert stage.link.session.calls == []


def test_out_of_a_room_there_is_a_button_to_join(stage: Stage) -> None:
    stage.handle(
        events.RoomLeft(room="#room", how="kick", by="ada", reason="spam"),
    )
    assert stage.screen.composer.gate == Gate(join="Join #room")
    stage.presenter.composer.join()
    assert ("join", "#room", "") in stage.link.session.calls
    stage.join("#room")
    assert stage.screen.composer.gate == Gate()
    stage.presenter.composer.join()  # in it already


def test_typing_is_told_paused_and_ended(stage: Stage) -> None:
    composer = stage.presenter.composer
    composer.typed("h")
    composer.paused()
    composer.typed("")
    composer.paused()  # nothing is typed: nothing to tell
    assert [call[:3] for call in stage.link.session.calls] == [
        ("set_typing", "#room", "active"),
        ("set_typing", "#room", "paused"),
        ("set_typing", "#room", "done"),
    ]


def test_nobody_hears_of_commands_being_typed(stage: Stage) -> None:
    stage.presenter.composer.typed("/msg ada secret")
    stage.presenter.composer.paused()
    assert stage.link.session.calls == []
    stage.presenter.composer.typed("//shrug")
    assert len(stage.link.session.calls) == 1


def test_typing_is_not_told_unless_wanted(stage: Stage) -> None:
    stage.presenter.desk.preferences.send_typing = False
    stage.presenter.composer.typed("h")
    stage.presenter.composer.paused()
    assert stage.link.session.calls == []
    assert stage.presenter.composer.preferences.send_typing is False


def test_without_a_conversation_there_is_nothing_to_do() -> None:
    stage = Stage()
    stage.presenter.composer.paused()
    stage.presenter.composer.join()
    stage.presenter.composer.drop_reply()
    assert stage.screen.composer.gate == Gate()
