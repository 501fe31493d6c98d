"""The whole window with a presenter behind it: lists, dialogs, keys, looks."""

import tkinter

import pytest

from core.client import events
from core.client.features import Features
from gui.link import Listed, ListedMember
from gui.model.ranks import PersonAct
from gui.palette import DARK, LIGHT
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from gui.theme import Look
from gui.views.loop import close_backdoor
from gui.views.window import Window
from tests.gui.fakes import FakeLink
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window


class Scene:
    """A window, its presenter and a fake link."""

    def __init__(self, root: tkinter.Tk, look: Look) -> None:
        self.root, self.look, self.link = root, look, FakeLink()
        self.presenter = Presenter(self.link, lambda: 1_700_000_000.0, Vault(), lambda _: None)
        self.window = Window(look, self.presenter)
        self.presenter.attach(self.window)

    def start(self) -> None:
        members = [ListedMember(nick, "", nick == "zoe") for nick in ("me", "ada", "zoe")]
        self.presenter.handle(
            [
                events.Registered(nick="me", network="", features=Features(), reconnected=False),
                events.RoomJoined(room="#room", name="#room", rejoined=False),
                events.RoomJoined(room="#other", name="#other", rejoined=False),
                Listed("#room", tuple(ListedMember(*one) for one in members)),
            ]
        )

    def said(self, text: str, room: str = "#room") -> None:
        message = events.MessageReceived(
            conversation=room, nick="ada", text=text, time=1_700_000_000.0
        )
        self.presenter.handle([message])


@pytest.fixture
def scene(root: tkinter.Tk, look: Look, until: Until) -> Scene:
    made = Scene(root, look)
    made.start()
    until(lambda: made.window.conversations.find_all())
    return made


def test_everything_is_shown(scene: Scene, until: Until) -> None:
    scene.said("hello 👋")
    scene.said("psst", room="ada")
    until(lambda: "psst" in texts(scene.window.conversations))
    assert {"#room", "#other", "ada", "1"} <= set(texts(scene.window.conversations))
    assert "hello " in texts(scene.window.messages)
    until(lambda: "Here — 2" in texts(scene.window.members.list))
    assert {"ada", "you", "Away — 1"} <= set(texts(scene.window.members.list))
    assert scene.root.title() == "(1) Parlor — #room"


def test_a_click_opens_a_conversation(scene: Scene, until: Until) -> None:
    listed = scene.window.conversations
    row = next(at for at, one in enumerate(listed.rows) if one.key == "#other")
    listed.event_generate("<Button-1>", x=50, y=row * listed.height + 10)
    until(lambda: scene.presenter.desk.chat.current == "#other")


def test_a_click_on_a_member_opens_the_profile_and_that_a_private_one(
    scene: Scene, until: Until
) -> None:
    members = scene.window.members.list
    until(lambda: members.winfo_height() > 100 and texts(members))
    members.event_generate("<Button-1>", x=50, y=members.height + 10)
    until(lambda: scene.window.people.dialog is not None)
    dialog = scene.window.people.dialog
    assert dialog is not None
    dialog.buttons_by_act[PersonAct.MESSAGE].invoke()
    until(lambda: scene.presenter.desk.chat.current == "ada")
    until(lambda: not members.winfo_ismapped())
    assert scene.window.people.dialog is None


def test_typing_and_sending(scene: Scene) -> None:
    text = scene.window.composer.text
    text.focus_force()
    for key in "hey":
        text.event_generate(f"<{key}>")
    text.event_generate("<Return>")
    assert scene.link.said == [("#room", "#room", "hey", "privmsg")]


def test_whoever_opens_a_conversation_writes_there(scene: Scene, until: Until) -> None:
    """The keyboard never stays in what is hidden; only a search goes on."""
    window, composer = scene.window, scene.window.composer.text
    scene.presenter.conversations.open("#room")
    for place in (window.members.list, window.messages, window.search.entry):
        place.focus_force()
        scene.root.update()
        scene.presenter.people.message("ada")
        until(lambda: not window.members.winfo_ismapped())
        scene.root.update()
        expected = place if place is window.search.entry else composer
        assert scene.root.focus_get() is expected
        scene.presenter.conversations.open("#room")
        until(window.members.winfo_ismapped)


def test_where_one_cannot_write_the_way_back_has_the_keyboard(scene: Scene, until: Until) -> None:
    window = scene.window
    scene.presenter.conversations.open("#other")
    gone = events.RoomLeft("#room", "kick", "ada", "")
    scene.presenter.handle([gone])
    window.messages.focus_force()
    scene.root.update()
    scene.presenter.conversations.open("#room")
    until(lambda: scene.root.focus_get() is window.composer.join_button)


def test_the_window_is_never_larger_than_the_screen(scene: Scene) -> None:
    scene.look.change(DARK, 3.0)
    width, height = scene.root.minsize()
    assert width <= scene.root.winfo_screenwidth()
    assert height < scene.root.winfo_screenheight()


