"""Events get from another thread to the window, a frame at a time."""

import contextlib
import select
import socket
import threading
from collections.abc import Callable, Sequence

from gui.wakeup import MOST_AT_ONCE, Wakeup


class FakeLoop:
    """Timers and files by hand."""

    def __init__(self, watches: bool = True) -> None:
        self.watches = watches
        self.timers: list[tuple[int, Callable[[], None]]] = []
        self.file: socket.socket | None = None
        self._ready: Callable[[], None] = lambda: None

    def watch(self, file: socket.socket, ready: Callable[[], None]) -> None:
        self.file, self._ready = file, ready

    def unwatch(self, file: socket.socket) -> None:
        assert file is self.file
        self.file = None

    def after(self, milliseconds: int, work: Callable[[], None]) -> None:
        self.timers.append((milliseconds, work))

    def turn(self) -> None:
        """What Tk does: read what can be read, then run the timers."""
        if self.file is not None and select.select([self.file], [], [], 0)[0]:
            self._ready()

    def run_timers(self) -> None:
        timers, self.timers = self.timers, []
        for _, work in timers:
            work()


def wakeup(loop: FakeLoop) -> tuple[Wakeup, list[list[object]]]:
    batches: list[list[object]] = []

    def handle(batch: Sequence[object]) -> None:
        batches.append(list(batch))

    return Wakeup(loop, handle), batches


def test_a_burst_from_a_thread_is_one_batch() -> None:
    loop = FakeLoop()
    made, batches = wakeup(loop)

    def burst() -> None:
        for number in range(100):
            made.post(number)

    thread = threading.Thread(target=burst)
    thread.start()
    thread.join()
    loop.turn()
    assert batches == [list(range(100))]
    loop.turn()
    assert len(batches) == 1
    made.close()


def test_the_next_batch_waits_for_the_next_frame() -> None:
    loop = FakeLoop()
    made, batches = wakeup(loop)
    for number in range(3):
        made.post(number)
        loop.turn()
    assert batches == [[0]]
    assert [1 <= timer[0] <= 16 for timer in loop.timers] == [True]
    loop.run_timers()
    assert batches == [[0], [1, 2]]
    made.close()


def test_a_flood_is_cut_into_frames() -> None:
    loop = FakeLoop()
    made, batches = wakeup(loop)
    for number in range(MOST_AT_ONCE + 5):
        made.post(number)
    loop.turn()
    assert len(batches[0]) == MOST_AT_ONCE
    loop.run_timers()
    assert len(batches[1]) == 5
    made.close()


def test_one_bad_batch_does_not_stop_the_next() -> None:
    loop = FakeLoop()
    handled: list[object] = []

    def handle(batch: Sequence[object]) -> None:
        handled.extend(batch)
        if "bad" in batch:
            made.post("while handling")
            raise RuntimeError

    made = Wakeup(loop, handle)
    made.post("bad")
    with contextlib.suppress(RuntimeError):
        loop.turn()
    loop.run_timers()
    assert handled == ["bad", "while handling"]
    made.close()


def test_closed() -> None:
    loop = FakeLoop()
    made, batches = wakeup(loop)
    made.post(1)
    loop.turn()
    made.post(2)
    loop.turn()
    made.close()
    loop.run_timers()
    made.post(3)
    assert batches == [[1]]
    assert loop.file is None


def test_a_batch_that_ends_the_program_is_the_last() -> None:
    loop = FakeLoop()

    def handle(batch: Sequence[object]) -> None:
        handled.extend(batch)
        made.post("too late")
        made.stop()

    handled: list[object] = []
    made = Wakeup(loop, handle)
    made.post("quit")
    loop.turn()
    loop.turn()
    loop.run_timers()
    made.close()
    assert handled == ["quit"]


def test_where_files_cannot_be_watched_it_polls() -> None:
    loop = FakeLoop(watches=False)
    made, batches = wakeup(loop)
    assert made.fileno() == -1
    made.post("x")
    loop.run_timers()
    assert batches == [["x"]]
    made.close()
    loop.run_timers()
    assert loop.timers == []


def test_a_flood_wakes_the_window_once() -> None:
    loop = FakeLoop()
    made, _batches = wakeup(loop)
    for number in range(1000):
        made.post(number)
    assert loop.file is not None
    assert len(loop.file.recv(65536)) == 1
    made.post("more")
    assert not select.select([loop.file], [], [], 0)[0]
    made.close()


def test_what_comes_while_a_batch_is_handled_wakes_it_again() -> None:
    loop = FakeLoop()
    handled: list[object] = []

    def handle(batch: Sequence[object]) -> None:
        handled.extend(batch)
        if "first" in batch:
            made.post("second")

    made = Wakeup(loop, handle)
    made.post("first")
    loop.turn()
    loop.turn()
    loop.run_timers()
    assert handled == ["first", "second"]
    made.post("third")
    loop.turn()
    loop.run_timers()
    assert handled[-1] == "third"
    made.close()
