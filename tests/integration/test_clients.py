"""IRC clients that people use, as they are installed, with a home of their own and no settings."""

import hashlib
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import Config, ServerConfig
from core.runtime import tls as own_tls
from tests.fakes.irc import ALL_CAPS, Client, codes, one, texts
from tests.fakes.server import HOST, Server, wait_until
from tests.fakes.talk import clients
from tests.fakes.terminal import Terminal, needs

LOBBY = "#lobby"
PASSWORD = "correct-horse"
ANN_CAPS = f"{ALL_CAPS} account-tag extended-join"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server as it is by default."""
    with Server(tmp_path / "server") as running:
        yield running


@pytest.fixture
def ann(server: Server) -> Iterator[Client]:
    """Somebody who is in the lobby already."""
    with clients(server, ["ann"], ANN_CAPS, LOBBY) as (client,):
        yield client


def talk(terminal: Terminal, ann: Client, nick: str) -> None:
    """Both see each other, talk in the lobby and in private, and the program leaves."""
    ann.send(f"PRIVMSG {LOBBY} :hello from ann, grüße 🎉")
    terminal.wait_for("hello from ann, grüße")
    terminal.type("and hello back: ünïcödé")
    said = ann.read_until(lambda m: m.command == "PRIVMSG" and m.nick == nick)[-1]
    assert said.params == [LOBBY, "and hello back: ünïcödé"]
    terminal.type("/msg ann for you alone")
    assert texts([ann.expect("PRIVMSG")]) == ["for you alone"]
    terminal.type("/topic #lobby A topic for all")
    terminal.type("/nick renamed")
    changed = ann.expect("NICK")
    assert (changed.nick, changed.params[0]) == (nick, "renamed")
    ann.send("PRIVMSG renamed :psst")
    terminal.type("/quit gone home")
    left = ann.expect("QUIT")
    assert (left.nick, "gone home" in left.params[0]) == ("renamed", True)


@needs("irssi", "tmux")
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_irssi(server: Server, ann: Client, tmp_path: Path, tls: bool) -> None:
    where = ["-!"] if tls else ["-c", HOST, "-p", str(server.port)]
    terminal = Terminal(tmp_path, ["irssi", *where, "-n", "iris"])
    try:
        if tls:
            terminal.wait_for("[(status)]")
            terminal.type(f"/connect -tls -notls_verify {HOST} {server.port}")
        joined = ann.read_until(lambda m: m.command == "JOIN" and m.nick == "iris")[-1]
        assert joined.params[0] == LOBBY
        assert ("671" in codes(ann.ask("WHOIS iris"))) is tls
        terminal.type("/window 2")
        terminal.wait_for(f"[{LOBBY}]")
        if not tls:
            talk(terminal, ann, "iris")
    finally:
        terminal.end()


def register_by_nickserv(server: Server, account: str) -> None:
    """Make an account as a program does that knows nothing of accounts."""
    with server.client(account) as client:
        answer = client.ask(f"PRIVMSG NickServ :REGISTER {PASSWORD}")
        assert "registered" in one(answer, "NOTICE").params[1]


def speak_to_the_absent(ann: Client, nick: str) -> None:
    """What somebody finds when they are back."""
    ann.ask(f"PRIVMSG {LOBBY} :said in the lobby", f"PRIVMSG {nick} :said in private")


def account_of(ann: Client, nick: str) -> str:
    """Whom somebody is logged in as."""
    return one(ann.ask(f"WHOIS {nick}"), "330").params[2]


IRSSI = """
servers = ( { address = "127.0.0.1"; port = "PORT"; chatnet = "parlor"; autoconnect = "yes"; } );
chatnets = { parlor = { type = "IRC"; nick = "iris"; sasl_mechanism = "PLAIN";
                        sasl_username = "iris"; sasl_password = "PASSWORD"; }; };
