"""MODE, of rooms and of oneself (https://modern.ircdocs.horse/#mode-message)."""

import time

import pytest

from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one, only


def test_modes_of_a_new_room(connect: Connect, room: str) -> None:
    """If <modestring> is not given, the RPL_CHANNELMODEIS numeric is returned. Servers MAY also
    return the RPL_CREATIONTIME numeric following RPL_CHANNELMODEIS. [...] newly-created channels
    have then protected topic "+t" and no external messages "+n" modes enabled.

    https://modern.ircdocs.horse/#channel-mode
    """
    client = connect()
    join(room, client)
    seen = client.ask(f"MODE {room}")
    assert codes(seen) == ["324", "329"]
    assert seen[0].params == [client.nick, room, "+nt"]
    assert abs(int(seen[1].params[2]) - time.time()) < 60


@pytest.mark.parametrize("letter", "imnst")
def test_flags(connect: Connect, room: str, letter: str) -> None:
    """Type D: Modes that change a setting on a channel. These modes MUST NOT have a parameter.
    When the server is done processing the modes, a MODE command is sent to all members of the
    channel containing the mode changes.

    https://modern.ircdocs.horse/#channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    on = letter in "nt"
    for sign in "-+" if on else "+-":
        for seen in (one(ann.ask(f"MODE {room} {sign}{letter}"), "MODE"), one(ben.drain(), "MODE")):
            assert seen.source.startswith(f"{ann.nick}!")
            assert seen.params == [room, sign + letter]
        assert (letter in one(ann.ask(f"MODE {room}"), "324").params[2]) is (sign == "+")
        assert ann.ask(f"MODE {room} {sign}{letter}") == []


def test_several_changes_at_once(connect: Connect, room: str) -> None:
    """For type A, B, and C modes, arguments will be sequentially obtained from <mode arguments>.

    https://modern.ircdocs.horse/#channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    seen = one(ann.ask(f"MODE {room} +mk-t+lo key 9 {ben.nick}"), "MODE")
    assert seen.params == [room, "+mk-t+lo", "key", "9", ben.nick]
    assert one(ann.ask(f"MODE {room}"), "324").params[2:] == ["+klmn", "key", "9"]


def test_key_is_hidden_from_others(connect: Connect, room: str) -> None:
    """Servers MAY choose to hide sensitive information such as channel keys when sending the
    current modes.

    https://modern.ircdocs.horse/#channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +k secret")
    assert one(ann.ask(f"MODE {room}"), "324").params[2:] == ["+knt", "secret"]
    assert "secret" not in one(ben.ask(f"MODE {room}"), "324").params


def test_key_is_removed(connect: Connect, room: str) -> None:
    """Type B: Modes that change a setting on a channel. These modes MUST always have a
    parameter.

    https://modern.ircdocs.horse/#channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    for unset in ("-k key", "-k"):
        ann.ask(f"MODE {room} +k key")
        assert len(one(ann.ask(f"MODE {room} {unset}"), "MODE").params) == 3
    assert "JOIN" in codes(ben.ask(f"JOIN {room}"))


def test_limit_is_removed_without_parameter(connect: Connect, room: str) -> None:
    """Type C: These modes MUST have a parameter when being set, and MUST NOT have a parameter
    when being unset.

    https://modern.ircdocs.horse/#channel-mode
    """
    client = connect()
    join(room, client)
    assert one(client.ask(f"MODE {room} +l 5"), "MODE").params == [room, "+l", "5"]
    assert one(client.ask(f"MODE {room} -l"), "MODE").params == [room, "-l"]


@pytest.mark.parametrize("mode", ["+k", "+l", "+o", "-v"])
def test_a_parameter_is_missing(connect: Connect, room: str, mode: str) -> None:
    """If a type B or C mode does not have a parameter when being set, the server MUST ignore
    that mode.

    https://modern.ircdocs.horse/#channel-mode
    """
    client = connect()
    join(room, client)
    assert "MODE" not in codes(client.ask(f"MODE {room} {mode}"))
    assert one(client.ask(f"MODE {room}"), "324").params[2:] == ["+nt"]


