"""The list on the right: who is in the room."""

import tkinter
from collections.abc import Callable, Sequence

from gui.model.names import colour_index, initials
from gui.model.shown import MemberRow
from gui.model.text import drawable
from gui.theme import Look
from gui.views.rowlist import RowList


class MemberList(RowList):
    """Members under a heading for those present and one for those away.

    `on_open` gets the nick of a clicked member.
    """

    row_height = 40

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.members: Sequence[MemberRow] = ()
        self._rows: list[MemberRow | str] = []
        self.on_open: Callable[[str], None] = lambda nick: None
        super().__init__(parent, look)

    def show(self, members: Sequence[MemberRow]) -> None:
        """Take other members, those away last."""
        self.members = members
        here = [member for member in members if not member.away]
        gone = [member for member in members if member.away]
        self._rows = []
        for heading, group in (("Here", here), ("Away", gone)):
            if group:
                self._rows += [f"{heading} — {len(group)}", *group]
        self.redraw_soon()

    def row_count(self) -> int:
        """Members and headings."""
        return len(self._rows)

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Talk with them."""
        row = self._rows[index]
        if isinstance(row, MemberRow) and not row.own:
            self.on_open(row.nick)

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """A heading, or avatar, nick and rank."""
        row, look, px = self._rows[index], self.look, self.look.px
        palette, fonts = look.palette, look.fonts
        middle = y + self.height // 2
        if isinstance(row, str):
            self.create_text(
                px(16), middle + px(4), text=row, anchor="w", font=fonts["small_bold"],
                fill=palette.muted,
            )  # fmt: skip
            return
        background = palette.hover if hover and not row.own else palette.side
        if background != palette.side:
            self.create_rectangle(0, y, width, y + self.height, fill=background, width=0)
        side = px(30)
        colour = palette.avatars[colour_index(row.nick.lower(), len(palette.avatars))]
        dot = palette.away if row.away else palette.online
        picture = look.images.avatar(side, colour, background, dot)
        self.create_image(px(14), middle, image=picture, anchor="w")
        self.create_text(
            px(14) + side // 2, middle, text=initials(row.nick),
            font=fonts["initials_tiny"], fill="#ffffff",
        )  # fmt: skip
        right = width - px(12)
        note = ", ".join(filter(None, ("you" if row.own else "", row.rank)))
        if note:
            self.create_text(
                right, middle, text=note, anchor="e", font=fonts["tiny"], fill=palette.muted
            )
            right -= fonts.measure("tiny", note) + px(8)
        name = fonts.shorten("text", drawable(row.nick), right - px(54))
        fill = palette.muted if row.away else palette.text
        self.create_text(px(54), middle, text=name, anchor="w", font=fonts["text"], fill=fill)
