"""`ensure` on its own, and with a real `.venv` and a real pip, in a checkout that is made up.

That checkout needs one package, which lies in a folder here, so nothing comes from a network.
"""

import ast
import base64
import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.prepare import python_complaint
from core.prepare.environment import PACKAGES, missing_modules, system_hint
from core.prepare.installation import CONTAINED, Checkout, Progress, SetupError, SetupLock

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ["server", "gui", "loadtest", "dev"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)")

PROGRAM = """
import sys
from core.prepare import ensure, environment
environment.PACKAGES["server"] = {"parlor_probe": "parlor-probe"}
ensure("server")
import parlor_probe
print(sys.argv[1:], parlor_probe.VERSION)
raise SystemExit(7)
"""


@pytest.mark.parametrize(
    ("version", "is_fine"),
    [((3, 6), False), ((3, 10), False), ((3, 11), True), ((3, 14), True), ((4, 0), True)],
)
def test_an_old_python_is_told_so(version: tuple[int, int], is_fine: bool) -> None:
    complaint = python_complaint(version)
    assert complaint == "" if is_fine else "needs Python 3.11 or newer" in complaint


@pytest.mark.parametrize(
    "name",
    [
        "run_server.py",
        "run_client.py",
        "core/__init__.py",
        "core/prepare/__init__.py",
        "tests/__init__.py",
        "tests/__main__.py",
    ],
)
def test_what_runs_before_that_is_readable_to_an_old_python(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "__future__" not in source


@pytest.mark.parametrize(
    ("part", "platform", "os_release", "expected"),
    [
        ("tkinter", "linux", "NAME=x\nID=debian\n", "`sudo apt install python3-tk`"),
        ("venv", "linux", "ID=debian", "`sudo apt install python3-venv`"),
        ("venv", "linux", 'ID=mint\nID_LIKE="ubuntu debian"', "`sudo apt install python3-venv`"),
        ("tkinter", "linux", 'ID="fedora"', "`sudo dnf install python3-tkinter`"),
        ("tkinter", "linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"', "dnf install"),
        ("tkinter", "linux", "ID=arch", "`sudo pacman -S tk`"),
        ("tkinter", "darwin", "", "`brew install python-tk@3."),
        ("tkinter", "linux", "ID=unheard-of", "your system's packages"),
        ("venv", "win32", "", "your system's packages"),
    ],
)
def test_the_missing_part_of_python_is_named_as_the_system_names_it(
    part: str, platform: str, os_release: str, expected: str
) -> None:
    assert expected in system_hint(part, platform, os_release)


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert missing_modules("dev") == []


@pytest.mark.parametrize(("program", "group"), [("run_server.py", "server"), ("-m tests", "dev")])
def test_switched_off_it_names_what_to_install(program: str, group: str) -> None:
    command = [sys.executable, "-S", *program.split()]  # -S: as if nothing were installed
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PARLOR_SETUP": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert f"requirements/{group}.txt" in answer.stderr
    for package in set(PACKAGES[group].values()) - {"tkinter"}:
        assert package in answer.stderr


# The pins


def pins(group: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Each package of a group, by its name: its version, and the hashes of its files."""
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    entries = {}
    for entry in re.split(r"(?m)^(?=[a-z0-9])", text)[1:]:
        pin = PIN.match(entry)
        assert pin, entry
        entries[pin[1]] = (pin[2], frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", entry)))
    return entries


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", GROUPS)
def test_all_is_pinned_and_hashed_and_names_no_place(group: str) -> None:
    assert [name for name, (_, hashes) in pins(group).items() if not hashes] == []
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "@" not in text


@pytest.mark.parametrize("group", ["server", "gui", "loadtest"])
def test_dev_holds_what_the_others_need_in_the_same_versions(group: str) -> None:
    assert pins(group).items() <= pins("dev").items()
    assert group in CONTAINED["dev"]


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_looked_for_is_what_the_project_declares(group: str) -> None:
    declared = pyproject()["dependency-groups"][group]
    names = {re.split(r"[^a-z0-9-]", each)[0] for each in declared if isinstance(each, str)}
    assert names - {"py-spy", "uvloop", "dbus-fast"} <= set(PACKAGES[group].values())
    assert set(PACKAGES[group].values()) - {"tkinter"} <= pins(group).keys()


def test_the_oldest_python_is_the_one_declared() -> None:
    assert pyproject()["project"]["requires-python"] == ">=3.11"


# A checkout of its own, with a real .venv


def make_wheel(folder: Path, version: str) -> str:
    """Put parlor-probe of this version there; returns the line that pins it."""
    info = f"parlor_probe-{version}.dist-info"
    files = {
        "parlor_probe.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: parlor-probe\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        record += f"{name},sha256={digest.rstrip('=')},{len(text)}\n"
    path = folder / f"parlor_probe-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            wheel.writestr(name, text)
    return f"parlor-probe=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


class Sandbox(Checkout):
    """A small checkout whose program needs parlor-probe."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        wheels = root / "wheels"
        for folder in (wheels, root / "requirements", root / "core" / "prepare"):
            folder.mkdir(parents=True)
        self.pins = {version: make_wheel(wheels, version) for version in ("1.0", "1.1")}
        for source in [ROOT / "core/__init__.py", *(ROOT / "core/prepare").glob("*.py")]:
            (root / source.relative_to(ROOT)).write_bytes(source.read_bytes())
        (root / "program.py").write_text(PROGRAM)
        kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}
        self.env = {**kept, **pip, "HOME": str(root)}

    def need(self, text: str) -> None:
        """Write the requirements of the group "server"."""
        self.requirements("server").write_text(text + "\n")

    def popen(self) -> subprocess.Popen[str]:
        """Start the program with the bare Python underneath this one."""
        command = [getattr(sys, "_base_executable", sys.executable), "program.py", "a", "--b"]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.root, env=self.env, stdout=pipe, stderr=pipe, text=True
        )

    def start(self) -> tuple[int, str, str]:
        """Run the program to its end: status, output, and what it said besides."""
        with self.popen() as process:
            output, said = process.communicate(timeout=120)
            return process.returncode, output, said

    def forget(self) -> None:
        """Take away the proof that the group is installed."""
        (self.venv / "parlor-server.stamp").unlink()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sandbox, tuple[int, str, str]]:
    """A sandbox whose program was started once, and how that went."""
    sandbox = Sandbox(tmp_path_factory.mktemp("checkout"))
    sandbox.need(sandbox.pins["1.0"])
    return sandbox, sandbox.start()


