"""Imports go down only, and the pure packages stay pure.

The tables below are the design's: who may import whom, and what a pure module must not touch.
A file that breaks one is named here with its line.  The checker is itself checked, on sources
made up to break each rule.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKED = ("core", "gui", "loadtest", "run_server.py", "run_client.py")

MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "core.prepare": set(),
    "core.errors": set(),
    "core.wire": {"core.errors"},
    "core.config": {"core.errors", "core.wire"},
    "core.state": {"core.errors", "core.wire"},
    "core.session": {"core.errors", "core.wire", "core.config", "core.state"},
    "core.client": {"core.errors", "core.wire"},
    "core.store": {"core.errors", "core.wire", "core.config", "core.state"},
    "core.cluster": {"core.errors", "core.wire", "core.config", "core.state"},
    "core.runtime": {
        "core.errors",
        "core.wire",
        "core.config",
        "core.state",
        "core.session",
        "core.store",
        "core.cluster",
    },
    "gui": {"core.errors", "core.wire", "core.client"},
    "loadtest": {"core.errors", "core.wire", "core.client", "core.prepare"},
    "run_server": {"core.prepare", "core.runtime"},
    "run_client": {"core.prepare", "gui"},
}
"""For each layer of ours, the others it may import; itself it always may."""

OURS = {"core", "gui", "loadtest", "tests", "run_server", "run_client"}
WORLD = {"asyncio", "multiprocessing", "os", "random", "secrets", "selectors", "socket", "sqlite3"}
WORLD |= {"ssl", "subprocess", "threading", "time", "uvloop"}
SCREEN = {"tkinter", "_tkinter", "PIL.ImageTk"}
DRAWING = ("gui.app", "gui.bench", "gui.styles", "gui.testmode", "gui.theme", "gui.views")
PARSERS = {"core.wire.lines", "core.wire.message", "core.wire.tags"}


class Ban(NamedTuple):
    """Modules that everything in one place must leave alone."""

    place: str
    modules: set[str]
    but_not: tuple[str, ...] = ()
    """Places inside `place` that the ban does not cover."""


BANS = [
    Ban("core.wire", WORLD),
    Ban("core.state", WORLD),
    Ban("core.session", WORLD),
    Ban("core.client", WORLD),
    Ban("core", SCREEN),
    Ban("core", {"locust", "gevent"}),
    Ban("loadtest", SCREEN),
    Ban("loadtest", PARSERS),
    Ban("gui", PARSERS),
    Ban("gui", SCREEN, but_not=DRAWING),
    Ban("gui.views", {"asyncio", "socket", "selectors", "ssl", "sqlite3", "core.client.session"}),
]


class Import(NamedTuple):
    """One name that a module imports."""

    line: int
    target: str
    """As dotted as it gets: `from a.b import c` imports "a.b.c", for c may be a module."""


def is_in(module: str, place: str) -> bool:
    """Whether a dotted name is that of a place, or of something in it."""
    return module == place or module.startswith(place + ".")


def layer_of(module: str) -> str | None:
    """The layer a module of ours belongs to: the longest name in the table that holds it."""
    layers = [layer for layer in MAY_IMPORT if is_in(module, layer)]
    layer = max(layers, key=len, default=None)
    return None if layer == "core" != module else layer


def imports_of(source: str, package: str) -> Iterator[Import]:
    """All imports in a source, those inside functions and `if TYPE_CHECKING` too.

    package: the one that relative imports start from.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - max(node.level - 1, 0)]
            parts = [*(above if node.level else []), *([node.module] if node.module else [])]
            yield from (Import(node.lineno, ".".join([*parts, name.name])) for name in node.names)


def breaches(module: str, source: str, package: str) -> list[str]:
    """What a module imports although its layer must not, one sentence each."""
    layer = layer_of(module)
    if layer is None:
        return [f"{module} is in no layer of the table"]
    found = []
    for line, target in imports_of(source, package):
        where = f"{module}, line {line}: imports {target}"
        is_ours = target.split(".")[0] in OURS
        allowed = MAY_IMPORT[layer] | ({layer} - {"core"}) | {"core.__version__"}
        if is_ours and not any(is_in(target, lower) for lower in allowed):
            found.append(f"{where}, which {layer} must not")
        for ban in BANS:
            covered = is_in(module, ban.place) and not any(is_in(module, x) for x in ban.but_not)
            if covered and any(is_in(target, banned) for banned in ban.modules):
                found.append(f"{where}, which nothing in {ban.place} may")
    return found


