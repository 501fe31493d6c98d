"""The measurements.  Each runs in a fresh process, on a screen, and gives lines of figures."""

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tkinter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from core.client import events
from core.client.features import Features
from gui import app
from gui.bench.flood import ROOM
from gui.link import Connecting, Target
from gui.presenter.presenter import Presenter
from gui.views.window import Window

_NOW: Final = 1_790_000_000.0
_ROOMS: Final = 30  # others, in the list at the left
_KEYS: Final = "the quick brown fox jumps over the lazy dog "


class Figure(NamedTuple):
    """One result; `limit` is what it should stay under."""

    name: str
    value: float
    unit: str
    limit: float

    def text(self) -> str:
        """As a line of the table."""
        verdict = "ok" if self.value < self.limit else "MISSED"
        value = f"{self.value:.2f}" if self.value < 10 else f"{self.value:.0f}"
        return f"{self.name:<48} {value:>8} {self.unit:<4} (under {self.limit:g})  {verdict}"


def percentile(values: list[float], part: float) -> float:
    """The value that `part` (0 to 1) of all stay under or reach."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]


def _megabytes() -> float:
    """What this process holds in memory now (Linux), or has held at most (elsewhere)."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


@contextmanager
def program(*arguments: str) -> Iterator[app.App]:
    """The whole program with settings of its own; closed at the end."""
    with tempfile.TemporaryDirectory() as folder:
        made = app.App(app.arguments(["--data", folder, *arguments]))
        app.smooth()
        try:
            yield made
        finally:
            made.end()


