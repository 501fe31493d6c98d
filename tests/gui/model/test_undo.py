"""Undo: letters in a row are one step, everything else is one by itself."""

from gui.model.undo import Typed, Undo


def typed(undo: Undo, text: str) -> None:
    """Type letter by letter behind what is there."""
    for letter in text:
        now = undo.present.text + letter
        undo.change(Typed(now, f"1.{len(now)}"), letter)


def test_words_are_undone_one_by_one() -> None:
    undo = Undo()
    typed(undo, "one two")
    seen = []
    while (state := undo.undo()) is not None:
        seen.append(state.text)
    assert seen == ["one ", "one", ""]
    seen = []
    while (state := undo.redo()) is not None:
        seen.append(state.text)
    assert seen == ["one", "one ", "one two"]


def test_the_cursor_comes_back_too() -> None:
    undo = Undo()
    undo.change(Typed("abc", "1.3"), "abc")
    assert undo.undo() == Typed("", "1.0")
    assert undo.redo() == Typed("abc", "1.3")


def test_deleting_in_a_row_is_one_step() -> None:
    undo = Undo()
    undo.begin(Typed("abc", "1.3"))
    for text in ("ab", "a", ""):
        undo.change(Typed(text, f"1.{len(text)}"))
    assert undo.undo() == Typed("abc", "1.3")
    assert undo.undo() is None


def test_a_completion_is_a_step_by_itself() -> None:
    undo = Undo()
    typed(undo, ":tada:")
    undo.change(Typed("🎉", "1.1"), "🎉")
    first = undo.undo()
    assert first is not None
    assert first.text == ":tada:"


def test_a_change_after_undoing_ends_redoing() -> None:
    undo = Undo()
    typed(undo, "a")
    undo.undo()
    typed(undo, "b")
    assert undo.redo() is None
    undo.change(undo.present)  # nothing has changed
    first = undo.undo()
    assert first is not None
    assert first.text == ""


def test_only_so_much_is_kept() -> None:
    undo = Undo()
    for number in range(300):
        undo.change(Typed(f"{number} x", "1.0"), "xx")
    assert sum(1 for _ in iter(undo.undo, None)) == 200
    undo.begin(Typed("", "1.0"))
    for letter in "abc":
        undo.change(Typed(letter * 1_500_000, "1.0"), "xx")
    assert sum(1 for _ in iter(undo.undo, None)) == 1
