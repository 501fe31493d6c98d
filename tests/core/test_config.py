"""The settings: the file, the flags over it, and a sentence for each mistake."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from core import config, errors
from core.config import Config, HistoryConfig, LimitsConfig, ServerConfig, TlsConfig
from core.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "parlor.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_there_are_the_defaults() -> None:
    assert config.load(None) == Config() == config.checked(Config())
    assert (Config().server.host, Config().server.port) == ("localhost", 5000)


def test_a_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [server]
        name = "chat.example"
        port = 0
        motd = "grüße"
        [limits]
        messages_per_second = 5        # a whole number is a number
        ping_seconds = 1.5
        [tls]
        certificate = "a.pem"
        key = "b.pem"
        [history]
        durability = "memory"
        """,
    )
    assert config.load(path) == Config(
        ServerConfig(name="chat.example", port=0, motd="grüße"),
        TlsConfig(certificate="a.pem", key="b.pem"),
        LimitsConfig(messages_per_second=5.0, ping_seconds=1.5),
        HistoryConfig(durability="memory"),
        source=str(path),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[server", "is not TOML"),
        ("[nobody]", "unknown section [nobody]; there are server, tls, limits, history"),
        ('source = "x"', "unknown section [source]"),
        ("server = 1", "server must be a section, written [server]"),
        ("[server]\nnmae = 1", "server.nmae: unknown key; [server] has name, host"),
        ("[server]\nport = '1'", "server.port: must be a whole number, not '1'"),
        ("[server]\nport = 1.5", "server.port: must be a whole number, not 1.5"),
        ("[server]\nport = true", "server.port: must be a whole number, not True"),
        ("[server]\nname = 1", "server.name: must be a string, not 1"),
        ("[limits]\nping_seconds = true", "limits.ping_seconds: must be a number, not True"),
        ("[server]\nport = 70000", "server.port: must be 0 to 65535"),
        ("[server]\nport = -1", "server.port: must be 0 to 65535"),
        ("[server]\nworkers = 257", "server.workers: must be 0 to 256"),
        ("[server]\nname = ''", "server.name: must be a host name"),
        ("[server]\nname = 'a b'", "server.name: must be a host name"),
        ("[server]\nlobby = 'lobby'", "server.lobby: must be a room name"),
        ("[tls]\nplaintext = 'no'", "tls.plaintext: must be one of loopback, anywhere, nowhere"),
        ("[history]\ndurability = ''", "history.durability: must be one of disk, memory, not ''"),
        ("[tls]\nkey = 'a'", "tls.certificate and tls.key: give both or neither"),
        ("[limits]\ntargets = -1", "limits.targets: must be 0 (no limit) to"),
        ("[limits]\nping_seconds = nan", "limits.ping_seconds: must be 0 (no limit) to"),
        ("[limits]\nline_bytes = 511", "limits.line_bytes: must be 512 or more"),
        ("[history]\nkeep_days = -1", "history.keep_days: must not be negative"),
    ],
)
def test_mistakes_are_named_with_the_file_and_the_key(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert sentence in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        config.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xff")
    with pytest.raises(ConfigError, match="is not TOML"):
        config.load(tmp_path / "latin.toml")


@pytest.mark.parametrize("lobby", ["", "#a"])
def test_lobbies(lobby: str) -> None:
    settings = Config(server=ServerConfig(lobby=lobby))
    assert config.checked(settings) is settings


def test_without_a_file_a_mistake_is_named_by_its_key_alone() -> None:
    with pytest.raises(ConfigError, match=r"^server\.port"):
        config.checked(Config(server=ServerConfig(port=-1)))


# Flags.


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "[server]\nport = 1\nhost = 'file'\nmotd = 'kept'")
    flags = ["--config", str(path), "--port", "2", "--workers", "3", "--data", "there"]
    server = ServerConfig(host="file", port=2, motd="kept", workers=3, data="there")
    assert config.from_arguments(flags) == replace(Config(), server=server, source=str(path))
    assert config.from_arguments(["--host", "h", "--port", "0"]).server == ServerConfig(
        host="h", port=0
    )
    assert config.from_arguments([]) == Config()


def test_flags_are_checked_too() -> None:
    with pytest.raises(ConfigError, match=r"server\.workers"):
        config.from_arguments(["--workers", "1000"])


def test_what_is_no_flag_is_said_by_the_parser(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        config.from_arguments(["--port", "many"])
    assert "run_server.py: error" in capsys.readouterr().err


# The table.


def test_the_table_has_every_key() -> None:
    rows = config.table().splitlines()
    keys = [
        f"{section.name}.{key.name}"
        for section in fields(Config)
        if is_dataclass(getattr(Config(), section.name))
        for key in fields(getattr(Config(), section.name))
    ]
    assert [row.split("`")[1] for row in rows[2:]] == keys
    assert '| `server.lobby` | `"#lobby"` |' in config.table()
    assert "| `limits.ping_seconds` | `90.0` |" in config.table()


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (errors.MalformedLine, errors.PeerError),
        (errors.InvalidUtf8, errors.PeerError),
        (errors.ConfigError, errors.OperatorError),
    ],
)
def test_errors_are_sorted_by_whose_fault_they_are(
    kind: type[Exception], fault: type[Exception]
) -> None:
    assert issubclass(kind, fault)
    assert issubclass(fault, errors.ParlorError)
    assert not issubclass(errors.PeerError, errors.OperatorError)
