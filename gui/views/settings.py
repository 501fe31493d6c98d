"""The settings dialog, and what makes the window act on the choices made there.

Each page is a method that puts rows below each other; every control applies its choice at once.
"""

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from core import __version__
from gui.model.actions import Actions
from gui.model.keys import KEYS
from gui.model.preferences import FONT_SIZE, Preferences
from gui.palette import PALETTES
from gui.theme import Look
from gui.views.controls import Choice, Heading, LinkLabel, Muted, Section, Segmented, Words
from gui.views.dialog import Dialog
from gui.views.scrollarea import ScrollArea

_PAGES = ("Appearance", "Chat", "Notifications", "Servers", "Keyboard", "About")
_SIDE, _WIDTH, _HEIGHT, _MARGIN = 172, 440, 520, 24  # pixels at scale 1


class SettingsDialog(Dialog):
    """All pages; `page` is the name of the one that is shown."""

    def __init__(
        self, look: Look, preferences: Preferences, actions: Actions, on_close: Callable[[], None]
    ) -> None:
        super().__init__(look, "Settings", on_close, heading=False, margin=0)
        self.preferences, self._actions = preferences, actions
        self._variables: dict[str, tkinter.StringVar | tkinter.BooleanVar] = {}
        self._page = tkinter.StringVar(self, _PAGES[0])
        self._sizes: list[tuple[ttk.Label, Callable[[], str]]] = []
        self._built = 0.0  # the scale at which the widgets were made
        self._refreshing = False
        self._side = ttk.Frame(self.body)
        self._content = ScrollArea(self.body, look)
        self._content.grid(row=0, column=1, sticky="nsew")
        self._build()

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self._page.get()

    def show_page(self, page: str) -> None:
        """Show a page; '' for the present one."""
        if page in _PAGES:
            self._page.set(page)
        self._fill()

    def refresh(self) -> None:
        """The choices may have changed elsewhere, or the scale here."""
        if self._built != self.look.scale:
            self._build()
            return
        self._refreshing = True
        for name, variable in self._variables.items():
            variable.set(getattr(self.preferences, name))
        self._refreshing = False
        self._show_sizes()

    # --- building -----------------------------------------------------------------------

    def _build(self) -> None:
        """Make everything anew, for the scale that is now."""
        px = self.look.px
        focused = str(self.focus_get() or "").endswith(tuple(name.lower() for name in _PAGES))
        self._built = self.look.scale
        self._side.destroy()
        self._side = ttk.Frame(self.body, style="Side.TFrame", padding=px(10))
        self._side.grid(row=0, column=0, sticky="ns")
        self._side.columnconfigure(0, weight=1, minsize=px(_SIDE - 20))
        for row, name in enumerate(_PAGES):
            button = ttk.Radiobutton(
                self._side, text=name, value=name, variable=self._page, command=self._fill,
                style="Side.TRadiobutton", name=name.lower(),
            )  # fmt: skip
            button.grid(row=row, column=0, sticky="ew", pady=px(1))
            for key, steps in (("<Up>", -1), ("<Down>", 1)):
                button.bind(key, lambda _, steps=steps: self._step(steps))  # type: ignore[misc]
        self.body.columnconfigure(1, minsize=px(_WIDTH))
        room = self.winfo_screenheight() - 100
        self.body.rowconfigure(0, minsize=min(px(_HEIGHT), room))
        self._fill()
        if focused:
            self.first().focus_set()

    def _fill(self) -> None:
        """Make the page that is chosen."""
        px = self.look.px
        area = self._content
        area.clear()
        self._variables.clear()
        self._sizes.clear()
        area.inner.configure(padding=(px(_MARGIN), px(20)))
        area.inner.columnconfigure(0, weight=1)
        Heading(area.inner, self.look, self.page).grid(sticky="w", pady=(0, px(6)))
        self._pages()[self.page](area.inner)
        for name in _PAGES:  # Tab reaches the chosen one alone
            self._side.nametowidget(name.lower()).configure(takefocus=name == self.page)

    def _step(self, steps: int) -> str:
        place = (_PAGES.index(self.page) + steps) % len(_PAGES)
        self._page.set(_PAGES[place])
        self._fill()
        self.first().focus_set()
        return "break"

    def first(self) -> tkinter.Widget:
        """What gets the focus at first."""
        button: tkinter.Widget = self._side.nametowidget(self.page.lower())
        return button

    def _pages(self) -> dict[str, Callable[[ttk.Frame], None]]:
        pages = (
            self._appearance, self._chat, self._notifications, self._servers, self._keyboard,
            self._about,
        )  # fmt: skip
        return dict(zip(_PAGES, pages, strict=True))

    # --- rows ---------------------------------------------------------------------------

    def _section(self, page: ttk.Frame, text: str) -> None:
        px = self.look.px
        Section(page, self.look, text).grid(sticky="w", pady=(px(16), px(4)))

    def _choose(self, name: str) -> None:
        if not self._refreshing:
            self._actions.preferences.set(name, self._variables[name].get())

    def _row(self, page: ttk.Frame, title: str, hint: str) -> ttk.Frame:
        """A line with its name at the left; the control goes to its column 1."""
        px, look = self.look.px, self.look
        row = ttk.Frame(page)
        row.grid(sticky="ew", pady=px(5))
        row.columnconfigure(0, weight=1)
        words = ttk.Frame(row)
        words.grid(row=0, column=0, sticky="w")
        Words(words, look, title).grid(sticky="w")
        if hint:
            Muted(words, look, hint, wrap=300).grid(sticky="w", pady=(px(1), 0))
        return row

    def _switch(self, page: ttk.Frame, name: str, title: str, hint: str = "") -> None:
        row = self._row(page, title, hint)
        variable = tkinter.BooleanVar(self, getattr(self.preferences, name))
        self._variables[name] = variable
        switch = ttk.Checkbutton(
            row, variable=variable, style="Bare.TCheckbutton", name=name,
            command=lambda: self._choose(name),
        )  # fmt: skip
        switch.grid(row=0, column=1, sticky="e")

    def _segments(
        self, page: ttk.Frame, name: str, title: str, choices: Sequence[tuple[str, str]]
    ) -> None:
        if title:
            Words(page, self.look, title).grid(sticky="w", pady=(self.look.px(6), 0))
        variable = tkinter.StringVar(self, getattr(self.preferences, name))
        self._variables[name] = variable
        control = Segmented(page, self.look, choices, variable, lambda: self._choose(name))
        control.grid(sticky="ew", pady=(self.look.px(5), self.look.px(6)))

    def _stepper(
        self, page: ttk.Frame, title: str, value: Callable[[], str], step: Callable[[int], None]
    ) -> None:
        row, px = self._row(page, title, ""), self.look.px
        frame = ttk.Frame(row, style="Segments.TFrame", padding=px(3))
        frame.grid(row=0, column=1, sticky="e")
        label = ttk.Label(frame, width=6, anchor="center", background=self.look.palette.field)
        for column, text, steps in ((0, "\u2212", -1), (2, "+", 1)):
            button = ttk.Button(
                frame, text=text, style="Step.TButton", width=2,
                command=lambda steps=steps: step(steps),  # type: ignore[misc]
            )  # fmt: skip
            button.grid(row=0, column=column)
        label.grid(row=0, column=1)
        self._sizes.append((label, value))
        label.configure(text=value())

    def _show_sizes(self) -> None:
        for label, value in self._sizes:
            label.configure(text=value(), background=self.look.palette.field)

    # --- the pages ----------------------------------------------------------------------

    def _appearance(self, page: ttk.Frame) -> None:
        actions, look = self._actions.preferences, self.look
        self._section(page, "Colours")
        themes = [("system", "As the system"), ("dark", "Dark"), ("light", "Light")]
        self._segments(page, "theme", "", themes)
        self._section(page, "Size")
        self._stepper(page, "Everything", lambda: f"{look.scale * 100:.0f} %", actions.larger)
        self._stepper(
            page, "Text", lambda: f"{self.preferences.font_size} px",
            lambda steps: actions.set("font_size", self.preferences.font_size + steps),
        )  # fmt: skip
        row = self._row(page, "Font", "")
        families = ["Automatic", *look.fonts.families()]
        choice = Choice(row, look, families, self._choose_font)
        choice.set(self.preferences.font or families[0])
        choice.grid(row=0, column=1, sticky="e")
        self._switch(page, "compact", "Compact", "Less room between the lines")
        self._section(page, "Time")
        self._switch(page, "clock_12", "12-hour clock", "2:30 PM in the place of 14:30")

    def _choose_font(self, family: str) -> None:
        known = self.look.fonts.families()
        self._actions.preferences.set("font", family if family in known else "")

    def _chat(self, page: ttk.Frame) -> None:
        self._section(page, "Writing")
        ways = [("enter", "Enter"), ("ctrl-enter", "Ctrl+Enter")]
        self._segments(page, "send_with", "Send with", ways)
        self._section(page, "Others see")
        self._switch(page, "send_typing", "That I am typing")
        self._switch(
            page, "send_read", "What I have read", "Keeps the unread counts of my devices alike"
        )
        self._section(page, "Reading")
        moves = [("always", "Always"), ("small", "In small rooms"), ("never", "Never")]
        self._segments(page, "moves", "Show who joins and leaves", moves)
        self._switch(page, "confirm_links", "Ask before a link is opened")

    def _notifications(self, page: ttk.Frame) -> None:
        self._section(page, "When the window is not in front")
        levels = [("all", "All messages"), ("mentions", "Only personal ones"), ("none", "None")]
        self._segments(page, "notify", "Notify me of", levels)
        hint = "Personal ones are private messages, and those that name you. Each conversation "
        hint += "can have a choice of its own."
        Muted(page, self.look, hint, wrap=_WIDTH - 2 * _MARGIN).grid(sticky="w")
        self._section(page, "What they show")
        self._switch(page, "notify_text", "The text", "Otherwise only who wrote")
        self._switch(page, "bell", "Ring the bell")
        self._section(page, "For now")
        self._switch(page, "quiet", "Do not disturb", "No notifications until this is off again")

    def _servers(self, page: ttk.Frame) -> None:
        px, look = self.look.px, self.look
        if not self.preferences.servers:
            Muted(page, look, "None is known yet.").grid(sticky="w", pady=px(8))
        for server in self.preferences.servers:
            safe = "" if server.tls else ", not encrypted"
            row = self._row(page, server.host, f"as {server.nick}, port {server.port}{safe}")
            button = ttk.Button(
                row, text="Forget", style="Flat.TButton",
                command=lambda server=server: self._forget(server),  # type: ignore[misc]
            )  # fmt: skip
            button.grid(row=0, column=1, sticky="e")
        LinkLabel(page, look, "Connect to a server…", self._actions.connection.change).grid(
            sticky="w", pady=px(12)
        )

    def _forget(self, server: object) -> None:
        for known in self.preferences.servers:
            if known is server:
                self._actions.preferences.forget(known)
        self._fill()

    def _keyboard(self, page: ttk.Frame) -> None:
        px = self.look.px
        for group, keys in KEYS.items():
            self._section(page, group)
            for key in keys:
                row = ttk.Frame(page)
                row.grid(sticky="ew", pady=px(2))
                row.columnconfigure(0, weight=1)
                Words(row, self.look, key.text).grid(row=0, column=0, sticky="w")
                ttk.Label(row, text=key.shown, style="Key.TLabel").grid(row=0, column=1)

    def _about(self, page: ttk.Frame) -> None:
        px, look = self.look.px, self.look
        icon = look.images.program(px(72), look.palette.accent)
        ttk.Label(page, image=icon).grid(pady=(px(24), px(12)))
        ttk.Label(page, text="Parlor", style="Heading.TLabel").grid()
        Muted(page, look, f"Version {__version__}").grid(pady=px(4))
        text = (
            "The window of a chat that you run yourself. It speaks IRC, so it is at home on "
            "other servers too."
        )
        label = Words(page, look, text, wrap=340)
        label.configure(justify="center", anchor="center")
        label.grid(pady=px(12))
        Muted(page, look, "Free software under the MIT licence").grid()


