"""What is wrong with a filled dialog, and what should not go out in the clear."""

import pytest

from gui.model.accounts import AccountForm, KnownServer
from gui.model.shown import ConnectForm
from gui.presenter.forms import check, check_account
from tests.gui.fakes import FakeVault
from tests.gui.presenter.stage import Stage

FORM = ConnectForm(nick="me", host="chat.example", port="5000", tls=True, password="pw")


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


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (AccountForm(False, "", "pw"), "account"),
        (AccountForm(False, "a b", "pw"), "account"),
        (AccountForm(False, "me", ""), "account_password"),
        (AccountForm(True, "me", "", ""), "account_password"),
        (AccountForm(True, "me", "pw", "wp"), "repeated"),
        (AccountForm(True, "me", "pw", "pw", "", True), "email"),
    ],
)
def test_what_is_wrong_with_an_account_is_told_before_it_is_sent(
    form: AccountForm, field: str
) -> None:
    assert set(check_account(form)) == {field}


def test_an_account_has_no_blanks_in_the_connection_dialog_either() -> None:
    assert set(check(FORM._replace(way="login", account="a b"))) == {"account"}


# --- in the clear -------------------------------------------------------------------------


CLEAR = FORM._replace(tls=False)
SAFE_BEFORE = (KnownServer("chat.example", 5000, True, "me", ""),)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (CLEAR, "can read the password"),
        (CLEAR._replace(password="", way="login", account_password="x"), "can read the password"),
        (
            CLEAR._replace(password="", way="create", account_password="x", repeated="x"),
            "can read the password",
        ),
        (CLEAR._replace(password="", known=SAFE_BEFORE), "was encrypted before"),
    ],
)
@pytest.mark.parametrize("opened", [True, False])
def test_what_would_go_in_the_clear_is_warned_of_once(
    form: ConnectForm, said: str, opened: bool
) -> None:
    stage = Stage()
    if opened:
        stage.presenter.connection.change()
    stage.presenter.connection.connect(form)
    assert stage.link.calls == []
    assert said in stage.screen.dialogs.errors["tls"]
    stage.presenter.connection.connect(form)
    assert [call[0] for call in stage.link.calls] == ["open"]


@pytest.mark.parametrize(
    "form",
    [
        FORM,
        CLEAR._replace(host="localhost"),
        CLEAR._replace(host="::1", password="", way="login", account_password="x"),
        CLEAR._replace(password=""),
        CLEAR._replace(password="", port="5001", known=SAFE_BEFORE),
    ],
)
def test_what_nobody_can_read_needs_no_warning(form: ConnectForm) -> None:
    stage = Stage()
    stage.presenter.connection.connect(form)
    assert [call[0] for call in stage.link.calls] == ["open"]


def test_a_kept_password_does_not_go_in_the_clear_unasked() -> None:
    vault = FakeVault()
    vault.set("chat.example:5000", "me", "kept")
    stage = Stage(vault)
    stage.presenter.connection.connect(CLEAR._replace(password="", way="login"))
    assert stage.link.calls == []
    shown = stage.screen.dialogs.form
    assert shown is not None
    assert shown.account_password == ""
