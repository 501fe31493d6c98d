"""The composer: sending, growing, completing, and emoji that never reach Tk's text."""

import tkinter

import pytest

from gui.model.preferences import Preferences
from gui.model.writing import Gate, Quote
from gui.palette import LIGHT
from gui.theme import Look
from gui.views.composer import Composer
from gui.views.emojipicker import EmojiPicker
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window


@pytest.fixture
def composer(root: tkinter.Tk, look: Look, until: Until) -> Composer:
    made = Composer(root, look)
    made.pack(side="bottom", fill="x")
    made.show("Message #room", "", enabled=True)
    until(lambda: made.text.winfo_width() > 300)
    made.text.focus_force()
    return made


def keys(composer: Composer, *sequences: str) -> None:
    for sequence in sequences:
        composer.text.event_generate(sequence)
    composer.update()


def test_return_sends_and_shift_return_breaks_the_line(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    keys(composer, "<h>", "<i>", "<Shift-Return>", "<u>")
    assert composer.value() == "hi\nu"
    keys(composer, "<Return>")
    assert sent == ["hi\nu"]
    assert composer.value() == ""
    keys(composer, "<space>", "<Return>")
    assert sent == ["hi\nu"]


def test_it_grows_with_its_lines_and_not_for_ever(composer: Composer, until: Until) -> None:
    one = composer.winfo_height()
    composer.text.insert("end", "a\nb\nc")
    until(lambda: composer.winfo_height() > one)
    three = composer.winfo_height()
    composer.text.insert("end", "\n" * 40)
    until(lambda: composer.winfo_height() > three)
    assert composer.winfo_height() < 250
    composer.text.set_value("")
    until(lambda: composer.winfo_height() == one)


EMOJI = "hi 👋🏽, 👨‍👩‍👧 and 🇩🇪!\n☕ {$x} [y]"


def test_emoji_are_pictures_in_the_field_and_text_outside(composer: Composer) -> None:
    composer.text.insert("insert", EMOJI)
    assert composer.value() == EMOJI
    assert len(composer.text.image_names()) == 4
    inside = composer.text.get("1.0", "end-1c")
    assert "👋" not in inside
    composer.text.tag_add("sel", "1.0", "end-1c")
    assert composer.text.selected() == EMOJI
    keys(composer, "<<Copy>>")
    assert composer.clipboard_get() == EMOJI
    keys(composer, "<<Cut>>")
    assert composer.value() == ""


def test_pasting_brings_emoji_through_the_same_gate(composer: Composer) -> None:
    composer.clipboard_clear()
    composer.clipboard_append("a 🎉 b")
    keys(composer, "<<Paste>>")
    assert composer.value() == "a 🎉 b"
    assert len(composer.text.image_names()) == 1


def test_lone_surrogates_do_not_survive(composer: Composer) -> None:
    composer.text.set_value("x\ud83dy")
    assert composer.value() == "x\ufffdy"


def test_drafts_come_back(composer: Composer) -> None:
    typed: list[str] = []
    composer.on_typed = typed.append
    composer.show("Message bob", "dra 👋 ft", enabled=True)
    assert composer.value() == "dra 👋 ft"
    assert typed == []
    composer.text.insert("end", "!")
    assert typed == ["dra 👋 ft!"]


def test_a_new_look_keeps_the_text(composer: Composer, look: Look) -> None:
    composer.text.set_value("so 👋 far")
    look.change(LIGHT, 1.3)
    composer.update()
    assert composer.value() == "so 👋 far"


def test_tab_completes_and_goes_on_to_the_next(composer: Composer) -> None:
    people = ["ada", "adam"]
    composer.completion.cycle = lambda start: [one for one in people if one.startswith(start)]
    keys(composer, "<a>", "<d>", "<Tab>")
    assert composer.value() == "ada: "
    keys(composer, "<Tab>")
    assert composer.value() == "adam: "
    keys(composer, "<Tab>")
    assert composer.value() == "ada: "
    composer.text.set_value("hello ad")
    keys(composer, "<x>", "<BackSpace>", "<Tab>")
    assert composer.value() == "hello ada "
    composer.text.set_value("zz")
    keys(composer, "<y>", "<Tab>")
    assert composer.value() == "zzy"


def test_disabled(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    composer.show("", "", enabled=False)
    keys(composer, "<h>", "<Return>")
    assert sent == []


def test_undo_and_redo_bring_pictures_back(composer: Composer) -> None:
    composer.text.insert("insert", "abc")
    composer.text.insert("insert", " 👋 x")
    composer.text.delete("1.0", "end")
    assert composer.value() == ""
    keys(composer, "<<Undo>>")
    assert composer.value() == "abc 👋 x"
    assert len(composer.text.image_names()) == 1
    keys(composer, "<<Undo>>")
    assert composer.value() == "abc"
    keys(composer, "<<Undo>>", "<<Undo>>")
    assert composer.value() == ""
    keys(composer, "<<Redo>>", "<Control-y>", "<<Redo>>", "<<Redo>>")
    assert composer.value() == ""
    composer.text.set_value("other")
    keys(composer, "<<Undo>>")
    assert composer.value() == "other"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two", "one "),
        ("one two  ", "one "),
        ("one 👋", "one "),
        ("naïve Ünïcode", "naïve "),
        ("line\n", "line"),
        ("end...", "end"),
        ("", ""),
        ("a🇩🇪b", "a🇩🇪"),
    ],
)
def test_control_backspace_deletes_a_word(composer: Composer, before: str, after: str) -> None:
    composer.text.insert("insert", before)
    keys(composer, "<Control-BackSpace>")
    assert composer.value() == after


