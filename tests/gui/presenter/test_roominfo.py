"""The dialog about a room."""

import msgspec
import pytest

from core.client import events
from core.client.features import Features
from core.client.isupport import ServerSupport
from gui.link import Listed, ListedMember, Supported
from gui.model.roomcard import BanRow, RoomCard
from tests.gui.presenter.stage import Stage


def staged(prefixes: str = "@", *tokens: str) -> Stage:
    """A room in which we have these ranks, on a server with these tokens."""
    stage = Stage()
    stage.register()
    stage.join("#Room")
    members = (ListedMember("me", prefixes, False), ListedMember("ada", "", True))
    support = ServerSupport()
    for token in tokens or ("PREFIX=(qov)~@+", "CHANMODES=beI,k,l,imnstR"):
        support.apply(token)
    stage.handle(Listed("#room", members), Supported(support))
    stage.presenter.room_info.open()
    return stage


def shown(stage: Stage) -> RoomCard:
    card: RoomCard | None = stage.screen.room_info.card
    assert card is not None
    return card


def modes(changes: str, letters: str, by: str = "") -> events.RoomModesChanged:
    return events.RoomModesChanged(room="#room", changes=changes, by=by, modes=letters)


def test_it_opens_with_what_is_known_and_asks_for_the_rest() -> None:
    stage = staged()
    assert stage.link.session.calls == [("set_mode", "#Room"), ("request_masks", "#Room")]
    card = shown(stage)
    assert (card.name, card.about, card.rank) == ("#Room", "2 members, 1 online", "operator")
    assert card.bans is None
    stage.handle(
        modes("+tkl owl 9", "klt"),
        events.RoomMasksReceived(
            room="#room", mode="b", masks=(events.RoomMask("*!*@x", "ada", 0.0),)
        ),
    )
    card = shown(stage)
    assert (card.key, card.limit, card.bans) == ("owl", "9", (BanRow("*!*@x", "by ada"),))
    assert {one.letter: one.on for one in card.switches} == dict.fromkeys("imns", False) | {
        "t": True
    }
    assert stage.notes() == []


def test_what_is_about_accounts_is_there_where_accounts_are() -> None:
    stage = staged()
    assert "R" not in {one.letter for one in shown(stage).switches}
    stage.handle(modes("+R", "R"))  # it can be turned off all the same
    assert "R" in {one.letter for one in shown(stage).switches}
    stage.handle(modes("-R", ""), events.FeaturesChanged(features=Features(login=True)))
    assert "R" in {one.letter for one in shown(stage).switches}


@pytest.mark.parametrize(
    ("prefixes", "set_modes", "topic", "invite", "rights"),
    [
        ("@", "ti", True, True, True),
        ("~", "", True, True, True),
        ("+", "", True, True, False),
        ("", "t", False, True, False),
        ("", "i", True, False, False),
    ],
)
def test_what_a_rank_allows(
    prefixes: str, set_modes: str, topic: bool, invite: bool, rights: bool
) -> None:
    stage = staged(prefixes)
    stage.handle(modes(f"+{set_modes}", set_modes))
    card = shown(stage)
    assert (card.can_topic, card.can_invite, card.can_unban) == (topic, invite, rights)
    assert (bool(card.switches), card.key is not None, card.limit is not None) == (rights,) * 3


def test_only_modes_that_the_server_has() -> None:
    stage = staged("@", "CHANMODES=,,,im")
    card = shown(stage)
    assert [one.letter for one in card.switches] == ["i", "m"]
    assert (card.key, card.limit) == (None, None)
    assert stage.link.session.calls == [("set_mode", "#Room")]


def test_founders_rename_where_that_is_possible() -> None:
    stage = staged("~")
    assert not shown(stage).can_rename
    features = msgspec.structs.replace(stage.chat.features, room_rename=True)
    stage.handle(events.FeaturesChanged(features=features))
    assert shown(stage).can_rename
    info = stage.presenter.room_info
    info.rename("bees")
    assert "begins with #" in shown(stage).error
    info.rename("#bees")
    assert stage.link.session.calls[-1] == ("rename_room", "#Room", "#bees")
    assert shown(stage).error == ""
    stage.handle(events.RoomRenamed(old="#room", new="#bees", name="#bees", by="me", reason=""))
    assert shown(stage).name == "#bees"


