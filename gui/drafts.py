"""Keeps what is typed and not sent in a private file, so that closing or killing the window loses
at most the last two seconds of it.

`Drafts.write` compares with what is in the file and writes only what is new: to a temporary file
first, on the disk (fsync) before it takes the old one's place.
"""

import contextlib
import os
import tempfile
from pathlib import Path

import msgspec
import platformdirs

from gui.model.unfinished import Unfinished

SECONDS = 2.0  # at most so much is lost
_Servers = dict[str, dict[str, Unfinished]]


def folder() -> Path:
    """Where the file is kept unless said otherwise."""
    return Path(platformdirs.user_state_dir("parlor", appauthor=False))


class Drafts:
    """What is unfinished on each server, by 'host:port' and conversation."""

    def __init__(self, place: Path) -> None:
        self._path = place / "drafts.json"
        self._servers: _Servers = self._load()
        self._written = msgspec.json.encode(self._servers)

    def _load(self) -> _Servers:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Servers)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError):
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_suffix(".damaged"))
            return {}

    def of(self, server: str) -> dict[str, Unfinished]:
        """What was unfinished there when it was written last."""
        return self._servers.get(server, {})

    def write(self, server: str, unfinished: dict[str, Unfinished]) -> bool:
        """Keep this of a server, if it is anything new; False if it cannot be written."""
        if unfinished:
            self._servers[server] = unfinished
        else:
            self._servers.pop(server, None)
        text = msgspec.json.encode(self._servers)
        if text == self._written:
            return True
        try:
            self._replace(text)
        except OSError:
            return False
        self._written = text
        return True

    def _replace(self, text: bytes) -> None:
        folder = self._path.parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".drafts")  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
        except OSError:
            os.unlink(temporary)
            raise
