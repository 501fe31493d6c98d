"""Which values can work.  What is refused is said in one sentence that names the key."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields

from core.config import sections
from core.config.sections import AccountsConfig, Config, LimitsConfig, OperatorConfig, ServerConfig
from core.errors import ConfigError
from core.wire.names import valid_room

# It stands in every line, whose length is limited (RFC 1459, 1.1).
SERVER_NAME_BYTES = 63
NETWORK_CHARACTERS = 50
ADMIN_CHARACTERS = 200
# Above this no limit is any different from none.
GREATEST = (1 << 31) - 1
# More memory than this for one password is a slip of the pen.
GREATEST_MEMORY_KIB = 1 << 22

_HOST_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_ORIGIN = re.compile(r"\*|null|[a-z][a-z0-9+.-]*://(?:\[[0-9a-f:.]+\]|[^\s/:@?#\[\]]+)(?::\d+)?")
_ARGON2 = re.compile(
    r"\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+"
)


def checked(config: Config) -> Config:
    """``config`` itself, if every value is one that can work.  Raises ConfigError."""
    where = f"{config.source}: " if config.source else ""
    _check_server(where, config.server)
    _check_tls(where, config)
    for origin in config.websocket.origins:
        _require(
            _ORIGIN.fullmatch(origin.lower()) is not None,
            f'{where}websocket.origins: {origin!r} must be as "https://chat.example" (without a'
            ' path, with the port if it is not the usual one), or "*"',
        )
    for key in fields(config.proxy):
        for network in getattr(config.proxy, key.name):
            _check_network(f"{where}proxy.{key.name}", network)
    _check_accounts(where, config.accounts)
    _check_operators(where, config.operators)
    _check_limits(where, config.limits)
    _choice(where, "history.durability", config.history.durability, sections.DURABILITY_CHOICES)
    _require(config.history.keep_days >= 0, f"{where}history.keep_days: must not be negative")
    return config


def _check_server(where: str, server: ServerConfig) -> None:
    _require(0 <= server.port <= 65535, f"{where}server.port: must be 0 to 65535")
    _require(0 <= server.workers <= 256, f"{where}server.workers: must be 0 to 256")
    _require(
        len(server.name) <= SERVER_NAME_BYTES and _HOST_NAME.fullmatch(server.name) is not None,
        f"{where}server.name: must be a host name of at most {SERVER_NAME_BYTES} ASCII letters,"
        " digits, dots and hyphens",
    )
    _require(
        0 < len(server.network) <= NETWORK_CHARACTERS
        and server.network.isprintable()
        and " " not in server.network,
        f"{where}server.network: must be one word of at most {NETWORK_CHARACTERS} characters",
    )
    _require(
        not server.lobby or valid_room(server.lobby),
        f'{where}server.lobby: must be a room name such as "#lobby", or ""',
    )
    for name in ("admin_name", "admin_location", "admin_email"):
        text = getattr(server, name)
        _require(
            len(text) <= ADMIN_CHARACTERS and text.isprintable(),
            f"{where}server.{name}: must be one line of at most {ADMIN_CHARACTERS} characters",
        )


def _check_tls(where: str, config: Config) -> None:
    tls = config.tls
    _choice(where, "tls.plaintext", tls.plaintext, sections.PLAINTEXT_CHOICES)
    _require(
        bool(tls.certificate) == bool(tls.key),
        f"{where}tls.certificate and tls.key: give both or neither",
    )
    _require(0 <= tls.sts_seconds <= GREATEST, f"{where}tls.sts_seconds: must be 0 to {GREATEST}")
    _require(0 <= tls.sts_port <= 65535, f"{where}tls.sts_port: must be 0 to 65535")


def _check_network(key: str, network: str) -> None:
    try:
        ipaddress.ip_network(network)
    except ValueError:
        raise ConfigError(
            f'{key}: {network!r} must be an address or a network, as "10.0.0.1" or "10.0.0.0/8"'
        ) from None


def _check_accounts(where: str, accounts: AccountsConfig) -> None:
    _choice(where, "accounts.registration", accounts.registration, sections.REGISTRATION_CHOICES)
    lanes = accounts.argon2_parallelism
    _require(1 <= lanes <= 64, f"{where}accounts.argon2_parallelism: must be 1 to 64")
    _require(
        1 <= accounts.argon2_iterations <= 1000,
        f"{where}accounts.argon2_iterations: must be 1 to 1000",
    )
    _require(
        8 * lanes <= accounts.argon2_memory_kib <= GREATEST_MEMORY_KIB,
        f"{where}accounts.argon2_memory_kib: must be {8 * lanes} (8 for each of the lanes) to"
        f" {GREATEST_MEMORY_KIB}",
    )


def _check_operators(where: str, operators: Mapping[str, OperatorConfig]) -> None:
    for name, operator in operators.items():
        key = f"{where}operators.{name}"
        _require(
            0 < len(name) <= 64 and name.isprintable() and " " not in name and name[0] != ":",
            f"{key}: the name must be one word of at most 64 characters",
        )
        _require(
            _ARGON2.fullmatch(operator.password_hash) is not None,
            f'{key}.password_hash: must be the argon2 hash of a password, "$argon2id$v=19$..."',
        )
        for permission in operator.permissions:
            _choice("", f"{key}.permissions", permission, sections.PERMISSIONS)


def _check_limits(where: str, limits: LimitsConfig) -> None:
    for limit in fields(limits):
        _require(
            0 <= getattr(limits, limit.name) <= GREATEST,
            f"{where}limits.{limit.name}: must be 0 (no limit) to {GREATEST}",
        )
    _require(limits.line_bytes >= 512, f"{where}limits.line_bytes: must be 512 or more")


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ConfigError(sentence)


def _choice(where: str, key: str, value: str, choices: Sequence[str]) -> None:
    wanted = ", ".join(choices)
    _require(value in choices, f"{where}{key}: must be one of {wanted}, not {value!r}")
