"""The client program: reads the command line and puts the parts together."""

import argparse
import gc
import signal
import sys
import time
import tkinter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gui import drafts
from gui.drafts import Drafts
from gui.link import Pinned, Target
from gui.memory import Memory
from gui.model.accounts import KnownServer
from gui.model.hosts import is_loopback
from gui.model.shown import ConnectForm
from gui.network import Network
from gui.notifications import DesktopNotifications
from gui.palette import PALETTES
from gui.passwords import KeyringVault
from gui.presenter.presenter import Presenter
from gui.settings import Server, Settings, SettingsFile, folder
from gui.systemtheme import ThemeWatcher
from gui.testmode import door
from gui.theme import Look
from gui.views.loop import TkLoop, close_backdoor, new_root
from gui.views.window import Window
from gui.wakeup import Wakeup

_QUIT = object()  # posted by a signal: end the program


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line; what is left out comes from the settings."""
    parser = argparse.ArgumentParser(prog="run_client.py", description="Parlor's window.")
    parser.add_argument("--host", help="the server (default: the last one, or localhost)")
    parser.add_argument("--port", type=int, help="its port (default: the last one, or 5000)")
    parser.add_argument("--nick", help="your name there; with it no question is asked first")
    parser.add_argument(
        "--tls",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="encrypt (default: yes, but not to this machine itself)",
    )
    parser.add_argument(
        "--data", "--profile", dest="data", type=Path, help="folder for the settings"
    )
    parser.add_argument("--theme", choices=sorted(PALETTES), help="colours")
    parser.add_argument("--scale", type=float, help="size of everything, 1.0 is normal")
    return parser.parse_args(argv)


def first_form(options: argparse.Namespace, settings: Settings) -> ConnectForm:
    """What the dialog begins with: the command line, then the last server, then defaults."""
    last = settings.servers[0] if settings.servers else Server("localhost", 5000, False, "")
    host = options.host or last.host
    same = host == last.host
    port = options.port or (last.port if same else 5000)
    tls = options.tls
    if tls is None:
        before = same and settings.servers and port == last.port
        tls = last.tls if before else not is_loopback(host)
    nick = options.nick if options.nick is not None else last.nick
    known = tuple(KnownServer(*msgspec.structs.astuple(one)) for one in settings.servers)
    again = next((one for one in settings.servers if (one.host, one.port) == (host, port)), None)
    account = again.account if again is not None and again.nick == nick else ""
    return ConnectForm(
        nick=nick, host=host, port=str(port), tls=tls, remember=True, account=account,
        way="login" if account else "guest", known=known,
    )  # fmt: skip


class App:
    """The program while it runs."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._file = SettingsFile(options.data or folder())
        settings = self._file.settings
        self.root = root = new_root(door.window_name())
        testing = door.wanted()
        if not testing:
            close_backdoor(root)
        self._look = Look(root, scale=_natural_scale(root))
        loop = TkLoop(root)
        self._wakeup = Wakeup(loop, self._handle)
        self._network = Network(self._wakeup.post, settings.certificates)
        self._notifications = DesktopNotifications(self._wakeup.post)
        self.presenter = Presenter(
            self._network,
            time.time,
            KeyringVault(),
            self._online,
            settings,
            self._notifications,
            on_choice=self._chosen,
        )
        self._themes = ThemeWatcher(self._wakeup.post)
        self.presenter.preferences.forced = {
            name: value
            for name, value in (("theme", options.theme), ("scale", options.scale))
            if value
        }
        self.window = Window(self._look, self.presenter)
        self.presenter.attach(self.window)
        kept = Drafts(options.data or drafts.folder())
        self._memory = Memory(self._look, self._file, kept, self.presenter, self.window)
        self.door = door.TestDoor(loop, self.window, self.presenter) if testing else None
        self.window.on_close = self._close
        self._counting = False
        root.bind("<FocusIn>", lambda _: self._ask_theme(), add=True)
        self._ask_theme()
        root.title("Parlor")
        self._memory.restore()
        self._begin(options)
        self._minute()

    def _close(self) -> None:
        """The window is about to close."""
        self._wakeup.stop()
        self._memory.close()
        self._notifications.stop()

    def _ask_theme(self) -> None:
        if self.presenter.preferences.follows:
            self._themes.look()

    def _begin(self, options: argparse.Namespace) -> None:
        form = first_form(options, self._file.settings)
        self.presenter.connection.form = form
        self.root.deiconify()
        self.root.update_idletasks()  # so that the dialog finds the window's place
        if options.nick:
            self.presenter.connection.connect(form)
        else:
            self.presenter.connection.ask(form)

    # --- what happens -------------------------------------------------------------------

    def _handle(self, batch: Sequence[object]) -> None:
        for pinned in (one for one in batch if isinstance(one, Pinned)):
            self._file.settings.certificates[pinned.server] = pinned.pin
            self._file.save()
        self.presenter.handle(batch)
        if any(one is _QUIT for one in batch):
            self.presenter.quit()
            return
        if not self._counting:
            self._count()
        self._memory.soon()

    def _count(self) -> None:
        """Once a second, as long as the banner counts down."""
        self._counting = self.presenter.tick()
        if self._counting:
            self.root.after(1000, self._count)

    def _minute(self) -> None:
        """At each full minute: 'today' may have become 'yesterday'."""
        self.presenter.minute()
        self._ask_theme()
        self.root.after(round((60.0 - time.time() % 60.0) * 1000) + 50, self._minute)

    def _online(self, target: Target) -> None:
        settings = self._file.settings
        settings.remember(Server(target.host, target.port, target.tls, target.nick, target.account))
        self._memory.begin(target)
        self._file.save()
        self.root.deiconify()
        self.window.composer.take_focus()

    def _chosen(self) -> None:
        self._file.save()
        self._ask_theme()

    def _heed_signals(self) -> None:
        """Ctrl-C in the terminal and SIGTERM end the program as its menu does.

        They may come in the midst of drawing, so they wait for their turn in the queue.
        """
        if self._wakeup.fileno() >= 0:
            signal.set_wakeup_fd(self._wakeup.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._wakeup.post(_QUIT))

    def run(self) -> int:
        """Until the window is closed."""
        self._heed_signals()
        try:
            self.root.mainloop()
        finally:
            signal.set_wakeup_fd(-1)
            self.end()
        return 0

    def end(self) -> None:
        """Give everything back; the window may be gone already."""
        self._wakeup.close()
        self._network.stop()
        if self.door is not None:
            self.door.close()


def _natural_scale(root: tkinter.Tk) -> float:
    """2.0 for a screen with twice the usual number of pixels per inch, and so on."""
    dots = root.winfo_fpixels("1i")
    return 1.0 if dots < 130 else min(3.0, round(dots / 96 * 4) / 4)


def smooth() -> None:
    """Have Python interrupt the drawing as little as it can; for the whole process.

    While the network thread reads a flood, each call to Tk waits for its turn: not for 5 ms.
    Looking through everything for garbage takes some 100 ms once much is loaded: what is there
    when the window opens stays, and the rest is looked through a hundred times less often.
    """
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the client; the exit status."""
    options = arguments(argv)
    try:
        app = App(options)
    except tkinter.TclError as error:
        print(f"No window can be opened: {error}")
        return 1
    smooth()
    return app.run()
