"""TOPIC, NAMES, LIST, KICK and INVITE."""

import time

from core.wire.message import Message
from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one, only


def names(answer: list[Message]) -> set[str]:
    """The words of all 353 among messages."""
    return {word for m in only(answer, "353") for word in m.params[-1].split()}


def test_topic_is_shown(connect: Connect, room: str) -> None:
    """If <topic> is not given, either RPL_TOPIC or RPL_NOTOPIC is returned specifying the
    current channel topic or lack of one. If RPL_TOPIC is returned to the client sending this
    command, RPL_TOPICWHOTIME SHOULD also be sent to that client.

    https://modern.ircdocs.horse/#topic-message
    """
    client = connect()
    join(room, client)
    assert one(client.ask(f"TOPIC {room}"), "331").params[1] == room
    client.ask(f"TOPIC {room} :What we talk about")
    seen = client.ask(f"TOPIC {room}")
    assert codes(seen) == ["332", "333"]
    assert seen[0].params == [client.nick, room, "What we talk about"]
    assert seen[1].params[2].startswith(client.nick)
    assert abs(int(seen[1].params[3]) - time.time()) < 60


def test_topic_changes_reach_all(connect: Connect, room: str) -> None:
    """If the topic of a channel is changed or cleared, every client in that channel (including
    the author of the topic change) will receive a TOPIC command with the new topic as argument
    (or an empty argument if the topic was cleared).

    https://modern.ircdocs.horse/#topic-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    for text in ("new topic", ""):
        for seen in (one(ann.ask(f"TOPIC {room} :{text}"), "TOPIC"), one(ben.drain(), "TOPIC")):
            assert seen.source.startswith(f"{ann.nick}!")
            assert seen.params == [room, text]
    assert codes(ann.ask(f"TOPIC {room}")) == ["331"]


def test_topic_is_protected(connect: Connect, room: str) -> None:
    """If a client does not have appropriate channel permissions and tries to change the topic,
    the ERR_CHANOPRIVSNEEDED numeric is returned and the command will fail.

    https://modern.ircdocs.horse/#topic-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    assert one(ben.ask(f"TOPIC {room} :mine"), "482").params[1] == room
    assert ann.drain() == []
    ann.ask(f"MODE {room} -t")
    assert "TOPIC" in codes(ben.ask(f"TOPIC {room} :mine"))


def test_topic_errors(connect: Connect, room: str) -> None:
    """TOPIC numeric replies: ERR_NEEDMOREPARAMS, ERR_NOSUCHCHANNEL, ERR_NOTONCHANNEL

    https://modern.ircdocs.horse/#topic-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    assert codes(ben.ask("TOPIC")) == ["461"]
    assert codes(ben.ask(f"TOPIC {room}x")) == ["403"]
    assert codes(ben.ask(f"TOPIC {room}x :y")) == ["403"]
    assert codes(ben.ask(f"TOPIC {room} :y")) == ["442"]


def test_a_long_topic_is_cut(connect: Connect, room: str) -> None:
    """The TOPICLEN parameter indicates the maximum length of a topic that a client may set on a
    channel.

    https://modern.ircdocs.horse/#topiclen-parameter
    """
    client = connect()
    join(room, client)
    assert one(client.ask(f"TOPIC {room} :{'x' * 420}"), "TOPIC").params[1] == "x" * 390


def test_names(connect: Connect, room: str) -> None:
    """For each channel that exists and they are able to see the users in, the server returns
    one of more RPL_NAMREPLY numerics containing the users joined to the channel and a single
    RPL_ENDOFNAMES numeric. <symbol> notes the status of the channel: "=" Public channel.

    https://modern.ircdocs.horse/#names-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    ann.ask(f"MODE {room} +v {ben.nick}")
    seen = cat.ask(f"NAMES {room}")
    assert codes(seen) == ["353", "366"]
    assert seen[0].params[:3] == [cat.nick, "=", room]
    assert names(seen) == {f"@{ann.nick}", f"+{ben.nick}"}
    assert seen[1].params[1] == room


def test_names_of_nothing(connect: Connect, room: str) -> None:
    """If the channel name is invalid or the channel does not exist, one RPL_ENDOFNAMES numeric
    containing the given channel name should be returned.

    https://modern.ircdocs.horse/#names-message
    """
    client = connect()
    for name in (room, "not-a-room"):
        assert one(client.ask(f"NAMES {name}"), "366").params[1] == name
    assert one(client.ask("NAMES"), "366").params[1] == "*"


