"""What every test may use: the `window` marker and the `display` fixture.

A test marked `window` gets a screen, in `DISPLAY`, before any other fixture runs.  Where there
can be none it is skipped, or, with PARLOR_REQUIRE_WINDOW=1, fails: CI then cannot pass by
silently leaving all windows out.
"""

import importlib.util
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SCREEN = "1280x900x24"
START_SECONDS = 30.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test marked `window` the `display` fixture, before its own ones."""
    for item in items:
        is_marked = item.get_closest_marker("window") is not None
        if is_marked and isinstance(item, pytest.Function) and "display" not in item.fixturenames:
            item.fixturenames.insert(0, "display")


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A screen with a window manager: its name, which is in `DISPLAY` too until the end.

    It is an Xvfb of its own, so that tests never open windows on a person's desktop; only
    where there is no Xvfb does the screen that is already there have to do.
    """
    if importlib.util.find_spec("_tkinter") is None:
        _no_window("this Python has no tkinter")
    folder = tmp_path_factory.mktemp("screen")
    if shutil.which("Xvfb"):
        with _xvfb(folder) as name, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DISPLAY", name)
            with _window_manager(name, folder):
                yield name
    elif os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
    else:
        _no_window("there is no DISPLAY, and no Xvfb to make one")


def _no_window(reason: str) -> None:
    if os.environ.get("PARLOR_REQUIRE_WINDOW") == "1":
        pytest.fail(f"PARLOR_REQUIRE_WINDOW=1, but {reason}", pytrace=False)
    pytest.skip(f"needs a window, but {reason}")


@contextmanager
def _xvfb(folder: Path) -> Iterator[str]:
    """Run Xvfb on a display number that it picks itself, and end it afterwards."""
    readable, writable = os.pipe()
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    try:
        with _running(command, folder / "xvfb.log", pass_fds=(writable,)):
            os.close(writable)
            if not select.select([readable], [], [], START_SECONDS)[0]:
                pytest.fail(f"Xvfb did not start: {(folder / 'xvfb.log').read_text()}")
            number = os.read(readable, 16).decode().strip()
            if not number:
                pytest.fail(f"Xvfb ended: {(folder / 'xvfb.log').read_text()}")
            yield f":{number}"
    finally:
        os.close(readable)


@contextmanager
def _window_manager(name: str, folder: Path) -> Iterator[None]:
    """Run openbox, with nobody's settings, until the tests end."""
    if not shutil.which("openbox"):
        _no_window("openbox, the window manager, is missing")
    started = folder / "openbox.started"
    command = ["openbox", "--sm-disable", "--startup", f"touch {started}"]
    env = {**os.environ, "DISPLAY": name, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with _running(command, folder / "openbox.log", env=env):
        deadline = time.monotonic() + START_SECONDS
        while not started.exists():
            if time.monotonic() > deadline:
                pytest.fail(f"openbox did not start: {(folder / 'openbox.log').read_text()}")
            time.sleep(0.02)
        yield


@contextmanager
def _running(
    command: list[str],
    log: Path,
    *,
    env: dict[str, str] | None = None,
    pass_fds: tuple[int, ...] = (),
) -> Iterator[None]:
    """A process that writes to `log` and is ended, for certain, on the way out."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            pass_fds=pass_fds,
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
