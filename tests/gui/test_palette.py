"""Text can be read on its background: a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3)."""

import pytest

from gui.palette import PALETTES, Palette, contrast, ink

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


@pytest.mark.parametrize(("front", "back"), PAIRS)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_contrast(palette: Palette, front: str, back: str) -> None:
    assert contrast(getattr(palette, front), getattr(palette, back)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_names_in_bubbles(palette: Palette) -> None:
    assert len(palette.names) == len(palette.avatars)
    for ground in (palette.bubble, palette.mention, palette.tint):
        assert min(contrast(colour, ground) for colour in palette.names) >= 4.5


@pytest.mark.parametrize(
    "chosen", ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#808080"]
)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_any_chosen_colour_can_be_read_as_a_name(palette: Palette, chosen: str) -> None:
    for ground in (palette.bubble, palette.mention, palette.tint, palette.own_tint, palette.side):
        assert contrast(palette.name_color("ada", chosen, ground), ground) >= 4.5
    readable = palette.name_color("ada", "", palette.bubble)
    assert readable in palette.names


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_initials_look_alike_on_all_of_our_colours() -> None:
    for palette in PALETTES.values():
        assert {ink(colour) for colour in palette.avatars} == {"#ffffff"}


@pytest.mark.parametrize("light", ["#ffffff", "#ffff00", "#ffe9c7", "#d0f0d0"])
def test_initials_on_light_colours_are_dark(light: str) -> None:
    assert contrast(ink(light), light) > 9
