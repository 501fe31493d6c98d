"""The list on the left: who or what one talks with."""

import tkinter
from collections.abc import Callable, Sequence

from gui.model.names import colour_index, initials
from gui.model.shown import ConversationRow
from gui.theme import Look
from gui.views.inline import draw_line
from gui.views.rowlist import RowList


class ConversationList(RowList):
    """`on_open` gets the key of a clicked row, `on_menu` also the place of a right click."""

    row_height = 58

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.rows: Sequence[ConversationRow] = ()
        self.on_open: Callable[[str], None] = lambda key: None
        self.on_menu: Callable[[str, int, int], None] = lambda key, x, y: None
        super().__init__(parent, look)

    def show(self, rows: Sequence[ConversationRow]) -> None:
        """Take other rows; a newly selected one is scrolled into view."""
        before = next((row.key for row in self.rows if row.selected), "")
        self.rows = rows
        for index, row in enumerate(rows):
            if row.selected and row.key != before:
                self.reveal(index)
        self.redraw_soon()

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Open it, or its menu."""
        if event.num == 3:
            self.on_menu(self.rows[index].key, event.x_root, event.y_root)
        else:
            self.on_open(self.rows[index].key)

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """Avatar, name and time above preview and badge."""
        row, look, px = self.rows[index], self.look, self.look.px
        palette, fonts = look.palette, look.fonts
        background = palette.hover if hover else palette.side
        title, second = palette.text, palette.muted
        if row.selected:
            background, title, second = (
                palette.selected,
                palette.on_selected,
                palette.selected_muted,
            )
        if background != palette.side:
            self.create_rectangle(0, y, width, y + self.height, fill=background, width=0)
        self._draw_avatar(row, y, background)
        left, right = px(64), width - px(10)
        upper, lower = y + px(19), y + px(40)
        if row.time:
            self.create_text(
                right, upper, text=row.time, anchor="e", font=fonts["small"], fill=second
            )
            time_width = fonts.measure("small", row.time) + px(8)
        else:
            time_width = 0
        draw_line(
            self, look, row.name, at=(left, upper), width=right - left - time_width,
            style="bold", colour=second if row.faded and not row.selected else title,
            background=background,
        )  # fmt: skip
        taken = self._draw_badges(row, right, lower, background)
        colour = palette.unread if row.typing and not row.selected else second
        draw_line(
            self, look, row.preview, at=(left, lower), width=right - left - taken,
            style="text", colour=colour, background=background,
        )  # fmt: skip

    def _draw_avatar(self, row: ConversationRow, y: int, background: str) -> None:
        look, px = self.look, self.look.px
        palette, side = look.palette, px(42)
        colour = palette.avatars[colour_index(row.key, len(palette.avatars))]
        dot = {"online": palette.online, "away": palette.away}.get(row.dot, "")
        picture = look.images.avatar(side, colour, background, dot)
        self.create_image(px(12), y + px(8), image=picture, anchor="nw")
        self.create_text(
            px(12) + side // 2, y + px(8) + side // 2, text=initials(row.name),
            font=look.fonts["initials"], fill="#ffffff",
        )  # fmt: skip

    def _draw_badges(self, row: ConversationRow, right: int, middle: int, background: str) -> int:
        """Draw the unread count and the mention mark; how many pixels they take."""
        look, palette, px = self.look, self.look.palette, self.look.px
        if not row.unread:
            return 0
        fill, colour = palette.badge, palette.on_accent
        if row.quiet:
            fill, colour = palette.badge_quiet, palette.on_badge_quiet
        if row.selected:
            fill, colour = palette.on_selected, palette.selected
        texts = [str(row.unread) if row.unread < 10_000 else "9999+"]
        if row.mention:
            texts.append("@")
        start = right
        for text in texts:
            wide = max(px(20), look.fonts.measure("tiny_bold", text) + px(14))
            pill = look.images.pill(wide, px(20), fill, background)
            self.create_image(right, middle, image=pill, anchor="e")
            self.create_text(
                right - wide // 2, middle, text=text, font=look.fonts["tiny_bold"], fill=colour
            )
            right -= wide + px(4)
        return start - right + px(4)
