"""Settings survive a restart, a damaged file and a full disk."""

from pathlib import Path

import pytest

from gui.link import Target
from gui.settings import Server, Settings, SettingsFile, folder


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new" / "folder")
    file.settings.remember(Server("a.example", 5000, True, "ada"))
    file.settings.certificates["a.example:5000"] = "AB:CD"
    file.settings.theme = "light"
    assert file.save()
    assert SettingsFile(tmp_path / "new" / "folder").settings == file.settings
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path).settings == Settings()


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": 3')
    file = SettingsFile(tmp_path)
    assert file.settings == Settings()
    assert file.save()
    assert (tmp_path / "settings.damaged").read_text() == '{"theme": 3'


def test_unknown_keys_of_a_later_version_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": "light", "brightness": 7}')
    assert SettingsFile(tmp_path).settings.theme == "light"


def test_what_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    assert not SettingsFile(tmp_path / "taken").save()


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SettingsFile(tmp_path)
    assert file.save()

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("gui.privatefile.os.replace", full)
    file.settings.theme = "light"
    assert not file.save()
    assert SettingsFile(tmp_path).settings.theme == "system"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_last_server_comes_first() -> None:
    settings = Settings()
    for host in ("a", "b", "a"):
        settings.remember(Server(host, 1, True, host.upper()))
    assert [server.host for server in settings.servers] == ["a", "b"]
    for number in range(50):
        settings.remember(Server("c", number, True, "n"))
    assert len(settings.servers) == 20


def test_the_folder_is_the_users() -> None:
    assert folder().name == "parlor"


def test_choices_that_another_version_made_become_the_default(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        '{"theme": "purple", "send_with": "tab", "moves": "never", "font_size": 900}'
    )
    settings = SettingsFile(tmp_path).settings
    assert (settings.theme, settings.send_with, settings.moves) == ("system", "enter", "never")
    assert settings.font_size == 18


def test_what_is_remembered_of_a_server(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path)
    file.settings.remember(Server("a.example", 1, True, "ada"))
    file.settings.at("a.example:1").pinned = ["#room"]
    file.settings.at("b.example:1").levels = {"#room": "none"}
    assert file.save()
    settings = SettingsFile(tmp_path).settings
    assert settings.at("a.example:1").pinned == ["#room"]
    settings.forget(settings.servers[0])
    assert settings.servers == []
    assert settings.at("a.example:1").pinned == []
    assert settings.at("b.example:1").levels == {"#room": "none"}


def test_a_forgotten_address_with_colons_leaves_nothing_behind() -> None:
    settings = Settings(servers=[Server("::1", 5000, True, "ada")])
    server = Target("::1", 5000, True, "ada").server
    settings.certificates[server] = "AB:CD"
    settings.at(server).open = "#room"
    settings.forget(settings.servers[0])
    assert (settings.certificates, settings.kept) == ({}, {})


def test_recent_emoji_are_few_and_each_is_there_once() -> None:
    settings = Settings()
    for emoji in [*map(str, range(50)), "7"]:
        settings.used_emoji(emoji)
    assert settings.recent_emoji[:3] == ["7", "49", "48"]
    assert len(settings.recent_emoji) == len(set(settings.recent_emoji)) == 24
