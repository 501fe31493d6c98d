"""The dialog that finds rooms and people."""

from typing import Any

import pytest

from core.client import events
from gui.link import Supported
from gui.model.browsepage import BrowsePage, BrowseRow
from gui.presenter import browsing
from tests.gui.presenter.stage import Stage

ROOMS = (
    events.ListedRoom(name="#trees", members=3, topic="not \x02bees"),
    events.ListedRoom(name="#bees", members=2, topic=""),
    events.ListedRoom(name="#beehive", members=5, topic="wax"),
)


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.presenter.browse.open()
    return made


def shown(stage: Stage) -> BrowsePage:
    page: Any = stage.screen.browse.card
    assert isinstance(page, BrowsePage)
    return page


def names(stage: Stage) -> list[tuple[str, str]]:
    return [(row.kind, row.name) for row in shown(stage).rows]


def failed(code: str, name: str = "#bees") -> events.JoinFailed:
    return events.JoinFailed(room=name, name=name, sentence=f"{name} no.", code=code)


def test_the_list_is_asked_for_once_and_the_largest_are_first(stage: Stage) -> None:
    assert stage.link.session.calls == [("request_room_list", "")]
    assert shown(stage).status == "Asking for the rooms…"
    stage.handle(events.RoomsListed(rooms=ROOMS))
    assert [row.name for row in shown(stage).rows] == ["#beehive", "#trees", "#bees"]
    assert shown(stage).status == "3 rooms"
    stage.presenter.browse.filter("w")
    assert stage.link.session.calls == [("request_room_list", "")]


def test_what_is_typed_narrows_it_down(stage: Stage) -> None:
    stage.handle(events.RoomsListed(rooms=ROOMS))
    stage.presenter.browse.filter("bee")
    assert names(stage) == [
        ("room", "#beehive"), ("room", "#bees"), ("room", "#trees"), ("person", "bee"),
        ("create", "#bee"),
    ]  # fmt: skip
    assert shown(stage).rows[2].topic == "not bees"
    stage.presenter.browse.filter("bees")
    assert names(stage) == [("room", "#bees"), ("person", "bees"), ("room", "#trees")]
    stage.presenter.browse.filter("#BEES")
    assert names(stage) == [("room", "#bees")]
    stage.presenter.browse.filter("#new")
    assert names(stage) == [("create", "#new")]
    assert shown(stage).status == "0 of 3 rooms"
    stage.presenter.browse.filter("a b")
    assert names(stage) == []


def test_joining_a_room(stage: Stage) -> None:
    stage.handle(events.RoomsListed(rooms=ROOMS))
    stage.presenter.browse.choose(BrowseRow("room", "#bees"))
    assert stage.link.session.calls[-1] == ("join", "#bees", "")
    assert shown(stage).busy
    stage.join("#bees")
    assert stage.screen.browse.card is None
    assert stage.chat.current == "#bees"
    stage.presenter.browse.open("#be")
    assert stage.screen.browse.typed == "#be"
    stage.handle(events.RoomsListed(rooms=ROOMS))
    assert {row.name: row.note for row in shown(stage).rows}["#bees"] == "you are here"
    stage.join("#other")
    stage.presenter.browse.choose(BrowseRow("room", "#bees"))
    assert stage.chat.current == "#bees"
    assert stage.screen.browse.card is None


def test_a_room_that_wants_a_key(stage: Stage) -> None:
    stage.presenter.browse.submit("#bees")
    stage.handle(failed("475"))
    assert (shown(stage).locked, shown(stage).error) == ("#bees", "#bees no.")
    assert stage.notes() == []
    stage.presenter.browse.submit("#bees", " owl ")
    assert stage.link.session.calls[-1] == ("join", "#bees", "owl")
    assert shown(stage).error == ""
    stage.handle(failed("473"))
    assert (shown(stage).locked, shown(stage).error) == ("", "#bees no.")
    stage.presenter.browse.filter("x")
    assert shown(stage).error == ""


def test_a_key_is_asked_for_wherever_one_joined(stage: Stage) -> None:
    stage.presenter.browse.closed()
    stage.presenter.composer.send("/join #bees")
    stage.handle(failed("475"))
    assert (shown(stage).locked, stage.screen.browse.typed) == ("#bees", "#bees")
    stage.presenter.browse.submit("#bees", "owl")
    assert stage.link.session.calls[-1] == ("join", "#bees", "owl")
    stage.presenter.browse.closed()
    stage.handle(failed("475", "#on-the-server's-own-list"))
    assert stage.screen.browse.card is None


def test_other_refusals(stage: Stage) -> None:
    stage.handle(failed("473", "#elsewhere"))
    assert shown(stage).error == ""
    stage.handle(
        events.ErrorReceived(sentence="Not now.", code="263", command="LIST", context=("LIST",))
    )
    assert shown(stage).error == "Not now."
    stage.presenter.browse.submit("#bees")
    stage.handle(events.ErrorReceived(sentence="Odd.", code="999", command="", context=("#bees",)))
    assert (shown(stage).error, shown(stage).busy) == ("Odd.", False)
    for wrong in ("#", "#a b"):
        stage.presenter.browse.submit(wrong)
        assert shown(stage).error
    stage.handle(events.Disconnected(reason="gone", wanted=False))
    stage.presenter.browse.closed()
    error = events.ErrorReceived(sentence="No.", code="263", command="LIST", context=("LIST",))
    stage.handle(error, failed("473"))
    assert stage.screen.browse.card is None


def test_writing_to_a_person(stage: Stage) -> None:
    stage.presenter.browse.submit("ada")
    assert (stage.chat.current, stage.screen.browse.card) == ("ada", None)
    stage.presenter.composer.send("/list bee")
    stage.presenter.browse.choose(BrowseRow("person", "Bee"))
    assert stage.chat.current == "bee"


def test_a_list_that_was_cut_off_is_asked_for_what_is_typed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "_MOST_LISTED", 3)
    calls, support = stage.link.session.calls, stage.chat.support
    support.apply("ELIST=CMN")
    stage.handle(Supported(support), events.RoomsListed(rooms=ROOMS))
    assert "there are more" in shown(stage).status
    stage.presenter.browse.filter("ow")
    stage.presenter.browse.filter("owl*")
    assert calls[1:] == [("request_room_list", "*ow*")]
    owls = (events.ListedRoom(name="#owls", members=1, topic=""), ROOMS[0])
    stage.handle(events.RoomsListed(rooms=owls))
    assert calls[2:] == [("request_room_list", "*owl*")]
    stage.presenter.browse.filter("owl")
    assert names(stage)[0] == ("room", "#owls")
    stage.handle(events.RoomsListed(rooms=owls))
    assert [row.name for row in shown(stage).rows].count("#owls") == 1


def test_a_room_that_sends_everyone_on() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.browse.open("#full")
    stage.presenter.browse.submit("#full")
    stage.handle(
        events.JoinFailed(room="#full", name="#full", sentence="On!", code="470", forward="#more")
    )
    assert stage.screen.browse.card.error == ""
    stage.handle(events.RoomJoined(room="#more", name="#more", rejoined=False))
    assert not stage.presenter.browse.is_open
    assert stage.chat.current == "#more"


def test_where_there_are_no_rooms_it_says_what_to_do() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.browse.open()
    stage.handle(events.RoomsListed(rooms=()))
    assert stage.screen.browse.card.status == "No rooms yet: type a name to make one"
