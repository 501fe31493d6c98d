"""Our account: made, logged in to, left; its password changed.  Whose answer is whose."""

from collections.abc import Callable

import pytest

from core.client import events
from core.client.features import Features
from gui.link import Connecting
from gui.model.accounts import (
    AccountForm,
    AccountOffers,
    CodeQuestion,
    OwnCard,
    PasswordForm,
    Welcome,
)
from gui.model.shown import ConnectForm
from tests.gui.fakes import FakeVault
from tests.gui.presenter.stage import TARGET, Stage

ABLE = Features(login=True, account_registration=True)
CREATE = ConnectForm(
    nick="me", host="chat.example", port="5000", password="pw", way="create",
    account_password="fern-moss", repeated="fern-moss", remember=True,
)  # fmt: skip
MADE = events.AccountRegistered(account="me")
OFFLINE = events.Disconnected(reason="reset", wanted=False)


def refusal(command: str, code: str, *context: str) -> events.ErrorReceived:
    return events.ErrorReceived(sentence="No.", code=code, command=command, context=context)


def notice(text: str, nick: str = "NickServ") -> events.MessageReceived:
    return events.MessageReceived(
        conversation=nick.lower(), nick=nick, text=text, time=1.0, kind="notice"
    )


class Inside(Stage):
    """On a server as a guest; with `account` logged in."""

    def __init__(self, features: Features = ABLE, account: str = "") -> None:
        self.vault = FakeVault()
        super().__init__(self.vault)
        self.presenter.connection.try_target(TARGET)
        self.come_in(features)
        if account:
            self.handle(events.LoggedIn(account=account))
        self.dialog = self.screen.dialogs.account
        self.account = self.presenter.account

    def come_in(self, features: Features, *, reconnected: bool = False) -> None:
        self.handle(
            events.Registered(nick="me", network="Net", features=features, reconnected=reconnected)
        )


class AtTheDoor(Stage):
    """The connection dialog asks for a new account, and the server lets us in as a guest."""

    def __init__(self, features: Features = ABLE, form: ConnectForm = CREATE) -> None:
        self.vault = FakeVault()
        super().__init__(self.vault)
        self.presenter.connection.change()
        self.presenter.connection.connect(form)
        assert self.link.calls == [("open", TARGET)]
        self.handle(
            Connecting(TARGET),
            events.Registered(nick="me", network="", features=features, reconnected=False),
        )
        self.dialogs = self.screen.dialogs


def registering(stage: Stage) -> list[tuple[object, ...]]:
    return [call for call in stage.link.session.calls if call[0] == "register_account"]


# --- a new account, from the connection dialog -------------------------------------------


def test_a_new_account_needs_a_connection_first() -> None:
    stage = AtTheDoor()
    assert registering(stage) == [("register_account", "fern-moss", "")]
    assert stage.dialogs.connection_dialog_open()
    assert stage.dialogs.busy
    stage.handle(MADE)
    assert not stage.dialogs.connection_dialog_open()
    assert stage.chat.account == "me"
    assert stage.vault.get("chat.example:5000", "me") == "fern-moss"
    assert [target.account for target in stage.online] == ["", "me"]
    assert stage.presenter.connection.form.known[0].account == "me"
    target = stage.presenter.connection.target
    assert target is not None
    assert target.account_password == "fern-moss"


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("WEAK_PASSWORD", "account_password"),
        ("UNACCEPTABLE_EMAIL", "email"),
        ("ACCOUNT_EXISTS", "nick"),
        ("TEMPORARILY_UNAVAILABLE", ""),
    ],
)
def test_a_refused_account_is_told_beside_its_field_and_can_be_tried_again(
    code: str, field: str
) -> None:
    stage = AtTheDoor()
    stage.handle(refusal("REGISTER", code, "me"))
    assert stage.dialogs.errors == {field: "No."}
    assert not stage.dialogs.busy
    assert stage.notes() == []
    better = CREATE._replace(account_password="much longer", repeated="much longer")
    stage.presenter.connection.connect(better)
    assert stage.link.calls == [("open", TARGET)]  # we are in already
    assert registering(stage)[1:] == [("register_account", "much longer", "")]


