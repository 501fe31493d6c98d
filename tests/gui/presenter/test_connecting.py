"""The way into a server: the dialog's errors, the banner, another server and the way back."""

import msgspec
import pytest

from core.client import events
from core.client.features import Features
from gui.link import Connecting, ConnectionFailed, Target, Waiting
from gui.model.accounts import KnownServer
from gui.model.shown import Banner, ConnectForm
from tests.gui.fakes import FakeVault
from tests.gui.presenter.stage import TARGET, Stage

FORM = ConnectForm(nick="me", host="chat.example", port="5000", tls=True, password="pw")
OFFLINE = events.Disconnected(reason="reset", wanted=False)


def banner(stage: Stage) -> Banner | None:
    return stage.screen.banner


def form_of(stage: Stage) -> ConnectForm | None:
    return stage.screen.dialogs.form


def rejected(numeric: str = "433", suggestion: str = "me_") -> events.NickRejected:
    return events.NickRejected(
        nick="me", sentence="It is taken.", numeric=numeric, suggestion=suggestion,
        registering=True,
    )  # fmt: skip


def test_a_wrong_form_stays_open() -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM._replace(port="x"))
    assert set(stage.screen.dialogs.errors) == {"port"}
    assert stage.link.calls == []


def test_connecting_closes_the_dialog() -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM)
    assert stage.screen.dialogs.busy
    assert stage.link.calls == [("open", TARGET)]
    stage.handle(Connecting(TARGET))
    stage.handle(
        events.Registered(nick="me2", network="Net", features=Features(), reconnected=False)
    )
    assert form_of(stage) is None
    assert stage.chat.nick == "me2"
    assert stage.online == [TARGET._replace(nick="me2")]
    assert stage.presenter.connection.state == "online"


@pytest.mark.parametrize("field", ["host", "port", "tls", "password", ""])
def test_a_failure_is_shown_beside_its_field(field: str) -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM)
    stage.handle(ConnectionFailed(field, "It failed."))
    shown = stage.screen.dialogs
    assert (shown.errors, shown.busy) == ({field: "It failed."}, False)
    assert stage.presenter.connection.state == "asking"


def test_without_a_dialog_a_failure_opens_it() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM._replace(password=""))
    assert banner(stage) == Banner("Connecting to chat.example:5000…", False)
    stage.handle(rejected())
    assert banner(stage) is None
    assert stage.screen.dialogs.form == FORM._replace(password="", keyring=False)
    assert stage.screen.dialogs.errors == {"nick": "It is taken. If it is yours, log in."}
    assert stage.screen.dialogs.offers == {"nick": "me_"}
    assert stage.link.calls[-1] == ("close",)


def test_an_invalid_form_without_a_dialog_opens_it() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM._replace(nick="a b"))
    assert form_of(stage) is not None
    assert set(stage.screen.dialogs.errors) == {"nick"}


@pytest.mark.parametrize(("numeric", "field"), [("464", "password"), ("465", "")])
def test_being_refused(numeric: str, field: str) -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(events.RegistrationFailed(sentence="No.", numeric=numeric, permanent=True))
    assert stage.screen.dialogs.errors == {field: "No."}


def test_a_passing_refusal_while_reconnecting_is_waited_out() -> None:
    stage = Stage()
    stage.register()
    stage.handle(OFFLINE)
    stage.handle(events.RegistrationFailed(sentence="Full.", numeric="", permanent=False))
    assert form_of(stage) is None
    assert stage.presenter.connection.state == "waiting"


def test_a_lasting_refusal_while_reconnecting_ends_the_attempts() -> None:
    stage = Stage()
    stage.register()
    stage.handle(OFFLINE)
    stage.handle(events.RegistrationFailed(sentence="Banned.", numeric="465", permanent=True))
    stage.handle(OFFLINE, Waiting("the server has closed the connection", 2.0))
    assert stage.presenter.connection.state == "stopped"
    assert stage.link.calls[-1] == ("close",)
    assert banner(stage) == Banner("Banned.", True, "Change…")
    assert form_of(stage) is None
    stage.presenter.connection.retry()
    assert form_of(stage) is not None
    assert stage.screen.dialogs.errors == {"": "Banned."}
    stage.presenter.connection.cancel()
    assert stage.presenter.connection.state == "stopped"


def test_the_banner_counts_down() -> None:
    stage = Stage()
    stage.register()
    assert not stage.presenter.tick()
    stage.handle(OFFLINE)
    assert banner(stage) == Banner("Reset. Trying again.", True)
    stage.handle(Waiting("No server answers there.", 2.0))
    assert stage.presenter.tick()
    assert stage.screen.banner is not None
    assert "in 2 seconds" in stage.screen.banner.text
    stage.now += 1.0
    assert stage.presenter.tick()
    assert "in 1 second." in stage.screen.banner.text
    stage.now += 1.0
    assert not stage.presenter.tick()
    stage.handle(Connecting(TARGET))
    assert banner(stage) == Banner("No server answers there. Connecting…", False)
    assert not stage.presenter.tick()
    stage.register(reconnected=True)
    assert banner(stage) is None
    assert len(stage.online) == 1


