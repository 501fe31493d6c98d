"""The connection dialog: which fields there are, what they begin with, keys, errors, waiting."""

import tkinter

import pytest

from gui.model.accounts import KnownServer
from gui.model.shown import ConnectForm
from gui.palette import LIGHT
from gui.theme import Look
from gui.views import popup
from gui.views.connect import ConnectDialog
from gui.views.controls import Field
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window

FORM = ConnectForm(nick="me", host="chat.example", port="6697", remember=True)
LOGIN = FORM._replace(way="login", account="ada")


class Desk:
    """Opens dialogs and keeps what they send."""

    def __init__(self, look: Look, until: Until) -> None:
        self._look, self._until = look, until
        self.sent: list[ConnectForm] = []
        self.cancelled = 0

    def open(self, form: ConnectForm = FORM) -> ConnectDialog:
        dialog = ConnectDialog(self._look, form, self.sent.append, self._cancel)
        self._until(dialog.winfo_viewable)
        return dialog

    def _cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def desk(look: Look, until: Until) -> Desk:
    return Desk(look, until)


def shown(field: tkinter.Widget) -> bool:
    field.update()
    return bool(field.winfo_ismapped())


def visible(dialog: ConnectDialog) -> set[str]:
    return {name for name, field in dialog.fields.items() if shown(field)}


def put(field: Field, text: str) -> None:
    field.entry.focus_force()
    field.update()
    field.fill(text)
    field.entry.event_generate("<KeyRelease>", keysym="a")


def press(dialog: ConnectDialog, widget: tkinter.Misc, key: str) -> None:
    widget.focus_force()
    dialog.update()
    widget.event_generate(key)


def test_each_way_has_its_fields(desk: Desk) -> None:
    dialog = desk.open()
    always = {"nick", "host", "port"}
    assert visible(dialog) == always
    assert dialog.yes.cget("text") == "Connect"
    dialog.ways["login"].invoke()
    assert visible(dialog) == always | {"account", "account_password"}
    assert dialog.yes.cget("text") == "Log in"
    dialog.ways["create"].invoke()
    assert visible(dialog) == always | {"account_password", "repeated"}
    assert dialog.yes.cget("text") == "Create account"
    dialog.show_errors({"email": "This server wants an e-mail address."})
    assert "email" in visible(dialog)
    dialog.ways["guest"].invoke()
    assert visible(dialog) == always


def test_what_it_sends(desk: Desk) -> None:
    dialog = desk.open()
    assert dialog.form() == FORM
    dialog.ways["login"].invoke()
    put(dialog.fields["account"], "ada")
    dialog.fields["account_password"].fill(" se same ")
    expected = FORM._replace(way="login", account="ada", account_password=" se same ")
    assert dialog.form() == expected
    dialog.ways["create"].invoke()
    assert dialog.form() == expected._replace(way="create", account="")
    dialog.ways["guest"].invoke()
    assert dialog.form() == FORM


def test_the_account_follows_the_nickname_until_it_is_named(desk: Desk) -> None:
    dialog = desk.open(FORM._replace(way="login"))
    assert dialog.value("account") == "me"
    put(dialog.fields["nick"], "ada")
    assert dialog.value("account") == "ada"
    assert dialog.form().account == ""
    put(dialog.fields["account"], "lovelace")
    put(dialog.fields["nick"], "adele")
    assert dialog.form().account == "lovelace"


def test_return_connects_from_every_field_and_escape_cancels(desk: Desk) -> None:
    dialog = desk.open(LOGIN)
    for name in visible(dialog):
        before = len(desk.sent)
        press(dialog, dialog.fields[name].entry, "<Return>")
        assert len(desk.sent) == before + 1, name
    press(dialog, dialog.tls, "<Return>")
    press(dialog, dialog.ways["login"], "<Return>")
    assert len(desk.sent) == 7
    press(dialog, dialog, "<Escape>")
    assert desk.cancelled == 1


def test_errors_stand_beside_their_fields(desk: Desk) -> None:
    dialog = desk.open()
    said = {"nick": "Taken.", "tls": "No TLS.", "way": "No accounts.", "": "Hm."}
    dialog.show_errors(said, {"nick": "me_"})
    assert {name: dialog.problem(name) for name in said} == said
    assert "invalid" in dialog.fields["nick"].entry.state()
    assert dialog.problem("port") == ""
    dialog.offers["nick"].invoke()
    assert dialog.value("nick") == "me_"
    assert dialog.problem("nick") == ""
    press(dialog, dialog.fields["nick"].entry, "<Return>")
    assert dialog.problem("tls") == ""
    assert desk.sent[-1].nick == "me_"


def test_an_error_of_a_hidden_field_is_shown_all_the_same(desk: Desk) -> None:
    dialog = desk.open()
    assert not shown(dialog.fields["password"])
    dialog.show_errors({"password": "The password is wrong."})
    assert shown(dialog.fields["password"])
    dialog.show_errors({"somewhere": "Else."})
    assert dialog.problem("") == "Else."


