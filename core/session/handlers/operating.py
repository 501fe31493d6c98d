"""What operators of the server do: OPER, KILL, WALLOPS, CHGHOST, REHASH, DIE, RESTART.

CONNECT and SQUIT are about links between servers, of which there are none.
"""

import re

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.authority import is_operator, notice, permitted
from core.session.handlers.login import attempt, counted_address
from core.session.handlers.rooms import registered
from core.session.jobs import Halt, Rehash, Rehashed, Verify
from core.session.node import Node
from core.session.render import clip
from core.state import facts
from core.state.events import Refused
from core.wire import numerics
from core.wire.message import Message
from core.wire.names import USER_LENGTH

_USER = re.compile(rf"(?!.{{{USER_LENGTH + 1}}})~?[A-Za-z0-9._-]+")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/_-]{0,62}")


@command("OPER", params=2)
def oper(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#oper-message; attempts are counted as those to log in are."""
    name, password = message.params[:2]
    if not node.config.operators:
        node.reply(connection, numerics.ERR_NOOPERHOST)
        return
    operator = node.config.operators.get(name)
    encoded = operator.password_hash if operator is not None else None
    counted = f"OPER {name}"  # no account has such a name

    def judged(right: object) -> None:
        if right is True and node.config.operators.get(name) == operator:
            node.attempts.succeeded(counted, counted_address(connection))
            _make_operator(node, connection, name)
        else:
            node.attempts.failed(counted_address(connection), node.now)
            refuse()

    def refuse() -> None:
        node.reply(connection, numerics.ERR_PASSWDMISMATCH)

    attempt(
        node,
        connection,
        counted,
        lambda: node.ask(connection, Verify(encoded, password), judged),
        refuse,
    )


def _make_operator(node: Node, connection: Connection, name: str) -> None:
    """What comes after waits: it is said as an operator."""
    node.hold(connection)
    fact = facts.Opered(registered(connection).id, name)
    node.propose(connection, fact, lambda refused: node.release(connection))


@command("KILL", params=1)
def kill(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#kill-message; the comment may be left out."""
    if not permitted(node, connection, "kill"):
        return
    nick = numerics.middle(message.params[0])
    if nick.lower() == node.server.lower():
        node.reply(connection, numerics.ERR_CANTKILLSERVER)
        return
    comment = clip(message.param(1), node.limits.kick_length or 400) or "No reason given"
    node.propose(connection, facts.Killed(registered(connection).id, nick, comment))


@command("WALLOPS", params=1)
def wallops(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#wallops-message"""
    if not permitted(node, connection, "wallops"):
        return
    text = message.params[0]
    if not text:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="WALLOPS")
        return
    node.propose(connection, facts.Announced(registered(connection).id, text))


@command("CHGHOST", params=2)
def chghost(node: Node, connection: Connection, message: Message) -> None:
    """``CHGHOST <nick> [<user>] <host>``: how others see a user's address."""
    if not permitted(node, connection, "hosts"):
        return
    nick = numerics.middle(message.params[0])
    user, host = message.params[1:3] if len(message.params) > 2 else ("", message.params[1])
    if user and _USER.fullmatch(user) is None:
        node.fail(connection, "CHGHOST", "INVALID_USER", "Not a user name", user)
        return
    if _HOST.fullmatch(host) is None:
        node.fail(connection, "CHGHOST", "INVALID_HOST", "Not a host name", host)
        return

    def told(refused: Refused | None) -> None:
        if refused is None:
            notice(node, connection, f"{nick} appears under the host {host} now")
        else:
            assert refused.numeric is not None
            node.reply(connection, refused.numeric, **refused.values)

    node.propose(connection, facts.HostSet(registered(connection).id, nick, user, host), told)


@command("REHASH")
def rehash(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#rehash-message; SIGHUP does the same."""
    if not permitted(node, connection, "rehash"):
        return
    file = node.config.source.rpartition("/")[2]
    node.reply(connection, numerics.RPL_REHASHING, file=numerics.middle(file))

    def told(answer: object) -> None:
        for sentence in _came_of(answer):
            notice(node, connection, sentence)

    node.ask(connection, Rehash(), told)


def _came_of(answer: object) -> list[str]:
    if not isinstance(answer, Rehashed):
        return ["The settings could not be read again"]
    if answer.error:
        return [f"Nothing has changed: {answer.error}"]
    sentences = [f"Changed: {', '.join(answer.changed) or 'nothing'}"]
    if answer.restart:
        sentences.append(f"Changes with the next start: {', '.join(answer.restart)}")
    return sentences


@command("DIE")
def die(node: Node, connection: Connection, message: Message) -> None:
    """RFC 2812, 4.3: the server ends, in order."""
    _halt(node, connection, restart=False)


@command("RESTART")
def restart(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#restart-message"""
    _halt(node, connection, restart=True)


def _halt(node: Node, connection: Connection, *, restart: bool) -> None:
    if permitted(node, connection, "die"):
        by = registered(connection).prefix
        node.ask(connection, Halt(restart, by), lambda answer: None)


@command("CONNECT", params=1)
@command("SQUIT", params=1)
def connect(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#connect-message and #squit-message"""
    if is_operator(node, connection):
        server = numerics.middle(message.params[0])
        node.reply(connection, numerics.ERR_NOSUCHSERVER, server=server)
