"""A stretch of the past, and how it is joined to the newest messages."""

from gui.model.message import Kind, Message
from gui.model.timeline import Timeline
from gui.model.visit import Visit, join


def said(*numbers: int) -> list[Message]:
    return [
        Message(sender="ada", text=f"n{number}", time=float(number), msgid=f"m{number}")
        for number in numbers
    ]


def texts(timeline: Timeline) -> list[str]:
    return [one.text for one in timeline.messages]


def timeline_of(*numbers: int) -> Timeline:
    made = Timeline()
    made.add_missed(said(*numbers))
    return made


def test_it_grows_at_both_ends_without_doubles() -> None:
    visit = Visit(timeline_of(90), "m5")
    visit.extend("after", said(4, 5, 6))
    assert visit.timeline.ahead
    assert visit.extend("after", said(6, 7)).many == 1
    visit.extend("before", said(2, 3, 4))
    assert texts(visit.timeline) == ["n2", "n3", "n4", "n5", "n6", "n7"]
    assert (visit.edge("before"), visit.edge("after")) == ("m2", "m7")
    assert not visit.meets()


def test_joined_nothing_is_lost_or_doubled() -> None:
    main = timeline_of(10, 11, 12)
    visit = Visit(main, "m3")
    visit.extend("after", said(3, 4))
    visit.timeline.complete = True
    visit.extend("after", said(5, 9, 10, 11))
    assert visit.meets()
    changes = join(main, visit.timeline)
    assert texts(main) == ["n3", "n4", "n5", "n9", "n10", "n11", "n12"]
    assert [(one.at, one.many) for one in changes] == [(0, 4)]  # type: ignore[union-attr]
    assert main.complete


def test_a_hole_in_the_newest_messages_is_filled() -> None:
    main = timeline_of(1, 2, 8, 9)
    visit = Visit(main, "m5")
    visit.extend("after", said(2, 3, 5, 7, 8))
    join(main, visit.timeline)
    assert texts(main) == ["n1", "n2", "n3", "n5", "n7", "n8", "n9"]
    assert not main.complete


def test_without_a_common_message_the_time_decides() -> None:
    main = Timeline()
    main.add(Message(sender="", text="note", time=50.0, kind=Kind.NOTE))
    stretch = timeline_of(1, 2)
    stretch.complete = True
    join(main, stretch)
    assert texts(main) == ["n1", "n2", "note"]
    assert main.complete
    later = timeline_of(60)
    join(main, later)
    assert texts(main)[-1] == "n60"
    empty = Timeline()
    assert join(empty, Timeline()) == []
    assert not empty.complete
