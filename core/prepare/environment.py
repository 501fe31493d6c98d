"""Whether this Python has what a program needs, and the way to one that has.

Outside of `.venv` any version of a package will do: whoever brings packages of their own has
chosen them.  Inside of it, only what the requirements files say will.
"""

import importlib.util
import os
import sys
from pathlib import Path

from core.prepare.installation import Checkout, SetupError, say, set_up

SWITCH = "PARLOR_SETUP"
RESTARTED = "PARLOR_RESTARTED"
"""Set from just before a restart in `.venv` until that has begun: it must not go in circles."""

_UVLOOP = {} if sys.platform == "win32" else {"uvloop": "uvloop"}
_DBUS = {"dbus_fast": "dbus-fast"} if sys.platform == "linux" else {}
_SERVER = {
    "argon2": "argon2-cffi",
    "cryptography": "cryptography",
    "msgspec": "msgspec",
    "precis_i18n": "precis-i18n",
    "prometheus_client": "prometheus-client",
    "setproctitle": "setproctitle",
    "websockets": "websockets",
    **_UVLOOP,
}
_GUI = {
    "PIL": "pillow",
    "cryptography": "cryptography",
    "desktop_notifier": "desktop-notifier",
    "keyring": "keyring",
    "msgspec": "msgspec",
    "platformdirs": "platformdirs",
    **_DBUS,
}
_LOADTEST = {"locust": "locust", "msgspec": "msgspec"}
_TESTS = {
    "hypothesis": "hypothesis",
    "mypy": "mypy",
    "pytest": "pytest",
    "pytest_cov": "pytest-cov",
    "pytest_timeout": "pytest-timeout",
    "ruff": "ruff",
}
PACKAGES = {
    "server": _SERVER,
    "gui": {"_tkinter": "tkinter", **_GUI},
    "loadtest": _LOADTEST,
    "dev": {**_SERVER, **_GUI, **_LOADTEST, **_TESTS},
}
"""For each group, the modules that its programs import, and the packages they come from.

The tests do without tkinter: those of the windows are skipped then.
"""

_SYSTEM_OF = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "manjaro": "arch"}
_SYSTEM_COMMAND = {
    ("debian", "venv"): "sudo apt install python3-venv",
    ("debian", "tkinter"): "sudo apt install python3-tk",
    ("fedora", "tkinter"): "sudo dnf install python3-tkinter",
    ("arch", "tkinter"): "sudo pacman -S tk",
    ("darwin", "tkinter"): "brew install python-tk@{version}",
}
"""What brings a part of Python on the systems that ship it apart."""


def prepare(group: str) -> None:
    """Do what `core.prepare.ensure` promises."""
    try:
        _prepare(group, Checkout(Path(__file__).resolve().parents[2]))
    except SetupError as error:
        raise SystemExit(f"Parlor cannot start: {error}") from None
    except OSError as error:
        raise SystemExit(f"Parlor cannot start, its set-up failed: {error}") from None
    except KeyboardInterrupt:
        say("\nThe set-up was interrupted; the next start does it over.")
        raise SystemExit(130) from None


def _prepare(group: str, checkout: Checkout) -> None:
    may_install = os.environ.get(SWITCH) != "0"
    has_restarted = os.environ.pop(RESTARTED, None) is not None
    inside = checkout.is_running()
    if inside and may_install:
        ready = checkout.is_current(group, running_version())
    else:
        ready = not missing_modules(group)
    if ready:
        return
    if not may_install:
        raise SetupError(_lacks(group, f"and {SWITCH}=0 forbids installing it"))
    if has_restarted and not inside:
        raise SetupError(f"Python does not use {checkout.venv}, which was made for it.")
    if inside or not checkout.is_current(group):
        refuse_incomplete_python(group)
        set_up(group, checkout, needs_tkinter="_tkinter" in PACKAGES[group])
    _restart(checkout.python)


def _restart(python: Path) -> None:
    """Run this program again, with the same arguments, under another Python."""
    os.environ[RESTARTED] = "1"
    command = [str(python), *sys.orig_argv[1:]]
    if sys.platform == "win32":  # where execv would give the terminal back at once
        import subprocess

        raise SystemExit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(command[0], command)


def refuse_incomplete_python(group: str) -> None:
    """Raise `SetupError` where Python lacks a part that only the system can bring."""
    for module, part in [("_tkinter", "tkinter"), ("venv", "venv"), ("ensurepip", "venv")]:
        is_needed = module != "_tkinter" or module in PACKAGES[group]
        if is_needed and importlib.util.find_spec(module) is None:
            raise SetupError(_lacks_part(part))


def missing_modules(group: str) -> list[str]:
    """The modules that `group` needs and this Python cannot import; none gets imported."""
    return [module for module in PACKAGES[group] if importlib.util.find_spec(module) is None]


def running_version() -> str:
    """The version of the running Python, as "3.11"."""
    return "{}.{}".format(*sys.version_info)


def _lacks(group: str, why: str) -> str:
    names = ", ".join(PACKAGES[group][module] for module in missing_modules(group))
    return (
        f"{sys.executable} lacks {names}, {why}; "
        f"requirements/{group}.txt lists the versions to install."
    )


def _lacks_part(part: str) -> str:
    os_release = Path("/etc/os-release")
    text = os_release.read_text(encoding="utf-8") if os_release.exists() else ""
    return f"{sys.executable} lacks {part}; {system_hint(part, sys.platform, text)}."


def system_hint(part: str, platform: str, os_release: str) -> str:
    """How to bring "tkinter" or "venv" to a system: `sys.platform`, and /etc/os-release."""
    systems = [platform]
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in ("ID", "ID_LIKE"):
            systems += value.strip("\"'").split()
    for system in systems:
        command = _SYSTEM_COMMAND.get((_SYSTEM_OF.get(system, system), part))
        if command:
            return f"install it with `{command.format(version=running_version())}`"
    return "install it with your system's packages, or take another Python"