def test_a_server_without_accounts_says_so_and_the_guest_stays() -> None:
    stage = AtTheDoor(Features())
    assert registering(stage) == []
    assert set(stage.dialogs.errors) == {"way"}
    assert stage.presenter.connection.state == "online"
    stage.presenter.connection.connect(CREATE._replace(way="guest"))
    assert not stage.dialogs.connection_dialog_open()
    assert stage.link.calls == [("open", TARGET)]


def test_an_address_is_asked_for_once_the_server_wants_one() -> None:
    required = Features(account_registration=True, email_required=True)
    stage = AtTheDoor(required)
    assert set(stage.dialogs.errors) == {"email"}
    assert registering(stage) == []
    stage.presenter.connection.connect(CREATE._replace(email="me@example.org"))
    assert registering(stage) == [("register_account", "fern-moss", "me@example.org")]


@pytest.mark.parametrize("what", ["login", "create", "change", "door"])
def test_passwords_on_a_connection_in_the_clear_are_warned_of(what: str) -> None:
    stage = Inside(account="me" if what == "change" else "")
    stage.presenter.connection.target = TARGET._replace(tls=False, password="")
    deeds: dict[str, Callable[[], None]] = {
        "login": lambda: stage.account.submit(AccountForm(False, "me", "fern-moss")),
        "create": lambda: stage.account.submit(AccountForm(True, "me", "fern-moss", "fern-moss")),
        "change": lambda: stage.account.change_password(PasswordForm("me", "a", "b", "b")),
        "door": lambda: stage.account.enter(CREATE),
    }
    deed, field = deeds[what], "new" if what == "change" else "account_password"

    def asked() -> int:
        return len(stage.link.calls) + len(stage.link.session.calls)

    before = asked()
    deed()
    errors = stage.screen.dialogs.errors if what == "door" else stage.dialog.errors
    assert "can read the password" in errors[field]
    assert asked() == before
    deed()
    assert asked() == before + 1


def test_two_different_passwords_are_not_sent() -> None:
    stage = Stage()
    stage.presenter.connection.change()
    stage.presenter.connection.connect(CREATE._replace(repeated="fern-mos"))
    assert set(stage.screen.dialogs.errors) == {"repeated"}
    assert stage.link.calls == []


def test_cancelling_a_refused_account_leaves_the_guest_in_the_chat() -> None:
    stage = AtTheDoor()
    stage.handle(refusal("REGISTER", "WEAK_PASSWORD"))
    stage.presenter.connection.cancel()
    assert not stage.dialogs.connection_dialog_open()
    assert stage.presenter.connection.state == "online"
    assert stage.link.calls == [("open", TARGET)]


def test_a_code_is_asked_for() -> None:
    stage = AtTheDoor()
    stage.handle(events.VerificationRequired(account="me", sentence="Read your mail."))
    account = stage.dialogs.account
    assert not stage.dialogs.connection_dialog_open()
    assert account.question == CodeQuestion("me", "Read your mail.")
    stage.presenter.account.verify("  ")
    assert set(account.errors) == {"code"}
    stage.presenter.account.verify(" 1234 ")
    assert stage.link.session.calls[-1] == ("verify_account", "me", "1234")
    assert account.busy
    stage.handle(refusal("VERIFY", "INVALID_CODE"))
    assert (account.errors, account.busy) == ({"code": "No."}, False)
    stage.presenter.account.verify("1235")
    stage.handle(MADE)
    assert not account.is_open()
    assert stage.vault.get("chat.example:5000", "me") == "fern-moss"


# --- on a running connection --------------------------------------------------------------


