"""What the window shows while no conversation is open."""

from gui.model.accounts import OwnCard
from tests.gui.presenter.stage import TARGET, Stage


def test_the_first_start_is_no_blank_window() -> None:
    stage = Stage()
    welcome = stage.screen.entrance.welcome
    assert welcome is not None
    assert (welcome.whole, welcome.action) == (True, "connect")
    assert welcome.button


def test_while_the_first_attempt_goes_on_there_is_nothing_to_press() -> None:
    stage = Stage()
    stage.presenter.connection.try_target(TARGET)
    welcome = stage.screen.entrance.welcome
    assert welcome is not None
    assert "chat.example:5000" in welcome.sentence
    assert not welcome.button


def test_on_a_server_the_next_step_is_a_room() -> None:
    stage = Stage()
    stage.register()
    welcome = stage.screen.entrance.welcome
    assert welcome is not None
    assert (welcome.whole, welcome.action) == (False, "join")
    stage.join()
    assert stage.screen.entrance.welcome is None
    assert stage.screen.entrance.own == OwnCard("me", name="me")
