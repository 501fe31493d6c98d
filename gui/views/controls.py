"""Small widgets that dialogs are made of; every one restyles itself when the look changes.

They stand on the dialogs' own background (`palette.side`) unless they say otherwise.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from gui import styles
from gui.model.names import colour_index, initials
from gui.model.text import drawable
from gui.palette import ink
from gui.theme import Look
from gui.views.entry import Entry, EntryBox
from gui.views.secret import Secret

_TURN = 80  # milliseconds between two pictures of the spinner


class Words(ttk.Label):
    """Text in one of the look's styles; broken at `wrap` pixels at scale 1 (0: not at all)."""

    style_name = "TLabel"

    def __init__(self, parent: tkinter.Misc, look: Look, text: str = "", wrap: int = 0) -> None:
        super().__init__(parent, text=drawable(text), style=self.style_name, justify="left")
        self._look, self._wrap = look, wrap
        look.follow(self, self._rewrap)

    def _rewrap(self) -> None:
        self.configure(wraplength=self._look.px(self._wrap))

    def show(self, text: str) -> None:
        """Say something else."""
        self.configure(text=drawable(text))


class Heading(Words):
    """A dialog's title."""

    style_name = "Heading.TLabel"


class Title(Words):
    """The name of somebody or something."""

    style_name = "Title.TLabel"


class Section(Words):
    """Above a group of controls."""

    style_name = "Section.TLabel"


class Muted(Words):
    """A remark."""

    style_name = "Muted.TLabel"


class ErrorLabel(Words):
    """What is wrong; without text it takes no room.  It has to be placed by `grid`."""

    style_name = "Error.TLabel"

    def show(self, text: str) -> None:
        """Say it; '' hides the line."""
        super().show(text)
        if text:
            self.grid()
        else:
            self.grid_remove()


class LinkLabel(ttk.Button):
    """Text that does something."""

    def __init__(
        self, parent: tkinter.Misc, look: Look, text: str, command: Callable[[], object]
    ) -> None:
        super().__init__(
            parent, text=drawable(text), command=command, style="Link.TButton", cursor="hand2"
        )
        self.bind("<Return>", press)


def press(event: tkinter.Event[tkinter.Misc]) -> str:
    """Return presses the button that has the focus."""
    if isinstance(event.widget, ttk.Button):
        event.widget.invoke()
    return "break"


class AvatarLabel(tkinter.Label):
    """A disc with initials, `size` pixels at scale 1; `dot`: 'online', 'away', 'offline' or ''."""

    def __init__(
        self, parent: tkinter.Misc, look: Look, name: str, size: int = 64, dot: str = ""
    ) -> None:
        super().__init__(parent, borderwidth=0, highlightthickness=0, compound="center")
        self._look, self._name, self._size, self._dot, self._key = look, name, size, dot, name
        self._colour, self._room = "", False
        look.follow(self, self._paint)

    def show(
        self, name: str, dot: str = "", *, key: str = "", colour: str = "", room: bool = False
    ) -> None:
        """Somebody else, or with another presence; `key` chooses the colour if not the name does,
        `colour` ('#rrggbb') is a colour of their own; a `room` is no disc."""
        self._name, self._dot, self._key, self._colour = name, dot, key or name, colour
        self._room = room
        self._paint()

    def _paint(self) -> None:
        look, palette = self._look, self._look.palette
        own = palette.avatars[colour_index(self._key.lower(), len(palette.avatars))]
        dot = getattr(palette, self._dot) if self._dot else ""
        side, colour = look.px(self._size), self._colour or own
        if self._room:
            picture = look.images.room(side, colour, palette.side)
        else:
            picture = look.images.avatar(side, colour, palette.side, dot)
        font = "initials_tiny" if self._size < 32 else "initials_small" if self._size < 44 else (
            "initials" if self._size < 60 else "heading"
        )  # fmt: skip
        self.configure(
            image=picture, text=initials(self._name), font=look.fonts[font],
            foreground=ink(colour) if self._colour else "#ffffff", background=palette.side,
        )  # fmt: skip