def test_the_menu_offers_what_there_is() -> None:
    guest = Inside()
    assert guest.account.offers() == AccountOffers(True, True, True, False)
    assert Inside(account="ada").account.offers() == AccountOffers(True, False, False, True)
    assert Inside(Features()).account.offers() == AccountOffers(True)
    guest.handle(OFFLINE)
    assert guest.account.offers() == AccountOffers()


def test_making_an_account_later() -> None:
    stage = Inside(Features(account_registration=True, email_required=True))
    stage.account.ask_registration()
    form = stage.dialog.question
    assert isinstance(form, AccountForm)
    assert (form.creating, form.account, form.email_required) == (True, "me", True)
    filled = form._replace(account_password="fern-moss", repeated="fern-moss")
    stage.account.submit(filled)
    assert set(stage.dialog.errors) == {"email"}
    stage.account.submit(filled._replace(email="me@example.org", remember=False))
    assert stage.dialog.busy
    stage.handle(refusal("REGISTER", "WEAK_PASSWORD"))
    assert stage.dialog.errors == {"account_password": "No."}
    stage.account.submit(filled._replace(email="me@example.org", remember=False))
    stage.handle(MADE)
    assert not stage.dialog.is_open()
    assert stage.vault.get("chat.example:5000", "me") == ""
    assert stage.screen.entrance.own == OwnCard("me", "me", name="me")


def test_logging_in_later() -> None:
    stage = Inside()
    stage.account.ask_login()
    form = stage.dialog.question
    assert isinstance(form, AccountForm)
    assert (form.creating, form.account, form.keyring) == (False, "me", True)
    stage.account.submit(form)
    assert set(stage.dialog.errors) == {"account_password"}
    filled = form._replace(account="ada", account_password="sesame", remember=True)
    stage.account.submit(filled._replace(account_password="simsim"))
    assert stage.link.calls[-1] == ("log_in", "ada", "simsim")
    wrong = events.LoginFailed(account="ada", sentence="Wrong.", code="904", ends=False)
    stage.handle(wrong)
    assert (stage.dialog.errors, stage.dialog.busy) == ({"account_password": "Wrong."}, False)
    assert stage.screen.banner is None
    assert stage.link.session.calls[-1] == ("keep_login", "", "")  # not again by itself
    stage.account.submit(filled)
    stage.handle(events.LoggedIn(account="Ada"))
    assert not stage.dialog.is_open()
    assert stage.chat.account == "Ada"
    assert stage.vault.get("chat.example:5000", "Ada") == "sesame"
    assert stage.online[-1].account == "Ada"


def test_a_login_the_server_does_not_answer_for_reasons_of_its_own() -> None:
    stage = Inside()
    stage.account.submit(AccountForm(False, "ada", "sesame"))
    stage.handle(refusal("AUTHENTICATE", ""))
    assert stage.dialog.errors == {"": "No."}


def test_a_connection_that_breaks_answers_the_dialog() -> None:
    stage = Inside()
    stage.account.ask_login()
    stage.account.submit(AccountForm(False, "ada", "sesame"))
    stage.handle(OFFLINE)
    assert set(stage.dialog.errors) == {""}
    assert not stage.dialog.busy
    calls = len(stage.link.calls)
    stage.account.submit(AccountForm(False, "ada", "sesame"))
    assert set(stage.dialog.errors) == {""}
    assert len(stage.link.calls) == calls


def test_what_nobody_asked_for_goes_where_it_always_went() -> None:
    stage = Inside()
    stage.join()
    stage.handle(refusal("REGISTER", "WEAK_PASSWORD"))
    assert stage.notes()[-1] == "No."
    stage.handle(notice("psst"))
    assert "nickserv" in stage.screen.keys


