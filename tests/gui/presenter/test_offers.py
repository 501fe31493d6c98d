"""Invitations, and the way back into a room."""

import pytest

from core.client import events
from gui.model.offers import Offer
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join()
    return made


def invited(name: str, by: str = "ada") -> events.Invited:
    return events.Invited(room=name.lower(), name=name, by=by, nick="me", is_self=True)


def test_an_invitation_can_be_taken(stage: Stage) -> None:
    stage.handle(invited("#Bees"))
    assert stage.screen.offers.shown == [
        Offer("#bees", "ada invites you to #Bees", "Join", "Ignore")
    ]
    assert stage.notes() == []
    stage.presenter.offers.accept("#bees")
    assert stage.link.session.calls == [("join", "#Bees", "")]
    assert stage.screen.offers.shown == []
    stage.presenter.offers.accept("#bees")
    assert len(stage.link.session.calls) == 1


def test_or_ignored_or_be_over(stage: Stage) -> None:
    stage.handle(invited("#a"), invited("#b"), invited("#a", "bob"))
    assert [one.text for one in stage.screen.offers.shown] == [
        "bob invites you to #a", "ada invites you to #b"
    ]  # fmt: skip
    stage.presenter.offers.dismiss("#a")
    stage.join("#b")
    assert stage.screen.offers.shown == []
    stage.handle(invited("#b"))
    assert stage.screen.offers.shown == []


def test_there_are_not_too_many(stage: Stage) -> None:
    stage.presenter.desk.preferences.ignored = ["Pest"]
    stage.handle(*(invited(f"#r{number}") for number in range(50)), invited("#spam", "pest"))
    assert [one.id for one in stage.screen.offers.shown] == ["#r49", "#r48", "#r47"]
    assert len(stage.presenter.offers.invitations) == 20
    stage.register(reconnected=True)
    assert len(stage.presenter.offers.invitations) == 20
    stage.register()
    assert stage.screen.offers.shown == []


def test_why_we_are_out_of_a_room(stage: Stage) -> None:
    stage.handle(events.RoomLeft(room="#room", how="kick", by="ada", reason="noise"))
    offer = Offer("back", "ada removed you from this room: noise", "", "Put away")
    assert stage.screen.offers.shown == [offer]
    stage.presenter.people.message("bob")
    assert stage.screen.offers.shown == []
    stage.presenter.conversations.open("#room")
    assert stage.screen.offers.shown == [offer]
    assert stage.screen.composer.gate.join == "Join #room"
    stage.presenter.composer.join()
    assert stage.link.session.calls[-1] == ("join", "#room", "")
    stage.join()
    assert stage.screen.offers.shown == []
    stage.handle(events.JoinFailed(room="#room", name="#room", sentence="No.", code="474"))
    assert stage.screen.offers.shown == []  # the composer offers to join
    stage.handle(events.RoomLeft(room="#room", how="kick", by="ada", reason=""))
    assert stage.screen.offers.shown[0].text == "ada removed you from this room"
    stage.presenter.offers.dismiss("back")
    assert "#room" not in stage.chat.conversations
    assert stage.screen.offers.shown == []