@pytest.mark.parametrize("change", ["+l 0", "+l -3", "+l many", "+k :two words", "+k a,b"])
def test_bad_parameters(connect: Connect, room: str, change: str) -> None:
    """ERR_INVALIDMODEPARAM: indicates that there was a problem with a mode parameter.
    "<client> <target chan/user> <mode char> <parameter> :<description>"

    https://modern.ircdocs.horse/#errinvalidmodeparam-696
    """
    client = connect()
    join(room, client)
    seen = client.ask(f"MODE {room} {change}")
    assert codes(seen) == ["696"]
    assert seen[0].params[1:3] == [room, change[1]]
    assert len(seen[0].params) == 5


def test_operators_and_voices(connect: Connect, room: str) -> None:
    """Users with this mode [+o] may perform channel moderation tasks such as kicking users,
    applying channel modes, and set other users to operator (or lower) status.

    https://modern.ircdocs.horse/#operator-prefix
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben, cat)
    assert codes(ben.ask(f"MODE {room} +v {ben.nick}")) == ["482"]
    ann.ask(f"MODE {room} +o {ben.nick.upper()}")
    assert one(ben.drain(), "MODE").params == [room, "+o", ben.nick]
    assert "MODE" in codes(ben.ask(f"MODE {room} +v-o {cat.nick} {ann.nick}"))
    ann.drain()
    assert codes(ann.ask(f"MODE {room} -v {cat.nick}")) == ["482"]


def test_prefix_mode_errors(connect: Connect, room: str) -> None:
    """ERR_USERNOTINCHANNEL: returned when a client tries to perform a channel+nick affecting
    command, when the nick isn't joined to the channel (for example, MODE #channel +o nick).

    https://modern.ircdocs.horse/#errusernotinchannel-441
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    assert one(ann.ask(f"MODE {room} +o {ben.nick}"), "441").params[1:3] == [ben.nick, room]
    assert one(ann.ask(f"MODE {room} +o nobody_here"), "401").params[1] == "nobody_here"


def test_unknown_modes(connect: Connect, room: str) -> None:
    """ERR_UNKNOWNMODE: indicates that a mode character used by a client is not recognized by the
    server. "<client> <modechar> :is unknown mode char to me"

    https://modern.ircdocs.horse/#errunknownmode-472
    """
    client = connect()
    join(room, client)
    seen = client.ask(f"MODE {room} +Ym")
    assert one(seen, "472").params[:2] == [client.nick, "Y"]
    assert one(seen, "MODE").params == [room, "+m"]


def test_mode_errors(connect: Connect, room: str) -> None:
    """If <target> is a channel that does not exist on the network, the ERR_NOSUCHCHANNEL numeric
    is returned. If a user does not have appropriate privileges to change modes on the target
    channel, the server MUST not process the message, and ERR_CHANOPRIVSNEEDED is returned.

    https://modern.ircdocs.horse/#channel-mode
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    assert codes(ann.ask("MODE")) == ["461"]
    assert codes(ann.ask(f"MODE {room}x")) == ["403"]
    assert codes(ann.ask(f"MODE {room}x +m")) == ["403"]
    assert one(ben.ask(f"MODE {room} +m"), "482").params[1] == room
    assert codes(cat.ask(f"MODE {room} +m")) in (["442"], ["482"])
    assert ann.drain() == []


def test_ban_list(connect: Connect, room: str) -> None:
    """Ban lists are returned with zero or more RPL_BANLIST numerics, followed by one
    RPL_ENDOFBANLIST numeric. RPL_BANLIST: "<client> <channel> <mask> [<who> <set-ts>]"

    https://modern.ircdocs.horse/#mode-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    assert codes(ann.ask(f"MODE {room} +b")) == ["368"]
    for given, kept in (
        ("nick", "nick!*@*"),
        ("*@10.0.0.1", "*!*@10.0.0.1"),
        ("a!b", "a!b@*"),
        ("x!y@z", "x!y@z"),
    ):
        assert one(ann.ask(f"MODE {room} +b {given}"), "MODE").params == [room, "+b", kept]
    seen = ben.ask(f"MODE {room} b")
    assert codes(seen) == ["367"] * 4 + ["368"]
    masks = [message.params[2] for message in only(seen, "367")]
    assert masks == ["nick!*@*", "*!*@10.0.0.1", "a!b@*", "x!y@z"]
    assert seen[0].params[3].startswith(ann.nick)
    assert abs(int(seen[0].params[4]) - time.time()) < 60
    assert one(ann.ask(f"MODE {room} -b nick"), "MODE").params == [room, "-b", "nick!*@*"]
    assert len(only(ann.ask(f"MODE {room} +b"), "367")) == 3