def test_leaving_on_purpose_shows_no_banner() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.Disconnected(reason="", wanted=True))
    assert banner(stage) is None


def test_without_a_reason_the_banner_still_says_something() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.Disconnected(reason="", wanted=False))
    assert banner(stage) == Banner("There is no connection. Trying again.", True)
    stage.presenter.connection.retry()
    assert stage.link.calls[-1] == ("retry",)


def test_cancelling_gives_the_attempt_up_first_and_then_the_dialog() -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM)
    stage.presenter.connection.cancel()
    assert stage.link.calls[-1] == ("close",)
    assert form_of(stage) is not None
    assert not stage.screen.dialogs.busy
    stage.handle(ConnectionFailed("host", "the server has closed the connection"))
    assert stage.screen.dialogs.errors == {}
    stage.presenter.connection.cancel()
    assert form_of(stage) is None
    assert not stage.screen.closed
    assert stage.screen.entrance.welcome is not None
    assert stage.screen.entrance.welcome.button == "Connect to a server…"


def test_cancelling_a_later_dialog_goes_back_to_the_chat() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.connection.change()
    stage.presenter.connection.cancel()
    assert form_of(stage) is None
    assert not stage.screen.closed
    assert stage.presenter.connection.state == "online"


def test_another_server_replaces_the_first() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    other = TARGET._replace(host="other.example")
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM._replace(host="other.example"))
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert stage.screen.keys == []
    assert stage.screen.shown[0] == ""
    assert stage.online == [TARGET, other]


def test_giving_another_server_up_leads_back_to_the_first_and_loses_nothing() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.screen.typed = "half a senten"
    stage.presenter.composer.typed("half a senten")
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM._replace(host="other.example"))
    stage.handle(ConnectionFailed("host", "No."))
    assert stage.screen.dialogs.errors == {"host": "No."}
    stage.presenter.composer.send("hello?")
    assert (stage.link.said, stage.screen.typed) == ([], "hello?")
    assert stage.notes()[-1] == "There is no connection; this was not sent"
    stage.presenter.connection.cancel()
    assert ("open", TARGET) in stage.link.calls[-1:]
    assert banner(stage) == Banner("There is no connection. Connecting…", False)
    stage.handle(Connecting(TARGET), Waiting("No server answers there.", 3.0))
    stage.presenter.connection.retry()
    assert stage.link.calls[-1] == ("retry",)
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=True))
    assert stage.screen.keys == ["#room"]
    assert stage.screen.typed == "hello?"
    assert banner(stage) is None
    assert stage.presenter.connection.state == "online"


def test_the_way_back_may_fail_as_well() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.presenter.connection.connect(FORM._replace(host="other.example"))
    stage.presenter.connection.cancel()
    stage.handle(ConnectionFailed("host", "No."))
    stage.presenter.connection.cancel()
    stage.handle(ConnectionFailed("port", "No server answers there."))
    assert banner(stage) == Banner("No server answers there.", True)
    stage.presenter.connection.retry()
    assert stage.link.calls[-1] == ("open", TARGET)


def test_the_servers_password_comes_from_the_keyring_and_goes_there() -> None:
    vault = FakeVault()
    vault.set("chat.example:5000", "", "kept")
    stage = Stage(vault)
    stage.presenter.connection.connect(FORM._replace(password="", remember=True))
    assert stage.link.calls == [("open", TARGET._replace(password="kept"))]
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert vault.get("chat.example:5000", "") == "kept"
    stage.presenter.connection.connect(FORM._replace(host="b", password="new"))
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert vault.get("b:5000", "") == ""


LOGIN = FORM._replace(password="", way="login", account="ada", account_password="sesame")
AS_ADA = TARGET._replace(password="", account="ada", account_password="sesame")


def test_logging_in() -> None:
    vault = FakeVault()
    stage = Stage(vault)
    stage.presenter.connection.change()
    stage.presenter.connection.connect(LOGIN._replace(remember=True))
    assert stage.link.calls == [("open", AS_ADA)]
    stage.handle(Connecting(AS_ADA), events.LoggedIn(account="Ada"))
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert stage.chat.account == "Ada"
    assert form_of(stage) is None
    assert vault.get("chat.example:5000", "ada") == "sesame"
    assert stage.presenter.connection.form.known == (
        KnownServer("chat.example", 5000, True, "me", "ada"),
    )


def test_the_account_is_that_of_the_nick_unless_it_is_named() -> None:
    stage = Stage()
    stage.presenter.connection.connect(LOGIN._replace(account=""))
    assert stage.link.calls == [("open", AS_ADA._replace(account="me"))]