@pytest.fixture
def sandbox(made: tuple[Sandbox, tuple[int, str, str]]) -> Iterator[Sandbox]:
    """The sandbox, with version 1.0 installed, whatever the test before did."""
    sandbox, _ = made
    sandbox.need(sandbox.pins["1.0"])
    sandbox.start()
    yield sandbox
    sandbox.need(sandbox.pins["1.0"])


OK = (7, "['a', '--b'] 1.0\n")


def test_the_first_start_installs_and_goes_on_in_there(
    made: tuple[Sandbox, tuple[int, str, str]],
) -> None:
    sandbox, (status, output, said) = made
    assert (status, output) == OK
    assert "Making a Python environment" in said
    assert "1 packages at most" in said
    assert sandbox.is_current("server")


def test_the_next_start_says_nothing(sandbox: Sandbox) -> None:
    assert sandbox.start() == (*OK, "")


def test_changed_requirements_are_installed_in_place(sandbox: Sandbox) -> None:
    sandbox.need(sandbox.pins["1.1"])
    status, output, said = sandbox.start()
    assert (status, output) == (7, "['a', '--b'] 1.1\n")
    assert "Making" not in said
    assert sandbox.start() == (7, "['a', '--b'] 1.1\n", "")


def test_an_interrupted_setup_is_done_over(sandbox: Sandbox) -> None:
    (module,) = sandbox.venv.rglob("parlor_probe.py")
    module.write_text("VERSION = 'half of a fi")
    sandbox.begin(["server"])
    status, output, said = sandbox.start()
    assert (status, output) == OK
    assert "Installing" in said
    assert sandbox.unfinished() == []


def test_without_its_stamp_a_group_does_not_count_as_installed(sandbox: Sandbox) -> None:
    sandbox.forget()
    assert not sandbox.is_current("server")
    assert sandbox.start()[:2] == OK
    assert sandbox.is_current("server")


def test_a_venv_whose_python_is_gone_is_made_anew(sandbox: Sandbox) -> None:
    sandbox.python.unlink()
    status, output, said = sandbox.start()
    assert (status, output) == OK
    assert "Making" in said


def test_a_venv_made_for_another_python_does_not_count(sandbox: Sandbox) -> None:
    """As after an upgrade of the system: `.venv/bin/python` is a newer one now."""
    stamp = sandbox.venv / "parlor-server.stamp"
    stamp.write_text(f"{stamp.read_text().split()[0]} 3.99\n")
    assert sandbox.is_current("server")
    assert not sandbox.is_current("server", "3.11")
    status, output, said = sandbox.start()
    assert (status, output) == OK
    assert "Installing" in said


def test_a_failure_is_told_and_the_next_start_mends_it(sandbox: Sandbox) -> None:
    sandbox.need(sandbox.pins["1.1"][:-8] + "0" * 8)
    status, output, said = sandbox.start()
    assert (status, output) == (1, "")
    assert "requirements/server.txt" in said
    assert "Traceback" not in said
    assert not sandbox.is_current("server")
    sandbox.need(sandbox.pins["1.0"])
    assert sandbox.start()[:2] == OK


def test_of_two_starts_at_once_only_one_installs(sandbox: Sandbox) -> None:
    sandbox.forget()
    with sandbox.popen() as one, sandbox.popen() as other:
        answers = [process.communicate(timeout=120) for process in (one, other)]
    assert [output for output, _ in answers] == [OK[1]] * 2
    assert sum("Installing" in said for _, said in answers) == 1


def test_a_start_waits_for_the_set_up_of_another(sandbox: Sandbox) -> None:
    sandbox.forget()
    with SetupLock(sandbox):
        process = sandbox.popen()
        assert process.stderr is not None
        assert "Waiting for another start" in process.stderr.readline()
        assert process.poll() is None
    with process:
        assert process.communicate(timeout=120)[0] == OK[1]


def test_the_lock_outlives_a_killed_parent_in_its_pip(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    with SetupLock(checkout) as lock:
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=lock.inheritable()
        )
    with child, open(checkout.lock, "rb") as file:
        second = SetupLock(checkout)
        second.descriptor = file.fileno()
        assert not second.take()
        child.communicate(b"\n")
        assert second.take()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.lock.mkdir()
    with pytest.raises(SetupError, match=re.escape(str(tmp_path))), SetupLock(checkout):
        pass


def test_progress_in_a_log_shows_every_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(13)
    progress.show("Ignoring colorama: markers 'sys_platform == \"win32\"' don't match\n")
    for number in range(11):
        progress.show(f"Collecting package-{number}==1.0 (from -r server.txt (line 1))")
        progress.show("  Using cached it-1.0-py3-none-any.whl\n")
    progress.show("Requirement already satisfied: last==2.0 in somewhere\n")
    progress.show("Installing collected packages: many, more\n")
    progress.close()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "  10/12 package-9\n  12/12 last\n  putting them in place\n"
