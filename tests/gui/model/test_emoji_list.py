"""The table of emoji: all are recognised in texts, none stands twice, tones go where they may."""

import pytest

from gui.model.emoji_list import CATEGORIES, can_be_toned, qualified, toned
from gui.model.text import EMOJI

ALL = [emoji for category in CATEGORIES for emoji in category.emoji]


def test_there_are_many_and_none_twice() -> None:
    assert len(ALL) > 1500
    assert len(set(ALL)) == len(ALL)


def test_each_is_one_emoji_in_a_text() -> None:
    assert [emoji for emoji in ALL if not EMOJI.fullmatch(emoji)] == []


def test_each_is_one_emoji_with_a_tone_too() -> None:
    with_tone = [toned(emoji, 3) for emoji in ALL if can_be_toned(emoji)]
    assert len(with_tone) > 100
    assert [emoji for emoji in with_tone if not EMOJI.fullmatch(emoji)] == []


@pytest.mark.parametrize(
    ("plain", "with_tone"),
    [
        ("👍", "👍🏽"),
        ("☝\ufe0f", "☝🏽"),
        ("👩\u200d💻", "👩🏽\u200d💻"),
        ("🤷\u200d♂\ufe0f", "🤷🏽\u200d♂\ufe0f"),
        ("🎉", "🎉"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("👍🏿", "👍🏿"),
    ],
)
def test_tones(plain: str, with_tone: str) -> None:
    assert toned(plain, 3) == with_tone
    assert toned(plain, 0) == plain


def test_what_is_text_by_itself_is_made_a_picture() -> None:
    assert qualified("❤") == "❤\ufe0f"
    assert qualified("🌶") == "🌶\ufe0f"
    assert qualified("🍎") == "🍎"
    assert qualified("☕") == "☕"
