"""The dialogs about our account on a running connection: log in, create, confirm, password."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from gui.model.accounts import AccountForm, CodeQuestion, PasswordForm
from gui.theme import Look
from gui.views.formdialog import FormDialog
from gui.views.newpassword import NewPassword

_NO_KEYRING = "There is no system keyring here: the password is asked each time."
_ABOUT = "An account keeps your nickname, your rooms and what was said to you while you are away."


class AccountDialog(FormDialog):
    """Log in, or make an account; `on_submit` gets the form."""

    def __init__(
        self,
        look: Look,
        form: AccountForm,
        on_submit: Callable[[AccountForm], None],
        on_cancel: Callable[[], None],
    ) -> None:
        title = "Create an account" if form.creating else "Log in"
        super().__init__(
            look, title, title if not form.creating else "Create account",
            lambda: on_submit(self.form()), on_cancel,
        )  # fmt: skip
        self._first = form
        self._remember = tkinter.BooleanVar(self, form.remember and form.keyring)
        if form.creating:
            self.note(_ABOUT)
        account = self.field("account", "Account", form.account)
        password = self.field("account_password", "Password", "", secret=True)
        if form.creating:
            account.entry.state(["readonly"])
            self.new = NewPassword(self, form, email=form.email_required)
            self.new.show(True)
        if form.keyring:
            self.switch("Remember in the system keyring", self._remember)
        else:
            self.note(_NO_KEYRING)
        self.finish(password.entry if form.account else account.entry)

    def reveal(self, name: str) -> None:
        """See `FormDialog`."""
        if self._first.creating:
            self.new.reveal(name)

    def form(self) -> AccountForm:
        """What stands in the fields."""
        creating = self._first.creating
        return self._first._replace(
            account=self.value("account"),
            account_password=self.secret("account_password"),
            repeated=self.secret("repeated") if creating else "",
            email=self.value("email") if creating else "",
            remember=self._remember.get() and self._first.keyring,
        )


class CodeDialog(FormDialog):
    """A new account waits for a code; `on_submit` gets it."""

    def __init__(
        self,
        look: Look,
        question: CodeQuestion,
        on_submit: Callable[[str], None],
        on_cancel: Callable[[], None],
    ) -> None:
        super().__init__(
            look, "Confirm your account", "Confirm", lambda: on_submit(self.value("code")),
            on_cancel,
        )  # fmt: skip
        self.note(question.sentence)
        code = self.field("code", f"Code for {question.account}", "")
        self.finish(code.entry)


class PasswordDialog(FormDialog):
    """Another password; the answer is shown here, too."""

    def __init__(
        self,
        look: Look,
        form: PasswordForm,
        on_submit: Callable[[PasswordForm], None],
        on_cancel: Callable[[], None],
    ) -> None:
        super().__init__(
            look, "Change password", "Change password", lambda: on_submit(self.form()), on_cancel
        )
        self._first = form
        self.note(f"The password of the account {form.account}.")
        old = self.field("old", "Old password", "", secret=True)
        self.field("new", "New password", "", secret=True)
        new = NewPassword(self, AccountForm(True, form.account), "new", asks_email=False)
        new.show(True)
        self.finish(old.entry)

    def form(self) -> PasswordForm:
        """What stands in the fields."""
        return self._first._replace(
            old=self.secret("old"), new=self.secret("new"), repeated=self.secret("repeated")
        )
