"""Drafts survive a restart, a damaged file and a full disk; nobody else can read them."""

import os
from pathlib import Path

import pytest

from gui.drafts import Drafts, folder
from gui.model.unfinished import Unfinished, Unsent

SERVER = "chat.example:5000"
DRAFT = {"#room": Unfinished("#room", False, "half a tho", [Unsent("lost", 9.0)])}


def test_what_is_written_is_there_again(tmp_path: Path) -> None:
    assert Drafts(tmp_path / "new").write(SERVER, DRAFT)
    again = Drafts(tmp_path / "new")
    assert again.of(SERVER) == DRAFT
    assert again.of("elsewhere:1") == {}


def test_the_file_is_the_users_alone(tmp_path: Path) -> None:
    Drafts(tmp_path / "new").write(SERVER, DRAFT)
    assert (tmp_path / "new" / "drafts.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_it_is_written_only_when_something_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(tmp_path)
    assert drafts.write(SERVER, {})
    assert not list(tmp_path.iterdir())
    assert drafts.write(SERVER, DRAFT)
    monkeypatch.setattr("gui.privatefile.os.replace", pytest.fail)
    assert drafts.write(SERVER, DRAFT)


def test_what_was_sent_is_gone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.write(SERVER, DRAFT)
    drafts.write("other:1", DRAFT)
    drafts.write(SERVER, {})
    assert Drafts(tmp_path).of(SERVER) == {}
    assert Drafts(tmp_path).of("other:1") == DRAFT


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "drafts.json").write_text('{"a": 3')
    assert Drafts(tmp_path).of(SERVER) == {}
    assert (tmp_path / "drafts.damaged").exists()


def test_a_full_disk_leaves_the_old_file_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(tmp_path)
    drafts.write(SERVER, DRAFT)
    replace = os.replace

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("gui.privatefile.os.replace", full)
    later = {"#room": Unfinished("#room", False, "half a thought")}
    assert not drafts.write(SERVER, later)
    assert Drafts(tmp_path).of(SERVER) == DRAFT
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr("gui.privatefile.os.replace", replace)
    assert drafts.write(SERVER, later)
    assert Drafts(tmp_path).of(SERVER) == later


def test_the_folder_is_the_users() -> None:
    assert folder().name == "parlor"
