"""The dialogs about our account, the profile, and the welcome."""

import tkinter

import pytest

from gui.model.accounts import (
    AccountForm,
    CodeQuestion,
    OwnCard,
    PasswordForm,
    ProfileCard,
    Welcome,
)
from gui.palette import DARK, LIGHT
from gui.theme import Look
from gui.views.accounts import AccountDialog, CodeDialog, PasswordDialog
from gui.views.ownavatar import OwnAvatar
from gui.views.ownprofile import ProfileDialog
from gui.views.welcome import Room, WelcomePane
from tests.gui.fakes import Recorder
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


def nothing() -> None:
    """Cancelled."""


def test_logging_in(look: Look, until: Until) -> None:
    sent: list[AccountForm] = []
    form = AccountForm(False, "me", remember=True, keyring=False)
    dialog = AccountDialog(look, form, sent.append, nothing)
    until(dialog.winfo_viewable)
    assert set(dialog.fields) == {"account", "account_password"}
    dialog.fields["account"].fill("ada")
    dialog.fields["account_password"].fill("sesame")
    dialog.submit()
    assert sent == [AccountForm(False, "ada", "sesame", keyring=False)]


@pytest.mark.parametrize("email", [False, True])
def test_making_an_account(look: Look, until: Until, email: bool) -> None:
    sent: list[AccountForm] = []
    form = AccountForm(True, "me", email_required=email, remember=True)
    dialog = AccountDialog(look, form, sent.append, nothing)
    until(dialog.winfo_viewable)
    assert bool(dialog.fields["email"].winfo_ismapped()) == email
    assert "readonly" in dialog.fields["account"].entry.state()
    for name, text in (("account_password", "fern"), ("repeated", "moss"), ("email", "a@b.c")):
        dialog.fields[name].fill(text)
    dialog.submit()
    assert sent == [form._replace(account_password="fern", repeated="moss", email="a@b.c")]
    dialog.show_errors({"email": "Hm."})
    until(lambda: dialog.fields["email"].winfo_ismapped())


def test_the_code(look: Look, until: Until) -> None:
    sent: list[str] = []
    dialog = CodeDialog(look, CodeQuestion("ada", "Read your mail."), sent.append, nothing)
    until(dialog.winfo_viewable)
    dialog.fields["code"].fill(" 1234 ")
    dialog.submit()
    assert sent == ["1234"]


def test_the_password(look: Look, until: Until) -> None:
    sent: list[PasswordForm] = []
    closed: list[bool] = []
    dialog = PasswordDialog(look, PasswordForm("ada"), sent.append, lambda: closed.append(True))
    until(dialog.winfo_viewable)
    for name in ("old", "new", "repeated"):
        dialog.fields[name].fill(name)
    dialog.submit()
    assert sent == [PasswordForm("ada", "old", "new", "repeated")]
    dialog.show_done("Your password is changed.")
    dialog.update()
    assert dialog.done is not None
    assert dialog.done.winfo_ismapped()
    assert not any(field.winfo_ismapped() for field in dialog.fields.values())
    assert not dialog.yes.winfo_ismapped()
    dialog.no.invoke()
    assert closed == [True]


FULL = ProfileCard(
    "ada", "ada", "Ada Lovelace", "Hm", LIGHT.avatars[1], "A. King", False, "", True, True, True
)  # fmt: skip


def test_the_profile_shows_what_the_server_can_do(look: Look, until: Until) -> None:
    profile, account = Recorder(), Recorder()
    dialog = ProfileDialog(look, FULL, profile, account)  # type: ignore[arg-type]
    until(dialog.winfo_viewable)
    assert set(dialog.fields) == {"nick", "display_name", "status", "realname", "away"}
    assert dialog.card() == FULL
    assert not dialog.fields["away"].winfo_ismapped()
    dialog.fields["status"].fill("Elsewhere")
    dialog.submit()
    assert profile.calls == [("save", FULL._replace(status="Elsewhere"))]
    poor = ProfileDialog(look, ProfileCard("me", ""), profile, account)  # type: ignore[arg-type]
    until(poor.winfo_viewable)
    assert set(poor.fields) == {"nick", "away"}


