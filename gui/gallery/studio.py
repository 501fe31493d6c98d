"""A window for pictures: the real presenter and views, a link that leads nowhere, a clock that
stands still, and nothing that blinks."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from PIL import Image, ImageGrab

from core.client.session import Session
from core.wire.casemapping import fold
from core.wire.names import is_room
from gui.gallery import story
from gui.link import Target
from gui.model.preferences import Preferences, Server
from gui.palette import PALETTES
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from gui.theme import Look
from gui.views import controls, typing
from gui.views.loop import new_root
from gui.views.window import Window

_LONG = 10**8  # milliseconds: not while pictures are taken


class _Asked:
    """Stands in for a session: keeps the name and arguments of every call."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., bool]:
        def keep(*arguments: object, **_: object) -> bool:
            self.calls.append((name, *arguments))
            return True

        return keep


class StillLink:
    """A link that leads nowhere; `asked` is what would have been asked of the server."""

    def __init__(self) -> None:
        self._session = _Asked()

    @property
    def asked(self) -> list[tuple[object, ...]]:
        """Calls of the session's methods: name and arguments."""
        return self._session.calls

    def open(self, target: Target) -> None:
        """See `Link`."""

    def close(self) -> None:
        """See `Link`."""

    def retry(self) -> None:
        """See `Link`."""

    def trust(self, server: str, offered: str) -> None:
        """See `Link`."""

    def log_in(self, account: str, password: str) -> None:
        """See `Link`."""

    def ask(self, action: Callable[[Session, float], object]) -> None:
        """See `Link`."""
        action(cast(Session, self._session), story.NOW)

    def say(self, conversation: str, name: str, text: str, kind: str, reply_to: str = "") -> None:
        """See `Link`."""

    def key(self, name: str) -> str:
        """See `Link`."""
        return fold(name)

    def is_room(self, name: str) -> bool:
        """See `Link`."""
        return is_room(name)


class UsableVault(Vault):
    """Keeps nothing, but could."""

    usable = True


def hold_still() -> None:
    """Stop the clock and all that moves by itself; for the whole process."""
    time.time = lambda: story.NOW
    typing._STEP = _LONG
    controls._TURN = _LONG


class Studio:
    """One window, of `size` pixels at scale 1, in one look."""

    def __init__(self, theme: str, scale: float, size: tuple[int, int]) -> None:
        self.root = root = new_root()
        for kind in ("Text", "Entry"):
            root.option_add(f"*{kind}.insertOffTime", 0)
        self.look = Look(root, PALETTES[theme], scale)
        chosen = Preferences(
            theme=theme,
            servers=[
                Server("chat.example.org", 6697, True, story.ME),
                Server("localhost", 5000, False, story.ME),
            ],
        )
        self.link = StillLink()
        self.presenter = Presenter(
            self.link, lambda: story.NOW, UsableVault(), lambda target: None, chosen
        )
        self.window = Window(self.look, self.presenter)
        self.presenter.attach(self.window)
        self.size = round(size[0] * scale), round(size[1] * scale)
        root.geometry(f"{self.size[0]}x{self.size[1]}+0+0")
        root.deiconify()
        root.focus_force()
        self.settle()

    def happen(self, *events: object) -> None:
        """Tell the presenter of these."""
        self.presenter.handle(events)

    def begin(self, *parts: Iterable[object]) -> None:
        """Tell it of lists of events, then let the window draw them."""
        for part in parts:
            self.presenter.handle(part)
        self.settle()

    def open(self, key: str) -> None:
        """Go to a conversation."""
        self.presenter.conversations.open(key)

    def settle(self, seconds: float = 0.2) -> None:
        """Let Tk draw, until nothing has been left to do for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.root.update()
            time.sleep(0.01)

    def snap(self, path: Path) -> None:
        """Take the picture of what is on the screen where the window is, in few colours."""
        self.settle()
        if focus := self.root.focus_displayof():  # carets are to be seen
            self.root.focus_force()
            focus.focus_force()
            self.settle(0.15)
        shot = ImageGrab.grab(bbox=(0, 0, *self.size), xdisplay="")
        few = shot.convert("RGB").quantize(255, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(path, optimize=True)

    def close(self) -> None:
        """Put the window away."""
        self.root.destroy()
