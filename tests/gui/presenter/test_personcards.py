"""The profile of somebody else."""

import msgspec
import pytest

from core.client import events
from gui.link import Listed, ListedMember
from gui.model.personcard import Fact, PersonCard, SharedRoom
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join()
    made.handle(Listed("#room", (ListedMember("me", "", False), ListedMember("ada", "@", False))))
    return made


def shown(stage: Stage) -> PersonCard:
    card = stage.screen.people.card
    assert card is not None
    return card


WHOIS = events.WhoisReceived(
    nick="Ada", realname="Ada L", username="a", host="h", account="ada", rooms=("@#room", "+#x"),
    operator=True, secure=True, idle=7300.0, signed_on=1.0, extra=("likes \x02bees",),
)  # fmt: skip


def test_it_opens_at_once_and_fills_in(stage: Stage) -> None:
    stage.presenter.people.profile("ada")
    assert stage.link.session.calls == [("whois", "ada")]
    card = shown(stage)
    assert (card.nick, card.presence, card.loading) == ("ada", "online", True)
    assert card.rooms == (SharedRoom("#room", "#room", "operator"),)
    stage.handle(WHOIS)
    card = shown(stage)
    assert (card.nick, card.loading, card.extra) == ("Ada", False, ("likes bees",))
    facts = dict(card.facts)
    assert facts["Real name"] == "Ada L"
    assert facts["Account"] == "ada"
    assert facts["Address"] == "a@h"
    assert facts["Also in"] == "#x"
    assert facts["Silent for"] == "2 hours"
    assert facts["Connection"] == "encrypted, operator of the server"
    assert "Here since" in facts
    assert stage.notes() == []


def test_a_profile_is_asked_for_where_there_are_any(stage: Stage) -> None:
    features = msgspec.structs.replace(stage.chat.features, profiles=True)
    stage.handle(events.FeaturesChanged(features=features))
    stage.presenter.composer.send("/whois ada")
    assert stage.link.session.calls == [("whois", "ada"), ("request_profile", "ada")]
    stage.handle(
        events.ProfileChanged(
            nick="ada", display_name="Ada", status="in town", avatar="", color="#aa0000",
            homepage="https://ada.example", is_self=False,
        )
    )  # fmt: skip
    card = shown(stage)
    assert (card.name, card.status, card.color) == ("Ada", "in town", "#aa0000")
    assert card.homepage == "https://ada.example"
    stage.handle(
        events.ProfileChanged(
            nick="ada", display_name="", status="", avatar="", color="", homepage="file:///etc",
            is_self=False,
        )
    )  # fmt: skip
    assert shown(stage).homepage == ""


@pytest.mark.parametrize(
    "answer",
    [
        events.WhoisReceived(nick="eve", found=False),
        events.ErrorReceived(sentence="x", code="401", command="", context=("eve",)),
    ],
)
def test_nobody_is_called_so(stage: Stage, answer: events.Event) -> None:
    stage.presenter.people.profile("eve")
    stage.handle(answer)
    card = shown(stage)
    assert (card.missing, card.loading, card.presence) == (True, False, "offline")
    assert stage.notes() == []


def test_only_the_open_card_is_filled(stage: Stage) -> None:
    stage.handle(WHOIS)
    assert stage.screen.people.card is None
    stage.presenter.people.profile("eve")
    stage.handle(
        WHOIS, events.ErrorReceived(sentence="No.", code="401", command="", context=("x",))
    )
    assert shown(stage).facts == ()
    assert stage.notes() == ["x: No."]
    stage.presenter.people.profile_closed()
    assert stage.screen.people.card is None


def test_words_about_being_away_and_another_nick(stage: Stage) -> None:
    stage.presenter.people.profile("ada")
    stage.handle(events.AwayChanged(nick="ada", away=True, message="tea", is_self=False))
    card = shown(stage)
    assert (card.presence, card.presence_text) == ("away", "away: tea")
    stage.handle(events.NickChanged(old="ada", new="eve", is_self=False, rooms=("#room",)))
    assert shown(stage).nick == "eve"
    assert shown(stage).presence_text == "away: tea"
    stage.handle(events.Disconnected(reason="gone", wanted=False))
    assert not shown(stage).loading


def test_our_own_card(stage: Stage) -> None:
    stage.presenter.people.profile("me")
    assert shown(stage).own
    assert Fact("Account", "x") not in shown(stage).facts
