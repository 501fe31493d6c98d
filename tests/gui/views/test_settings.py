"""The settings dialog: every control makes its choice, and shows it when it is made elsewhere."""

import tkinter
from tkinter import ttk

import pytest

from gui.model.keys import KEYS
from gui.model.preferences import Preferences, Server
from gui.palette import DARK, LIGHT
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from gui.theme import SCALES, Look
from gui.views.settings import SettingsDialog
from gui.views.window import Window
from tests.gui.fakes import FakeLink
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


class Scene:
    """A window whose settings are open."""

    def __init__(self, root: tkinter.Tk, look: Look) -> None:
        self.root, self.look = root, look
        self.chosen = Preferences(theme="dark", servers=[Server("a.example", 1, True, "ada")])
        self.presenter = Presenter(
            FakeLink(), lambda: 1_700_000_000.0, Vault(), lambda _: None, self.chosen
        )
        self.window = Window(look, self.presenter)
        self.presenter.attach(self.window)
        self.presenter.preferences.open()

    @property
    def dialog(self) -> SettingsDialog:
        assert self.window.preferences.dialog is not None
        return self.window.preferences.dialog

    def page(self, name: str) -> None:
        self.dialog.show_page(name)
        self.root.update()

    def all(self, kind: type[tkinter.Misc]) -> list[tkinter.Misc]:
        found: list[tkinter.Misc] = []
        rest: list[tkinter.Misc] = [self.dialog.body]
        while rest:
            widget = rest.pop(0)
            rest += widget.winfo_children()
            if isinstance(widget, kind):
                found.append(widget)
        return found

    def button(self, text: str) -> ttk.Button:
        kinds = (ttk.Button, ttk.Radiobutton)
        found = [one for kind in kinds for one in self.all(kind) if str(one["text"]) == text]
        assert isinstance(found[0], ttk.Button | ttk.Radiobutton)
        return found[0]  # type: ignore[return-value]

    def texts(self) -> list[str]:
        return [str(one["text"]) for one in self.all(ttk.Label)]


@pytest.fixture
def scene(root: tkinter.Tk, look: Look, until: Until) -> Scene:
    made = Scene(root, look)
    until(lambda: made.dialog.winfo_viewable())
    return made


@pytest.mark.parametrize(("page", "name"), [
    ("Appearance", "compact"), ("Appearance", "clock_12"), ("Chat", "send_typing"),
    ("Chat", "send_read"), ("Chat", "confirm_links"), ("Notifications", "notify_text"),
    ("Notifications", "bell"), ("Notifications", "quiet"),
])  # fmt: skip
def test_switches(scene: Scene, page: str, name: str) -> None:
    scene.page(page)
    before = getattr(scene.chosen, name)
    switch = next(one for one in scene.all(ttk.Checkbutton) if one.winfo_name() == name)
    assert isinstance(switch, ttk.Checkbutton)
    switch.invoke()
    assert getattr(scene.chosen, name) is not before


@pytest.mark.parametrize(("page", "label", "name", "value"), [
    ("Appearance", "Light", "theme", "light"), ("Appearance", "As the system", "theme", "system"),
    ("Chat", "Ctrl+Enter", "send_with", "ctrl-enter"), ("Chat", "Never", "moves", "never"),
    ("Notifications", "All messages", "notify", "all"), ("Notifications", "None", "notify", "none"),
])  # fmt: skip
def test_choices_of_a_few(scene: Scene, page: str, label: str, name: str, value: str) -> None:
    scene.page(page)
    scene.button(label).invoke()
    assert getattr(scene.chosen, name) == value


def test_the_theme_changes_at_once_and_the_dialog_with_it(scene: Scene) -> None:
    scene.button("Light").invoke()
    assert scene.look.palette is LIGHT
    assert str(scene.dialog["background"]) == LIGHT.side
    scene.presenter.preferences.other_theme()
    assert scene.look.palette is DARK
    assert scene.dialog._variables["theme"].get() == "dark"


def test_sizes(scene: Scene, until: Until) -> None:
    steps = [one for one in scene.all(ttk.Button) if str(one["text"]) == "+"]
    assert isinstance(steps[1], ttk.Button)
    steps[1].invoke()
    assert scene.chosen.font_size == 14
    assert "14 px" in scene.texts()
    assert scene.look.fonts["text"].cget("size") == -14
    assert isinstance(steps[0], ttk.Button)
    steps[0].invoke()  # makes all of the dialog anew
    until(lambda: "115 %" in scene.texts())
    assert scene.look.scale == scene.chosen.scale == 1.15


def test_the_page_that_is_asked_for_has_the_keyboard(scene: Scene, until: Until) -> None:
    preferences = scene.presenter.preferences
    preferences.open("Servers")
    dialog = scene.window.preferences.dialog
    assert dialog is not None
    until(dialog.winfo_viewable)
    dialog.first().tk_focusNext().focus_force()  # type: ignore[union-attr]
    preferences.open("Keyboard")
    until(lambda: dialog.focus_get() is dialog.first())
    assert dialog.page == "Keyboard"


def test_no_scale_is_larger_than_the_screen(scene: Scene) -> None:
    for _ in range(len(SCALES)):
        scene.presenter.preferences.larger(1)
    look, screen = scene.look, scene.look.root.winfo_screenwidth()
    assert look.scale == look.most
    assert look.px(620) <= screen
    scene.presenter.preferences.set("scale", 3.0)
    assert look.px(620) <= screen


def test_the_font_can_be_chosen(scene: Scene) -> None:
    families = scene.look.fonts.families()
    assert families
    scene.dialog._choose_font(families[-1])
    assert scene.look.fonts["text"].cget("family") == families[-1]
    scene.dialog._choose_font("Automatic")
    assert scene.chosen.font == ""


def test_a_server_is_forgotten(scene: Scene) -> None:
    scene.page("Servers")
    assert "a.example" in scene.texts()
    scene.button("Forget").invoke()
    assert scene.chosen.servers == []
    assert "a.example" not in scene.texts()


def test_all_keys_are_told(scene: Scene) -> None:
    scene.window.menus._commands()["keys"]()
    assert scene.dialog.page == "Keyboard"
    texts = set(scene.texts())
    for key in (key for group in KEYS.values() for key in group):
        assert {key.text, key.shown} <= texts


def test_pages_by_keyboard_and_escape(scene: Scene, until: Until) -> None:
    first = scene.dialog.first()
    first.focus_force()
    first.event_generate("<Down>")
    until(lambda: scene.dialog.page == "Chat")
    until(lambda: scene.dialog.focus_get() is scene.dialog.first())
    scene.dialog.event_generate("<Escape>")
    until(lambda: scene.window.preferences.dialog is None)
    scene.presenter.preferences.open("About")
    assert scene.dialog.page == "About"
