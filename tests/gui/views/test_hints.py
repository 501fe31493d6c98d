"""Completing in the field: the popup and its keys, with real key events."""

import tkinter

import pytest

from gui.model.writing import Hint, Hints
from gui.theme import Look
from gui.views.composer import Composer
from gui.views.hints import HintPopup
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window

NAMES = ("Ада", "адам", "Ål👋", "bob")


def ask(before: str) -> Hints:
    """People after '@', emoji for ':tada:', what '/topic' takes."""
    word = before.rsplit(" ", 1)[-1]
    if word == ":tada:":
        return Hints(word=word, replace="🎉")
    if before.startswith("/topic "):
        return Hints(usage="/topic [TEXT]", about="what it is about")
    if word.startswith("@"):
        fits = [one for one in NAMES if one.casefold().startswith(word[1:].casefold())]
        rows = tuple(Hint(one, f"@{one} ", person=one) for one in fits)
        return Hints(word, rows, 0 if word != "@" else -1)
    return Hints()


@pytest.fixture
def composer(root: tkinter.Tk, look: Look, until: Until) -> Composer:
    made = Composer(root, look)
    made.pack(side="bottom", fill="x")
    made.show("Message #room", "", enabled=True)
    made.completion.ask = ask
    made.completion.cycle = lambda start: [
        one for one in NAMES if one.casefold().startswith(start.casefold())
    ]
    until(lambda: made.text.winfo_width() > 300)
    made.text.focus_force()
    made.update()
    return made


def popup(composer: Composer) -> HintPopup:
    return next(
        one for one in composer.winfo_toplevel().winfo_children() if isinstance(one, HintPopup)
    )


def keys(composer: Composer, *sequences: str) -> None:
    for sequence in sequences:
        composer.text.event_generate(sequence)
    composer.update()


def write(composer: Composer, text: str) -> None:
    for letter in text:
        composer.text.insert("insert", letter)
    composer.update()


def test_the_popup_comes_and_goes_and_never_takes_the_focus(composer: Composer) -> None:
    write(composer, "hi @")
    assert popup(composer).winfo_viewable()
    assert "bob" in texts(popup(composer))
    assert composer.focus_get() is composer.text
    write(composer, "bx")
    assert not popup(composer).winfo_viewable()


def test_return_takes_what_is_chosen_and_then_sends(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    write(composer, "hi @b")
    keys(composer, "<Return>")
    assert (composer.value(), sent) == ("hi @bob ", [])
    keys(composer, "<Return>")
    assert sent == ["hi @bob "]


def test_return_sends_where_nothing_is_chosen(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    write(composer, "at @")
    keys(composer, "<Return>")
    assert sent == ["at @"]
    assert not popup(composer).shown


def test_arrows_go_through_the_lines(composer: Composer) -> None:
    write(composer, "@")
    keys(composer, "<Down>", "<Down>", "<Return>")
    assert composer.value() == "@адам "
    write(composer, "@")
    keys(composer, "<Up>", "<Tab>")
    assert composer.value() == "@адам @bob "


def test_names_of_any_script_with_emoji_in_them(composer: Composer) -> None:
    write(composer, "👋 @ål")
    keys(composer, "<Tab>")
    assert composer.value() == "👋 @Ål👋 "


def test_escape_hides_it_until_the_next_word(composer: Composer) -> None:
    write(composer, "@b")
    keys(composer, "<Escape>")
    write(composer, "o")
    assert not popup(composer).winfo_viewable()
    write(composer, "b @b")
    assert popup(composer).winfo_viewable()


def test_a_click_takes_a_line(composer: Composer) -> None:
    write(composer, "@a")
    composer.text.set_value("")
    write(composer, "@")
    popup(composer).event_generate("<Motion>", x=40, y=60)
    popup(composer).event_generate("<Button-1>", x=40, y=20)
    composer.update()
    assert composer.value() == "@Ада "


def test_a_closed_name_becomes_its_picture_and_undo_brings_the_name_back(
    composer: Composer,
) -> None:
    write(composer, "so :tada:")
    assert composer.value() == "so 🎉"
    assert len(composer.text.image_names()) == 1
    keys(composer, "<<Undo>>")
    assert composer.value() == "so :tada:"
    write(composer, " x")
    assert composer.value() == "so :tada: x"


def test_tab_goes_round_and_shows_what_there_is(composer: Composer) -> None:
    write(composer, "ад")
    keys(composer, "<Tab>")
    assert composer.value() == "адам: " or composer.value() == "Ада: "
    assert popup(composer).winfo_viewable()
    keys(composer, "<Tab>")
    assert composer.value() == "адам: "
    keys(composer, "<Tab>")
    assert composer.value() == "Ада: "
    write(composer, "hi")
    assert composer.value() == "Ада: hi"
    assert not popup(composer).winfo_viewable()


def test_tab_in_the_empty_field_goes_on(composer: Composer) -> None:
    keys(composer, "<Tab>")
    assert composer.focus_get() is not composer.text


def test_what_a_command_takes_is_shown_alone(composer: Composer) -> None:
    sent: list[str] = []
    composer.on_send = sent.append
    write(composer, "/topic x")
    assert texts(popup(composer)) == ["/topic [TEXT]", "what it is about"]
    keys(composer, "<Return>")
    assert sent == ["/topic x"]


def test_long_lists_scroll(composer: Composer) -> None:
    rows = tuple(Hint(f"n{number}", f"n{number} ", person="x") for number in range(30))
    composer.completion.ask = lambda before: Hints(before, rows) if before else Hints()
    write(composer, "n")
    shown = popup(composer)
    assert "n7" in texts(shown)
    assert "n8" not in texts(shown)
    shown.event_generate("<Button-5>")
    composer.update()
    assert "n8" in texts(shown)
    shown.event_generate("<Button-4>")
    shown.event_generate("<MouseWheel>", delta=-120)
    keys(composer, "<Up>")
    assert "n29" in texts(shown)
    keys(composer, "<Tab>")
    assert composer.value() == "n29 "


def test_the_second_line_is_no_beginning(composer: Composer) -> None:
    seen: list[str] = []
    composer.completion.ask = lambda before: seen.append(before) or Hints()  # type: ignore[func-returns-value]
    write(composer, "a\n/")
    assert seen[-1] == "\n/"