def test_a_closed_dialog_waits_for_nothing() -> None:
    stage = Inside()
    stage.join()
    stage.account.ask_registration()
    stage.account.submit(AccountForm(True, "me", "fern-moss", "fern-moss"))
    stage.account.dismissed()
    assert not stage.dialog.is_open()
    stage.handle(refusal("REGISTER", "WEAK_PASSWORD"))
    assert stage.dialog.errors == {}
    assert stage.notes()[-1] == "No."


def test_being_logged_out_by_the_server() -> None:
    stage = Inside(account="ada")
    stage.handle(events.LoggedOut())
    assert stage.chat.account == ""


# --- the password -------------------------------------------------------------------------

CHANGE = PasswordForm("ada", "old", "new one".replace(" ", "-"), "new-one")


def test_changing_the_password() -> None:
    stage = Inside(account="ada")
    stage.vault.set("chat.example:5000", "", "x")
    stage.account.ask_password()
    assert stage.dialog.question == PasswordForm("ada")
    stage.account.change_password(CHANGE._replace(old=""))
    assert set(stage.dialog.errors) == {"old"}
    stage.account.change_password(CHANGE._replace(new="a b", repeated="a b"))
    assert set(stage.dialog.errors) == {"new"}
    stage.account.change_password(CHANGE)
    assert stage.link.session.calls == [("send_command", "NICKSERV", ["PASSWD old new-one"])]
    assert stage.dialog.busy
    stage.handle(notice("Somebody else", nick="ben"))
    assert stage.dialog.busy
    stage.handle(notice("Your password is changed."))
    assert stage.dialog.done == "Your password is changed."
    assert "nickserv" not in stage.screen.keys
    assert stage.link.session.calls[-1] == ("keep_login", "ada", "new-one")
    target = stage.presenter.connection.target
    assert target is not None
    assert target.account_password == "new-one"


@pytest.mark.parametrize("kept", [False, True])
def test_a_new_password_is_kept_where_the_old_one_was(kept: bool) -> None:
    stage = Inside(account="ada")
    stage.presenter.connection.became("ada", "old", kept)
    stage.account.change_password(CHANGE)
    stage.handle(notice("Your password is changed."))
    assert stage.vault.get("chat.example:5000", "ada") == ("new-one" if kept else "")


@pytest.mark.parametrize(
    ("text", "field"),
    [("The old password is wrong.", "old"), ("A password has at least 8 characters.", "new")],
)
def test_a_refused_password_is_told_beside_its_field(text: str, field: str) -> None:
    stage = Inside(account="ada")
    stage.account.change_password(CHANGE)
    stage.handle(notice(text))
    assert stage.dialog.errors == {field: text}
    assert not stage.dialog.busy


def test_a_server_without_the_service() -> None:
    stage = Inside(account="ada")
    stage.account.change_password(CHANGE)
    stage.handle(refusal("NICKSERV", "421", "NICKSERV"))
    assert set(stage.dialog.errors) == {""}


# --- leaving ------------------------------------------------------------------------------


def test_logging_out_forgets_and_asks_who_comes_next() -> None:
    stage = Inside()
    stage.presenter.connection.became("ada", "sesame", True)
    stage.join()
    assert stage.vault.get("chat.example:5000", "ada") == "sesame"
    stage.account.log_out()
    assert stage.link.session.calls[-1][0] == "quit"
    assert stage.link.calls[-1] == ("close",)
    assert stage.vault.get("chat.example:5000", "ada") == ""
    assert stage.screen.keys == []
    assert stage.screen.entrance.own.nick == ""
    form = stage.screen.dialogs.form
    assert form is not None
    assert (form.way, form.account, form.account_password, form.kept) == ("login", "ada", "", False)
    stage.presenter.connection.cancel()
    assert stage.screen.dialogs.form is None
    assert isinstance(stage.screen.entrance.welcome, Welcome)
    assert stage.link.calls[-1] == ("close",)


def test_secrets_are_in_no_repr() -> None:
    assert "fern" not in repr(AccountForm(True, "me", "fern-moss", "fern-moss"))
    assert "new-one" not in repr(CHANGE)
