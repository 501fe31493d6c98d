"""The find bar."""

from core.client import events
from core.client.features import Features
from gui.model.found import FindState
from tests.gui.presenter.past import context, messages, stage_with_past
from tests.gui.presenter.stage import Stage


def find(stage: Stage, text: str) -> None:
    stage.presenter.finding.open()
    stage.presenter.finding.find(text)
    work(stage)


def work(stage: Stage) -> None:
    while stage.presenter.finding.work():
        pass


def state(stage: Stage) -> FindState:
    assert stage.screen.finding.state is not None
    return stage.screen.finding.state


def selected(stage: Stage) -> str:
    uid = stage.screen.finding.messages[-1]
    conversation = stage.chat.conversations["#room"]
    message = conversation.timeline.get(uid) or conversation.shown.get(uid)
    assert message is not None
    return message.text


def question(stage: Stage) -> tuple[object, ...]:
    """What the server was asked last, without the question's id."""
    call = stage.link.session.calls[-1]
    assert call[0] == "search"
    return call[2:]


def answer(stage: Stage, *numbers: int, complete: bool = False) -> None:
    query = str(stage.link.session.calls[-1][1])
    stage.handle(events.SearchReceived(query, messages(*numbers), complete))


def test_hits_are_counted_from_the_newest() -> None:
    stage = stage_with_past(1, 2, 11, 12, 21)
    stage.chat.features = Features()
    find(stage, "N1")
    assert state(stage).text == "1 of 3"
    assert selected(stage) == "n12"
    assert stage.screen.finding.highlighted == ("N1", stage.screen.finding.messages[-1])
    stage.presenter.finding.step(1)
    assert (state(stage).text, selected(stage)) == ("2 of 3", "n11")
    stage.presenter.finding.step(1)
    stage.presenter.finding.step(1)
    assert (state(stage).text, selected(stage)) == ("3 of 3", "n1")
    stage.presenter.finding.step(-1)
    assert selected(stage) == "n11"
    find(stage, "nothing")
    assert state(stage).text == "Nothing found"
    find(stage, "")
    assert state(stage).text == ""
    stage.presenter.finding.step(1)
    stage.presenter.finding.close()
    assert stage.screen.finding.state is None
    assert stage.screen.finding.highlighted == ("", 0)
    assert not stage.presenter.finding.work()


def test_new_messages_are_looked_at() -> None:
    stage = stage_with_past(1)
    find(stage, "n1")
    stage.screen.finding.working = False
    stage.handle(*messages(12))
    assert stage.screen.finding.working
    work(stage)
    assert state(stage).text == "2 of 2+"
    assert selected(stage) == "n1"


def test_another_conversation_ends_it() -> None:
    stage = stage_with_past(1)
    find(stage, "n1")
    stage.join("#other")
    stage.presenter.conversations.open("#other")
    assert stage.screen.finding.state is None


def test_older_ones_come_from_the_server() -> None:
    stage = stage_with_past(90, 91)
    find(stage, "n9")
    stage.presenter.finding.step(1)
    assert stage.link.session.calls == []
    stage.presenter.finding.step(1)
    assert question(stage) == ("n9", "#room", 90.0, 50)
    assert state(stage).searching
    stage.presenter.finding.step(1)
    assert len(stage.link.session.calls) == 1
    answer(stage, 29, 19)
    assert state(stage).text == "3 of 4+"
    assert stage.link.session.calls[-1] == ("request_context", "#room", "m29", "around")
    stage.handle(context("m29", "around", 28, 29, 30))
    assert selected(stage) == "n29"
    assert stage.screen.finding.highlighted == ("n9", stage.screen.finding.messages[-1])
    stage.presenter.finding.step(1)
    stage.handle(context("m19", "around", 18, 19, 20))
    stage.presenter.finding.step(1)
    assert question(stage) == ("n9", "#room", 19.0, 50)
    answer(stage, complete=True)
    assert state(stage).text == "4 of 4"
    stage.presenter.finding.step(-1)
    stage.presenter.finding.step(-1)
    assert selected(stage) == "n90"
    assert not stage.screen.finding.past


def test_without_a_hit_here_the_server_is_asked_at_once() -> None:
    stage = stage_with_past(90)
    find(stage, "n3")
    assert state(stage).text == "Searching…"
    answer(stage, 3, complete=True)
    assert state(stage).text == "1 of 1"
    assert stage.link.session.calls[-1] == ("request_context", "#room", "m3", "around")


def test_a_server_that_fails_is_told_of_where_nothing_else_is() -> None:
    stage = stage_with_past(90)
    find(stage, "n3")
    query = str(stage.link.session.calls[-1][1])
    stage.handle(events.SearchFailed("other", "No.", ""), events.SearchFailed(query, "No.", "X"))
    assert state(stage).text == "No."
    find(stage, "n9")
    stage.presenter.finding.step(1)
    query = str(stage.link.session.calls[-1][1])
    stage.handle(events.SearchFailed(query, "No.", "X"))
    assert state(stage).text == "1 of 1"


def test_a_broken_connection_ends_the_waiting() -> None:
    stage = stage_with_past(90)
    find(stage, "n3")
    stage.handle(events.Disconnected(reason="", wanted=False))
    assert not state(stage).searching


def test_one_letter_is_not_worth_a_question() -> None:
    stage = stage_with_past(90)
    find(stage, "x")
    assert stage.link.session.calls == []
    assert state(stage).text == "Nothing found"


def test_without_a_conversation_there_is_no_bar() -> None:
    stage = Stage()
    stage.presenter.finding.open()
    stage.presenter.finding.find("x")
    assert stage.screen.finding.state is None