def _said(room: str, number: int) -> events.MessageReceived:
    nick = ("ines", "rafael", "tobias_k")[number // 4 % 3]
    text = f"message {number}: " + "some words of an ordinary length " * (1 + number % 4)
    when = _NOW - 100_000 * 30 + number * 30
    return events.MessageReceived(
        conversation=room, nick=nick, text=text, time=when, msgid=f"{room}{number}"
    )


def _settle(window: Window) -> None:
    window.root.update()
    window.root.update_idletasks()


def fill(presenter: Presenter, room: str, many: int) -> None:
    """A room with `many` messages, handed over in pages as the network does."""
    presenter.handle([events.RoomJoined(room=room, name=room, rejoined=True)])
    for start in range(0, many, 1000):
        page = tuple(_said(room, number) for number in range(start, min(start + 1000, many)))
        presenter.handle(
            [events.HistoryReceived(conversation=room, messages=page, where="after", complete=True)]
        )


def _begin(running: app.App) -> tuple[Presenter, Window]:
    presenter, window = running.presenter, running.window
    window.dialogs.close_connection_dialog()
    running.root.geometry("1100x720+0+0")
    running.root.deiconify()
    presenter.handle(
        [
            Connecting(Target("bench.example", 5000, False, "me")),
            events.Registered(nick="me", network="", features=Features(), reconnected=False),
            events.RoomJoined(room="#small", name="#small", rejoined=False),
            *(
                events.RoomJoined(room=f"#room{one}", name=f"#room{one}", rejoined=True)
                for one in range(_ROOMS)
            ),
        ]
    )
    _settle(window)
    return presenter, window


def conversation(many: int) -> list[Figure]:
    """Opening `many` messages, appending to them, scrolling in them, and their memory."""
    with program() as running:
        presenter, window = _begin(running)
        fill(presenter, "#large", many)
        _settle(window)
        gc.collect()
        opened = [_opening(presenter, window) for _ in range(5)]
        window.messages.to_end()
        _settle(window)
        appended = [_appending(presenter, window, many + one) for one in range(300)]
        scrolled = [_scrolling(window) for _ in range(300)]
        found = [
            Figure(f"open {many:,} messages, median", statistics.median(opened), "ms", 150),
            Figure("append and paint, p95", percentile(appended, 0.95), "ms", 5),
            Figure("scroll step, p95", percentile(scrolled, 0.95), "ms", 16),
            Figure("memory with them", _megabytes(), "MB", 150),
        ]
    return found


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _opening(presenter: Presenter, window: Window) -> float:
    def work() -> None:
        presenter.conversations.open("#large")
        _settle(window)

    presenter.conversations.open("#small")
    _settle(window)
    return _timed(work)


def _appending(presenter: Presenter, window: Window, number: int) -> float:
    def work() -> None:
        presenter.handle([_said("#large", number)])
        _settle(window)

    return _timed(work)


def _scrolling(window: Window) -> float:
    def work() -> None:
        window.messages.scroll(-60)
        _settle(window)

    return _timed(work)


class _Probe:
    """Watches the event loop: how long it does not come round, and how late input is drawn."""

    def __init__(self, running: app.App) -> None:
        self._root, self._window = running.root, running.window
        self.gaps: list[float] = []
        self.inputs: list[float] = []
        self.running = False
        self._last = 0.0
        self._typed = 0

    def start(self) -> None:
        self.running, self._last = True, time.perf_counter()
        self._turn()
        self._act()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now
        if self.running:
            self._root.after(1, self._turn)

    def _act(self) -> None:
        """Type a letter and turn the wheel, in turns, as a busy person would."""
        if not self.running:
            return
        begun = time.perf_counter()
        if self._typed % 2:
            self._window.messages.event_generate(
                "<Button-4>" if self._typed % 40 < 30 else "<Button-5>"
            )
        else:
            self._window.composer.text.insert("insert", _KEYS[self._typed % len(_KEYS)])
            if self._typed % 60 == 0:
                self._window.composer.text.delete("1.0", "end")
        self._typed += 1
        self._root.after_idle(lambda: self.inputs.append((time.perf_counter() - begun) * 1000))
        self._root.after(25, self._act)


@contextmanager
def _flood(rate: int) -> Iterator[int]:
    """The other side, in a process of its own; its port."""
    command = [sys.executable, "-m", "gui.bench.flood", str(rate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            yield int(served.stdout.readline())
        finally:
            served.terminate()


def _run(root: tkinter.Tk, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Tk's own loop, for so long or until that is true."""

    def look() -> None:
        if until() or time.monotonic() > end:
            root.quit()
        else:
            root.after(20, look)

    end = time.monotonic() + seconds
    look()
    root.mainloop()


def flooded(rate: int, seconds: float) -> list[Figure]:
    """Scrolling and typing while `rate` messages a second arrive over a real socket."""
    with (
        _flood(rate) as port,
        program("--host", "127.0.0.1", "--port", str(port), "--nick", "me") as running,
    ):
        chat = running.presenter.desk.chat
        _run(running.root, 30.0, lambda: chat.current == ROOM)
        if chat.current != ROOM:
            raise RuntimeError("the window did not get into the room")
        _run(running.root, 1.0)
        room = chat.conversations[ROOM]
        probe = _Probe(running)
        noise = [sys.executable, "-m", "gui.bench.noise", str(seconds)]
        with subprocess.Popen(noise, stdout=subprocess.PIPE, text=True) as beside:
            begun, before = time.monotonic(), len(room.timeline)
            probe.start()
            _run(running.root, seconds)
            probe.running = False
            behind = rate - (len(room.timeline) - before) / (time.monotonic() - begun)
            machine = float(beside.communicate()[0])
    late = percentile(probe.inputs, 0.99)
    return [
        Figure("longest stall of the window", max(probe.gaps), "ms", 50),
        Figure("stalls, p99", percentile(probe.gaps, 0.99), "ms", 50),
        Figure("a key or wheel step until it is drawn, p99", late, "ms", 50),
        Figure(f"messages a second behind the {rate:,} sent", max(0.0, behind), "/s", rate / 20),
        Figure("longest stall of a program that only sleeps", machine, "ms", 50),
    ]


def idle(seconds: float) -> list[Figure]:
    """The processor's time of a connected window in which nothing happens."""
    with (
        _flood(0) as port,
        program("--host", "127.0.0.1", "--port", str(port), "--nick", "me") as running,
    ):
        chat = running.presenter.desk.chat
        _run(running.root, 30.0, lambda: chat.current == ROOM)
        _run(running.root, 3.0)
        before, begun = time.process_time(), time.monotonic()
        running.root.after(round(seconds * 1000), running.root.quit)
        running.root.mainloop()
        used = (time.process_time() - before) / (time.monotonic() - begun) * 100
        return [
            Figure("processor while idle", used, "%", 0.5),
            Figure("memory while idle", _megabytes(), "MB", 150),
        ]
