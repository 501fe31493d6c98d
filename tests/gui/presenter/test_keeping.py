"""Drafts and unsent messages come back after a restart; nothing is sent by itself."""

import pytest

from core.client import events
from gui.model.message import Delivery, Message
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


@pytest.mark.parametrize(
    ("draft", "kept"),
    [
        ("/login me fern-moss", False),
        ("/register fern-moss", False),
        ("/raw OPER me fern-moss", False),
        ("/identify fern-moss", False),
        ("/msg NickServ identify fern-moss", False),
        ("/msg ada the password is at home", True),
        ("/me waves", True),
        ("//login is a command", True),
    ],
)
def test_passwords_are_not_written_down(draft: str, kept: bool) -> None:
    stage = begun()
    stage.join("#room")
    stage.presenter.composer.typed(draft)
    assert ("#room" in stage.presenter.keeping.unfinished()) is kept


def test_what_is_said_to_services_is_not_written_down() -> None:
    stage = begun()
    stage.presenter.people.message("NickServ")
    stage.presenter.composer.typed("identify fern-moss")
    stage.handle(stage.queued("identify fern-moss", "L1", room="nickserv"))
    assert stage.presenter.keeping.unfinished() == {}


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


def test_nothing_leaks_into_another_server() -> None:
    stage = Stage()
    stage.register()
    stage.join("#room")
    stage.presenter.keeping.bring_back("a:1", {"#later": Unfinished("#later", False, "draft")})
    stage.chat.pin(stage.chat.conversations["#room"])
    stage.register()
    assert stage.presenter.keeping.server == ""
    assert stage.presenter.keeping.unfinished() == {}
    stage.join("#room")
    assert not stage.chat.conversations["#room"].pinned


def test_a_conversation_that_is_closed_keeps_its_draft() -> None:
    stage = Stage()
    stage.register()
    stage.handle(stage.said("hi", room="ada"))
    stage.presenter.conversations.open("ada")
    stage.screen.typed = "half a"
    stage.presenter.conversations.close("ada")
    assert ("forget_conversation", "ada") in stage.link.session.calls
    assert stage.presenter.keeping.unfinished()["ada"].draft == "half a"
    stage.handle(stage.said("there?", room="ada"))
    assert stage.chat.conversations["ada"].draft == "half a"


def test_the_same_words_said_before_are_no_proof() -> None:
    """Only a copy behind what was known when the unsent one was written down counts."""
    stage = Stage()
    stage.register()
    before = stage.said("yes", nick="me", is_own=True, msgid="1", from_history=True)
    unsent = Unsent("yes", stage.now, after="1")
    stage.presenter.keeping.bring_back("a:1", {"#room": Unfinished("#room", False, "", [unsent])})
    stage.join()
    stage.handle(page(before))
    assert [one.delivery for one in timeline(stage)] == [Delivery.SENT, Delivery.FAILED]
    after = stage.said("yes", nick="me", is_own=True, msgid="2", from_history=True)
    stage.handle(page(before, after))
    assert [one.msgid for one in timeline(stage)] == ["1", "2"]


def test_one_copy_is_proof_for_one_message() -> None:
    stage = Stage()
    stage.register()
    unsent = [Unsent("ok", stage.now), Unsent("ok", stage.now)]
    stage.presenter.keeping.bring_back("a:1", {"#room": Unfinished("#room", False, "", unsent)})
    stage.join()
    stage.handle(page(stage.said("ok", nick="me", is_own=True, msgid="1", from_history=True)))
    assert [one.delivery for one in timeline(stage)] == [Delivery.SENT, Delivery.FAILED]


def test_what_was_unsent_stands_behind_what_was_said_before_it() -> None:
    stage = Stage()
    stage.register()
    unsent = Unsent("mine", stage.now - 10, reply_to="1")
    stage.presenter.keeping.bring_back("a:1", {"#room": Unfinished("#room", False, "", [unsent])})
    stage.join()
    old = stage.said("old", msgid="1", from_history=True, time=stage.now - 60)
    new = stage.said("new", msgid="2", from_history=True)
    stage.handle(page(old, new))
    assert [one.text for one in timeline(stage)] == ["old", "mine", "new"]
    kept = stage.presenter.keeping.unfinished()["#room"].unsent
    assert [(one.reply_to, one.after) for one in kept] == [("1", "2")]


def page(*messages: object) -> events.HistoryReceived:
    return events.HistoryReceived("#room", messages, "after", True)  # type: ignore[arg-type]


def timeline(stage: Stage) -> list[Message]:
    return stage.chat.conversations["#room"].timeline.messages
