"""What outlives the window: its place and size, what is kept of each server, and the drafts.

Everything is written down within two seconds of a change, and only if it is one; so a window that
is killed loses at most that.
"""

import re

from gui import drafts
from gui.drafts import Drafts
from gui.link import Target
from gui.presenter.presenter import Presenter
from gui.settings import SettingsFile
from gui.theme import Look
from gui.views.loop import maximise, maximised
from gui.views.window import Window

_SIZE = (1100, 720)  # pixels at scale 1


def on_screen(geometry: str, screen: tuple[int, int]) -> str:
    """The remembered geometry; without its place if that is not on the screen any more, and ''
    if it is none."""
    match = re.fullmatch(r"(\d+)x(\d+)([+-]-?\d+)([+-]-?\d+)", geometry)
    if match is None:
        return ""
    size = f"{min(int(match[1]), screen[0])}x{min(int(match[2]), screen[1])}"
    place = [int(part.replace("+-", "-").lstrip("+")) for part in match.groups()[2:]]
    inside = all(0 <= at < limit - 100 for at, limit in zip(place, screen, strict=True))
    return f"{size}+{place[0]}+{place[1]}" if inside else size


class Memory:
    """`restore` before the window is shown, `begin` on each server, `close` at the end."""

    def __init__(
        self, look: Look, file: SettingsFile, kept: Drafts, presenter: Presenter, window: Window
    ) -> None:
        self._look, self._root = look, look.root
        self._file, self._drafts = file, kept
        self._presenter, self._window = presenter, window
        self._timer = ""  # that will write everything down
        presenter.desk.resetting.insert(0, self.write)
        for happened in ("<KeyRelease>", "<ButtonRelease>"):
            self._root.bind(happened, lambda _: self.soon(), add=True)

    # --- coming back --------------------------------------------------------------------

    def restore(self) -> None:
        """Give the window the place and size that it had."""
        root, settings = self._root, self._file.settings
        screen = root.winfo_screenwidth(), root.winfo_screenheight()
        width, height = (
            min(self._look.px(length), limit)
            for length, limit in zip(_SIZE, screen, strict=True)
        )  # fmt: skip
        root.geometry(on_screen(settings.geometry, screen) or f"{width}x{height}")
        if settings.maximised:
            maximise(root)
        self._window.members_wanted = settings.members
        self._window.side_pane.set_side(settings.side)

    def begin(self, target: Target) -> None:
        """We are on this server: its conversations are as they were."""
        keeping, owner = self._presenter.keeping, target.owner
        chat, kept = self._presenter.desk.chat, self._file.settings.at(owner)
        if keeping.server == owner:
            return
        before = keeping.server  # the same conversations are an account's from now on
        chat.muted.update(kept.muted)
        chat.pinned.update(kept.pinned)
        chat.levels = kept.levels | chat.levels
        keeping.bring_back(owner, self._drafts.of(owner), kept.open)
        self._presenter.returning.bring_back(kept.rooms)
        if before:
            self.write()
            self._drafts.write(before, {})

    # --- writing down -------------------------------------------------------------------

    def soon(self) -> None:
        """Something was typed, or has happened."""
        if not self._timer:
            self._timer = self._root.after(round(drafts.SECONDS * 1000), self.write)

    def write(self) -> None:
        """Write down what is new."""
        if self._timer:
            self._root.after_cancel(self._timer)
            self._timer = ""
        keeping, chat = self._presenter.keeping, self._presenter.desk.chat
        if server := keeping.server:
            self._drafts.write(server, keeping.unfinished())
            kept = self._file.settings.at(server)
            kept.open, kept.levels = chat.current, dict(chat.levels)
            kept.muted, kept.pinned = sorted(chat.muted), sorted(chat.pinned)
            kept.rooms = self._presenter.returning.rooms()
        self._file.save()

    def close(self) -> None:
        """The window is about to close."""
        settings = self._file.settings
        if self._root.winfo_viewable():
            settings.maximised = maximised(self._root)
            if not settings.maximised:
                settings.geometry = self._root.geometry()
        settings.members = self._window.members_wanted
        settings.side = self._window.side_pane.side
        self.write()
