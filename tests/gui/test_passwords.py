"""Passwords go to a real keyring or nowhere."""

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from gui.passwords import KeyringVault


class Memory(keyring.backend.KeyringBackend):
    """A keyring that works, until it is locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


class PlaintextKeyring(Memory):
    """Looks like the one that writes passwords to a plain file."""


def vault(monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend) -> KeyringVault:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return KeyringVault()


def test_kept_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Memory()
    made = vault(monkeypatch, backend)
    assert made.usable
    made.set("a.example:5000", "ada", "secret")
    assert made.get("a.example:5000", "ada") == "secret"
    assert backend.kept == {("parlor", "ada@a.example:5000"): "secret"}
    made.set("a.example:5000", "ada", "")
    made.set("a.example:5000", "ada", "")
    assert made.get("a.example:5000", "ada") == ""


def test_a_locked_keyring_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Memory()
    made = vault(monkeypatch, backend)
    backend.locked = True
    made.set("a", "b", "c")
    assert made.get("a", "b") == ""


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlaintextKeyring])
def test_what_is_no_keyring_is_not_used(
    monkeypatch: pytest.MonkeyPatch, backend: type[keyring.backend.KeyringBackend]
) -> None:
    made = vault(monkeypatch, backend())
    assert not made.usable
    made.set("a", "b", "c")
    assert made.get("a", "b") == ""


@pytest.mark.parametrize("usable", [True, False])
def test_of_several_one_that_encrypts_is_used_alone(
    monkeypatch: pytest.MonkeyPatch, usable: bool
) -> None:
    plain, real = PlaintextKeyring(), Memory()
    chained = [plain, *([real] if usable else [])]
    monkeypatch.setattr(ChainerBackend, "backends", chained)
    made = vault(monkeypatch, ChainerBackend())  # type: ignore[no-untyped-call]
    assert made.usable is usable
    made.set("a", "b", "c")
    assert (list(real.kept.values()), plain.kept) == (["c"] if usable else [], {})
