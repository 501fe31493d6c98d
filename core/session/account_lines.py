"""What a connection is told of its own account."""

from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.state.records import User
from core.wire import numerics

if TYPE_CHECKING:
    from core.session.node import Node


def tell_login(node: "Node", connection: Connection, account: str) -> None:
    """900: logged in to ``account``; 901 for "": logged out."""
    prefix = connection.prefix
    if account:
        node.reply(connection, numerics.RPL_LOGGEDIN, prefix=prefix, account=account)
    else:
        node.reply(connection, numerics.RPL_LOGGEDOUT, prefix=prefix)


def finish_login(connection: Connection) -> None:
    """The login that the connection asked for is done: go on with what was to be done then."""
    then, connection.then = connection.then, None
    if then is not None:
        then()


def send_persistence(node: "Node", connection: Connection, user: User) -> None:
    """https://ircv3.net/specs/extensions/persistence"""
    wanted = user.account.settings.get("persistence", "") if user.account is not None else ""
    effective = "ON" if node.replica.stays(user) else "OFF"
    body = f":{node.server} PERSISTENCE STATUS {wanted or 'DEFAULT'} {effective}"
    node.answer(connection, render.line(body))
