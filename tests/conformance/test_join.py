"""JOIN and PART."""

import pytest

from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one, only


def test_join_is_answered_in_order(connect: Connect, room: str) -> None:
    """If a client's JOIN command to the server is successful, the server MUST send, in this
    order: A JOIN message with the client as the message <source> and the channel they have
    joined as the first parameter; the channel's topic (with RPL_TOPIC and optionally
    RPL_TOPICWHOTIME), and no message if the channel does not have a topic; a list of users
    currently joined to the channel. These RPL_NAMREPLY messages MUST include the requesting
    client that has just joined the channel.

    https://modern.ircdocs.horse/#join-message
    """
    ann, ben = connect("ann"), connect("ben")
    first = ann.ask(f"JOIN {room}")
    assert codes(first) == ["JOIN", "353", "366"]
    assert first[0].source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
    assert first[0].params == [room]
    assert first[1].params[-1].split() == [f"@{ann.nick}"]
    ann.ask(f"TOPIC {room} :The topic")
    second = ben.ask(f"JOIN {room}")
    assert codes(second) == ["JOIN", "332", "333", "353", "366"]
    assert set(one(second, "353").params[-1].split()) == {f"@{ann.nick}", ben.nick}


def test_all_members_see_a_join(connect: Connect, room: str) -> None:
    """This message may be sent from a server to a client to notify the client that someone has
    joined a channel. In this case, the message <source> will be the client who is joining.

    https://modern.ircdocs.horse/#join-message
    """
    ann, ben, stranger = connect("ann"), connect("ben"), connect()
    join(room, ann)
    ben.ask(f"JOIN {room.upper()}")
    seen = one(ann.drain(), "JOIN")
    assert seen.source.startswith(f"{ben.nick}!")
    assert seen.params == [room]
    assert stranger.drain() == []


def test_several_rooms_and_keys(connect: Connect, room: str) -> None:
    """Servers MUST process the parameters of this command as lists on incoming commands from
    clients, with the first <key> being used for the first <channel>, the second <key> being
    used for the second <channel>, etc. Servers SHOULD NOT send multiple channels in this
    message to clients.

    https://modern.ircdocs.horse/#join-message
    """
    ann, ben = connect("ann"), connect("ben")
    names = [f"{room}{letter}" for letter in "abc"]
    for name, key in zip(names, ("one", "two", ""), strict=True):
        join(name, ann)
        if key:
            ann.ask(f"MODE {name} +k {key}")
    seen = ben.ask(f"JOIN {','.join(names)} one,wrong")
    assert [message.params for message in only(seen, "JOIN")] == [[names[0]], [names[2]]]
    assert one(seen, "475").params[1] == names[1]


def test_join_where_one_is_already(connect: Connect, room: str) -> None:
    """The server receiving the command checks whether or not the client can join the given
    channel, and processes the request.

    https://modern.ircdocs.horse/#join-message
    """
    client = connect()
    join(room, client)
    assert client.ask(f"JOIN {room}") == []


@pytest.mark.parametrize("name", ["room", "&local", "+room", "!room", "*"])
def test_what_is_no_room(connect: Connect, name: str) -> None:
    """ERR_NOSUCHCHANNEL: indicates that no channel can be found for the supplied channel name.

    https://modern.ircdocs.horse/#errnosuchchannel-403
    """
    assert one(connect().ask(f"JOIN {name}"), "403").params[1] == name


@pytest.mark.parametrize("name", ["#", "#a\x07b", "#" + "x" * 64])
def test_bad_room_names(connect: Connect, name: str) -> None:
    """The only restriction on a channel name is that it may not contain any spaces, a control
    G, or a comma. ERR_NOSUCHCHANNEL: indicates that no channel can be found for the supplied
    channel name.

    https://modern.ircdocs.horse/#errnosuchchannel-403
    """
    assert one(connect().ask(f"JOIN {name}"), "403").params[1] == name


def test_a_name_of_the_greatest_length(connect: Connect) -> None:
    """The CHANNELLEN parameter specifies the maximum length of a channel name that a client may
    join.

    https://modern.ircdocs.horse/#channellen-parameter
    """
    client = connect()
    name = "#" + client.nick.ljust(63, "x")
    assert one(client.ask(f"JOIN {name}"), "JOIN").params == [name]


def test_without_parameters(connect: Connect) -> None:
    """JOIN and PART numeric replies: ERR_NEEDMOREPARAMS

    https://modern.ircdocs.horse/#join-message
    """
    client = connect()
    for command in ("JOIN", "PART"):
        assert one(client.ask(command), "461").params[1] == command


