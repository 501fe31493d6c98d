"""The way into a server: the dialog, its errors, waiting and trying again.

States: "asking" (nothing is tried; the dialog may be open), "trying" (the first attempt goes
on), "online", "waiting" (there was a connection, and there will be another) and "stopped" (there
was one, and trying again is useless before the user changes something: the banner says what).

While another server is tried, the one whose conversations are shown is not forgotten ("home"):
giving the new one up leads back to it.
"""

from collections.abc import Callable

from core.client import events
from gui.link import Connecting, ConnectionFailed, Target, Waiting
from gui.model.shown import Banner, ConnectForm
from gui.presenter import forms
from gui.presenter.desk import Desk, Handlers, Part

_KEPT = "What you write meanwhile is sent then."
_LOGIN_FIELDS = {"902": "account", "904": "account_password", "905": "account", "": "way"}


class Vault:
    """Where passwords are kept between runs; this one keeps none.

    `account` is "" for the server's own password.
    """

    usable = False

    def get(self, server: str, account: str) -> str:
        """The password, '' if there is none."""
        return ""

    def set(self, server: str, account: str, password: str) -> None:
        """Keep it; '' forgets it."""


class Connection:
    """`on_online` is called with each target that has let us in; `inside` with the dialog's form
    when we are online and it asks for more (a new account, perhaps); `ask_login` when the
    banner's "Log in…" is pressed."""

    def __init__(self, desk: Desk, vault: Vault, on_online: Callable[[Target], None]) -> None:
        self._desk, self._vault, self._on_online = desk, vault, on_online
        self.inside: Callable[[ConnectForm], None] = lambda form: None
        self.ask_login: Callable[[], None] = lambda: None
        self.state = "asking"
        self.target: Target | None = None
        self.form = ConnectForm(keyring=vault.usable)
        self.errors: dict[str, str] = {}
        self._home: Target | None = None  # the last one that let us in: its rooms are shown
        self._opened = False  # the link works on the target; False: it has given up
        self._due = 0.0  # when the next attempt comes, on the desk's clock
        self._reason = ""
        self._was_online = False
        self._login: events.LoginFailed | None = None  # why we are not logged in as we wanted
        self._warned: set[tuple[str, str]] = set()  # servers and sentences, in this run

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            Connecting: self.connecting,
            ConnectionFailed: self.failed,
            Waiting: self.waiting,
            events.Registered: self.registered,
            events.FeaturesChanged: self.features_changed,
            events.Disconnected: self.disconnected,
            events.RegistrationFailed: self.refused,
            events.LoginFailed: self.login_failed,
            events.NickRejected: self.nick_rejected,
        }

    # --- the dialog ---------------------------------------------------------------------

    def ask(
        self,
        form: ConnectForm,
        errors: dict[str, str] | None = None,
        offers: dict[str, str] | None = None,
    ) -> None:
        """Open the dialog."""
        kept = bool(form.host and form.port.isdigit() and self._kept(form))
        self.form = form._replace(keyring=self._vault.usable, kept=kept)
        self._desk.screen.dialogs.ask_connection(self.form)
        self.show_errors(errors or {}, offers)

    def _kept(self, form: ConnectForm) -> str:
        if not self._vault.usable or form.way != "login":
            return ""
        target = forms.target_of(form)
        return self._vault.get(target.server, target.account)

    def show_errors(self, errors: dict[str, str], offers: dict[str, str] | None = None) -> None:
        """The dialog does not wait any more; sentences by field."""
        self.errors = errors
        self._desk.screen.dialogs.show_connecting(busy=False)
        self._desk.screen.dialogs.show_field_errors(errors, offers or {})

    def connect(self, form: ConnectForm) -> None:
        """Check the form, and connect; passwords that were not typed come from the keyring."""
        self.form = form
        errors = forms.check(form)
        if not errors and form.way == "login" and not form.account_password:
            form = form._replace(account_password=self._kept(form))
            if not form.account_password:
                errors["account_password"] = "Type the password of the account."
        if errors:
            self._complain(errors)
            return
        target = forms.target_of(form)
        if not target.password and self._vault.usable:
            target = target._replace(password=self._vault.get(target.server, ""))
        if self.state == "online" and self.target == target:
            self._desk.screen.dialogs.show_connecting(busy=True)
            self.inside(form)
        elif sentence := self.warning(target, bool(form.account_password)):
            self._complain({"tls": sentence})
        else:
            self.try_target(target)

    def _complain(self, errors: dict[str, str]) -> None:
        """Nothing was sent; the dialog says why."""
        if self._dialog_open():
            self.show_errors(errors)
        else:  # at the start: a field that is only empty speaks for itself
            self.ask(self.form, {} if errors.keys() == {"account_password"} else errors)

    def warning(self, target: Target, password: bool) -> str:
        """Why to think twice before connecting to it, or sending it a `password`, in the clear;
        each is said once, and "" from then on."""
        password = password or bool(target.password or target.account_password)
        sentence = forms.exposed(target, password=password, known=self.form.known)
        if (target.server, sentence) in self._warned:
            return ""
        self._warned.add((target.server, sentence))
        return sentence

    def try_target(self, target: Target) -> None:
        """Try this server; it replaces any other connection."""
        self.target, self.state, self.errors = target, "trying", {}
        self._was_online, self._login = False, None
        desk, dialogs = self._desk, self._desk.screen.dialogs
        desk.chat.trying = target.server
        calm = self._dialog_open()
        desk.screen.show_banner(None if calm else Banner(f"Connecting to {target.server}…", False))
        dialogs.show_connecting(busy=True)
        self._open(target)
        self._desk.touch(Part.HEADER)
        self._desk.flush()

    def _open(self, target: Target) -> None:
        self._opened = True
        self._desk.link.open(target)

    def _close(self) -> None:
        self._opened = False
        self._desk.link.close()
        self._desk.chat.trying = ""
        self._desk.touch(Part.HEADER)

    def cancel(self) -> None:
        """See `ConnectionActions`: an attempt is given up first, the dialog stays; without one
        the dialog goes, and what was there before is there again."""
        if self.state == "trying" and self._dialog_open():
            self.state = "asking"
            self._close()
            self.show_errors({})
            self._desk.flush()
            return
        self._desk.screen.dialogs.close_connection_dialog()
        if self.state == "asking" and self._home is not None and not self._was_online:
            self._go_home(self._home)
        self._desk.flush()

    def _go_home(self, home: Target) -> None:
        """Another server did not come to anything: back to the one whose rooms are shown."""
        self.target, self._was_online, self.state = home, True, "waiting"
        self._reason, self._due = "", 0.0
        self._banner("Connecting…", retry=False)
        self._open(home)

    def change(self) -> None:
        """See `ConnectionActions`."""
        target = self.target if self.state in ("online", "waiting", "stopped") else None
        self.ask(forms.form_for(target, self.form) if target else self.form)
        if self.state == "trying":
            self._desk.screen.dialogs.show_connecting(busy=True)

    def retry(self) -> None:
        """See `ConnectionActions`: do not wait any longer; where nothing is tried any more, try
        again; where that is useless, ask."""
        if self.state == "stopped":
            form = forms.form_for(self.target, self.form) if self.target else self.form
            self.ask(form, self.errors)
        elif self.state == "online" and self._login is not None:
            self.ask_login()
        elif not self._opened and self.target is not None:
            if self._was_online:
                self._go_home(self.target)
            else:
                self.try_target(self.target)
        else:
            self._desk.link.retry()

    def _dialog_open(self) -> bool:
        return self._desk.screen.dialogs.connection_dialog_open()

    # --- what the network tells ---------------------------------------------------------

    def connecting(self, signal: Connecting) -> None:
        """An attempt begins."""
        self._desk.chat.account = ""
        self._login = None
        if self._was_online:
            self._due = 0.0
            self._banner("Connecting…", retry=False)

    def failed(self, signal: ConnectionFailed) -> None:
        """The first attempt has failed: back to the dialog.

        Why a server has closed the connection was told before this, and better.
        """
        if self.state == "trying":
            self.fail({signal.field: signal.sentence})
        elif self.state == "waiting":
            self._opened, self._reason = False, signal.sentence
            self._banner("", retry=True)

    def fail(
        self, errors: dict[str, str], offers: dict[str, str] | None = None, button: str = ""
    ) -> None:
        """What was tried is useless as it is: back to the dialog, but where there was a
        connection to the banner, which opens the dialog by `button`."""
        self._close()
        if self._was_online:
            self.state, self.errors, self._due = "stopped", errors, 0.0
            self._reason = next(iter(errors.values()), "")
            self._banner("", retry=True, button=button or "Change…")
            return
        self.state = "asking"
        if self.target is None:
            return
        self._desk.screen.show_banner(None)
        if self._dialog_open():
            self.show_errors(errors, offers)
        else:
            self.ask(forms.form_for(self.target, self.form), errors, offers)

    def nick_rejected(self, event: events.NickRejected) -> object:
        """The nick is taken or not allowed."""
        if not event.registering:
            self._desk.note(self._desk.here(), f"{event.nick}: {event.sentence}")
            return None
        offers = {"nick": event.suggestion} if event.suggestion else {}
        sentence = event.sentence
        if event.numeric == "433" and self.form.way == "guest":
            sentence += " If it is yours, log in."
        self.fail({"nick": sentence}, offers)
        return True

    def login_failed(self, event: events.LoginFailed) -> None:
        """Logged in we are not.  With `ends` the refusal of the connection follows."""
        self._login = event
        if not event.ends and self.state == "online":
            self._tell_guest()

    def _tell_guest(self) -> None:
        """Online, but not as who we wanted to be."""
        if self._login is not None:
            self._reason = f"You are not logged in. {self._login.sentence}"
            self._banner("", retry=True, button="Log in…")

    def refused(self, event: events.RegistrationFailed) -> None:
        """The server does not let us in."""
        if self._was_online and not event.permanent:
            return
        if self._login is not None and self._login.ends:
            field, button = _LOGIN_FIELDS.get(self._login.code, ""), "Log in…"
        else:
            field, button = "password" if event.numeric == "464" else "", ""
        self.fail({field: event.sentence}, button=button)

    def registered(self, event: events.Registered) -> None:
        """We are in."""
        desk, target = self._desk, self.target
        first, self._was_online = not self._was_online, True
        fresh = not event.reconnected and bool(self._home or desk.chat.conversations)
        if fresh:
            desk.reset()
        desk.chat.nick, desk.chat.network = event.nick, event.network
        desk.chat.features, desk.chat.trying = event.features, ""
        for one in desk.chat.conversations.values():
            one.ask_again()
        desk.welcome()
        self.state, self._due, self._reason = "online", 0.0, ""
        desk.screen.show_banner(None)
        self._tell_guest()
        desk.touch(*Part)
        if first and target is not None:
            self._remember(target, self.form.remember)
        if (first or fresh) and target is not None:
            self._let_in(target)
        if first and self.form.way == "create" and self._dialog_open():
            self.inside(self.form)
        else:
            desk.screen.dialogs.close_connection_dialog()

    def _let_in(self, target: Target) -> None:
        self.target = self._home = target
        self.form = forms.with_known(self.form, target)
        self._on_online(target._replace(nick=self._desk.chat.nick))

    def _remember(self, target: Target, remember: bool) -> None:
        """Keep the passwords, or forget them."""
        if not self._vault.usable:
            return
        if target.password and remember:
            self._vault.set(target.server, "", target.password)
        if target.account_password:
            kept = target.account_password if remember else ""
            self._vault.set(target.server, target.account, kept)

    def became(self, account: str, password: str, remember: bool) -> None:
        """On a running connection: we are this account from now on."""
        if self.target is None:
            return
        target = self.target._replace(account=account, account_password=password)
        self.form = self.form._replace(way="login", account=account)
        self._login = None
        if self.state == "online":
            self._desk.screen.show_banner(None)
        self._remember(target, remember)
        self._let_in(target)

    def forget(self) -> None:
        """Log out: leave the server, forget the password, and ask who comes next."""
        target, self._home, self._was_online = self.target, None, False
        self._desk.link.ask(lambda session, now: session.quit(now))
        self.state = "asking"
        self._close()
        self._desk.screen.show_banner(None)
        self._desk.reset()
        self._desk.chat.nick = self._desk.chat.account = ""
        self._desk.touch(*Part)
        if target is not None:
            if self._vault.usable:
                self._vault.set(target.server, target.account, "")
            self.ask(forms.form_for(target, self.form))

    def features_changed(self, event: events.FeaturesChanged) -> None:
        """The server can do more, or less, than before."""
        self._desk.chat.features = event.features
        self._desk.touch(*Part)

    def disconnected(self, event: events.Disconnected) -> None:
        """The connection has ended; `Waiting` follows, unless we wanted that."""
        for one in self._desk.chat.conversations.values():
            one.typing.clear()
            one.asking = False
        self._desk.touch(Part.TYPING, Part.LIST)
        if self._was_online and not event.wanted and self.state != "stopped":
            self.state, self._reason = "waiting", event.reason
            self._banner("Trying again.", retry=True)

    def waiting(self, signal: Waiting) -> None:
        """The next attempt has a time."""
        if self.state == "stopped":  # it was on its way when we gave up
            return
        self.state, self._reason = "waiting", signal.reason
        self._due = self._desk.now() + signal.seconds
        self.tick()

    def tick(self) -> bool:
        """Count down in the banner; True if it wants to be called again in a second."""
        if not self._due or self.state != "waiting":
            return False
        left = max(0, round(self._due - self._desk.now()))
        unit = "second" if left == 1 else "seconds"
        when = f"in {left} {unit}" if left else "now"
        self._banner(f"Trying again {when}. {_KEPT}", retry=True)
        return left > 0

    def held_up(self, reason: str, rest: str) -> None:
        """Something else has to be answered before the next attempt."""
        self._reason = reason
        if self._was_online:
            self._due = 0.0
            self._banner(rest, retry=True)

    def _banner(self, rest: str, *, retry: bool, button: str = "Retry now") -> None:
        reason = self._reason.rstrip(".")
        reason = f"{reason[:1].upper()}{reason[1:]}" if reason else "There is no connection"
        text = f"{reason}. {rest}".rstrip()
        self._desk.screen.show_banner(Banner(text, retry, button))
