"""The dialog about a room: what it is, what calls there, its modes and bans, the way out."""

import tkinter
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import NamedTuple

from gui.model.actions import Actions
from gui.model.roomcard import BanRow, RoomCard
from gui.model.text import drawable
from gui.theme import Look
from gui.views.controls import (
    AvatarLabel,
    ErrorLabel,
    Muted,
    Section,
    Segmented,
    press,
)
from gui.views.dialog import Dialog
from gui.views.entry import Entry, EntryBox
from gui.views.inline import draw_line
from gui.views.richtext import RichText
from gui.views.rowlist import RowList

_WIDTH, _BANS = 400, 5  # pixels at scale 1; bans that are seen at once
_PAGES = (("about", "About"), ("rights", "Rights"), ("bans", "Bans"))
_LEVELS = (("all", "All messages"), ("mentions", "Mentions"), ("none", "Nothing"))


class RoomInfos:
    """See `RoomInfoScreen`; `dialog` is None while none is on the screen."""

    def __init__(self, look: Look, actions: Actions, open_link: Callable[[str], None]) -> None:
        self._look, self._actions, self._open_link = look, actions, open_link
        self.dialog: RoomInfoDialog | None = None

    def show(self, card: RoomCard) -> None:
        """See `RoomInfoScreen`."""
        if self.dialog is None:
            self.dialog = RoomInfoDialog(self._look, self._actions, self._open_link, card)
        self.dialog.show(card)

    def close(self) -> None:
        """See `RoomInfoScreen`."""
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None


