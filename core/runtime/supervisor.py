"""The main process: accepts connections, hands them out, and watches over all other processes.

It holds one end of every pipe.  Closing them is how it stops the server: workers end when
their pipe closes, the relay when the workers are gone, the store when the relay is.  The same
happens by itself when this process is killed.

A worker that dies is started anew.  Without the relay or the store nothing can be promised any
more: then everything ends, in order, with a non-zero exit code.
"""

import contextlib
import multiprocessing
import os
import resource
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkProcess
from multiprocessing.reduction import send_handle
from pathlib import Path
from types import FrameType
from typing import Any

from core import config as settings
from core.config import Config
from core.errors import OperatorError
from core.runtime import folder, process, relay, reports, storing, tls, worker
from core.runtime.acceptor import Acceptor, Seat, listen, shown_address
from core.runtime.addresses import Networks
from core.runtime.process import log
from core.session.jobs import Rehashed
from core.state.replica import Rules
from core.store.schema import open_writer

# A worker that dies this soon after its start, so many times in a row, cannot work here.
EARLY_SECONDS = 5.0
EARLY_DEATHS = 5
# How long each step of the end may take before it is forced.
STOP_SECONDS = 15.0
# How long to wait for the other of two processes that end together.
SETTLE_SECONDS = 0.5
# How soon sockets that no worker could take are offered again.
RETRY_SECONDS = 0.01


