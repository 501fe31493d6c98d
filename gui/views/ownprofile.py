"""Our own profile: what others see of us, and our account.

Only what this server can change is there.
"""

from __future__ import annotations

import tkinter
from tkinter import ttk

from gui.model.accounts import ProfileCard
from gui.model.entrance import AccountActions, ProfileActions
from gui.theme import Look
from gui.views.controls import AvatarLabel, Muted, Title
from gui.views.formdialog import FormDialog
from gui.views.swatches import Swatches

_AVATAR = 72  # pixels at scale 1


class ProfileDialog(FormDialog):
    """Shows a card; "Save" hands a changed one to `profile.save`."""

    def __init__(
        self, look: Look, card: ProfileCard, profile: ProfileActions, account: AccountActions
    ) -> None:
        super().__init__(
            look, "Your profile", "Save", lambda: profile.save(self.card()), account.dismissed,
            "Saving…",
        )  # fmt: skip
        self._first, self._account = card, account
        self._away = tkinter.BooleanVar(self, card.away)
        self._swatches: Swatches | None = None
        self._build_head(card)
        first = self.field("nick", "Nickname", card.nick)
        if card.profiles:
            self.field("display_name", "Display name", card.display_name)
            self.field("status", "Status", card.status)
            self._build_colour(card)
        if card.setname:
            self.field("realname", "Real name", card.realname)
        self.switch("Away", self._away, self._show_away)
        self._away_field = self.field("away", "What you say while you are away", card.away_message)
        self._show_away()
        self.finish(first.entry)

    def _build_head(self, card: ProfileCard) -> None:
        px, head = self.look.px, ttk.Frame(self.body)
        self._avatar = AvatarLabel(head, self.look, card.display_name or card.nick, _AVATAR)
        self._avatar.grid(row=0, column=0, rowspan=3, padx=(0, px(16)))
        Title(head, self.look, card.display_name or card.nick).grid(row=0, column=1, sticky="sw")
        about = f"Account {card.account}" if card.account else "You are here as a guest"
        Muted(head, self.look, about).grid(row=1, column=1, sticky="w", pady=(px(2), px(2)))
        links = ttk.Frame(head)
        links.grid(row=2, column=1, sticky="nw")
        for shown, text, command in (
            (card.passwords, "Change password…", self._account.ask_password),
            (bool(card.account), "Log out", self._account.log_out),
            (card.login, "Log in…", self._account.ask_login),
            (card.registration, "Create an account…", self._account.ask_registration),
        ):
            if shown:
                button = ttk.Button(links, text=text, command=command, style="Link.TButton")
                button.bind("<Return>", self._pressed)
                button.pack(side="left")
                self.rests(button)
        self.place(head, above=0)
        self._paint_avatar(card.color)

    def _build_colour(self, card: ProfileCard) -> None:
        self.place(Muted(self.body, self.look, "Colour"), sticky="w")
        self._swatches = Swatches(
            self.body, self.look, self.look.palette.avatars, card.color, self._paint_avatar
        )
        self.place(self._swatches, above=2, sticky="w")
        self.error_line("color")

    def _paint_avatar(self, colour: str) -> None:
        card = self._first
        dot = "away" if card.away else "online"
        self._avatar.show(card.display_name or card.nick, dot, key=card.nick, colour=colour)

    def _show_away(self) -> None:
        if self._away.get():
            self._away_field.grid()
        else:
            self._away_field.grid_remove()

    def show_busy(self, busy: bool) -> None:
        """See `FormDialog`."""
        super().show_busy(busy)
        if self._swatches is not None:
            self._swatches.enabled = not busy

    def card(self) -> ProfileCard:
        """The card as it is to be."""
        first = self._first

        def typed(name: str) -> str:
            return self.value(name) if name in self.fields else str(getattr(first, name))

        return first._replace(
            nick=self.value("nick"),
            display_name=typed("display_name"),
            status=typed("status"),
            color=self._swatches.value if self._swatches is not None else first.color,
            realname=typed("realname"),
            away=self._away.get(),
            away_message=self.value("away"),
        )
