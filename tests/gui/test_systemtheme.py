"""What the desktop prefers, as its different answers mean it; asked in a thread."""

import queue
import threading
import time
from collections.abc import Callable

import pytest

from gui import systemtheme
from gui.model.preferences import SystemTheme
from gui.systemtheme import ThemeWatcher, ask, gnome_theme, portal_theme


class Variant:
    """As a D-Bus library wraps values."""

    def __init__(self, value: object) -> None:
        self.value = value


@pytest.mark.parametrize(("value", "theme"), [
    (1, "dark"), (2, "light"), (0, ""), (7, ""), (Variant(Variant(1)), "dark"),
    (Variant("1"), ""), (None, ""),
])  # fmt: skip
def test_the_portals_answer(value: object, theme: str) -> None:
    assert portal_theme(value) == theme


@pytest.mark.parametrize(("scheme", "name", "theme"), [
    ("'prefer-dark'\n", "", "dark"), ("'prefer-light'\n", "", "light"), ("'default'", "", ""),
    ("'default'", "'Adwaita-dark'", "dark"), ("'default'", "'Yaru'", ""), ("", "", ""),
])  # fmt: skip
def test_what_gsettings_says(scheme: str, name: str, theme: str) -> None:
    assert gnome_theme(scheme, name) == theme


@pytest.mark.parametrize(("system", "outputs", "theme"), [
    ("darwin", {"defaults": "Dark\n"}, "dark"), ("darwin", {}, "light"), ("linux", {}, ""),
    ("linux", {"gsettings": "'prefer-dark'\n"}, "dark"),
])  # fmt: skip
def test_every_system_is_asked_in_its_way(
    monkeypatch: pytest.MonkeyPatch, system: str, outputs: dict[str, str], theme: str
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    monkeypatch.setattr(systemtheme, "_output", lambda *command: outputs.get(command[0], ""))
    assert ask() == theme


def test_a_missing_program_says_nothing() -> None:
    assert systemtheme._output("parlor-no-such-program") == ""
    assert systemtheme._output("false") == ""


def wait(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_the_window_does_not_wait_and_does_not_ask_too_often() -> None:
    posted, answers, now = queue.Queue[object](), queue.Queue[str](), [100.0]
    asked: list[threading.Thread] = []

    def question() -> str:
        asked.append(threading.current_thread())
        return answers.get(timeout=10)

    watcher = ThemeWatcher(posted.put, question, lambda: now[0])
    watcher.look()
    now[0] += 60.0
    watcher.look()  # still asking
    wait(lambda: asked)
    answers.put("light")
    assert posted.get(timeout=10) == SystemTheme("light")
    asked[0].join(10)
    now[0] -= 58.0
    watcher.look()  # too soon
    now[0] += 58.0
    watcher.look()
    answers.put("")
    wait(lambda: len(asked) == 2)
    asked[1].join(10)
    assert posted.empty()
