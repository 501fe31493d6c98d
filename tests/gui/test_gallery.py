"""The pictures of the README can be drawn again."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.window
@pytest.mark.skipif(not shutil.which("import"), reason="ImageMagick is missing")
def test_pictures(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gui.gallery", "--here", "--theme", "light"]
    subprocess.run([*command, "--folder", str(tmp_path)], cwd=ROOT, check=True, timeout=60)
    for name in ("window-light.png", "dialog-light.png"):
        file = tmp_path / name
        assert 2_000 < file.stat().st_size < 300_000
        with Image.open(file) as picture:
            assert len(set(picture.convert("RGB").resize((40, 40)).tobytes())) > 20
