"""A server of the harness's own, and locust against it, as processes.

Only the standard library is needed here; the load itself runs in locust's process.
"""

import argparse
import os
import random
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from loadtest.scenarios import SCENARIOS

ROOT = Path(__file__).resolve().parent.parent
LOCUSTFILE = ROOT / "loadtest" / "locustfile.py"

# Seconds that the server may take to listen, and to end.
_START_PATIENCE = 30.0
_STOP_PATIENCE = 30.0

# The limits that a chat needs are in the way of a load test.
CONFIG = """\
[server]
port = 0

[limits]
connections_per_address = 0
messages_per_second = 0.0
"""


class ServerFailed(Exception):
    """The server did not start; the text says what it printed."""


class OwnServer:
    """`run_server.py` on a free port, with its data in ``folder``."""

    def __init__(self, folder: Path, workers: int, settings: str = CONFIG) -> None:
        config = folder / "loadtest.toml"
        config.write_text(settings)
        self._log = folder / "server.log"
        command = [sys.executable, str(ROOT / "run_server.py"), "--config", str(config)]
        command += ["--port", "0", "--data", str(folder / "data")]
        if workers:
            command += ["--workers", str(workers)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )

    def address(self) -> str:
        """HOST:PORT once it listens.  Raises ServerFailed."""
        stdout = self._process.stdout
        assert stdout is not None
        said = b""
        deadline = time.monotonic() + _START_PATIENCE
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while selector.select(max(deadline - time.monotonic(), 0.0)):
                data = os.read(stdout.fileno(), 4096)
                said += data
                found = re.search(rb"^listening on (\S+)\s", said, re.MULTILINE)
                if found:
                    return found[1].decode()
                if not data:
                    break
        raise ServerFailed(f"the server did not start\n{self.log()}")

    def log(self) -> str:
        """The last lines that it wrote to its log."""
        lines = self._log.read_text(errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-20:])

    def kill_worker(self) -> None:
        """kill -9 of a worker, any of them."""
        import psutil  # type: ignore[import-untyped]  # locust brings it

        children = psutil.Process(self._process.pid).children()
        workers = [each for each in children if each.name().startswith("parlor: worker")]
        if workers:
            random.choice(workers).kill()

    def kill(self) -> None:
        """kill -9 of all its processes at once."""
        os.killpg(self._process.pid, signal.SIGKILL)  # its own group, with its children
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def stop(self) -> str:
        """End it; "" if it ended as it should, else what was wrong."""
        try:
            if self._process.poll() is not None:
                return f"the server had ended by itself, with code {self._process.returncode}"
            self._process.send_signal(signal.SIGTERM)
            code = self._process.wait(_STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)  # its own group, with its children
            self._process.wait()
            return f"the server did not end within {_STOP_PATIENCE:g} s of SIGTERM"
        finally:
            if self._process.stdout is not None:
                self._process.stdout.close()
        return "" if code == 0 else f"the server ended with code {code}"


def parse_arguments(words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """The arguments, and those that are meant for locust."""
    parser = argparse.ArgumentParser(
        prog="python3 -m loadtest",
        description="Put load on a server of its own and check that every message arrives, "
        "once, in one order.  Other arguments (--rate, --rooms, --message-bytes ...) go to locust.",
        allow_abbrev=False,
    )
    parser.add_argument("--users", type=int, default=60, help="how many (60)")
    parser.add_argument("--spawn-rate", type=float, default=20, help="new ones a second (20)")
    parser.add_argument("--time", default="60s", help="how long they talk: 60s, 5m (60s)")
    parser.add_argument("--scenario", choices=SCENARIOS, default="lobby", help="(lobby)")
    parser.add_argument("--workers", type=int, default=0, help="of the server; 0: one per core")
    parser.add_argument(
        "--kill-workers",
        type=int,
        default=0,
        metavar="N",
        help="kill -9 so many of the server's workers meanwhile: nothing may be missing",
    )
    parser.add_argument("--host", default="", help="HOST:PORT of a server that runs already")
    options, more = parser.parse_known_args(words)
    if options.host and options.kill_workers:
        parser.error("--kill-workers needs a server of the harness's own, without --host")
    return options, more


def locust_command(options: argparse.Namespace, address: str, more: Sequence[str]) -> list[str]:
    """The command line of locust."""
    return [
        sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--only-summary",
        "-u", str(options.users), "-r", str(options.spawn_rate), "-t", options.time,
        "--host", address if "://" in address else f"irc://{address}",
        "--scenario", options.scenario,
        *(["--breaks-expected"] if options.kill_workers else []), *more,
    ]  # fmt: skip


def seconds_of(text: str) -> float:
    """``60s``, ``5m``, ``1h30m`` or ``60`` in seconds, as locust reads it; 0.0 for nonsense."""
    if text.isdigit():
        return float(text)
    if not re.fullmatch(r"(\d+[hms])+", text):
        return 0.0
    units = {"h": 3600.0, "m": 60.0, "s": 1.0}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+)([hms])", text))


def run_locust(command: Sequence[str], kills: Sequence[float], kill: Callable[[], None]) -> int:
    """Run it to its end, calling ``kill`` at the given seconds after its start; its exit code."""
    process = subprocess.Popen(command)
    started = time.monotonic()
    due = list(kills)
    try:
        while process.poll() is None:
            time.sleep(0.1)
            if due and time.monotonic() - started > due[0]:
                due.pop(0)
                kill()
    except KeyboardInterrupt:
        process.wait()  # it got the same signal, and still tells its verdict
        raise
    return process.returncode


def run(words: Sequence[str]) -> int:
    """The whole program; its exit code."""
    options, more = parse_arguments(words)
    if options.host:
        command = locust_command(options, options.host, more)
        return subprocess.run(command, check=False).returncode
    with TemporaryDirectory(prefix="parlor-loadtest-") as folder:
        server = OwnServer(Path(folder), options.workers)
        try:
            address = server.address()
            command = locust_command(options, address, more)
            step = seconds_of(options.time) / (options.kill_workers + 1)
            kills = [1.0 + step * (index + 1) for index in range(options.kill_workers)]
            code = run_locust(command, kills, server.kill_worker)
        except ServerFailed as error:
            server.stop()
            print(f"FAIL: {error}")
            return 1
        except KeyboardInterrupt:
            server.stop()
            return 130
        complaint = server.stop()
        if complaint:
            print(f"FAIL: {complaint}\n{server.log()}")
            return 1
    print("PASS; and the server ended cleanly." if code == 0 else "FAIL: see above.")
    return 1 if code else 0
