"""Text can be read on its background: a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3)."""

import pytest

from gui.palette import PALETTES, Palette

PAIRS = [
    ("text", "side"), ("text", "field"), ("text", "hover"), ("muted", "side"), ("muted", "field"),
    ("muted", "chat"), ("muted", "hover"), ("on_accent", "accent"), ("on_selected", "selected"),
    ("selected_muted", "selected"), ("on_accent", "badge"), ("on_badge_quiet", "badge_quiet"),
    ("bubble_text", "bubble"), ("bubble_muted", "bubble"), ("own_text", "own"),
    ("own_muted", "own"), ("bubble_text", "highlight"), ("own_text", "highlight_own"),
    ("link", "bubble"), ("own_link", "own"), ("link", "chat"), ("chip_text", "chip"),
    ("unread", "chat"), ("unread", "side"), ("error", "side"), ("error", "chat"),
    ("on_warning", "warning"), ("text", "toast"), ("toast_text", "toast"), ("text", "pressed"),
    ("on_danger", "danger"), ("on_danger", "danger_hover"), ("on_accent", "accent_hover"),
    ("link", "side"), ("link", "field"), ("error", "field"), ("link", "hover"),
    ("bubble_text", "tint"), ("own_text", "own_tint"), ("link", "tint"), ("own_link", "own_tint"),
    ("bubble_text", "reaction"), ("own_text", "own_reaction"),
    ("on_own_reacted", "own_reacted"), ("bubble_text", "mention"), ("bubble_muted", "mention"),
    ("link", "mention"), ("bubble_text", "found"), ("own_text", "found"),
    ("bubble_text", "found_now"), ("own_text", "found_now"),
]  # fmt: skip


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("front", "back"), PAIRS)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_contrast(palette: Palette, front: str, back: str) -> None:
    assert contrast(getattr(palette, front), getattr(palette, back)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_names_in_bubbles(palette: Palette) -> None:
    assert len(palette.names) == len(palette.avatars)
    for ground in (palette.bubble, palette.mention, palette.tint):
        assert min(contrast(colour, ground) for colour in palette.names) >= 4.5
