"""The sections and their keys: defaults, meanings, and which of them only a restart changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PLAINTEXT_CHOICES = ("loopback", "anywhere", "nowhere")
DURABILITY_CHOICES = ("disk", "memory")
REGISTRATION_CHOICES = ("open", "closed")
# What an operator may do: KILL, server bans, REHASH, the rooms of others, WALLOPS, CHGHOST, the
# accounts of others, and DIE or RESTART.
PERMISSIONS = ("kill", "ban", "rehash", "rooms", "wallops", "hosts", "accounts", "die")


def _key(default: Any, meaning: str, *, restart: bool = False) -> Any:
    """A key.  restart: what is running does not follow when the file is read again."""
    return field(default=default, metadata={"meaning": meaning, "restart": restart})


@dataclass(frozen=True)
class ServerConfig:
    """``[server]``"""

    name: str = _key("parlor.localhost", "the server's name, as clients see it", restart=True)
    network: str = _key("Parlor", "the network's name, as clients see it: one word", restart=True)
    host: str = _key("localhost", "the name or address to listen on", restart=True)
    port: int = _key(5000, "the port to listen on; 0: any free one", restart=True)
    workers: int = _key(0, "worker processes; 0: one per core", restart=True)
    data: str = _key("data", "folder of the database and the certificate", restart=True)
    motd: str = _key("", "message of the day; lines are kept")
    lobby: str = _key("#lobby", 'the room where every user starts; "": none', restart=True)
    password: str = _key("", "asked of every connection (PASS)")
    admin_name: str = _key("", "who runs the server (ADMIN)")
    admin_location: str = _key("", "where it is run (ADMIN)")
    admin_email: str = _key("", "whom to write to (ADMIN)")


@dataclass(frozen=True)
class TlsConfig:
    """``[tls]``"""

    certificate: str = _key(
        "", 'PEM file; "": made on the first start, kept in the data folder', restart=True
    )
    key: str = _key("", "PEM file of the certificate's private key", restart=True)
    plaintext: str = _key(
        "loopback",
        "from where connections without TLS are taken: loopback, anywhere or nowhere",
        restart=True,
    )
    ask_certificate: bool = _key(
        True,
        "ask clients for a certificate to log in with (SASL EXTERNAL); none is needed",
        restart=True,
    )
    sts_seconds: int = _key(
        0,
        "how long clients are to remember that there is TLS (IRCv3 sts); 0: they are not told;"
        " only with a certificate that they trust",
        restart=True,
    )
    sts_port: int = _key(0, "the port with TLS that they are told; 0: the server's", restart=True)
    sts_preload: bool = _key(
        False, "clients' authors may put the server into their lists of such", restart=True
    )


@dataclass(frozen=True)
class WebsocketConfig:
    """``[websocket]``"""

    origins: tuple[str, ...] = _key(
        (),
        'the web pages that may connect, as "https://chat.example"; "*": all; if none are given,'
        " those that localhost, `server.name` or `server.host` serves",
    )


@dataclass(frozen=True)
class ProxyConfig:
    """``[proxy]``"""

    protocol: tuple[str, ...] = _key(
        (),
        "addresses and networks of proxies that begin every connection with a PROXY header"
        " (version 1 or 2), which tells the client's address",
        restart=True,
    )
    forwarded: tuple[str, ...] = _key(
        (),
        "addresses and networks of web servers in front of WebSockets, whose X-Forwarded-For and"
        " X-Forwarded-Proto are believed",
        restart=True,
    )


@dataclass(frozen=True)
class AccountsConfig:
    """``[accounts]``"""

    registration: str = _key(
        "open", "open: everybody can register an account; closed: operators do"
    )
    before_connect: bool = _key(
        True, "an account can be registered before the connection is (REGISTER)"
    )
    always_on: bool = _key(
        True, "accounts stay in their rooms while they are offline", restart=True
    )
    password_length: int = _key(3, "characters that a new password has at least")
    argon2_memory_kib: int = _key(19456, "memory that hashing a password takes, in KiB")
    argon2_iterations: int = _key(2, "how often a password's hash goes through that memory")
    argon2_parallelism: int = _key(1, "lanes of a password's hash")


@dataclass(frozen=True)
class OperatorConfig:
    """``[operators.NAME]``: who may OPER as NAME."""

    password_hash: str = _key("", "argon2 hash of the password; it must be given")
    permissions: tuple[str, ...] = _key(
        (), f"what this operator may do, of {', '.join(PERMISSIONS)}; none given: everything"
    )


@dataclass(frozen=True)
class LimitsConfig:
    """``[limits]``; 0 lifts a limit."""

    connections_per_address: int = _key(
        64, "connections of one address; loopback has no limit", restart=True
    )
    messages_per_second: float = _key(10.0, "lines a second taken from a connection")
    message_burst: int = _key(30, "lines taken at once before that rate holds")
    login_attempts: int = _key(3, "passwords tried a minute, for an account and from an address")
    send_queue_bytes: int = _key(1048576, "output waiting for a client; past it it is closed")
    receive_queue_bytes: int = _key(65536, "input waiting for its turn; past it it is closed")
    line_bytes: int = _key(512, "length of a line without tags; past it: 417", restart=True)
    register_seconds: float = _key(30.0, "time to register in")
    ping_seconds: float = _key(90.0, "silence after which a client is asked for a sign of life")
    pong_seconds: float = _key(60.0, "time for the answer to that; then it is closed")
    proposals_in_flight: int = _key(
        64, "commands of a connection that wait for their turn in the order"
    )
    rooms_per_user: int = _key(100, "rooms that a user may be in", restart=True)
    list_entries: int = _key(100, "entries of a room's ban list", restart=True)
    monitor_targets: int = _key(100, "nicks on a connection's MONITOR list", restart=True)
    targets: int = _key(4, "targets of one message command", restart=True)
    multiline_bytes: int = _key(
        16384,
        "bytes of a message of several lines; 0: there are none (no draft/multiline)",
        restart=True,
    )
    multiline_lines: int = _key(100, "lines of such a message", restart=True)
    topic_length: int = _key(390, "characters of a topic", restart=True)
    away_length: int = _key(200, "characters of an away message", restart=True)
    kick_length: int = _key(200, "bytes of a reason to kick or leave", restart=True)
    key_length: int = _key(32, "characters of a room's key", restart=True)
    history_messages: int = _key(500, "messages that one history request returns", restart=True)


@dataclass(frozen=True)
class HistoryConfig:
    """``[history]``"""

    durability: str = _key(
        "disk", "disk: committed before it is shown; memory: committed behind", restart=True
    )
    keep_days: int = _key(0, "days that messages are kept; 0: for ever", restart=True)


@dataclass(frozen=True)
class Config:
    """All settings."""

    server: ServerConfig = field(default_factory=ServerConfig)
    tls: TlsConfig = field(default_factory=TlsConfig)
    websocket: WebsocketConfig = field(default_factory=WebsocketConfig)
    proxy: ProxyConfig = field(default_factory=ProxyConfig)
    accounts: AccountsConfig = field(default_factory=AccountsConfig)
    operators: Mapping[str, OperatorConfig] = field(default_factory=dict)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    history: HistoryConfig = field(default_factory=HistoryConfig)
    source: str = ""  # the file they came from; "" for none
    flags: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Keys of ``[server]`` that the command line gave: they win whenever the file is read."""
