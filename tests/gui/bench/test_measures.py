"""The benchmark works; what it measures is not judged here, since the machine may be busy."""

import subprocess
import sys
from pathlib import Path

import pytest

from gui.bench import flood, noise
from gui.bench.measures import Figure, percentile

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SECONDS = 120.0


@pytest.mark.window
@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("conversation", ["open 2,000", "append", "scroll", "memory"]),
        ("flood", ["longest stall", "stalls", "a key", "messages a second behind", "longest"]),
        ("idle", ["processor", "memory"]),
    ],
)
def test_every_kind_gives_its_figures(kind: str, names: list[str]) -> None:
    command = [sys.executable, "-m", "gui.bench", "--here", "--only", kind]
    command += ["--messages", "2000", "--rate", "200", "--seconds", "1"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    lines = done.stdout.splitlines()
    assert [line for line, name in zip(lines, names, strict=True) if line.startswith(name)] == (
        lines
    ), done.stdout + done.stderr
    assert done.returncode == int("MISSED" in done.stdout)


def test_a_figure_over_its_limit_is_missed() -> None:
    assert Figure("stall", 49.0, "ms", 50).text().endswith("ok")
    assert Figure("stall", 50.0, "ms", 50).text().endswith("MISSED")


def test_percentiles() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(one) for one in range(101)], 0.95) == 95.0


def test_the_flood_is_proper_irc() -> None:
    line = flood.line(7, 0.0).decode()
    assert line.startswith("@time=1970-01-01T00:00:00.000Z;msgid=flood7 :")
    assert f" PRIVMSG {flood.ROOM} :" in line
    assert line.endswith("\r\n")
    assert flood.answer(["CAP", "REQ", ":echo-message"], "me") == (
        ":bench CAP me ACK :echo-message\r\n"
    )
    assert flood.answer(["PING", "x"], "me") == ":bench PONG bench x\r\n"
    assert flood.answer(["WHO", "x"], "me") == ""


def test_the_machines_own_delays_are_some_milliseconds_at_least_zero() -> None:
    assert noise.longest(0.05) >= 0.0
