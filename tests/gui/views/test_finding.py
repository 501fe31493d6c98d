"""The search field, the find bar and the past, in a real window."""

import time
import tkinter

import pytest

from core.client import events
from gui.model.found import Heading, MessageHit, PlaceHit, Remark, Row
from gui.model.message import Message
from gui.palette import DARK, LIGHT
from gui.theme import Look
from gui.views.entry import Entry
from gui.views.results import ResultList
from tests.gui.presenter.past import ALL, context, messages
from tests.gui.views.conftest import Until, texts
from tests.gui.views.test_window import Scene

pytestmark = pytest.mark.window


@pytest.fixture
def scene(root: tkinter.Tk, look: Look, until: Until) -> Scene:
    made = Scene(root, look)
    made.start()
    made.presenter.desk.chat.features = ALL
    made.presenter.connection.state = "online"
    until(lambda: made.window.conversations.find_all())
    return made


def type_into(entry: Entry, text: str) -> None:
    entry.focus_force()
    entry.update()
    entry.delete(0, "end")
    entry.insert(0, text)


def test_the_search_field_finds_opens_and_is_left(scene: Scene, until: Until) -> None:
    window, chat = scene.window, scene.presenter.desk.chat
    entry = window.search.entry
    type_into(entry, "oth")
    until(lambda: "oth" in texts(window.finding.results))  # apart: it is highlighted
    assert window.finding.results.winfo_ismapped()
    entry.event_generate("<Return>")
    until(lambda: chat.current == "#other")
    assert entry.get() == ""
    until(lambda: not window.finding.results.winfo_ismapped())
    until(lambda: scene.root.focus_get() is window.composer.text)
    type_into(entry, "zo")
    until(lambda: "Message " in texts(window.finding.results))
    entry.event_generate("<Escape>")
    until(lambda: not window.finding.results.winfo_ismapped())
    assert chat.current == "#other"


def test_messages_are_asked_for_after_a_pause_and_a_click_goes_there(
    scene: Scene, until: Until
) -> None:
    scene.presenter.handle(list(messages(*range(1, 60))))
    type_into(scene.window.search.entry, "word")
    calls = scene.link.session.calls
    until(lambda: any(call[0] == "search" for call in calls))
    query = str(next(call[1] for call in calls if call[0] == "search"))
    scene.presenter.handle([events.SearchReceived(query, messages(3, 2), True)])
    results = scene.window.finding.results
    until(lambda: "n3" in texts(results))
    results.event_generate("<Button-1>", x=80, y=results.top_of(1) + 20)
    until(lambda: 3 in [int(row.layout.text[1:]) for row in scene.window.messages.visible])
    assert not scene.window.messages.stuck


def test_the_selected_result_is_kept_in_view(root: tkinter.Tk, look: Look, until: Until) -> None:
    picked: list[int] = []
    asked: list[bool] = []
    shown = ResultList(root, look)
    shown.on_pick, shown.on_more = picked.append, lambda: asked.append(True)
    shown.pack(fill="both", expand=True)
    hits = [PlaceHit(f"#r{at}", f"#r{at}", f"#r{at}", "", ((0, 1),), True) for at in range(40)]
    found = [MessageHit("ada", "ada", "m1", "ada", "some words", ((5, 10),), "12:00")]
    rows: list[Row] = [*hits, Heading("Messages"), *found, Remark("Searching…")]
    shown.show(rows, 0)
    until(lambda: "r0" in "".join(texts(shown)))
    assert asked == []
    shown.show(rows, 41)
    until(lambda: "words" in texts(shown))
    assert asked
    shown.event_generate("<Button-1>", x=60, y=shown.winfo_height() - 70)
    shown.event_generate("<Button-1>", x=60, y=shown.winfo_height() - 5)
    assert picked == [41]
    look.change(LIGHT, 2.0)
    look.change(DARK, 1.0)
    root.update()


def test_the_find_bar_comes_counts_and_goes(scene: Scene, until: Until) -> None:
    scene.presenter.handle(list(messages(*range(1, 80))))
    window = scene.window
    window.composer.text.focus_force()
    scene.root.update()
    window.composer.text.event_generate("<Control-f>")
    bar = window.finding.bar
    until(lambda: bar.winfo_ismapped())
    type_into(bar.entry, "n1")
    until(lambda: bar.count.cget("text") == "1 of 11+")
    bar.entry.event_generate("<Return>")
    assert bar.count.cget("text") == "2 of 11+"
    bar.entry.event_generate("<Shift-Return>")
    assert bar.count.cget("text") == "1 of 11+"
    bar.entry.event_generate("<F3>")
    assert bar.count.cget("text") == "2 of 11+"
    until(lambda: "n18" in [row.layout.text for row in window.messages.visible])
    bar.entry.event_generate("<Escape>")
    until(lambda: not bar.winfo_ismapped())
    assert scene.root.focus_get() is window.composer.text


def test_the_past_has_a_bar_and_a_way_back(scene: Scene, until: Until) -> None:
    window = scene.window
    scene.presenter.handle(list(messages(*range(900, 990))))
    until(lambda: window.messages.visible and window.messages.stuck)
    scene.presenter.finding.jump("#room", "m50")
    scene.presenter.handle([context("m50", "around", *range(30, 70))])
    until(lambda: window.finding.past.winfo_ismapped())
    until(lambda: "n50" in [row.layout.text for row in window.messages.visible])
    assert not window.messages.stuck
    window.messages.scroll(100_000)
    assert not window.messages.stuck
    until(lambda: ("request_context", "#room", "m69", "after") in scene.link.session.calls)
    place = next(row.y for row in window.messages.visible if row.layout.text == "n69")
    scene.presenter.handle([context("m69", "after", *range(70, 80), *range(900, 910))])
    until(lambda: not window.finding.past.winfo_ismapped())
    rows = {row.layout.text: row.y for row in window.messages.visible}
    assert abs(rows["n69"] - place) < 30  # the end of a group becomes a part of a longer one
    assert len(window.messages.timeline) == 140
    scene.presenter.finding.jump("#room", "m2")
    scene.presenter.handle([context("m2", "around", 1, 2, 3)])
    until(lambda: window.finding.past.winfo_ismapped())
    window.finding.past.button.invoke()
    until(lambda: window.messages.stuck)
    assert not window.finding.past.winfo_ismapped()


def test_a_hundred_thousand_messages_hold_nothing_up(scene: Scene, until: Until) -> None:
    timeline = scene.presenter.desk.chat.conversations["#room"].timeline
    timeline.add_missed(
        Message(sender="ada", text=f"words that were said, {number}", time=1.6e9 + number)
        for number in range(100_000)
    )
    scene.presenter.conversations.open("#other")
    scene.presenter.conversations.open("#room")
    until(lambda: scene.window.messages.visible)
    scene.window.finding.open_bar()
    bar = scene.window.finding.bar
    type_into(bar.entry, ", 777")
    longest, deadline = 0.0, time.monotonic() + 10.0
    while bar.count.cget("text") not in ("1 of 111", "1 of 111+"):
        start = time.perf_counter()
        scene.root.update()
        longest = max(longest, time.perf_counter() - start)
        assert time.monotonic() < deadline, bar.count.cget("text")
    assert longest < 0.5
