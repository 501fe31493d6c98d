"""The list on the left: who or what one talks with.

Keys: the arrows, Home and End move, Return opens, the menu key (or Shift+F10) shows the menu.
"""

import tkinter
from collections.abc import Callable, Hashable, Sequence

from gui.model.names import colour_index, initials
from gui.model.shown import ConversationRow
from gui.palette import ink
from gui.theme import Look
from gui.views.inline import draw_line
from gui.views.rowlist import RowList

_EMPTY = ("No conversations yet", "Ctrl+J joins a room")
_TICKS = {"pending": "clock", "sent": "tick"}


class ConversationList(RowList):
    """`on_open` gets the key of a chosen row, `on_menu` also a place of the screen."""

    row_height = 58
    compact_height = 46

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.rows: Sequence[ConversationRow] = ()
        self.on_open: Callable[[str], None] = lambda key: None
        self.on_menu: Callable[[str, int, int], None] = lambda key, x, y: None
        self.cursor = ""  # the key of the row where the keyboard is
        super().__init__(parent, look)
        self.configure(takefocus=True)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _: self._focused(), add=True)
        steps = {
            "<Up>": -1,
            "<Down>": 1,
            "<Prior>": -8,
            "<Next>": 8,
            "<Home>": -9999,
            "<End>": 9999,
        }
        for key, step in steps.items():
            self.bind(key, lambda _, step=step: self._step(step))  # type: ignore[misc]
        for key in ("<Return>", "<space>"):
            self.bind(key, lambda _: self._open())
        for key in ("<Menu>", "<Shift-F10>", "<App>"):
            try:
                self.bind(key, lambda _: self._menu())
            except tkinter.TclError:  # a key that this keyboard does not know
                continue

    def show(self, rows: Sequence[ConversationRow]) -> None:
        """Take other rows; a newly selected one is scrolled into view."""
        before = next((row.key for row in self.rows if row.selected), "")
        self.rows = rows
        for index, row in enumerate(rows):
            if row.selected and row.key != before:
                self.reveal(index)
        self.redraw_soon()

    @property
    def height(self) -> int:
        """See `RowList`; two lines of text fit in, however large it is."""
        height = self.compact_height if self.look.compact else self.row_height
        return max(self.look.px(height), 2 * self.look.fonts.line("text") + self.look.px(12))

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def row_state(self, index: int) -> Hashable:
        """See `RowList`."""
        row = self.rows[index]
        return row, row.key == self.cursor and self.focus_get() is self

    # --- pointer and keys ---------------------------------------------------------------

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Open it, or its menu."""
        if event.num == 3:
            self.on_menu(self.rows[index].key, event.x_root, event.y_root)
        else:
            self.on_open(self.rows[index].key)

    def _place(self) -> int:
        """Where the cursor is: at its row, else at the open one."""
        keys = [row.key for row in self.rows]
        if self.cursor in keys:
            return keys.index(self.cursor)
        return next((at for at, row in enumerate(self.rows) if row.selected), 0)

    def _focused(self) -> None:
        if self.focus_get() is self and self.rows:
            self.cursor = next((row.key for row in self.rows if row.selected), self.rows[0].key)
            self.reveal(self._place())
        self.redraw_soon()

    def _step(self, steps: int) -> str:
        if self.rows:
            place = max(0, min(self._place() + steps, len(self.rows) - 1))
            self.cursor = self.rows[place].key
            self.reveal(place)
        return "break"

    def _open(self) -> str:
        if self.rows:
            self.on_open(self.rows[self._place()].key)
        return "break"

    def _menu(self) -> str:
        if self.rows:
            place = self._place()
            y = self.winfo_rooty() + self.top_of(place) - self._y + self.height // 2
            self.on_menu(self.rows[place].key, self.winfo_rootx() + self.look.px(64), y)
        return "break"

    # --- drawing ------------------------------------------------------------------------

    def _redraw(self) -> None:
        super()._redraw()
        if not self.rows:
            self._draw_empty()

    def _draw_empty(self) -> None:
        look, middle = self.look, self.winfo_width() // 2
        for text, y, style in ((_EMPTY[0], 60, "bold"), (_EMPTY[1], 84, "small")):
            self.create_text(
                middle, look.px(y), text=text, font=look.fonts[style], fill=look.palette.muted
            )

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """Avatar, name and time above preview and badges."""
        row, look, px = self.rows[index], self.look, self.look.px
        palette = look.palette
        background = palette.hover if hover else palette.side
        title, second = palette.text, palette.muted
        if row.selected:
            background, title = palette.selected, palette.on_selected
            second = palette.selected_muted
        if background != palette.side:
            self.create_rectangle(0, y, width, y + self.height, fill=background, width=0)
        self._draw_avatar(row, y, background)
        left, right = px(52 if look.compact else 64), width - px(12)
        apart = max(px(8.5 if look.compact else 10.5), round(look.fonts.line("text") * 0.56))
        middle = y + self.height // 2
        upper, lower = middle - apart, middle + apart
        free = self._draw_stamp(row, right, upper, background, second)
        shown = second if row.faded and not row.selected else title
        free = self._draw_name(row, (left, upper), free - px(8), shown, background)
        taken = self._draw_badges(row, right, lower, background)
        self._draw_preview(row, (left, lower), right - taken, (second, background))
        if self.focus_get() is self and row.key == self.cursor:
            self._draw_ring(y, width, palette.on_selected if row.selected else palette.accent)

    def _draw_ring(self, y: int, width: int, colour: str) -> None:
        line = max(2, self.look.px(2))
        self.create_rectangle(
            line // 2, y + line // 2, width - line // 2 - 1, y + self.height - line // 2 - 1,
            outline=colour, width=line,
        )  # fmt: skip

    def _draw_stamp(
        self, row: ConversationRow, right: int, middle: int, background: str, colour: str
    ) -> int:
        """The time, and how far our own last word has come; where they begin."""
        look, px = self.look, self.look.px
        if row.time:
            font = look.fonts["small"]
            self.create_text(right, middle, text=row.time, anchor="e", font=font, fill=colour)
            right -= look.fonts.measure("small", row.time)
        if shape := _TICKS.get(row.delivery):
            tick = look.palette.unread if not row.selected else colour
            icon = look.images.icon(shape, px(11), tick, background)
            self.create_image(right - px(4), middle, image=icon, anchor="e")
            right -= px(15)
        return right

    def _draw_name(
        self, row: ConversationRow, at: tuple[int, int], end: int, colour: str, background: str
    ) -> int:
        """The name, and behind it that it is muted."""
        look, px = self.look, self.look.px
        room = end - at[0] - (px(18) if row.quiet else 0)
        draw_line(
            self, look, row.name, at=at, width=room, style="bold", colour=colour,
            background=background,
        )  # fmt: skip
        if row.quiet:
            after = at[0] + min(look.fonts.measure("bold", row.name), room) + px(5)
            pale = look.palette.selected_muted if row.selected else look.palette.muted
            icon = look.images.icon("muted", px(13), pale, background)
            self.create_image(after, at[1], image=icon, anchor="w")
        return end

    def _draw_preview(
        self, row: ConversationRow, at: tuple[int, int], end: int, colours: tuple[str, str]
    ) -> None:
        look, (second, background) = self.look, colours
        palette, (x, y) = look.palette, at
        colour = palette.unread if row.typing and not row.selected else second
        text = row.preview
        if row.lead and not row.typing:
            first = palette.unread if row.draft else palette.text
            draw_line(
                self, look, row.lead, at=at, width=end - x, style="text",
                colour=second if row.selected else first, background=background,
            )  # fmt: skip
            text = text.removeprefix(row.lead).lstrip()
            x += look.fonts.measure("text", f"{row.lead} ")
        draw_line(
            self, look, text, at=(x, y), width=max(0, end - x), style="text", colour=colour,
            background=background,
        )  # fmt: skip

    def _draw_avatar(self, row: ConversationRow, y: int, background: str) -> None:
        look, px = self.look, self.look.px
        palette, side = look.palette, px(32 if look.compact else 42)
        top = y + (self.height - side) // 2
        colour = row.color or palette.avatars[colour_index(row.key, len(palette.avatars))]
        dots = {"online": palette.online, "away": palette.away}
        if row.room:
            picture = look.images.room(side, colour, background)
        else:
            picture = look.images.avatar(side, colour, background, dots.get(row.dot, ""))
        self.create_image(px(12), top, image=picture, anchor="nw")
        self.create_text(
            px(12) + side // 2, top + side // 2, text=initials(row.name),
            font=look.fonts["initials_small" if look.compact else "initials"],
            fill=ink(row.color) if row.color else "#ffffff",
        )  # fmt: skip

    def _draw_badges(self, row: ConversationRow, right: int, middle: int, background: str) -> int:
        """Unread count, mention, failure, pin; how many pixels they take."""
        look, palette, px = self.look, self.look.palette, self.look.px
        start = right
        fill, colour = palette.badge, palette.on_accent
        if row.quiet:
            fill, colour = palette.badge_quiet, palette.on_badge_quiet
        if row.selected:
            fill, colour = palette.on_selected, palette.selected
        texts = [str(row.unread) if row.unread < 10_000 else "9999+"] if row.unread else []
        if row.mention and row.unread:
            texts.append("@")
        for text in texts:
            wide = max(px(20), look.fonts.measure("tiny_bold", text) + px(12))
            pill = look.images.pill(wide, px(20), fill, background)
            self.create_image(right, middle, image=pill, anchor="e")
            self.create_text(
                right - wide // 2, middle, text=text, font=look.fonts["tiny_bold"], fill=colour
            )
            right -= wide + px(4)
        pale = palette.selected_muted if row.selected else palette.muted
        marks = [("warning", palette.error if not row.selected else pale)] if row.failed else []
        if row.pinned and not texts:
            marks.append(("pin", pale))
        for shape, shade in marks:
            icon = look.images.icon(shape, px(15), shade, background)
            self.create_image(right, middle, image=icon, anchor="e")
            right -= px(19)
        return start - right + px(4) if right != start else 0
