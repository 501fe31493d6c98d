"""A keyring for windows that tests start: a file, whose place PARLOR_TEST_KEYRING names.

A window takes it by `PYTHON_KEYRING_BACKEND=tests.fakes.keyrings.EncryptedFileKeyring`.  It only
plays at encrypting: what it keeps are the passwords of tests.
"""

import json
import os
from pathlib import Path

import keyring.backend
import keyring.errors

BACKEND = "tests.fakes.keyrings.EncryptedFileKeyring"


class EncryptedFileKeyring(keyring.backend.KeyringBackend):
    """Service and name to password, in JSON."""

    priority = 1

    def _kept(self) -> dict[str, str]:
        try:
            kept: dict[str, str] = json.loads(_place().read_text())
        except FileNotFoundError:
            return {}
        return kept

    def get_password(self, service: str, username: str) -> str | None:
        """What is kept under this name."""
        return self._kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        _place().write_text(json.dumps(self._kept() | {f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        kept = self._kept()
        if kept.pop(f"{service} {username}", None) is None:
            raise keyring.errors.PasswordDeleteError
        _place().write_text(json.dumps(kept))


def _place() -> Path:
    return Path(os.environ["PARLOR_TEST_KEYRING"])
