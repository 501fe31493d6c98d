"""Reading the file again while the server runs: what changes at once, what needs a restart."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from core.config.checks import checked
from core.config.reading import load
from core.config.sections import Config


class Reload(NamedTuple):
    """What came of it."""

    config: Config  # the new settings; what needs a restart is as it was
    changed: tuple[str, ...]  # keys that took effect, as "server.motd"
    restart: tuple[str, ...]  # keys that the file has otherwise than the server runs with


def reload(running: Config) -> Reload:
    """Read the file that ``running`` came from again; the command line's flags still win.

    Raises ConfigError; then nothing has changed.
    """
    fresh = load(Path(running.source) if running.source else None)
    fresh = replace(fresh, server=replace(fresh.server, **running.flags), flags=running.flags)
    checked(fresh)
    changed: list[str] = []
    restart: list[str] = []
    kept: dict[str, Any] = {}
    for section in fields(Config):
        old, new = getattr(running, section.name), getattr(fresh, section.name)
        if is_dataclass(old):
            later = _waiting(old, new)
            restart += [f"{section.name}.{key}" for key in later]
            new = kept[section.name] = replace(new, **later)
            changed += _different(section.name, old, new)
        elif section.name == "operators":
            changed += _different_named(section.name, old, new)
    return Reload(checked(replace(fresh, **kept)), tuple(changed), tuple(restart))


def _waiting(old: Any, new: Any) -> dict[str, Any]:
    """The old values of changed keys that only a restart changes."""
    return {
        key.name: getattr(old, key.name)
        for key in fields(old)
        if key.metadata["restart"] and getattr(old, key.name) != getattr(new, key.name)
    }


def _different(name: str, old: Any, new: Any) -> list[str]:
    return [
        f"{name}.{key.name}"
        for key in fields(old)
        if getattr(old, key.name) != getattr(new, key.name)
    ]


def _different_named(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    names = dict.fromkeys((*old, *new))
    return [f"{name}.{key}" for key in names if old.get(key) != new.get(key)]
