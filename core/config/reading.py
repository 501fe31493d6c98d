"""From TOML to settings: unknown keys and wrong types are errors that name the key."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from core.config.checks import checked
from core.config.sections import Config
from core.errors import ConfigError

# What stands in a table for the name of a section that there can be several of.
NAME = "NAME"

_LIST = tuple[str, ...]
_TYPE_NAMES = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    _LIST: "a list of strings",
}


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
    sections = _sections()
    values: dict[str, Any] = {}
    for name, content in table.items():
        if name not in sections:
            known = ", ".join(sections)
            raise ConfigError(f"{source}: unknown section [{name}]; there are {known}")
        _require_section(name, content, source)
        kind = sections[name]
        if is_dataclass(kind):
            values[name] = _section(kind, content, name, source)
            continue
        one = get_args(kind)[1]
        for key, part in content.items():
            _require_section(f"{name}.{key}", part, source)
        values[name] = {
            key: _section(one, part, f"{name}.{key}", source) for key, part in content.items()
        }
    return Config(**values, source=source)


def _sections() -> dict[str, Any]:
    """The sections' types: a dataclass, or a mapping of names to one."""
    kinds = get_type_hints(Config)
    return {f.name: kinds[f.name] for f in fields(Config) if f.name not in ("source", "flags")}


def _require_section(name: str, content: object, source: str) -> None:
    if not isinstance(content, dict):
        raise ConfigError(f"{source}: {name} must be a section, written [{name}]")


def _section(kind: Any, content: dict[str, Any], section: str, source: str) -> Any:
    types = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in content.items():
        where = f"{source}: {section}.{key}"
        if key not in types:
            raise ConfigError(f"{where}: unknown key; [{section}] has {', '.join(types)}")
        values[key] = _value(value, types[key], where)
    return kind(**values)


def _value(value: Any, wanted: Any, where: str) -> Any:
    if wanted is float and type(value) is int:
        return float(value)
    if wanted == _LIST:
        fits = type(value) is list and all(type(item) is str for item in value)
    else:
        fits = type(value) is wanted
    if not fits:
        raise ConfigError(f"{where}: must be {_TYPE_NAMES[wanted]}, not {value!r}")
    return tuple(value) if wanted == _LIST else value


def keys() -> Iterator[tuple[str, Field[Any]]]:
    """All keys there are, as "server.name", with their fields."""
    for name, kind in _sections().items():
        if get_origin(kind) is Mapping:
            name, kind = f"{name}.{NAME}", get_args(kind)[1]
        for key in fields(kind):
            yield f"{name}.{key.name}", key


def table() -> str:
    """All keys as a Markdown table, as the README shows them."""
    rows = ["| key | default | meaning |", "|---|---|---|"]
    rows += [
        f"| `{name}` | `{_toml(key.default)}` | {key.metadata['meaning']} |" for name, key in keys()
    ]
    return "\n".join(rows) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
