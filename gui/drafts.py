"""Keeps what is typed and not sent in a private file, so that closing or killing the window loses
at most the last two seconds of it.

`Drafts.write` compares with what is in the file and writes only what is new: to a temporary file
first, on the disk (fsync) before it takes the old one's place.
"""

from pathlib import Path

import msgspec
import platformdirs

from gui import privatefile
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
            privatefile.put_aside(self._path)
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
            privatefile.write(self._path, text + b"\n")
        except OSError:
            return False
        self._written = text
        return True
