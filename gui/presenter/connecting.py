"""The way into a server: the dialog, its errors, waiting and trying again.

States: "asking" (the dialog is open), "trying" (the first attempt goes on), "online" and
"waiting" (there was a connection, and there will be another).
"""

from collections.abc import Callable

from core.client import events
from gui.link import CertificateChanged, Connecting, ConnectionFailed, Target, Waiting
from gui.model.shown import Banner, ConnectForm, TrustQuestion
from gui.presenter.desk import Desk, Handlers, Part

_KEPT = "What you write meanwhile is sent then."


class Vault:
    """Where passwords are kept between runs; this one keeps none."""

    usable = False

    def get(self, server: str, nick: str) -> str:
        """The password, '' if there is none."""
        return ""

    def set(self, server: str, nick: str, password: str) -> None:
        """Keep it; '' forgets it."""


class Connection:
    """`on_online` is called with each target that has let us in."""

    def __init__(self, desk: Desk, vault: Vault, on_online: Callable[[Target], None]) -> None:
        self._desk, self._vault, self._on_online = desk, vault, on_online
        self.state = "asking"
        self.target: Target | None = None
        self.form = ConnectForm(keyring=vault.usable)
        self.errors: dict[str, str] = {}
        self._changed: CertificateChanged | None = None
        self._due = 0.0  # when the next attempt comes, on the desk's clock
        self._reason = ""
        self._was_online = False

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            Connecting: self.connecting,
            ConnectionFailed: self.failed,
            Waiting: self.waiting,
            CertificateChanged: self.certificate_changed,
            events.Registered: self.registered,
            events.FeaturesChanged: self.features_changed,
            events.Disconnected: self.disconnected,
            events.RegistrationFailed: self.refused,
            events.NickRejected: self.nick_rejected,
        }

    # --- the dialog ---------------------------------------------------------------------

    def ask(self, form: ConnectForm, errors: dict[str, str] | None = None) -> None:
        """Open the dialog."""
        if self.state == "trying":
            self.state = "asking"
        self.form = form._replace(keyring=self._vault.usable)
        self._desk.screen.dialogs.ask_connection(self.form)
        self._show_errors(errors or {})

    def _show_errors(self, errors: dict[str, str]) -> None:
        self.errors = errors
        self._desk.screen.dialogs.show_connecting(busy=False)
        self._desk.screen.dialogs.show_field_errors(errors)

    def connect(self, form: ConnectForm) -> None:
        """Check the form, and connect."""
        self.form = form
        errors = check(form)
        if errors:
            if not self._desk.screen.dialogs.connection_dialog_open():
                self.ask(form)
            self._show_errors(errors)
            return
        target = Target(form.host, int(form.port), form.tls, form.nick, form.password)
        if not target.password and self._vault.usable:
            kept = self._vault.get(target.server, target.nick)
            target = target._replace(password=kept)
        self.try_target(target)

    def try_target(self, target: Target) -> None:
        """Try this server; it replaces any other connection."""
        self.target, self.state, self.errors = target, "trying", {}
        self._was_online = False
        screen = self._desk.screen
        calm = screen.dialogs.connection_dialog_open()
        screen.show_banner(None if calm else Banner(f"Connecting to {target.server}…", False))
        screen.dialogs.show_connecting(busy=True)
        self._desk.link.open(target)

    def cancel(self) -> None:
        """See `ConnectionActions`: without anything behind it to go back to, the program ends."""
        if self._given_up():
            self._desk.screen.close()

    def change(self) -> None:
        """See `ConnectionActions`."""
        self.ask(self.form)

    def _given_up(self) -> bool:
        self._desk.screen.dialogs.close_connection_dialog()
        if self.state == "trying":
            self._desk.link.close()
        if self.state == "online" or self._was_online:
            return False
        self.state = "asking"
        if self._desk.chat.conversations:  # of the server before
            self._reason = ""
            self._banner("", retry=True)
            return False
        return True

    def retry(self) -> None:
        """Do not wait any longer; where nothing was tried any more, try again."""
        if self.state == "asking" and self.target is not None:
            self.try_target(self.target)
        else:
            self._desk.link.retry()

    # --- what the network tells ---------------------------------------------------------

    def connecting(self, signal: Connecting) -> None:
        """An attempt begins."""
        self.target = signal.target
        if self._was_online:
            self._due = 0.0
            self._banner("Connecting…", retry=False)

    def failed(self, signal: ConnectionFailed) -> None:
        """The first attempt has failed: back to the dialog."""
        self._fail({signal.field: signal.sentence})

    def _fail(self, errors: dict[str, str]) -> None:
        self._desk.link.close()
        self.state = "asking"
        target = self.target
        if target is None:
            return
        self._desk.screen.show_banner(None)
        form = self.form._replace(
            nick=target.nick, host=target.host, port=str(target.port), tls=target.tls
        )
        if not self._desk.screen.dialogs.connection_dialog_open():
            self.ask(form, errors)
        else:
            self._show_errors(errors)

    def nick_rejected(self, event: events.NickRejected) -> None:
        """The nick is taken or not allowed."""
        sentence = event.sentence
        if not event.registering:
            self._desk.note(self._desk.here(), f"{event.nick}: {sentence}")
            return
        if event.suggestion:
            sentence = f"{sentence} How about {event.suggestion}?"
        self._fail({"nick": sentence})

    def refused(self, event: events.RegistrationFailed) -> None:
        """The server does not let us in."""
        if self._was_online and not event.permanent:
            return
        field = "password" if event.numeric == "464" else ""
        self._fail({field: event.sentence})

    def registered(self, event: events.Registered) -> None:
        """We are in."""
        desk, target = self._desk, self.target
        desk.chat.nick, desk.chat.network = event.nick, event.network
        desk.chat.features = event.features
        first, self._was_online = not self._was_online, True
        if first and desk.chat.conversations:
            desk.reset()
        desk.welcome()
        self.state, self._due = "online", 0.0
        desk.screen.show_banner(None)
        desk.screen.dialogs.close_connection_dialog()
        desk.touch(*Part)
        if first and target is not None:
            if self._vault.usable and self.form.remember:
                self._vault.set(target.server, target.nick, target.password)
            self._on_online(target._replace(nick=event.nick))

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
        if self._was_online and not event.wanted:
            self.state, self._reason = "waiting", event.reason
            self._banner("Trying again.", retry=True)

    def waiting(self, signal: Waiting) -> None:
        """The next attempt has a time."""
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

    def _banner(self, rest: str, *, retry: bool) -> None:
        reason = self._reason.rstrip(".")
        reason = f"{reason[:1].upper()}{reason[1:]}" if reason else "There is no connection"
        text = f"{reason}. {rest}".rstrip()
        self._desk.screen.show_banner(Banner(text, retry))

    # --- a changed certificate ----------------------------------------------------------

    def certificate_changed(self, signal: CertificateChanged) -> None:
        """Stop, and ask loudly."""
        self._changed = signal
        self._reason = "the server's certificate has changed"
        if self._was_online:
            self._due = 0.0
            self._banner("Nothing was sent to it.", retry=True)
        self._desk.screen.dialogs.ask_trust(TrustQuestion(*signal))

    def trust(self, accepted: bool) -> None:
        """The answer."""
        changed, self._changed = self._changed, None
        if changed is None:
            return
        if accepted:
            self._desk.link.trust(changed.server, changed.offered)
            self._desk.link.retry()
        elif not self._was_online:
            self._fail({"host": "Its certificate has changed, and you do not trust the new one."})


def check(form: ConnectForm) -> dict[str, str]:
    """What is wrong with the fields, as sentences by field name."""
    errors = {}
    if not form.nick:
        errors["nick"] = "Choose a name that others will see."
    elif any(character.isspace() for character in form.nick):
        errors["nick"] = "A nickname has no blanks."
    if not form.host:
        errors["host"] = "The server's name or address is missing."
    elif any(character.isspace() or character == "/" for character in form.host):
        errors["host"] = "This is not a server's name."
    if not (form.port.isascii() and form.port.isdigit() and 0 < int(form.port[:6]) < 65536):
        errors["port"] = "A port is a number from 1 to 65535."
    return errors
