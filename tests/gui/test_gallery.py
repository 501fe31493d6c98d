"""The pictures of the papers can be drawn again: every scene yields one that is not blank."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from gui.gallery.__main__ import main
from gui.gallery.scenes import SCENES

ROOT = Path(__file__).resolve().parent.parent.parent


def take(folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "gui.gallery", "--here", "--folder", str(folder), *options]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)


@pytest.mark.window
def test_every_scene_yields_a_picture(tmp_path: Path, display: str) -> None:
    take(tmp_path, "--theme", "light", "--scale", "0.75")
    for scene in SCENES:
        file = tmp_path / f"{scene.name}-light-0.75x.png"
        assert 2_000 < file.stat().st_size < 300_000, scene.name
        with Image.open(file) as picture:
            assert picture.size == (scene.size[0] * 3 // 4, scene.size[1] * 3 // 4)
            assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 40, scene.name


@pytest.mark.window
def test_a_picture_is_the_same_each_time(tmp_path: Path, display: str) -> None:
    for name in ("one", "two"):
        take(tmp_path / name, "--only", "room", "--theme", "dark", "--scale", "0.75")
    pictures = [(tmp_path / name / "room-dark-0.75x.png").read_bytes() for name in ("one", "two")]
    assert pictures[0] == pictures[1]


def test_it_draws_on_nobodys_desktop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], env: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr("subprocess.call", call)
    assert main(["--only", "room"]) == 0
    assert commands[0][0] == "/bin/xvfb-run"
    assert commands[0][-3:] == ["--only", "room", "--here"]
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert main([]) == 1
    assert "xvfb-run" in capsys.readouterr().out
