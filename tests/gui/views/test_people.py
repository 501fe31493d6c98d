"""The member list, profiles, the menu of a person."""

import time
import tkinter
from unittest.mock import Mock

import pytest

from gui.model.memberpage import MemberPage
from gui.model.members import Member, Roster
from gui.model.people import People
from gui.model.personcard import Fact, PersonCard, SharedRoom
from gui.model.ranks import PersonAct
from gui.palette import LIGHT
from gui.theme import Look
from gui.views.memberlist import MemberList, MemberPanel
from gui.views.personmenu import PersonMenu
from gui.views.popup import LINE
from gui.views.profile import ProfileDialog, Profiles
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window


def page(*members: Member, search: str = "") -> MemberPage:
    roster = Roster()
    roster.replace(members)
    return MemberPage(roster, People(), "me", "#room", search)


@pytest.fixture
def panel(root: tkinter.Tk, look: Look, until: Until) -> MemberPanel:
    made = MemberPanel(root, look)
    made.pack(side="right", fill="y")
    made.configure(width=220)
    made.show(page(Member("ada", "@"), Member("bob"), Member("zoe", "", True, "Zoë 🦊")))
    until(lambda: texts(made.list))
    return made


def test_members_are_drawn(panel: MemberPanel, look: Look, until: Until) -> None:
    shown = texts(panel.list)
    assert {"Here — 2", "ada", "operator", "bob", "Away — 1", "Zoë "} <= set(shown)
    look.change(LIGHT, 2.0)
    until(lambda: panel.list.cget("background") == LIGHT.side)


def test_members_by_keyboard(panel: MemberPanel, until: Until) -> None:
    opened, menus, searched = Mock(), Mock(), Mock()
    panel.list.on_open, panel.list.on_menu, panel.on_search = opened, menus, searched
    panel.focus_field()
    panel.field.entry.event_generate("<Down>")
    until(lambda: panel.list.focus_get() is panel.list)
    for key in ("<Return>", "<Down>", "<Return>", "<End>", "<Return>", "<Up>", "<space>"):
        panel.list.event_generate(key)
    assert [call.args for call in opened.call_args_list] == [("ada",), ("bob",), ("zoe",), ("bob",)]
    panel.list.event_generate("<Home>")
    panel.list.event_generate("<Shift-F10>")
    assert menus.call_args.args[0] == "ada"
    panel.list.event_generate("<z>")
    assert panel.field.value == "z"
    searched.assert_called_with("z")
    panel.show(page(Member("zoe"), search="z"))
    panel.field.entry.event_generate("<Return>")
    assert opened.call_args.args == ("zoe",)


def test_members_by_pointer(panel: MemberPanel) -> None:
    opened, menus = Mock(), Mock()
    panel.list.on_open, panel.list.on_menu = opened, menus
    height = panel.list.height
    panel.list.event_generate("<Button-1>", x=40, y=5)
    assert not opened.called
    panel.list.event_generate("<Button-1>", x=40, y=height + 5)
    panel.list.event_generate("<Button-3>", x=40, y=2 * height + 5)
    assert (opened.call_args.args, menus.call_args.args[0]) == (("ada",), "bob")


def test_a_large_room_stays_quick(panel: MemberPanel, until: Until) -> None:
    roster, people = Roster(), People()
    roster.replace(Member(f"n{number}") for number in range(5000))
    slowest = 0.0
    for frame in range(20):
        began = time.perf_counter()
        for number in range(32):
            roster.add(f"new{frame}-{number}")
        panel.show(MemberPage(roster, people, "me", "#large"))
        panel.update()
        slowest = max(slowest, time.perf_counter() - began)
    assert slowest < 0.2
    assert len(panel.list.find_all()) < 200


def card(**more: object) -> PersonCard:
    return PersonCard("ada", "Ada 🌱", False)._replace(**more)  # type: ignore[arg-type]


@pytest.fixture
def actions() -> Mock:
    made = Mock()
    made.people.choices.return_value = [
        PersonAct.MESSAGE, PersonAct.COPY, PersonAct.IGNORE, PersonAct.OP, PersonAct.KICK
    ]  # fmt: skip
    return made


def test_a_profile_fills_in(root: tkinter.Tk, look: Look, actions: Mock, until: Until) -> None:
    opened = Mock()
    profiles = Profiles(look, actions, opened)
    profiles.show(card(loading=True))
    dialog = profiles.dialog
    assert isinstance(dialog, ProfileDialog)
    profiles.show(
        card(
            facts=(Fact("Account", "ada"),), homepage="https://ada.example", presence="away",
            presence_text="away: tea", rooms=(SharedRoom("#a", "#A", "operator"),),
            status="in town",
        )
    )  # fmt: skip
    assert profiles.dialog is dialog
    assert dialog.facts == {"Account": "ada"}
    until(dialog.winfo_viewable)
    look.change(LIGHT, 1.5)
    until(lambda: dialog.cget("background") == LIGHT.side)
    dialog.rooms[0].invoke()
    actions.conversations.open.assert_called_with("#a")
    dialog.buttons_by_act[PersonAct.IGNORE].invoke()
    actions.people.act.assert_called_with("ada", PersonAct.IGNORE)
    dialog.event_generate("<Escape>")
    assert actions.people.profile_closed.called
    profiles.close()
    assert not dialog.winfo_exists()


def test_nobody_and_oneself(root: tkinter.Tk, look: Look, actions: Mock) -> None:
    profiles = Profiles(look, actions, Mock())
    profiles.show(card(missing=True))
    assert profiles.dialog is not None
    profiles.close()
    actions.people.choices.return_value = [PersonAct.COPY]
    profiles.show(card(own=True))
    assert list(profiles.dialog.buttons_by_act) == [PersonAct.PROFILE]
    profiles.close()


def test_the_menu_of_a_person(root: tkinter.Tk, look: Look, actions: Mock, until: Until) -> None:
    menu = PersonMenu(look, actions)
    entries = menu.entries("ada")
    assert [one.label for one in entries] == [
        "Message", "Copy name", "Ignore", "", "Make operator", "Remove from the room…"
    ]  # fmt: skip
    assert entries[3] is LINE
    entries[1].command()
    assert root.clipboard_get() == "ada"
    entries[4].command()
    actions.people.act.assert_called_with("ada", PersonAct.OP)
    entries[5].command()
    question = menu.question
    assert question is not None
    until(question.winfo_viewable)
    question.reason.fill("noise")
    question.reason.entry.focus_force()
    root.update()
    question.reason.entry.event_generate("<Return>")
    actions.people.act.assert_called_with("ada", PersonAct.KICK, "noise")
    assert menu.question is None


def test_rows_are_high_enough_for_large_text(root: tkinter.Tk, look: Look) -> None:
    listed = MemberList(root, look)
    assert listed.height == look.px(42)
    look.change(look.palette, 1.0, text_size=2.0)
    assert listed.height >= look.fonts.line("text") + look.fonts.line("small")
    above, below = listed.apart
    assert above + below > (look.fonts.line("text") + look.fonts.line("small")) // 2
    listed.destroy()
