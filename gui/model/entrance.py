"""Getting in, as the presenter and the views see each other: certificates, accounts, our profile.

The connection dialog itself is in `gui.model.actions` and `gui.model.screen`.
"""

from collections.abc import Mapping
from typing import Protocol

from gui.model.accounts import (
    AccountForm,
    AccountOffers,
    OwnCard,
    PasswordForm,
    ProfileCard,
    Question,
    Welcome,
)


class CertificateActions(Protocol):
    """The question about a server's certificate."""

    def answer(self, accepted: bool) -> None:
        """The answer to `DialogScreen.ask_trust`."""


class AccountActions(Protocol):
    """Our account, and what we tell of ourselves."""

    def offers(self) -> AccountOffers:
        """What the menu may show now."""

    def ask_login(self) -> None:
        """Open the dialog that logs in."""

    def ask_registration(self) -> None:
        """Open the dialog that makes an account."""

    def submit(self, form: AccountForm) -> None:
        """The button of either."""

    def verify(self, code: str) -> None:
        """The code for a new account was typed."""

    def log_out(self) -> None:
        """Leave, forget the password, and ask who comes next."""

    def ask_password(self) -> None:
        """Open the dialog that changes the password."""

    def change_password(self, form: PasswordForm) -> None:
        """Its button."""

    def dismissed(self) -> None:
        """The open dialog of this area was closed without its button."""


class ProfileActions(Protocol):
    """What we tell of ourselves."""

    def show(self) -> None:
        """Open our profile."""

    def save(self, card: ProfileCard) -> None:
        """Its button: send what was changed."""


class AccountDialogScreen(Protocol):
    """The dialogs about our account; one at most is open."""

    def ask(self, question: Question) -> None:
        """Open the dialog for it, in the place of any other of this area."""

    def is_open(self) -> bool:
        """True while one is on the screen."""

    def show_busy(self, *, busy: bool) -> None:
        """It waits for the server's answer (or does not any more)."""

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Sentences beside its fields, by their names; '' is the dialog's own."""

    def show_done(self, sentence: str) -> None:
        """It has succeeded, and stays for a sentence and a button that closes it."""

    def close(self) -> None:
        """It has done its work."""


class EntranceScreen(Protocol):
    """Who we are, in the corner; and what is there before any conversation is."""

    def show_own(self, own: OwnCard) -> None:
        """Redraw our avatar."""

    def show_welcome(self, welcome: Welcome | None) -> None:
        """Show what stands where no conversation is; None: one is open."""
