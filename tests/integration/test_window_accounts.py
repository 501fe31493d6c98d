"""A person gets in, with a real window and a real server: an account made, lost, found again."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.keyrings import BACKEND
from tests.fakes.server import Server
from tests.fakes.windows import Client, until, xdotool

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

PASSWORD = "fern-moss-43"
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}

Open = Callable[..., Client]


@pytest.fixture
def window(one_worker: Server, tmp_path: Path) -> Iterator[Open]:
    """`window(env)` opens ada's with its dialog; all are closed afterwards."""
    opened: list[Client] = []

    def open_one(env: dict[str, str]) -> Client:
        client = Client("ada", one_worker.port, tmp_path, env=env, dialog=True)
        opened.append(client)
        client.wait(dialog="connect")
        client.focus("Connect")
        return client

    try:
        yield open_one
    finally:
        for client in opened:
            client.stop()


@pytest.fixture
def keyring(tmp_path: Path) -> dict[str, str]:
    """The environment in which a window has a keyring."""
    return {
        "PYTHON_KEYRING_BACKEND": BACKEND,
        "PARLOR_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }


def press(*keys: str) -> None:
    """One key after the other."""
    for key in keys:
        xdotool("key", key)


def type_text(text: str) -> None:
    """Into whatever has the focus."""
    xdotool("type", "--delay", "10", text)


def test_an_account_is_made_in_the_dialog_and_logged_in_to_later(
    window: Open, keyring: dict[str, str], tmp_path: Path
) -> None:
    first = window(keyring)
    assert first.state()["welcome"]
    type_text("ada")
    press("Tab", "Tab", "Tab", "Tab", "Right", "Right", "Tab")
    type_text("ab")
    press("Tab")
    type_text("ab")
    press("Return")
    until(lambda: "account_password" in first.state()["errors"], "the server refuses it")
    assert first.state()["connection"] == "online"  # as a guest, until it has an account
    type_text(PASSWORD)
    press("Tab", "ctrl+a")
    type_text(PASSWORD)
    press("Return")
    first.wait(dialog="", nick="ada", account="ada", current="#lobby")
    assert not first.state()["welcome"]
    assert first.quit() == 0
    assert PASSWORD in (tmp_path / "keyring.json").read_text()
    assert PASSWORD not in (tmp_path / "ada" / "settings.json").read_text()
    assert PASSWORD not in (tmp_path / "ada.log").read_text()

    again = window(keyring)
    press("Return")  # the server, the nick and the account are remembered, and so is the password
    again.wait(dialog="", nick="ada", account="ada", current="#lobby")
    assert again.quit() == 0


def test_a_wrong_password_is_told_beside_its_field(
    window: Open, keyring: dict[str, str], tmp_path: Path
) -> None:
    first = window(keyring)
    type_text("ada")
    press("Tab", "Tab", "Tab", "Tab", "Right", "Right", "Tab")
    type_text(PASSWORD)
    press("Tab")
    type_text(PASSWORD)
    press("Return")
    first.wait(dialog="", account="ada")
    assert first.quit() == 0

    later = window(NO_KEYRING)
    type_text("not-this-one")  # the password is what is missing: the focus is there
    press("Return")
    until(lambda: "account_password" in later.state()["errors"], "the password is wrong")
    assert later.state()["dialog"] == "connect"
    type_text(PASSWORD)
    press("Return")
    later.wait(dialog="", nick="ada", account="ada", current="#lobby")
    assert PASSWORD not in str(later.state())
    assert later.quit() == 0
    assert PASSWORD not in (tmp_path / "ada" / "settings.json").read_text()
