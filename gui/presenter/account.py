"""Our account on a running connection: logging in, making one, changing its password, leaving it.

A new account is asked for by the connection dialog as well.  Then we come in as a guest whose
nick becomes the account's name, and the dialog stays open until the account is made.  Where the
server makes none, the dialog says so beside that choice, and we stay connected as a guest: the
chat is there, and choosing "Guest" closes the dialog.
"""

from core.client import events
from gui.model.accounts import AccountForm, AccountOffers, CodeQuestion, PasswordForm
from gui.model.shown import ConnectForm
from gui.model.text import clean
from gui.presenter import forms
from gui.presenter.connecting import Connection, Vault
from gui.presenter.desk import Desk, Handlers, Part

_SERVICE = "NickServ"
_NO_ACCOUNTS = "This server makes no accounts. You are connected as a guest."
_BROKEN_OFF = "The connection broke off. Try again when it is back."
_NO_SERVICE = "This server has no service that changes passwords."
#: Which field of the dialog a FAIL code of REGISTER is about.
_FIELDS = {
    "WEAK_PASSWORD": "account_password",
    "UNACCEPTABLE_PASSWORD": "account_password",
    "INVALID_PASSWORD": "account_password",
    "INVALID_EMAIL": "email",
    "UNACCEPTABLE_EMAIL": "email",
    "ACCOUNT_EXISTS": "account",
    "BAD_ACCOUNT_NAME": "account",
    "USERNAME_EXISTS": "account",
    "ACCOUNT_NAME_MUST_BE_NICK": "account",
    "NEED_NICK": "account",
}


