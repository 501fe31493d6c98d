"""The list on the right: who is in the room, with a field that narrows it down.

Keys: Ctrl+M shows and hides it, Ctrl+Shift+M goes to the field; from there Down goes into the
list, where the arrows, Page Up and Down, Home and End move, Return opens the profile, the menu
key (or Shift+F10) the person's menu, and letters go to the field.
"""

import tkinter
from collections.abc import Callable, Hashable
from typing import Final

from gui.model.memberpage import MemberPage
from gui.model.names import colour_index, initials
from gui.model.people import People
from gui.model.shown import MemberHeading, MemberRow
from gui.palette import ink
from gui.theme import Look
from gui.views.controls import SearchEntry
from gui.views.inline import draw_line, draw_rounded
from gui.views.rowlist import RowList

_TAGGED: Final = ("founder", "admin", "operator", "helper")


class MemberPanel(tkinter.Frame):
    """Heading, field and list; `on_search` gets what is typed, `on_leave` is called at Escape."""

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self.on_search: Callable[[str], None] = lambda text: None
        self.on_leave: Callable[[], None] = lambda: None
        self._heading = tkinter.Label(self, anchor="w", borderwidth=0)
        self.field = SearchEntry(self, look, "Find a member", lambda text: self.on_search(text))
        self.list = MemberList(self, look)
        self._heading.pack(fill="x")
        self.field.pack(fill="x")
        self.list.pack(fill="both", expand=True)
        self.pack_propagate(False)
        entry = self.field.entry
        entry.bind("<Down>", lambda _: self.list.enter())
        entry.bind("<Return>", lambda _: self.list.open_first())
        entry.bind("<Escape>", self._escape)
        self.list.on_key = self._type
        look.follow(self, self._restyle)

    def show(self, page: MemberPage) -> None:
        """Other members, or another room's."""
        if page.key != self.list.page.key and not page.search:
            self.field.clear()
        count = f"{page.total:,}"
        self._heading.configure(text=f"Members — {count}" if page.total else "Members")
        self.list.show(page)

    def focus_field(self) -> None:
        """Type a name to look for."""
        self.field.entry.focus_set()
        self.field.entry.select_range(0, "end")

    def _type(self, character: str) -> None:
        """A letter was typed in the list."""
        self.field.entry.focus_set()
        self.field.entry.insert("end", character)

    def _escape(self, _: object) -> str:
        if self.field.value:
            self.field.clear()
        else:
            self.on_leave()
        return "break"

    def _restyle(self) -> None:
        look, palette, px = self._look, self._look.palette, self._look.px
        self.configure(background=palette.side)
        self._heading.configure(
            background=palette.side, foreground=palette.text, font=look.fonts["title"]
        )
        self._heading.pack_configure(padx=px(16), pady=(px(16), px(10)))
        self.field.pack_configure(padx=px(12), pady=0)


