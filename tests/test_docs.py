"""What is written is true: tables are the code's, commands run, files that are named exist."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from core import config
from core.session.dispatch import COMMANDS
from core.wire.capabilities import CAPABILITIES
from core.wire.modes import CHANNEL_MODES, PREFIXES, USER_MODES
from gui.model import keys
from gui.presenter.commands import table as commands_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]


def test_the_settings_table_is_made_from_the_code() -> None:
    start = README.index("<!-- settings")
    start = README.index("\n", start) + 1
    end = README.index("<!-- end of settings")
    assert README[start:end] == config.table()


@pytest.mark.parametrize(
    ("name", "table"), [("keys", keys.table()), ("commands", commands_table.listing())]
)
def test_the_window_guides_tables_are_made_from_the_code(name: str, table: str) -> None:
    guide = (ROOT / "docs/window.md").read_text("utf-8")
    start = guide.index(f"<!-- {name}:")
    start = guide.index("\n", start) + 1
    assert guide[start : guide.index(f"<!-- end of {name}")] == table


PROTOCOL = (ROOT / "docs/protocol.md").read_text("utf-8")
CORE = ROOT / "core"
GUI = ROOT / "gui"
FOLDERS = [ROOT, *(one for top in (CORE, GUI) for one in (top, *top.iterdir()) if one.is_dir())]


def test_every_command_capability_and_mode_is_in_the_protocols_table() -> None:
    words = set(re.findall(r"[A-Z]+", PROTOCOL))
    assert [name for name in COMMANDS if name not in words] == []
    assert [row.name for row in CAPABILITIES if f"`{row.name}`" not in PROTOCOL] == []
    letters = [*CHANNEL_MODES, *PREFIXES, *USER_MODES]
    assert [letter for letter in letters if f"`{letter}`" not in PROTOCOL] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_files_that_are_named_are_there(page: Path) -> None:
    named = re.findall(r"`([\w/]+\.py)`", page.read_text("utf-8"))
    assert [name for name in named if not any((f / name).is_file() for f in FOLDERS)] == []


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
