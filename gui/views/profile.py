"""The profile of somebody else: a dialog that opens with what is known, and fills in."""

from collections.abc import Callable
from tkinter import ttk

from gui.model.actions import Actions
from gui.model.personcard import PersonCard
from gui.model.ranks import PersonAct
from gui.theme import Look
from gui.views.controls import AvatarLabel, LinkLabel, Section, Words, press
from gui.views.dialog import Dialog
from gui.views.richtext import RichText

_WIDTH = 340  # pixels at scale 1
_MOST_ROOMS = 8


class Profiles:
    """See `PersonScreen`; `dialog` is None while none is on the screen."""

    def __init__(self, look: Look, actions: Actions, open_link: Callable[[str], None]) -> None:
        self._look, self._actions, self._open_link = look, actions, open_link
        self.dialog: ProfileDialog | None = None

    def show(self, card: PersonCard) -> None:
        """See `PersonScreen`."""
        if self.dialog is None:
            self.dialog = ProfileDialog(self._look, self._actions, self._open_link, card)
        else:
            self.dialog.show(card)

    def close(self) -> None:
        """See `PersonScreen`."""
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None


class ProfileDialog(Dialog):
    """Shows one card after the other; what has not changed is left alone."""

    def __init__(
        self, look: Look, actions: Actions, open_link: Callable[[str], None], card: PersonCard
    ) -> None:
        super().__init__(look, "Profile", actions.people.profile_closed, heading=False)
        self._actions, self._open_link = actions, open_link
        self.card: PersonCard | None = None
        self.facts: dict[str, str] = {}
        self.rooms: list[LinkLabel] = []
        self._heading()
        self._rest = ttk.Frame(self.body)
        self._rest.grid(row=2, column=0, columnspan=3, sticky="ew")
        self._rest.columnconfigure(1, weight=1)
        self.buttons_by_act: dict[PersonAct, ttk.Button] = {}
        self._buttons = ttk.Frame(self.body)
        self._buttons.grid(row=3, column=0, columnspan=3, sticky="ew", pady=(look.px(18), 0))
        self.show(card)
        first = next(iter(self.buttons_by_act.values()), None)
        self.appear(first or self.body)

    def _heading(self) -> None:
        """Avatar, name, presence and what they say of themselves."""
        look, px = self.look, self.look.px
        top = ttk.Frame(self.body)
        top.grid(row=1, column=0, columnspan=3, sticky="ew")
        top.columnconfigure(1, weight=1)
        self._avatar = AvatarLabel(top, look, "", size=76)
        self._avatar.grid(row=0, column=0, rowspan=3, sticky="nw", padx=(0, px(16)))
        wide = _WIDTH - 92
        self._name = RichText(top, look, style="heading", width=wide, most_lines=2)
        self._presence = RichText(top, look, role="muted", width=wide, most_lines=2)
        self._nick = RichText(top, look, style="small", role="muted", width=wide, most_lines=1)
        for row, line in enumerate((self._name, self._presence, self._nick)):
            line.grid(row=row, column=1, sticky="ew", pady=(px(4), 0))
        self._status = RichText(self.body, look, width=_WIDTH, most_lines=5)

    def show(self, card: PersonCard) -> None:
        """Another card, or more of the same."""
        before, self.card = self.card, card
        if card == before:
            return
        self._avatar.show(card.name, card.presence, key=card.nick, colour=card.color)
        self._name.show(card.name)
        words = card.presence_text
        if card.missing:
            words = f"Nobody here is called {card.nick} now"
        elif card.loading and not words:
            words = "…"
        self._presence.show(words, "link" if card.presence == "online" else "muted")
        self._nick.show(card.nick + (" (you)" if card.own else "") if self._named(card) else "")
        self._fill(card)
        if before is None or before.nick != card.nick or before.ignored != card.ignored:
            self._make_buttons(card)

    def _named(self, card: PersonCard) -> bool:
        """True if the nick has to be told apart from the name."""
        return card.name != card.nick or card.own

    # --- what is below the heading ------------------------------------------------------

    def _fill(self, card: PersonCard) -> None:
        focus = self.focus_get()
        for child in self._rest.winfo_children():
            child.destroy()
        self.facts, self.rooms = {fact.label: fact.text for fact in card.facts}, []
        row = self._text(0, card.status, "text")
        self._facts_begun = False
        if card.homepage:
            row = self._fact(row, "Homepage", card.homepage, link=True)
        for fact in card.facts:
            row = self._fact(row, fact.label, fact.text)
        for line in card.extra:
            row = self._text(row, line, "muted", style="small")
        if card.rooms:
            self._shared(row, card)
        if focus is not None and not focus.winfo_exists():
            self.go_to(self.body)

    def _text(self, row: int, text: str, role: str, style: str = "text") -> int:
        if not text:
            return row
        label = RichText(self._rest, self.look, style=style, role=role, width=_WIDTH, most_lines=5)
        label.on_link = self._open_link
        label.show(text)
        label.grid(row=row, column=0, columnspan=2, sticky="ew", pady=(self.look.px(10), 0))
        return row + 1

    def _fact(self, row: int, label: str, text: str, *, link: bool = False) -> int:
        px = self.look.px
        name = Words(self._rest, self.look, label)
        name.configure(style="Muted.TLabel")
        value = RichText(self._rest, self.look, width=_WIDTH - 110, most_lines=4)
        if link:
            value.on_link = self._open_link
        value.show(text)
        first = px(6) if self._facts_begun else px(14)
        self._facts_begun = True
        name.grid(row=row, column=0, sticky="nw", padx=(0, px(14)), pady=(first, 0))
        value.grid(row=row, column=1, sticky="ew", pady=(first, 0))
        return row + 1

    def _shared(self, row: int, card: PersonCard) -> None:
        px, count = self.look.px, len(card.rooms)
        title = "1 room in common" if count == 1 else f"{count} rooms in common"
        heading = Section(self._rest, self.look, title)
        heading.grid(row=row, column=0, columnspan=2, sticky="w", pady=(px(16), px(2)))
        for room in card.rooms[:_MOST_ROOMS]:
            row += 1
            text = f"{room.name}  ({room.rank})" if room.rank else room.name
            link = LinkLabel(self._rest, self.look, text, lambda key=room.key: self._open_room(key))  # type: ignore[misc]
            link.grid(row=row, column=0, columnspan=2, sticky="w")
            self.rooms.append(link)

    def _open_room(self, key: str) -> None:
        self._actions.people.profile_closed()
        self._actions.conversations.open(key)

    def _make_buttons(self, card: PersonCard) -> None:
        for child in self._buttons.winfo_children():
            child.destroy()
        self.buttons_by_act = {}
        nick, people = card.nick, self._actions.people
        wanted = (PersonAct.MESSAGE, PersonAct.MENTION, PersonAct.IGNORE, PersonAct.UNIGNORE)
        offered = people.choices(nick)
        for act in wanted:
            if act not in offered:
                continue
            button = ttk.Button(
                self._buttons, text=act.value, width=10,
                style="Accent.TButton" if act is PersonAct.MESSAGE else "TButton",
                command=lambda act=act: people.act(nick, act),  # type: ignore[misc]
            )  # fmt: skip
            button.bind("<Return>", press)
            button.pack(side="left", expand=True, fill="x", padx=(0, self.look.px(8)))
            self.buttons_by_act[act] = button
        last = list(self.buttons_by_act.values())[-1:]
        for button in last:
            button.pack_configure(padx=0)
        if not self.buttons_by_act:
            close = ttk.Button(self._buttons, text="Close", command=people.profile_closed)
            close.bind("<Return>", press)
            close.pack(side="right")
            self.buttons_by_act[PersonAct.PROFILE] = close
