"""The settings: the file, the flags over it, and a sentence for each mistake."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from core import config, errors
from core.config import (
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
from core.errors import ConfigError

HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA"
OPERATOR = f"[operators.root]\npassword_hash = '{HASH}'\n"


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
        sts_preload = true
        [websocket]
        origins = ["https://chat.example", "http://[::1]:8080", "null"]
        [proxy]
        protocol = ["10.0.0.1", "2001:db8::/32"]
        [accounts]
        registration = "closed"
        always_on = false
        [history]
        durability = "memory"
        """
        + OPERATOR
        + """permissions = ["kill"]
        [operators."grüße"]
        password_hash = '"""
        + HASH
        + "'",
    )
    assert config.load(path) == Config(
        server=ServerConfig(name="chat.example", port=0, motd="grüße"),
        tls=TlsConfig(certificate="a.pem", key="b.pem", sts_preload=True),
        websocket=WebsocketConfig(("https://chat.example", "http://[::1]:8080", "null")),
        proxy=ProxyConfig(protocol=("10.0.0.1", "2001:db8::/32")),
        accounts=AccountsConfig(registration="closed", always_on=False),
        operators={"root": OperatorConfig(HASH, ("kill",)), "grüße": OperatorConfig(HASH)},
        limits=LimitsConfig(messages_per_second=5.0, ping_seconds=1.5),
        history=HistoryConfig(durability="memory"),
        source=str(path),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[server", "is not TOML"),
        ("[nobody]", "unknown section [nobody]; there are server, tls, websocket, proxy"),
        ('source = "x"', "unknown section [source]"),
        ('flags = "x"', "unknown section [flags]"),
        ("server = 1", "server must be a section, written [server]"),
        ("[server]\nnmae = 1", "server.nmae: unknown key; [server] has name, network"),
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
        ("[server]\nnetwork = ''", "server.network: must be one word"),
        ("[server]\nnetwork = 'a b'", "server.network: must be one word"),
        ('[server]\nadmin_name = "a\\nb"', "server.admin_name: must be one line"),
        ("[tls]\nsts_preload = 1", "tls.sts_preload: must be true or false, not 1"),
        ("[tls]\nsts_seconds = -1", "tls.sts_seconds: must be 0 to"),
        ("[tls]\nsts_port = 65536", "tls.sts_port: must be 0 to 65535"),
        ("[websocket]\norigins = '*'", "websocket.origins: must be a list of strings, not '*'"),
        ("[websocket]\norigins = [1]", "websocket.origins: must be a list of strings, not [1]"),
        ("[websocket]\norigins = ['a.example']", "websocket.origins: 'a.example' must be as"),
        ("[websocket]\norigins = ['https://a.example/']", "'https://a.example/' must be as"),
        ("[proxy]\nprotocol = ['proxy']", "proxy.protocol: 'proxy' must be an address"),
        ("[proxy]\nforwarded = ['10.0.0.1/8']", "proxy.forwarded: '10.0.0.1/8' must be"),
        ("[accounts]\nregistration = ''", "accounts.registration: must be one of open, closed"),
        ("[accounts]\nargon2_iterations = 0", "accounts.argon2_iterations: must be 1 to"),
        ("[accounts]\nargon2_parallelism = 0", "accounts.argon2_parallelism: must be 1 to 64"),
        ("[accounts]\nargon2_memory_kib = 7", "accounts.argon2_memory_kib: must be 8 (8 for"),
        ("operators = 1", "operators must be a section, written [operators]"),
        ("[operators]\nroot = 1", "operators.root must be a section, written [operators.root]"),
        ("[operators.root]\nhash = 1", "operators.root.hash: unknown key; [operators.root] has"),
        ("[operators.root]", "operators.root.password_hash: must be the argon2 hash"),
        ("[operators.root]\npassword_hash = 'x'", "operators.root.password_hash: must be the"),
        (OPERATOR.replace("root", '"a b"'), "operators.a b: the name must be one word"),
        (OPERATOR.replace("root", '""'), "operators.: the name must be one word"),
        (
            OPERATOR + "permissions = ['fly']",
            f"operators.root.permissions: must be one of {', '.join(PERMISSIONS)}, not 'fly'",
        ),
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


# Reading it again.


def test_nothing_has_changed(tmp_path: Path) -> None:
    running = config.load(written(tmp_path, OPERATOR))
    assert config.reload(running) == (running, (), ())
    assert config.reload(Config()) == (Config(), (), ())


def test_what_changes_at_once_and_what_needs_a_restart(tmp_path: Path) -> None:
    running = config.load(written(tmp_path, "[server]\nmotd = 'old'\n" + OPERATOR))
    text = "[server]\nmotd = 'new'\nname = 'new.example'\n[tls]\nplaintext = 'nowhere'\n"
    written(tmp_path, text + OPERATOR.replace("root", "boss"))
    fresh, changed, restart = config.reload(running)
    assert changed == ("server.motd", "operators.root", "operators.boss")
    assert restart == ("server.name", "tls.plaintext")
    assert fresh == replace(
        running,
        server=replace(running.server, motd="new"),
        operators={"boss": OperatorConfig(HASH)},
    )
    # What waits for a restart is told every time.
    assert config.reload(fresh) == (fresh, (), restart)


def test_flags_win_again(tmp_path: Path) -> None:
    path = written(tmp_path, "[server]\nport = 1")
    running = config.from_arguments(["--config", str(path), "--port", "2"])
    written(tmp_path, "[server]\nport = 3")
    fresh = config.reload(running)
    assert fresh == config.Reload(running, (), ())
    assert fresh.config.flags == {"port": 2}


def test_a_file_with_a_mistake_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "[server]\nmotd = 'old'")
    running = config.load(path)
    written(tmp_path, "[server]\nmotd = 1")
    with pytest.raises(ConfigError, match=r"server\.motd"):
        config.reload(running)
    path.unlink()
    with pytest.raises(ConfigError, match="cannot be read"):
        config.reload(running)


@pytest.mark.parametrize("section", ["server", "tls", "proxy", "limits", "history"])
def test_every_key_says_whether_it_needs_a_restart(section: str) -> None:
    keys = fields(getattr(Config(), section))
    assert any(key.metadata["restart"] for key in keys)
    assert {key.metadata["restart"] for key in keys} <= {True, False}


# The table.


def test_the_table_has_every_key() -> None:
    rows = config.table().splitlines()
    keys = [
        f"{section.name}.{key.name}"
        for section in fields(Config)
        if is_dataclass(getattr(Config(), section.name))
        for key in fields(getattr(Config(), section.name))
    ]
    named = [f"operators.NAME.{key.name}" for key in fields(OperatorConfig)]
    at = keys.index("limits.connections_per_address")
    assert [row.split("`")[1] for row in rows[2:]] == keys[:at] + named + keys[at:]
    assert '| `server.lobby` | `"#lobby"` |' in config.table()
    assert "| `limits.ping_seconds` | `90.0` |" in config.table()
    assert "| `accounts.always_on` | `true` |" in config.table()
    assert "| `proxy.forwarded` | `[]` |" in config.table()


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
