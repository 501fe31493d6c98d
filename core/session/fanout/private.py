"""What users keep away from themselves, and messages that are taken back."""

from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.session.fanout.sending import broadcast
from core.session.fanout.speech import from_rank_on, send_spoken
from core.session.fanout.table import fans_out
from core.state import events, facts
from core.state.records import Room, User
from core.wire import numerics
from core.wire.capabilities import ECHO_MESSAGE, MESSAGE_REDACTION, MESSAGE_TAGS

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.Unheard)
def unheard(node: "Node", event: events.Unheard, proposer: Connection | None) -> None:
    """Its sender sees what it would see if the message had been delivered."""
    node.rooms_out.flush()
    if proposer is None:
        return
    name, away = event.target.nick, event.target.away
    if proposer.caps & ECHO_MESSAGE:
        send_spoken(node, proposer, event, name)
    if away and event.kind == facts.PRIVMSG:
        node.reply(proposer, numerics.RPL_AWAY, nick=name, message=away)


@fans_out(events.CallHeld)
def call_held(node: "Node", event: events.CallHeld, proposer: Connection | None) -> None:
    """716 and 717 for who wrote, 718 for the user it was written to."""
    node.rooms_out.flush()
    nick = event.target.nick
    if proposer is not None:
        node.reply(proposer, numerics.ERR_TARGUMODEG, nick=nick)
        if event.told:
            node.reply(proposer, numerics.RPL_TARGNOTIFY, nick=nick)
    if event.told:
        sender = event.sender
        who = f"{sender.ident}@{sender.host}"
        for connection in node.present.of(event.target):
            node.reply(connection, numerics.RPL_UMODEGMSG, nick=sender.nick, who=who)


@fans_out(events.AllSpoken)
def all_spoken(node: "Node", event: events.AllSpoken, proposer: Connection | None) -> None:
    """To everybody; to its sender only as an echo."""
    node.rooms_out.flush()
    for connection in list(node.connections.values()):
        if connection.user is None:
            continue
        if connection is not proposer or connection.caps & ECHO_MESSAGE:
            send_spoken(node, connection, event, event.target)


@fans_out(events.ListChanged)
def list_changed(node: "Node", event: events.ListChanged, proposer: Connection | None) -> None:
    """SILENCE is told to all of the user's connections, as a mode would be; ACCEPT is not."""
    if event.kind == "silence" and event.changed:
        node.rooms_out.flush()
        sign = "+" if event.adding else "-"
        body = f":{event.user.prefix} SILENCE {sign}{event.mask}"
        broadcast(node, node.present.of(event.user), body)


@fans_out(events.MessageRedacted)
def message_redacted(
    node: "Node", event: events.MessageRedacted, proposer: Connection | None
) -> None:
    """REDACT, to those who got the message and know what that is; the echo as of a PRIVMSG."""
    node.rooms_out.flush()
    receivers: dict[User, None] = {event.user: None}
    if isinstance(event.place, Room):
        among = event.conversation.split(" ")[2:]  # the sign of "@#room"
        members = from_rank_on(event.place, among[0]) if among else event.place.members
        receivers.update(dict.fromkeys(members))
    else:
        receivers[event.place] = None
    versions: dict[int, bytes] = {}
    reason = f" :{event.reason}" if event.reason else ""
    id = render.message_id(event.message)
    body = render.line(f":{event.user.prefix} REDACT {event.target} {id}{reason}")
    for connection in [c for user in receivers for c in node.present.of(user)]:
        if not connection.caps & MESSAGE_REDACTION:
            continue
        if connection is proposer and not connection.caps & ECHO_MESSAGE:
            continue
        render_class = connection.render_class
        if render_class not in versions:
            own = render.message_id(event.seq) if render_class & MESSAGE_TAGS else ""
            tags = render.tag_section(render_class, node.rooms_out.time, own, "", event.user)
            versions[render_class] = tags + body
        node.send(connection, versions[render_class])
