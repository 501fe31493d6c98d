"""What makes a menu of Tk's look like the rest of the window, where Tk draws menus itself.

Small widgets lie on it: an edge, lines between groups, the keys in grey at the right, arrows of
ours for menus inside, and round corners for the entry under the pointer.  What the pointer does on
them counts as done on the menu.
"""

import tkinter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, Protocol

from gui.model.text import drawable
from gui.theme import Look

_MARGIN, _RADIUS = 5, 7  # pixels at scale 1: around the entries; of the lit one's corners
_CORNERS = ("nw", "ne", "sw", "se")
_PASSED = ("Motion", "Button-1", "B1-Motion", "ButtonRelease-1", "Button-3", "ButtonRelease-3")


class Line(Protocol):
    """What is to be known of an entry."""

    @property
    def label(self) -> str:
        """'' for a line between groups."""

    @property
    def key(self) -> str:
        """The shortcut that is shown."""

    @property
    def inside(self) -> Sequence[object]:
        """The entries of a menu of its own."""


class _Row(NamedTuple):
    """Pictures of the icon, and what lies at the right end."""

    idle: str
    lit: str
    end: tkinter.Label | None


class MenuSkin:
    """Lies on `menu`, whose entries are complete; `pictures` are their icons, idle and lit."""

    def __init__(
        self,
        look: Look,
        menu: tkinter.Menu,
        lines: Sequence[Line],
        pictures: Sequence[tuple[str, str]],
    ) -> None:
        self._look, self._menu = look, menu
        self._lit = -1  # the entry that has the pointer or the keyboard
        menu.update_idletasks()  # so that the places are known
        self._tall = max(1, menu.yposition(0 if len(lines) < 2 else 1) - menu.yposition(0))
        if len(lines) < 2:
            self._tall = menu.winfo_reqheight() - 2 * look.px(_MARGIN)
        self._wide = max(look.fonts.measure("text", f"  {line.key} ") for line in lines) + look.px(
            12
        )
        self._rows: list[_Row] = []
        for place, (line, (idle, lit)) in enumerate(zip(lines, pictures, strict=True)):
            if not line.label:
                self._divide(place)
            self._rows.append(_Row(idle, lit, self._end(place, line)))
        self._corners = [
            self._lay(tkinter.Label(menu, borderwidth=0, padx=0, pady=0)) for _ in _CORNERS
        ]
        self._edge()
        menu.bind("<<MenuSelect>>", lambda _: self._select())
        # To cross what lies on the menu is not to leave it.
        menu.tk.call("bind", str(menu), "<Leave>", 'if {"%d" eq "NotifyInferior"} break')

    def _lay(self, widget: tkinter.Label) -> tkinter.Label:
        for event in _PASSED:
            widget.bind(f"<{event}>", partial(self._pass_on, event))
        return widget

    def _pass_on(self, sequence: str, event: "tkinter.Event[tkinter.Misc]") -> str:
        """The pointer did something on a widget of ours."""
        menu = self._menu
        x, y = event.x_root - menu.winfo_rootx(), event.y_root - menu.winfo_rooty()
        state = event.state if isinstance(event.state, int) else 0
        menu.event_generate(
            f"<{sequence}>", x=x, y=y, rootx=event.x_root, rooty=event.y_root, state=state
        )
        return "break"

    # --- what stays ---------------------------------------------------------------------

    def _edge(self) -> None:
        for sides in (
            {"relwidth": 1.0, "height": 1},
            {"relwidth": 1.0, "height": 1, "rely": 1.0, "y": -1},
            {"relheight": 1.0, "width": 1},
            {"relheight": 1.0, "width": 1, "relx": 1.0, "x": -1},
        ):
            side = tkinter.Frame(self._menu, background=self._look.palette.edge)
            side.place(bordermode="outside", **sides)  # type: ignore[arg-type]

    def _divide(self, place: int) -> None:
        px, menu = self._look.px, self._menu
        line = tkinter.Frame(menu, background=self._look.palette.edge, height=1)
        y = (menu.yposition(place) + menu.yposition(place + 1)) // 2
        line.place(x=px(12), y=y, relwidth=1.0, width=-px(24), height=1)

    def _end(self, place: int, line: Line) -> tkinter.Label | None:
        """The keys of an entry, or the arrow to the menu inside it, over what Tk draws."""
        if not line.key and not line.inside:
            return None
        look, px, palette = self._look, self._look.px, self._look.palette
        label = self._lay(
            tkinter.Label(self._menu, borderwidth=0, padx=px(9), pady=0, anchor="e",
                          background=palette.field, foreground=palette.muted,
                          font=look.fonts["small"])
        )  # fmt: skip
        if line.inside:
            label.configure(image=self._arrow(palette.muted))
        else:
            label.configure(text=drawable(line.key))
        inset = px(_RADIUS)
        label.place(
            relx=1.0, x=-px(_MARGIN), y=self._menu.yposition(place) + inset, anchor="ne",
            width=max(self._wide, px(30)), height=self._tall - 2 * inset,
        )  # fmt: skip
        return label

    def _arrow(self, colour: str) -> str:
        return self._look.images.icon("chevron_right", self._look.px(16), colour, "")

    # --- what changes -------------------------------------------------------------------

    def _select(self) -> None:
        place = self._menu.index("active")
        place = -1 if place is None else int(place)
        if place == self._lit:
            return
        if 0 <= self._lit < len(self._rows):
            self._paint(self._lit, lit=False)
        self._lit = place
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        if row is not None and self._menu.entrycget(place, "state") != "disabled":
            self._paint(place, lit=True)
            self._round(place)
        else:
            for corner in self._corners:
                corner.place_forget()

    def _paint(self, place: int, *, lit: bool) -> None:
        palette, row = self._look.palette, self._rows[place]
        if row.lit:
            self._menu.entryconfigure(place, image=row.lit if lit else row.idle)
        if row.end is not None:
            front = palette.on_selected if lit else palette.muted
            row.end.configure(
                background=palette.selected if lit else palette.field, foreground=front
            )
            if row.end.cget("image"):
                row.end.configure(image=self._arrow(front))

    def _round(self, place: int) -> None:
        """Put the corners on the entry."""
        look, radius, margin = self._look, self._look.px(_RADIUS), self._look.px(_MARGIN)
        palette = look.palette
        for which, corner in zip(_CORNERS, self._corners, strict=True):
            picture = look.images.corner(which, radius, palette.selected, palette.field)
            right, low = which.endswith("e"), which.startswith("s")
            corner.configure(image=picture, background=palette.field)
            corner.place(
                relx=float(right), x=-margin if right else margin,
                y=self._menu.yposition(place) + (self._tall if low else 0),
                anchor=which,  # type: ignore[arg-type]
                width=radius, height=radius,
            )  # fmt: skip
