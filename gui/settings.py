"""What is remembered between runs: servers, the window's place and looks, trusted certificates.

One JSON file in the user's configuration folder, written to a temporary file first and then put
in its place.  Passwords never come here.
"""

from pathlib import Path

import msgspec
import platformdirs

from gui import privatefile
from gui.model.hosts import server_name
from gui.model.preferences import Preferences, Server


class Settings(Preferences):
    """What the user has chosen, and: `geometry`, Tk's ('' for the default size); `maximised`;
    `side`, the width of the list on the left at scale 1 (0: the default); `members`: the member
    list is shown; `certificates`, fingerprints by 'host:port'."""

    geometry: str = ""
    maximised: bool = False
    side: int = 0
    members: bool = True
    certificates: dict[str, str] = msgspec.field(default_factory=dict)

    def forget(self, server: Server) -> None:
        """See `Preferences`."""
        super().forget(server)
        self.certificates.pop(server_name(server.host, server.port), None)


def folder() -> Path:
    """Where settings are kept unless said otherwise."""
    return Path(platformdirs.user_config_dir("parlor", appauthor=False))


class SettingsFile:
    """The settings and the file they come from; a damaged file is put aside, not overwritten."""

    def __init__(self, place: Path) -> None:
        self._path = place / "settings.json"
        self._written = b""
        self.settings = self._load()

    def _load(self) -> Settings:
        try:
            settings = msgspec.json.decode(self._path.read_bytes(), type=Settings)
            settings.mend()
            return settings
        except FileNotFoundError:
            return Settings()
        except (OSError, msgspec.DecodeError):
            privatefile.put_aside(self._path)
            return Settings()

    def save(self) -> bool:
        """Write them, if they are others than those written last; False if that is not
        possible."""
        text = msgspec.json.format(msgspec.json.encode(self.settings), indent=2)
        if text == self._written:
            return True
        try:
            privatefile.write(self._path, text + b"\n")
        except OSError:
            return False
        self._written = text
        return True


__all__ = ["Server", "Settings", "SettingsFile", "folder"]