class BanList(RowList):
    """Who cannot come in; each with a button that lifts the ban."""

    row_height = 40

    def __init__(self, parent: tkinter.Misc, look: Look) -> None:
        self.rows: tuple[BanRow, ...] = ()
        self.chosen = 0
        self.can_remove = False
        self.on_remove: Callable[[str], None] = lambda mask: None
        super().__init__(parent, look)
        self.configure(takefocus=True)
        for sequence, steps in (("<Up>", -1), ("<Down>", 1)):
            self.bind(sequence, partial(self._step, steps))
        for sequence in ("<Delete>", "<Return>"):
            self.bind(sequence, lambda _: self._remove(self.chosen))
        for sequence in ("<FocusIn>", "<FocusOut>"):
            self.bind(sequence, lambda _: self.redraw_soon(), add=True)

    def show(self, rows: tuple[BanRow, ...], *, can_remove: bool) -> None:
        """Other bans."""
        self.rows, self.can_remove = rows, can_remove
        self.chosen = max(0, min(self.chosen, len(rows) - 1))
        self.redraw_soon()

    def _step(self, steps: int, _: object) -> str:
        self.chosen = max(0, min(self.chosen + steps, len(self.rows) - 1))
        self.reveal(self.chosen)
        return "break"

    def _remove(self, index: int) -> str:
        if self.can_remove and index < len(self.rows):
            self.on_remove(self.rows[index].mask)
        return "break"

    def row_count(self) -> int:
        """How many bans there are."""
        return len(self.rows)

    def row_clicked(self, index: int, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Choose it; on its cross, lift it."""
        self.focus_set()
        self.chosen = index
        self.redraw_soon()
        if event.x >= self.winfo_width() - self.look.px(44):
            self._remove(index)

    def draw_row(self, index: int, y: int, width: int, *, hover: bool) -> None:
        """The mask above who made it, and a cross."""
        row, look, px, palette = self.rows[index], self.look, self.look.px, self.look.palette
        lit = hover or (index == self.chosen and self.focus_get() is self)
        background = palette.hover if lit else palette.side
        if lit:
            self.create_rectangle(0, y, width, y + self.height, fill=background, width=0)
        middle = y + self.height // 2
        room = width - px(60)
        draw_line(
            self, look, row.mask, at=(px(8), middle - (px(8) if row.about else 0)), width=room,
            style="text", colour=palette.text, background=background,
        )  # fmt: skip
        if row.about:
            draw_line(
                self, look, row.about, at=(px(8), middle + px(9)), width=room, style="small",
                colour=palette.muted, background=background,
            )  # fmt: skip
        if self.can_remove:
            cross = look.images.icon("close", px(26), palette.muted, background)
            self.create_image(width - px(12), middle, image=cross, anchor="e")


class RoomInfoDialog(Dialog):
    """Shows one card after the other; what is being typed is left alone.

    There are up to three pages, and no choice between them for who may not change anything.
    """

    def __init__(
        self, look: Look, actions: Actions, open_link: Callable[[str], None], card: RoomCard
    ) -> None:
        super().__init__(look, "Room", actions.room_info.closed, heading=False)
        self._actions = actions.room_info
        self.card: RoomCard | None = None
        self.entries: dict[str, Entry] = {}
        self._filled: dict[str, str] = {}
        self.switches: dict[str, tkinter.BooleanVar] = {}
        self.choices: dict[str, ttk.Checkbutton] = {}
        self._rows = 0
        self.body.columnconfigure(0, weight=1)
        self._heading(open_link)
        self._page = tkinter.StringVar(self, "about")
        self._pages = Segmented(self.body, look, _PAGES, self._page, self._turn_page)
        self._put(self._pages, above=16)
        self._frames = {name: ttk.Frame(self.body) for name, _ in _PAGES}
        for frame in self._frames.values():
            frame.columnconfigure(0, weight=1)
            frame.grid(row=self._rows, column=0, sticky="new")
        self._rows += 1
        self._about_page()
        self._rights_page()
        self._bans_page()
        self._error = ErrorLabel(self.body, look, "", wrap=_WIDTH)
        self._put(self._error, above=10)
        self._error.show("")
        self._note = ErrorLabel(self.body, look, "", wrap=_WIDTH)
        self._note.configure(style="Muted.TLabel")
        self._put(self._note, above=10)
        self._note.show("")
        self._foot()
        self.show(card)
        self._turn_page()
        self.appear(self._close)

    def _put(self, widget: tkinter.Widget, above: int = 0) -> None:
        widget.grid(row=self._rows, column=0, sticky="ew", pady=(self.look.px(above), 0))
        self._rows += 1

    def _heading(self, open_link: Callable[[str], None]) -> None:
        look, px = self.look, self.look.px
        top = ttk.Frame(self.body)
        top.columnconfigure(1, weight=1)
        self._avatar = AvatarLabel(top, look, "", size=64)
        self._avatar.grid(row=0, column=0, rowspan=2, sticky="nw", padx=(0, px(16)))
        self._name = RichText(top, look, style="heading", width=_WIDTH - 80, most_lines=2)
        self._about = RichText(top, look, role="muted", width=_WIDTH - 80, most_lines=2)
        self._name.grid(row=0, column=1, sticky="sew", pady=(px(8), 0))
        self._about.grid(row=1, column=1, sticky="new", pady=(px(2), 0))
        self._put(top)
        self._topic = RichText(self.body, look, width=_WIDTH, most_lines=6)
        self._topic.on_link = open_link
        self._put(self._topic, above=12)

    def _about_page(self) -> None:
        """Topic, name, who may be asked in; and what calls."""
        px, page = self.look.px, self._frames["about"]
        self._fields = ttk.Frame(page)
        self._fields.columnconfigure(1, weight=1)
        self._fields.grid(row=0, column=0, sticky="ew")
        title = Section(page, self.look, "Notifications")
        title.grid(row=1, column=0, sticky="w", pady=(px(18), px(6)))
        self._level = tkinter.StringVar(self, "all")
        self.levels = Segmented(
            page, self.look, _LEVELS, self._level,
            lambda: self._actions.notify(self._level.get()),
        )  # fmt: skip
        self.levels.grid(row=2, column=0, sticky="ew")

    def _rights_page(self) -> None:
        """Switches; key and limit."""
        page = self._frames["rights"]
        self._modes = ttk.Frame(page)
        self._modes.grid(row=0, column=0, sticky="ew", pady=(self.look.px(8), 0))
        self._limits = ttk.Frame(page)
        self._limits.columnconfigure(1, weight=1)
        self._limits.grid(row=1, column=0, sticky="ew")

    def _bans_page(self) -> None:
        px, page = self.look.px, self._frames["bans"]
        self._bans_about = Muted(page, self.look, "", wrap=_WIDTH)
        self._bans_about.grid(row=0, column=0, sticky="w", pady=(px(14), px(4)))
        self.bans = BanList(page, self.look)
        self.bans.on_remove = self._actions.unban
        self.bans.configure(height=px(BanList.row_height * _BANS))
        self.bans.grid(row=1, column=0, sticky="ew")

    def _foot(self) -> None:
        px = self.look.px
        foot = ttk.Frame(self.body)
        foot.columnconfigure(1, weight=1)
        self.leave = ttk.Button(foot, width=12, command=self._leave_or_join)
        self._close = ttk.Button(
            foot, text="Close", width=10, command=self._actions.closed, style="Accent.TButton"
        )
        self.leave.grid(row=0, column=0, sticky="w")
        self._close.grid(row=0, column=2, sticky="e", padx=(px(8), 0))
        for button in (self.leave, self._close):
            button.bind("<Return>", press)
        self._put(foot, above=20)

    def _leave_or_join(self) -> None:
        if self.card is not None and self.card.joined:
            self._actions.leave()
        else:
            self._actions.join()

    def _turn_page(self) -> None:
        for name, frame in self._frames.items():
            if name == self._page.get():
                frame.grid()
            else:
                frame.grid_remove()

    # --- showing ------------------------------------------------------------------------

    def show(self, card: RoomCard) -> None:
        """Another card, or more of the same."""
        before, self.card = self.card, card
        if card == before:
            return
        self._avatar.show(card.name, key=card.room, room=True)
        self._name.show(card.name)
        rank = f" — you are {_article(card.rank)} {card.rank}" if card.rank else ""
        self._about.show(card.about + rank)
        self._topic.show("" if card.can_topic else card.topic)
        self._level.set(card.level)
        if card.can_unban:
            self._pages.grid()
        else:
            self._pages.grid_remove()
            self._page.set("about")
            self._turn_page()
        self._show_fields(card)
        self._show_switches(card)
        self._show_bans(card)
        self._error.show(card.error)
        self._note.show(card.notice)
        self.leave.configure(text="Leave room" if card.joined else "Join again")

    def _show_fields(self, card: RoomCard) -> None:
        """Build the lines to type into anew where other ones are allowed; else fill them."""
        act = self._actions
        lines = (
            _Line("topic", "Topic", card.topic if card.can_topic else None, act.set_topic),
            _Line("name", "Name", card.name if card.can_rename else None, act.rename),
            _Line("invite", "Invite", "" if card.can_invite else None, act.invite),
            _Line("key", "Key", card.key, act.set_key),
            _Line("limit", "Limit", card.limit, act.set_limit),
        )
        wanted = [line for line in lines if line.value is not None]
        if [line.name for line in wanted] != list(self.entries):
            for child in (*self._fields.winfo_children(), *self._limits.winfo_children()):
                child.destroy()
            self.entries, self._filled = {}, {}
            for row, line in enumerate(wanted):
                self._make_line(row, line)
        for line in wanted:
            self._refill(line)

    def _make_line(self, row: int, line: "_Line") -> None:
        look, px = self.look, self.look.px
        frame = self._limits if line.name in ("key", "limit") else self._fields
        word = Muted(frame, look, line.label)
        box = EntryBox(frame, look, width=24)
        entry = box.entry
        submit = partial(self._submit, line)
        button = ttk.Button(
            frame, text="Invite" if line.name == "invite" else "Set", width=6, command=submit
        )
        entry.bind("<Return>", lambda _: submit())
        button.bind("<Return>", press)
        above = px(14) if row == 0 or line.name == "key" else px(8)
        word.grid(row=row, column=0, sticky="w", padx=(0, px(14)), pady=(above, 0))
        box.grid(row=row, column=1, sticky="ew", pady=(above, 0))
        button.grid(row=row, column=2, padx=(px(8), 0), pady=(above, 0))
        self.entries[line.name] = entry

    def _submit(self, line: "_Line") -> str:
        entry = self.entries[line.name]
        line.command(entry.get())
        if line.name == "invite":
            entry.delete(0, "end")
        return "break"

    def _refill(self, line: "_Line") -> None:
        """What the server says, unless something else is being typed there."""
        value = line.value or ""
        if value != self._filled.get(line.name):
            self._filled[line.name] = value
            entry = self.entries[line.name]
            entry.set_value(value)

    def _show_switches(self, card: RoomCard) -> None:
        if [one.letter for one in card.switches] != list(self.switches):
            for child in self._modes.winfo_children():
                child.destroy()
            self.switches, self.choices = {}, {}
            for row, one in enumerate(card.switches):
                variable = self.switches[one.letter] = tkinter.BooleanVar(self, one.on)
                switch = ttk.Checkbutton(
                    self._modes, text=drawable(one.label), variable=variable,
                    style="Switch.TCheckbutton", command=partial(self._turn, one.letter, variable),
                )  # fmt: skip
                self.choices[one.letter] = switch
                switch.grid(row=row, column=0, sticky="w", pady=self.look.px(3))
        for one in card.switches:
            self.switches[one.letter].set(one.on)

    def _turn(self, letter: str, variable: tkinter.BooleanVar) -> None:
        """Ask for it; the switch goes back until the server agrees."""
        on = variable.get()
        variable.set(not on)
        self._actions.switch(letter, on)

    def _show_bans(self, card: RoomCard) -> None:
        bans = card.bans or ()
        about = f"{len(bans):,} banned" if bans else "Nobody is banned."
        self._bans_about.show("Asking for the list…" if card.bans is None else about)
        self.bans.show(bans, can_remove=card.can_unban)


class _Line(NamedTuple):
    """A line to type into; `value` is None where it is not to be there."""

    name: str
    label: str
    value: str | None
    command: Callable[[str], None]


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"
