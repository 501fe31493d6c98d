"""Clicks, keys and menus on messages, with a presenter behind them."""

import tkinter
from collections.abc import Callable

import pytest

from core.client import events
from core.client.features import Features
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from gui.theme import Look
from gui.views.layout import What
from gui.views.messagedialogs import DeleteDialog
from gui.views.messagekeys import Deed
from gui.views.messagelist import MessageList
from gui.views.popup import Entry
from gui.views.reactionstrip import QUICK
from gui.views.window import Window
from tests.gui.fakes import FakeLink
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window

EVERYTHING = Features(reactions=True, replies=True, redaction=True, echo=True)


class Scene:
    """A window in a room with three messages: ours is the second."""

    def __init__(self, root: tkinter.Tk, look: Look, features: Features) -> None:
        self.root, self.link = root, FakeLink()
        self.presenter = Presenter(self.link, lambda: 1_700_000_000.0, Vault(), lambda _: None)
        self.window = Window(look, self.presenter)
        self.presenter.attach(self.window)
        self.presenter.connection.state = "online"
        self.presenter.handle([
            events.Registered(nick="me", network="", features=features, reconnected=False),
            events.RoomJoined(room="#room", name="#room", rejoined=False),
            self.said("hello https://a.example", "m1"),
            self.said("mine", "m2", nick="me"),
            self.said("an answer", "m3", reply_to="m1"),
        ])  # fmt: skip
        self.presenter.connection.state = "online"

    def said(self, text: str, msgid: str, nick: str = "ada", reply_to: str = "") -> object:
        return events.MessageReceived(
            conversation="#room", nick=nick, text=text, time=1_700_000_000.0, msgid=msgid,
            is_own=nick == "me", reply_to=reply_to,
        )  # fmt: skip

    @property
    def view(self) -> MessageList:
        return self.window.messages

    def uid(self, msgid: str) -> int:
        message = self.view.timeline.find(msgid)
        assert message is not None
        return message.uid

    def asked(self, name: str) -> list[tuple[object, ...]]:
        return [call for call in self.link.session.calls if call[0] == name]

    def entries(self, msgid: str, link: str = "") -> dict[str, Entry]:
        found = self.window.commands.entries(self.uid(msgid), link)
        return {entry.label: entry for entry in found if entry.label}

    def point(self, msgid: str) -> tuple[int, int]:
        """The middle of the text of a message."""
        row = self.view.row_of(self.uid(msgid))
        assert row is not None
        return row.layout.text_at[0] + 4, row.y + row.layout.text_at[1] + 6

    def target(self, msgid: str, what: What) -> tuple[int, int]:
        row = self.view.row_of(self.uid(msgid))
        assert row is not None
        left, top, right, bottom = next(o.box for o in row.layout.targets if o.what is what)
        return (left + right) // 2, row.y + (top + bottom) // 2

    def click(self, x: int, y: int) -> None:
        self.view.event_generate("<Button-1>", x=x, y=y)
        self.view.event_generate("<ButtonRelease-1>", x=x, y=y)


Make = Callable[[Features], Scene]


@pytest.fixture
def make(root: tkinter.Tk, look: Look, until: Until) -> Make:
    def made(features: Features) -> Scene:
        scene = Scene(root, look, features)
        until(lambda: len(scene.view.visible) >= 3)
        return scene

    return made


@pytest.fixture
def scene(make: Make) -> Scene:
    return make(EVERYTHING)


def test_the_menu_has_what_can_be_done(scene: Scene) -> None:
    theirs, mine = scene.entries("m1", "https://a.example"), scene.entries("m2")
    assert {"Reply", "React…", "Copy text", "Copy link", "About this message"} == set(theirs)
    assert {"Reply", "React…", "Copy text", "About this message", "Delete…"} == set(mine)
    theirs["Copy link"].command()
    assert scene.root.clipboard_get() == "https://a.example"
    mine["Copy text"].command()
    assert scene.root.clipboard_get() == "mine"


def test_a_server_that_lacks_nearly_everything(make: Make) -> None:
    scene = make(Features())
    assert set(scene.entries("m1")) == {"Copy text", "About this message"}
    for deed in (Deed.REPLY, Deed.REACT, Deed.DELETE):
        scene.window.commands.do(deed, scene.uid("m2"))
    assert scene.presenter.desk.chat.conversations["#room"].replying == 0
    assert not scene.view.strip.uid
    x, y = scene.point("m1")
    scene.view.event_generate("<Motion>", x=x, y=y)
    assert list(scene.view.hover._boxes) == [Deed.MENU]