def test_a_kept_password_is_used_and_forgotten_when_it_is_not_to_be_kept() -> None:
    vault = FakeVault()
    vault.set("chat.example:5000", "ada", "sesame")
    stage = Stage(vault)
    stage.presenter.connection.ask(LOGIN._replace(account_password=""))
    assert stage.screen.dialogs.form is not None
    assert stage.screen.dialogs.form.kept
    assert "sesame" not in repr(stage.screen.dialogs.form)
    stage.presenter.connection.connect(LOGIN._replace(account_password=""))
    assert stage.link.calls == [("open", AS_ADA)]
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert vault.get("chat.example:5000", "ada") == ""


@pytest.mark.parametrize("dialog", [False, True])
def test_without_a_password_it_is_asked_for(dialog: bool) -> None:
    stage = Stage()
    if dialog:
        stage.presenter.connection.change()
    stage.presenter.connection.connect(LOGIN._replace(account_password=""))
    assert stage.link.calls == []
    assert form_of(stage) is not None
    assert set(stage.screen.dialogs.errors) == ({"account_password"} if dialog else set())


def failed_login(code: str, *, ends: bool = True, lasting: bool = True) -> list[object]:
    told: list[object] = [
        events.LoginFailed(account="ada", sentence="Wrong.", code=code, ends=ends)
    ]
    if ends:
        told.append(events.RegistrationFailed(sentence="Wrong.", numeric=code, permanent=lasting))
    return told


@pytest.mark.parametrize(
    ("code", "field"),
    [("904", "account_password"), ("902", "account"), ("905", "account"), ("", "way"), ("9", "")],
)
def test_a_refused_login_is_told_beside_its_field(code: str, field: str) -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(LOGIN)
    stage.handle(Connecting(AS_ADA), *failed_login(code))
    stage.handle(ConnectionFailed("host", "the server has closed the connection"))
    assert stage.screen.dialogs.errors == {field: "Wrong."}
    assert stage.presenter.connection.state == "asking"


def test_a_password_that_was_changed_elsewhere_ends_the_attempts() -> None:
    stage = Stage()
    stage.presenter.connection.connect(LOGIN)
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    stage.handle(OFFLINE, Connecting(AS_ADA), *failed_login("904"))
    assert banner(stage) == Banner("Wrong.", True, "Log in…")
    assert stage.presenter.connection.state == "stopped"
    stage.presenter.connection.retry()
    form = stage.screen.dialogs.form
    assert form is not None
    assert (form.way, form.account, form.account_password) == ("login", "ada", "")
    assert stage.screen.dialogs.errors == {"account_password": "Wrong."}


def test_a_login_that_only_the_moment_forbids_is_tried_again() -> None:
    stage = Stage()
    stage.presenter.connection.connect(LOGIN)
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    stage.handle(OFFLINE, Connecting(AS_ADA), *failed_login("", lasting=False))
    stage.handle(Waiting("The server did not answer.", 2.0))
    assert stage.presenter.connection.state == "waiting"
    assert stage.presenter.tick()


def test_who_is_only_a_guest_after_a_reconnection_is_told_so() -> None:
    stage = Stage()
    stage.register()
    stage.handle(OFFLINE, Connecting(TARGET), *failed_login("904", ends=False))
    stage.register(reconnected=True)
    assert banner(stage) == Banner("You are not logged in. Wrong.", True, "Log in…")
    stage.presenter.connection.retry()
    assert stage.screen.dialogs.account.question is not None


def test_a_nick_that_is_refused_while_reconnecting() -> None:
    stage = Stage()
    stage.register()
    stage.handle(OFFLINE, rejected())
    assert banner(stage) == Banner("It is taken. If it is yours, log in.", True, "Change…")


def test_choosing_connection_while_the_first_attempt_goes_on() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.presenter.connection.change()
    assert stage.screen.dialogs.busy
    stage.register()
    assert form_of(stage) is None


def test_secrets_are_in_no_repr() -> None:
    form = LOGIN._replace(password="hush", repeated="sesame")
    assert "sesame" not in repr(form) + repr(AS_ADA)
    assert "hush" not in repr(form) + repr(AS_ADA._replace(password="hush"))


def test_a_failure_before_any_attempt_is_ignored() -> None:
    stage = Stage()
    stage.handle(ConnectionFailed("host", "?"))
    assert form_of(stage) is None


def test_addresses_are_written_with_brackets_where_needed() -> None:
    assert TARGET.server == "chat.example:5000"
    assert Target("::1", 5000, False, "me").server == "[::1]:5000"


def test_a_server_without_a_lobby_says_how_to_go_on() -> None:
    stage = Stage()
    stage.presenter.connection.try_target(TARGET)
    stage.handle(events.ServerNotice(text="Looking up your host", source="srv"))
    stage.register()
    assert stage.screen.enabled
    assert "/join" in stage.screen.hint
    stage.screen.typed = "/jo"
    stage.register(reconnected=True)
    assert stage.screen.typed == "/jo"
    stage.join()
    stage.register(reconnected=True)
    assert stage.screen.hint == "Message #room"


def test_a_nick_that_is_refused_later_is_told_where_one_is() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    refusal = msgspec.structs.replace(rejected(), registering=False)
    stage.handle(refusal)
    assert stage.notes()[-1] == "me: It is taken."
    assert stage.presenter.connection.state == "online"
