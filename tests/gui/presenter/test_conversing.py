"""The list on the left: its order, what its lines tell, going from one to the next."""

import pytest

from core.client import events
from gui.model.shown import Header
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    for name in ("#one", "#two", "#three"):
        made.now += 1.0
        made.join(name)
    return made


def keys(stage: Stage) -> list[str]:
    return [key for key in stage.screen.keys if key != "*"]


def row(stage: Stage, key: str) -> object:
    return next(one for one in stage.screen.rows if one.key == key)


def test_pinned_ones_stay_on_top(stage: Stage) -> None:
    assert keys(stage) == ["#three", "#two", "#one"]
    stage.presenter.conversations.pin("#one")
    assert keys(stage) == ["#one", "#three", "#two"]
    assert row(stage, "#one").pinned  # type: ignore[attr-defined]
    assert stage.chat.pinned == {"#one"}
    stage.now += 10.0
    stage.handle(stage.said("news", room="#two"))
    assert keys(stage) == ["#one", "#two", "#three"]
    stage.presenter.conversations.pin("#one")
    assert stage.chat.pinned == set()
    stage.presenter.conversations.pin("#nowhere")


def test_a_pin_of_an_earlier_run_is_known(stage: Stage) -> None:
    stage.chat.pinned = {"#zebra"}
    stage.join("#zebra")
    assert keys(stage)[0] == "#zebra"


def test_stepping_to_what_is_unread(stage: Stage) -> None:
    stage.presenter.conversations.open("#one")
    stage.handle(stage.said("news", room="#three"), stage.said("news", room="#two"))
    stage.presenter.conversations.mute("#two")
    stage.presenter.conversations.step(1, unread=True)
    assert stage.chat.current == "#three"
    stage.presenter.conversations.step(1, unread=True)
    assert stage.chat.current == "#three"


def test_by_number(stage: Stage) -> None:
    stage.presenter.conversations.nth(2)
    assert stage.chat.current == "#one"
    stage.presenter.conversations.nth(7)
    assert stage.chat.current == "#one"


def test_lines_tell_who_said_it(stage: Stage) -> None:
    stage.presenter.conversations.open("#three")
    stage.handle(stage.said("hello", room="#one"), stage.said("psst", room="ada"))
    stage.handle(stage.said("mine", nick="me", is_own=True, room="#two"))
    told = {key: row(stage, key) for key in ("#one", "#two", "ada")}
    assert [(one.lead, one.preview) for one in told.values()] == [  # type: ignore[attr-defined]
        ("ada:", "ada: hello"), ("You:", "You: mine"), ("", "psst"),
    ]  # fmt: skip
    assert [one.room for one in told.values()] == [True, True, False]  # type: ignore[attr-defined]
    stage.screen.typed = "half a thought"
    stage.presenter.conversations.open("#one")
    drafted = row(stage, "#three")
    assert (drafted.lead, drafted.draft) == ("Draft:", True)  # type: ignore[attr-defined]


def test_lines_tell_how_far_our_words_have_come(stage: Stage) -> None:
    stage.handle(stage.queued("hello", "p1", room="#one"))
    assert row(stage, "#one").delivery == "pending"  # type: ignore[attr-defined]
    sent = stage.said("hello", nick="me", is_own=True, pending_id="p1", room="#one")
    stage.handle(sent)
    assert row(stage, "#one").delivery == "sent"  # type: ignore[attr-defined]
    stage.handle(stage.said("answer", room="#one"))
    assert row(stage, "#one").delivery == ""  # type: ignore[attr-defined]
    stage.handle(
        stage.queued("lost", "p2", room="#one"),
        events.SendFailed(
            conversation="#one", pending_id="p2", text="lost", sentence="No.", code=""
        ),
    )
    assert row(stage, "#one").failed  # type: ignore[attr-defined]


def test_the_header_of_a_private_conversation(stage: Stage) -> None:
    stage.handle(stage.said("psst", room="ada"))
    stage.presenter.conversations.open("ada")
    stage.handle(events.TypingChanged(conversation="ada", nick="ada", state="active"))
    assert stage.screen.header == Header("ada", "typing…", False, True)
    stage.handle(events.TypingChanged(conversation="ada", nick="ada", state="done"))
    assert stage.screen.header == Header("ada", "", False)
