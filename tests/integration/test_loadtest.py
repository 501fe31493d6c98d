"""The harness against the real server: short, on loopback, and it has to pass."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "loadtest", "--users", "10", "--spawn-rate", "10", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("scenario", ["lobby", "rooms", "private", "churn"])
def test_every_message_arrives_once_and_in_order(scenario: str) -> None:
    result = run("--time", "5s", "--scenario", scenario, "--rate", "3", "--workers", "2")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "PASS: every message reached everyone, once, in one order" in result.stdout
    assert "ended cleanly" in result.stdout


def test_nobody_misses_anything_when_workers_die() -> None:
    result = run("--time", "6s", "--rate", "3", "--workers", "2", "--kill-workers", "2")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "PASS: every message" in result.stdout
    assert "came back" in result.stdout


def test_a_server_that_is_not_there_fails() -> None:
    result = run("--time", "2s", "--host", "127.0.0.1:1")
    assert result.returncode == 1
    assert "failed connects 10" in result.stdout
    assert "FAIL" in result.stdout
