"""What a client reads when it has registered: 001 to 005, the counts, the message of the day."""

from typing import TYPE_CHECKING

from core import __version__
from core.config import Config
from core.session import render
from core.session.account_lines import send_persistence
from core.session.connection import Connection
from core.session.profiles import is_aware, send_own
from core.wire import isupport, numerics
from core.wire.capabilities import PERSISTENCE
from core.wire.modes import CHANNEL_MODES, USER_MODES, ModeType

if TYPE_CHECKING:
    from core.session.node import Node

VERSION = f"parlor-{__version__}"


class Welcome:
    """The greeting; everything that is the same for all clients is made once."""

    def __init__(self, config: Config, started: int) -> None:
        self.network = config.server.network
        self.started = started
        limits = config.limits
        numbers = {
            "away": limits.away_length,
            "rooms": limits.rooms_per_user,
            "history": limits.history_messages,
            "key": limits.key_length,
            "kick": limits.kick_length,
            "list": limits.list_entries,
            "monitor": limits.monitor_targets,
            "targets": limits.targets,
            "topic": limits.topic_length,
        }
        self.isupport = isupport.lines(isupport.tokens(numbers, self.network))
        self._first = self._lines(config.server.name, started)
        self.motd = config.server.motd.splitlines()

    def _lines(self, server: str, started: int) -> list[tuple[str, str]]:
        """002 to 005: what stands before the client's nick, and what behind it."""
        with_parameter = (m for m, kind in CHANNEL_MODES.items() if kind is not ModeType.FLAG)
        info = {
            "server": server,
            "version": VERSION,
            "started": render.timestamp(started),
            "user_modes": "".join(sorted(USER_MODES)),
            "channel_modes": "".join(sorted(CHANNEL_MODES)),
            "with_parameter": "".join(sorted(with_parameter)),
        }
        replies = [
            *((numerics.RPL_YOURHOST, info), (numerics.RPL_CREATED, info)),
            (numerics.RPL_MYINFO, info),
            *((numerics.RPL_ISUPPORT, {"tokens": tokens}) for tokens in self.isupport),
        ]
        return [
            (f":{server} {numeric.code} ", f" {numeric.fill(**values)}")
            for numeric, values in replies
        ]

    def greet(self, node: "Node", connection: Connection) -> None:
        """Everything up to the end of the message of the day."""
        name = connection.name
        prefix = connection.user.prefix if connection.user is not None else name
        node.reply(connection, numerics.RPL_WELCOME, network=self.network, prefix=prefix)
        for head, tail in self._first:
            node.answer(connection, render.line(head + name + tail))
        if (
            connection.caps & PERSISTENCE
            and connection.user is not None
            and connection.user.account
        ):
            send_persistence(node, connection, connection.user)
        if is_aware(connection):
            send_own(node, connection)
        self.send_lusers(node, connection)
        self.send_motd(node, connection)

    def send_isupport(self, node: "Node", connection: Connection) -> None:
        """005."""
        for tokens in self.isupport:
            node.reply(connection, numerics.RPL_ISUPPORT, tokens=tokens)

    def send_lusers(self, node: "Node", connection: Connection) -> None:
        """251 to 266 (https://modern.ircdocs.horse/#lusers-message)."""
        total = node.replica.present
        reply = node.reply
        hidden = min(node.replica.invisible, total)
        reply(connection, numerics.RPL_LUSERCLIENT, users=total - hidden, invisible=hidden)
        reply(connection, numerics.RPL_LUSEROP, count=len(node.replica.operators))
        reply(connection, numerics.RPL_LUSERUNKNOWN, count=sum(node.replica.waiting.values()))
        reply(connection, numerics.RPL_LUSERCHANNELS, count=len(node.replica.rooms))
        reply(connection, numerics.RPL_LUSERME, count=total)
        peak = node.replica.peak_users
        reply(connection, numerics.RPL_LOCALUSERS, count=total, peak=peak)
        reply(connection, numerics.RPL_GLOBALUSERS, count=total, peak=peak)

    def send_motd(self, node: "Node", connection: Connection) -> None:
        """375, 372 and 376, or 422 (https://modern.ircdocs.horse/#motd-message)."""
        if not self.motd:
            node.reply(connection, numerics.ERR_NOMOTD)
            return
        node.reply(connection, numerics.RPL_MOTDSTART, server=node.server)
        for line in self.motd:
            node.reply(connection, numerics.RPL_MOTD, line=line)
        node.reply(connection, numerics.RPL_ENDOFMOTD)
