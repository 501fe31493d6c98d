"""Operators of the server: settings that have some, and how one becomes one."""

from dataclasses import replace
from functools import cache

from core.config import Config, OperatorConfig
from core.runtime.passwords import Passwords
from tests.fakes.bench import QUIET, Bench, Client

PASSWORD = "secret"


@cache
def password_hash() -> str:
    """The hash of PASSWORD, at the lowest cost there is."""
    return Passwords(memory_kib=8, iterations=1, parallelism=1).hash(PASSWORD)


def with_operator(*permissions: str, config: Config = QUIET) -> Config:
    """Settings with the operator ``root``, who has these permissions (none given: all)."""
    return replace(config, operators={"root": OperatorConfig(password_hash(), permissions)})


def operator(bench: Bench, nick: str = "root", *rooms: str, caps: str = "") -> Client:
    """An operator, by OPER; the settings must have ``root``."""
    client = bench.enter(nick, *rooms, caps=caps)
    answer = client.say(f"OPER root {PASSWORD}")
    assert any(" 381 " in line for line in answer), answer
    for other in bench.clients.values():
        if not other.closed:
            other.read()
    return client