def test_typing_after_a_click_into_the_messages(scene: Scene, until: Until) -> None:
    scene.window.messages.focus_force()
    scene.root.update()
    scene.window.messages.event_generate("<x>")
    until(lambda: scene.window.draft() == "x")
    assert scene.root.focus_get() is scene.window.composer.text


def test_typing_after_what_had_the_focus_is_gone(scene: Scene, until: Until) -> None:
    scene.root.focus_force()
    scene.root.update()
    scene.root.event_generate("<x>")
    until(lambda: scene.window.draft() == "x")
    assert scene.root.focus_get() is scene.window.composer.text
    scene.window.composer.text.event_generate("<y>")
    until(lambda: scene.window.draft() == "xy")


def test_typing_beside_the_welcome(root: tkinter.Tk, look: Look, until: Until) -> None:
    scene = Scene(root, look)
    registered = events.Registered(nick="me", network="", features=Features(), reconnected=False)
    scene.presenter.handle([registered])
    button = scene.window.entrance.welcome.button
    until(button.winfo_viewable)
    button.focus_force()
    root.update()
    button.event_generate("<slash>")
    until(lambda: scene.window.draft() == "/")
    assert root.focus_get() is scene.window.composer.text


def test_keys(scene: Scene, until: Until) -> None:
    scene.window.composer.text.focus_force()
    scene.root.update()
    chat = scene.presenter.desk.chat
    before = chat.current
    scene.window.composer.text.event_generate("<Alt-Down>")
    assert chat.current != before
    scene.window.composer.text.event_generate("<Alt-Up>")
    assert chat.current == before
    scene.window.composer.text.event_generate("<Control-Tab>")
    assert chat.current != before
    scene.window.composer.text.event_generate("<Control-d>")
    assert scene.look.palette is LIGHT
    scene.window.composer.text.event_generate("<Control-plus>")
    assert scene.look.scale == 1.15
    scene.window.composer.text.event_generate("<Control-Key-0>")
    assert scene.look.scale == 1.0
    scene.window.composer.text.event_generate("<Control-k>")
    until(lambda: scene.root.focus_get() is scene.window.search.entry)


def test_the_banner_comes_and_goes(scene: Scene, until: Until) -> None:
    scene.presenter.handle([events.Disconnected(reason="reset", wanted=False)])
    until(lambda: scene.window.banner.winfo_ismapped())
    assert scene.window.banner_text.startswith("Reset.")
    scene.window.show_banner(None)
    until(lambda: not scene.window.banner.winfo_ismapped())


def test_who_types_stands_below_the_bubbles(scene: Scene, until: Until) -> None:
    typing = scene.window.typing

    def left() -> float:
        return typing.coords("dot0")[0]

    for place in ("#room", "ada"):
        scene.presenter.handle(
            [events.TypingChanged(conversation=place, nick="ada", state="active")]
        )
    scene.presenter.conversations.open("#room")
    until(lambda: typing.find_withtag("dot0"))
    beside_avatars = left()
    scene.said("psst", room="ada")
    scene.presenter.conversations.open("ada")
    scene.presenter.handle([events.TypingChanged(conversation="ada", nick="ada", state="active")])
    until(lambda: typing.find_withtag("dot0") and left() < beside_avatars)


def test_members_need_room(scene: Scene, root: tkinter.Tk, until: Until) -> None:
    until(lambda: scene.window.members.winfo_ismapped())
    root.geometry("700x500")
    until(lambda: not scene.window.members.winfo_ismapped())
    root.geometry("1000x500")
    until(lambda: scene.window.members.winfo_ismapped())
    scene.window.toggle_members()
    until(lambda: not scene.window.members.winfo_ismapped())


def test_in_a_narrow_window_members_lie_over_the_messages(
    scene: Scene, root: tkinter.Tk, until: Until
) -> None:
    root.geometry("700x500")
    until(lambda: not scene.window.members.winfo_ismapped())
    scene.window.toggle_members()
    until(lambda: scene.window.members.winfo_ismapped())
    assert scene.window.members_wanted
    scene.window.toggle_members()
    until(lambda: not scene.window.members.winfo_ismapped())
    scene.window.toggle_members()
    root.geometry("1000x500")
    until(lambda: scene.window.members.winfo_x() > scene.window.messages.winfo_rootx())
    root.geometry("700x500")
    until(lambda: not scene.window.members.winfo_ismapped())


def test_tab_leaves_an_empty_composer(scene: Scene, root: tkinter.Tk, until: Until) -> None:
    text = scene.window.composer.text
    text.focus_force()
    until(lambda: root.focus_get() is text)
    text.event_generate("<Tab>")
    until(lambda: root.focus_get() is not text)