class PreferenceView:
    """See `PreferenceScreen`."""

    def __init__(self, look: Look, actions: Actions) -> None:
        self._look, self._actions = look, actions
        self.preferences = Preferences()
        self.dialog: SettingsDialog | None = None
        self.on_apply: Callable[[Preferences], None] = lambda preferences: None

    def apply(self, preferences: Preferences, theme: str) -> None:
        """See `PreferenceScreen`."""
        self.preferences, look = preferences, self._look
        look.change(
            PALETTES[theme],
            min(preferences.scale or look.natural, look.most),
            family=preferences.font,
            text_size=preferences.font_size / FONT_SIZE,
            compact=preferences.compact,
            clock_12=preferences.clock_12,
        )
        self.on_apply(preferences)
        if self.dialog is not None:
            self.dialog.refresh()

    def step(self, steps: int) -> float:
        """See `PreferenceScreen`."""
        return self._look.step(steps)

    def open(self, preferences: Preferences, page: str) -> None:
        """See `PreferenceScreen`."""
        if self.dialog is None:
            self.dialog = SettingsDialog(self._look, preferences, self._actions, self._close)
            self.dialog.show_page(page)
            self.dialog.appear(self.dialog.first())
        else:
            self.dialog.show_page(page)
            self.dialog.lift()
            self.dialog.go_to(self.dialog.first())

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None
