"""`python3 -m gui.gallery`: draws a busy room with the real views, and writes pictures of it.

No server is needed: made-up events go to the real presenter.  The pictures are taken from the
screen, so it has to be one with nothing else on it; without a `DISPLAY` an Xvfb is started.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from core.client import events
from core.client.features import Features
from core.client.session import Session
from core.wire.casemapping import fold
from core.wire.names import is_room
from gui.link import Connecting, Listed, ListedMember, Target
from gui.model.preferences import Preferences
from gui.model.shown import ConnectForm
from gui.palette import PALETTES
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from gui.theme import Look
from gui.views.loop import new_root
from gui.views.window import Window

_ME = "maya"
_NOW = datetime(2026, 3, 20, 15, 42).timestamp()
_SIZE = "1180x740"


class StillLink:
    """A link that leads nowhere."""

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

    def say(self, conversation: str, name: str, text: str, kind: str, reply_to: str = "") -> None:
        """See `Link`."""

    def key(self, name: str) -> str:
        """See `Link`."""
        return fold(name)

    def is_room(self, name: str) -> bool:
        """See `Link`."""
        return is_room(name)


def _at(clock: str, days: int = 0) -> float:
    hour, minute = clock.split(":")
    day = datetime.fromtimestamp(_NOW) - timedelta(days=days)
    return day.replace(hour=int(hour), minute=int(minute), second=0).timestamp()


def _said(room: str, nick: str, text: str, when: float, **more: object) -> events.MessageReceived:
    return events.MessageReceived(
        conversation=fold(room), nick=nick, text=text, time=when, is_own=nick == _ME,
        mention=_ME in text and nick != _ME,
        kind="action" if more.get("action") else "privmsg",
    )  # fmt: skip


_STORY = [
    ("Ines", "Morning all ☀️", "09:12", 1),
    ("Ines", "The greenhouse sensors are back. Two of them had drowned, the rest only needed "
     "new batteries; readings are coming in every minute again.", "09:12", 1),
    ("tobias_k", "Nice work! Can we get the humidity onto the same chart?", "09:20", 1),
    (_ME, "I have that half done. The scale of the second axis still jumps around whenever "
     "somebody opens the door.", "09:24", 1),
    ("Ines", "That is what the door sensor is for 😄", "09:25", 1),
    ("Rafael", "Wrote it up here: https://docs.example.org/greenhouse/door (short, promise)",
     "14:03", 0),
    ("Rafael", "Thresholds are in the table at the end.", "14:03", 0),
    (_ME, "Reading it now.", "14:06", 0),
    (_ME, "Looks right to me. I'll switch it over after lunch 👍🏽", "14:09", 0),
    ("tobias_k", "First numbers after the change: 412 readings, none lost, the slowest one "
     "took 38 ms from the sensor to the screen.", "15:31", 0),
    ("Ines", "🎉", "15:33", 0),
    ("Ines", "maya, shall we show this on Thursday?", "15:34", 0),
    ("Rafael", "Yes please!", "15:40", 0),
]  # fmt: skip

_OTHERS = [
    ("Ines", "Ines", "The tomatoes send their regards 🍅", "15:21", 0, 1),
    ("#lobby", "sam", "welcome to everybody who is new today", "15:02", 0, 12),
    ("#compilers", "Rafael", "that optimisation was never legal in the first place", "14:40", 0, 3),
    ("tobias_k", _ME, "the spare keys are with Ines", "13:15", 0, 0),
    ("#lunch", "Noor", "🍜 at half past, who is in?", "12:04", 0, 0),
    ("Noor", "Noor", "Thank you, that helped a lot!", "17:20", 1, 0),
    ("#build-status", "builder", "nightly: 2,318 tests passed in 94 s", "03:10", 0, 128),
    ("#reading-group", "Élodie", "chapter seven next time", "18:44", 2, 0),
    ("Élodie", "Élodie", "See you on Monday", "11:31", 3, 0),
    ("#bicycles", "sam", "found the squeak. It was the other wheel", "20:10", 4, 0),
    ("Kaito", "Kaito", "👋", "10:05", 5, 0),
]  # fmt: skip

_PEOPLE = (
    ("Ines", "@", False), ("Rafael", "+", False), ("tobias_k", "", False), (_ME, "@", False),
    ("Noor", "", False), ("sam", "", False), ("Élodie", "", True), ("Kaito", "", True),
    ("builder", "+", False), ("Anselm", "", False), ("Priya", "", False), ("zoe", "", True),
)  # fmt: skip


def story() -> list[object]:
    """The events that lead to the pictures."""
    target = Target("chat.example.org", 5000, True, _ME)
    told: list[object] = [
        Connecting(target),
        events.Registered(nick=_ME, network="Example", features=Features(), reconnected=False),
        events.RoomJoined(room="#garden", name="#garden", rejoined=False),
        Listed("#garden", tuple(ListedMember(*one) for one in _PEOPLE)),
        events.TopicChanged(
            room="#garden", topic="sensors, seedlings, Thursday's demo", by="Ines",
            time=0.0, initial=True,
        ),
    ]  # fmt: skip
    for name, nick, text, clock, days, unread in _OTHERS:
        room = name.startswith("#")
        told.append(events.ConversationOpened(conversation=fold(name), name=name, is_room=room))
        if room:
            told.append(events.RoomJoined(room=name, name=name, rejoined=True))
        for number in range(max(1, unread)):
            when = _at(clock, days) - (max(1, unread) - 1 - number)
            told.append(_said(name, nick, text, when))
    told += [_said("#garden", nick, text, _at(clock, days)) for nick, text, clock, days in _STORY]
    told += [
        events.TypingChanged(conversation="#garden", nick="tobias_k", state="active"),
        events.TypingChanged(conversation="noor", nick="Noor", state="active"),
    ]
    return told


def _pump(window: Window, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        window.root.update()
        time.sleep(0.01)


def _snap(path: Path, window: str = "root") -> None:
    subprocess.run(["import", "-window", window, "-strip", str(path)], check=True)
    with Image.open(path) as shot:
        few = shot.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _chat(theme: str, scale: float) -> Window:
    root = new_root()
    look = Look(root, PALETTES[theme], scale)
    chosen = Preferences(theme=theme)
    presenter = Presenter(StillLink(), lambda: _NOW, Vault(), lambda target: None, chosen)
    window = Window(look, presenter)
    presenter.attach(window)
    root.geometry(f"{_SIZE}+0+0")
    root.deiconify()
    _pump(window, 0.3)
    presenter.handle(story())
    chat = presenter.desk.chat
    for name, *_rest, unread in _OTHERS:
        if not unread:
            chat.conversations[fold(name)].look()
    chat.mute(chat.conversations["#build-status"])
    presenter.minute()
    return window


def pictures(folder: Path, themes: Sequence[str], scale: float) -> None:
    """Write the pictures of each theme to `folder`."""
    time.time = lambda: _NOW  # so that "Today" is in the story
    suffix = "" if scale == 1.0 else f"-{scale:g}x"
    for theme in themes:
        window = _chat(theme, scale)
        _pump(window, 0.8)
        _snap(folder / f"window-{theme}{suffix}.png")
        form = ConnectForm(
            nick=_ME, host="chat.example.org", port="6697", password="fern-moss-43", keyring=True
        )
        window.dialogs.ask_connection(form)
        _pump(window, 0.6)
        if window.dialogs.connect_dialog is not None:
            _snap(
                folder / f"dialog-{theme}{suffix}.png",
                str(window.dialogs.connect_dialog.winfo_id()),
            )
        window.root.destroy()


def main(argv: Sequence[str] | None = None) -> int:
    """Draw; the exit status."""
    parser = argparse.ArgumentParser(prog="python3 -m gui.gallery", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--theme", action="append", choices=sorted(PALETTES))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--here", action="store_true", help="use the screen that is there")
    options = parser.parse_args(argv)
    if not options.here:
        xvfb = shutil.which("xvfb-run")
        if xvfb is None:
            print("xvfb-run is missing; use --here to draw on this screen")
            return 1
        screen = f"-screen 0 {_SIZE}x24"
        again = [sys.executable, "-m", "gui.gallery", *(argv or sys.argv[1:]), "--here"]
        return subprocess.call([xvfb, "-a", "-s", screen, *again], env=os.environ.copy())
    options.folder.mkdir(parents=True, exist_ok=True)
    pictures(options.folder, options.theme or sorted(PALETTES), options.scale)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
