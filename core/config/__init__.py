"""The settings: a TOML file, the flags over it, both checked.

Every key is a field in ``sections.py``, with its meaning: the README's table is made from there.
``reading.py`` makes sections of TOML, ``checks.py`` refuses values that cannot work, and
``reloading.py`` reads the file again while the server runs.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.config.checks import checked
from core.config.reading import from_table, load, table
from core.config.reloading import Reload, reload
from core.config.sections import (
    PERMISSIONS,
    AccountsConfig,
    Config,
    HistoryConfig,
    LimitsConfig,
    OperatorConfig,
    ProxyConfig,
    ServerConfig,
    TlsConfig,
    WebsocketConfig,
)

__all__ = [
    "PERMISSIONS",
    "AccountsConfig",
    "Config",
    "HistoryConfig",
    "LimitsConfig",
    "OperatorConfig",
    "ProxyConfig",
    "Reload",
    "ServerConfig",
    "TlsConfig",
    "WebsocketConfig",
    "checked",
    "from_arguments",
    "from_table",
    "load",
    "parser",
    "reload",
    "table",
]


def parser() -> argparse.ArgumentParser:
    """The command line of ``run_server.py``."""
    result = argparse.ArgumentParser(
        prog="run_server.py", description="Serve a Parlor chat.  Flags win over the file."
    )
    result.add_argument("--config", metavar="FILE", type=Path, help="TOML file with the settings")
    result.add_argument("--host", metavar="H", help="name or address to listen on")
    result.add_argument("--port", metavar="P", type=int, help="port to listen on; 0: any free one")
    result.add_argument(
        "--workers", metavar="N", type=int, help="worker processes; 0: one per core"
    )
    result.add_argument("--data", metavar="DIR", help="folder of the database and the certificate")
    result.add_argument(
        "--hash-password",
        action="store_true",
        help="ask for a password, print its hash for [operators.NAME], and serve nothing",
    )
    return result


def from_arguments(arguments: Sequence[str] | None = None) -> Config:
    """The settings of a command line (None: the process's own)."""
    flags = parser().parse_args(arguments)
    config = load(flags.config)
    given = {
        name: getattr(flags, name)
        for name in ("host", "port", "workers", "data")
        if getattr(flags, name) is not None
    }
    return checked(replace(config, server=replace(config.server, **given), flags=given))
