"""A real server, `run_server.py` as a subprocess, with its processes, its log and its end.

It has a session (in the sense of setsid) of its own, so that "no process is left" can be asked
of the system and does not depend on what the server says of itself.
"""

import contextlib
import os
import re
import select
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.irc import Client

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 30.0
HOST = "127.0.0.1"
NO_FLOOD_GATE = "[limits]\nmessages_per_second = 0.0\n"


def wait_until(condition: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
    """Wait for a condition; `what` is said where it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not in {seconds} seconds: {what}"
        time.sleep(0.01)


class Server:
    """One server.  `folder` is where its data, its settings and its log are."""

    def __init__(
        self,
        folder: Path,
        *,
        workers: int = 2,
        config: str = "",
        port: int = 0,
        prefix: Sequence[str] = (),
        host: str = HOST,
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.host = host
        self.port = port
        self.workers = workers
        self._config = config
        self._prefix = prefix  # of the command line, as in "ip netns exec NAME"
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / "server.log"

    # Start and end.

    def start(self) -> Self:
        """Run it, and wait until it listens.  It can be started again after its end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self.folder / "parlor.toml"
        settings.write_text(self._config)
        command = [*self._prefix, sys.executable, "run_server.py", "--config", str(settings)]
        command += ["--host", self.host, "--port", str(self.port), "--data", str(self.data)]
        command += ["--workers", str(self.workers)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        line = self._first_line()
        report = re.fullmatch(r"listening on (\S+):(\d+)\n", line)
        if report is None:
            self.kill()
            raise AssertionError(f"the server said {line!r} and logged {self.log()}")
        self.port = int(report[2])
        return self

    def _first_line(self) -> str:
        process = self._running
        assert process.stdout is not None
        ready = select.select([process.stdout], [], [], SECONDS)[0]
        return process.stdout.readline().decode() if ready else ""

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the server is not started"
        return self._process

    def send_signal(self, number: int) -> None:
        """Send a signal to the main process."""
        self._running.send_signal(number)

    def wait(self, seconds: float = SECONDS) -> int:
        """Wait for the end of the main process and of all others; the exit code."""
        code = self._running.wait(seconds)
        session = self._running.pid
        wait_until(lambda: not _session(session), "no process of the server is left", seconds)
        self._forget()
        return code

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it in order: exit code 0, and no process is left."""
        self.send_signal(number)
        code = self.wait()
        assert code == 0, f"exit code {code}; the log: {self.log()[-2000:]}"

    def kill(self) -> None:
        """End whatever of it is left, without a word."""
        if self._process is None:
            return
        for pid in [self._process.pid, *_session(self._process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        session = self._process.pid
        self._process.wait()
        self._forget()
        wait_until(lambda: not _session(session), "all its processes are dead")

    def _forget(self) -> None:
        process = self._running
        assert process.stdout is not None
        process.stdout.close()
        self._process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self._process is not None:
            try:
                self.stop()
            finally:
                self.kill()
        else:
            self.kill()

    # Its parts.

    def connect(self, *, tls: bool | ssl.SSLContext = False, receive_buffer: int = 0) -> Client:
        """A raw connection to it."""
        return Client.connect(HOST, self.port, tls=tls, receive_buffer=receive_buffer)

    def client(self, nick: str, caps: str = "", *, tls: bool = False) -> Client:
        """A registered client."""
        client = self.connect(tls=tls)
        try:
            client.register(nick, caps)
        except BaseException:
            client.close()
            raise
        return client

    def processes(self) -> dict[str, int]:
        """All its processes: name ("worker 1", "relay" ...) -> pid."""
        named: dict[str, int] = {}
        for pid in _session(self._running.pid):
            title = _title(pid)
            if title.startswith("parlor: "):
                named[title.removeprefix("parlor: ")] = pid
        return named

    def kill_process(self, name: str) -> int:
        """SIGKILL one of its processes; the pid it had."""
        pid = self.processes()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def worker_of(self, client: Client) -> str:
        """The name of the worker that holds a client's connection."""
        inode = _inode(self.port, client.local_port)
        for name, pid in self.processes().items():
            if name.startswith("worker") and inode in _sockets(pid):
                return name
        raise AssertionError("no worker has this connection")

    def log(self) -> str:
        """What it has logged, in all its runs."""
        return self._log.read_text() if self._log.exists() else ""


def _session(session: int) -> list[int]:
    """The live processes of a session."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] not in "ZX":
                found.append(int(folder.name))
    return found


def _title(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").decode().strip()
    return ""


def _inode(server_port: int, client_port: int) -> str:
    """The server's socket of a connection over IPv4."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        ports = [int(address.rpartition(":")[2], 16) for address in fields[1:3]]
        if ports == [server_port, client_port]:
            return fields[9]
    raise AssertionError(f"no connection of {client_port} with {server_port}")


def _sockets(pid: int) -> set[str]:
    """The inodes of a process's sockets."""
    inodes = set()
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                target = os.readlink(link)
                if target.startswith("socket:["):
                    inodes.add(target[8:-1])
    return inodes
