"""The width of the list on the left: dragged at its edge, or narrower where the window is."""

import tkinter
from typing import Final

from gui.theme import Look

_WIDTH: Final = 310  # pixels at scale 1
_LEAST, _MOST = 220, 520
_REST = 320  # what the messages need
_GRIP = 5


class SidePane:
    """`side` is the width that was chosen, at scale 1 (0: none was)."""

    def __init__(self, look: Look, side: tkinter.Frame, messages: tkinter.Misc) -> None:
        self._look, self._side, self.side = look, side, 0
        self._grip = tkinter.Frame(look.root, cursor="sb_h_double_arrow")
        self._grip.place(
            in_=messages, x=0, y=0, relheight=1.0, width=look.px(_GRIP), bordermode="outside"
        )
        self._grip.bind("<B1-Motion>", lambda event: self._dragged(event.x_root))
        self._grip.bind("<Double-Button-1>", lambda _: self.set_side(0))
        look.root.bind("<Configure>", self._resized, add=True)
        look.follow(self._grip, self._restyle)

    def set_side(self, width: int) -> None:
        """Choose a width at scale 1; 0 for the usual one."""
        self.side = width and min(max(width, _LEAST), _MOST)
        self._apply()

    def _dragged(self, x: int) -> None:
        self.set_side(round((x - self._look.root.winfo_rootx()) / self._look.scale))

    def _resized(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._look.root:
            self._apply()

    def _apply(self) -> None:
        px, room = self._look.px, self._look.root.winfo_width()
        width = px(self.side or _WIDTH)
        if room > 1:
            least = min(px(_LEAST), room * 2 // 5)  # a large scale on a small screen
            width = max(least, min(width, room - px(_REST)))
        if int(self._side.cget("width")) != width:
            self._side.configure(width=width)

    def _restyle(self) -> None:
        self._grip.configure(background=self._look.palette.chat)
        self._grip.place_configure(width=self._look.px(_GRIP))
        self._apply()
