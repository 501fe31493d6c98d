"""The search field: what is found, opened, and asked of the server."""

from core.client import events
from core.client.features import Features
from gui.link import Listed, ListedMember
from gui.model.found import Heading, MessageHit, PlaceHit, Remark
from tests.gui.presenter.past import messages, stage_with_past
from tests.gui.presenter.stage import Stage


def stage_with_people() -> Stage:
    stage = stage_with_past(1)
    stage.join("#other")
    people = [ListedMember(nick, "", False) for nick in ("me", "otto", "ada", "Boris")]
    stage.handle(Listed("#room", tuple(people)), stage.said("hi", nick="ada", room="ada"))
    stage.link.session.calls.clear()
    return stage


def found(stage: Stage) -> list[str]:
    """The rows as words; the selected one has a star."""
    finding = stage.screen.finding
    words = []
    for at, row in enumerate(finding.results or ()):
        star = "*" if at == finding.selected else ""
        if isinstance(row, PlaceHit):
            words.append(star + row.title)
        elif isinstance(row, MessageHit):
            words.append(f"{star}{row.sender}: {row.snippet}")
        else:
            words.append(f"({row.text})")
    return words


def answer(stage: Stage, *numbers: int, complete: bool = True) -> None:
    query = str(stage.link.session.calls[-1][1])
    stage.handle(events.SearchReceived(query, messages(*numbers), complete))


def test_conversations_and_people_are_found_as_one_types() -> None:
    stage = stage_with_people()
    stage.chat.features = Features()
    stage.presenter.search.search("o")
    assert found(stage) == ["*#other", "#room", "Message otto", "Message Boris"]
    stage.presenter.search.search("OT")
    assert found(stage) == ["*#other", "Message otto"]
    hit = stage.screen.finding.results[1]  # type: ignore[index]
    assert isinstance(hit, PlaceHit)
    assert [hit.title[a:b] for a, b in hit.spans] == ["ot"]
    stage.presenter.search.search("ada")
    assert found(stage) == ["*ada"]
    stage.presenter.search.search("me")
    assert found(stage) == ["(Nothing found)"]
    stage.presenter.search.accept()
    assert stage.screen.finding.ended == 0
    stage.presenter.search.search("  ")
    assert stage.screen.finding.results is None


def test_people_are_found_by_what_they_call_themselves() -> None:
    stage = stage_with_people()
    stage.handle(
        events.ProfileChanged(
            nick="ada", display_name="Countess", status="", avatar="", color="#7bc862",
            homepage="", is_self=False,
        )
    )  # fmt: skip
    stage.presenter.search.search("count")
    hit = (stage.screen.finding.results or ())[0]
    assert isinstance(hit, PlaceHit)
    assert (hit.name, hit.title, hit.color) == ("ada", "Countess", "#7bc862")
    assert hit.detail == "ada, online"
    assert [hit.title[a:b] for a, b in hit.spans] == ["Count"]
    stage.presenter.search.search("hi")
    stage.presenter.search.settle()
    query = str(stage.link.session.calls[-1][1])
    said = events.MessageReceived(
        conversation="ada", nick="ada", text="hi", time=1.0, is_own=False, msgid="x", mention=False
    )
    stage.handle(events.SearchReceived(query, (said,), True))
    found = (stage.screen.finding.results or ())[-1]
    assert isinstance(found, MessageHit)
    assert (found.conversation, found.place, found.color) == ("ada", "Countess", "#7bc862")


def test_a_hit_is_opened() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("oth")
    stage.presenter.search.accept()
    assert stage.chat.current == "#other"
    assert stage.screen.finding.ended == 1
    stage.presenter.search.search("otto")
    stage.presenter.search.accept()
    assert (stage.chat.current, stage.screen.header.title) == ("otto", "otto")


def test_a_room_that_is_not_known_can_be_joined() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("#brand-new")
    assert found(stage)[0] == "*Join #brand-new"
    stage.presenter.search.accept()
    assert stage.link.session.calls == [("join", "#brand-new", "")]


def test_the_selection_moves_over_hits_alone() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("oo")
    stage.presenter.search.settle()
    answer(stage, 3, 2)
    assert found(stage) == ["*#room", "(Messages)", "ada: n3", "ada: n2"]
    stage.presenter.search.step(1)
    assert found(stage)[2] == "*ada: n3"
    stage.presenter.search.step(6)
    assert found(stage)[3] == "*ada: n2"
    stage.presenter.search.step(-6)
    assert found(stage)[0] == "*#room"


def test_the_server_is_asked_after_a_pause() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("x")
    stage.presenter.search.settle()
    assert stage.link.session.calls == []
    stage.presenter.search.search("xy  z")
    assert found(stage) == ["(Messages)", "(Searching…)"]
    stage.presenter.search.settle()
    stage.presenter.search.settle()
    assert len(stage.link.session.calls) == 1
    assert stage.link.session.calls[0][2:] == ("xy z", 0.0, 30)
    answer(stage)
    assert found(stage) == ["(Messages)", "(Nothing found)"]


def test_a_found_message_is_gone_to() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("xyz")
    stage.presenter.search.settle()
    answer(stage, 1, 7)
    stage.presenter.search.pick(1)
    assert stage.chat.current == "#room"
    assert len(stage.screen.finding.messages) == 1
    assert stage.screen.finding.ended == 0
    stage.presenter.search.pick(2)
    assert stage.link.session.calls[-1] == ("request_context", "#room", "m7", "around")
    stage.presenter.search.pick(0)
    stage.presenter.search.pick(99)
    assert found(stage)[2] == "*ada: n7"


def test_more_are_asked_for_at_the_end() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("xyz")
    stage.presenter.search.settle()
    stage.presenter.search.more()
    answer(stage, 9, 8, complete=False)
    stage.presenter.search.more()
    stage.presenter.search.more()
    assert stage.link.session.calls[-1][2:] == ("xyz", 8.0, 30)
    assert found(stage)[-1] == "(Searching…)"
    answer(stage, 8, 7, complete=False)
    assert found(stage) == ["(Messages)", "*ada: n9", "ada: n8", "ada: n7"]
    stage.presenter.search.more()
    answer(stage, 7, complete=False)  # nothing new: that is the end
    asked = len(stage.link.session.calls)
    stage.presenter.search.more()
    assert len(stage.link.session.calls) == asked == 3


def test_answers_to_what_was_typed_before_are_dropped() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("xyz")
    stage.presenter.search.settle()
    stage.presenter.search.search("xyzz")
    answer(stage, 9)
    assert found(stage) == ["(Messages)", "(Searching…)"]


def test_failures_have_a_sentence() -> None:
    stage = stage_with_people()
    stage.presenter.search.search("xyz")
    stage.presenter.search.settle()
    query = str(stage.link.session.calls[-1][1])
    stage.handle(events.SearchFailed(query, "Too many searches.", "X"))
    assert found(stage) == ["(Messages)", "(Too many searches.)"]
    stage.presenter.search.search("xyz2")
    stage.presenter.search.settle()
    stage.handle(events.Disconnected(reason="", wanted=False))
    assert found(stage) == ["(Messages)", "(The search has failed)"]


def test_a_server_without_a_search_is_not_asked() -> None:
    stage = stage_with_people()
    stage.chat.features = Features()
    stage.presenter.search.search("room")
    stage.presenter.search.settle()
    assert found(stage) == ["*#room"]
    assert stage.link.session.calls == []
    assert not any(isinstance(row, Heading | Remark) for row in stage.screen.finding.results or ())
