"""The dialog about a room: what it is, what calls there, its modes and bans, the way out."""

import tkinter
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from gui.model.actions import Actions
from gui.model.roomcard import BanRow, RoomCard
from gui.theme import Look
from gui.views.controls import (
    AvatarLabel,
    ErrorLabel,
    Muted,
    Section,
    Segmented,
    Words,
    press,
)
from gui.views.dialog import Dialog
from gui.views.inline import draw_line
from gui.views.richtext import RichText
from gui.views.rowlist import RowList

_WIDTH, _BANS = 400, 4  # pixels at scale 1; bans that are seen at once
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
    """Shows one card after the other; what is being typed is left alone."""

    def __init__(
        self, look: Look, actions: Actions, open_link: Callable[[str], None], card: RoomCard
    ) -> None:
        super().__init__(look, "Room", actions.room_info.closed, heading=False)
        self._actions, self._open_link = actions.room_info, open_link
        self.card: RoomCard | None = None
        self.entries: dict[str, ttk.Entry] = {}
        self.switches: dict[str, tkinter.BooleanVar] = {}
        self._rows = 0
        self.body.columnconfigure(0, weight=1)
        self._heading()
        self._topic = RichText(self.body, look, width=_WIDTH, most_lines=6)
        self._topic.on_link = open_link
        self._put(self._topic, above=12)
        self._fields = self._frame()
        self._notify()
        self._modes = self._frame()
        self._bans()
        self._error = ErrorLabel(self.body, look, "", wrap=_WIDTH)
        self._put(self._error, above=10)
        self._error.show("")
        self._note = Muted(self.body, look, "", wrap=_WIDTH)
        self._put(self._note)
        self._foot()
        self._shape: tuple[object, ...] = ()
        self.show(card)
        self.appear(self._close)

    def _put(self, widget: tkinter.Widget, above: int = 0) -> None:
        widget.grid(row=self._rows, column=0, sticky="ew", pady=(self.look.px(above), 0))
        self._rows += 1

    def _frame(self) -> ttk.Frame:
        frame = ttk.Frame(self.body)
        frame.columnconfigure(1, weight=1)
        self._put(frame)
        return frame

    def _heading(self) -> None:
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

    def _notify(self) -> None:
        self._put(Section(self.body, self.look, "Notifications"), above=18)
        self._level = tkinter.StringVar(self, "all")
        self.levels = Segmented(
            self.body, self.look, _LEVELS, self._level,
            lambda: self._actions.notify(self._level.get()),
        )  # fmt: skip
        self._put(self.levels, above=6)

    def _bans(self) -> None:
        self._bans_title = Section(self.body, self.look, "Banned")
        self._put(self._bans_title, above=18)
        self.bans = BanList(self.body, self.look)
        self.bans.on_remove = self._actions.unban
        self._put(self.bans, above=4)

    def _foot(self) -> None:
        px = self.look.px
        foot = ttk.Frame(self.body)
        foot.columnconfigure(1, weight=1)
        self.leave = ttk.Button(foot, width=14, command=self._leave_or_join)
        self._close = ttk.Button(
            foot, text="Close", width=10, command=self._actions.closed, style="Accent.TButton"
        )
        self.leave.grid(row=0, column=0, sticky="w")
        self._close.grid(row=0, column=2, sticky="e", padx=(px(8), 0))
        for button in (self.leave, self._close):
            button.bind("<Return>", press)
        self._put(foot, above=18)

    def _leave_or_join(self) -> None:
        if self.card is not None and self.card.joined:
            self._actions.leave()
        else:
            self._actions.join()

    # --- showing ------------------------------------------------------------------------

    def show(self, card: RoomCard) -> None:
        """Another card, or more of the same."""
        before, self.card = self.card, card
        if card == before:
            return
        self._avatar.show(card.name, key=card.room)
        self._name.show(card.name)
        rank = f" — you are {_article(card.rank)} {card.rank}" if card.rank else ""
        self._about.show(card.about + rank)
        self._topic.show("" if card.can_topic else card.topic)
        self._level.set(card.level)
        self._show_fields(card)
        self._show_modes(card)
        self._show_bans(card)
        self._error.show(card.error)
        self._note.show(card.notice)
        self.leave.configure(text="Leave room" if card.joined else "Join again")

    def _show_fields(self, card: RoomCard) -> None:
        """Build the lines to type into anew where other ones are allowed; else fill them."""
        wanted: list[tuple[str, str, str, Callable[[str], None]]] = []
        if card.can_topic:
            wanted.append(("topic", "Topic", card.topic, self._actions.set_topic))
        if card.can_rename:
            wanted.append(("name", "Name", card.name, self._actions.rename))
        if card.key is not None:
            wanted.append(("key", "Key", card.key, self._actions.set_key))
        if card.limit is not None:
            wanted.append(("limit", "Limit", card.limit, self._actions.set_limit))
        if card.can_invite:
            wanted.append(("invite", "Invite", "", self._actions.invite))
        if [name for name, *_ in wanted] != list(self.entries):
            for child in self._fields.winfo_children():
                child.destroy()
            self.entries = {}
            for row, (name, label, _, command) in enumerate(wanted):
                self._line(row, name, label, command)
            if self._focused is not None and not self._focused.winfo_exists():
                self.go_to(self._close)
        for name, _, value, _ in wanted:
            self._refill(name, value)

    def _line(self, row: int, name: str, label: str, command: Callable[[str], None]) -> None:
        look, px = self.look, self.look.px
        above = px(14) if not row else px(8)
        word = Words(self._fields, look, label)
        word.configure(style="Muted.TLabel")
        word.grid(row=row, column=0, sticky="w", padx=(0, px(14)), pady=(above, 0))
        entry = ttk.Entry(self._fields, font=look.fonts["text"], width=24)
        entry.grid(row=row, column=1, sticky="ew", pady=(above, 0))
        act = partial(self._submit, name, command)
        entry.bind("<Return>", lambda _: act())
        button = ttk.Button(
            self._fields, text="Invite" if name == "invite" else "Set", width=6, command=act
        )
        button.bind("<Return>", press)
        button.grid(row=row, column=2, padx=(px(8), 0), pady=(above, 0))
        self.entries[name] = entry

    def _submit(self, name: str, command: Callable[[str], None]) -> str:
        entry = self.entries[name]
        command(entry.get())
        if name == "invite":
            entry.delete(0, "end")
        return "break"

    def _refill(self, name: str, value: str) -> None:
        """What the server says, unless something else is being typed there."""
        entry = self.entries[name]
        shown = getattr(entry, "shown", None)
        if value != shown:
            entry.shown = value  # type: ignore[attr-defined]
            if name != "invite":
                entry.delete(0, "end")
                entry.insert(0, value)

    def _show_modes(self, card: RoomCard) -> None:
        letters = [one.letter for one in card.switches]
        if letters != list(self.switches):
            for child in self._modes.winfo_children():
                child.destroy()
            self.switches = {}
            if letters:
                self._make_switches(card)
        for one in card.switches:
            self.switches[one.letter].set(one.on)

    def _make_switches(self, card: RoomCard) -> None:
        px = self.look.px
        title = Section(self._modes, self.look, "Who may do what")
        title.grid(row=0, column=0, columnspan=2, sticky="w", pady=(px(18), px(2)))
        for row, one in enumerate(card.switches, start=1):
            variable = tkinter.BooleanVar(self, one.on)
            switch = ttk.Checkbutton(
                self._modes, text=one.label, variable=variable, style="Switch.TCheckbutton",
                command=partial(self._turn, one.letter, variable),
            )  # fmt: skip
            switch.grid(row=row, column=0, columnspan=2, sticky="w", pady=px(2))
            self.switches[one.letter] = variable

    def _turn(self, letter: str, variable: tkinter.BooleanVar) -> None:
        """Ask for it; the switch goes back until the server agrees."""
        on = variable.get()
        variable.set(not on)
        self._actions.switch(letter, on)

    def _show_bans(self, card: RoomCard) -> None:
        bans = card.bans or ()
        self._bans_title.show(f"Banned — {len(bans)}")
        self.bans.show(bans, can_remove=card.can_unban)
        rows = min(_BANS, len(bans))
        self.bans.configure(height=self.look.px(BanList.row_height * rows) or 1)
        for widget in (self._bans_title, self.bans):
            if bans:
                widget.grid()
            else:
                widget.grid_remove()


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"
