"""Lines to type into: emoji are pictures, and all else is as in Tk's own entries."""

import re
import tkinter
from pathlib import Path

import pytest

import gui.views
from gui.model.text import EMOJI, one_line
from gui.palette import LIGHT
from gui.theme import Look
from gui.views.controls import Field
from gui.views.entry import Entry, EntryBox
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window

#: Only there Tk draws what is typed: dots; labels to choose from; our text with pictures; an
#: address that can be selected but not changed.
_ALLOWED = {"secret.py", "controls.py", "emojitext.py", "linking.py"}
_TYPED = r"(?:tkinter|ttk)\.(?:Entry|Spinbox|Combobox|Text|Listbox|Message)"


def test_nothing_else_is_typed_into_tks_own_fields() -> None:
    sources = Path(gui.views.__file__).parent.glob("*.py")
    made = re.compile(rf"{_TYPED}\(|class \w+\({_TYPED}\)")
    assert {path.name for path in sources if made.search(path.read_text("utf-8"))} == _ALLOWED


@pytest.fixture
def box(root: tkinter.Tk, look: Look, until: Until) -> EntryBox:
    made = EntryBox(root, look, width=12)
    made.pack()
    made.entry.focus_force()
    until(lambda: made.entry.focused)
    return made


@pytest.fixture
def entry(box: EntryBox) -> Entry:
    return box.entry


def drawn(entry: Entry) -> str:
    """The characters that Tk has to draw."""
    parts = entry.dump("1.0", "end-1c", text=True)
    return "".join(part[1] for part in parts)


def keys(entry: Entry, *sequences: str) -> None:
    for sequence in sequences:
        entry.event_generate(sequence)
    entry.update()


def put(entry: Entry, text: str) -> None:
    """Have it on the clipboard."""
    entry.clipboard_clear()
    entry.clipboard_append(text, type="UTF8_STRING")
    entry.update()


@pytest.mark.parametrize(
    "text", ["a 👩‍👩‍👧 b", "🇩🇪", "👍🏽!", "1️⃣", "\U0001f600" * 50, "©️", "x\U000e0061y"]
)
def test_emoji_are_pictures_and_come_back_as_text(entry: Entry, text: str) -> None:
    for way in (entry.set_value, lambda one: entry.insert("end", one)):
        entry.delete(0, "end")
        way(text)
        assert entry.get() == text
        assert not EMOJI.search(drawn(entry))
    put(entry, text)
    keys(entry, "<Control-a>", "<<Paste>>")
    assert entry.get() == text
    assert not EMOJI.search(drawn(entry))


def test_surrogates_do_not_become_emoji_by_the_back_door(entry: Entry) -> None:
    entry.set_value("\ud83d\ude00 \ud83d")
    assert entry.get() == "😀 \ufffd"
    assert drawn(entry) == " \ufffd"


def test_it_has_one_line(entry: Entry) -> None:
    put(entry, "one\ntwo\r\nthree\tfour\n")
    keys(entry, "<<Paste>>", "<Return>", "<KP_Enter>", "<Escape>")
    assert entry.get() == "one two three four"
    assert one_line("\n") == ""


def test_what_is_endless_is_cut(entry: Entry) -> None:
    entry.set_value("w🎉" * 5000)
    assert entry.get() == "w🎉" * 1000


def test_tab_goes_on_and_selects_all_of_the_next(
    root: tkinter.Tk, look: Look, box: EntryBox, until: Until
) -> None:
    following = EntryBox(root, look)
    following.pack()
    following.entry.set_value("next 🎉")
    root.update()
    keys(box.entry, "<Tab>")
    until(lambda: root.focus_get() is following.entry)
    assert following.entry.selected() == "next 🎉"
    assert box.entry.get() == ""
    following.entry.event_generate("<Shift-Tab>")
    until(lambda: root.focus_get() is box.entry)
    following.entry.state(["disabled"])
    root.update()
    assert box.entry.tk_focusNext() is not following.entry


def test_keys_of_a_line(entry: Entry) -> None:
    keys(entry, "a", "b", "<space>", "c", "<Home>", "x", "<End>", "y")
    assert entry.get() == "xab cy"
    keys(entry, "<<PrevWord>>", "<BackSpace>", "<Delete>")
    assert entry.get() == "xaby"
    keys(entry, "<Control-a>")
    assert entry.selected() == "xaby"
    keys(entry, "z")
    assert entry.get() == "z"
    keys(entry, "<<Undo>>", "<<Undo>>")
    assert entry.get() == "xaby"
    keys(entry, "<<Redo>>", "<<Redo>>")
    assert entry.get() == "z"


def test_what_is_beyond_the_edge_comes_into_sight(entry: Entry) -> None:
    entry.set_value("word " * 30)
    entry.update()
    assert entry.xview()[1] == 1.0
    keys(entry, "<Home>")
    assert entry.xview()[0] == 0.0
    entry.icursor("end")
    entry.update()
    assert entry.xview()[1] == 1.0


def test_where_nobody_types_the_beginning_is_seen(root: tkinter.Tk, look: Look) -> None:
    field = Field(root, look, "Topic", width=10)
    field.pack()
    field.fill("a long topic about very much indeed")
    root.update()
    assert field.entry.xview()[0] == 0.0


def test_places_are_those_of_entries(entry: Entry) -> None:
    entry.insert(0, "abc")
    entry.insert(1, "🎉")
    assert entry.get() == "a🎉bc"
    entry.delete(1)
    entry.delete(1, "end")
    assert entry.get() == "a"
    entry.insert("end", "b")
    entry.select_range(0, "end")
    assert entry.selected() == "ab"


def test_it_rests_and_still_can_be_filled(box: EntryBox) -> None:
    entry = box.entry
    entry.state(["disabled"])
    put(entry, "x🎉")
    keys(entry, "<<Paste>>", "a")
    entry.insert(0, "b🎉")
    assert entry.get() == ""
    entry.set_value("said 🎉")
    assert entry.get() == "said 🎉"
    assert box.instate(["disabled"])
    entry.state(["!disabled", "readonly"])
    keys(entry, "a")
    assert entry.get() == "said 🎉"
    assert entry.instate(["readonly", "!disabled"])
    assert not box.instate(["disabled"])


def test_the_frame_shows_focus_and_error(
    root: tkinter.Tk, look: Look, box: EntryBox, until: Until
) -> None:
    assert box.instate(["focus", "!invalid"])
    box.entry.state(["invalid"])
    assert box.instate(["invalid"])
    other = EntryBox(root, look)
    other.pack()
    other.event_generate("<Button-1>")
    until(lambda: other.instate(["focus"]) and box.instate(["!focus"]))


def test_it_follows_the_look(box: EntryBox, look: Look) -> None:
    box.entry.set_value("🎉")
    look.change(LIGHT, 2.0)
    box.update()
    assert str(box.entry["background"]) == LIGHT.field
    assert box.entry.get() == "🎉"
    box.destroy()
    look.change(LIGHT, 1.0)


def test_changes_are_told(entry: Entry) -> None:
    heard: list[str] = []
    entry.on_change = lambda _: heard.append(entry.get())
    keys(entry, "a", "<BackSpace>")
    entry.set_value("b")
    assert heard == ["a", "", "b"]
