"""Files for nobody else, which are whole whatever happens."""

from pathlib import Path

import pytest

from gui import privatefile


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.json"
    privatefile.write(path, b"one")
    privatefile.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["file.json"]


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    other, path = tmp_path / "other", tmp_path / "file.json"
    other.write_bytes(b"somebody's")
    path.symlink_to(other)
    privatefile.write(path, b"ours")
    assert other.read_bytes() == b"somebody's"
    assert (path.read_bytes(), path.is_symlink()) == (b"ours", False)


def test_who_is_interrupted_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.json"
    privatefile.write(path, b"one")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("gui.privatefile.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        privatefile.write(path, b"two")
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["file.json"]


def test_what_is_damaged_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    privatefile.put_aside(path)
    path.write_bytes(b"{")
    privatefile.put_aside(path)
    assert [one.name for one in tmp_path.iterdir()] == ["file.damaged"]
