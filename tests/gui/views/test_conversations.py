"""The conversation list, the header, the typing line and tooltips."""

import tkinter

import pytest

from gui.model.shown import ConversationRow, Header
from gui.palette import DARK, LIGHT
from gui.theme import Look
from gui.views.conversations import ConversationList
from gui.views.header import HeaderBar
from gui.views.iconbutton import IconButton
from gui.views.typing import TypingLine
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window


def rows(count: int) -> list[ConversationRow]:
    return [
        ConversationRow(
            f"#r{at}", f"#r{at}", "ada: hello", "12:00", unread=at, mention=at % 2 > 0,
            quiet=at % 3 == 0, selected=at == 1, lead="ada:", pinned=at == 0, room=True,
            delivery="sent" if at == 2 else "", failed=at == 3,
        )
        for at in range(count)
    ]  # fmt: skip


def test_an_empty_list_says_what_to_do(root: tkinter.Tk, look: Look, until: Until) -> None:
    listed = ConversationList(root, look)
    listed.pack(fill="both", expand=True)
    until(lambda: "No conversations yet" in texts(listed))
    listed.focus_force()
    root.update()
    for key in ("<Down>", "<Return>", "<Menu>"):
        listed.event_generate(key)


def test_the_list_works_by_keyboard(root: tkinter.Tk, look: Look, until: Until) -> None:
    opened: list[str] = []
    asked: list[str] = []
    listed = ConversationList(root, look)
    listed.on_open = opened.append
    listed.on_menu = lambda key, x, y: asked.append(key)
    listed.pack(fill="both", expand=True)
    listed.show(rows(30))
    listed.focus_force()
    until(lambda: listed.cursor == "#r1")
    listed.event_generate("<Down>")
    listed.event_generate("<Return>")
    assert opened == ["#r2"]
    listed.event_generate("<End>")
    until(lambda: "#r29" in texts(listed))
    listed.event_generate("<Menu>")
    assert asked == ["#r29"]
    listed.show(list(reversed(rows(30))))
    listed.event_generate("<Home>")
    listed.event_generate("<Up>")
    listed.event_generate("<space>")
    assert opened == ["#r2", "#r29"]


def test_the_thumb_can_be_dragged(root: tkinter.Tk, look: Look, until: Until) -> None:
    opened: list[str] = []
    listed = ConversationList(root, look)
    listed.on_open = opened.append
    listed.pack(fill="both", expand=True)
    listed.show(rows(100))
    until(lambda: "#r0" in texts(listed))
    listed.event_generate("<Motion>", x=50, y=50)
    root.update()
    right = listed.winfo_width() - 3
    listed.event_generate("<Button-1>", x=right, y=5)
    listed.event_generate("<B1-Motion>", x=right, y=listed.winfo_height())
    until(lambda: "#r99" in texts(listed))
    listed.event_generate("<ButtonRelease-1>", x=right, y=listed.winfo_height())
    assert opened == []
    listed.event_generate("<Button-1>", x=50, y=listed.winfo_height() - 10)
    assert opened == ["#r99"]
    for palette, scale in ((LIGHT, 2.0), (DARK, 1.0)):
        look.change(palette, scale)
        root.update()


def test_the_header_is_a_way_to_more(root: tkinter.Tk, look: Look, until: Until) -> None:
    called: list[str] = []
    header = HeaderBar(root, look, lambda: called.append("members"), lambda x, y: None)
    header.on_info = lambda: called.append("info")
    header.on_find = lambda: called.append("find")
    header.pack(fill="x")
    header.press()
    header.show(Header("#room", "3 members", True))
    until(lambda: header.people.winfo_ismapped())
    for button in (header.people, header.find):
        button.event_generate("<Button-1>")
    header.press()
    assert called == ["members", "find", "info"]
    header.show(Header("ada", "", False))
    until(lambda: not header.people.winfo_ismapped())
    assert header.find.winfo_ismapped()


def test_the_dots_move_only_while_somebody_types(
    root: tkinter.Tk, look: Look, until: Until
) -> None:
    line = TypingLine(root, look)
    line.pack(fill="x")
    line.show("ada is typing…")
    until(lambda: "ada is typing…" in texts(line))
    moving = [line.moving]
    line.show("")
    moving.append(line.moving)
    assert moving == [True, False]
    assert texts(line) == []
    line.show("bob is typing…")
    line.destroy()


def test_a_tooltip_comes_after_a_moment_and_goes(
    root: tkinter.Tk, look: Look, until: Until
) -> None:
    pressed: list[bool] = []
    button = IconButton(root, look, "find", lambda: pressed.append(True), tip=("Find", "Ctrl+F"))
    button.pack()
    assert button.tooltip is not None
    tip = button.tooltip
    until(button.winfo_viewable)
    button.event_generate("<Enter>")
    until(lambda: tip.shown)
    button.event_generate("<Leave>")
    until(lambda: not tip.shown)
    button.focus_force()
    root.update()
    button.event_generate("<space>")
    button.enable(False)
    button.event_generate("<Button-1>")
    assert pressed == [True]
    tip.show()
    button.destroy()
    until(lambda: not tip.shown)


def test_only_rows_that_look_different_are_drawn_again(
    root: tkinter.Tk, look: Look, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ConversationList(root, look)
    shown.pack(fill="both", expand=True)
    before = [ConversationRow(f"#r{one}", f"#r{one}", "hello", "12:00") for one in range(8)]
    shown.show(before)
    until(lambda: texts(shown).count("hello") == len(before))
    written = len(texts(shown))
    drawn: list[int] = []
    draw = shown.draw_row

    def note(index: int, y: int, width: int, *, hover: bool) -> None:
        drawn.append(index)
        draw(index, y, width, hover=hover)

    monkeypatch.setattr(shown, "draw_row", note)
    shown.show([*before[:3], before[3]._replace(preview="other"), *before[4:]])
    until(lambda: "other" in texts(shown))
    assert drawn == [3]
    assert len(texts(shown)) == written
    look.change(LIGHT, 1.0)
    until(lambda: len(drawn) > 1)
    assert set(drawn) == set(range(8))
    assert len(texts(shown)) == written
