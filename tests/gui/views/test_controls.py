"""The small widgets of dialogs."""

import tkinter
from tkinter import ttk

import pytest

from gui.palette import LIGHT
from gui.theme import Look
from gui.views.controls import (
    AvatarLabel,
    Choice,
    Field,
    LinkLabel,
    SearchEntry,
    Segmented,
    Spinner,
)
from gui.views.dialog import Dialog
from gui.views.scrollarea import ScrollArea
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


def test_a_field_with_its_error(root: tkinter.Tk, look: Look) -> None:
    field = Field(root, look, "Name")
    field.pack()
    field.fill("ada")
    root.update()
    low = field.winfo_reqheight()
    field.error("This one is taken.")
    root.update()
    assert (field.value, field.problem) == ("ada", "This one is taken.")
    assert field.winfo_reqheight() > low
    assert field.entry.instate(["invalid"])
    field.error("")
    root.update()
    assert field.winfo_reqheight() == low
    field.enable(False)
    assert field.entry.instate(["disabled", "!invalid"])


def test_a_secret_can_be_uncovered(root: tkinter.Tk, look: Look) -> None:
    field = Field(root, look, "Password", secret=True)
    field.fill("fern")
    button = next(one for one in field.entry.winfo_children() if isinstance(one, ttk.Button))
    button.invoke()
    assert field.entry.cget("show") == ""
    button.invoke()
    assert field.entry.cget("show") == "•"


def test_a_secret_with_emoji_is_never_legible(root: tkinter.Tk, look: Look) -> None:
    field = Field(root, look, "Password", secret=True)
    button = next(one for one in field.entry.winfo_children() if isinstance(one, ttk.Button))
    button.invoke()
    field.entry.insert("end", "fern🌿")
    assert field.entry.cget("show") == "•"
    button.invoke()
    assert field.entry.cget("show") == "•"
    assert field.value == "fern🌿"


def test_a_choice_of_a_few_by_arrows(root: tkinter.Tk, look: Look, until: Until) -> None:
    variable, heard = tkinter.StringVar(root, "b"), []
    control = Segmented(
        root, look, [("a", "A"), ("b", "B"), ("c", "C")], variable,
        lambda: heard.append(variable.get()),
    )  # fmt: skip
    control.pack()
    root.update()
    assert [str(one.cget("takefocus")) for one in control.buttons.values()] == ["0", "1", "0"]
    control.buttons["b"].focus_force()
    control.buttons["b"].event_generate("<Right>")
    control.buttons["c"].event_generate("<Right>")
    until(lambda: heard == ["c", "a"])
    control.destroy()
    variable.set("c")  # nobody listens any more
    root.update()


def test_a_search_is_told_and_escape_empties_it(root: tkinter.Tk, look: Look, until: Until) -> None:
    heard: list[str] = []
    search = SearchEntry(root, look, "Find", heard.append)
    search.pack()
    root.update()
    assert search._hint.winfo_ismapped()
    search.entry.insert(0, "ad")
    root.update()
    assert not search._hint.winfo_ismapped()
    search.entry.focus_force()
    search.entry.event_generate("<Escape>")
    until(lambda: heard == ["ad", ""])


def test_links_are_pressed_by_return(root: tkinter.Tk, look: Look, until: Until) -> None:
    pressed: list[int] = []
    link = LinkLabel(root, look, "More", lambda: pressed.append(1))
    link.pack()
    root.update()
    link.focus_force()
    link.event_generate("<Return>")
    until(lambda: pressed == [1])


def test_a_list_has_the_looks_colours_after_a_change(root: tkinter.Tk, look: Look) -> None:
    chosen: list[str] = []
    choice = Choice(root, look, ["one", "two"], chosen.append)
    choice.pack()
    root.update()
    for _ in range(2):
        root.tk.call("ttk::combobox::Post", str(choice))
        popdown = str(root.tk.call("ttk::combobox::PopdownWindow", str(choice)))
        colour = str(root.tk.call(f"{popdown}.f.l", "cget", "-background"))
        assert colour == look.palette.field
        root.tk.call("ttk::combobox::Unpost", str(choice))
        look.change(LIGHT, 1.0)
    choice.set("two")
    choice.event_generate("<<ComboboxSelected>>")
    assert chosen == ["two"]


def test_a_spinner_turns_only_while_it_is_seen(root: tkinter.Tk, look: Look, until: Until) -> None:
    spinner = Spinner(root, look)
    root.update()
    assert not spinner._timer
    spinner.pack()
    until(lambda: spinner._step > 2)
    spinner.pack_forget()
    until(lambda: not spinner._timer)
    spinner.destroy()


def test_widgets_that_are_gone_hear_of_no_change(root: tkinter.Tk, look: Look) -> None:
    before = len(look._listeners)
    frame = ttk.Frame(root)
    AvatarLabel(frame, look, "Ada Lovelace", 40, "online").show("Bob", "away")
    Field(frame, look, "Name")
    frame.destroy()
    assert len(look._listeners) == before
    look.change(LIGHT, 2.0)


def test_what_does_not_fit_scrolls_to_the_focus(root: tkinter.Tk, look: Look, until: Until) -> None:
    area = ScrollArea(root, look, highest=100)
    area.pack()
    entries = [ttk.Entry(area.inner) for _ in range(20)]
    for entry in entries:
        entry.pack()
    until(lambda: area.scrolls)
    assert area.winfo_height() == 100
    entries[-1].focus_force()
    until(lambda: area._canvas.yview()[1] == 1.0)
    entries[0].focus_force()
    until(lambda: area._canvas.yview()[0] == 0.0)
    area.event_generate("<Button-5>")
    area.clear()
    until(lambda: not area.inner.winfo_children())


def test_dialogs_fit_the_screen_and_follow_the_look(
    root: tkinter.Tk, look: Look, until: Until
) -> None:
    closed: list[int] = []
    dialog = Dialog(look, "A title", lambda: closed.append(1))
    for row in range(1, 80):
        ttk.Label(dialog.body, text=f"line {row}").grid(row=row, column=0)
    button = dialog.buttons(80, "Yes", lambda: closed.append(2))
    dialog.default(button)
    dialog.appear(button)
    until(lambda: dialog.winfo_viewable())
    assert dialog.winfo_height() <= dialog.winfo_screenheight()
    look.change(LIGHT, 1.5)
    assert str(dialog["background"]) == LIGHT.side
    dialog.focus_force()
    dialog.event_generate("<Escape>")
    dialog.event_generate("<Return>")
    until(lambda: closed == [1, 2])
    dialog.destroy()