def test_names_of_a_secret_room(connect: Connect, room: str) -> None:
    """If the given channel has the secret channel mode set and the user is not joined to that
    channel, one RPL_ENDOFNAMES numeric is returned. <symbol>: "@" Secret channel.

    https://modern.ircdocs.horse/#names-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +s")
    assert codes(ben.ask(f"NAMES {room}")) == ["366"]
    assert one(ann.ask(f"NAMES {room}"), "353").params[1] == "@"


def test_names_leaves_invisible_users_out(connect: Connect, room: str) -> None:
    """Users with the invisible user mode set are not shown in channel responses unless the
    requesting client is also joined to that channel.

    https://modern.ircdocs.horse/#names-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    ben.ask(f"MODE {ben.nick} +i")
    assert names(cat.ask(f"NAMES {room}")) == {f"@{ann.nick}"}
    assert names(ann.ask(f"NAMES {room}")) == {f"@{ann.nick}", ben.nick}


def test_multi_prefix(connect: Connect, room: str) -> None:
    """When requested, the multi-prefix client capability will cause the IRC server to send all
    possible prefixes which apply to a user in NAMES and WHO output. These prefixes MUST be in
    order of 'rank', from highest to lowest.

    https://ircv3.net/specs/extensions/multi-prefix
    """
    ann, ben = connect("ann"), connect("ben", caps="multi-prefix")
    join(room, ann, ben)
    ann.ask(f"MODE {room} +v {ann.nick}")
    ben.drain()
    assert names(ben.ask(f"NAMES {room}")) == {f"@+{ann.nick}", ben.nick}
    assert names(ann.ask(f"NAMES {room}")) == {f"@{ann.nick}", ben.nick}
    flags = {m.params[5]: m.params[6] for m in only(ben.ask(f"WHO {room}"), "352")}
    assert flags == {ann.nick: "H@+", ben.nick: "H"}


def test_a_long_list_of_names_takes_several_lines(connect: Connect, room: str) -> None:
    """[...] the server returns one of more RPL_NAMREPLY numerics [...] and a single
    RPL_ENDOFNAMES numeric.

    https://modern.ircdocs.horse/#names-message
    """
    many = [connect("a_rather_long_nick_") for _ in range(30)]
    join(room, *many)
    many[0].send(f"NAMES {room}", "PING end")
    lines: list[bytes] = []
    while not lines or b"PONG" not in lines[-1]:
        lines.append(many[0].read_line())
    assert all(len(line) <= 512 for line in lines)
    assert sum(b" 353 " in line for line in lines) > 1
    seen = names(many[0].ask(f"NAMES {room}"))
    assert {word.lstrip("@") for word in seen} == {member.nick for member in many}


def test_list(connect: Connect, room: str) -> None:
    """In response to a successful LIST command, the server MAY send one RPL_LISTSTART numeric,
    MUST send back zero or more RPL_LIST numerics, and MUST send back one RPL_LISTEND numeric.
    RPL_LIST: "<client> <channel> <client count> :<topic>"

    https://modern.ircdocs.horse/#list-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    join(room + "2", ben)
    ann.ask(f"TOPIC {room} :the topic")
    seen = cat.ask("LIST")
    assert (codes(seen)[0], codes(seen)[-1]) == ("321", "323")
    listed = {m.params[1]: m.params[2:] for m in only(seen, "322")}
    assert listed[room] == ["2", "the topic"]
    assert listed[room + "2"] == ["1", ""]
    seen = cat.ask(f"LIST {room},{room}x")
    assert [m.params[1] for m in only(seen, "322")] == [room]
    assert codes(seen)[-1] == "323"


def test_list_hides_secret_rooms(connect: Connect, room: str) -> None:
    """A channel that is set to secret will not show up in responses to the LIST or NAMES
    command unless the client sending the command is joined to the channel.

    https://modern.ircdocs.horse/#secret-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +s")
    for line in ("LIST", f"LIST {room}"):
        assert room not in [m.params[1] for m in only(ben.ask(line), "322")]
        assert room in [m.params[1] for m in only(ann.ask(line), "322")]


