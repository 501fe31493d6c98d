"""IRC clients that people use, as they are installed, with a home of their own and no settings."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.fakes.irc import Client, codes, texts
from tests.fakes.server import HOST, Server, wait_until
from tests.fakes.talk import clients

LOBBY = "#lobby"


class Terminal:
    """A program in a tmux of its own: its screen, and a keyboard."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._socket = str(folder / "tmux")
        home = folder / "home"
        home.mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self._env = {**kept, "HOME": str(home), "TERM": "screen", "LC_ALL": "C.UTF-8"}
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "45", *command)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", self._socket, *arguments]
        result = subprocess.run(
            command, env=self._env, capture_output=True, text=True, timeout=20, check=False
        )
        return result.stdout

    def screen(self) -> str:
        """What it shows now."""
        return self._tmux("capture-pane", "-p", "-J")

    def type(self, text: str) -> None:
        """Type a line, and press Enter."""
        self._tmux("send-keys", "-l", text)
        self._tmux("send-keys", "Enter")

    def wait_for(self, text: str) -> None:
        """Until the screen shows it."""
        try:
            wait_until(lambda: text in self.screen(), f"the screen shows {text!r}")
        except AssertionError as problem:
            raise AssertionError(f"{problem}; it shows:\n{self.screen()}") from None

    def end(self) -> None:
        """Close it, with whatever runs in it."""
        self._tmux("kill-server")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server as it is by default."""
    with Server(tmp_path / "server") as running:
        yield running


@pytest.fixture
def ann(server: Server) -> Iterator[Client]:
    """Somebody who is in the lobby already."""
    with clients(server, ["ann"], room=LOBBY) as (client,):
        yield client


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is not installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


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
        assert joined.params == [LOBBY]
        assert ("671" in codes(ann.ask("WHOIS iris"))) is tls
        terminal.type("/window 2")
        terminal.wait_for(f"[{LOBBY}]")
        if not tls:
            talk(terminal, ann, "iris")
    finally:
        terminal.end()


@needs("weechat-headless")
def test_weechat(server: Server, ann: Client, tmp_path: Path) -> None:
    """WeeChat without a screen: it joins the lobby and speaks, by commands given at its start."""
    home = tmp_path / "home"
    home.mkdir()
    commands = [
        f"/server add parlor {HOST}/{server.port} -notls -nicks=weenie",
        '/set irc.server.parlor.command "/msg #lobby hello from weechat"',
        "/connect parlor",
    ]
    options = [word for command in commands for word in ("--run-command", command)]
    process = subprocess.Popen(
        ["weechat-headless", "--dir", str(home), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home)},
    )
    try:
        assert ann.expect("JOIN").nick == "weenie"
        assert texts([ann.expect("PRIVMSG")]) == ["hello from weechat"]
        process.terminate()
        assert ann.expect("QUIT").nick == "weenie"
        process.wait(30)
    finally:
        process.kill()
        process.wait()