def test_a_full_ban_list(connect: Connect, room: str) -> None:
    """ERR_BANLISTFULL: "<client> <channel> <char> :Channel list is full"; the MAXLIST parameter
    specifies how many "variable" modes of type A may be set.

    https://modern.ircdocs.horse/#maxlist-parameter
    """
    client = connect()
    join(room, client)
    seen = client.ask(f"MODE {room} +bbbbbb a b c d e f")
    assert one(seen, "478").params[1] == room
    assert one(seen, "MODE").params[1] == "+bbbbb"


def test_own_modes(connect: Connect) -> None:
    """If <modestring> is not given, the RPL_UMODEIS numeric is sent back containing the current
    modes of the target user. If <modestring> is given, the supplied modes will be applied, and
    a MODE message will be sent to the user containing the changed modes.

    https://modern.ircdocs.horse/#user-mode
    """
    client = connect()
    assert one(client.ask(f"MODE {client.nick}"), "221").params == [client.nick, "+"]
    assert one(client.ask(f"MODE {client.nick.upper()} +i"), "MODE").params == [client.nick, "+i"]
    assert one(client.ask(f"MODE {client.nick}"), "221").params == [client.nick, "+i"]
    assert client.ask(f"MODE {client.nick} +i") == []
    assert one(client.ask(f"MODE {client.nick} -i"), "MODE").params == [client.nick, "-i"]


def test_nobody_makes_themselves_an_operator(connect: Connect) -> None:
    """If a user attempts to make themselves an operator using the "+o" or "+O" flag, the attempt
    SHOULD be ignored as users could bypass the authentication mechanisms of the OPER command.

    https://www.rfc-editor.org/rfc/rfc2812#section-3.1.5
    """
    client = connect()
    assert client.ask(f"MODE {client.nick} +o") == []
    assert one(client.ask(f"MODE {client.nick}"), "221").params[1] == "+"


def test_unknown_own_modes(connect: Connect) -> None:
    """If one or more modes sent are not implemented on the server, the server MUST apply the
    modes that are implemented, and then send the ERR_UMODEUNKNOWNFLAG in reply along with the
    MODE message.

    https://modern.ircdocs.horse/#user-mode
    """
    client = connect()
    seen = client.ask(f"MODE {client.nick} +Yi")
    assert sorted(codes(seen)) == ["501", "MODE"]
    assert one(seen, "MODE").params[1] == "+i"


def test_modes_of_others(connect: Connect) -> None:
    """If <target> is a nickname that does not exist on the network, the ERR_NOSUCHNICK numeric
    is returned. If <target> is a different nick than the user who sent the command, the
    ERR_USERSDONTMATCH numeric is returned.

    https://modern.ircdocs.horse/#user-mode
    """
    ann, ben = connect("ann"), connect("ben")
    for words in (ben.nick, f"{ben.nick} +i"):
        assert codes(ann.ask(f"MODE {words}")) == ["502"]
    assert one(ann.ask("MODE nobody_here"), "401").params[1] == "nobody_here"
