"""Pictures are made once, and there are never too many of them."""

import pytest
from PIL import Image

from gui.theme import Look

pytestmark = pytest.mark.window


def test_pictures_not_drawn_for_longest_are_given_up(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.views.images._MOST", 2)
    made: list[str] = []

    def name(key: str) -> str:
        def make() -> Image.Image:
            made.append(key)
            return Image.new("RGB", (1, 1))

        return look.images.keep((key,), make)

    look.images.clear()
    first = name("a")
    name("b")
    assert name("a") == first
    name("c")
    assert name("a") == first
    name("b")
    assert made == ["a", "b", "c", "b"]
