"""The emoji to choose from: keys, search, categories, tones, and going away."""

import time
import tkinter

import pytest

from gui.model.emoji_list import CATEGORIES
from gui.model.preferences import Preferences
from gui.palette import LIGHT
from gui.theme import Look
from gui.views import emoji
from gui.views.emojipicker import EmojiPicker
from tests.gui.views.conftest import Until, texts

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not emoji.available(), reason="no font with emoji"),
]


class Stand:
    """A window with a field and a button, and the picker over it."""

    def __init__(self, root: tkinter.Tk, look: Look) -> None:
        self.root, self.look = root, look
        self.field = tkinter.Entry(root)
        self.field.pack(side="bottom")
        self.button = tkinter.Label(root, text="emoji")
        self.button.pack(side="bottom", anchor="e")
        root.update()
        self.field.focus_force()
        root.update()
        self.picked: list[str] = []
        self.preferences = Preferences(recent_emoji=["👍", "🎉"])

    def open(self) -> EmojiPicker:
        picker = EmojiPicker(self.look, self.picked.append, self.button, self.preferences)
        self.root.update()
        return picker

    def keys(self, picker: EmojiPicker, *sequences: str) -> None:
        for sequence in sequences:
            picker.search.entry.event_generate(sequence)
        self.root.update()


@pytest.fixture
def stand(root: tkinter.Tk, look: Look) -> Stand:
    return Stand(root, look)


def drawn(picker: EmojiPicker) -> int:
    call, grid = picker.tk.call, picker.grid_view
    items = grid.find_all()
    return sum(str(call(str(grid), "type", item)) == "image" for item in items)


def test_it_is_there_at_once_and_fills_up(stand: Stand, until: Until) -> None:
    stand.open().close()  # the font is loaded by the first one
    begun = time.process_time()
    picker = EmojiPicker(stand.look, stand.picked.append, stand.button, stand.preferences)
    picker.update_idletasks()
    assert time.process_time() - begun < 0.1
    until(lambda: drawn(picker) > 40)
    assert texts(picker.grid_view)[:2] == ["Recently used", "Smileys"]


def test_arrows_and_return_pick(stand: Stand) -> None:
    picker = stand.open()
    stand.keys(picker, "<Right>", "<Right>", "<Return>")
    assert stand.picked == ["🎉"]
    assert stand.preferences.recent_emoji == ["🎉", "👍"]
    assert EmojiPicker.current() is None
    assert stand.field.focus_get() is stand.field


def test_down_goes_by_rows_in_the_same_column(stand: Stand) -> None:
    picker = stand.open()
    stand.keys(picker, "<Right>", "<Right>", "<Down>", "<Down>", "<Up>")
    assert picker.grid_view.chosen == CATEGORIES[0].emoji[1]
    stand.keys(picker, "<Next>", "<Next>")
    stand.keys(picker, "<Left>", "<Return>")
    assert len(stand.picked) == 1


def test_typing_searches(stand: Stand) -> None:
    picker = stand.open()
    stand.keys(picker, "<r>", "<o>", "<c>", "<k>", "<e>", "<t>")
    assert picker.grid_view.chosen == "🚀"
    stand.keys(picker, "<q>", "<q>", "<Return>")
    assert stand.picked == []
    stand.keys(picker, "<Escape>")
    assert picker.search.value == ""
    stand.keys(picker, "<Escape>")
    assert EmojiPicker.current() is None


def test_tab_goes_through_the_categories(stand: Stand) -> None:
    picker = stand.open()
    stand.keys(picker, "<Tab>", "<Tab>", "<Tab>")
    assert "Animals and nature" in texts(picker.grid_view)
    stand.keys(picker, "<Shift-Tab>")
    assert "People" in texts(picker.grid_view)
    stand.keys(picker, "<c>", "<a>", "<t>", "<Tab>")
    assert picker.search.value == ""


def test_the_tabs_can_be_clicked(stand: Stand) -> None:
    picker = stand.open()
    width = picker.grid_view.wanted_width
    tabs = next(one for one in picker.winfo_children()[0].winfo_children())
    tabs.event_generate("<Button-1>", x=width - 10, y=10)
    stand.root.update()
    assert "Flags" in texts(picker.grid_view)


def test_the_hand_changes_the_skin_tone(stand: Stand) -> None:
    picker = stand.open()
    foot = picker.winfo_children()[0].winfo_children()[-1]
    for _ in range(3):
        foot.event_generate("<Button-1>", x=picker.grid_view.wanted_width - 20, y=10)
    foot.event_generate("<Button-1>", x=20, y=10)
    stand.root.update()
    assert stand.preferences.skin_tone == 3
    stand.keys(picker, "<w>", "<a>", "<v>", "<e>", "<Return>")
    assert stand.picked == ["👋🏽"]


def test_the_pointer_picks(stand: Stand) -> None:
    picker = stand.open()
    grid = picker.grid_view
    grid.event_generate("<Motion>", x=30, y=45)
    assert grid.chosen == "👍"
    grid.event_generate("<Button-5>")
    grid.event_generate("<Button-4>")
    grid.event_generate("<Button-1>", x=grid.wanted_width - 2, y=45)
    assert stand.picked == []
    grid.event_generate("<Button-1>", x=30, y=45)
    assert stand.picked == ["👍"]


def test_a_click_elsewhere_closes_it_and_leaves_no_binding(stand: Stand, until: Until) -> None:
    clicks: list[bool] = []
    stand.root.bind("<Button-1>", lambda _: clicks.append(True))
    before = stand.root.bind("<Button-1>")
    stand.open()
    until(lambda: stand.root.bind("<Button-1>") != before)
    stand.button.event_generate("<Button-1>")
    stand.root.update()
    assert EmojiPicker.current() is None
    assert stand.root.bind("<Button-1>") == before
    assert clicks == [True]


def test_only_one_is_open(stand: Stand) -> None:
    first = stand.open()
    second = EmojiPicker(stand.look, stand.picked.append, (200, 300))
    stand.root.update()
    assert not first.winfo_exists()
    assert second.winfo_viewable()
    assert EmojiPicker.dismiss()
    assert not EmojiPicker.dismiss()


def test_it_stays_inside_a_small_window_and_takes_a_new_look(stand: Stand, until: Until) -> None:
    stand.root.geometry("560x360")
    until(lambda: stand.root.winfo_height() == 360)
    picker = stand.open()
    assert picker.winfo_x() >= 0
    assert picker.winfo_y() >= 0
    assert picker.winfo_y() + picker.winfo_height() <= 360
    stand.look.change(LIGHT, 1.3)
    stand.root.update()
    assert str(picker.grid_view.cget("background")) == LIGHT.side


def test_emoji_pasted_into_the_search_are_pictures(stand: Stand) -> None:
    picker = stand.open()
    picker.search.entry.insert(0, "a🎉")
    assert picker.search.value == "a🎉"
    assert len(picker.search.entry.dump("1.0", "end", image=True)) == 1


def test_what_the_font_lacks_is_left_out(
    stand: Stand, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emoji, "whole", lambda one: one != CATEGORIES[0].emoji[0])
    picker = stand.open()
    until(lambda: drawn(picker) > 40)
    stand.keys(picker, "<Right>", "<Right>", "<Right>")
    assert picker.grid_view.chosen == CATEGORIES[0].emoji[1]
