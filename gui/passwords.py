"""Passwords in the system's keyring.  Where there is none they are asked each time."""

import keyring
import keyring.errors
from keyring.backends import fail, null

from gui.presenter.connecting import Vault

_SERVICE = "parlor"


class KeyringVault(Vault):
    """`usable` is False without a real backend; then nothing is ever stored."""

    def __init__(self) -> None:
        backend = keyring.get_keyring()
        self.usable = not isinstance(backend, (fail.Keyring, null.Keyring)) and _encrypts(backend)

    def get(self, server: str, account: str) -> str:
        """The password, '' if there is none or the keyring stays locked."""
        if not self.usable:
            return ""
        try:
            return keyring.get_password(_SERVICE, f"{account}@{server}") or ""
        except keyring.errors.KeyringError:
            return ""

    def set(self, server: str, account: str, password: str) -> None:
        """Keep it; '' forgets it.  A keyring that refuses is no reason to stop."""
        if not self.usable:
            return
        try:
            if password:
                keyring.set_password(_SERVICE, f"{account}@{server}", password)
            else:
                keyring.delete_password(_SERVICE, f"{account}@{server}")
        except keyring.errors.KeyringError:
            return


def _encrypts(backend: object) -> bool:
    """False for backends that write passwords to a plain file."""
    return "plaintext" not in type(backend).__name__.lower()
