"""Looking through a timeline in slices."""

import time

import pytest

from gui.model.message import Delivery, Kind, Message
from gui.model.timeline import Timeline
from gui.presenter import hits
from gui.presenter.hits import Hit, Hits


def message(text: str, number: int = 0) -> Message:
    msgid = f"m{number}" if number else ""
    return Message(sender="ada", text=text, time=float(number), msgid=msgid)


def waiting(text: str) -> Message:
    pending = Delivery.PENDING
    return Message(sender="me", text=text, time=0.0, own=True, label="p1", delivery=pending)


def found(looked: Hits) -> list[str]:
    return [hit.msgid for hit in (*looked.local, *looked.remote)]


def finish(looked: Hits) -> int:
    slices = 1
    while looked.look():
        slices += 1
    return slices


@pytest.fixture
def timeline(monkeypatch: pytest.MonkeyPatch) -> Timeline:
    monkeypatch.setattr(hits, "SLICE", 3)
    made = Timeline()
    for number in range(1, 11):
        made.add(message("bee" if number % 2 else "wasp", number))
    return made


def test_the_newest_are_found_first_slice_by_slice(timeline: Timeline) -> None:
    looked = Hits(timeline, "BEE")
    assert looked.look()
    assert found(looked) == ["m9"]
    assert not looked.done
    assert finish(looked) == 3
    assert found(looked) == ["m9", "m7", "m5", "m3", "m1"]
    assert looked.done


def test_what_comes_meanwhile_is_found_and_the_selected_one_stays(timeline: Timeline) -> None:
    looked = Hits(timeline, "bee")
    looked.look()
    looked.current = 0
    timeline.add(message("a bee at the end", 20))
    timeline.add(waiting("waiting bee"))
    timeline.add(message("bee in front of that", 21))
    timeline.add_older(
        [message("the first bee", 30), Message("", "a bee in a note", 0.0, Kind.NOTE)]
    )
    finish(looked)
    assert found(looked) == ["m21", "m20", "m9", "m7", "m5", "m3", "m1", "m30"]
    assert looked.selected is not None
    assert looked.selected.msgid == "m9"
    timeline.confirm("p1", "m40", 40.0, "waiting bee")
    finish(looked)
    assert found(looked)[0] == "m40"
    assert len(set(found(looked))) == len(found(looked))


def test_an_end_that_is_taken_away_holds_nothing_up(timeline: Timeline) -> None:
    looked = Hits(timeline, "bee")
    timeline.add(waiting("lost bee"))
    timeline.fail("p1", "No.")
    timeline.add(message("bee again", 50))
    for _ in range(2):  # as far as the failed one, which is an end then
        looked.look()
    timeline.take(timeline.messages[-2].uid)
    timeline.take(timeline.messages[0].uid)
    finish(looked)
    assert looked.done
    assert found(looked)[0] == "m50"


def test_hits_of_the_server_give_way_to_those_that_are_loaded(timeline: Timeline) -> None:
    looked = Hits(timeline, "bee")
    finish(looked)
    many = len(looked)
    older = [Hit(0, "m9", 9.0), Hit(0, "old2", 0.2), Hit(0, "old1", 0.1), Hit(0, "", 0.0)]
    assert looked.add(older) == 2
    assert looked.add(older) == 0
    looked.current = many
    assert looked.selected == Hit(0, "old2", 0.2)
    timeline.add_older([Message(sender="ada", text="bee", time=0.2, msgid="old2")])
    finish(looked)
    assert len(looked) == many + 2
    assert looked.selected is not None
    assert looked.selected.msgid == "old2" or looked.current == many + 1


def test_nothing_is_found_for_nothing() -> None:
    looked = Hits(Timeline(), "")
    assert not looked.look()
    assert looked.done
    assert looked.selected is None
    assert not Hits(Timeline(), "x").look()


def test_a_slice_of_a_hundred_thousand_is_short() -> None:
    timeline = Timeline()
    timeline.add_missed(
        message(f"some words that were said, number {number}", number)
        for number in range(1, 100_001)
    )
    looked, longest, more = Hits(timeline, "number 77"), 0.0, True
    while more:
        start = time.perf_counter()
        more = looked.look()
        longest = max(longest, time.perf_counter() - start)
    assert len(looked.local) == 1111
    assert longest < 0.05
