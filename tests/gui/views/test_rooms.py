"""The dialogs about rooms, and the bars above the messages."""

import tkinter
from unittest.mock import Mock

import pytest

from gui.model.browsepage import BrowsePage, BrowseRow
from gui.model.offers import Offer
from gui.model.roomcard import BanRow, ModeSwitch, RoomCard
from gui.palette import LIGHT
from gui.theme import Look
from gui.views.browse import BrowseDialog, Browser
from gui.views.offers import OfferBars
from gui.views.roominfo import RoomInfoDialog, RoomInfos
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window

PLAIN = RoomCard("#room", "#Room", "bees https://a.example", "2 members")
FULL = PLAIN._replace(
    rank="operator", can_topic=True, can_invite=True, can_rename=True, can_unban=True,
    switches=(ModeSwitch("i", "Invited", "", False), ModeSwitch("m", "Voices", "", True)),
    key="owl", limit="9", bans=(BanRow("*!*@x", "by ada"), BanRow("e!*@*", "")), level="mentions",
)  # fmt: skip


@pytest.fixture
def info(root: tkinter.Tk, look: Look) -> tuple[RoomInfos, Mock]:
    actions = Mock()
    return RoomInfos(look, actions, Mock()), actions


def opened(infos: RoomInfos, card: RoomCard) -> RoomInfoDialog:
    infos.show(card)
    assert infos.dialog is not None
    return infos.dialog


def test_what_everybody_sees_of_a_room(
    info: tuple[RoomInfos, Mock], look: Look, until: Until
) -> None:
    infos, actions = info
    dialog = opened(infos, PLAIN)
    until(dialog.winfo_viewable)
    assert (dialog.entries, dialog.switches) == ({}, {})
    dialog.levels.buttons["none"].invoke()
    actions.room_info.notify.assert_called_with("none")
    dialog.leave.invoke()
    assert actions.room_info.leave.called
    infos.show(PLAIN._replace(joined=False))
    dialog.leave.invoke()
    assert actions.room_info.join.called
    look.change(LIGHT, 1.3)
    until(lambda: dialog.cget("background") == LIGHT.side)
    dialog.event_generate("<Escape>")
    assert actions.room_info.closed.called
    infos.close()
    assert not dialog.winfo_exists()


def test_what_operators_change(info: tuple[RoomInfos, Mock], until: Until) -> None:
    infos, actions = info
    dialog = opened(infos, FULL)
    until(dialog.winfo_viewable)
    asked = actions.room_info
    assert {name: entry.get() for name, entry in dialog.entries.items()} == {
        "topic": FULL.topic, "name": "#Room", "invite": "", "key": "owl", "limit": "9"
    }  # fmt: skip
    entry = dialog.entries["topic"]
    entry.delete(0, "end")
    entry.insert(0, "trees")
    infos.show(FULL._replace(error="No."))  # what is being typed stays
    assert entry.get() == "trees"
    entry.focus_force()
    entry.update()
    entry.event_generate("<Return>")
    asked.set_topic.assert_called_with("trees")
    infos.show(FULL._replace(topic="owls"))
    assert entry.get() == "owls"
    dialog.entries["invite"].insert(0, "eve")
    dialog.entries["invite"].focus_force()
    dialog.update()
    dialog.entries["invite"].event_generate("<Return>")
    asked.invite.assert_called_with("eve")
    assert dialog.entries["invite"].get() == ""
    infos.show(PLAIN)
    assert dialog.entries == {}
    infos.close()


def test_switches_follow_the_server(info: tuple[RoomInfos, Mock]) -> None:
    infos, actions = info
    dialog = opened(infos, FULL)
    assert {letter: one.get() for letter, one in dialog.switches.items()} == {
        "i": False, "m": True
    }  # fmt: skip
    dialog.choices["i"].invoke()
    actions.room_info.switch.assert_called_with("i", True)
    assert not dialog.switches["i"].get()  # until the server agrees
    infos.show(FULL._replace(switches=(ModeSwitch("i", "Invited", "", True), FULL.switches[1])))
    assert dialog.switches["i"].get()
    infos.close()