def test_only_web_links_are_opened(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda link, new: opened.append(link))
    for link in ("file:///etc/passwd", "javascript:x", "https://a.example", "HTTP://b.example"):
        scene.window.open_link(link)
        if dialog := scene.window.links.dialog:
            scene.window.links.accept(dialog.facts, always=False)
    assert opened == ["https://a.example", "HTTP://b.example"]


def test_looks_can_be_changed_at_any_time(scene: Scene, look: Look, until: Until) -> None:
    scene.said("hello")
    for palette, scale in ((LIGHT, 2.0), (DARK, 0.75), (LIGHT, 1.0)):
        look.change(palette, scale)
        scene.root.update()
        assert scene.window.messages.cget("background") == palette.chat
        assert scene.window.conversations.cget("background") == palette.side


def test_nobody_can_run_code_in_the_window(root: tkinter.Tk) -> None:
    close_backdoor(root)
    close_backdoor(root)
    with pytest.raises(tkinter.TclError, match="invalid command name"):
        root.tk.call("send", "anyone", "exit")


def test_a_flood_costs_one_redraw(scene: Scene, until: Until) -> None:
    message = [
        events.MessageReceived(conversation="#room", nick="ada", text=f"n{number}", time=1.7e9)
        for number in range(3000)
    ]
    scene.presenter.handle(message)
    until(lambda: "n2999" in texts(scene.window.messages))
    assert len(scene.window.messages.find_all()) < 500


def test_menus(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tkinter.Menu] = []
    monkeypatch.setattr(tkinter.Menu, "tk_popup", lambda menu, x, y: opened.append(menu))
    scene.window.menus.main(10, 10)

    def labels(menu: tkinter.Menu) -> list[str]:
        """What can be chosen; "" for a line."""
        kinds = [str(menu.type(at)) for at in range((menu.index("end") or 0) + 1)]
        return [
            "" if kind == "separator" else str(menu.entrycget(at, "label")).strip()
            for at, kind in enumerate(kinds)
        ]

    shown = labels(opened[0])
    assert shown[0] == "Join a room…"
    assert {"Light theme", "Settings…", "Profile…", "Connection…", "Quit"} <= set(shown)
    assert not {"Log in…", "Create an account…", "Log out"} & set(shown)  # not on this server
    opened[0].invoke(shown.index("Light theme"))
    assert scene.look.palette is LIGHT
    able = Features(login=True, account_registration=True)
    scene.presenter.handle([events.FeaturesChanged(features=able)])
    scene.window.menus.main(10, 10)
    assert {"Log in…", "Create an account…"} <= set(labels(opened[1]))
    scene.presenter.handle([events.LoggedIn(account="me")])
    scene.window.menus.main(10, 10)
    assert "Log out" in labels(opened[2])
    assert "Log in…" not in labels(opened[2])
    scene.window.menus.conversation("#other", 10, 10)
    opened[3].invoke(labels(opened[3]).index("Leave the room"))
    assert scene.link.session.calls[-1] == ("part", "#other", "")


def test_joining_by_the_dialog(scene: Scene, until: Until) -> None:
    scene.window.dialogs.ask_room()
    dialog = scene.window.browse.dialog
    assert dialog is not None
    entry = dialog.field.entry
    until(dialog.winfo_viewable)
    entry.focus_force()
    scene.root.update()
    entry.insert("end", "#bees")
    entry.event_generate("<Return>")
    until(lambda: ("join", "#bees", "") in scene.link.session.calls)
    scene.presenter.handle([events.RoomJoined(room="#bees", name="#bees", rejoined=False)])
    assert not dialog.winfo_exists()
    assert scene.presenter.desk.chat.current == "#bees"


def test_the_title_opens_the_room_or_the_person(scene: Scene, until: Until) -> None:
    scene.window.header.press()
    until(lambda: scene.window.room_info.dialog is not None)
    scene.presenter.room_info.closed()
    scene.presenter.people.message("ada")
    scene.window.header.press()
    until(lambda: scene.window.people.dialog is not None)
    scene.presenter.people.act("ada", PersonAct.MENTION)
    assert scene.window.composer.value() == "ada: "
    scene.window.insert("zoe")
    assert scene.window.composer.value() == "ada: zoe "
    scene.window.insert("me")
    assert scene.window.composer.value() == "ada: zoe me "


def test_page_keys_move_one_page_wherever_the_focus_is(scene: Scene, until: Until) -> None:
    for number in range(200):
        scene.said(f"n{number}")
    messages = scene.window.messages
    until(lambda: messages.visible and messages.visible[-1].number == 199)
    tops = []
    for widget in (scene.window.composer.text, messages):
        messages.to_end()
        scene.root.update()
        widget.focus_force()
        scene.root.update()
        widget.event_generate("<Prior>")
        tops.append(messages.visible[0].number)
    assert tops[0] == tops[1]