class MemberList(RowList):
    """Members under a heading for those present and one for those away.

    `on_open` gets the nick of a chosen member, `on_menu` also a place of the screen, `on_key` a
    letter that was typed here.
    """

    row_height = 42

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.page = MemberPage(None, People(), "")
        self.on_open: Callable[[str], None] = lambda nick: None
        self.on_menu: Callable[[str, int, int], None] = lambda nick, x, y: None
        self.on_key: Callable[[str], None] = lambda character: None
        self._cursor = ""  # the nick where the keyboard is, "" for none
        super().__init__(parent, look)
        self.configure(takefocus=True)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _: self.redraw_soon(), add=True)
        self.bind("<KeyPress>", self._pressed)
        for sequence in ("<Menu>", "<Shift-F10>", "<App>"):
            try:
                self.bind(sequence, lambda _: self._menu_at_cursor())
            except tkinter.TclError:  # a key that this keyboard does not know
                continue

    def show(self, page: MemberPage) -> None:
        """Take other members."""
        if page.key != self.page.key:
            self._cursor, self._y = "", 0
        self.page = page
        self.redraw_soon()

    def row_count(self) -> int:
        """Members and headings."""
        return len(self.page)

    def row_state(self, index: int) -> Hashable:
        """See `RowList`."""
        row = self.page[index]
        focused = isinstance(row, MemberRow) and row.nick == self._cursor
        return row, focused and self.focus_get() is self

    # --- pointer and keys ---------------------------------------------------------------

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Their profile, or their menu."""
        row = self.page[index]
        if not isinstance(row, MemberRow):
            return
        self._cursor = row.nick
        if event.num == 3:
            self.on_menu(row.nick, event.x_root, event.y_root)
        else:
            self.on_open(row.nick)

    def enter(self) -> None:
        """The keyboard comes in: to the first member, or to where it was."""
        if self._row() < 0:
            self._move_to(0, 1)
        self.focus_set()

    def open_first(self) -> None:
        """The first that is listed."""
        first = next((row for row in self.page[:2] if isinstance(row, MemberRow)), None)
        if first is not None:
            self.on_open(first.nick)

    def _row(self) -> int:
        """The row of the cursor, -1 if it is nowhere."""
        try:
            return self.page.index(self._cursor) if self._cursor else -1
        except ValueError:
            return -1

    def _move_to(self, index: int, step: int) -> None:
        """Go to this row, or from a heading one step on."""
        count = len(self.page)
        if not count:
            return
        index = max(0, min(index, count - 1))
        row = self.page[index]
        if isinstance(row, MemberHeading):
            index = index + step if 0 <= index + step < count else index - step
            row = self.page[index]
        if isinstance(row, MemberRow):
            self._cursor = row.nick
        self.reveal(max(0, index - 1) if index == 1 else index)

    def _pressed(self, event: "tkinter.Event[tkinter.Misc]") -> str | None:
        page = max(1, self.winfo_height() // self.height - 1)
        steps = {"Up": -1, "Down": 1, "Prior": -page, "Next": page}
        row = self._row()
        if event.keysym in steps:
            step = steps[event.keysym]
            self._move_to(row + step if row >= 0 else 0, 1 if step > 0 or row < 0 else -1)
        elif event.keysym in ("Home", "End"):
            self._move_to(0 if event.keysym == "Home" else len(self.page), 1)
        elif event.keysym in ("Return", "KP_Enter", "space"):
            if row >= 0:
                self.on_open(self._cursor)
        elif event.char and event.char.isprintable() and not int(event.state) & 0b1100:
            self.on_key(event.char)
        else:
            return None
        return "break"

    def _menu_at_cursor(self) -> str:
        row = self._row()
        if row >= 0:
            x = self.winfo_rootx() + self.look.px(40)
            y = self.winfo_rooty() + row * self.height - self._y + self.height
            self.on_menu(self._cursor, x, y)
        return "break"

    # --- drawing ------------------------------------------------------------------------

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """A heading; or avatar, name, what they say of themselves, and rank."""
        row, look, px = self.page[index], self.look, self.look.px
        palette, fonts = look.palette, look.fonts
        if isinstance(row, MemberHeading):
            self.create_text(
                px(16), y + self.height - px(12), text=f"{row.title} — {row.size:,}", anchor="w",
                font=fonts["small_bold"], fill=palette.muted,
            )  # fmt: skip
            return
        focused = row.nick == self._cursor and self.focus_get() is self
        background = palette.hover if hover or focused else palette.side
        if background != palette.side:
            self._draw_shade(y, width, background, ring=focused)
        self._draw_avatar(row, y, background)
        left, right = px(58), width - px(16) - self._draw_rank(row, y, width - px(16), background)
        middle = y + self.height // 2
        fill = palette.muted if row.away else palette.text
        second = row.status or (row.nick if row.name else "")
        above, below = self.apart
        draw_line(
            self, look, row.name or row.nick, at=(left, middle - (above if second else 0)),
            width=right - left, style="text", colour=fill, background=background,
        )  # fmt: skip
        if second:
            draw_line(
                self, look, second, at=(left, middle + below), width=width - px(16) - left,
                style="small", colour=palette.muted, background=background,
            )  # fmt: skip

    def _draw_shade(self, y: int, width: int, fill: str, *, ring: bool) -> None:
        look, px, edge = self.look, self.look.px, max(1, self.look.px(1.5))
        box = (px(8), y + px(1), width - px(8), y + self.height - px(1))
        behind, radius = look.palette.side, px(8)
        if ring:
            accent = look.palette.accent
            draw_rounded(self, look, box, radius=radius, fill=accent, behind=behind)
            box = (box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge)
            behind, radius = "", radius - edge  # transparent: the ring is behind its corners
        draw_rounded(self, look, box, radius=radius, fill=fill, behind=behind)

    def _draw_avatar(self, row: MemberRow, y: int, background: str) -> None:
        look, px, side = self.look, self.look.px, self.look.px(32)
        palette, middle = look.palette, y + self.height // 2
        colour = row.color or palette.avatars[colour_index(row.nick.lower(), len(palette.avatars))]
        dot = palette.away if row.away else palette.online
        picture = look.images.avatar(side, colour, background, dot)
        self.create_image(px(16), middle, image=picture, anchor="w")
        self.create_text(
            px(16) + side // 2, middle, text=initials(row.name or row.nick),
            font=look.fonts["initials_small"], fill=ink(colour) if row.color else "#ffffff",
        )  # fmt: skip

    def _draw_rank(self, row: MemberRow, y: int, right: int, background: str) -> int:
        """The rank, and which one is oneself, at the right; how many pixels that takes."""
        look, px, palette = self.look, self.look.px, self.look.palette
        second = row.status or row.name
        middle = y + self.height // 2 - (self.apart[0] if second else 0)
        start = right
        if row.rank in _TAGGED:
            wide = look.fonts.measure("tiny", row.rank) + px(12)
            pill = look.images.pill(wide, px(16), palette.field, background)
            self.create_image(right, middle, image=pill, anchor="e")
            self.create_text(
                right - wide // 2, middle, text=row.rank, font=look.fonts["tiny"],
                fill=palette.muted,
            )  # fmt: skip
            right -= wide + px(6)
        note = ", ".join(
            filter(None, ("you" if row.own else "", "voice" if row.rank == "voice" else ""))
        )
        if note:
            self.create_text(
                right, middle, text=note, anchor="e", font=look.fonts["tiny"], fill=palette.muted
            )
            right -= look.fonts.measure("tiny", note) + px(6)
        return start - right + px(2)
