"""How the past is shown: rows of the store as the lines that they once were.

Source: https://ircv3.net/specs/extensions/chathistory
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.session.label import tagged
from core.state import conversations as kinds
from core.state import facts
from core.state.conversations import Row
from core.wire.capabilities import (
    ACCOUNT_TAG,
    BATCH,
    EXTENDED_JOIN,
    MESSAGE_REDACTION,
    MESSAGE_TAGS,
    MULTILINE,
    SERVER_TIME,
)
from core.wire.modes import CHANNEL_MODES, parse_modes
from core.wire.multiline import is_multiline

if TYPE_CHECKING:
    from core.session.node import Node


def send_batch(node: "Node", connection: Connection, batch: str, rows: Iterable[Row]) -> None:
    """An answer; ``batch``: its type and parameters.  Without the capability, the lines alone."""
    lines = [line for row in rows for line in lines_of(node, connection, row)]
    send_lines(node, connection, batch, lines)


def send_lines(node: "Node", connection: Connection, batch: str, lines: Iterable[bytes]) -> None:
    """Lines in a batch, for those who know batches."""
    if not connection.caps & BATCH:
        for line in lines:
            node.send(connection, line)
        return
    reference = node.batch_reference()
    tag = f"batch={reference}".encode()
    node.send(connection, f":{node.server} BATCH +{reference} {batch}\r\n".encode())
    for line in lines:
        inner = line.startswith(b"@batch=")  # of a message that is a batch itself
        node.send(connection, line if inner else tagged(line, tag))
    node.send(connection, f":{node.server} BATCH -{reference}\r\n".encode())


def lines_of(node: "Node", connection: Connection, row: Row) -> list[bytes]:
    """What a connection is shown of a row."""
    if row.kind > facts.TAGMSG:
        return _event(node, connection, row)
    caps = connection.caps
    id = render.message_id(row.seq)
    if row.kind == facts.TAGMSG:
        if not caps & MESSAGE_TAGS:
            return []
    elif is_multiline(row.text):
        first, later, reference = tags_of(caps, row, id, row.tags), b"", ""
        if caps & MULTILINE and caps & BATCH:
            reference = node.batch_reference()
        else:
            later = tags_of(caps, row, "", render.later_tags(row.tags))
        return render.spoken_lines(
            first, later, row.sender, row.kind, row.target, row.text, reference
        )
    body = render.spoken(row.sender, row.kind, row.target, row.text)
    return [tags_of(caps, row, id, row.tags) + body]


def tags_of(caps: int, row: Row, id: str, client_tags: str = "") -> bytes:
    """The tags as they were when it happened, with '@' and the space; b"" for none."""
    tags: list[str] = []
    if caps & SERVER_TIME:
        tags.append(f"time={render.timestamp(row.time)}")
    if caps & ACCOUNT_TAG and row.account:
        tags.append(f"account={row.account}")
    if caps & MESSAGE_TAGS:
        if id:
            tags.append(f"msgid={id}")
        if row.bot:
            tags.append("bot")
        if client_tags:
            tags.append(client_tags)
    return f"@{';'.join(tags)} ".encode() if tags else b""


# What happened, besides messages.

_Bodies = Callable[[Row, int], list[str]]


def _join(row: Row, caps: int) -> list[str]:
    extended = f" {row.account or '*'} :{row.text}" if caps & EXTENDED_JOIN else ""
    return [f"JOIN {row.target}{extended}"]


def _part(row: Row, caps: int) -> list[str]:
    return [f"PART {row.target} :{row.text}" if row.text else f"PART {row.target}"]


def _quit(row: Row, caps: int) -> list[str]:
    return [f"QUIT :{row.text}"]


def _kick(row: Row, caps: int) -> list[str]:
    nick, _, reason = row.text.partition(" ")
    return [f"KICK {row.target} {nick} :{reason}"]


def _topic(row: Row, caps: int) -> list[str]:
    return [f"TOPIC {row.target} :{row.text}"]


def _mode(row: Row, caps: int) -> list[str]:
    head = f"MODE {row.target} "
    room = render.BODY - len(f":{row.sender} {head}".encode())
    changes = parse_modes(row.text.split(" "), CHANNEL_MODES).changes
    return [head + words for words in render.wrapped_modes(changes, room)]


def _nick(row: Row, caps: int) -> list[str]:
    return [f"NICK {row.text}"]


def _redact(row: Row, caps: int) -> list[str]:
    if not caps & MESSAGE_REDACTION:
        return []
    id, _, reason = row.text.partition(" ")
    return [f"REDACT {row.target} {id} :{reason}" if reason else f"REDACT {row.target} {id}"]


_BODIES: dict[int, _Bodies] = {
    kinds.JOIN: _join,
    kinds.PART: _part,
    kinds.QUIT: _quit,
    kinds.KICK: _kick,
    kinds.TOPIC: _topic,
    kinds.MODE: _mode,
    kinds.NICK: _nick,
    kinds.REDACT: _redact,
}
# Kinds whose lines have a msgid: facts of which exactly one line comes.
WITH_ID = frozenset({kinds.TOPIC, kinds.REDACT})


def _event(node: "Node", connection: Connection, row: Row) -> list[bytes]:
    caps = connection.caps
    bodies = _BODIES[row.kind]
    row = row._replace(sender=row.sender or node.server)
    tags = tags_of(caps, row, render.message_id(row.seq) if row.kind in WITH_ID else "")
    return [tags + render.line(f":{row.sender} {body}") for body in bodies(row, caps)]
