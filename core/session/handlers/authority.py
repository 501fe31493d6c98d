"""What commands of operators share: who may, and how they are told."""

from core.session import render
from core.session.connection import Connection
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.wire import numerics


def is_operator(node: Node, connection: Connection) -> bool:
    """True for an operator of the server; else 481 is sent."""
    if registered(connection) in node.replica.operators:
        return True
    node.reply(connection, numerics.ERR_NOPRIVILEGES)
    return False


def permitted(node: Node, connection: Connection, permission: str) -> bool:
    """True for an operator who has ``permission``; else 481 or 723 is sent.

    It stands in the configuration as it is now: who is taken out there may do nothing any more.
    """
    if not is_operator(node, connection):
        return False
    operator = node.config.operators.get(registered(connection).operator)
    if operator is not None and (not operator.permissions or permission in operator.permissions):
        return True
    node.reply(connection, numerics.ERR_NOPRIVS, permission=permission)
    return False


def notice(node: Node, connection: Connection, text: str) -> None:
    """A sentence of the server's."""
    line = f":{node.server} NOTICE {connection.name} :{text}"
    node.answer(connection, render.line(line))
