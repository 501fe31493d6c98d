"""Other IRC servers, as Debian has them, each with settings of its own on a free port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 30.0
UNPRIVILEGED = "nobody"  # whom they run as where the tests are root: they refuse to be that

_INSPIRCD = """
<server name="insp.example" description="Test" network="Inspired">
<admin name="Nobody" nick="nobody" email="nobody@insp.example">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect allow="*" timeout="60" threshold="1000" commandrate="1000000" fakelag="off"
         pingfreq="120" hardsendq="1M" softsendq="64K" recvq="64K" localmax="100"
         globalmax="100" resolvehostnames="no" useident="no">
<options prefixquit="" defaultmodes="not">
<performance clonesonconnect="no">
"""
_MODULES = (
    "banexception cap chanhistory customprefix inviteexception ircv3 ircv3_accounttag ircv3_batch "
    "ircv3_capnotify ircv3_chghost ircv3_ctctags ircv3_echomessage ircv3_invitenotify "
    "ircv3_labeledresponse ircv3_msgid ircv3_servertime knock monitor namesx services_account "
    "setname uhnames"
)
_NGIRCD = """
[Global]
Name = ng.example
Info = Test
AdminInfo1 = Nobody
Network = Engine
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = Be kind
PidFile =
[Limits]
MaxConnectionsIP = 0
MaxJoins = 0
MaxNickLength = 20
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
IncludeDir = {folder}
"""


class Kind(NamedTuple):
    """How a server is set up and run."""

    name: str
    config: Callable[[int, Path], str]  # (port, an empty folder) -> its settings
    command: Callable[[str, Path], list[str]]  # (program, file with its settings) -> command line

    @property
    def program(self) -> str:
        """Where it is installed, "" if it is not."""
        path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
        return shutil.which(self.name, path=path) or ""


def _inspircd(port: int, folder: Path, modules: str = _MODULES) -> str:
    lines = [f'<module name="{name}">' for name in modules.split()]
    return _INSPIRCD.format(port=port) + "\n".join(lines) + "\n"


INSPIRCD = Kind(
    "inspircd",
    _inspircd,
    lambda program, file: [program, "--config", str(file), "--nofork", "--nopid", "--nolog"],
)
PLAIN_INSPIRCD = INSPIRCD._replace(config=lambda port, folder: _inspircd(port, folder, ""))
"""Without a single module: nothing of IRCv3, not even CAP."""
NGIRCD = Kind(
    "ngircd",
    lambda port, folder: _NGIRCD.format(port=port, folder=folder),
    lambda program, file: [program, "--nodaemon", "--config", str(file)],
)


class OtherServer:
    """One of them, running."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        # Not pytest's folder, which belongs to the user of the tests alone.
        self._folder = Path(tempfile.mkdtemp(prefix=f"{kind.name}-"))
        self._folder.chmod(0o755)
        (self._folder / "more").mkdir()
        self._log = self._folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    def start(self) -> None:
        """Run it, and wait until it takes connections; the second time on the port of the first."""
        settings = self._folder / "settings.conf"
        settings.write_text(self._kind.config(self.port, self._folder / "more"))
        drop: dict[str, Any] = {}
        if os.geteuid() == 0:
            group = pwd.getpwnam(UNPRIVILEGED).pw_gid
            drop = {"user": UNPRIVILEGED, "group": group, "extra_groups": []}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._kind.command(self._kind.program, settings),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **drop,
            )
        deadline = time.monotonic() + SECONDS
        while not self._listens():
            running = self._process.poll() is None and time.monotonic() < deadline
            assert running, f"{self._kind.name} does not run: {self._log.read_text()}"
            time.sleep(0.05)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), SECONDS).close()
        except ConnectionRefusedError:
            return False
        return True

    def stop(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> "OtherServer":
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()
        shutil.rmtree(self._folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
