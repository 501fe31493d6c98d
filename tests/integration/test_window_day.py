"""A day with the window, by keyboard as a person would: an account, rooms, talk, the looks.

Two windows and an irssi are on one server with two workers.  Nothing here needs the mouse.
"""

import shutil
from pathlib import Path

import pytest

from tests.fakes.windows import Client, until, xdotool
from tests.integration.conftest import OpenWindow

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

PASSWORD = "fern-moss-43"


def type_text(text: str) -> None:
    """Into whatever has the focus."""
    xdotool("type", "--delay", "10", text)


def join(client: Client, room: str) -> None:
    """By the dialog that finds rooms."""
    client.focus()
    client.press("ctrl+j")
    client.wait_for(lambda state: state["dialogs"] and state["browse"] is not None, "the dialog")
    client.focus("Find a room")
    type_text(room)
    client.wait_for(lambda state: state["browse_text"] == room, "the name is typed")
    client.wait_for(lambda state: room in state["browse"], "it is offered")
    client.press("Return")
    client.wait(current=room, browse=None, focus="composer")


def test_an_account_is_made_and_the_draft_is_there_in_the_evening(
    window: OpenWindow, tmp_path: Path
) -> None:
    ada = window("ada", dialog=True)
    type_text("ada")
    ada.press("Tab", "Tab", "Tab", "Tab", "Right", "Right", "Tab")
    type_text(PASSWORD)
    ada.press("Tab")
    type_text(PASSWORD)
    ada.press("Return")
    ada.wait(dialog="", nick="ada", account="ada", current="#lobby")
    join(ada, "#garden")
    ada.type("the first words here")
    until(lambda: ada.texts() == [("ada", "the first words here", "sent")], "it is said")
    type_text("half a tho")
    ada.wait(draft="half a tho")
    ada.press("alt+Down")
    ada.wait(current="#lobby", draft="")
    assert ada.conversation("#garden")["draft"] == "half a tho"
    ada.press("alt+Up")
    ada.wait(current="#garden", draft="half a tho")
    ada.picture(tmp_path / "morning.png")
    assert ada.quit() == 0
    assert PASSWORD not in (tmp_path / "ada" / "settings.json").read_text()

    ada = window("ada", dialog=True)
    ada.press("Return")
    ada.wait(dialog="", account="ada", current="#garden", draft="half a tho", focus="composer")
    type_text("ught")
    ada.wait(draft="half a thought")
    ada.press("Return")
    until(lambda: [text for _, text, _ in ada.texts()][-1] == "half a thought", "it goes on")
    ada.picture(tmp_path / "evening.png")


def test_the_looks_change_at_once(window: OpenWindow, tmp_path: Path) -> None:
    ann = window("ann")
    ann.type("hello to everybody here")
    until(lambda: ann.texts() == [("ann", "hello to everybody here", "sent")], "it is said")
    first = ann.state()["theme"]
    other = "light" if first == "dark" else "dark"
    ann.press("ctrl+d")
    ann.wait(theme=other)
    ann.picture(tmp_path / f"{other}.png")
    ann.press("ctrl+plus", "ctrl+plus")
    ann.wait_for(lambda state: state["scale"] > 1.0, "it is larger")
    ann.picture(tmp_path / "larger.png")
    ann.press("ctrl+comma")
    ann.wait(dialogs=["Settings"])
    ann.focus("Settings")
    ann.press("Tab", "Left" if other == "light" else "Right")
    ann.wait(theme=first)
    ann.press("Escape")
    ann.wait(dialogs=[], focus="composer")
    ann.press("ctrl+0")
    ann.wait(scale=1.0)
    assert ann.quit() == 0
    again = window("ann")
    assert again.state()["scale"] == 1.0