def test_what_is_asked_for() -> None:
    stage = staged()
    stage.handle(modes("+k owl", "k"))
    info, calls = stage.presenter.room_info, stage.link.session.calls
    calls.clear()
    info.set_topic(" bees \n and trees ")
    info.set_topic("")
    info.switch("m", True)
    info.switch("t", False)
    info.set_key("")
    info.set_key("owl")
    info.set_key("new")
    info.set_limit("20")
    info.set_limit("")
    info.unban("*!*@x")
    info.invite(" eve ")
    assert calls == [
        ("set_topic", "#Room", "bees and trees"),
        ("set_mode", "#Room", "+m"),
        ("set_mode", "#Room", "-t"),
        ("set_mode", "#Room", "-k", "owl"),
        ("set_mode", "#Room", "+k", "new"),
        ("set_mode", "#Room", "+l", "20"),
        ("set_mode", "#Room", "-b", "*!*@x"),
        ("invite", "eve", "#Room"),
    ]
    for ask, wrong in ((info.set_key, "a b"), (info.set_limit, "many"), (info.invite, "a b")):
        ask(wrong)
        assert shown(stage).error
    assert len(calls) == 8


def test_refusals_belong_into_the_dialog() -> None:
    stage = staged()
    stage.presenter.room_info.invite("Eve")
    refused = {
        "Only operators.": events.ErrorReceived(
            sentence="Only operators.", code="482", command="", context=("#Room",)
        ),
        "Nobody.": events.ErrorReceived(
            sentence="Nobody.", code="401", command="", context=("eve",)
        ),
        "Bad mode.": events.ErrorReceived(
            sentence="Bad mode.", code="472", command="", context=("x",)
        ),
        "Too few.": events.ErrorReceived(
            sentence="Too few.", code="461", command="MODE", context=("MODE",)
        ),
    }
    for sentence, event in refused.items():
        stage.handle(event)
        assert shown(stage).error == sentence
    assert stage.notes() == []
    other = events.ErrorReceived(sentence="No.", code="482", command="", context=("#other",))
    stage.handle(other)
    assert (shown(stage).error, stage.notes()) == ("Too few.", ["#other: No."])
    stage.handle(events.ServerNotice(text="eve has been invited.", source="s", code="341"))
    assert shown(stage).notice == "eve has been invited."
    stage.presenter.room_info.closed()
    stage.handle(refused["Only operators."])
    assert stage.notes()[-1] == "Only operators."


def test_bans_are_asked_for_again_when_one_was_changed() -> None:
    stage = staged()
    stage.link.session.calls.clear()
    stage.handle(modes("-b *!*@x", "", "ada"))
    assert stage.link.session.calls == [("request_masks", "#Room")]
    assert stage.notes() == ["ada lifted the ban of *!*@x"]
    stage.handle(modes("+m", "m", "ada"))
    assert len(stage.link.session.calls) == 1


def test_what_calls_in_this_room() -> None:
    stage = staged()
    stage.presenter.room_info.notify("all")
    assert (shown(stage).level, stage.chat.levels) == ("all", {"#room": "all"})
    stage.presenter.room_info.notify("none")
    assert shown(stage).level == "none"
    assert stage.chat.conversations["#room"].muted
    stage.presenter.room_info.notify("mentions")
    assert (shown(stage).level, stage.chat.conversations["#room"].muted) == ("mentions", False)


def test_leaving_and_coming_back() -> None:
    stage = staged()
    stage.handle(events.RoomLeft(room="#room", how="kick", by="ada", reason=""))
    card = shown(stage)
    assert (card.joined, card.about, card.switches) == (False, "you are not in this room", ())
    stage.presenter.room_info.join()
    assert stage.link.session.calls[-1] == ("join", "#Room", "")
    assert stage.screen.room_info.card is None
    stage.join("#Room")
    stage.presenter.room_info.open("#room")
    stage.presenter.room_info.leave()
    assert stage.link.session.calls[-1] == ("part", "#Room", "")
    stage.presenter.room_info.open("#room")
    stage.handle(events.RoomLeft(room="#room", how="part", by="me", reason=""))
    assert stage.screen.room_info.card is None


def test_of_a_private_conversation_it_is_the_profile() -> None:
    stage = staged()
    stage.presenter.room_info.closed()
    stage.presenter.people.message("eve")
    stage.presenter.room_info.open()
    assert stage.screen.room_info.card is None
    assert stage.screen.people.card is not None