def test_key(connect: Connect, room: str) -> None:
    """If they do not supply a <key>, or the key they supply does not match the value of this
    mode, they will receive an ERR_BADCHANNELKEY reply and the command will fail.

    https://modern.ircdocs.horse/#key-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +k secret")
    assert one(ben.ask(f"JOIN {room}"), "475").params[:2] == [ben.nick, room]
    assert codes(ben.ask(f"JOIN {room} Secret")) == ["475"]
    assert "JOIN" in codes(ben.ask(f"JOIN {room} secret"))


def test_limit(connect: Connect, room: str) -> None:
    """If this mode is set on a channel, and the number of users joined to that channel matches
    or exceeds the value of this mode, new users cannot join that channel. [...] they will
    receive an ERR_CHANNELISFULL reply and the command will fail.

    https://modern.ircdocs.horse/#client-limit-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +l 1")
    assert one(ben.ask(f"JOIN {room}"), "471").params[1] == room
    ann.ask(f"MODE {room} +l 2")
    assert "JOIN" in codes(ben.ask(f"JOIN {room}"))


def test_invite_only(connect: Connect, room: str) -> None:
    """If this mode is set on a channel, a user must have received an INVITE for this channel
    before being allowed to join it. If they have not received an invite, they will receive an
    ERR_INVITEONLYCHAN reply and the command will fail.

    https://modern.ircdocs.horse/#invite-only-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +i")
    assert one(ben.ask(f"JOIN {room}"), "473").params[1] == room
    ann.ask(f"INVITE {ben.nick} {room}")
    assert "JOIN" in codes(ben.ask(f"JOIN {room}"))
    ben.ask(f"PART {room}")
    assert codes(ben.ask(f"JOIN {room}")) == ["473"]


def test_banned(connect: Connect, room: str) -> None:
    """If they match one of these banned masks, they will receive an ERR_BANNEDFROMCHAN reply
    and the JOIN command will fail.

    https://modern.ircdocs.horse/#ban-channel-mode
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann)
    ann.ask(f"MODE {room} +b {ben.nick.upper()}!*@*")
    assert one(ben.ask(f"JOIN {room}"), "474").params[1] == room
    assert "JOIN" in codes(cat.ask(f"JOIN {room}"))
    ann.ask(f"MODE {room} -b {ben.nick}!*@*", f"MODE {room} -b {ben.nick.upper()}!*@*")
    assert "JOIN" in codes(ben.ask(f"JOIN {room}"))


def test_too_many_rooms(connect: Connect, room: str) -> None:
    """If the client cannot join this channel because they would be over their limit, they will
    receive an ERR_TOOMANYCHANNELS reply and the command will fail.

    https://modern.ircdocs.horse/#join-message
    """
    client = connect()
    seen = client.ask(*(f"JOIN {room}x{number}" for number in range(21)))
    assert len(only(seen, "JOIN")) == 20
    assert one(seen, "405").params[1] == f"{room}x20"


def test_join_0_leaves_all(connect: Connect, room: str) -> None:
    """This command also accepts the special argument of ("0", 0x30) instead of any of the usual
    parameters, which requests that the sending client leave all channels they are currently
    connected to.

    https://modern.ircdocs.horse/#join-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    join(room + "2", ann, ben)
    assert {m.params[0] for m in only(ann.ask("JOIN 0"), "PART")} == {room, room + "2"}
    assert len(only(ben.drain(), "PART")) == 2
    assert ann.ask("JOIN 0") == []


def test_part(connect: Connect, room: str) -> None:
    """On sending a successful PART command, the user will receive a PART message from the
    server for each channel they have been removed from. [...] <reason> (if it exists) should be
    on each of these messages.

    https://modern.ircdocs.horse/#part-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    join(room + "2", ann)
    seen = only(ann.ask(f"PART {room},{room}2 :so long"), "PART")
    assert [message.params for message in seen] == [[room, "so long"], [room + "2", "so long"]]
    other = one(ben.drain(), "PART")
    assert other.source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
    assert other.params == [room, "so long"]
    assert one(ben.ask(f"PART {room}"), "PART").params == [room]


def test_part_from_elsewhere(connect: Connect, room: str) -> None:
    """If the channel exists and the client is not joined to it, they will receive an
    ERR_NOTONCHANNEL reply and that channel will be ignored. If the channel does not exist, the
    client will receive an ERR_NOSUCHCHANNEL reply and that channel will be ignored.

    https://modern.ircdocs.horse/#part-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    join(room + "2", ben)
    seen = ben.ask(f"PART {room},{room}x,{room}2")
    assert codes(seen) == ["442", "403", "PART"]
    assert seen[0].params[1] == room
    assert seen[1].params[1] == room + "x"


def test_an_empty_room_ends(connect: Connect, room: str) -> None:
    """The channel is created implicitly when the first client joins it, and the channel ceases
    to exist when the last client leaves it.

    https://modern.ircdocs.horse/#channels
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"TOPIC {room} :old", f"MODE {room} +k key", f"PART {room}")
    seen = ben.ask(f"JOIN {room}")
    assert codes(seen) == ["JOIN", "353", "366"]
    assert one(seen, "353").params[-1].split() == [f"@{ben.nick}"]
