"""What the pointer brings up on the message list: a small bar beside the bubble, a line under a
link, the names behind a reaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gui.model.message import Reaction
from gui.model.text import drawable
from gui.views.layout import Box, What
from gui.views.messagekeys import Deed
from gui.views.plate import plate, shadow_room
from gui.views.wrap import Run

if TYPE_CHECKING:
    from gui.views.layout import Layout, Target
    from gui.views.messagelist import MessageList
    from gui.views.viewport import Visible

_TAG: Final = "hover"
_ICONS: Final = {Deed.REPLY: "reply", Deed.REACT: "smile", Deed.MENU: "more"}
_TILE: Final = 30  # pixels at scale 1
_NAMED: Final = 12  # people in a tip


class Pointed(NamedTuple):
    """What the pointer is on."""

    row: Visible | None = None
    target: Target | None = None
    run: Run | None = None


class Hovering:
    """`uid` is the message whose bar is shown, 0 for none."""

    def __init__(self, view: MessageList) -> None:
        self._view = view
        self.uid = 0
        self._deeds: tuple[Deed, ...] = ()
        self._boxes: dict[Deed, Box] = {}
        self._lit: Deed | None = None
        self._link: tuple[int, str] = (0, "")  # the message and its link under the pointer
        self._tip: tuple[int, str] = (0, "")  # the message and its reaction

    # --- the pointer --------------------------------------------------------------------

    def deed_at(self, x: int, y: int) -> Deed | None:
        """The button of the bar at this place, None for none."""
        for deed, (left, top, right, bottom) in self._boxes.items():
            if left <= x < right and top <= y < bottom:
                return deed
        return None

    def point(self, pointed: Pointed, x: int, y: int) -> None:
        """The pointer has moved."""
        before = (self.uid, self._lit, self._link, self._tip)
        self._lit = self.deed_at(x, y)
        self._link = self._tip = (0, "")
        if self._lit is None:
            self._choose(pointed, x, y)
        if before != (self.uid, self._lit, self._link, self._tip):
            self.draw()

    def _choose(self, pointed: Pointed, x: int, y: int) -> None:
        row, target, run = pointed
        if row is None or not self._near(row, x, y):
            self.uid = 0
            return
        uid = row.layout.message.uid
        if uid != self.uid:
            offers = self._view.offers(uid)
            wanted = (
                (Deed.REPLY, offers.reply),
                (Deed.REACT, offers.react),
                (Deed.MENU, any(offers)),
            )
            self._deeds = tuple(deed for deed, offered in wanted if offered)
            self.uid = uid if self._deeds else 0
        if run is not None and run.link:
            self._link = (uid, run.link)
        if target is not None and target.what is What.REACTION:
            self._tip = (uid, target.value)

    def _near(self, row: Visible, x: int, y: int) -> bool:
        """True on the bubble's row; the way from the bubble to its bar belongs to it."""
        _, top, _, bottom = row.layout.box
        return row.y + top - 2 <= y < row.y + bottom + 2 and x < self._view.winfo_width()

    def hide(self) -> None:
        """The pointer has left, or something else is shown."""
        if self.uid or self._link[0] or self._tip[0]:
            self.uid, self._lit, self._link, self._tip = 0, None, (0, ""), (0, "")
            self.draw()

    # --- drawing ------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw all of it anew, where the rows stand now."""
        view = self._view
        view.delete(_TAG)
        self._boxes = {}
        if self._link[0] and (row := view.row_of(self._link[0])):
            self._underline(row)
        if self._tip[0] and (row := view.row_of(self._tip[0])):
            self._draw_tip(row)
        if self.uid:
            row = view.row_of(self.uid)
            if row is not None and not view.strip.uid:
                self._draw_bar(row)

    def bar_box(self, layout: Layout, y: int, width: int) -> Box:
        """Where a bar of this width goes: beside the bubble, or over its corner."""
        view, px = self._view, self._view.look.px
        left, top, right, _ = layout.box
        tall = px(_TILE)
        upper = max(px(2), y + top - px(2))
        if layout.message.own:
            x = max(px(4), left - width - px(6))
        else:
            x = min(right + px(6), view.winfo_width() - width - px(14))
        if x < right and x + width > left:  # over the bubble: half above it
            upper = max(px(2), y + top - tall * 2 // 3)
        return x, upper, x + width, upper + tall

    def _draw_bar(self, row: Visible) -> None:
        view, look = self._view, self._view.look
        px, palette = look.px, look.palette
        tile = px(_TILE)
        width = tile * len(self._deeds) + px(6)
        left, top, _, bottom = self.bar_box(row.layout, row.y, width)
        ground = plate(look, width, bottom - top, px(9))
        room = shadow_room(look)
        view.create_image(left - room, top - room, image=ground, anchor="nw", tags=_TAG)
        x = left + px(3)
        for deed in self._deeds:
            colour, behind = palette.muted, palette.field
            if deed is self._lit:
                colour, behind, inner = palette.text, palette.pressed, tile - px(6)
                ground = look.images.pill(inner, inner, behind, palette.field, px(7))
                view.create_image(x + px(3), top + px(3), image=ground, anchor="nw", tags=_TAG)
            icon = look.images.icon(_ICONS[deed], px(20), colour, behind)
            view.create_image(x + tile // 2, (top + bottom) // 2, image=icon, tags=_TAG)
            self._boxes[deed] = (x, top, x + tile, bottom)
            x += tile

    def _underline(self, row: Visible) -> None:
        view, layout = self._view, row.layout
        palette = view.look.palette
        colour = palette.own_link if layout.message.own else palette.link
        x, top = layout.text_at
        under = (layout.pitch + view.look.fonts.line(layout.style)) // 2 - view.look.px(2)
        for line, line_top in zip(layout.lines, layout.tops, strict=True):
            for run in line.runs:
                if run.link == self._link[1]:
                    y = row.y + top + line_top + under
                    view.create_line(x + run.x, y, x + run.x + run.width, y, fill=colour, tags=_TAG)

    def _draw_tip(self, row: Visible) -> None:
        chip = next((one for one in row.layout.chips if one.reaction.text == self._tip[1]), None)
        if chip is None:
            return
        view, look = self._view, self._view.look
        px, palette = look.px, look.palette
        text = look.fonts.shorten("small", drawable(who(chip.reaction)), px(360))
        width, tall = look.fonts["small"].measure(text) + px(20), look.fonts.line("small") + px(12)
        left, top, right, _ = chip.box
        x = min(max(px(4), (left + right - width) // 2), view.winfo_width() - width - px(8))
        y = max(px(2), row.y + top - tall - px(4))
        ground, room = plate(look, width, tall, px(7), palette.toast), shadow_room(look)
        view.create_image(x - room, y - room, image=ground, anchor="nw", tags=_TAG)
        view.create_text(
            x + px(10), y + tall // 2, text=text, anchor="w", font=look.fonts["small"],
            fill=palette.toast_text, tags=_TAG,
        )  # fmt: skip


def who(reaction: Reaction) -> str:
    """'You, ada and 3 others'."""
    names = ["You"] * reaction.own + list(reaction.nicks)
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
