"""The settings: a TOML file, the flags over it, both checked.

Every key is a field here, with its meaning: the table in the README is made from this file.
"""

import argparse
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_type_hints

from core.errors import ConfigError
from core.wire.names import valid_room

PLAINTEXT_CHOICES = ("loopback", "anywhere", "nowhere")
DURABILITY_CHOICES = ("disk", "memory")
# It stands in every line, whose length is limited (RFC 1459, 1.1).
SERVER_NAME_BYTES = 63


_HOST_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
# Above this no limit is any different from none.
GREATEST = (1 << 31) - 1


def _key(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class ServerConfig:
    """``[server]``"""

    name: str = _key("parlor.localhost", "the server's name, as clients see it")
    host: str = _key("localhost", "the name or address to listen on")
    port: int = _key(5000, "the port to listen on; 0: any free one")
    workers: int = _key(0, "worker processes; 0: one per core")
    data: str = _key("data", "folder of the database and the certificate")
    motd: str = _key("", "message of the day; lines are kept")
    lobby: str = _key("#lobby", 'the room where every user starts; "": none')
    password: str = _key("", "asked of every connection (PASS)")


@dataclass(frozen=True)
class TlsConfig:
    """``[tls]``"""

    certificate: str = _key("", 'PEM file; "": made on the first start, kept in the data folder')
    key: str = _key("", "PEM file of the certificate's private key")
    plaintext: str = _key(
        "loopback", "from where connections without TLS are taken: loopback, anywhere or nowhere"
    )


@dataclass(frozen=True)
class LimitsConfig:
    """``[limits]``; 0 lifts a limit."""

    connections_per_address: int = _key(64, "connections of one address; loopback has no limit")
    messages_per_second: float = _key(10.0, "lines a second taken from a connection")
    message_burst: int = _key(30, "lines taken at once before that rate holds")
    send_queue_bytes: int = _key(1048576, "output waiting for a client; past it it is closed")
    receive_queue_bytes: int = _key(65536, "input waiting for its turn; past it it is closed")
    line_bytes: int = _key(512, "length of a line without tags; past it: 417")
    register_seconds: float = _key(30.0, "time to register in")
    ping_seconds: float = _key(90.0, "silence after which a client is asked for a sign of life")
    pong_seconds: float = _key(60.0, "time for the answer to that; then it is closed")
    proposals_in_flight: int = _key(
        64, "commands of a connection that wait for their turn in the order"
    )
    rooms_per_user: int = _key(100, "rooms that a user may be in")
    list_entries: int = _key(100, "entries of a room's ban list")
    targets: int = _key(4, "targets of one message command")
    topic_length: int = _key(390, "characters of a topic")
    away_length: int = _key(200, "characters of an away message")
    kick_length: int = _key(200, "characters of a reason to kick or leave")
    key_length: int = _key(32, "characters of a room's key")
    history_messages: int = _key(500, "messages that one history request returns")


@dataclass(frozen=True)
class HistoryConfig:
    """``[history]``"""

    durability: str = _key("disk", "disk: committed before it is shown; memory: committed behind")
    keep_days: int = _key(0, "days that messages are kept; 0: for ever")


@dataclass(frozen=True)
class Config:
    """All settings.  ``source`` names where they came from, for messages."""

    server: ServerConfig = field(default_factory=ServerConfig)
    tls: TlsConfig = field(default_factory=TlsConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    history: HistoryConfig = field(default_factory=HistoryConfig)
    source: str = ""


def load(path: Path | None) -> Config:
    """The settings in the file ``path``; the defaults for None.

    Raises ConfigError, with the file and the key, for whatever is not as it must be.
    """
    if path is None:
        return Config()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None
    return checked(from_table(table, str(path)))


def from_table(table: dict[str, Any], source: str) -> Config:
    """Settings from parsed TOML; unknown keys and wrong types are errors."""
    sections = {f.name: f for f in fields(Config) if f.name != "source"}
    kinds = get_type_hints(Config)
    values: dict[str, Any] = {}
    for name, content in table.items():
        if name not in sections:
            raise ConfigError(f"{source}: unknown section [{name}]; there are {_list(sections)}")
        if not isinstance(content, dict):
            raise ConfigError(f"{source}: {name} must be a section, written [{name}]")
        values[name] = _section(kinds[name], content, name, source)
    return Config(**values, source=source)


def _section(kind: Any, content: dict[str, Any], section: str, source: str) -> Any:
    types = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in content.items():
        where = f"{source}: {section}.{key}"
        if key not in types:
            raise ConfigError(f"{where}: unknown key; [{section}] has {_list(types)}")
        wanted = types[key]
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            raise ConfigError(f"{where}: must be {_TYPE_NAMES[wanted]}, not {value!r}")
        values[key] = value
    return kind(**values)


_TYPE_NAMES = {str: "a string", int: "a whole number", float: "a number"}


def _list(names: Any) -> str:
    return ", ".join(names)


def checked(config: Config) -> Config:
    """``config`` itself, if every value is one that can work."""
    where = f"{config.source}: " if config.source else ""
    _require(0 <= config.server.port <= 65535, f"{where}server.port: must be 0 to 65535")
    _require(0 <= config.server.workers <= 256, f"{where}server.workers: must be 0 to 256")
    _require(
        len(config.server.name) <= SERVER_NAME_BYTES
        and _HOST_NAME.fullmatch(config.server.name) is not None,
        f"{where}server.name: must be a host name of at most {SERVER_NAME_BYTES} ASCII letters,"
        " digits, dots and hyphens",
    )
    _require(
        not config.server.lobby or valid_room(config.server.lobby),
        f'{where}server.lobby: must be a room name such as "#lobby", or ""',
    )
    _choice(where, "tls.plaintext", config.tls.plaintext, PLAINTEXT_CHOICES)
    _choice(where, "history.durability", config.history.durability, DURABILITY_CHOICES)
    _require(
        bool(config.tls.certificate) == bool(config.tls.key),
        f"{where}tls.certificate and tls.key: give both or neither",
    )
    for limit in fields(LimitsConfig):
        _require(
            0 <= getattr(config.limits, limit.name) <= GREATEST,
            f"{where}limits.{limit.name}: must be 0 (no limit) to {GREATEST}",
        )
    _require(config.limits.line_bytes >= 512, f"{where}limits.line_bytes: must be 512 or more")
    _require(config.history.keep_days >= 0, f"{where}history.keep_days: must not be negative")
    return config


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ConfigError(sentence)


def _choice(where: str, key: str, value: str, choices: Sequence[str]) -> None:
    _require(value in choices, f"{where}{key}: must be one of {_list(choices)}, not {value!r}")


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
    return checked(replace(config, server=replace(config.server, **given)))


def table() -> str:
    """All keys as a Markdown table, as the README shows them."""
    rows = ["| key | default | meaning |", "|---|---|---|"]
    for section in fields(Config):
        kind = get_type_hints(Config)[section.name]
        if is_dataclass(kind):
            rows += [
                f"| `{section.name}.{f.name}` | `{_toml(f.default)}` | {f.metadata['meaning']} |"
                for f in fields(kind)
            ]
    return "\n".join(rows) + "\n"


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