def modules() -> Iterator[tuple[str, str, Path]]:
    """Every module that the table speaks of: its name, its package and its file."""
    for name in CHECKED:
        place = ROOT / name
        for path in [place] if name.endswith(".py") else sorted(place.rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            package = ".".join(parts[:-1])
            is_package = parts[-1] == "__init__"
            yield package if is_package else ".".join(parts), package, path


@pytest.mark.parametrize(
    ("module", "package", "path"), [pytest.param(*each, id=each[0]) for each in modules()]
)
def test_module_keeps_to_its_layer(module: str, package: str, path: Path) -> None:
    assert breaches(module, path.read_text(encoding="utf-8"), package) == []


def test_the_modules_are_found() -> None:
    names = {module for module, _, _ in modules()}
    assert {"core", "core.errors", "core.wire.lines", "gui", "run_server"} <= names


def test_the_table_names_no_layer_in_a_circle() -> None:
    done: set[str] = set()
    while len(done) < len(MAY_IMPORT):
        free = {layer for layer in MAY_IMPORT if layer not in done and MAY_IMPORT[layer] <= done}
        assert free, f"a circle among {set(MAY_IMPORT) - done}"
        done |= free


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core", "from core.wire import lines"),
        ("core.wire.lines", "import socket"),
        ("core.wire.lines", "import os.path"),
        ("core.wire.lines", "from core.state import replica"),
        ("core.wire.lines", "from core import state"),
        ("core.wire.lines", "from .. import state"),
        ("core.wire.lines", "from ..state.replica import Replica"),
        ("core.state.replica", "from time import monotonic"),
        ("core.state.replica", "def apply():\n    import random"),
        ("core.state.replica", "from core.session.outbox import Outbox"),
        ("core.session.keepalive", "import asyncio.timeouts"),
        ("core.session.dispatch", "from core.runtime.worker import Worker"),
        ("core.session.dispatch", "if TYPE_CHECKING:\n    import core.client"),
        ("core.client.session", "import threading"),
        ("core.client.session", "from core.state.records import Room"),
        ("core.store.writer", "from core.session import connection"),
        ("core.cluster.stream", "from core.runtime.relay import Relay"),
        ("core.runtime.worker", "from core.client import session"),
        ("core.runtime.worker", "import gui"),
        ("core.runtime.worker", "from tests.fakes import clock"),
        ("core.runtime.worker", "import tkinter"),
        ("gui.model.timeline", "import tkinter.font"),
        ("gui.presenter.chat", "from tkinter import font"),
        ("gui.presenter.chat", "from PIL import ImageTk"),
        ("gui.presenter.chat", "from core.wire.message import parse"),
        ("gui.network", "from core.session import connection"),
        ("gui.views.window", "import socket"),
        ("gui.views.window", "from core.client.session import Session"),
        ("loadtest.users", "from core.runtime import tls"),
        ("loadtest.users", "from gui import model"),
        ("run_client", "from core.runtime.supervisor import main"),
        ("core.helpers", ""),
    ],
)
def test_the_checker_sees_a_breach(module: str, source: str) -> None:
    assert breaches(module, source, module.rpartition(".")[0]) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core.wire.lines", "from core.wire.tags import escape"),
        ("core.wire.lines", "from .tags import escape\nfrom . import masks"),
        ("core.session.welcome", "from core import __version__"),
        ("core.wire.lines", "import timeit, re\nfrom collections import abc"),
        ("core.session.dispatch", "from core.state.replica import Replica"),
        ("core.runtime.worker", "import asyncio\nfrom core.session import connection"),
        ("gui.views.window", "import tkinter\nfrom gui.presenter import chat"),
        ("gui.app", "import tkinter"),
        ("gui.network", "import asyncio\nfrom core.client.session import Session"),
        ("run_server", "from core.runtime.supervisor import main"),
    ],
)
def test_the_checker_lets_pass_what_goes_down(module: str, source: str) -> None:
    assert breaches(module, source, module.rpartition(".")[0]) == []