def test_bans_are_lifted(info: tuple[RoomInfos, Mock], until: Until) -> None:
    infos, actions = info
    dialog = opened(infos, FULL)
    dialog._pages.buttons["bans"].invoke()
    until(lambda: "e!*@*" in texts(dialog.bans))
    dialog.bans.focus_force()
    dialog.update()
    dialog.bans.event_generate("<Down>")
    dialog.bans.event_generate("<Delete>")
    actions.room_info.unban.assert_called_with("e!*@*")
    dialog.bans.event_generate("<Button-1>", x=dialog.bans.winfo_width() - 20, y=10)
    actions.room_info.unban.assert_called_with("*!*@x")
    infos.close()


ROWS = (
    BrowseRow("room", "#bees", 5, "wax 🐝"),
    BrowseRow("room", "#trees", 3, "", "you are here"),
    BrowseRow("person", "bee"),
    BrowseRow("create", "#bee"),
)


@pytest.fixture
def browser(root: tkinter.Tk, look: Look, until: Until) -> tuple[Browser, Mock]:
    actions = Mock()
    made = Browser(look, actions)
    made.show(BrowsePage(ROWS, "4 rooms"))
    assert made.dialog is not None
    until(lambda: texts(made.dialog.list))  # type: ignore[union-attr]
    return made, actions


def dialog_of(browser: Browser) -> BrowseDialog:
    assert browser.dialog is not None
    return browser.dialog


def test_finding_a_room(browser: tuple[Browser, Mock], until: Until) -> None:
    made, actions = browser
    dialog = dialog_of(made)
    made.type("bee")
    actions.browse.filter.assert_called_with("bee")
    assert {"#bees", "5 members", "Write to bee", "Join or make #bee"} <= set(texts(dialog.list))
    entry = dialog.field.entry
    entry.focus_force()
    entry.update()
    words = []
    for _ in range(3):
        words.append(dialog.accept.cget("text"))
        entry.event_generate("<Down>")
    assert words == ["Join", "Open", "Write"]
    entry.event_generate("<Return>")
    actions.browse.choose.assert_called_with(ROWS[3], "")
    dialog.list.event_generate("<Button-1>", x=30, y=10)
    actions.browse.choose.assert_called_with(ROWS[0], "")
    made.show(BrowsePage(()))
    entry.event_generate("<Return>")
    actions.browse.submit.assert_called_with("bee", "")
    made.close()
    assert not dialog.winfo_exists()


def test_a_key_is_asked_for(browser: tuple[Browser, Mock], until: Until) -> None:
    made, actions = browser
    dialog = dialog_of(made)
    made.show(BrowsePage(ROWS, error="It needs a key.", locked="#bees"))
    until(dialog.key.winfo_ismapped)
    dialog.key.fill("owl")
    dialog.key.entry.focus_force()
    dialog.update()
    dialog.key.entry.event_generate("<Return>")
    assert actions.browse.submit.call_args.args[1] == "owl"
    made.show(BrowsePage(ROWS, busy=True))
    assert dialog.accept.cget("text") == "Joining…"
    until(lambda: not dialog.key.winfo_ismapped())
    dialog.event_generate("<Escape>")
    assert actions.browse.closed.called
    made.close()


def test_bars_above_the_messages(root: tkinter.Tk, look: Look, until: Until) -> None:
    actions = Mock()
    bars = OfferBars(root, look, actions)
    bars.pack(fill="x")
    offers = [Offer("#a", "ada invites you to #a 🐝", "Join", "Ignore"),
              Offer("back", "You are out", "", "Put away")]  # fmt: skip
    bars.show(offers)
    until(lambda: bars.winfo_height() > 60)
    first = bars.bars[0]
    bars.show(offers)
    assert bars.bars[0] is first
    first.accept.invoke()
    actions.offers.accept.assert_called_with("#a")
    assert bars.bars[1].dismiss.winfo_ismapped()
    assert not bars.bars[1].accept.winfo_ismapped()  # it would say nothing
    bars.bars[1].dismiss.invoke()
    actions.offers.dismiss.assert_called_with("back")
    look.change(LIGHT, 1.0)
    bars.show([])
    until(lambda: bars.winfo_height() < 5)
