"""Finding messages in a room of two thousand, by keyboard: Ctrl+F, Ctrl+K, a place in the past."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.server import Server
from tests.fakes.windows import Client, xdotool
from tests.integration.conftest import OpenWindow

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

MANY = 2000
OLD = "the heron was seen on Sunday"


def fill(server: Server) -> None:
    """Somebody has said two thousand things, and is gone."""
    talker = server.client("chatty")
    talker.send("JOIN #lobby", "PRIVMSG #lobby :before all", f"PRIVMSG #lobby :{OLD}")
    for start in range(0, MANY, 250):
        lines = (f"PRIVMSG #lobby :number {start + one} of many" for one in range(250))
        talker.send(*lines)
        talker.drain()
    for number in (1, 2, 3):
        talker.send(f"PRIVMSG #lobby :a kingfisher, the {number}. time")
    talker.drain()
    talker.close()


def test_what_is_loaded_and_what_is_not(
    two_workers: Server, window: OpenWindow, tmp_path: Path
) -> None:
    fill(two_workers)
    ann = window("ann")
    ann.row("a kingfisher, the 3. time")
    find_here(ann, tmp_path)
    find_anywhere(ann, tmp_path)


def find_here(ann: Client, folder: Path) -> None:
    """Ctrl+F: each hit stands out, the count says where one is, the keys go on."""
    ann.focus()
    ann.press("ctrl+f")
    ann.wait(focus="find")
    xdotool("type", "--delay", "10", "kingfisher")
    ann.wait_for(lambda state: str(state["find"]).startswith("1 of 3"), "three are found")
    assert len(marked(ann)) == 3
    ann.press("Return")
    ann.wait_for(lambda state: str(state["find"]).startswith("2 of 3"), "the second")
    ann.picture(folder / "find.png")
    ann.press("Escape")
    ann.wait(find=None, focus="composer")
    assert not marked(ann)


def marked(client: Client) -> list[str]:
    """The messages in view that have what is looked for."""
    rows: list[dict[str, Any]] = client.state()["rows"]
    return [row["text"] for row in rows if row["highlighted"]]


def find_anywhere(ann: Client, folder: Path) -> None:
    """Ctrl+K: the server finds it, Return goes there; Ctrl+End is the way back."""
    assert not ann.message(OLD), "it is older than what is loaded"
    ann.press("ctrl+k")
    ann.wait(focus="search")
    xdotool("type", "--delay", "10", "heron")
    ann.wait_for(lambda state: any(OLD in one for one in state["results"]), "it is found")
    ann.press("Down")
    ann.wait_for(lambda state: OLD in state["result"], "it is chosen")
    ann.press("Return")
    ann.wait(past=True)
    ann.row(OLD)
    ann.row("number 1 of many")
    ann.picture(folder / "past.png")
    ann.press("Escape")
    ann.wait(results=[], focus="composer")
    ann.go("messages", "F6")
    ann.press("ctrl+End")
    ann.wait(past=False, at_end=True)
    ann.row("a kingfisher, the 3. time")
    ann.press("Escape")
    ann.wait(focus="composer")
    ann.type("back again")
    ann.row("back again")
