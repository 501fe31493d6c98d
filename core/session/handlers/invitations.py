"""The doors of rooms: INVITE, KNOCK."""

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.listing import ROOMS_PER_TOKEN
from core.session.handlers.rooms import limited, registered
from core.session.node import Node
from core.session.render import clip
from core.state import facts
from core.wire import numerics
from core.wire.message import Message

KNOCK_BYTES = 200


@command("INVITE")
def invite(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#invite-message; several nicks may be joined by commas.

    Without parameters: the rooms to which one is invited.
    """
    if not message.params:
        node.charge(connection, len(node.replica.rooms) / ROOMS_PER_TOKEN)
        node.read(connection, lambda: _show_invitations(node, connection))
        return
    if len(message.params) == 1:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="INVITE")
        return
    room = numerics.middle(message.params[1])
    nicks = [nick for nick in message.params[0].split(",") if nick]
    for nick in limited(node, connection, nicks):
        fact = facts.Invited(registered(connection).id, numerics.middle(nick), room)
        node.propose(connection, fact)


def _show_invitations(node: Node, connection: Connection) -> None:
    user = registered(connection)
    for room in node.replica.rooms.values():
        if user.id in room.invited:
            node.reply(connection, numerics.RPL_INVITELIST, channel=room.name)
    node.reply(connection, numerics.RPL_ENDOFINVITELIST)


@command("KNOCK", params=1)
def knock(node: Node, connection: Connection, message: Message) -> None:
    """Ask those who moderate a closed room to be invited."""
    room = numerics.middle(message.params[0])
    text = clip(message.param(1), KNOCK_BYTES)
    node.propose(connection, facts.Knocked(registered(connection).id, room, text))