class Supervisor:
    """All processes of one server."""

    def __init__(self, config: Config) -> None:
        self.config = config
        limits = config.limits
        self.rules = Rules(
            config.server.lobby,
            limits.rooms_per_user,
            limits.list_entries,
            config.accounts.always_on,
        )
        self._context = multiprocessing.get_context("fork")
        self._selector = selectors.DefaultSelector()
        self._own: set[Any] = set()  # pipe ends and sockets that no child may keep
        self._stopping = ""  # why, once it is decided
        self._exit_code = 0
        self._origins = 0  # workers started so far; 0 is the relay itself
        self._early_deaths = 0
        self._setting: worker.Setting | None = None  # what all workers are given
        _allow_many_sockets()
        proxies = Networks([*config.proxy.protocol, *config.proxy.forwarded])
        self.acceptor = Acceptor(self._selector, limits.connections_per_address, proxies)
        self.acceptor.on_order = self._obey
        self._rehash_wanted = False  # SIGHUP came
        self.restarting = False  # after the end everything begins anew
        self._terminal = False  # it was started from a terminal, whose end is the server's too
        self._workers: dict[int, ForkProcess] = {}  # sentinel -> process
        self._core: dict[int, ForkProcess] = {}  # relay and store
        self._to_relay: Pipe | None = None
        self._lock = -1  # the descriptor that holds the data folder, once it is taken

    # Start.

    def start(self) -> None:
        """Open everything that may fail, then start the processes.  Raises OperatorError."""
        config = self.config
        self._listen_to_signals()
        self._lock = folder.lock(Path(config.server.data))
        open_writer(Path(config.server.data)).close()
        certificate, key = tls.prepare(config)
        started = time.time_ns() // 1_000_000
        secret = folder.secret(Path(config.server.data))
        contexts = tls.contexts(config, certificate, key)
        self._setting = worker.Setting(config, self.rules, contexts, started, secret)
        log.info("certificate fingerprint (SHA-256): %s", tls.fingerprint(certificate))
        for listener in listen(config.server.host, config.server.port):
            self._own.add(listener)
            self.acceptor.add(listener)
        self._start_core()
        count = config.server.workers or os.cpu_count() or 1
        for slot in range(1, count + 1):
            self._start_worker(slot)

    def _spawn(
        self, name: str, main: Callable[..., int], arguments: tuple[object, ...]
    ) -> ForkProcess:
        """Fork; the child keeps, of all pipes and sockets, only those in ``arguments``."""

        def run() -> None:
            process.begin(name)
            self._selector.close()
            signal.set_wakeup_fd(-1)
            for held in self._own:
                if held not in arguments:
                    held.close()
            self.acceptor.drop_waiting()
            sys.exit(main(*arguments))

        child = self._context.Process(target=run, name=name)
        child.start()
        log.info("%s started, pid %d", name, child.pid)
        return child

    def _pair(self) -> tuple[socket.socket, socket.socket]:
        ends = socket.socketpair()
        for end in ends:
            _enlarge(end)
        self._own.update(ends)
        return ends

    def _close(self, *ends: Any) -> None:
        for end in ends:
            self._own.discard(end)
            end.close()

    def _start_core(self) -> None:
        config = self.config
        relay_end, store_end = self._pair()
        control, relay_control = self._context.Pipe()
        self._own.update((control, relay_control))
        durable = config.history.durability == "disk"
        store = self._spawn(
            "store",
            storing.main,
            (store_end, Path(config.server.data), self.rules, config.history.keep_days),
        )
        orderer = self._spawn("relay", relay.main, (relay_control, relay_end, durable))
        self._close(relay_end, store_end, relay_control)
        self._to_relay = control
        self._core = {store.sentinel: store, orderer.sentinel: orderer}
        for sentinel in self._core:
            self._selector.register(sentinel, selectors.EVENT_READ, self._core_ended)

    def _start_worker(self, slot: int) -> None:
        self._origins += 1
        origin = self._origins
        relay_end, worker_end = self._pair()
        pipe, worker_pipe = self._context.Pipe()
        reports, worker_reports = self._context.Pipe()
        ours, theirs = (pipe, reports), (worker_pipe, worker_reports)
        self._own.update(ours + theirs)
        for wide in (pipe, reports):
            with socket.socket(fileno=os.dup(wide.fileno())) as end:
                _enlarge(end)
        arguments = (self._setting, origin, worker_end, *theirs)
        child = self._spawn(f"worker {slot}", worker.main, arguments)
        assert self._to_relay is not None
        try:
            self._to_relay.send_bytes(origin.to_bytes(4, "big"))
            send_handle(self._to_relay, relay_end.fileno(), None)
        except OSError:  # the relay is gone; its sentinel will tell
            pass
        self._close(relay_end, worker_end, *theirs)
        self._workers[child.sentinel] = child
        seat = Seat(slot, *ours, time.monotonic())
        self.acceptor.seat(child.sentinel, seat)
        self._selector.register(
            child.sentinel, selectors.EVENT_READ, lambda: self._worker_ended(child.sentinel)
        )

    # The loop.

    def run(self) -> int:
        """Serve until told to stop; the exit code."""
        try:
            self._serve()
        except Exception:  # our own fault; but everything is to end in order
            log.critical("the acceptor failed", exc_info=True)
            self._fail("the acceptor failed")
        self._end()
        return self._exit_code

    def _listen_to_signals(self) -> None:
        """From here on SIGTERM and Ctrl-C end the server in order, even while it starts.

        SIGHUP has the settings read again; but not where it says that the terminal was closed.
        """
        wake, wake_write = socket.socketpair()
        wake_write.setblocking(False)
        self._own.update((wake, wake_write))
        signal.set_wakeup_fd(wake_write.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        ignored = signal.signal(signal.SIGHUP, self._on_hangup) is signal.SIG_IGN  # as by nohup
        self._terminal = not ignored and _has_terminal()
        self._selector.register(wake, selectors.EVENT_READ, lambda: wake.recv(64))

    def _serve(self) -> None:
        announced = False
        while not self._stopping:
            for key, _ in self._selector.select(RETRY_SECONDS if self.acceptor.waiting else None):
                key.data()
            self.acceptor.hand_out()
            if self._rehash_wanted:
                self._rehash_wanted = False
                self._rehash()
            if not announced and self.acceptor.all_ready(len(self._workers)):
                announced = True
                address = shown_address(self.config.server.host, self.acceptor.port)
                print(f"listening on {address}", flush=True)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self._stopping:
            self._stopping = signal.Signals(number).name

    def _on_hangup(self, number: int, frame: FrameType | None) -> None:
        if self._terminal and not _has_terminal():
            self._on_signal(number, frame)
        else:
            self._rehash_wanted = True

    # What operators want.

    def _obey(self, seat: Seat, order: bytes) -> None:
        """A worker tells of an operator's REHASH, or DIE or RESTART."""
        if order[:1] == reports.REHASH:
            self.acceptor.tell(seat, reports.encode_rehashed(self._rehash()))
        elif not self._stopping:
            wish = reports.decode_halt(order)
            self.restarting = wish.restart
            self._stopping = f"{wish.by} said {'RESTART' if wish.restart else 'DIE'}"

    def _rehash(self) -> Rehashed:
        """Read the settings again; they hold for all processes at once, or for none."""
        assert self._setting is not None
        try:
            fresh = settings.reload(self.config)
            tls.reload(self._setting.tls, fresh.config)
        except OperatorError as error:
            log.error("the settings are as they were: %s", error)
            return Rehashed(str(error))
        self.config = fresh.config
        self._setting = self._setting._replace(config=fresh.config)
        self.acceptor.tell_all(reports.encode_settings(fresh.config))
        log.info("settings read again; changed: %s", ", ".join(fresh.changed) or "nothing")
        if fresh.restart:
            log.warning("these change with the next start: %s", ", ".join(fresh.restart))
        return Rehashed("", fresh.changed, fresh.restart)

    def _core_ended(self) -> None:
        dead = [child for child in self._core.values() if not child.is_alive()]
        if dead and not self._stopping:
            # The end of one ends the other as well; the worse end tells which was the first, and
            # the first may take longer to be gone.
            for child in self._core.values():
                child.join(SETTLE_SECONDS)
            dead = [child for child in self._core.values() if not child.is_alive()]
            first = min(dead, key=lambda child: _badness(child.exitcode or 0))
            self._fail(f"the {first.name} ended unexpectedly ({_how(first)})")

    def _fail(self, sentence: str) -> None:
        log.critical("%s: the server stops; what was shown to anyone is on disk", sentence)
        self._stopping = sentence
        self._exit_code = 1

    def _worker_ended(self, sentinel: int) -> None:
        """Start a dead worker anew; its clients come back to any of them."""
        child = self._workers.pop(sentinel)
        self._selector.unregister(sentinel)
        seat = self.acceptor.unseat(sentinel)
        self._own -= {seat.pipe, seat.reports}
        child.join()
        log.error("%s ended (%s) and is started anew", child.name, _how(child))
        early = time.monotonic() - seat.started < EARLY_SECONDS
        self._early_deaths = self._early_deaths + 1 if early else 0
        if self._early_deaths >= EARLY_DEATHS:
            self._fail(f"{child.name} dies again and again")
        elif all(core.is_alive() for core in self._core.values()):
            self._start_worker(seat.slot)

    # The end.

    def _end(self) -> None:
        """Close the pipes from the outside in, and wait for each kind of process."""
        log.info("stopping (%s)", self._stopping)
        self.acceptor.close()
        for sentinel in list(self._workers):
            seat = self.acceptor.unseat(sentinel)
            self._own -= {seat.pipe, seat.reports}
        self._wait(list(self._workers.values()))
        if self._to_relay is not None:
            self._close(self._to_relay)
        self._wait(list(self._core.values()))
        log.info("stopped")

    def _wait(self, children: Sequence[ForkProcess]) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            child.join(max(0.0, deadline - time.monotonic()))
            if child.is_alive():
                log.error("%s does not end; it is killed", child.name)
                child.kill()
                child.join()
            if child.exitcode:
                self._exit_code = 1


def _has_terminal() -> bool:
    """True if this process has a controlling terminal."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _allow_many_sockets() -> None:
    """As many open files as the system lets this user have; one is needed for each client."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # some systems refuse "unlimited"
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _enlarge(end: socket.socket) -> None:
    """More room in a pipe: a burst of connections or a large batch fits at once."""
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        end.setsockopt(socket.SOL_SOCKET, option, 4 << 20)


def _badness(code: int) -> int:
    """0 for the end by a signal, 1 for an error, 2 for an orderly end."""
    return 0 if code < 0 else 1 if code else 2


def _how(child: ForkProcess) -> str:
    code = child.exitcode
    if code is not None and code < 0:
        return f"signal {-code}"
    return f"exit code {code}"


def main(arguments: Sequence[str] | None = None) -> int:
    """``run_server.py``; the exit code."""
    process.begin("acceptor")
    try:
        supervisor = Supervisor(settings.from_arguments(arguments))
        supervisor.start()
    except OperatorError as error:
        print(f"run_server.py: {error}", file=sys.stderr)
        return 2
    code = supervisor.run()
    if supervisor.restarting and not code:
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return code
