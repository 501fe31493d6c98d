"""What two windows and an irssi do with messages: several lines, replies, reactions, deleting.

By keyboard, but for the reaction that is clicked.
"""

import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.server import HOST, Server
from tests.fakes.terminal import Terminal, needs
from tests.fakes.windows import Client, until, xdotool
from tests.integration.conftest import OpenWindow

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

THUMB = "\N{THUMBS UP SIGN}"


def reactions(client: Client, text: str) -> object:
    """How often each one was given to the message with this text."""
    return client.message(text).get("reactions")


@needs("irssi", "tmux")
def test_a_talk_with_answers_reactions_and_a_message_taken_back(
    two_workers: Server, window: OpenWindow, tmp_path: Path
) -> None:
    ann, ben = window("ann"), window("ben")
    irssi = Terminal(tmp_path, ["irssi", "-c", HOST, "-p", str(two_workers.port), "-n", "iris"])
    try:
        until(lambda: "iris" in ann.state()["members"], "ann sees iris")
        irssi.type("/window 2")
        irssi.wait_for("[#lobby]")
        irssi.type("does anybody have seeds")
        said = [("iris", "does anybody have seeds", "sent")]
        until(lambda: ann.texts() == said, "ann sees it")
        ann.type("yes", "shift+Return")
        ann.press("minus", "shift+Return")
        xdotool("type", "--delay", "10", "look")
        ann.wait(draft="yes\n-\nlook")
        ann.press("Return")
        said.append(("ann", "yes\n-\nlook", "sent"))
        until(lambda: ben.texts() == said, "ben sees one message of three lines")
        irssi.wait_for("look")

        answer(ben, "does anybody have seeds", "ben has some too")
        ann.row("ben has some too")
        asked = ann.message("does anybody have seeds")["msgid"]
        assert ann.message("ben has some too")["reply_to"] == asked
        assert ann.row("ben has some too")["quoted"] == "does anybody have seeds"
        irssi.wait_for("ben has some too")

        react(ben, ann, "yes\n-\nlook", tmp_path)
        take_back(ben, ann, "ben has some too")
        ann.picture(tmp_path / "talk.png")
    finally:
        irssi.end()


def answer(client: Client, text: str, words: str) -> None:
    """Choose the message, R, and write."""
    client.choose(text)
    client.press("r")
    client.wait(replying=text, focus="composer")
    client.type(words)
    client.wait(replying="", draft="")


def react(client: Client, other: Client, text: str, folder: Path) -> None:
    """One by keyboard; the other joins in, and out, by a click on the chip."""
    client.choose(text)
    client.press("e")
    client.wait(strip=True)
    client.press("Return")
    client.wait(strip=False)
    until(lambda: reactions(other, text) == {THUMB: 1}, "one reaction")
    other.picture(folder / "one-reaction.png")
    for many in (2, 1):
        until(lambda: _chip(other, text), "the chip is drawn")
        other.click(_chip(other, text))
        for each in (client, other):
            until(partial(_has, each, text, many), f"{each.nick} sees {many}")


def _chip(client: Client, text: str) -> list[int]:
    """Where on the screen the thumb is; nowhere while it is not drawn."""
    place: list[int] = client.row(text)["targets"].get(f"reaction {THUMB}", [])
    return place


def _has(client: Client, text: str, many: int) -> bool:
    return reactions(client, text) == {THUMB: many}


def take_back(client: Client, other: Client, text: str) -> None:
    """Delete a message of one's own: Escape keeps it, Return takes it back."""
    for key in ("Escape", "Return"):
        client.choose(text)
        client.press("Delete")
        client.wait(dialogs=["Delete this message?"])
        client.focus("Delete this")
        assert not client.message(text)["redacted"]
        client.press(key)
        client.wait(dialogs=[])
    for each in (client, other):
        each.row("Message deleted")
        assert not each.message(text)
