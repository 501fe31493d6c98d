"""What the search field has found, in the place of the conversations."""

import tkinter
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from gui.model.found import Heading, MessageHit, PlaceHit, Remark, Row, Spans
from gui.model.names import colour_index, initials
from gui.model.text import drawable
from gui.palette import ink
from gui.theme import Look
from gui.views.inline import draw_line
from gui.views.rowlist import RowList

_HEIGHTS = {Heading: 30, Remark: 44, PlaceHit: 54, MessageHit: 62}
_NEAR_END = 4  # rows from the end at which more are asked for


class ResultList(RowList):
    """`on_pick` gets the number of a clicked row; `on_more` is called when the end is near."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.rows: Sequence[Row] = ()
        self.selected = -1
        self.on_pick: Callable[[int], None] = lambda index: None
        self.on_more: Callable[[], None] = lambda: None
        self._tops: list[int] = [0]
        super().__init__(parent, look)

    def show(self, rows: Sequence[Row], selected: int) -> None:
        """Take other rows; the selected one is scrolled into view."""
        moved = selected != self.selected or not self.rows
        self.rows, self.selected = rows, selected
        self._measure()
        if moved and 0 <= selected < len(rows):
            self.reveal(selected if selected > 1 else 0)
        self.redraw_soon()

    def _measure(self) -> None:
        px = self.look.px
        self._tops = [0, *accumulate(px(_HEIGHTS[type(row)]) for row in self.rows)]

    def _restyle(self) -> None:
        self._measure()
        super()._restyle()

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def top_of(self, index: int) -> int:
        """Where row `index` begins."""
        return self._tops[index]

    def row_of(self, y: int) -> int:
        """The row at `y`."""
        return min(bisect_right(self._tops, y) - 1, max(len(self.rows) - 1, 0))

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Open it."""
        if isinstance(self.rows[index], PlaceHit | MessageHit) and event.num == 1:
            self.on_pick(index)

    def scrolled(self, last: int) -> None:
        """Perhaps there are more."""
        if last >= len(self.rows) - _NEAR_END and self.rows and last >= 0:
            self.on_more()

    # --- drawing ------------------------------------------------------------------------

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """As its kind wants it."""
        row, palette = self.rows[index], self.look.palette
        if isinstance(row, Heading | Remark):
            self._draw_words(row, y, width)
            return
        background = palette.hover if hover else palette.side
        colours = (palette.text, palette.muted, background)
        if index == self.selected:
            colours = (palette.on_selected, palette.selected_muted, palette.selected)
        if colours[2] != palette.side:
            bottom = y + self.top_of(index + 1) - self.top_of(index)
            self.create_rectangle(0, y, width, bottom, fill=colours[2], width=0)
        if isinstance(row, PlaceHit):
            self._draw_place(row, y, width, colours)
        else:
            self._draw_message(row, y, width, colours)

    def _draw_words(self, row: Heading | Remark, y: int, width: int) -> None:
        look, px, palette = self.look, self.look.px, self.look.palette
        if isinstance(row, Heading):
            self.create_rectangle(0, y, width, y + px(30), fill=palette.field, width=0)
            self.create_text(
                px(16), y + px(15), text=drawable(row.text), anchor="w",
                font=look.fonts["small_bold"],
                fill=palette.muted,
            )  # fmt: skip
            return
        text = look.fonts.shorten("small", drawable(row.text), width - px(32))
        self.create_text(
            width // 2, y + px(22), text=text, font=look.fonts["small"], fill=palette.muted
        )

    def _avatar(
        self, name: str, key: str, y: int, background: str, dot: str = "", chosen: str = ""
    ) -> None:
        look, px = self.look, self.look.px
        palette, side = look.palette, px(38)
        colour = chosen or palette.avatars[colour_index(key, len(palette.avatars))]
        if name.startswith(("#", "&")):
            picture = look.images.room(side, colour, background)
        else:
            shade = {"online": palette.online, "away": palette.away}.get(dot, "")
            picture = look.images.avatar(side, colour, background, shade)
        self.create_image(px(14), y, image=picture, anchor="w")
        self.create_text(
            px(14) + side // 2, y, text=initials(name), font=look.fonts["initials_small"],
            fill=ink(chosen) if chosen else "#ffffff",
        )  # fmt: skip

    def _draw_place(self, row: PlaceHit, y: int, width: int, colours: tuple[str, str, str]) -> None:
        look, px = self.look, self.look.px
        front, second, background = colours
        name = row.title if row.key else row.name
        key = row.key or row.name.lower()
        self._avatar(name, key, y + px(27), background, row.dot, row.color)
        right = width - px(12)
        if row.unread:
            text = str(row.unread) if row.unread < 10_000 else "9999+"
            wide = max(px(20), look.fonts.measure("tiny_bold", text) + px(12))
            chosen = background == look.palette.selected
            fill = look.palette.on_selected if chosen else look.palette.badge
            shade = look.palette.selected if chosen else look.palette.on_accent
            pill = look.images.pill(wide, px(20), fill, background)
            self.create_image(right, y + px(27), image=pill, anchor="e")
            self.create_text(
                right - wide // 2, y + px(27), text=text, font=look.fonts["tiny_bold"], fill=shade
            )
            right -= wide + px(8)
        upper = y + px(18 if row.detail else 27)
        self._marked(row.title, row.spans, (px(62), upper), right, "bold", (front, background))
        draw_line(
            self, look, row.detail, at=(px(62), y + px(37)), width=right - px(62), style="small",
            colour=second, background=background,
        )  # fmt: skip

    def _draw_message(
        self, row: MessageHit, y: int, width: int, colours: tuple[str, str, str]
    ) -> None:
        look, px = self.look, self.look.px
        front, second, background = colours
        self._avatar(row.place, row.conversation, y + px(31), background, chosen=row.color)
        left, right = px(62), width - px(12)
        self.create_text(
            right, y + px(17), text=row.time, anchor="e", font=look.fonts["small"], fill=second
        )
        room = right - look.fonts.measure("small", row.time) - px(8) - left
        draw_line(
            self, look, row.place, at=(left, y + px(17)), width=room, style="bold", colour=front,
            background=background,
        )  # fmt: skip
        lead = f"{row.sender}: "
        shade = second if background == look.palette.selected else look.palette.text
        draw_line(
            self, look, lead, at=(left, y + px(40)), width=(right - left) // 2, style="text",
            colour=shade, background=background,
        )  # fmt: skip
        left += min(look.fonts.measure("text", lead), (right - left) // 2)
        at = (left, y + px(40))
        self._marked(row.snippet, row.spans, at, right, "text", (second, background))

    def _marked(
        self,
        text: str,
        spans: Spans,
        at: tuple[int, int],
        end: int,
        style: str,
        colours: tuple[str, str],
    ) -> None:
        """A line of text in which the words that were looked for stand out."""
        look, (x, y), (colour, background) = self.look, at, colours
        shade = look.palette.unread
        if background == look.palette.selected:
            shade = look.palette.on_selected
        position = 0
        for start, stop in (*spans, (len(text), len(text))):
            for part, fill in ((text[position:start], colour), (text[start:stop], shade)):
                if part and x < end:
                    draw_line(
                        self, look, part, at=(x, y), width=end - x, style=style, colour=fill,
                        background=background,
                    )  # fmt: skip
                    x += look.fonts.measure(style, drawable(part))
            position = stop
