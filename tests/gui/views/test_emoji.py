"""Emoji as pictures: square, and never larger than asked for."""

import pytest

from gui.views import emoji

pytestmark = pytest.mark.skipif(not emoji.available(), reason="there is no colour font")


@pytest.mark.parametrize("text", ["😀", "🇫🇷", "👩‍👩‍👧‍👦", "1️⃣", "🏴\u200d" * 10])
def test_a_picture_has_the_size_that_is_asked_for(text: str) -> None:
    found = emoji.picture(text, 20)
    assert found is not None
    assert found.size == (20, 20)
    box = found.getbbox()
    assert box is not None
    assert max(box[2] - box[0], box[3] - box[1]) >= 18


def test_what_is_longer_than_any_emoji_is_not_drawn() -> None:
    assert emoji.picture("😀" + "\u200d😀" * 5000, 20) is None


def test_blanks_are_no_picture() -> None:
    assert emoji.picture(" ", 20) is None
