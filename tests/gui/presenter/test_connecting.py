"""The way into a server: the dialog's errors, the banner, the changed certificate."""

import pytest

from core.client import events
from core.client.features import Features
from gui.link import CertificateChanged, Connecting, ConnectionFailed, Target, Waiting
from gui.model.shown import Banner, ConnectForm, TrustQuestion
from gui.presenter.connecting import check
from tests.gui.fakes import FakeVault
from tests.gui.presenter.stage import TARGET, Stage

FORM = ConnectForm(nick="me", host="chat.example", port="5000", tls=True, password="pw")
OFFLINE = events.Disconnected(reason="reset", wanted=False)


def banner(stage: Stage) -> Banner | None:
    return stage.screen.banner


def rejected(numeric: str = "433", suggestion: str = "me_") -> events.NickRejected:
    return events.NickRejected(
        nick="me", sentence="It is taken.", numeric=numeric, suggestion=suggestion,
        registering=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, set()),
        ({"nick": ""}, {"nick"}),
        ({"nick": "a b"}, {"nick"}),
        ({"host": ""}, {"host"}),
        ({"host": "a/b"}, {"host"}),
        ({"port": ""}, {"port"}),
        ({"port": "70000"}, {"port"}),
        ({"port": "٣"}, {"port"}),
        ({"nick": "", "host": "", "port": "x"}, {"nick", "host", "port"}),
    ],
)
def test_fields_are_checked_before_anything_is_sent(
    change: dict[str, str], fields: set[str]
) -> None:
    assert set(check(FORM._replace(**change))) == fields  # type: ignore[arg-type]


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
    assert stage.screen.dialogs.form is None
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
    assert stage.screen.dialogs.errors == {"nick": "It is taken. How about me_?"}
    assert stage.link.calls[-1] == ("close",)


def test_an_invalid_form_without_a_dialog_opens_it() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM._replace(nick="a b"))
    assert stage.screen.dialogs.form is not None
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
    assert stage.screen.dialogs.form is None
    stage.handle(events.RegistrationFailed(sentence="Banned.", numeric="465", permanent=True))
    assert stage.screen.dialogs.errors == {"": "Banned."}


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


def test_cancelling_the_first_dialog_ends_the_program() -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(FORM)
    stage.presenter.connection.cancel()
    assert stage.link.calls[-1] == ("close",)
    assert stage.screen.closed


def test_cancelling_a_later_dialog_goes_back_to_the_chat() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.connection.change()
    stage.presenter.connection.cancel()
    assert stage.screen.dialogs.form is None
    assert not stage.screen.closed
    assert stage.presenter.connection.state == "online"


def test_another_server_replaces_the_first() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.presenter.connection.change()
    other = TARGET._replace(host="other.example")
    stage.presenter.connection.connect(FORM._replace(host="other.example"))
    stage.handle(ConnectionFailed("host", "No."))
    assert stage.screen.keys == ["#room"]
    stage.presenter.connection.cancel()
    assert not stage.screen.closed
    assert banner(stage) == Banner("There is no connection.", True)
    stage.presenter.composer.send("hello?")
    assert (stage.link.said, stage.screen.typed) == ([], "hello?")
    assert stage.notes()[-1] == "There is no connection; this was not sent"
    stage.presenter.connection.retry()
    assert stage.link.calls[-1] == ("open", other)
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert stage.screen.keys == []
    assert stage.screen.shown[0] == ""
    assert stage.online == [TARGET, other]


CHANGED = CertificateChanged("chat.example:5000", "AA:BB", "CC:DD")


def test_a_changed_certificate_is_a_stop_and_no_the_default() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(CHANGED)
    assert stage.screen.dialogs.question == TrustQuestion("chat.example:5000", "AA:BB", "CC:DD")
    stage.presenter.connection.trust(False)
    assert set(stage.screen.dialogs.errors) == {"host"}
    assert ("trust", "chat.example:5000", "CC:DD") not in stage.link.calls
    stage.presenter.connection.trust(True)  # too late: nothing is asked any more
    assert stage.link.calls[-1] == ("close",)


def test_an_accepted_certificate_is_trusted_from_now_on() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(CHANGED)
    stage.presenter.connection.trust(True)
    assert stage.link.calls[-2:] == [("trust", "chat.example:5000", "CC:DD"), ("retry",)]


def test_a_certificate_that_changes_while_reconnecting() -> None:
    stage = Stage()
    stage.register()
    stage.handle(OFFLINE, CHANGED)
    assert stage.screen.banner is not None
    assert stage.screen.banner.text.startswith("The server's certificate has changed.")
    stage.presenter.connection.trust(False)
    assert stage.screen.dialogs.form is None


def test_passwords_come_from_the_keyring_and_go_there() -> None:
    vault = FakeVault()
    vault.set("chat.example:5000", "me", "kept")
    stage = Stage(vault)
    stage.presenter.connection.connect(FORM._replace(password="", remember=True))
    assert stage.link.calls == [("open", TARGET._replace(password="kept"))]
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert vault.get("chat.example:5000", "me") == "kept"
    stage.presenter.connection.connect(FORM._replace(password="new"))
    stage.handle(events.Registered(nick="me", network="", features=Features(), reconnected=False))
    assert vault.get("chat.example:5000", "me") == "kept"


def test_a_failure_before_any_attempt_is_ignored() -> None:
    stage = Stage()
    stage.handle(ConnectionFailed("host", "?"))
    assert stage.screen.dialogs.form is None


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
