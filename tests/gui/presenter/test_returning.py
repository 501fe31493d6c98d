"""Back into the rooms of the last run."""

from core.client import events
from tests.gui.presenter.stage import Stage


def asked(stage: Stage) -> list[object]:
    return [call[1] for call in stage.link.session.calls if call[0] == "join"]


def refused(name: str) -> events.JoinFailed:
    return events.JoinFailed(room=name, name=name, sentence="It needs a key.", code="475")


def test_a_guest_comes_back_at_once() -> None:
    stage = Stage()
    stage.register()
    stage.join("#here")
    stage.presenter.returning.bring_back(["#here", "#there"])
    assert asked(stage) == ["#there"]
    assert stage.presenter.returning.rooms() == ["#here", "#there"]  # written down meanwhile


def test_an_account_is_put_into_its_rooms_by_the_server() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.LoggedIn(account="ada"))
    stage.presenter.returning.bring_back(["#a", "#left-elsewhere"])
    assert stage.presenter.tick()
    stage.join("#a")
    stage.now += 5
    assert not stage.presenter.tick()
    assert asked(stage) == []
    assert stage.presenter.returning.rooms() == ["#a"]


def test_an_account_that_no_server_keeps_in_rooms_comes_back_by_itself() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.LoggedIn(account="ada"))
    stage.presenter.returning.bring_back(["#a"])
    stage.now += 5
    stage.presenter.tick()
    assert asked(stage) == ["#a"]


def test_what_cannot_be_entered_is_noted_quietly_and_forgotten() -> None:
    stage = Stage()
    stage.register()
    stage.join("#open")
    stage.presenter.returning.bring_back(["#shut"])
    stage.handle(refused("#shut"))
    assert stage.chat.current == "#open"
    assert stage.notes() == []
    assert stage.presenter.desk.server().preview() == ""
    notes = [one.text for one in stage.presenter.desk.server().timeline.messages]
    assert notes == ["You were in #shut before. #shut: It needs a key."]
    assert stage.presenter.returning.rooms() == ["#open"]
    stage.handle(refused("#shut"))  # now the user has asked for it
    assert stage.notes() == ["#shut: It needs a key."]


def test_rooms_that_were_left_or_are_of_another_server_do_not_come_back() -> None:
    stage = Stage()
    stage.register()
    stage.join("#a")
    stage.join("#b")
    stage.handle(events.RoomLeft(room="#a", how="part", by="me", reason=""))
    assert stage.presenter.returning.rooms() == ["#b"]
    stage.presenter.returning.bring_back(["#c"])
    stage.presenter.desk.reset()
    assert stage.presenter.returning.rooms() == []


def test_what_was_not_answered_is_asked_for_on_the_next_connection() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.returning.bring_back(["#a"])
    stage.handle(events.Disconnected(reason="gone", wanted=False))
    stage.presenter.tick()
    assert asked(stage) == ["#a", "#a"]
