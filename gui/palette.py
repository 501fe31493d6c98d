"""Every colour of the window, once for dark and once for light.

Text on its background keeps a contrast of at least 4.5:1 (a test computes it); views name a
role ("bubble", "muted"), never a colour.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gui.model.names import colour_index

_READABLE: Final = 4.5  # the contrast that text needs
_INK: Final = "#111417"  # for initials on light colours
_LIGHT: Final = 6.0  # so many times better than white it has to be; on our own colours it is not


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one appearance, as '#rrggbb'."""

    name: str
    side: str  # the list on the left, header, composer, dialogs
    field: str  # what can be typed into
    hover: str
    pressed: str  # what the pointer is on, where the field's colour is behind it
    chat: str  # behind the messages
    line: str  # between the panes
    edge: str  # around what lies over the window
    text: str
    muted: str
    accent: str  # buttons, focus, badges of mentions
    accent_hover: str
    on_accent: str
    focus: str  # the ring around what the keyboard acts on
    danger: str  # buttons that destroy something
    danger_hover: str
    on_danger: str
    disabled: str  # behind what cannot be used now
    selected: str  # the conversation that is open
    on_selected: str
    selected_muted: str
    badge: str
    badge_quiet: str
    on_badge_quiet: str
    bubble: str
    bubble_text: str
    bubble_muted: str
    own: str
    own_text: str
    own_muted: str
    highlight: str  # selected text
    highlight_own: str
    link: str
    own_link: str
    tint: str  # behind code and quotes in a bubble
    own_tint: str
    reaction: str  # the chip of others' reactions
    own_reaction: str
    own_reacted: str  # of ours, in a bubble of ours
    on_own_reacted: str
    mention: str  # the bubble of what calls us
    mention_bar: str
    found: str  # behind what was searched for
    found_now: str
    chip: str  # behind a day or a note
    chip_text: str
    unread: str  # the line above the first unread message
    online: str
    away: str
    offline: str
    error: str
    warning: str  # the banner
    on_warning: str
    toast: str
    toast_text: str
    thumb: str  # of the scroll bar
    switch_off: str
    avatars: tuple[str, ...]
    names: tuple[str, ...]  # the avatars' colours, where they are text

    def avatar_color(self, nick: str, chosen: str) -> str:
        """Behind somebody's initials: the colour that they chose ('' for none), else theirs."""
        return chosen or self.avatars[colour_index(nick.lower(), len(self.avatars))]

    def name_color(self, nick: str, chosen: str, ground: str) -> str:
        """Of somebody's name on a background."""
        own = chosen or self.names[colour_index(nick.lower(), len(self.names))]
        return legible(own, ground)


_AVATARS = ("#faa774", "#a695e7", "#7bc862", "#6ec9cb", "#ee7aae", "#e17076", "#65aadd")

DARK = Palette(
    name="dark",
    side="#17212b",
    field="#242f3d",
    hover="#1e2b38",
    pressed="#2e3b4b",
    chat="#0e1621",
    line="#0b1119",
    edge="#31404f",
    text="#f5f5f5",
    muted="#8c9fb2",
    accent="#4678b6",
    accent_hover="#3e6da8",
    on_accent="#ffffff",
    focus="#6ab3f3",
    danger="#b0413e",
    danger_hover="#bd4d4a",
    on_danger="#ffffff",
    disabled="#1e2935",
    selected="#2b5278",
    on_selected="#ffffff",
    selected_muted="#e8f1f8",
    badge="#3a78b0",
    badge_quiet="#3e546a",
    on_badge_quiet="#f2f6fa",
    bubble="#182533",
    bubble_text="#f5f5f5",
    bubble_muted="#8093a7",
    own="#2b5278",
    own_text="#ffffff",
    own_muted="#b3d0ea",
    highlight="#2f5f8f",
    highlight_own="#3d74a8",
    link="#6ab3f3",
    own_link="#9cd0ff",
    tint="#101b27",
    own_tint="#234565",
    reaction="#23384c",
    own_reaction="#3a6690",
    own_reacted="#a8d3f5",
    on_own_reacted="#12304b",
    mention="#242a2c",
    mention_bar="#e5b04d",
    found="#5f4c12",
    found_now="#8f5c00",
    chip="#1b2836",
    chip_text="#8799ab",
    unread="#6ab3f3",
    online="#4dcd5e",
    away="#e5b04d",
    offline="#5d6d7e",
    error="#ff8a8a",
    warning="#5a3d1c",
    on_warning="#ffe3bd",
    toast="#263545",
    toast_text="#b6c5d3",
    thumb="#3e546a",
    switch_off="#2e3d4f",
    avatars=_AVATARS,
    names=_AVATARS,
)

LIGHT = Palette(
    name="light",
    side="#ffffff",
    field="#f1f3f4",
    hover="#f1f5f8",
    pressed="#e5e9ec",
    chat="#e6ebee",
    line="#dfe4e8",
    edge="#cdd5db",
    text="#111417",
    muted="#5d6975",
    accent="#2279b5",
    accent_hover="#1c6ba3",
    on_accent="#ffffff",
    focus="#1f8ad2",
    danger="#c93c37",
    danger_hover="#b8322d",
    on_danger="#ffffff",
    disabled="#f4f6f7",
    selected="#2673ad",
    on_selected="#ffffff",
    selected_muted="#f4f9fd",
    badge="#2279b5",
    badge_quiet="#66727d",
    on_badge_quiet="#ffffff",
    bubble="#ffffff",
    bubble_text="#111417",
    bubble_muted="#697681",
    own="#d9f0ff",
    own_text="#0d1b26",
    own_muted="#3c6e94",
    highlight="#b7dcf5",
    highlight_own="#a3d2f2",
    link="#1667b8",
    own_link="#1667b8",
    tint="#f3f6f8",
    own_tint="#edf8ff",
    reaction="#e2eef7",
    own_reaction="#bbdef4",
    own_reacted="#2279b5",
    on_own_reacted="#ffffff",
    mention="#fffcf2",
    mention_bar="#e0a23b",
    found="#ffe9a8",
    found_now="#ffc64d",
    chip="#d3dbe1",
    chip_text="#4f5b66",
    unread="#1667b8",
    online="#3fc451",
    away="#e0a23b",
    offline="#b4bec7",
    error="#c22f2f",
    warning="#ffe9c7",
    on_warning="#6b4306",
    toast="#ffffff",
    toast_text="#5d6975",
    thumb="#b9c3ca",
    switch_off="#d5dbe1",
    avatars=_AVATARS,
    names=("#a9550f", "#6c53c7", "#3b7f24", "#1f7a7c", "#bb2f72", "#bb3b42", "#22699e"),
)


def ink(colour: str) -> str:
    """What initials are written in on a colour ('#rrggbb') that somebody chose: white, as on our
    own colours; nearly black where the colour is much lighter than all of those."""
    return _INK if contrast(_INK, colour) >= _LIGHT * contrast("#ffffff", colour) else "#ffffff"


def luminance(colour: str) -> float:
    """The relative luminance of '#rrggbb', 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How well one can be read on the other, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=1024)
def legible(colour: str, ground: str) -> str:
    """The colour, as much lighter or darker as it takes to be read on `ground`."""
    goal = "#ffffff" if contrast("#ffffff", ground) > contrast("#000000", ground) else "#000000"
    for step in range(0, 21):
        mixed = _mixed(colour, goal, step / 20)
        if contrast(mixed, ground) >= _READABLE:
            return mixed
    return goal


def _mixed(one: str, other: str, part: float) -> str:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


PALETTES = {palette.name: palette for palette in (DARK, LIGHT)}
