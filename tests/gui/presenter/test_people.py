"""Who is who, and what can be done about people."""

from types import SimpleNamespace
from typing import Any

import pytest

from core.client import events
from core.client.isupport import ServerSupport
from gui.link import Listed, ListedMember, Supported
from gui.model.ranks import PersonAct
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join()
    members = (("me", "@"), ("ada", ""), ("bob", "+"), ("root", "~"))
    made.handle(Listed("#room", tuple(ListedMember(*one, False) for one in members)))
    support = ServerSupport()
    for token in ("PREFIX=(qaohv)~&@%+", "EXTBAN=~,am", "ACCOUNTEXTBAN=a"):
        support.apply(token)
    made.handle(Supported(support))
    return made


def told(nick: str, **more: str) -> events.ProfileChanged:
    fields = dict.fromkeys(("display_name", "status", "avatar", "color", "homepage"), "") | more
    return events.ProfileChanged(nick=nick, is_self=False, **fields)


def test_a_chosen_name_is_shown_and_sorted(stage: Stage) -> None:
    stage.handle(told("bob", display_name="Zed", status="busy", color="#112233"))
    rows = {row.nick: row for row in stage.screen.members}
    assert (rows["bob"].name, rows["bob"].status, rows["bob"].color) == ("Zed", "busy", "#112233")
    assert stage.presenter.people.name("bob") == "Zed"
    stage.handle(told("bob"))
    assert {row.nick: row.name for row in stage.screen.members}["bob"] == ""


def test_whoever_comes_in_is_called_by_the_name_that_is_known(stage: Stage) -> None:
    stage.handle(told("eve", display_name="Eve E."))
    stage.handle(events.MemberJoined(room="#room", nick="eve", time=1.0, account="eva"))
    assert {row.nick: row.name for row in stage.screen.members}["eve"] == "Eve E."
    person = stage.chat.people.get("eve")
    assert person is not None
    assert person.account == "eva"


def test_presence_of_private_conversations(stage: Stage) -> None:
    stage.presenter.people.message("zoe")
    stage.handle(events.PresenceChanged(nick="zoe", presence="offline"))
    assert stage.chat.presence("zoe") == "offline"
    stage.handle(events.PresenceChanged(nick="zoe", presence="online"))
    assert next(row.dot for row in stage.screen.rows if row.key == "zoe") == "online"
    stage.handle(events.AwayChanged(nick="zoe", away=True, message="tea", is_self=False))
    assert stage.chat.presence("zoe") == "away"
    stage.handle(events.NickChanged(old="zoe", new="zora", is_self=False, rooms=()))
    assert stage.chat.presence("zora") == "away"
    stage.handle(events.Disconnected(reason="gone", wanted=False))
    assert stage.chat.presence("zora") == ""


def test_the_filter_narrows_the_list_down(stage: Stage) -> None:
    stage.presenter.people.filter("AD")
    assert [row.nick for row in stage.screen.members] == ["ada"]
    stage.presenter.people.filter("")
    assert len(stage.screen.members) == 4


def test_what_the_menu_offers(stage: Stage) -> None:
    people = stage.presenter.people
    always = [PersonAct.MESSAGE, PersonAct.MENTION, PersonAct.PROFILE, PersonAct.COPY,
              PersonAct.IGNORE]  # fmt: skip
    assert people.choices("ada") == [
        *always, PersonAct.OP, PersonAct.VOICE, PersonAct.KICK, PersonAct.BAN
    ]  # fmt: skip
    assert PersonAct.DEVOICE in people.choices("bob")
    assert people.choices("root") == always
    assert people.choices("stranger") == always
    assert people.choices("ME") == [PersonAct.PROFILE, PersonAct.COPY]
    stage.handle(events.RoomLeft(room="#room", how="kick", by="root", reason=""))
    assert people.choices("ada") == always


def test_ranks_and_removal(stage: Stage) -> None:
    people, calls = stage.presenter.people, stage.link.session.calls
    people.act("ada", PersonAct.OP)
    people.act("bob", PersonAct.DEVOICE)
    people.act("ada", PersonAct.KICK, " noise ")
    assert calls == [
        ("set_mode", "#room", "+o", "ada"),
        ("set_mode", "#room", "-v", "bob"),
        ("kick", "#room", "ada", "noise"),
    ]


@pytest.mark.parametrize(
    ("users", "mask"),
    [
        ({}, "ada!*@*"),
        ({"ada": SimpleNamespace(account="", host="h.example")}, "*!*@h.example"),
        ({"ada": SimpleNamespace(account="Ada", host="h.example")}, "~a:Ada"),
    ],
)
def test_bans_fit_what_is_known_best(stage: Stage, users: dict[str, Any], mask: str) -> None:
    session: Any = stage.link.session
    session.users, session.support = users, stage.chat.support
    session.key = str.lower
    stage.presenter.people.act("ada", PersonAct.BAN)
    assert stage.link.session.calls == [
        ("set_mode", "#room", "+b", mask), ("kick", "#room", "ada", "")
    ]  # fmt: skip


def test_ignoring_and_mentioning(stage: Stage) -> None:
    people, ignored = stage.presenter.people, stage.presenter.desk.preferences
    people.act("Ada", PersonAct.IGNORE)
    people.act("ADA", PersonAct.IGNORE)
    assert [nick.lower() for nick in ignored.ignored] == ["ada"]
    assert PersonAct.UNIGNORE in people.choices("ada")
    people.act("ada", PersonAct.UNIGNORE)
    assert ignored.ignored == []
    people.act("ada", PersonAct.MENTION)
    assert stage.screen.inserted == ["ada"]


def test_messages_open_a_conversation(stage: Stage) -> None:
    stage.presenter.people.profile("ada")
    stage.presenter.people.act("ada", PersonAct.MESSAGE)
    assert stage.chat.current == "ada"
    assert stage.screen.people.card is None


def test_who_is_away_says_so_where_nothing_else_shows_it() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.people.message("ada")
    away = events.AwayChanged(nick="ada", away=True, message="at tea", is_self=False)
    stage.handle(away, away)  # the server says it for each message
    assert stage.notes() == ["ada is away: at tea"]
    stage.handle(events.AwayChanged(nick="ada", away=True, message="", is_self=False))
    assert stage.notes()[-1] == "ada is away"
    stage.handle(events.AwayChanged(nick="bob", away=True, message="x", is_self=False))
    stage.handle(events.PresenceChanged(nick="ada", presence="away"))
    stage.handle(events.AwayChanged(nick="ada", away=True, message="home", is_self=False))
    assert len(stage.notes()) == 2  # the dot beside the name says it
