"""What is meant while it is typed."""

import pytest

from core.client.features import Features
from gui.link import Listed, ListedMember
from gui.model.writing import Hints
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join("#room")
    made.join("#rooftop")
    nicks = ("me", "Ada", "adam", "Élodie", "bob")
    made.handle(Listed("#room", tuple(ListedMember(nick, "", False) for nick in nicks)))
    return made


def labels(stage: Stage, before: str) -> list[str]:
    return [row.label for row in stage.presenter.composer.hints(before).rows]


def test_commands_by_their_beginning(stage: Stage) -> None:
    hints = stage.presenter.composer.hints("/ki")
    assert [row.label for row in hints.rows] == ["/kick NICK [REASON]"]
    assert hints.rows[0].insert == "/kick "
    assert hints.rows[0].about == "remove somebody from this room"
    assert (hints.word, hints.chosen) == ("/ki", 0)
    assert len(labels(stage, "/")) > 20
    assert stage.presenter.composer.hints("/").chosen == -1
    assert stage.presenter.composer.hints("/zz") == Hints("/zz")


def test_return_runs_a_whole_command_that_needs_no_more(stage: Stage) -> None:
    assert stage.presenter.composer.hints("/help").chosen == -1
    assert stage.presenter.composer.hints("/kick").chosen == 0


def test_what_a_command_takes(stage: Stage) -> None:
    hints = stage.presenter.composer.hints("/topic bees and")
    assert hints == Hints(usage="/topic [TEXT]", about="show or set what this room is about")
    assert stage.presenter.composer.hints("/nothing like") == Hints()
    assert stage.presenter.composer.hints("//not one") == Hints()
    assert stage.presenter.composer.hints("\n/second line") == Hints()
    assert labels(stage, "/join #ro") == ["#rooftop", "#room"]
    assert labels(stage, "/kick @bo") == ["bob"]


def test_what_cannot_be_done_here_is_not_offered(stage: Stage) -> None:
    assert labels(stage, "/ren") == []
    stage.chat.features = Features(room_rename=True)
    assert labels(stage, "/ren") == ["/rename #NAME [REASON]"]
    stage.presenter.composer.send("/query bob")
    assert labels(stage, "/ren") == []


def test_emoji_by_their_names(stage: Stage) -> None:
    hints = stage.presenter.composer.hints("hi :tad")
    assert hints.word == ":tad"
    assert hints.chosen == 0
    assert (hints.rows[0].label, hints.rows[0].insert) == (":tada:", "🎉 ")
    assert labels(stage, "see http:tad") == []
    assert labels(stage, ":D") == []


def test_a_closed_name_is_replaced(stage: Stage) -> None:
    assert stage.presenter.composer.hints("so :+1:") == Hints(word=":+1:", replace="👍")
    stage.presenter.desk.preferences.skin_tone = 3
    assert stage.presenter.composer.hints("so :+1:").replace == "👍🏽"
    assert stage.presenter.composer.hints(":tad").rows[0].emoji == "🎉"


def test_people_who_spoke_last_come_first(stage: Stage) -> None:
    assert labels(stage, "@a") == ["Ada", "adam"]
    stage.handle(stage.said("x", nick="Ada"), stage.said("y", nick="adam"))
    assert labels(stage, "hi @a") == ["adam", "Ada"]
    hints = stage.presenter.composer.hints("hi @a")
    assert hints.rows[0].insert == "@adam "
    assert hints.rows[0].person == "adam"
    assert hints.chosen == 0
    assert stage.presenter.composer.hints("@bob").chosen == -1
    assert labels(stage, "@él") == ["Élodie"]
    assert labels(stage, "mail@a") == []
    assert "me" not in labels(stage, "@")


def test_rooms_are_offered_but_not_chosen(stage: Stage) -> None:
    hints = stage.presenter.composer.hints("in #ro")
    assert [row.insert for row in hints.rows] == ["#rooftop ", "#room "]
    assert hints.chosen == -1
    assert stage.presenter.composer.hints("in #rooftop") == Hints()


def test_in_a_private_conversation(stage: Stage) -> None:
    stage.presenter.composer.send("/query Bob")
    assert labels(stage, "@b") == ["Bob"]
    assert labels(stage, "@a") == []


def test_without_a_conversation() -> None:
    stage = Stage()
    assert stage.presenter.composer.hints("@a") == Hints()
    assert labels(stage, "/joi") == ["/join #ROOM [KEY]"]
