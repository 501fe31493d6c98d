"""The packages of a checkout: its `.venv`, and what is installed there.

A group of packages is installed when its stamp holds the digest of its requirements file.  The
stamp is written last, and while packages are being installed a list of what is unfinished lies
beside it, so that a set-up that was interrupted is seen, and done over, by the next one.  One
process at a time does this; the lock passes on to pip, so it outlives a parent that was killed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from core.prepare import OLDEST_PYTHON

CONTAINED = {"dev": ["server", "gui", "loadtest"]}
"""For a group, those whose requirements are among its own, so that they come with it."""


class SetupError(Exception):
    """The packages cannot be had; the text says what to mend."""


class Checkout:
    """The folder of the code, and what the set-up keeps in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.lock = root / ".venv.lock"
        is_windows = sys.platform == "win32"
        self.python = self.venv / ("Scripts/python.exe" if is_windows else "bin/python")
        self._unfinished = self.venv / "parlor-unfinished"

    def is_running(self) -> bool:
        """Whether the running Python is the one in `.venv`."""
        return Path(sys.prefix).resolve() == self.venv.resolve()

    def is_current(self, group: str, version: str | None = None) -> bool:
        """Whether `group` is installed as its requirements say, and nothing is unfinished.

        version: of the Python that it has to be installed for, as "3.11"; None for any, as only
        the Python in `.venv` itself knows that surely.
        """
        try:
            digest, installed_for = self._stamp(group).read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return False
        return (
            digest == self._digest(group)
            and version in (None, installed_for)
            and not self._unfinished.exists()
            and self.python.exists()
        )

    def requirements(self, group: str) -> Path:
        """The file that pins the packages of `group`."""
        return self.root / "requirements" / f"{group}.txt"

    def unfinished(self) -> list[str]:
        """The groups whose installation was begun and did not end."""
        return self._unfinished.read_text().split() if self._unfinished.exists() else []

    def stamped(self) -> list[str]:
        """The groups that were once installed, whatever has become of them."""
        return [path.stem[len("parlor-") :] for path in self.venv.glob("parlor-*.stamp")]

    def begin(self, groups: list[str]) -> None:
        """Note down that `groups` are about to be installed."""
        self._unfinished.write_text("\n".join(groups))

    def finish(self, groups: list[str], version: str) -> None:
        """Note down that `groups` are installed for this version of Python."""
        for name in {*groups, *(part for group in groups for part in CONTAINED.get(group, []))}:
            self._stamp(name).write_text(f"{self._digest(name)} {version}\n", encoding="ascii")
        self._unfinished.unlink()

    def _stamp(self, group: str) -> Path:
        return self.venv / f"parlor-{group}.stamp"

    def _digest(self, group: str) -> str:
        return hashlib.sha256(self.requirements(group).read_bytes()).hexdigest()


def set_up(group: str, checkout: Checkout, *, needs_tkinter: bool = False) -> None:
    """Bring `.venv` in line with the requirements of `group`, unless another process just did.

    What is installed is kept; only after an interruption it is installed afresh.  A `.venv`
    whose Python is gone, or cannot do what `group` needs, is made anew.
    """
    with SetupLock(checkout) as lock:
        version = usable_version(checkout, needs_tkinter)
        if version and checkout.is_current(group, version):
            return
        interrupted = checkout.unfinished()
        groups = {group, *interrupted}
        if version is None:
            groups.update(checkout.stamped())
            _make_venv(checkout, lock)
            version = usable_version(checkout, needs_tkinter)
        if version is None:
            raise SetupError(f"the Python in {checkout.venv}, just made, does not work.")
        known = sorted(name for name in groups if checkout.requirements(name).exists())
        checkout.begin(known)
        _install(known, checkout, lock, afresh=bool(interrupted))
        checkout.finish(known, version)


