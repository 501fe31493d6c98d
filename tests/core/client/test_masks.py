"""The lists of a room: bans, exceptions, invitations."""

import pytest

from core.client import masks
from core.client.events import ErrorReceived, RoomMask, RoomMasksReceived
from tests.core.client.talk import Talk


def online() -> Talk:
    talk = Talk()
    talk.welcome()
    return talk


def test_the_bans_of_a_room() -> None:
    talk = online()
    talk.session.request_masks("#R")
    assert talk.sent() == ["MODE #R b"]
    talk.server(
        "367 ada #R *!*@evil.example bob!b@h 1577836800",
        "367 ada #R old!*@*",
        "367 ada #R",
        "368 ada #R :End of list",
    )
    found = (RoomMask("*!*@evil.example", "bob", 1577836800.0), RoomMask("old!*@*", "", 0.0))
    assert talk.events == [RoomMasksReceived("#r", "b", found)]
    talk.server("368 ada #R :End of list")
    assert talk.events == [RoomMasksReceived("#r", "b", ())]


@pytest.mark.parametrize(("mode", "entry", "end"), [("e", 348, 349), ("I", 346, 347)])
def test_the_other_lists(mode: str, entry: int, end: int) -> None:
    talk = online()
    talk.session.request_masks("#r", mode)
    assert talk.sent() == [f"MODE #r {mode}"]
    talk.server(f"{entry} ada #r a!*@* srv 1", f"{end} ada #r :End of list")
    assert talk.events == [RoomMasksReceived("#r", mode, (RoomMask("a!*@*", "srv", 1.0),))]


def test_a_refusal() -> None:
    talk = online()
    talk.session.request_masks("#r", "e")
    talk.server("482 ada #r :You're not a channel operator")
    assert talk.one(ErrorReceived).code == "482"


def test_there_are_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masks, "_MOST_MASKS", 1)
    monkeypatch.setattr(masks, "_MOST_LISTS", 1)
    talk = online()
    talk.server("367 ada #r a!*@*", "367 ada #r b!*@*", "367 ada #s c!*@*", "368 ada #s :End")
    assert talk.one(RoomMasksReceived).masks == ()
    talk.server("368 ada #r :End")
    assert [each.mask for each in talk.one(RoomMasksReceived).masks] == ["a!*@*"]