"""


@needs("irssi", "tmux")
def test_irssi_with_an_account(server: Server, ann: Client, tmp_path: Path) -> None:
    """Registered by NickServ; from then on logged in by SASL, and nothing is missed."""
    terminal = Terminal(tmp_path, ["irssi", "-c", HOST, "-p", str(server.port), "-n", "iris"])
    try:
        assert ann.expect("JOIN").nick == "iris"
        terminal.type("/query NickServ")
        terminal.type(f"REGISTER {PASSWORD}")
        terminal.wait_for("Account iris is registered.")
        terminal.type("/quit")
        assert ann.expect("AWAY").nick == "iris"  # an account stays
    finally:
        terminal.end()
    speak_to_the_absent(ann, "iris")
    folder = tmp_path / "again"
    settings = folder / "home" / ".irssi" / "config"
    settings.parent.mkdir(parents=True)
    settings.write_text(IRSSI.replace("PORT", str(server.port)).replace("PASSWORD", PASSWORD))
    terminal = Terminal(folder, ["irssi"])
    try:
        terminal.wait_for("SASL authentication succeeded")
        assert ann.expect("AWAY").params == []  # back
        assert account_of(ann, "iris") == "iris"
        terminal.type("/window 2")
        terminal.wait_for("said in the lobby")
        terminal.type("/window 3")
        terminal.wait_for("said in private")
    finally:
        terminal.end()


class WeeChat:
    """WeeChat without a screen: it does what commands at its start say, and writes logs."""

    def __init__(self, folder: Path, *commands: str) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)
        first = "/set logger.file.flush_delay 0"
        options = [word for command in (first, *commands) for word in ("--run-command", command)]
        self.process = subprocess.Popen(
            ["weechat-headless", "--dir", str(folder), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )

    def log(self, buffer: str) -> str:
        """All that one of its buffers showed: "#lobby", "ann", "server"."""
        file = f"irc.{'server.parlor' if buffer == 'server' else f'parlor.{buffer}'}.weechatlog"
        path = self._folder / "logs" / file
        return path.read_text() if path.exists() else ""

    def wait_for(self, buffer: str, text: str) -> None:
        """Until a buffer has shown it."""
        try:
            wait_until(lambda: text in self.log(buffer), f"{buffer} shows {text!r}")
        except AssertionError as problem:
            raise AssertionError(f"{problem}:\n{self.log(buffer)}\n{self.log('server')}") from None

    def end(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait()


def weechat_word_for_tls() -> str:
    """Its options were named otherwise before version 4."""
    version = subprocess.run(
        ["weechat-headless", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return "ssl" if int(re.match(r"\D*(\d+)", version)[1]) < 4 else "tls"  # type: ignore[index]


@needs("weechat-headless")
def test_weechat(server: Server, ann: Client, tmp_path: Path) -> None:
    """It joins the lobby, speaks, and leaves."""
    weechat = WeeChat(
        tmp_path / "home",
        f"/server add parlor {HOST}/{server.port} -no{weechat_word_for_tls()} -nicks=weenie",
        '/set irc.server.parlor.command "/msg #lobby hello from weechat"',
        "/connect parlor",
    )
    try:
        assert ann.expect("JOIN").nick == "weenie"
        assert texts([ann.expect("PRIVMSG")]) == ["hello from weechat"]
        weechat.process.terminate()
        assert ann.expect("QUIT").nick == "weenie"
        weechat.process.wait(30)
    finally:
        weechat.end()


@needs("weechat-headless")
@pytest.mark.parametrize("mechanism", ["plain", "scram-sha-256", "external"])
def test_weechat_with_an_account(
    server: Server, ann: Client, tmp_path: Path, mechanism: str
) -> None:
    """However it logs in, it finds what it missed, and sees who is there."""
    register_by_nickserv(server, "weenie")
    tls = weechat_word_for_tls()
    options = f"-no{tls} -sasl_username=weenie -sasl_password={PASSWORD} "
    if mechanism == "external":
        options = f"-{tls} -{tls}_verify=off -{tls}_cert={own_certificate(server, tmp_path)} "
        ann.expect("NICK")  # who added the certificate is gone
    ann.expect("AWAY")
    speak_to_the_absent(ann, "weenie")
    weechat = WeeChat(
        tmp_path / "home",
        f"/server add parlor {HOST}/{server.port} -nicks=weenie {options}"
        f"-sasl_mechanism={mechanism}",
        "/notify add ann parlor",
        "/connect parlor",
    )
    try:
        weechat.wait_for("server", "SASL authentication successful")
        weechat.wait_for("#lobby", "said in the lobby")
        weechat.wait_for("ann", "said in private")
        weechat.wait_for("server", "notify: ann")
        assert account_of(ann, "weenie") == "weenie"
        assert ("671" in codes(ann.ask("WHOIS weenie"))) is (mechanism == "external")
        assert weechat.log("#lobby").count("said in the lobby") == 1
    finally:
        weechat.end()


def own_certificate(server: Server, folder: Path) -> Path:
    """A file with a certificate that logs in to the account, and its key."""
    certificate, key = own_tls.prepare(Config(server=ServerConfig(data=str(folder / "client"))))
    fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).hexdigest()
    with server.client("other") as other:
        other.ask(f"PRIVMSG NickServ :IDENTIFY weenie {PASSWORD}")
        other.ask(f"PRIVMSG NickServ :CERT ADD {fingerprint}")
    both = folder / "client.pem"
    both.write_text(key.read_text() + certificate.read_text())
    return both
