"""Messages keep the server's order; what is not confirmed stays at the end."""

import random

import pytest

from gui.model.message import Delivery, Kind, Message
from gui.model.timeline import Change, Changed, Inserted, Removed, Timeline, merged


def said(text: str, time: float = 1.0) -> Message:
    return Message(sender="ada", text=text, time=time)


def known(msgid: str) -> Message:
    return Message(sender="ada", text=msgid, time=1.0, msgid=msgid)


def pending(label: str) -> Message:
    return Message(
        sender="me", text=label, time=1.0, own=True, label=label, delivery=Delivery.PENDING
    )


def texts(timeline: Timeline) -> list[str]:
    return [message.text for message in timeline.messages]


def test_others_come_before_what_waits() -> None:
    timeline = Timeline()
    assert timeline.add(said("one")) == Inserted(0, 1)
    assert timeline.add(pending("mine")) == Inserted(1, 1)
    assert timeline.add(said("two")) == Inserted(1, 1)
    assert texts(timeline) == ["one", "two", "mine"]


def test_a_confirmation_settles_in_place_or_moves() -> None:
    timeline = Timeline()
    timeline.add(pending("a"))
    timeline.add(pending("b"))
    assert timeline.confirm("b", "id2", 5.0, "b!") == [Removed(1), Inserted(0, 1)]
    assert texts(timeline) == ["b!", "a"]
    assert timeline.confirm("a", "id1", 6.0, "a!") == [Changed(1)]
    assert [message.msgid for message in timeline.messages] == ["id2", "id1"]
    assert timeline.confirm("a-unknown", "", 0.0, "") is None
    assert timeline.confirm("", "", 0.0, "") is None


def test_failing_and_taking_back() -> None:
    timeline = Timeline()
    timeline.add(pending("a"))
    assert timeline.fail("a", "No such room.") == [Changed(0)]
    failed = timeline.messages[0]
    assert (failed.delivery, failed.problem) == (Delivery.FAILED, "No such room.")
    assert timeline.fail("b", "") is None
    assert timeline.take(failed.uid) == (failed, Removed(0))
    assert timeline.take(failed.uid) is None
    assert timeline.last is None


def test_history_goes_in_front_and_missed_messages_behind() -> None:
    timeline = Timeline()
    timeline.add(said("now"))
    timeline.add(pending("mine"))
    assert timeline.add_older([said("old"), said("older")]) == Inserted(0, 2)
    assert timeline.add_missed([said("missed")]) == Inserted(3, 1)
    assert texts(timeline) == ["old", "older", "now", "missed", "mine"]
    assert len(timeline) == 5


def test_changes_describe_what_happened() -> None:
    """A mirror that only follows the changes ends up with the same messages."""
    dice = random.Random(4)
    timeline = Timeline()
    mirror: list[None] = []
    waiting: list[str] = []
    for number in range(400):
        roll = dice.random()
        changes: list[Change]
        if roll < 0.4:
            changes = [timeline.add(said(str(number)))]
        elif roll < 0.7 or not waiting:
            waiting.append(f"p{number}")
            changes = [timeline.add(pending(waiting[-1]))]
        else:
            label = waiting.pop(dice.randrange(len(waiting)))
            changes = timeline.confirm(label, "id", 1.0, label) or []
        for change in changes:
            if isinstance(change, Inserted):
                mirror[change.at : change.at] = [None] * change.many
            elif isinstance(change, Removed):
                del mirror[change.at]
        assert len(mirror) == len(timeline)
        for index, message in enumerate(timeline.messages):
            assert timeline.place_of(message.uid) == index
            assert timeline.get(message.uid) is message
    states = [message.delivery is Delivery.PENDING for message in timeline.messages]
    assert states == sorted(states)


def test_finding() -> None:
    """By msgid, uid and place, wherever it came in and wherever it went."""
    timeline = Timeline()
    for number in range(50):
        timeline.add(pending(f"p{number}"))
        timeline.add(known(f"live{number}"))
    timeline.add_older([known(f"old{number}") for number in range(100)])
    timeline.add_older([known("oldest")])
    timeline.add_missed([known("missed"), known("missed2")])
    for number in (30, 0, 49):
        timeline.confirm(f"p{number}", f"id{number}", 1.0, "x")
    timeline.fail("p7", "no")
    timeline.take(timeline.messages[10].uid)
    for index, message in enumerate(timeline.messages):
        assert timeline.place_of(message.uid) == index
        assert timeline.get(message.uid) is message
        assert not message.msgid or timeline.find(message.msgid) is message
    assert timeline.find("id30") is not None
    assert timeline.find("old9") is None
    assert timeline.find("") is None
    assert timeline.get(0) is None
    assert timeline.index(timeline.messages[3]) == 3
    with pytest.raises(KeyError):
        timeline.index(known("elsewhere"))


def test_a_flood_is_one_insertion() -> None:
    rest: list[Change] = [Removed(0), Inserted(5, 1), Changed(5), Inserted(9, 1)]
    assert merged([Inserted(3, 1), Inserted(4, 2), *rest]) == [Inserted(3, 3), *rest]
    assert merged([]) == []


def test_groups() -> None:
    first = said("a", 100.0)
    assert said("b", 200.0).joins(first)
    assert not said("b", 500.0).joins(first)
    assert not said("b", 50.0).joins(first)
    assert not first.joins(None)
    assert not pending("x").joins(first)
    assert not Message(sender="", text="note", time=101.0, kind=Kind.NOTE).joins(first)
