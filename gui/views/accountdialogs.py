"""Which dialog about our account is open, and how each question gets its dialog."""

from __future__ import annotations

from collections.abc import Mapping

from gui.model.accounts import AccountForm, CodeQuestion, PasswordForm, Question
from gui.model.actions import Actions
from gui.theme import Look
from gui.views.accounts import AccountDialog, CodeDialog, PasswordDialog
from gui.views.formdialog import FormDialog
from gui.views.ownprofile import ProfileDialog


class AccountDialogs:
    """See `AccountDialogScreen`; `open` is None while none is on the screen."""

    def __init__(self, look: Look, actions: Actions) -> None:
        self._look, self._actions = look, actions
        self.open: FormDialog | None = None

    def ask(self, question: Question) -> None:
        """See `AccountDialogScreen`."""
        self.close()
        look, account = self._look, self._actions.account
        if isinstance(question, AccountForm):
            self.open = AccountDialog(look, question, account.submit, account.dismissed)
        elif isinstance(question, CodeQuestion):
            self.open = CodeDialog(look, question, account.verify, account.dismissed)
        elif isinstance(question, PasswordForm):
            self.open = PasswordDialog(look, question, account.change_password, account.dismissed)
        else:
            self.open = ProfileDialog(look, question, self._actions.profile, account)

    def is_open(self) -> bool:
        """See `AccountDialogScreen`."""
        return self.open is not None

    def show_busy(self, *, busy: bool) -> None:
        """See `AccountDialogScreen`."""
        if self.open is not None:
            self.open.show_busy(busy)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """See `AccountDialogScreen`."""
        if self.open is not None:
            self.open.show_errors(errors)

    def show_done(self, sentence: str) -> None:
        """See `AccountDialogScreen`."""
        if self.open is not None:
            self.open.show_done(sentence)

    def close(self) -> None:
        """See `AccountDialogScreen`."""
        if self.open is not None:
            self.open.destroy()
            self.open = None