def test_while_it_waits_everything_but_cancel_rests(desk: Desk) -> None:
    dialog = desk.open(LOGIN)
    dialog.show_busy(True)
    for widget in (dialog.yes, dialog.tls, *dialog.ways.values()):
        assert "disabled" in widget.state()
    assert all("disabled" in field.entry.state() for field in dialog.fields.values())
    dialog.submit()
    assert desk.sent == []
    dialog.no.invoke()
    assert desk.cancelled == 1
    dialog.show_busy(False)
    assert "disabled" not in dialog.fields["host"].entry.state()
    dialog.submit()
    assert len(desk.sent) == 1


def test_a_tab_that_follows_at_once_finds_the_fields_of_the_way(desk: Desk) -> None:
    dialog = desk.open()
    dialog.ways["guest"].focus_force()
    dialog.update()
    dialog.ways["create"].invoke()
    following = dialog.ways["create"].tk_focusNext()
    assert following is dialog.fields["account_password"].entry


def test_return_held_down_sends_once_and_cancels_nothing(desk: Desk, until: Until) -> None:
    dialog = desk.open()
    entry = dialog.fields["port"].entry
    press(dialog, entry, "<Return>")
    dialog.show_busy(True)
    for _ in range(3):
        until(lambda: dialog.focus_get() is not entry)
        focused = dialog.focus_get()
        assert focused is not None
        focused.event_generate("<Return>")
    assert (len(desk.sent), desk.cancelled) == (1, 0)
    dialog.show_busy(False)
    until(lambda: dialog.focus_get() is entry)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (FORM, "nick"),
        (FORM._replace(host=""), "host"),
        (LOGIN, "account_password"),
        (LOGIN._replace(kept=True), "nick"),
        (LOGIN._replace(nick=""), "nick"),
    ],
)
def test_the_focus_is_where_something_is_missing(
    desk: Desk, until: Until, form: ConnectForm, name: str
) -> None:
    dialog = desk.open(form)
    dialog.focus_force()
    dialog.come_back()
    until(lambda: dialog.focus_get() is dialog.fields[name].entry)


def words(dialog: ConnectDialog) -> list[str]:
    """What is written in the rows that can be seen."""
    dialog.update()
    return [
        str(one.cget("text"))
        for one in dialog.body.winfo_children()
        if one.winfo_ismapped() and "text" in (one.keys() or ())
    ]


@pytest.mark.parametrize("way", ["guest", "login", "create"])
@pytest.mark.parametrize("keyring", [True, False])
def test_without_a_keyring_there_is_nothing_to_remember(
    desk: Desk, keyring: bool, way: str
) -> None:
    dialog = desk.open(FORM._replace(keyring=keyring))
    dialog.ways[way].invoke()
    said = " ".join(words(dialog))
    assert ("Remember" in said) == (keyring and way != "guest")
    assert ("asked each time" in said) == (not keyring and way != "guest")
    assert dialog.form().remember == keyring


def test_a_kept_password_is_said_to_be_there_while_it_is_the_same_account(desk: Desk) -> None:
    dialog = desk.open(LOGIN._replace(kept=True))
    assert any("your keyring has it" in one for one in words(dialog))
    put(dialog.fields["account"], "bob")
    assert not any("your keyring has it" in one for one in words(dialog))


def test_servers_of_before_can_be_picked(desk: Desk, look: Look) -> None:
    known = (
        KnownServer("chat.example", 6697, True, "me", ""),
        KnownServer("::1", 5000, False, "ada", "lovelace"),
    )
    dialog = desk.open(FORM._replace(known=known))
    choices = dialog.server.choices()
    assert [one.label for one in choices] == ["me at chat.example:6697", "lovelace at [::1]:5000"]
    press(dialog, dialog.server.entry, "<Down>")
    menu = popup.current(look.root)
    assert menu is not None
    menu.unpost()
    choices[1].command()
    form = dialog.form()
    assert (form.host, form.port, form.tls) == ("::1", "5000", False)
    assert (form.nick, form.way, form.account) == ("ada", "login", "lovelace")


def test_tls_follows_the_server_until_it_is_chosen(desk: Desk) -> None:
    dialog = desk.open(ConnectForm("me", "localhost", "5000", False))

    def enter(name: str) -> bool:
        put(dialog.fields["host"], name)
        return dialog.form().tls

    assert enter("chat.example")
    assert not enter("127.0.0.1")
    dialog.tls.invoke()
    assert enter("127.0.0.1")
    dialog.tls.invoke()
    assert not enter("chat.example")


def test_an_open_dialog_takes_another_look(desk: Desk, look: Look) -> None:
    dialog = desk.open(LOGIN._replace(way="create"))
    look.change(LIGHT, 1.5)
    dialog.update()
    assert dialog.cget("background") == LIGHT.side
    dialog.destroy()
    look.change(LIGHT, 1.0)