def test_kick(connect: Connect, room: str) -> None:
    """It causes the <user> to be removed from the <channel> by force.

    https://modern.ircdocs.horse/#kick-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben, cat)
    seen = [one(ann.ask(f"KICK {room} {ben.nick} :Speaking English"), "KICK")]
    seen += [one(client.drain(), "KICK") for client in (ben, cat)]
    for message in seen:
        assert message.source.startswith(f"{ann.nick}!")
        assert message.params == [room, ben.nick, "Speaking English"]
    assert codes(ben.ask(f"PRIVMSG {room} :hello")) == ["404"]
    assert "JOIN" in codes(ben.ask(f"JOIN {room}"))


def test_kick_without_comment(connect: Connect, room: str) -> None:
    """If no comment is given, the server SHOULD use a default message instead.

    https://modern.ircdocs.horse/#kick-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    assert one(ann.ask(f"KICK {room} {ben.nick}"), "KICK").params[2]


def test_kick_several(connect: Connect, room: str) -> None:
    """The server MUST NOT send KICK messages with multiple users to clients.

    https://modern.ircdocs.horse/#kick-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben, cat)
    seen = only(ann.ask(f"KICK {room} {ben.nick},{cat.nick} :out"), "KICK")
    assert [message.params[1] for message in seen] == [ben.nick, cat.nick]


def test_kick_errors(connect: Connect, room: str) -> None:
    """KICK numeric replies: ERR_NEEDMOREPARAMS, ERR_NOSUCHCHANNEL, ERR_CHANOPRIVSNEEDED,
    ERR_USERNOTINCHANNEL, ERR_NOTONCHANNEL

    https://modern.ircdocs.horse/#kick-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    assert codes(ann.ask(f"KICK {room}")) == ["461"]
    assert codes(ann.ask(f"KICK {room}x {ben.nick}")) == ["403"]
    assert one(ann.ask(f"KICK {room} {cat.nick}"), "441").params[1:3] == [cat.nick, room]
    assert codes(ann.ask(f"KICK {room} nobody_here")) in (["401"], ["441"])
    assert codes(ben.ask(f"KICK {room} {ann.nick}")) == ["482"]
    assert codes(cat.ask(f"KICK {room} {ann.nick}")) == ["442"]


def test_invite(connect: Connect, room: str) -> None:
    """When the invite is successful, the server MUST send a RPL_INVITING numeric to the command
    issuer, and an INVITE message, with the issuer as <source>, to the target user. Other
    channel members SHOULD NOT be notified.

    https://modern.ircdocs.horse/#invite-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, cat)
    seen = ann.ask(f"INVITE {ben.nick} {room}")
    assert codes(seen) == ["341"]
    assert seen[0].params == [ann.nick, ben.nick, room]
    asked = one(ben.drain(), "INVITE")
    assert asked.source.startswith(f"{ann.nick}!")
    assert asked.params == [ben.nick, room]
    assert cat.drain() == []


def test_invite_errors(connect: Connect, room: str) -> None:
    """The server SHOULD reject the command with the ERR_NOSUCHCHANNEL numeric. Only members of
    the channel are allowed to invite other users. Otherwise, the server MUST reject the command
    with the ERR_NOTONCHANNEL numeric. If the user is already on the target channel, the server
    MUST reject the command with the ERR_USERONCHANNEL numeric.

    https://modern.ircdocs.horse/#invite-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    assert codes(ann.ask(f"INVITE {ben.nick}")) == ["461"]
    assert codes(ann.ask(f"INVITE {cat.nick} {room}x")) == ["403"]
    assert codes(ann.ask(f"INVITE nobody_here {room}")) == ["401"]
    assert codes(cat.ask(f"INVITE {cat.nick} {room}")) == ["442"]
    assert one(ann.ask(f"INVITE {ben.nick} {room}"), "443").params[1:3] == [ben.nick, room]


def test_invite_into_a_closed_room(connect: Connect, room: str) -> None:
    """They SHOULD reject it [with ERR_CHANOPRIVSNEEDED] when the channel has invite-only mode
    set, and the user is not a channel operator.

    https://modern.ircdocs.horse/#invite-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    assert codes(ben.ask(f"INVITE {cat.nick} {room}")) == ["341"]
    ann.ask(f"MODE {room} +i")
    ben.drain()
    assert codes(ben.ask(f"INVITE {cat.nick} {room}")) == ["482"]
