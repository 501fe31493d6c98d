"""The connection dialog: where to, as whom, and how to come in."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk
from typing import cast, get_args

from gui.model.accounts import WAYS, KnownServer, Way
from gui.model.hosts import is_loopback
from gui.model.shown import ConnectForm
from gui.theme import Look
from gui.views.controls import LinkLabel, Segmented
from gui.views.formdialog import FormDialog
from gui.views.newpassword import NewPassword
from gui.views.serverfield import ServerField
from gui.views.welcome import Room

_ANYWHERE = Room()
_NO_KEYRING = "There is no system keyring here: the password is asked each time."
_KEPT = "Leave it empty: your keyring has it."
_AS_NICK = "The account gets the name of your nickname."
_ACCEPT = {"guest": "Connect", "login": "Log in", "create": "Create account"}


class ConnectDialog(FormDialog):
    """`on_connect` gets the form; errors are shown beside their fields.

    `room` is where the window has a place for it.
    """

    def __init__(
        self,
        look: Look,
        form: ConnectForm,
        on_connect: Callable[[ConnectForm], None],
        on_cancel: Callable[[], None],
        room: Room = _ANYWHERE,
    ) -> None:
        super().__init__(
            look, "Connect to a server", _ACCEPT[form.way],
            lambda: on_connect(self.form()), on_cancel, "Connecting…",
        )  # fmt: skip
        self.middle, self.below = room
        self._first, self._host = form, form.host
        self._tls = tkinter.BooleanVar(self, form.tls)
        self._tls_chosen = False  # by the user; until then it follows the server's name
        self._way = tkinter.StringVar(self, form.way)
        self._remember = tkinter.BooleanVar(self, form.remember and form.keyring)
        self._account_chosen = bool(form.account and form.account != form.nick)
        self.field("nick", "Nickname", form.nick)
        self._build_server(form)
        self._build_way(form)
        self._build_account(form)
        self._build_more(form)
        self._show_way()
        self.finish(self._first_entry(form))

    # --- building -----------------------------------------------------------------------

    def _build_server(self, form: ConnectForm) -> None:
        row = ttk.Frame(self.body)
        row.columnconfigure(0, weight=1)
        self.server = ServerField(row, self.look, form.known, self._pick)
        self.server.fill(form.host)
        self.wire("host", self.server)
        self.server.grid(row=0, column=0, sticky="new")
        port = self.field("port", "Port", form.port, parent=row, width=7)
        port.grid(row=0, column=1, sticky="new", padx=(self.look.px(10), 0))
        self.place(row)
        self.server.entry.bind("<KeyRelease>", lambda _: self._suggest_tls())
        self.tls = self.switch("Encrypt the connection (TLS)", self._tls, self._choose_tls)
        self.error_line("tls")

    def _build_way(self, form: ConnectForm) -> None:
        segments = Segmented(self.body, self.look, WAYS, self._way, self._show_way)
        self.ways = segments.buttons
        for button in segments.buttons.values():
            button.bind("<Return>", lambda _: self.submit())
        self.rests(*segments.buttons.values())
        self.place(segments, above=14)
        self.error_line("way")

    def _build_account(self, form: ConnectForm) -> None:
        """The fields of each way in, of which those of one are shown."""
        self._as_nick = self.note(_AS_NICK)
        self._account = self.field("account", "Account", form.account or form.nick)
        self._secret = self.field(
            "account_password", "Password", form.account_password, secret=True
        )
        self._kept = self.note(_KEPT)
        self.new = NewPassword(self, form)
        self._remember_switch = self.switch("Remember in the system keyring", self._remember)
        self._no_keyring = self.note(_NO_KEYRING)
        self.fields["nick"].entry.bind("<KeyRelease>", lambda _: self._follow_nick())
        self.fields["account"].entry.bind("<KeyRelease>", lambda _: self._choose_account())

    def _build_more(self, form: ConnectForm) -> None:
        self._password = self.field("password", "Password of the server", form.password,
                                    secret=True)  # fmt: skip
        self._more = LinkLabel(self.body, self.look, "More…", self._show_more)
        self.place(self._more, above=6, sticky="w")
        if form.password:
            self._show_more()
        else:
            self._password.grid_remove()

    def _first_entry(self, form: ConnectForm) -> tkinter.Widget:
        """What is to be typed next."""
        empty = [name for name in ("nick", "host", "port") if not getattr(form, name)]
        if not empty and form.way == "login" and not form.kept:
            empty.append("account_password")
        return self.fields[empty[0] if empty else "nick"].entry

    # --- what depends on what -----------------------------------------------------------

    def _show_way(self) -> None:
        way, keyring = self._way.get(), self._first.keyring
        shown: list[tuple[tkinter.Widget, bool]] = [
            (self._account, way == "login"),
            (self._secret, way != "guest"),
            (self._kept, way == "login" and self._is_kept()),
            (self._as_nick, way == "create"),
            (self._remember_switch, way != "guest" and keyring),
            (self._no_keyring, way != "guest" and not keyring),
        ]
        for widget, wanted in shown:
            if wanted:
                widget.grid()
            else:
                widget.grid_remove()
        self.new.show(way == "create")
        if self.built:
            self.accept_as(_ACCEPT[way])
            self.update_idletasks()  # a Tab that follows at once is to find the new fields

    def _is_kept(self) -> bool:
        """The keyring has the password, as long as it is the same account and server."""
        first, now = self._first, self.form()
        account = first.account or first.nick
        same = (now.host, now.port, now.account or now.nick) == (first.host, first.port, account)
        return first.kept and same

    def _show_more(self) -> None:
        self._more.grid_remove()
        self._password.grid()
        self.go_to(self._password.entry)

    def reveal(self, name: str) -> None:
        """See `FormDialog`."""
        if name == "password":
            self._show_more()
        self.new.reveal(name)

    def _follow_nick(self) -> None:
        """The account is called as the nickname until it is said otherwise."""
        if not self._account_chosen:
            self.fields["account"].fill(self.value("nick"))

    def _choose_account(self) -> None:
        self._account_chosen = bool(self.value("account"))
        self._show_way()

    def _choose_tls(self) -> None:
        self._tls_chosen = True

    def _suggest_tls(self) -> None:
        """Another server was typed: encrypt, unless it is this machine itself."""
        host = self.value("host")
        if host != self._host and not self._tls_chosen:
            self._host = host
            self._tls.set(not is_loopback(host))

    def _pick(self, known: KnownServer) -> None:
        """A server from the list: all that is known of it."""
        for name, value in (("host", known.host), ("port", str(known.port)), ("nick", known.nick),
                            ("account", known.account or known.nick)):  # fmt: skip
            self.fields[name].fill(value)
        self._host = known.host
        self._account_chosen = bool(known.account) and known.account != known.nick
        self._tls.set(known.tls)
        self._way.set("login" if known.account else "guest")
        self.show_errors({})
        self._show_way()

    def form(self) -> ConnectForm:
        """What stands in the fields."""
        way = self._way.get()
        account = self.value("account")
        return self._first._replace(
            nick=self.value("nick"), host=self.value("host"), port=self.value("port"),
            tls=self._tls.get(), password=self.secret("password"),
            way=cast(Way, way if way in get_args(Way) else "guest"),
            account="" if way != "login" or account == self.value("nick") else account,
            account_password="" if way == "guest" else self.secret("account_password"),
            repeated=self.secret("repeated") if way == "create" else "",
            email=self.value("email") if way == "create" else "",
            remember=self._remember.get() and self._first.keyring,
        )  # fmt: skip
