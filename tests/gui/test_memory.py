"""What is kept of each server and account, and what of the one before is not."""

from pathlib import Path
from typing import Any

import pytest

from core.client import events
from gui.drafts import Drafts
from gui.link import Target
from gui.memory import Memory
from gui.settings import SettingsFile
from tests.gui.presenter.stage import TARGET, Stage


class Root:
    """Only what writes things down."""

    def bind(self, *arguments: object, **named: object) -> None:
        """Nothing is typed here."""

    def after(self, delay: int, call: object) -> str:
        return "timer"

    def after_cancel(self, timer: str) -> None:
        """Everything is written at once here."""


class Kit:
    """A stage with a memory; `connect` is let in there."""

    def __init__(self, place: Path) -> None:
        self.stage = Stage()
        self.file, self.drafts = SettingsFile(place), Drafts(place)
        look: Any = type("Look", (), {"root": Root()})()
        self.memory = Memory(look, self.file, self.drafts, self.stage.presenter, None)  # type: ignore[arg-type]
        self.stage.presenter.connection._on_online = self.memory.begin

    def connect(self, target: Target = TARGET) -> Stage:
        self.stage.presenter.connection.try_target(target)
        account = [events.LoggedIn(account=target.account)] if target.account else []
        features = self.stage.chat.features
        welcome = events.Registered(
            nick="me", network="Net", features=features, reconnected=False
        )  # fmt: skip
        self.stage.handle(*account, welcome)
        return self.stage


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path)


def joined(stage: Stage) -> list[object]:
    return [call[1] for call in stage.link.session.calls if call[0] == "join"]


def test_rooms_are_joined_again(kit: Kit, tmp_path: Path) -> None:
    stage = kit.connect()
    stage.join("#a")
    stage.join("#b")
    stage.handle(events.RoomLeft(room="#b", how="part", by="me", reason=""))
    kit.memory.write()
    assert joined(Kit(tmp_path).connect()) == ["#a"]


def test_nothing_leaks_from_one_server_to_the_next_and_all_is_there_again(kit: Kit) -> None:
    stage = kit.connect()
    stage.join("#a")
    stage.screen.typed = "half a"  # typed a moment ago, not written down yet
    stage.presenter.conversations.pin("#a")
    stage.presenter.notifying.set_level("#a", "all")
    kit.connect(TARGET._replace(host="other.example"))
    stage.join("#a")
    assert stage.screen.typed == ""
    assert (stage.chat.pinned, stage.chat.levels) == (set(), {})
    kit.memory.write()
    kit.connect()
    stage.join("#a")
    assert stage.screen.typed == "half a"
    assert (stage.chat.pinned, stage.chat.levels) == ({"#a"}, {"#a": "all"})


def test_logging_out_keeps_what_was_unfinished_for_that_account_alone(kit: Kit) -> None:
    ada = TARGET._replace(account="ada", account_password="x")
    stage = kit.connect(ada)
    stage.join("#a")
    stage.screen.typed = "half a"
    stage.presenter.connection.forget()
    kit.memory.write()
    kit.connect(TARGET._replace(account="bob", account_password="x"))
    stage.join("#a")
    assert stage.screen.typed == ""
    kit.connect(ada)
    stage.join("#a")
    assert stage.screen.typed == "half a"


def test_a_guest_that_becomes_an_account_goes_on(kit: Kit) -> None:
    stage = kit.connect()
    stage.join("#a")
    stage.handle(stage.queued("unsent", "L1", room="#a"))
    kit.memory.write()
    stage.presenter.connection.became("ada", "secret", remember=False)
    assert stage.screen.texts == ["unsent"]  # once
    assert kit.drafts.of(TARGET.server) == {}
    assert list(kit.drafts.of(f"ada@{TARGET.server}")) == ["#a"]
    stage.presenter.connection.became("ada", "secret", remember=False)
    assert stage.screen.texts == ["unsent"]