class Account:
    """See `AccountActions`; `_waits` says whose answer the open dialog waits for: "" (nobody's),
    "login", "register", "verify" or "password"."""

    def __init__(self, desk: Desk, vault: Vault, connection: Connection) -> None:
        self._desk, self._vault, self._connection = desk, vault, connection
        connection.inside, connection.ask_login = self.enter, self.ask_login
        self._waits = ""
        self._form = AccountForm(False, "")
        self._code = CodeQuestion("", "")
        self._new_password = ""
        self._in_front = False  # the connection dialog asks, not one of ours

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.LoggedIn: self.logged_in,
            events.LoggedOut: self.logged_out,
            events.LoginFailed: self.login_failed,
            events.AccountRegistered: self.registered,
            events.VerificationRequired: self.verification_required,
            events.ErrorReceived: self.refused,
            events.MessageReceived: self.service_says,
            events.Disconnected: self.disconnected,
        }

    # --- what the user asks for ---------------------------------------------------------

    def offers(self) -> AccountOffers:
        """See `AccountActions`."""
        chat, online = self._desk.chat, self._connection.state == "online"
        guest = online and not chat.account
        return AccountOffers(
            profile=online,
            login=guest and chat.features.login,
            registration=guest and chat.features.account_registration,
            logout=online and bool(chat.account),
        )

    def ask_login(self) -> None:
        """See `AccountActions`."""
        target = self._connection.target
        account = target.account if target and target.account else self._desk.chat.nick
        self._ask(AccountForm(False, account, remember=True))

    def ask_registration(self) -> None:
        """See `AccountActions`."""
        required = self._desk.chat.features.email_required
        self._ask(AccountForm(True, self._desk.chat.nick, email_required=required, remember=True))

    def _ask(self, form: AccountForm) -> None:
        self._in_front, self._waits = False, ""
        self._form = form._replace(keyring=self._vault.usable)
        self._desk.screen.dialogs.account.ask(self._form)

    def submit(self, form: AccountForm) -> None:
        """See `AccountActions`."""
        self._in_front, self._form = False, form
        errors = forms.check_account(form)
        if errors := errors or self._hindered("account_password"):
            self._show(errors)
        elif form.creating:
            self._register()
        else:
            self._log_in()
        self._desk.flush()

    def _hindered(self, field: str) -> dict[str, str]:
        """Why no password can be sent now, or should not be."""
        target = self._connection.target
        if self._connection.state != "online" or target is None:
            return {"": _BROKEN_OFF}
        sentence = self._connection.warning(target, password=True)
        return {field: sentence} if sentence else {}

    def enter(self, form: ConnectForm) -> None:
        """The connection dialog's button, and we are in: make the account it asks for."""
        if form.way != "create":
            self._desk.screen.dialogs.close_connection_dialog()
            return
        features = self._desk.chat.features
        self._in_front = True
        self._form = AccountForm(
            True, self._desk.chat.nick, form.account_password, form.repeated, form.email,
            features.email_required, form.remember, form.keyring,
        )  # fmt: skip
        if not features.account_registration:
            self._show({"way": _NO_ACCOUNTS})
        elif errors := forms.check_account(self._form) or self._hindered("account_password"):
            self._show(errors)
        else:
            self._register()

    def _register(self) -> None:
        form = self._form
        self._wait("register")
        self._desk.link.ask(
            lambda session, now: session.register_account(form.account_password, form.email)
        )

    def _log_in(self) -> None:
        self._wait("login")
        self._desk.link.log_in(self._form.account, self._form.account_password)

    def verify(self, code: str) -> None:
        """See `AccountActions`."""
        account, code = self._code.account, code.strip()
        if not code or " " in code:
            self._show({"code": "Type the code as it was sent to you."})
            return
        self._wait("verify")
        self._desk.link.ask(lambda session, now: session.verify_account(account, code))

    def ask_password(self) -> None:
        """See `AccountActions`."""
        self._in_front, self._waits = False, ""
        self._desk.screen.dialogs.account.ask(PasswordForm(self._desk.chat.account))

    def change_password(self, form: PasswordForm) -> None:
        """See `AccountActions`.

        A command of its own and no message: so the password is in no conversation.
        """
        if errors := forms.check_password(form) or self._hindered("new"):
            self._show(errors)
            return
        self._new_password = form.new
        self._wait("password")
        words = f"PASSWD {form.old} {form.new}"
        self._desk.link.ask(lambda session, now: session.send_command("NICKSERV", [words]))

    def log_out(self) -> None:
        """See `AccountActions`."""
        self._done()
        self._connection.forget()
        self._desk.flush()

    def dismissed(self) -> None:
        """See `AccountActions`: what was asked for goes on, only nobody waits any more."""
        self._done()

    # --- the dialogs --------------------------------------------------------------------

    def _wait(self, what: str) -> None:
        self._waits = what
        if self._in_front:
            self._desk.screen.dialogs.show_connecting(busy=True)
        else:
            self._desk.screen.dialogs.account.show_errors({})
            self._desk.screen.dialogs.account.show_busy(busy=True)

    def _show(self, errors: dict[str, str]) -> None:
        self._waits = ""
        if self._in_front:
            # There the account's name is the nickname.
            renamed = {"nick" if name == "account" else name: errors[name] for name in errors}
            self._connection.show_errors(renamed)
        else:
            self._desk.screen.dialogs.account.show_busy(busy=False)
            self._desk.screen.dialogs.account.show_errors(errors)

    def _done(self) -> None:
        self._waits = self._new_password = ""
        self._form = self._form._replace(account_password="", repeated="")
        if self._in_front:
            self._desk.screen.dialogs.close_connection_dialog()
        self._in_front = False
        self._desk.screen.dialogs.account.close()

    # --- what the server tells ----------------------------------------------------------

    def logged_in(self, event: events.LoggedIn) -> None:
        """We are this account, whoever asked for it."""
        self._become(event.account)
        if self._waits == "login":
            form = self._form
            self._done()
            self._connection.became(event.account, form.account_password, form.remember)

    def logged_out(self, event: events.LoggedOut) -> None:
        """The server has logged us out, or a service was told to."""
        self._become("")

    def registered(self, event: events.AccountRegistered) -> None:
        """The account is made, and we are it."""
        self._become(event.account)
        form = self._form
        if self._waits in ("register", "verify"):
            self._done()
            self._connection.became(event.account, form.account_password, form.remember)

    def _become(self, account: str) -> None:
        self._desk.chat.account = account
        self._desk.touch(*Part)

    def login_failed(self, event: events.LoginFailed) -> object:
        """The account or its password is wrong; a login that nobody waits for is not ours."""
        if self._waits != "login" or event.ends:
            return None
        field = "account" if event.code in ("902", "905") else "account_password"
        self._show({field if event.code else "": event.sentence})
        target = self._connection.target
        kept = (target.account, target.account_password) if target else ("", "")
        self._desk.link.ask(lambda session, now: session.keep_login(*kept))
        return True

    def verification_required(self, event: events.VerificationRequired) -> None:
        """A code was sent to the address; the account is not ours before it is typed here."""
        form = self._form
        if self._in_front:
            self._desk.screen.dialogs.close_connection_dialog()
            self._in_front = False
        self._code, self._form, self._waits = CodeQuestion(event.account, event.sentence), form, ""
        self._desk.screen.dialogs.account.ask(self._code)

    def refused(self, event: events.ErrorReceived) -> object:
        """What the open dialog asked for cannot be."""
        command, waits = event.command.upper(), self._waits
        if waits == "register" and command == "REGISTER":
            self._show({_FIELDS.get(event.code, ""): event.sentence})
        elif waits == "verify" and command == "VERIFY":
            self._show({"code": event.sentence})
        elif waits == "login" and command == "AUTHENTICATE":
            self._show({"": event.sentence})
        elif waits == "password" and {"NICKSERV", _SERVICE.upper()} & {
            command, *(word.upper() for word in event.context)
        }:  # fmt: skip
            self._show({"": _NO_SERVICE})
        else:
            return None
        return True

    def service_says(self, event: events.MessageReceived) -> object:
        """The answer to a change of password is for the dialog, and for nobody else."""
        if self._waits != "password" or event.nick.lower() != _SERVICE.lower():
            return None
        text = clean(event.text)
        words = text.lower()
        if "changed" in words or "success" in words:
            new, target = self._new_password, self._connection.target
            self._waits = self._new_password = ""
            self._desk.screen.dialogs.account.show_done(text)
            if target is not None:
                account = self._desk.chat.account
                kept = bool(self._vault.get(target.server, target.account))
                self._connection.became(account, new, kept)
                self._desk.link.ask(lambda session, now: session.keep_login(account, new))
        else:
            self._show({"old" if "wrong" in words or "old" in words else "new": text})
        return True

    def disconnected(self, event: events.Disconnected) -> None:
        """Nobody answers any more."""
        if self._waits:
            self._show({"": _BROKEN_OFF})
