"""What is in view stays where it is, whatever happens to messages above it."""

import tkinter

import pytest

from gui.model.marks import Reacted, Redacted
from gui.model.message import Message
from gui.model.timeline import Timeline
from gui.theme import Look
from gui.views.messagelist import MessageList
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window

START = 1_700_000_000.0


def said(number: int, **more: object) -> Message:
    text = f"message {number} " + "and more words " * (3 * number % 17)
    fields: dict[str, object] = {
        "sender": f"user{number // 3 % 4}", "text": text, "time": START + number,
        "msgid": f"m{number}", **more,
    }  # fmt: skip
    return Message(**fields)  # type: ignore[arg-type]


@pytest.fixture
def timeline() -> Timeline:
    made = Timeline()
    made.complete = True
    made.add_older([said(number) for number in range(1000, 1200)])
    return made


@pytest.fixture
def view(root: tkinter.Tk, look: Look, until: Until, timeline: Timeline) -> MessageList:
    made = MessageList(root, look)
    made.pack(fill="both", expand=True)
    until(lambda: made.winfo_height() > 400)
    made.show("#a", timeline, named=True, divider=0)
    until(lambda: made.visible)
    made.scroll(-3000)
    return made


def place_of(view: MessageList, uid: int) -> int:
    row = view.row_of(uid)
    assert row is not None
    return row.y


def settle(view: MessageList) -> None:
    view.update_idletasks()


def test_reactions_above_and_out_of_sight_move_nothing(
    view: MessageList, timeline: Timeline
) -> None:
    before = {row.layout.message.uid: row.y for row in view.visible}
    top = view.visible[0].number
    for number in range(top - 5, top):
        msgid = timeline.messages[number].msgid
        view.apply(timeline.mark(Reacted(msgid, "bob", "👍")))
    settle(view)
    assert {row.layout.message.uid: row.y for row in view.visible} == before
    view.scroll(-200)
    assert view.visible[-1].layout.message.uid in before


@pytest.mark.parametrize("mark", [Reacted("", "bob", "👍"), Redacted("", "user0")])
def test_a_change_in_sight_leaves_the_anchor(
    view: MessageList, timeline: Timeline, mark: Reacted | Redacted
) -> None:
    changed, anchor = view.visible[1].layout.message, view.visible[2].layout.message
    old = view.visible[1].layout
    before = place_of(view, anchor.uid)
    view.apply(timeline.mark(mark._replace(msgid=changed.msgid)))
    settle(view)
    row = view.row_of(changed.uid)
    assert row is None or (row.layout.text, row.layout.chips) != (old.text, old.chips)
    assert place_of(view, anchor.uid) == before


def test_a_page_with_quotes_and_reactions_moves_nothing(
    view: MessageList, timeline: Timeline, until: Until
) -> None:
    timeline.complete = False
    view.scroll(-1_000_000)
    timeline.mark(Reacted("m905", "bob", "👍"))
    timeline.messages[2].reply_to = "m905"
    uid = view.visible[4].layout.message.uid
    view.render()
    before = place_of(view, uid)
    page = [said(number, reply_to=f"m{number - 1}") for number in range(900, 1000)]
    view.apply([timeline.add_older(page)])
    view.apply(timeline.mark(Redacted("m999", "user1")))
    until(lambda: view.visible[0].number > 90)
    assert place_of(view, uid) == before
    assert timeline.messages[5].reactions


def test_a_new_width_keeps_the_anchor(view: MessageList, root: tkinter.Tk, until: Until) -> None:
    anchor = view.visible[2].layout.message.uid
    before = place_of(view, anchor)
    root.geometry("620x600")
    until(lambda: view.winfo_width() == 620 and view.visible[0].layout.box[2] < 620)
    assert place_of(view, anchor) == before
    root.geometry("900x600")
    until(lambda: view.winfo_width() == 900)
    until(lambda: place_of(view, anchor) == before)


def test_changes_that_come_before_the_first_drawing(
    view: MessageList, timeline: Timeline, until: Until
) -> None:
    """A conversation is shown and changes in the same moment."""
    other = Timeline()
    other.add_older([said(number) for number in range(2000, 2400)])
    view.show("#b", other, named=True, divider=other.messages[100].uid)
    change = other.add_older([said(number) for number in range(1900, 2000)])
    view.apply([change, other.add(said(2500))])
    until(lambda: view.visible and view.visible[0].number > 150)
    assert any(row.number == 200 for row in view.visible)
    view.apply([taken[1]] if (taken := other.take(other.messages[3].uid)) else [])
    until(lambda: any(row.number == 199 for row in view.visible))


def test_revealing_moves_as_little_as_needed(view: MessageList) -> None:
    first = view.visible[0]
    assert first.y < 0
    view.viewport.reveal(first.number)
    view.render()
    assert 0 <= place_of(view, first.layout.message.uid) <= 20
    inside = view.visible[3]
    view.viewport.reveal(inside.number)
    view.render()
    assert place_of(view, inside.layout.message.uid) == inside.y
    view.viewport.reveal(3)
    view.render()
    assert any(row.number == 3 for row in view.visible)
    last = view.visible[-1]
    view.viewport.reveal(last.number)
    view.render()
    row = view.row_of(last.layout.message.uid)
    assert row is not None
    assert row.y + row.layout.height <= view.winfo_height()
