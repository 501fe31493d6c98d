"""PRIVMSG, NOTICE, TAGMSG (RFC 2812, 3.3; https://ircv3.net/specs/extensions/message-tags)."""

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers import services
from core.session.handlers.services import is_service
from core.session.node import Node
from core.session.permissions import may
from core.session.render import BODY
from core.state import facts
from core.state.records import User
from core.wire import numerics
from core.wire.capabilities import MESSAGE_TAGS
from core.wire.identifiers import fold
from core.wire.masks import matches
from core.wire.message import Message
from core.wire.tags import format_tags


@command("PRIVMSG")
def privmsg(node: Node, connection: Connection, message: Message) -> None:
    """A message."""
    speak(node, connection, message, facts.PRIVMSG)


@command("NOTICE")
def notice(node: Node, connection: Connection, message: Message) -> None:
    """A message that must not be answered; so errors are silent as well."""
    if len(message.params) > 1 and message.params[1]:
        speak(node, connection, message, facts.NOTICE)


@command("TAGMSG")
def tagmsg(node: Node, connection: Connection, message: Message) -> None:
    """Tags without a text."""
    if not connection.caps & MESSAGE_TAGS:
        node.reply(connection, numerics.ERR_UNKNOWNCOMMAND, command="TAGMSG")
    elif not message.params:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="TAGMSG")
    else:
        speak(node, connection, message, facts.TAGMSG)


def speak(node: Node, connection: Connection, message: Message, kind: int) -> None:
    """Propose what was said, once a target."""
    user = connection.user
    params = message.params
    assert user is not None
    if not params or not params[0]:
        node.reply(connection, numerics.ERR_NORECIPIENT, command=message.command)
        return
    text = ""
    if kind != facts.TAGMSG:
        text = params[1] if len(params) > 1 else ""
        if not text:
            node.reply(connection, numerics.ERR_NOTEXTTOSEND)
            return
    tags = client_tags(message) if message.tags and connection.caps & MESSAGE_TAGS else ""
    told = user.prefix + text
    size = len(told) if told.isascii() else len(told.encode())
    target = params[0]
    if "," not in target:
        _say(node, connection, user, facts.Said(user.id, kind, target, text, tags), size)
        return
    once: dict[str, str] = {}
    for word in target.split(","):
        if word:
            once.setdefault(fold(word), word)
    targets = list(once.values())
    limit = node.limits.targets
    if limit and len(targets) > limit:
        if kind != facts.NOTICE:
            shown = numerics.middle(targets[limit])
            node.reply(connection, numerics.ERR_TOOMANYTARGETS, target=shown, limit=limit)
        targets = targets[:limit]
    for word in targets:
        _say(node, connection, user, facts.Said(user.id, kind, word, text, tags), size)


def _say(node: Node, connection: Connection, user: User, fact: facts.Said, size: int) -> None:
    """Propose what is said to one target.  size: bytes of the sender's prefix and the text."""
    target, kind = fact.target, fact.kind
    if is_service(target):
        if kind != facts.TAGMSG:
            services.tell(node, connection, fact.text)
        return
    if " " in target or target[0] in ":$":
        if target[0] == "$" and " " not in target:
            if not _everybody(node, connection, user, target, kind):
                return
        else:  # no name is like that
            if kind != facts.NOTICE:
                shown = numerics.middle(target)
                node.reply(connection, numerics.ERR_NOSUCHNICK, nick=shown)
            return
    # ":prefix COMMAND target :text" is what others get; nothing of it is ever cut off.
    if size + len(target.encode()) + 12 > BODY and kind != facts.TAGMSG:
        node.reply(connection, numerics.ERR_INPUTTOOLONG)
        return
    node.propose(connection, fact)


def _everybody(node: Node, connection: Connection, user: User, target: str, kind: int) -> bool:
    """True if ``user`` may write to all users of the servers that ``target`` ("$mask") fits."""
    if not may(node.config, user, "wallops"):
        if kind != facts.NOTICE:
            node.reply(connection, numerics.ERR_NOPRIVILEGES)
        return False
    if not matches(target.lstrip("$"), node.server):
        if kind != facts.NOTICE:
            node.reply(connection, numerics.ERR_NOSUCHSERVER, server=target)
        return False
    return True


def client_tags(message: Message) -> str:
    """The client-only tags of a message, as they are passed on: a key is anything behind a plus."""
    return format_tags(
        {key: value for key, value in message.tags.items() if key[0] == "+" and len(key) > 1}
    )