def test_a_colour_is_chosen_by_click_and_by_key(look: Look, until: Until) -> None:
    dialog = ProfileDialog(look, FULL, Recorder(), Recorder())  # type: ignore[arg-type]
    until(dialog.winfo_viewable)
    swatches = dialog._swatches
    assert swatches is not None
    swatches.event_generate("<Button-1>", x=look.px(36 * 3 + 18), y=10)
    assert dialog.card().color == DARK.avatars[2]
    swatches.focus_force()
    swatches.update()
    swatches.event_generate("<Left>")
    assert dialog.card().color == DARK.avatars[1]
    swatches.event_generate("<Button-1>", x=5, y=10)
    assert dialog.card().color == ""
    dialog.show_busy(True)
    swatches.event_generate("<Right>")
    assert dialog.card().color == ""


def test_the_welcome_lies_over_everything_or_over_the_messages(
    root: tkinter.Tk, look: Look, until: Until
) -> None:
    inside = tkinter.Frame(root, width=300, height=200)
    inside.pack(anchor="se", side="bottom")
    pressed: list[str] = []
    pane = WelcomePane(root, look, inside, pressed.append)
    pane.show(Welcome("Welcome", "A sentence.", "Connect…", "connect", whole=True))
    until(lambda: pane.winfo_width() == root.winfo_width())
    pane.button.invoke()
    pane.show(Welcome("Nothing is open", "A sentence.", "Join…", "join", whole=False))
    until(lambda: pane.winfo_width() == inside.winfo_width())
    pane.button.invoke()
    assert pressed == ["connect", "join"]
    pane.show(Welcome("Welcome", "Connecting…", "", "connect", whole=True))
    until(lambda: not pane.button.winfo_ismapped())
    look.change(LIGHT, 1.5)
    pane.show(None)
    until(lambda: not pane.winfo_ismapped())


def test_the_welcome_makes_room_for_the_connection_dialog(
    root: tkinter.Tk, look: Look, until: Until
) -> None:
    pane = WelcomePane(root, look, root, lambda action: None)
    assert pane.make_room(True) == Room()  # nothing is shown
    pane.make_room(False)
    pane.show(Welcome("Welcome", "A sentence.", "Connect…", "connect", whole=True))
    until(lambda: pane.winfo_width() == root.winfo_width() and pane.button.winfo_ismapped())
    middle = pane.button.winfo_rootx()
    assert pane.make_room(True).middle > 0.5
    until(lambda: not pane.button.winfo_ismapped())
    assert pane.make_room(False) == Room()
    until(lambda: pane.button.winfo_ismapped() and pane.button.winfo_rootx() == middle)
    root.geometry("700x500")
    until(lambda: pane.winfo_width() == 700)
    assert pane.make_room(True) == Room()  # low, too
    pane.make_room(False)
    root.geometry("700x700")
    until(lambda: pane.winfo_height() == 700)
    room = pane.make_room(True)
    assert room.middle == 0.5
    words = [one for one in pane.winfo_children()[0].winfo_children() if one.winfo_ismapped()]
    bottom = max(one.winfo_rooty() + one.winfo_height() for one in words)
    assert bottom - pane.winfo_rooty() <= room.below


def test_our_avatar_opens_the_profile(root: tkinter.Tk, look: Look, until: Until) -> None:
    opened: list[bool] = []
    avatar = OwnAvatar(root, look, lambda: opened.append(True))
    avatar.pack()
    root.update()
    assert not avatar.label.winfo_ismapped()
    avatar.show(OwnCard("ada", name="Ada Lovelace"))
    until(avatar.label.winfo_ismapped)
    avatar.label.event_generate("<Button-1>")
    avatar.label.focus_force()
    root.update()
    avatar.label.event_generate("<Return>")
    assert len(opened) == 2
    look.change(LIGHT, 1.5)
    assert avatar.label.winfo_ismapped()
