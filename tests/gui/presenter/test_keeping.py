"""Drafts and unsent messages come back after a restart; nothing is sent by itself."""

from core.client import events
from gui.model.message import Delivery
from gui.model.unfinished import Unfinished, Unsent
from tests.gui.presenter.stage import Stage


def begun(kept: dict[str, Unfinished] | None = None, opened: str = "") -> Stage:
    stage = Stage()
    stage.register()
    stage.presenter.keeping.bring_back("chat.example:5000", kept or {}, opened)
    return stage


def test_drafts_are_offered_by_conversation() -> None:
    stage = begun()
    stage.join("#room")
    stage.presenter.composer.typed("half a tho")
    stage.handle(stage.said("hi", room="ada"))
    assert stage.presenter.keeping.unfinished() == {
        "#room": Unfinished("#room", False, "half a tho")
    }


def test_pending_and_failed_messages_are_offered() -> None:
    stage = begun()
    stage.join("#room")
    stage.handle(stage.queued("one", "L1"), stage.queued("two", "L2"), stage.queued("three", "L3"))
    stage.handle(
        stage.said("one", nick="me", is_own=True, pending_id="L1"),
        events.SendFailed(
            conversation="#room", pending_id="L2", text="two", sentence="No.", code=""
        ),
    )
    kept = stage.presenter.keeping.unfinished()["#room"].unsent
    assert {(one.text, one.unsure) for one in kept} == {("two", False), ("three", True)}


def test_a_draft_comes_back_with_its_room() -> None:
    stage = begun({"#room": Unfinished("#room", False, "half a tho")})
    assert "#room" not in stage.chat.conversations
    assert stage.presenter.keeping.unfinished() == {
        "#room": Unfinished("#room", False, "half a tho")
    }
    stage.join("#room")
    assert stage.screen.typed == "half a tho"


def test_private_conversations_with_something_unfinished_are_there_again() -> None:
    stage = begun({"ada": Unfinished("Ada", True, unsent=[Unsent("lost?", 900.0)])})
    stage.presenter.conversations.open("ada")
    message = stage.screen.timeline.messages[0]
    assert (message.text, message.own, message.sender) == ("lost?", True, "me")
    assert message.delivery is Delivery.FAILED
    assert "closed" in message.problem
    assert stage.link.said == []
    assert stage.presenter.keeping.unfinished()["ada"].unsent == [Unsent("lost?", 900.0)]


def test_what_came_back_can_be_sent_again() -> None:
    stage = begun({"ada": Unfinished("Ada", True, unsent=[Unsent("lost?", 900.0)])})
    stage.presenter.conversations.open("ada")
    stage.presenter.message.send_again(stage.screen.timeline.messages[0].uid)
    assert [said[2] for said in stage.link.said] == ["lost?"]
    assert stage.presenter.keeping.unfinished() == {}


def test_what_the_server_has_after_all_is_not_unsent() -> None:
    unsent = [Unsent("got through", 900.0, unsure=True), Unsent("did not", 901.0)]
    stage = begun({"#room": Unfinished("#room", False, unsent=unsent)})
    stage.join("#room")
    had = stage.said("got through", nick="me", is_own=True, from_history=True, msgid="m1")
    stage.handle(
        events.HistoryReceived(
            conversation="#room", messages=(had,), where="before", complete=True  # type: ignore[arg-type]
        )
    )  # fmt: skip
    states = {one.text: one.delivery for one in stage.screen.timeline.messages if one.own}
    assert states == {"got through": Delivery.SENT, "did not": Delivery.FAILED}


def test_the_conversation_that_was_open_is_opened() -> None:
    stage = begun(opened="#second")
    stage.join("#first")
    stage.join("#second")
    stage.join("#third")
    assert stage.chat.current == "#second"
    stage = begun(opened="ada")
    stage.join("#first")
    stage.handle(events.ConversationOpened(conversation="ada", name="Ada", is_room=False))
    assert stage.chat.current == "ada"
