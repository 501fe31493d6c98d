"""What calls the user and what does not, what people see of each other, and what was read.

By keyboard only.  There is no D-Bus on the tests' screen: what calls is shown in the window.
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


def unread(client: Client, name: str) -> tuple[int, int]:
    """Messages and mentions."""
    one = client.conversation(name)
    return (one["unread"], one["mentions"]) if one else (-1, -1)


def test_a_mention_calls_but_not_from_a_muted_room(window: OpenWindow, tmp_path: Path) -> None:
    ann, ben = window("ann"), window("ben")
    for client in (ben, ann):
        client.type("/join #garden")
        client.wait(current="#garden")
    ben.type("ann: are you there")
    until(lambda: unread(ann, "#garden") == (1, 1), "ann is not looking")
    ann.wait_for(lambda state: state["toasts"], "it calls")
    ann.focus()
    until(lambda: unread(ann, "#garden") == (0, 0), "now she is")
    ann.wait(toasts=[])
    ann.press("alt+Down")
    ann.wait(current="#lobby")
    ben.type("just so")
    ben.type("ann: the peas are ripe")
    ann.wait_for(lambda state: state["toasts"], "it calls")
    assert ann.state()["toasts"][-1] == ["ben in #garden", "ann: the peas are ripe"]
    assert unread(ann, "#garden") == (2, 1)
    assert not ann.conversation("#garden")["quiet"]
    ann.picture(tmp_path / "toast.png")
    mute(ann, "#garden")
    ann.wait(toasts=[])
    ben.type("ann: and the beans")
    until(lambda: unread(ann, "#garden") == (3, 2), "it is counted")
    assert ann.conversation("#garden")["quiet"]
    assert ann.state()["toasts"] == []
    ann.picture(tmp_path / "muted.png")


def mute(client: Client, name: str) -> None:
    """By the menu of its line in the list."""
    client.focus()
    until(lambda: _tabbed(client), "the keyboard is in the list")
    client.press("Home", "shift+F10")
    client.choose_entry("Mute")
    until(lambda: client.conversation(name)["muted"], "it is muted")
    client.press("Escape")


def _tabbed(client: Client) -> bool:
    if client.state()["focus"] != "conversations":
        client.press("Tab")
    return bool(client.state()["focus"] == "conversations")


def test_people(window: OpenWindow, tmp_path: Path) -> None:
    ann, ben = window("ann"), window("ben")
    until(lambda: "ben" in ann.state()["members"], "ann sees ben")
    ben.focus()
    xdotool("type", "--delay", "10", "I am wri")
    ann.wait_for(lambda state: "ben" in state["typing"], "ann sees that ben types")
    ben.wait(draft="I am wri")
    ben.press("ctrl+a", "BackSpace")
    ann.wait(typing="")
    ann.focus()
    ann.press("ctrl+shift+m")
    ann.wait(focus="member field")
    xdotool("type", "--delay", "10", "be")
    ann.press("Down", "Return")
    ann.wait(dialogs=["Profile"], profile="ben")
    ann.wait_for(lambda state: state["card"][1], "what ben does")
    ann.focus("Profile")
    ann.press("Return")  # "Message" is where the keyboard is
    ann.wait(dialogs=[], current="ben", focus="composer")
    ann.type("just to you")
    ben.wait_for(lambda state: state["toasts"] == [["ann", "just to you"]], "ben is told")
    ben.type("/away mowing the lawn")
    ben.wait(away=True)
    until(lambda: ann.conversation("ben")["dot"] == "away", "ann sees that ben is away")
    ben.type("/back")
    until(lambda: ann.conversation("ben")["dot"] == "online", "and back")
    ann.picture(tmp_path / "people.png")


def test_what_is_read_in_one_window_is_read_in_the_other(
    window: OpenWindow, tmp_path: Path
) -> None:
    desk = window("ada", dialog=True)
    ways(desk, "ada", create=True)
    desk.wait(dialog="", account="ada", current="#lobby")
    phone = window("phone", dialog=True)
    ways(phone, "ada", create=False)
    phone.wait(dialog="", account="ada", nick="ada", current="#lobby")
    for client in (desk, phone):
        client.type("/join #garden")
        client.wait(current="#garden")
    for client in (desk, phone):
        client.focus()
        client.press("alt+Down")
        client.wait(current="#lobby")
    ben = window("ben")
    ben.type("/join #garden")
    ben.wait(current="#garden")
    ben.type("one")
    ben.type("and two")
    for client in (desk, phone):
        until(lambda client=client: unread(client, "#garden") == (2, 0), f"{client.nick} has two")  # type: ignore[misc]
    desk.focus()
    desk.press("alt+Up")
    desk.wait(current="#garden")
    for client in (desk, phone):
        until(lambda client=client: unread(client, "#garden") == (0, 0), "read, in both windows")  # type: ignore[misc]
    assert phone.state()["current"] == "#lobby"
    phone.type("said on the phone")
    desk.focus()
    desk.press("alt+Down")
    said = ("ada", "said on the phone", "sent")
    until(lambda: desk.texts()[-1:] == [said] == phone.texts()[-1:], "both have it, once")
    assert desk.message("said on the phone")["own"]


def ways(client: Client, nick: str, *, create: bool) -> None:
    """Through the connection dialog: a new account, or one that there is."""
    xdotool("type", "--delay", "10", nick)
    client.press("Tab", "Tab", "Tab", "Tab", *(["Right"] * (2 if create else 1)), "Tab")
    if not create:
        client.press("Tab")  # the account: called as the nick
    xdotool("type", "--delay", "10", PASSWORD)
    if create:
        client.press("Tab")
        xdotool("type", "--delay", "10", PASSWORD)
    client.press("Return")
