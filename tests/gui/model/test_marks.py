"""Reactions and messages taken back, also before their message is known."""

import pytest

from gui.model.marks import KINDS, PEOPLE, WAITING, Reacted, Redacted, apply_mark, reaction_name
from gui.model.message import Message, Reaction
from gui.model.timeline import Changed, Timeline

HEART, THUMB = "❤️", "👍"


def said(msgid: str = "m1", text: str = "hello") -> Message:
    return Message(sender="ada", text=text, time=1.0, msgid=msgid)


def counts(message: Message) -> list[tuple[str, int, bool]]:
    return [(one.text, one.people, one.own) for one in message.reactions]


def test_reactions_come_and_go() -> None:
    message = said()
    assert apply_mark(message, Reacted("m1", "bob", HEART))
    assert apply_mark(message, Reacted("m1", "me", HEART, own=True))
    assert apply_mark(message, Reacted("m1", "eve", THUMB))
    assert counts(message) == [(HEART, 2, True), (THUMB, 1, False)]
    assert not apply_mark(message, Reacted("m1", "bob", HEART))
    assert not apply_mark(message, Reacted("m1", "me", HEART, own=True))
    assert apply_mark(message, Reacted("m1", "bob", HEART, removed=True))
    assert apply_mark(message, Reacted("m1", "me", HEART, own=True, removed=True))
    assert message.reactions == (Reaction(THUMB, ("eve",)),)
    assert not apply_mark(message, Reacted("m1", "bob", HEART, removed=True))
    assert not apply_mark(message, Reacted("m1", "bob", ""))


def test_reactions_are_bounded() -> None:
    message = said()
    for number in range(KINDS + 5):
        apply_mark(message, Reacted("m1", "bob", f"r{number}"))
    assert len(message.reactions) == KINDS
    for number in range(PEOPLE + 5):
        apply_mark(message, Reacted("m1", f"nick{number}", "r0"))
    assert message.reactions[0].people == PEOPLE


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("👍", "👍"), (" so\n true \x02", "so true"), ("", ""), ("a" * 90, "a" * 24), ("\n", "")],
)
def test_a_reaction_is_one_short_line(sent: str, kept: str) -> None:
    assert reaction_name(sent) == kept


def test_taken_back() -> None:
    message = said()
    apply_mark(message, Reacted("m1", "bob", HEART))
    assert apply_mark(message, Redacted("m1", "ada"))
    assert (message.text, message.reactions) == ("", ())
    assert message.shown() == "Message deleted"
    assert not apply_mark(message, Redacted("m1", "op"))
    assert not apply_mark(message, Reacted("m1", "bob", HEART))
    other = said()
    apply_mark(other, Redacted("m1", "op", "spam"))
    assert (other.shown(), other.reason) == ("Deleted by op", "spam")
    nobody = said()
    apply_mark(nobody, Redacted("m1", ""))
    assert nobody.shown() == "Message deleted"


def test_a_timeline_marks_what_it_has() -> None:
    timeline = Timeline()
    timeline.add(said("m1"))
    timeline.add(said("m2"))
    assert timeline.mark(Reacted("m2", "bob", HEART)) == [Changed(1)]
    assert timeline.mark(Reacted("m2", "bob", HEART)) == []
    assert timeline.mark(Reacted("", "bob", HEART)) == []


def test_marks_wait_for_their_message_in_the_right_order() -> None:
    timeline = Timeline()
    timeline.mark(Reacted("old", "bob", HEART, removed=True))
    timeline.mark(Reacted("old", "bob", HEART), older=True)
    timeline.mark(Reacted("old", "eve", HEART), older=True)
    timeline.add_older([said("old"), said("other")])
    assert timeline.messages[0].reactions == (Reaction(HEART, ("eve",)),)
    timeline.mark(Redacted("m9", "ada"))
    timeline.add(said("m9"))
    assert timeline.messages[-1].redacted == "ada"


def test_what_waits_is_bounded() -> None:
    timeline = Timeline()
    for number in range(WAITING + 10):
        timeline.mark(Reacted(f"m{number}", "bob", HEART))
    timeline.add_older([said("m5"), said(f"m{WAITING}")])
    assert [len(one.reactions) for one in timeline.messages] == [0, 1]
