"""The message list on a real canvas: position, what exists, selection, growth."""

import tkinter

import pytest

from gui.model.message import Delivery, Message
from gui.model.timeline import Timeline
from gui.palette import LIGHT
from gui.theme import Look
from gui.views.layout import What
from gui.views.messagelist import MessageList
from tests.gui.views.conftest import Until, primary, texts

pytestmark = pytest.mark.window

START = 1_700_000_000.0


def filled(count: int) -> Timeline:
    timeline = Timeline()
    timeline.complete = True
    for number in range(count):
        text = f"message {number} " + "and more words " * (number % 7)
        sender = f"user{number // 3 % 4}"
        timeline.add(Message(sender=sender, text=text, time=START + number, own=sender == "user3"))
    return timeline


@pytest.fixture
def view(root: tkinter.Tk, look: Look, until: Until) -> MessageList:
    made = MessageList(root, look)
    made.pack(fill="both", expand=True)
    until(lambda: made.winfo_height() > 400)
    return made


def shown(view: MessageList) -> list[int]:
    return [row.number for row in view.visible]


def position_of(view: MessageList, number: int) -> int:
    return next(row.y for row in view.visible if row.number == number)


def test_only_what_is_visible_exists(view: MessageList, until: Until) -> None:
    view.show("#a", filled(100_000), named=True, divider=0)
    until(lambda: view.visible)
    assert shown(view)[-1] == 99_999
    assert len(view.visible) < 30
    assert len(view.find_all()) < 400
    last = view.visible[-1]
    assert last.y + last.layout.height <= view.winfo_height()


def test_scrolling_is_exact_and_goes_back(view: MessageList, until: Until) -> None:
    view.show("#a", filled(500), named=True, divider=0)
    until(lambda: view.visible)
    view.scroll(-1000)
    assert shown(view)[-1] < 499
    before = {row.number: row.y for row in view.visible}
    view.scroll(-137)
    after = {row.number: row.y for row in view.visible}
    common = before.keys() & after.keys()
    assert common
    assert {after[number] - before[number] for number in common} == {137}
    view.scroll(137)
    assert {row.number: row.y for row in view.visible} == before
    view.scroll(5000)
    assert view.stuck
    view.scroll(-1_000_000)
    assert (shown(view)[0], position_of(view, 0)) == (0, 0)