def usable_version(checkout: Checkout, needs_tkinter: bool = False) -> str | None:
    """The version of the Python in `.venv`, as "3.11"; None if there is none, or it won't do."""
    modules = "pip, sys, _tkinter" if needs_tkinter else "pip, sys"
    code = f"import {modules}; print('{{}}.{{}}'.format(*sys.version_info))"
    command = [str(checkout.python), "-I", "-c", code]
    try:
        answer = subprocess.run(command, capture_output=True, encoding="ascii", check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = answer.stdout.strip()
    return version if tuple(map(int, version.split("."))) >= OLDEST_PYTHON else None


def _make_venv(checkout: Checkout, lock: SetupLock) -> None:
    say("Making a Python environment for Parlor in .venv.")
    base = getattr(sys, "_base_executable", None) or sys.executable
    status, output = _run([base, "-I", "-m", "venv", "--clear", str(checkout.venv)], lock)
    if status:
        raise SetupError(f"no environment could be made in {checkout.venv}:\n{_tail(output)}")


def _install(groups: list[str], checkout: Checkout, lock: SetupLock, *, afresh: bool) -> None:
    files = [checkout.requirements(group) for group in groups]
    wanted = {line for file in files for line in file.read_text().splitlines() if "==" in line}
    names = ", ".join(groups)
    say(f"Installing what Parlor needs into .venv, once ({names}: {len(wanted)} packages at most).")
    pip = [str(checkout.python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    options = ["--no-user", "--require-hashes", *(["--force-reinstall"] if afresh else [])]
    lists = [argument for file in files for argument in ("-r", str(file))]
    progress = Progress(len(wanted))
    status, output = _run([*pip, "install", *options, *lists], lock, progress)
    progress.close()
    if status:
        where = ", ".join(f"requirements/{group}.txt" for group in groups)
        raise SetupError(f"pip could not install what {where} lists:\n{_tail(output)}")


def _run(
    command: list[str], lock: SetupLock, progress: Progress | None = None
) -> tuple[int, list[str]]:
    """Run a command that keeps the lock as long as it lives; its status and its output."""
    lines = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=lock.inheritable(),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if progress:
                progress.show(line)
    return process.returncode, lines


def _tail(lines: list[str]) -> str:
    return "\n".join(f"  {line}" for line in lines[-8:])


class Progress:
    """Shows on standard error how far pip is: one changing line, or every tenth in a log."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.is_terminal = sys.stderr.isatty()

    def show(self, line: str) -> None:
        """Take a line that pip has printed."""
        if line.startswith("Ignoring "):  # a package for other systems
            self.total -= 1
        elif line.startswith(("Collecting ", "Requirement already satisfied: ")):
            self.done += 1
            name = line.partition(": ")[2] or line.partition(" ")[2]
            self._print(f"  {self.done}/{self.total} {name.split()[0].partition('==')[0]}")
        elif line.startswith("Installing collected packages"):
            self.done = self.total
            self._print("  putting them in place")

    def close(self) -> None:
        """Take the changing line away."""
        if self.is_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _print(self, text: str) -> None:
        if self.is_terminal:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
        elif self.done % 10 == 0 or self.done == self.total:
            say(text)


class SetupLock:
    """Held while `.venv` is changed; whoever comes second waits, and says so."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.descriptor = -1

    def __enter__(self) -> SetupLock:
        try:
            self.descriptor = os.open(str(self.checkout.lock), os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise SetupError(
                f"the packages it needs cannot be installed in {self.checkout.root} "
                f"({error.strerror}); make that folder writable, or install what "
                "requirements/*.txt list yourself."
            ) from None
        if not self.take():
            say("Waiting for another start of Parlor, which is installing packages.")
            while not self.take():
                time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def inheritable(self) -> tuple[int, ...]:
        """The descriptors to pass to a child process, so that it keeps the lock too."""
        return () if sys.platform == "win32" else (self.descriptor,)

    def take(self) -> bool:
        """Take the lock if it is free; whether it was."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self.descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def say(text: str) -> None:
    """Tell the person who started the program something, at once."""
    print(text, file=sys.stderr, flush=True)
