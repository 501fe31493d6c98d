"""Passwords in the system's keyring.  Where there is none they are asked each time."""

import keyring
import keyring.errors
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from gui.presenter.connecting import Vault

_SERVICE = "parlor"


class KeyringVault(Vault):
    """`usable` is False without a real keyring; then nothing is ever stored."""

    def __init__(self) -> None:
        self._keyring = _real(keyring.get_keyring())
        self.usable = self._keyring is not None

    def get(self, server: str, account: str) -> str:
        """The password, '' if there is none or the keyring stays locked."""
        if self._keyring is None:
            return ""
        try:
            return self._keyring.get_password(_SERVICE, f"{account}@{server}") or ""
        except keyring.errors.KeyringError:
            return ""

    def set(self, server: str, account: str, password: str) -> None:
        """Keep it; '' forgets it.  A keyring that refuses is no reason to stop."""
        if self._keyring is None:
            return
        try:
            if password:
                self._keyring.set_password(_SERVICE, f"{account}@{server}", password)
            else:
                self._keyring.delete_password(_SERVICE, f"{account}@{server}")
        except keyring.errors.KeyringError:
            return


def _real(found: KeyringBackend) -> KeyringBackend | None:
    """The one to use, None for none.  Where there are several it is one of them: all together
    would fall back to those that write passwords to a plain file."""
    several = found.backends if isinstance(found, ChainerBackend) else [found]
    return next((one for one in several if _encrypts(one)), None)


def _encrypts(backend: KeyringBackend) -> bool:
    if isinstance(backend, fail.Keyring | null.Keyring):
        return False
    return "plaintext" not in type(backend).__name__.lower()
