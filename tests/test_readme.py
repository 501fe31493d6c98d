"""The README says what is true: its table is the code's, its commands run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from core import config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]


def test_the_settings_table_is_made_from_the_code() -> None:
    start = README.index("<!-- settings")
    start = README.index("\n", start) + 1
    end = README.index("<!-- end of settings")
    assert README[start:end] == config.table()


def commands() -> list[str]:
    """The lines of the README's code blocks that run one of its programs with Python."""
    blocks = re.findall(r"```\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("python3 ")]


def test_the_commands_are_there() -> None:
    assert commands() == [
        "python3 run_server.py",
        "python3 run_client.py",
        "python3 -m loadtest",
        "python3 -m tests",
    ]


@pytest.mark.parametrize("command", commands())
def test_the_commands_explain_themselves(command: str) -> None:
    words = [sys.executable, *shlex.split(command)[1:], "--help"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_what_is_linked_to_exists(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_files_that_are_named_exist(page: Path) -> None:
    for name in re.findall(r"`([a-z_]+/[a-z_]+\.py)`", page.read_text("utf-8")):
        places = [ROOT / name, ROOT / "core" / name, ROOT / "core" / "session" / name]
        assert any(os.path.exists(place) for place in places), name
