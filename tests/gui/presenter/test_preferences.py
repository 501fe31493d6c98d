"""Choices are checked, applied and written down at once."""

import pytest

from gui.model.preferences import Preferences, Server, SystemTheme
from gui.presenter.presenter import Presenter
from tests.gui.presenter.stage import Stage


class Choosing(Stage):
    """A stage that counts how often the choices were written down."""

    def __init__(self, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.preferences, self.saved = preferences or Preferences(), 0
        self.presenter = Presenter(
            self.link, lambda: self.now, self.presenter.connection._vault, self.online.append,
            self.preferences, on_choice=self._save,
        )  # fmt: skip
        self.choices = self.presenter.preferences
        self.presenter.attach(self.screen)

    def _save(self) -> None:
        self.saved += 1

    @property
    def shown(self) -> tuple[str, Preferences]:
        return self.screen.preferences.theme, self.screen.preferences.applied


def test_all_choices_are_applied_at_the_start() -> None:
    stage = Choosing(Preferences(theme="light", compact=True))
    theme, applied = stage.shown
    assert (theme, applied.compact) == ("light", True)
    assert stage.saved == 0


@pytest.mark.parametrize(("name", "value"), [
    ("theme", "light"), ("font_size", 15), ("compact", True), ("clock_12", True),
    ("send_with", "ctrl-enter"), ("send_typing", False), ("moves", "never"), ("notify", "all"),
    ("scale", 1.5), ("font", "Verdana"), ("confirm_links", True), ("ignored", ["eve"]),
])  # fmt: skip
def test_a_choice_is_applied_and_written(name: str, value: object) -> None:
    stage = Choosing()
    stage.choices.set(name, value)
    assert getattr(stage.preferences, name) == value
    assert getattr(stage.shown[1], name) == value
    assert stage.saved == 1


@pytest.mark.parametrize(("name", "value"), [
    ("theme", "purple"), ("theme", 1), ("font_size", "15"), ("colour", "red"), ("moves", ""),
    ("mend", None), ("__class__", str),
])  # fmt: skip
def test_what_is_no_choice_is_refused(name: str, value: object) -> None:
    stage = Choosing()
    with pytest.raises(ValueError, match=name):
        stage.choices.set(name, value)
    assert stage.saved == 0


def test_text_sizes_have_limits() -> None:
    stage = Choosing()
    stage.choices.set("font_size", 99)
    assert stage.preferences.font_size == 18


def test_the_desktops_theme_is_followed_if_that_is_chosen() -> None:
    stage = Choosing()
    assert stage.shown[0] == "dark"
    stage.presenter.handle([SystemTheme("light")])
    assert stage.shown[0] == "light"
    follows = [stage.choices.follows]
    stage.choices.set("theme", "dark")
    assert stage.shown[0] == "dark"
    assert [*follows, stage.choices.follows] == [True, False]
    stage.presenter.handle([SystemTheme("dark"), SystemTheme("light"), SystemTheme("green")])
    assert stage.shown[0] == "dark"


def test_the_other_theme_is_that_which_is_not_seen() -> None:
    stage = Choosing()
    stage.presenter.handle([SystemTheme("light")])
    stage.choices.other_theme()
    assert (stage.preferences.theme, stage.shown[0]) == ("dark", "dark")
    stage.choices.other_theme()
    assert stage.preferences.theme == "light"


def test_the_command_line_lasts_until_something_is_chosen() -> None:
    stage = Choosing(Preferences(theme="light", scale=1.0))
    stage.choices.forced = {"theme": "dark", "scale": 2.0}
    stage.choices.show()
    assert (stage.shown[0], stage.shown[1].scale) == ("dark", 2.0)
    assert (stage.preferences.theme, stage.preferences.scale) == ("light", 1.0)
    stage.choices.larger(1)
    stage.choices.set("theme", "light")
    assert (stage.shown[0], stage.shown[1].scale) == ("light", 1.25)
    stage.choices.larger(0)
    assert stage.preferences.scale == 0.0


def test_a_server_is_forgotten() -> None:
    server = Server("a.example", 1, True, "ada")
    stage = Choosing(Preferences(servers=[server]))
    stage.choices.forget(server)
    assert stage.preferences.servers == []
    assert stage.saved == 1


def test_the_dialog_opens_at_a_page() -> None:
    stage = Choosing()
    stage.choices.open("Keyboard")
    assert stage.screen.preferences.opened == "Keyboard"
