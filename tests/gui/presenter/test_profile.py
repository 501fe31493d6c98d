"""What we tell of ourselves: what is sent, and what of it the server takes."""

import pytest

from core.client import events
from core.client.features import Features
from gui.model.accounts import ProfileCard
from tests.gui.presenter.stage import TARGET, Stage

ABLE = Features(profiles=True, setname=True, login=True, account_registration=True)


class Mirror(Stage):
    """On a server that can change everything."""

    def __init__(self, features: Features = ABLE) -> None:
        super().__init__()
        self.presenter.connection.try_target(TARGET)
        self.handle(events.Registered(nick="me", network="", features=features, reconnected=False))
        self.dialog = self.screen.dialogs.account

    def open(self) -> ProfileCard:
        self.presenter.profile.show()
        assert isinstance(self.dialog.question, ProfileCard)
        return self.dialog.question

    def save(self, card: ProfileCard) -> list[tuple[object, ...]]:
        before = len(self.link.session.calls)
        self.presenter.profile.save(card)
        return self.link.session.calls[before:]

    def told(self, **fields: str) -> events.ProfileChanged:
        known = {"display_name": "", "status": "", "avatar": "", "color": "", "homepage": ""}
        return events.ProfileChanged(nick="me", is_self=True, **(known | fields))


def test_what_the_server_can_do_is_what_is_shown() -> None:
    card = Mirror().open()
    assert (card.nick, card.account) == ("me", "")
    assert (card.profiles, card.setname, card.login, card.registration) == (True,) * 4
    assert not card.passwords
    poor = Mirror(Features()).open()
    shown = (poor.profiles, poor.setname, poor.login, poor.registration, poor.passwords)
    assert shown == (False,) * 5
    known = Mirror()
    known.handle(events.LoggedIn(account="Ada"), known.told(display_name="Ada L.", status="Hm"))
    card = known.open()
    assert (card.account, card.display_name, card.status) == ("Ada", "Ada L.", "Hm")
    assert (card.login, card.registration, card.passwords) == (False, False, True)


def test_without_a_connection_there_is_no_profile() -> None:
    stage = Stage()
    stage.presenter.profile.show()
    assert stage.screen.dialogs.account.question is None


def test_saving_nothing_closes_the_dialog() -> None:
    stage = Mirror()
    assert stage.save(stage.open()) == []
    assert not stage.dialog.is_open()


def test_each_change_is_sent_by_its_own_command_and_waited_for() -> None:
    stage = Mirror()
    card = stage.open()._replace(
        nick="ada", display_name="Ada", status="Hm", color="#a695e7", realname="A. King",
        away=True, away_message="lunch",
    )  # fmt: skip
    assert stage.save(card) == [
        ("change_nick", "ada"),
        ("set_profile", "display-name", "Ada"),
        ("set_profile", "status", "Hm"),
        ("set_profile", "color", "#a695e7"),
        ("set_realname", "A. King"),
        ("set_away", "lunch"),
    ]
    assert stage.dialog.busy
    stage.handle(events.NickChanged(old="me", new="ada", is_self=True, rooms=()))
    stage.handle(stage.told(display_name="Ada"))
    stage.handle(stage.told(display_name="Ada", status="Hm"))
    stage.handle(stage.told(display_name="Ada", status="Hm", color="#A695E7"))
    stage.handle(events.UserChanged(nick="ben"), events.UserChanged(nick="ada"))
    assert stage.dialog.is_open()
    stage.handle(events.AwayChanged(nick="ada", away=True, message="", is_self=True))
    assert not stage.dialog.is_open()
    assert stage.open().realname == "A. King"


def test_coming_back() -> None:
    stage = Mirror()
    stage.handle(events.AwayChanged(nick="me", away=True, message="", is_self=True))
    card = stage.open()
    assert card.away
    assert stage.save(card._replace(away=False)) == [("set_away", "")]


def test_what_this_server_cannot_change_is_not_sent() -> None:
    stage = Mirror(Features())
    card = stage.open()._replace(display_name="Ada", realname="A. King")
    assert stage.save(card) == []


@pytest.mark.parametrize(("nick", "said"), [("", "needed"), ("a b", "blanks")])
def test_fields_are_checked_first(nick: str, said: str) -> None:
    stage = Mirror()
    assert stage.save(stage.open()._replace(nick=nick)) == []
    assert said in stage.dialog.errors["nick"]


def test_a_refused_nick_is_told_in_the_dialog_alone() -> None:
    stage = Mirror()
    stage.join()
    stage.save(stage.open()._replace(nick="ada"))
    refused = events.NickRejected(
        nick="ada", sentence="Taken.", numeric="433", suggestion="", registering=False
    )
    stage.handle(refused)
    assert (stage.dialog.errors, stage.dialog.busy) == ({"nick": "Taken."}, False)
    assert stage.notes() == []
    stage.handle(refused)  # nobody waits any more
    assert stage.notes() == ["ada: Taken."]


@pytest.mark.parametrize(
    ("command", "context", "field"),
    [
        ("METADATA", ("*", "status"), "status"),
        ("METADATA", (), "display_name"),
        ("SETNAME", (), "realname"),
    ],
)
def test_a_refused_field_is_told_beside_it(
    command: str, context: tuple[str, ...], field: str
) -> None:
    stage = Mirror()
    stage.join()
    stage.save(stage.open()._replace(display_name="Ada", status="Hm", realname="x"))
    told = events.ErrorReceived(sentence="No.", code="INVALID", command=command, context=context)
    stage.handle(told)
    assert stage.dialog.errors == {field: "No."}
    assert stage.notes() == []
    stage.handle(told)
    assert stage.notes() != []


def test_others_change_nothing_here() -> None:
    stage = Mirror()
    stage.save(stage.open()._replace(nick="ada", status="Hm"))
    stage.handle(events.NickChanged(old="ben", new="ada", is_self=False, rooms=()))
    other = stage.told(status="Hm")
    stage.handle(events.ProfileChanged(**{
        **{name: getattr(other, name) for name in other.__struct_fields__},
        "is_self": False, "nick": "ben",
    }))  # fmt: skip
    assert stage.dialog.busy


def test_saving_without_a_connection() -> None:
    stage = Mirror()
    card = stage.open()
    stage.handle(events.Disconnected(reason="reset", wanted=False))
    assert stage.save(card._replace(nick="ada")) == []
    assert set(stage.dialog.errors) == {""}