class Field(ttk.Frame):
    """A labelled line to type into (`entry`), with its error below it.

    What is `secret` is shown as dots.
    """

    def __init__(
        self, parent: tkinter.Misc, look: Look, label: str, *, secret: bool = False,
        width: int = 32, right: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self._label = Muted(self, look, label)
        self.entry: Entry | Secret
        self.box: EntryBox | Secret
        if secret:
            self.entry = self.box = Secret(self, look, width)
        else:
            self.box = EntryBox(self, look, width, right=right)
            self.entry = self.box.entry
        self.box.grid(row=1, column=0, sticky="ew")
        self._problem = ErrorLabel(self, look, "", wrap=280)
        self._problem.grid(row=2, column=0, sticky="w")
        self._problem.show("")
        self._look = look
        look.follow(self, self._restyle)

    @property
    def value(self) -> str:
        """What is typed."""
        return self.entry.get()

    def fill(self, text: str) -> None:
        """Have this typed."""
        self.entry.set_value(text)

    def error(self, text: str) -> None:
        """Say what is wrong with it, '' for nothing."""
        self._problem.show(text)
        self.entry.state(["invalid" if text else "!invalid"])

    @property
    def problem(self) -> str:
        """The error that is shown."""
        return str(self._problem.cget("text"))

    def enable(self, enabled: bool) -> None:
        """Whether it can be typed into now."""
        self.entry.state(["!disabled" if enabled else "disabled"])

    def _restyle(self) -> None:
        px = self._look.px
        self._label.grid(row=0, column=0, sticky="w", pady=(0, px(4)), padx=(px(2), 0))
        self._problem.grid_configure(pady=(px(3), 0), padx=(px(2), 0))
        if not self._problem.cget("text"):
            self._problem.grid_remove()


class SearchEntry(ttk.Frame):
    """A line that filters: `on_change` gets the text at each change.  Escape empties it first."""

    def __init__(
        self, parent: tkinter.Misc, look: Look, hint: str, on_change: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self._look, self._on_change = look, on_change
        self._box = EntryBox(self, look, left=22)
        self._box.pack(fill="x", expand=True)
        self.entry = self._box.entry
        self._icon = tkinter.Label(self._box, borderwidth=0, cursor="xterm")
        self._hint = tkinter.Label(self._box, text=drawable(hint), borderwidth=0, cursor="xterm")
        for label in (self._icon, self._hint):
            label.bind("<Button-1>", lambda _: self.entry.focus_set())
        self.entry.bind("<Escape>", self._escape)
        self.entry.on_change = lambda _: self._changed()
        look.follow(self, self._restyle)

    @property
    def value(self) -> str:
        """What is typed."""
        return self.entry.get()

    def clear(self) -> None:
        """Empty it."""
        self.entry.set_value("")

    def _escape(self, _: object) -> str | None:
        if not self.value:
            return None
        self.clear()
        return "break"

    def _changed(self) -> None:
        self._place_hint()
        self._on_change(self.value)

    def _place_hint(self) -> None:
        if self.value:
            self._hint.place_forget()
        else:
            self._hint.place(x=self._look.px(32), rely=0.5, anchor="w", bordermode="outside")

    def _restyle(self) -> None:
        look, palette = self._look, self._look.palette
        icon = look.images.icon("search", look.px(20), palette.muted, palette.field)
        self._icon.configure(image=icon, background=palette.field)
        self._icon.place(x=look.px(8), rely=0.5, anchor="w", bordermode="outside")
        self._hint.configure(
            background=palette.field, foreground=palette.muted, font=look.fonts["text"]
        )
        self._place_hint()


class Segmented(ttk.Frame):
    """One of a few: all beside each other, the chosen one lit.  Arrow keys choose too."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        choices: Sequence[tuple[str, str]],
        variable: tkinter.StringVar,
        command: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(parent, style="Segments.TFrame")
        self._variable, self._command = variable, command
        self.buttons: dict[str, ttk.Radiobutton] = {}
        for column, (value, label) in enumerate(choices):
            button = ttk.Radiobutton(
                self, text=drawable(label), value=value, variable=variable, command=self._chosen,
                style="Segment.TRadiobutton",
            )  # fmt: skip
            button.grid(row=0, column=column, sticky="nsew")
            self.columnconfigure(column, weight=1)
            for key, steps in (("<Left>", -1), ("<Right>", 1), ("<Up>", -1), ("<Down>", 1)):
                button.bind(key, lambda _, steps=steps: self._step(steps))  # type: ignore[misc]
            self.buttons[value] = button
        self._look = look
        look.follow(self, self._restyle)
        trace = variable.trace_add("write", lambda *_: self._rove())
        self.bind("<Destroy>", lambda _: self._forget(trace), add=True)
        self._rove()

    def _restyle(self) -> None:
        self.configure(padding=self._look.px(3))

    def _forget(self, trace: str) -> None:
        if trace in [name for _, name in self._variable.trace_info()]:
            self._variable.trace_remove("write", trace)

    def _chosen(self) -> None:
        self.buttons[self._variable.get()].focus_set()
        self._command()

    def _rove(self) -> None:
        """Tab reaches the chosen one alone."""
        chosen = self._variable.get()
        for number, (value, button) in enumerate(self.buttons.items()):
            first = chosen not in self.buttons and number == 0
            button.configure(takefocus=value == chosen or first)

    def _step(self, steps: int) -> str:
        values = list(self.buttons)
        chosen = self._variable.get()
        place = values.index(chosen) if chosen in values else -1
        self.buttons[values[(place + steps) % len(values)]].invoke()
        return "break"


class Choice(ttk.Combobox):
    """One of many, in a list that opens; `command` gets the label that was chosen."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        labels: Sequence[str],
        command: Callable[[str], object],
        width: int = 18,
    ) -> None:
        super().__init__(parent, values=list(labels), state="readonly", width=width)
        self._look = look
        self.configure(postcommand=self._restyle_list)
        self.bind("<<ComboboxSelected>>", lambda _: self._chosen(command))
        for key in ("<Button-4>", "<Button-5>", "<MouseWheel>"):  # it would change unseen
            self.bind(key, lambda _: "break")
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        self.configure(font=self._look.fonts["text"])

    def _chosen(self, command: Callable[[str], object]) -> None:
        self.selection_clear()
        command(self.get())

    def _restyle_list(self) -> None:
        popdown = str(self.tk.call("ttk::combobox::PopdownWindow", str(self)))
        for option, value in styles.list_colours(self._look).items():
            self.tk.call(f"{popdown}.f.l", "configure", f"-{option.lower()}", value)


class Spinner(tkinter.Label):
    """Something goes on.  It turns only while it can be seen, and stops with its widget."""

    def __init__(self, parent: tkinter.Misc, look: Look, size: int = 22) -> None:
        super().__init__(parent, borderwidth=0)
        self._look, self._size, self._step, self._timer = look, size, 0, ""
        self.bind("<Map>", lambda _: self._turn())
        self.bind("<Unmap>", lambda _: self._stop())
        self.bind("<Destroy>", lambda _: self._stop(), add=True)
        look.follow(self, self._paint)

    def _paint(self) -> None:
        look, palette = self._look, self._look.palette
        picture = look.images.spinner(look.px(self._size), self._step, palette.link)
        self.configure(image=picture, background=palette.side)

    def _turn(self) -> None:
        self._stop()
        self._step = (self._step + 1) % 12
        self._paint()
        self._timer = self.after(_TURN, self._turn)

    def _stop(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""
