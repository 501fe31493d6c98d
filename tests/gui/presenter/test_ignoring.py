"""What ignored people say is not shown, wherever it comes from."""

import pytest

from core.client import events
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join("#room")
    made.presenter.desk.preferences.ignored = ["Troll"]
    return made


def message(stage: Stage, text: str, nick: str, msgid: str = "") -> events.MessageReceived:
    made = stage.said(text, nick=nick, msgid=msgid)
    assert isinstance(made, events.MessageReceived)
    return made


def test_messages_and_typing(stage: Stage) -> None:
    stage.handle(
        stage.said("hear me", nick="troll"),
        events.TypingChanged(conversation="#room", nick="TROLL", state="active"),
        stage.said("hello", nick="ada"),
    )
    assert stage.screen.texts == ["hello"]
    assert stage.screen.typing == ""


def test_they_cannot_begin_a_conversation(stage: Stage) -> None:
    stage.handle(
        events.ConversationOpened(conversation="troll", name="troll", is_room=False),
        stage.said("psst", nick="troll", room="troll"),
    )
    assert "troll" not in stage.screen.keys
    stage.handle(events.ConversationOpened(conversation="#new", name="#new", is_room=True))
    assert "#new" in stage.screen.keys


def test_history(stage: Stage) -> None:
    said = (message(stage, "old", "troll"), message(stage, "older", "ada"))
    stage.handle(
        events.HistoryReceived(conversation="#room", messages=said, where="before", complete=True)
    )
    assert stage.screen.texts == ["older"]


def test_a_message_that_was_asked_for_is_shown(stage: Stage) -> None:
    said = tuple(message(stage, text, "troll", msgid=text) for text in ("a", "b"))
    event = events.ContextReceived(
        conversation="#room", msgid="b", where="around", messages=said, reactions=(),
        edge=False,
    )  # fmt: skip
    passed = stage.presenter._ignoring.passed(event)
    assert isinstance(passed, events.ContextReceived)
    assert [one.text for one in passed.messages] == ["b"]


def test_our_own_words_are_ours(stage: Stage) -> None:
    stage.presenter.desk.preferences.ignored = ["me"]
    stage.handle(stage.said("mine", nick="me", is_own=True))
    assert stage.screen.texts == ["mine"]


def test_they_are_heard_again(stage: Stage) -> None:
    stage.presenter.composer.send("/unignore troll")
    stage.handle(stage.said("hear me", nick="troll"))
    assert stage.screen.texts[-1] == "hear me"
