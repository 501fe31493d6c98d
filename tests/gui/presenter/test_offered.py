"""What a server lacks is not offered, and what it has is: a table of features and controls.

Each control is asked for by what the views ask (offers, rows, cards) or by what the presenter
would send; no feature may bring another one's control with it.
"""

from collections.abc import Callable, Iterable

import pytest

from core.client import events
from core.client.features import Features
from core.client.isupport import ServerSupport
from gui.link import Listed, ListedMember, Supported
from gui.model.accounts import ProfileCard
from gui.model.found import Heading
from gui.presenter import commands
from tests.gui.presenter.stage import TARGET, Stage

TEXT = "about bees"


def staged(features: Features, account: str = "") -> Stage:
    """Online in a room that we found, with a message of ours in it that has an id."""
    stage = Stage()
    stage.presenter.connection.try_target(TARGET)
    support = ServerSupport()
    for token in ("PREFIX=(qov)~@+", "CHANMODES=beI,k,l,imnstR"):
        support.apply(token)
    stage.handle(
        events.Registered(nick="me", network="Net", features=features, reconnected=False),
        Supported(support),
        events.RoomJoined(room="#room", name="#room", rejoined=False),
        Listed("#room", (ListedMember("me", "~", False), ListedMember("ada", "", False))),
        stage.said(TEXT, nick="me", is_own=True, msgid="m1"),
    )
    if account:
        stage.handle(events.LoggedIn(account=account))
    stage.link.session.calls.clear()
    return stage


def asked(stage: Stage) -> set[str]:
    """The actions that were asked of the session since then."""
    return {str(call[0]) for call in stage.link.session.calls}


# --- the controls -----------------------------------------------------------------------


def message_menu(stage: Stage) -> Iterable[str]:
    offers = stage.presenter.message.offers(stage.screen.timeline.messages[-1].uid)
    assert offers.copy
    assert offers.about
    return [name for name in ("reply", "react", "redact") if getattr(offers, name)]


def main_menu(stage: Stage) -> Iterable[str]:
    offers = stage.presenter.account.offers()
    assert offers.profile
    return [f"menu: {name}" for name in ("login", "registration") if getattr(offers, name)]


def own_profile(stage: Stage) -> Iterable[str]:
    stage.presenter.profile.show()
    card = stage.screen.dialogs.account.question
    assert isinstance(card, ProfileCard)
    names = ("profiles", "setname", "passwords", "login", "registration")
    return [f"profile: {name}" for name in names if getattr(card, name)]


def search_section(stage: Stage) -> Iterable[str]:
    stage.presenter.search.search("bees")
    stage.presenter.search.settle()
    shown = [row for row in stage.screen.finding.results or () if isinstance(row, Heading)]
    assert bool(shown) == ("search" in asked(stage))
    return ["search"] if shown else []


def room_dialog(stage: Stage) -> Iterable[str]:
    stage.presenter.room_info.open()
    card = stage.screen.room_info.card
    found = ["room: name"] if card.can_rename else []
    letters = {one.letter for one in card.switches}
    assert {"i", "m", "t"} <= letters
    return [*found, *(["room: accounts only"] if "R" in letters else [])]


def person_card(stage: Stage) -> Iterable[str]:
    stage.presenter.people.profile("ada")
    assert "whois" in asked(stage)
    return ["their profile"] if "request_profile" in asked(stage) else []


def slash_commands(stage: Stage) -> Iterable[str]:
    """Those offered while typing; typed all the same, the others are refused in words."""
    room = stage.chat.conversations["#room"]
    offered = {one.name for one in commands.offered(stage.presenter.desk, room)}
    for name in ("login", "register", "verify", "rename"):
        line = f"/{name} one two"
        assert ("cannot" in commands.run(stage.presenter.desk, room, line)) is (name not in offered)
        if name in offered:
            yield f"/{name}"


def read_marker(stage: Stage) -> Iterable[str]:
    stage.now += 10
    stage.handle(stage.said("news", time=stage.now))
    return ["read marker"] if "mark_read" in asked(stage) else []


CONTROLS: tuple[Callable[[Stage], Iterable[str]], ...] = (
    message_menu, main_menu, own_profile, search_section, room_dialog, person_card,
    slash_commands, read_marker,
)  # fmt: skip

LOGIN = {"menu: login", "profile: login", "/login", "room: accounts only"}
REGISTRATION = {"menu: registration", "profile: registration", "/register", "/verify"}
OFFERED = {
    "replies": {"reply"},
    "reactions": {"react"},
    "redaction": {"redact"},
    "search": {"search"},
    "profiles": {"profile: profiles", "their profile"},
    "setname": {"profile: setname"},
    "room_rename": {"room: name", "/rename"},
    "read_marker": {"read marker"},
    "login": LOGIN,
    "account_registration": REGISTRATION,
    # These change how things come, and have no control of their own.
    "history": set(), "context": set(), "multiline": set(), "typing": set(), "presence": set(),
    "echo": set(), "labels": set(), "away_notify": set(), "server_time": set(),
    "invite_notify": set(), "email_required": set(),
}  # fmt: skip


def offered(features: Features, account: str = "") -> set[str]:
    """All that is offered of what depends on the server; each control on a stage of its own."""
    return {name for control in CONTROLS for name in control(staged(features, account))}


def test_every_feature_is_in_the_table() -> None:
    assert set(OFFERED) == set(Features.__struct_fields__)


def test_a_server_without_anything_offers_nothing() -> None:
    assert offered(Features()) == set()


@pytest.mark.parametrize("feature", OFFERED)
def test_each_feature_brings_its_own_controls(feature: str) -> None:
    assert offered(Features(**{feature: True})) == OFFERED[feature]


def test_whoever_is_logged_in_is_not_asked_to() -> None:
    everything = Features(**dict.fromkeys(OFFERED, True))
    here = offered(everything, account="me")
    assert here.isdisjoint({"menu: login", "menu: registration", "profile: login"})
    assert "profile: passwords" in here


def test_what_the_server_takes_back_is_gone_at_once() -> None:
    stage = staged(Features(reactions=True, replies=True))
    stage.handle(events.FeaturesChanged(features=Features()))
    assert message_menu(stage) == []
