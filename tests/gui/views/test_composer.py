"""The composer: sending, growing, completing, and emoji that never reach Tk's text."""

import tkinter

import pytest

from gui.palette import LIGHT
from gui.theme import Look
from gui.views.composer import Composer
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


def test_undo_is_harmless(composer: Composer) -> None:
    composer.text.insert("insert", "abc")
    keys(composer, "<<Undo>>", "<<Undo>>", "<<Redo>>")
    composer.value()
