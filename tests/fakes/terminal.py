"""Programs for the terminal, in a tmux of their own."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.server import wait_until


class Terminal:
    """A program in a tmux of its own: its screen, and a keyboard."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._socket = str(folder / "tmux")
        home = folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self._env = {**kept, "HOME": str(home), "TERM": "screen", "LC_ALL": "C.UTF-8"}
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "45", *command)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", self._socket, *arguments]
        result = subprocess.run(
            command, env=self._env, capture_output=True, text=True, timeout=20, check=False
        )
        return result.stdout

    def screen(self) -> str:
        """What it shows now."""
        return self._tmux("capture-pane", "-p", "-J")

    def type(self, text: str) -> None:
        """Type a line, and press Enter."""
        self._tmux("send-keys", "-l", text)
        self._tmux("send-keys", "Enter")

    def wait_for(self, text: str) -> None:
        """Until the screen shows it."""
        try:
            wait_until(lambda: text in self.screen(), f"the screen shows {text!r}")
        except AssertionError as problem:
            raise AssertionError(f"{problem}; it shows:\n{self.screen()}") from None

    def end(self) -> None:
        """Close it, with whatever runs in it."""
        self._tmux("kill-server")


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is not installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