def test_answering_by_the_bar(scene: Scene, until: Until) -> None:
    x, y = scene.point("m1")
    scene.view.event_generate("<Motion>", x=x, y=y)
    assert scene.view.hover.uid == scene.uid("m1")
    left, top, right, bottom = scene.view.hover._boxes[Deed.REPLY]
    scene.view.event_generate("<Motion>", x=(left + right) // 2, y=(top + bottom) // 2)
    assert scene.view.hover.uid == scene.uid("m1")
    scene.click((left + right) // 2, (top + bottom) // 2)
    conversation = scene.presenter.desk.chat.conversations["#room"]
    assert conversation.replying == scene.uid("m1")
    until(lambda: scene.root.focus_get() is scene.window.composer.text)
    scene.view.event_generate("<Leave>")
    assert scene.view.hover.uid == 0
    assert not scene.view.find_withtag("hover")


def test_reacting_by_the_strip(scene: Scene, until: Until) -> None:
    scene.window.commands.do(Deed.REACT, scene.uid("m1"))
    scene.root.update()
    assert scene.view.strip.uid == scene.uid("m1")
    assert scene.view.find_withtag("strip")
    left, top, right, bottom = scene.view.strip._boxes[1]
    scene.view.event_generate("<Motion>", x=left + 4, y=top + 4)
    scene.click((left + right) // 2, (top + bottom) // 2)
    assert scene.asked("react") == [("react", "#room", "m1", QUICK[1], False)]
    assert scene.view.strip.uid == 0
    until(lambda: scene.view.visible[0].layout.chips)
    scene.click(*scene.target("m1", What.REACTION))
    assert scene.asked("react")[-1] == ("react", "#room", "m1", QUICK[1], True)
    until(lambda: not scene.view.visible[0].layout.chips)


def test_a_press_beside_the_strip_closes_it(scene: Scene) -> None:
    scene.view.strip.open(scene.uid("m1"))
    scene.click(5, 5)
    assert scene.view.strip.uid == 0
    assert scene.asked("react") == []


def test_who_reacted_is_told_in_a_tip(scene: Scene, until: Until) -> None:
    reaction = events.ReactionReceived("#room", "bob", "m1", "👍", False, 1.0, False)
    scene.presenter.handle([reaction])
    until(lambda: scene.view.visible[0].layout.chips)
    x, y = scene.target("m1", What.REACTION)
    scene.view.event_generate("<Motion>", x=x, y=y)
    assert "bob" in texts(scene.view, "hover")
    scene.view.event_generate("<Motion>", x=2, y=2)
    assert "bob" not in texts(scene.view, "hover")


def test_a_link_is_underlined_and_asked_about(scene: Scene, until: Until) -> None:
    row = scene.view.row_of(scene.uid("m1"))
    assert row is not None
    run = next(run for run in row.layout.lines[0].runs if run.link)
    x, y = row.layout.text_at[0] + run.x + 5, scene.point("m1")[1]
    scene.view.event_generate("<Motion>", x=x, y=y)
    kinds = {str(scene.view.tk.call(str(scene.view), "type", item))
             for item in scene.view.find_withtag("hover")}  # fmt: skip
    assert "line" in kinds
    scene.click(x, y)
    assert scene.window.links.dialog is not None
    assert scene.window.links.dialog.facts.link == "https://a.example"


def test_a_quote_leads_to_its_message(scene: Scene, until: Until) -> None:
    scene.click(*scene.target("m3", What.QUOTE))
    assert scene.view.flash.uid == scene.uid("m1")


def test_a_name_leads_to_the_person(scene: Scene) -> None:
    asked: list[str] = []
    scene.window.commands.on_person = asked.append
    scene.click(*scene.target("m1", What.PERSON))
    assert asked == ["ada"]


def test_quick_clicks_on_a_reaction_are_clicks(scene: Scene, until: Until) -> None:
    reaction = events.ReactionReceived("#room", "bob", "m1", "👍", False, 1.0, False)
    scene.presenter.handle([reaction])
    until(lambda: scene.view.visible[0].layout.chips)
    for many in (2, 1, 2):  # the second is a double click, the third a triple one
        scene.click(*scene.target("m1", What.REACTION))
        until(lambda many=many: scene.view.visible[0].layout.chips[0].reaction.people == many)  # type: ignore[misc]
    assert len(scene.asked("react")) == 3


def test_the_keyboard_goes_from_message_to_message(scene: Scene, until: Until) -> None:
    view = scene.view
    scene.window.composer.text.focus_force()
    scene.root.update()
    scene.window.composer.text.event_generate("<F6>")
    until(lambda: scene.root.focus_get() is view)
    assert view.cursor.uid == scene.uid("m3")
    view.event_generate("<Up>")
    assert view.cursor.uid == scene.uid("m2")
    view.event_generate("<Control-c>")
    until(lambda: view.clipboard_get() == "mine")
    view.event_generate("<Up>")
    view.event_generate("<Up>")
    assert view.cursor.uid == scene.uid("m1")
    view.event_generate("<e>")
    assert view.strip.uid == scene.uid("m1")
    for key in ("<Right>", "<Right>", "<Left>", "<Return>"):
        view.event_generate(key)
    assert scene.asked("react") == [("react", "#room", "m1", QUICK[1], False)]
    view.event_generate("<Down>")
    view.event_generate("<r>")
    assert scene.presenter.desk.chat.conversations["#room"].replying == scene.uid("m2")
    assert scene.window.draft() == ""


def test_the_second_time_begins_at_the_newest_message_again(scene: Scene, until: Until) -> None:
    view = scene.view
    scene.window.composer.text.focus_force()
    scene.root.update()
    view.enter()
    view.event_generate("<Up>")
    view.event_generate("<r>")
    until(lambda: scene.root.focus_get() is scene.window.composer.text)
    view.enter()
    until(lambda: scene.root.focus_get() is view)
    assert view.cursor.uid == scene.uid("m3")
    view.event_generate("<Up>")
    view.enter()
    assert view.cursor.uid == scene.uid("m2")


def test_leaving_by_escape(scene: Scene, until: Until) -> None:
    view = scene.view
    view.focus_force()
    scene.root.update()
    view.enter()
    view.event_generate("<e>")
    view.event_generate("<Escape>")
    assert view.strip.uid == 0
    view.event_generate("<Control-a>")
    view.event_generate("<Escape>")
    assert view.selection.empty
    assert scene.root.focus_get() is view
    view.event_generate("<Escape>")
    until(lambda: scene.root.focus_get() is scene.window.composer.text)
    assert view.cursor.uid == 0


def test_deleting_asks_first(scene: Scene, until: Until) -> None:
    scene.view.focus_force()
    scene.root.update()
    scene.view.cursor.put(scene.uid("m1"))
    scene.view.event_generate("<Delete>")
    assert not any(isinstance(one, DeleteDialog) for one in scene.root.winfo_children())
    scene.view.cursor.put(scene.uid("m2"))
    scene.view.event_generate("<Delete>")
    dialog = scene.window.commands.delete_dialog
    assert dialog is not None
    assert scene.asked("redact") == []
    until(lambda: scene.root.focus_get() is not scene.view)
    focused = dialog.focus_get()
    assert focused is not None
    focused.event_generate("<Return>")
    assert scene.asked("redact") == [("redact", "#room", "m2")]
    assert not dialog.winfo_exists()


def test_the_facts(scene: Scene) -> None:
    scene.entries("m2")["About this message"].command()
    dialog = scene.window.commands.about_dialog
    assert dialog is not None
    words = [
        str(child.cget("text")) for child in dialog.body.winfo_children()
        if "text" in child.keys()  # noqa: SIM118 - a widget's options
    ]  # fmt: skip
    assert {"From", "me", "Delivery", "Delivered to the server"} <= set(words)


def test_the_menu_opens_by_pointer_and_key(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[int, int]] = []
    monkeypatch.setattr(tkinter.Menu, "tk_popup", lambda menu, x, y: opened.append((x, y)))
    x, y = scene.point("m1")
    scene.view.event_generate("<Button-3>", x=x, y=y, rootx=300, rooty=200)
    assert opened == [(300, 200)]
    scene.view.focus_force()
    scene.root.update()
    scene.view.cursor.put(scene.uid("m2"))
    scene.view.event_generate("<Shift-F10>")
    assert len(opened) == 2


def test_letters_are_typed_unless_a_message_is_chosen(scene: Scene, until: Until) -> None:
    scene.view.focus_force()
    scene.root.update()
    scene.view.event_generate("<r>")
    until(lambda: scene.window.draft() == "r")
