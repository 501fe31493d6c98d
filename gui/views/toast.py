"""What calls the user within the window: toasts at its upper right, the bell, the icon.

A toast is shown for five seconds (longer while the pointer is on it); a click opens its
conversation.  There are at most three; the oldest makes room.
"""

import contextlib
import sys
import tkinter
from collections.abc import Callable

from gui.model.names import colour_index, initials
from gui.model.notification import Notification
from gui.model.text import drawable
from gui.theme import Look
from gui.views.inline import draw_rounded

_SECONDS = 5
_MOST = 3
_WIDTH, _HEIGHT, _GAP, _TOP = 320, 64, 8, 66  # pixels at scale 1


class Toast(tkinter.Canvas):
    """One of them."""

    def __init__(
        self,
        look: Look,
        notification: Notification,
        on_click: Callable[[], None],
        on_close: Callable[[], None],
    ) -> None:
        super().__init__(look.root, highlightthickness=0, borderwidth=0, cursor="hand2")
        self._look, self.notification, self._on_close = look, notification, on_close
        self._timer = ""
        self.bind("<Button-1>", lambda event: self._clicked(event.x, on_click))
        self.bind("<Enter>", lambda _: self._stop())
        self.bind("<Leave>", lambda _: self._start())
        self.bind("<Destroy>", lambda _: self._stop(), add=True)
        look.follow(self, self._draw)
        self._start()

    def _start(self) -> None:
        self._stop()
        self._timer = self.after(_SECONDS * 1000, self._on_close)

    def _stop(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""

    def _clicked(self, x: int, on_click: Callable[[], None]) -> None:
        if x > self._look.px(_WIDTH - 32):
            self._on_close()
        else:
            on_click()

    def _draw(self) -> None:
        look, px, palette, fonts = self._look, self._look.px, self._look.palette, self._look.fonts
        width, height, side = px(_WIDTH), px(_HEIGHT), px(40)
        told = self.notification
        self.delete("all")
        self.configure(width=width, height=height, background=palette.chat)
        draw_rounded(
            self, look, (0, 0, width, height), radius=px(10), fill=palette.toast,
            behind=palette.chat, edge=palette.edge, thick=max(1, px(1)),
        )  # fmt: skip
        colour = palette.avatars[colour_index(told.key, len(palette.avatars))]
        draw = look.images.room if told.name.startswith(("#", "&")) else look.images.avatar
        picture = draw(side, colour, palette.toast)
        left, text = px(12), px(64)
        self.create_image(left, height // 2, image=picture, anchor="w")
        self.create_text(
            left + side // 2, height // 2, text=initials(told.name or told.title), fill="#ffffff",
            font=fonts["initials_small"],
        )  # fmt: skip
        room = width - text - px(36)
        for style, words, fill, y in (
            ("bold", told.title, palette.text, 0.34),
            ("text", told.text, palette.toast_text, 0.66),
        ):
            self.create_text(
                text, round(height * y), text=fonts.shorten(style, drawable(words), room),
                font=fonts[style], fill=fill, anchor="w",
            )  # fmt: skip
        cross = look.images.icon("close", px(26), palette.toast_text, palette.toast)
        self.create_image(width - px(6), px(6), image=cross, anchor="ne")


class Notices:
    """See `NotifyingScreen`."""

    def __init__(self, look: Look, on_click: Callable[[str], None]) -> None:
        self._look, self._on_click = look, on_click
        self.toasts: list[Toast] = []
        self._waiting = 0
        look.subscribe(self._restyle)

    def focused(self) -> bool:
        """See `NotifyingScreen`."""
        try:
            return self._look.root.focus_displayof() is not None
        except KeyError:  # in a menu, which tkinter does not know
            return True

    def toast(self, notification: Notification) -> None:
        """See `NotifyingScreen`; one of the same conversation is replaced."""
        self.withdraw(notification.key)
        while len(self.toasts) >= _MOST:
            self._remove(self.toasts[0])
        made: Toast = Toast(
            self._look, notification, lambda: self._clicked(made), lambda: self._remove(made)
        )
        self.toasts.append(made)
        self._arrange()

    def withdraw(self, key: str) -> None:
        """See `NotifyingScreen`."""
        for one in [one for one in self.toasts if one.notification.key == key]:
            self._remove(one)

    def ring(self) -> None:
        """See `NotifyingScreen`."""
        self._look.root.bell()

    def come_forward(self) -> None:
        """See `NotifyingScreen`."""
        root = self._look.root
        if root.state() != "normal":
            root.deiconify()
        root.lift()
        root.focus_force()

    def show_waiting(self, count: int) -> None:
        """See `NotifyingScreen`."""
        more, changed = count > self._waiting, bool(count) != bool(self._waiting)
        self._waiting = count
        if changed:
            self._icon()
        if more and not self.focused() and sys.platform == "darwin":
            with contextlib.suppress(tkinter.TclError):
                self._look.root.wm_attributes("-notify", True)

    def _icon(self) -> None:
        """The program's icon, with a dot while messages wait."""
        root, images, palette = self._look.root, self._look.images, self._look.palette
        dot = palette.error if self._waiting else ""
        pictures = [images.program(size, palette.accent, dot) for size in (64, 32, 16)]
        root.tk.call("wm", "iconphoto", str(root), "-default", *pictures)

    def _clicked(self, toast: Toast) -> None:
        self._remove(toast)
        self._on_click(toast.notification.key)

    def _remove(self, toast: Toast) -> None:
        if toast in self.toasts:
            self.toasts.remove(toast)
            toast.destroy()
            self._arrange()

    def _arrange(self) -> None:
        px = self._look.px
        for place, toast in enumerate(self.toasts):
            y = px(_TOP) + place * px(_HEIGHT + _GAP)
            toast.place(relx=1.0, x=-px(14), y=y, anchor="ne", width=px(_WIDTH), height=px(_HEIGHT))
            tkinter.Misc.lift(toast)

    def _restyle(self) -> None:
        self._icon()
        self._arrange()
