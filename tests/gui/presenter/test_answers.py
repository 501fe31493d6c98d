"""Where the server's own words go."""

from core.client import events
from tests.gui.presenter.stage import Stage


def test_the_server_has_a_conversation_of_its_own_that_is_quiet() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.MotdReceived(text=""), events.MotdReceived(text="Wel\x02come"))
    assert stage.screen.keys == ["*"]
    assert [one.text for one in stage.chat.conversations["*"].timeline.messages] == ["Welcome"]
    assert stage.chat.open is None  # the welcome with its next step is there
    assert stage.screen.entrance.welcome is not None
    stage.presenter.composer.send("/help nonsense")  # an answer has to be seen
    assert stage.screen.header.title == "Net"
    assert stage.screen.texts[-1] == "There is no command /nonsense"
    stage.join()
    assert stage.chat.current == "#room"
    stage.handle(events.ServerNotice(text="restart at noon", source="srv"))
    row = next(row for row in stage.screen.rows if row.key == "*")
    assert (row.unread, row.quiet) == (1, True)
    assert stage.chat.unread() == 0
    stage.presenter.conversations.open("*")
    assert stage.chat.conversations["*"].unread == 0
    stage.handle(events.ServerNotice(text="restarting", source="srv"))
    assert stage.chat.conversations["*"].unread == 0


def test_replies_are_said_where_one_is() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.handle(events.ServerNotice(text="parlor 1.0", source="srv", code="351"))
    assert stage.notes() == ["parlor 1.0"]
    stage.handle(
        events.Disconnected(reason="gone", wanted=False),
        events.ServerNotice(text="hello", source="srv", code="020"),
    )
    assert stage.notes() == ["parlor 1.0"]
    assert [one.text for one in stage.chat.conversations["*"].timeline.messages] == ["hello"]


def test_services_write_in_conversations_of_their_own() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.handle(stage.said("You are logged in.", nick="NickServ", room="nickserv", kind="notice"))
    assert stage.chat.conversations["nickserv"].unread == 1
    assert stage.notes() == []