def test_new_messages_follow_only_at_the_end(view: MessageList, until: Until) -> None:
    timeline = filled(200)
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    view.apply([timeline.add(Message(sender="x", text="new", time=START + 900))], new=1)
    until(lambda: shown(view)[-1] == 200)
    view.scroll(-400)
    before = [(row.number, row.y) for row in view.visible]
    view.apply([timeline.add(Message(sender="x", text="newer", time=START + 901))], new=1)
    until(lambda: view.find_withtag("over"))
    view.update_idletasks()
    assert [(row.number, row.y) for row in view.visible] == before
    assert texts(view, "over")[0] == "1 new"
    assert view.over.button is not None
    left, top, right, bottom = view.over.button
    view.event_generate("<Button-1>", x=(left + right) // 2, y=(top + bottom) // 2)
    until(lambda: view.stuck and shown(view)[-1] == 201)


def test_at_the_divider_the_button_counts_what_is_below(view: MessageList, until: Until) -> None:
    timeline = filled(300)
    for message in timeline.messages:
        message.own = False
    view.show("#a", timeline, named=True, divider=timeline.messages[200].uid)
    until(lambda: view.over.button)
    below = 299 - shown(view)[-1]
    assert texts(view, "over")[0] == f"{below} new"
    assert view.over.up is None
    view.scroll(200)
    assert texts(view, "over")[0] == f"{299 - shown(view)[-1]} new"
    assert shown(view)[-1] > 299 - below
    view.scroll(-5000)  # what was seen is not new any more
    assert 0 < int(texts(view, "over")[0].split()[0]) < below


def test_a_button_leads_up_to_the_first_new_message(view: MessageList, until: Until) -> None:
    timeline = filled(300)
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    view.set_divider(timeline.messages[200].uid)
    until(lambda: view.over.up)
    left, top, right, bottom = view.over.up or (0, 0, 0, 0)
    view.event_generate("<Button-1>", x=(left + right) // 2, y=(top + bottom) // 2)
    until(lambda: not view.over.up)
    assert 200 in shown(view)
    assert not view.stuck
    view.to_end()
    until(lambda: view.stuck)
    view.update_idletasks()
    assert not view.over.up  # it was seen


def test_nothing_blank_is_seen_between_two_conversations(view: MessageList, until: Until) -> None:
    view.show("#a", filled(50), named=True, divider=0)
    until(lambda: view.visible)
    before = view.find_all()
    view.show("#b", filled(60), named=True, divider=0)
    assert view.find_all() == before  # until the new ones are drawn, in one go
    until(lambda: shown(view) and shown(view)[-1] == 59)
    assert not set(before) & set(view.find_all())
    view.look.change(LIGHT, 1.0)
    view.update_idletasks()
    assert str(view.cget("background")) == LIGHT.chat


def test_an_empty_conversation_says_so(view: MessageList, until: Until) -> None:
    timeline = filled(0)
    view.show("#a", timeline, named=True, divider=0)
    view.update_idletasks()
    assert texts(view, "over") == []  # they may be on their way
    until(lambda: texts(view, "over") == ["No messages here yet"])
    view.apply([timeline.add(Message(sender="x", text="first", time=START))])
    until(lambda: texts(view, "over") == [])
    view.show("", filled(0), named=True, divider=0)
    view.update_idletasks()
    assert texts(view, "over") == []  # no conversation is open


def test_history_in_front_moves_nothing(view: MessageList, until: Until) -> None:
    timeline = filled(60)
    timeline.complete = False
    asked: list[bool] = []
    view.on_older = lambda: asked.append(True)
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    view.scroll(-1_000_000)
    assert asked
    third = view.visible[3]
    uid, y = third.layout.message.uid, third.y
    view.apply([timeline.add_older(filled(100).messages)])
    until(lambda: shown(view)[0] > 90)
    now = next(row for row in view.visible if row.layout.message.uid == uid)
    assert (now.number, now.y) == (103, y)


def test_confirmations_and_failures_are_redrawn(view: MessageList, until: Until) -> None:
    timeline = Timeline()
    message = Message(sender="me", text="hi", time=START, own=True, label="p",
                      delivery=Delivery.PENDING)  # fmt: skip
    timeline.add(message)
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    height = view.visible[0].layout.height
    view.apply(timeline.fail("p", "No such room.") or [])
    until(lambda: view.visible[0].layout.height > height)
    clicked: list[tuple[What, int]] = []
    view.on_target = lambda target, uid: clicked.append((target.what, uid))
    assert {"No such room.", "Send again", "Delete"} <= set(texts(view))
    for what in (What.AGAIN, What.DISCARD):
        click_target(view, 0, what)
    until(lambda: clicked == [(What.AGAIN, message.uid), (What.DISCARD, message.uid)])
    view.apply(timeline.confirm("p", "id", START, "hi") or [])
    until(lambda: view.visible[0].layout.height == height)


def click_target(view: MessageList, number: int, what: What) -> None:
    """Click on a part of a row."""
    row = next(row for row in view.visible if row.number == number)
    left, top, right, bottom = next(one.box for one in row.layout.targets if one.what is what)
    x, y = (left + right) // 2, row.y + (top + bottom) // 2
    view.event_generate("<Button-1>", x=x, y=y)
    view.event_generate("<ButtonRelease-1>", x=x, y=y)


def place(view: MessageList, number: int, position: int) -> tuple[int, int]:
    """Where a character of the first line of a row is."""
    row = next(row for row in view.visible if row.number == number)
    x, y = row.layout.text_at
    before = row.layout.text[:position]
    return x + view.look.fonts.measure("text", before) + 1, row.y + y + row.layout.pitch // 2


def test_selecting_by_drag_across_messages(view: MessageList, until: Until) -> None:
    view.show("#a", filled(8), named=True, divider=0)
    until(lambda: view.visible)
    x, y = place(view, 2, 8)
    view.event_generate("<Button-1>", x=x, y=y)
    x, y = place(view, 3, 7)
    view.event_generate("<B1-Motion>", x=x, y=y)
    view.event_generate("<ButtonRelease-1>", x=x, y=y)
    until(lambda: not view.selection.empty)
    text = primary(view)
    first, second = text.splitlines()
    assert first.endswith("user0: 2 " + ("and more words " * 2))
    assert second.endswith("user1: message")
    view.event_generate("<Control-c>")
    until(lambda: view.clipboard_get() == text)


def test_double_click_takes_the_word_and_control_a_everything(
    view: MessageList, until: Until
) -> None:
    timeline = Timeline()
    timeline.add(Message(sender="a", text="hello wörld 👋 you", time=START))
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    x, y = place(view, 0, 7)
    for _ in range(2):
        view.event_generate("<Button-1>", x=x, y=y)
        view.event_generate("<ButtonRelease-1>", x=x, y=y)
    until(lambda: view.selection.text(timeline.messages) == "wörld")
    view.focus_force()
    view.event_generate("<Control-a>")
    until(lambda: view.selection.text(timeline.messages) == "hello wörld 👋 you")
    assert primary(view) == "hello wörld 👋 you"


def test_links_open_on_a_click_but_not_after_a_drag(view: MessageList, until: Until) -> None:
    timeline = Timeline()
    timeline.add(Message(sender="a", text="https://a.example/x and text", time=START))
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    opened: list[str] = []
    view.on_link = opened.append
    x, y = place(view, 0, 4)
    view.event_generate("<Button-1>", x=x, y=y)
    view.event_generate("<B1-Motion>", x=x + 30, y=y)
    view.event_generate("<ButtonRelease-1>", x=x + 30, y=y)
    assert opened == []
    view.event_generate("<Button-1>", x=x, y=y, time=5000)
    view.event_generate("<ButtonRelease-1>", x=x, y=y, time=5010)
    assert opened == ["https://a.example/x"]


def test_each_conversation_keeps_its_place(view: MessageList, until: Until) -> None:
    one, other = filled(300), filled(50)
    view.show("#one", one, named=True, divider=0)
    until(lambda: view.visible)
    view.scroll(-3000)
    uid = view.visible[0].layout.message.uid
    view.show("#other", other, named=True, divider=0)
    until(lambda: shown(view)[-1] == 49)
    view.show("#one", one, named=True, divider=0)
    until(lambda: view.visible[0].layout.message.uid == uid)


def test_the_unread_line_is_where_it_opens(view: MessageList, until: Until) -> None:
    timeline = filled(300)
    view.show("#a", timeline, named=True, divider=timeline.messages[100].uid)
    until(lambda: 100 in shown(view))
    assert 0 < position_of(view, 100) < 200
    assert not view.stuck
    view.set_divider(0)
    until(lambda: not view.visible[2].layout.context.unread)


def test_a_new_width_and_a_new_look(
    view: MessageList, root: tkinter.Tk, look: Look, until: Until
) -> None:
    view.show("#a", filled(3000), named=True, divider=0)
    until(lambda: view.visible)
    view.scroll(-20_000)
    uid = view.visible[0].layout.message.uid
    root.geometry("600x600")
    until(lambda: view.winfo_width() == 600 and view.visible[0].layout.box[2] < 600)
    assert view.visible[0].layout.message.uid == uid
    look.change(LIGHT, 1.5)
    until(lambda: view.visible and view.visible[0].layout.pitch > 25)
    assert view.cget("background") == LIGHT.chat


def test_hostile_texts_are_drawn(view: MessageList, until: Until) -> None:
    timeline = Timeline()
    for text in (
        "👨‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽", "\u202etfel", "a" * 5000, "שלום مرحبا", "漢字" * 200,
        "\U0001f1e6", "\U000e0041", "x\u0301" * 50, "[{$\\}]", "\n\n\n", "\U0010ffff",
    ):  # fmt: skip
        timeline.add(Message(sender=text[:20], text=text, time=START))
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    view.scroll(-10_000)
    assert shown(view)[0] == 0


def test_an_empty_timeline(view: MessageList, until: Until) -> None:
    view.show("#a", Timeline(), named=True, divider=0)
    view.scroll(-50)
    view.event_generate("<Control-a>")
    view.event_generate("<Button-1>", x=5, y=5)
    view.event_generate("<ButtonRelease-1>", x=5, y=5)
    until(lambda: view.visible == [])


def test_the_thumb_and_the_keys_scroll(view: MessageList, until: Until) -> None:
    view.show("#a", filled(2000), named=True, divider=0)
    until(lambda: view.over.thumb)
    assert view.over.thumb is not None
    left, top, _, bottom = view.over.thumb
    view.event_generate("<Button-1>", x=left + 1, y=(top + bottom) // 2)
    view.event_generate("<B1-Motion>", x=left + 1, y=(top + bottom) // 2 - 300)
    view.event_generate("<ButtonRelease-1>", x=left + 1, y=50)
    middle = shown(view)[0]
    assert 200 < middle < 1900
    view.focus_force()
    view.update()
    view.event_generate("<Prior>")
    assert shown(view)[0] < middle
    view.event_generate("<Next>")
    assert abs(shown(view)[0] - middle) <= 1
    view.event_generate("<Home>")
    assert shown(view)[0] == 0
    view.event_generate("<End>")
    until(lambda: shown(view)[-1] == 1999)
    view.event_generate("<Button-4>", x=10, y=10)
    assert not view.stuck
    view.event_generate("<Button-5>", x=10, y=10)
    assert view.stuck


def test_dragging_past_the_edge_scrolls(view: MessageList, until: Until) -> None:
    view.show("#a", filled(500), named=True, divider=0)
    until(lambda: view.visible)
    first = shown(view)[0]
    view.event_generate("<Button-1>", x=300, y=300)
    view.event_generate("<B1-Motion>", x=300, y=-60)
    until(lambda: shown(view)[0] < first - 5)
    view.event_generate("<ButtonRelease-1>", x=300, y=-60)
    assert len(view.selection.text(view.timeline.messages).splitlines()) > 5
    view.event_generate("<Button-1>", x=300, y=300, time=9000)
    assert view.selection.empty


def test_the_pointer_shows_what_can_be_clicked(view: MessageList, until: Until) -> None:
    timeline = Timeline()
    timeline.add(Message(sender="a", text="see https://a.example", time=START))
    view.show("#a", timeline, named=True, divider=0)
    until(lambda: view.visible)
    cursors = []
    for position in (1, 10):
        x, y = place(view, 0, position)
        view.event_generate("<Motion>", x=x, y=y)
        cursors.append(view.cget("cursor"))
    view.event_generate("<Motion>", x=2, y=2)
    assert [*cursors, view.cget("cursor")] == ["xterm", "hand2", ""]