def test_control_delete_deletes_the_next_word(composer: Composer) -> None:
    composer.text.insert("insert", "one two")
    composer.text.mark_set("insert", "1.3")
    keys(composer, "<Control-Delete>")
    assert composer.value() == "one"


def test_pasting_many_lines_replaces_what_is_selected(composer: Composer) -> None:
    composer.text.insert("insert", "old")
    keys(composer, "<Control-a>")
    composer.clipboard_clear()
    composer.clipboard_append("\n".join(f"line {number}" for number in range(2000)))
    keys(composer, "<<Paste>>")
    assert composer.value().splitlines()[-1] == "line 1999"
    assert composer.value().startswith("line 0")
    assert composer.winfo_height() < 250
    keys(composer, "<<Undo>>")
    assert composer.value() == "old"


def test_enter_or_control_enter_sends_as_chosen(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    chosen = Preferences(send_with="ctrl-enter")
    composer.preferences = lambda: chosen
    keys(composer, "<a>", "<Return>", "<b>", "<Control-Return>")
    assert sent == ["a\nb"]
    chosen.send_with = "enter"
    keys(composer, "<c>", "<Return>")
    assert sent == ["a\nb", "c"]


def lit(composer: Composer) -> bool:
    return composer.send_button.lit


def test_the_button_sends_and_is_lit_only_when_there_is_something(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    button = composer.send_button
    assert not lit(composer)
    assert not int(str(button.cget("takefocus")))
    button.event_generate("<Button-1>")
    keys(composer, "<space>")
    assert not lit(composer)
    keys(composer, "<h>")
    assert lit(composer)
    button.focus_force()
    composer.update()
    button.event_generate("<Return>")
    composer.update()
    assert sent == [" h"]
    assert not lit(composer)
    assert composer.focus_get() is composer.text


def test_the_focused_button_looks_different(composer: Composer) -> None:
    keys(composer, "<h>")
    before = str(composer.send_button.cget("image"))
    composer.send_button.focus_force()
    composer.update()
    assert str(composer.send_button.cget("image")) != before


def test_up_in_the_empty_field_goes_to_the_messages(composer: Composer) -> None:
    went: list[bool] = []
    composer.on_up = lambda: went.append(True)
    keys(composer, "<h>", "<Up>")
    assert went == []
    keys(composer, "<Control-a>", "<BackSpace>", "<Up>")
    assert went == [True]


def test_a_pause_is_told_once(composer: Composer, until: Until) -> None:
    paused: list[bool] = []
    composer.on_pause = lambda: paused.append(True)
    composer.pause_after = 20
    keys(composer, "<h>", "<i>")
    until(lambda: paused)
    keys(composer, "<j>")
    composer.text.set_value("")
    composer.show("Message #other", "", enabled=True)
    assert paused == [True]


def test_the_answered_message_stands_above_until_escape(composer: Composer, until: Until) -> None:
    dropped: list[bool] = []
    composer.on_drop = lambda: dropped.append(True)
    low = composer.winfo_height()
    composer.show_quote(Quote("Ines", "ines", "shall we? 🎉"))
    until(lambda: composer.winfo_height() > low)
    keys(composer, "<Escape>")
    assert dropped == [True]
    composer.show_quote(None)
    until(lambda: composer.winfo_height() == low)
    keys(composer, "<Escape>")
    assert dropped == [True]


def test_where_one_cannot_write_there_is_a_button(composer: Composer, until: Until) -> None:
    joined: list[bool] = []
    composer.on_join = lambda: joined.append(True)
    composer.show_gate(Gate(join="Join #room"))
    until(lambda: not composer.text.winfo_viewable())
    assert composer.focus_get() is composer.join_button
    composer.join_button.event_generate("<Return>")
    composer.join_button.invoke()
    assert joined == [True, True]
    composer.show_gate(Gate())
    until(composer.text.winfo_viewable)
    assert composer.focus_get() is composer.text


def test_a_notice_stands_above_the_field(composer: Composer, until: Until) -> None:
    low = composer.winfo_height()
    composer.show_gate(Gate(notice="No connection"))
    until(lambda: composer.winfo_height() > low)
    keys(composer, "<h>")
    assert composer.value() == "h"


def test_a_picked_emoji_goes_to_the_cursor(composer: Composer, until: Until) -> None:
    chosen = Preferences()
    composer.preferences = lambda: chosen
    composer.text.insert("insert", "ab")
    composer.text.mark_set("insert", "1.1")
    keys(composer, "<Control-e>")
    picker = EmojiPicker.current()
    assert picker is not None
    picker.grid_view.on_pick("🎉")
    assert composer.value() == "a🎉b"
    assert composer.focus_get() is composer.text
    assert chosen.recent_emoji == ["🎉"]
    keys(composer, "<Control-e>", "<Control-e>")
    assert EmojiPicker.current() is None
