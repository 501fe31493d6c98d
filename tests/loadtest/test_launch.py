"""Starting and ending a server, with small programs in the place of the real one."""

import signal
import sys
from pathlib import Path

import pytest

from loadtest import launch
from loadtest.launch import (
    OwnServer,
    ServerFailed,
    locust_command,
    parse_arguments,
    run_locust,
    seconds_of,
)

LISTENS = "import signal, sys, time\nprint('a\\nlistening on localhost:1234 (x)', flush=True)\n"


def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> OwnServer:
    monkeypatch.setattr(launch, "ROOT", tmp_path)
    (tmp_path / "run_server.py").write_text(program)
    return OwnServer(tmp_path, workers=2)


def test_a_good_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = server(tmp_path, monkeypatch, LISTENS + "signal.sigwait([signal.SIGTERM])\n")
    assert own.address() == "localhost:1234"
    # sigwait needs the signal blocked; without that SIGTERM ends it with -15.
    assert own.stop() == f"the server ended with code {-signal.SIGTERM}"


def test_a_server_that_ends_cleanly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
    program = LISTENS.replace("print", ends + "print") + "time.sleep(60)\n"
    own = server(tmp_path, monkeypatch, program)
    own.address()
    assert own.stop() == ""


def test_a_server_that_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_STOP_PATIENCE", 0.2)
    stays = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    program = LISTENS.replace("print", stays + "print") + "time.sleep(60)\n"
    own = server(tmp_path, monkeypatch, program)
    own.address()
    assert "did not end" in own.stop()


def test_a_server_that_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = server(tmp_path, monkeypatch, "raise SystemExit('no such thing')")
    with pytest.raises(ServerFailed, match="no such thing"):
        own.address()
    own._process.wait(10)
    assert own.stop() == "the server had ended by itself, with code 1"


def test_kills_come_at_their_times() -> None:
    calls: list[str] = []
    program = [sys.executable, "-c", "import time; time.sleep(0.8); raise SystemExit(7)"]
    assert run_locust(program, [0.1, 0.3, 60.0], lambda: calls.append("kill")) == 7
    assert calls == ["kill", "kill"]


@pytest.mark.parametrize(
    ("text", "seconds"), [("60", 60.0), ("90s", 90.0), ("5m", 300.0), ("1h30m", 5400.0), ("x", 0.0)]
)
def test_times(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


def test_a_given_server_is_left_as_it_is() -> None:
    for given, told in (("h:1", "irc://h:1"), ("ircs://h:1", "ircs://h:1")):
        options, more = parse_arguments(["--host", given])
        command = locust_command(options, options.host, more)
        assert command[command.index("--host") + 1] == told
    with pytest.raises(SystemExit):
        parse_arguments(["--host", "h:1", "--kill-workers", "1"])
