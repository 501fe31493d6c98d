"""Bans, exceptions, extended bans, invitations, knocks, and the conditions of LIST."""

import pytest

from tests.conformance.setting import Connect, join
from tests.fakes.irc import Client, codes, one, only


def log_in(client: Client) -> None:
    """Make an account of the client's nick."""
    assert one(client.ask("REGISTER * * password"), "REGISTER").params[0] == "SUCCESS"


def test_exceptions_from_bans(connect: Connect, room: str) -> None:
    """If their nickmask matches any one of the masks set by this mode, and their nickmask also
    matches any one of the masks set by the ban channel mode, they will not be blocked from joining
    due to the ban mode.

    https://modern.ircdocs.horse/#exception-channel-mode
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann)
    ann.ask(f"MODE {room} +be *!*@* {ben.nick}")
    assert codes(cat.ask(f"JOIN {room}")) == ["474"]
    assert codes(ben.ask(f"JOIN {room}"))[0] == "JOIN"
    assert ben.ask(f"PRIVMSG {room} :hi") == []


def test_exceptions_from_being_invited(connect: Connect, room: str) -> None:
    """If their nickmask matches any one of the masks set by this mode, and the channel is in
    invite-only mode, they do not need to require an INVITE in order to join the channel.

    https://modern.ircdocs.horse/#invite-exception-channel-mode
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann)
    ann.ask(f"MODE {room} +iI {ben.nick}")
    assert codes(cat.ask(f"JOIN {room}")) == ["473"]
    assert codes(ben.ask(f"JOIN {room}"))[0] == "JOIN"


@pytest.mark.parametrize(
    ("letter", "entry", "end"), [("b", "367", "368"), ("e", "348", "349"), ("I", "346", "347")]
)
def test_lists(connect: Connect, room: str, letter: str, entry: str, end: str) -> None:
    """If the mode is a list and there is no argument, the server sends the current entries:
    "<client> <channel> <mask> [<who> <set-ts>]".

    https://modern.ircdocs.horse/#rplbanlist-367
    """
    ann = connect("ann")
    join(room, ann)
    ann.ask(f"MODE {room} +{letter} bad!*@*")
    seen = ann.ask(f"MODE {room} +{letter}")
    assert codes(seen) == [entry, end]
    assert seen[0].params[1:3] == [room, "bad!*@*"]
    assert seen[0].params[3].startswith(f"{ann.nick}!")
    assert int(seen[0].params[4]) > 0
    assert seen[1].params[1] == room


def test_bans_of_accounts(connect: Connect, room: str) -> None:
    """Servers publishing the ACCOUNTEXTBAN token allow clients to construct ban masks matching
    account names. [They] MUST also publish the EXTBAN token, and the value of the ACCOUNTEXTBAN
    token MUST appear in the value of the EXTBAN token.

    https://ircv3.net/specs/extensions/account-extban
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    words = [word for line in ann.ask("VERSION") for word in line.params]
    told = dict(word.split("=", 1) for word in words if "EXTBAN=" in word)
    prefix, _, letters = told["EXTBAN"].partition(",")
    assert told["ACCOUNTEXTBAN"] in letters
    join(room, ann)
    log_in(ben)
    ann.ask(f"MODE {room} +b {prefix}{told['ACCOUNTEXTBAN']}:{ben.nick}")
    assert codes(ben.ask(f"JOIN {room}")) == ["474"]
    ben.ask(f"NICK {ben.nick}x")
    assert codes(ben.ask(f"JOIN {room}")) == ["474"]
    assert codes(cat.ask(f"JOIN {room}"))[0] == "JOIN"


def test_rooms_for_accounts(connect: Connect, room: str) -> None:
    """Channel mode R: only users who are logged in to an account may join; M: or speak.

    https://defs.ircdocs.horse/defs/chanmodes.html
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    log_in(ben)
    join(room, ann)
    ann.ask(f"MODE {room} +RM")
    assert codes(cat.ask(f"JOIN {room}")) == ["477"]
    assert codes(ben.ask(f"JOIN {room}"))[0] == "JOIN"
    assert ben.ask(f"PRIVMSG {room} :hi") == []
    ann.ask(f"MODE {room} -R")
    cat.ask(f"JOIN {room}")
    assert codes(cat.ask(f"PRIVMSG {room} :hi")) == ["404"]


def test_ones_invitations(connect: Connect, room: str) -> None:
    """RPL_INVITELIST: sent to a client as a reply to the INVITE command when used with no
    parameter, to indicate a channel the client was invited to. "<client> <channel>"

    https://modern.ircdocs.horse/#rplinvitelist-336
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"INVITE {ben.nick} {room}")
    ben.drain()
    seen = ben.ask("INVITE")
    assert codes(seen) == ["336", "337"]
    assert seen[0].params == [ben.nick, room]


def test_invitations_are_told_of(connect: Connect, room: str) -> None:
    """The invite-notify client capability allows a client to specify that it would like to be
    notified when users are invited to channels. :<inviter> INVITE <target> <channel>

    https://ircv3.net/specs/extensions/invite-notify
    """
    ann, ben, cat = connect("ann"), connect("ben", caps="invite-notify"), connect("cat")
    dan = connect("dan")
    join(room, ann, ben, dan)
    ann.ask(f"INVITE {cat.nick} {room}")
    for client in (ben, cat):
        told = one(client.drain(), "INVITE")
        assert told.source.startswith(f"{ann.nick}!")
        assert told.params == [cat.nick, room]
    assert only(dan.drain(), "INVITE") == []


def test_knocks(connect: Connect, room: str) -> None:
    """RPL_KNOCK: "<channel> <nick>!<user>@<host> :<text>". RPL_KNOCKDLVR: "<channel> :<text>".

    https://defs.ircdocs.horse/defs/numerics.html
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    assert codes(ben.ask(f"KNOCK {room}")) == ["713"]
    assert codes(ann.ask(f"KNOCK {room}")) == ["714"]
    ann.ask(f"MODE {room} +i")
    assert one(ben.ask(f"KNOCK {room} :please"), "711").params[1] == room
    assert one(ann.drain(), "710").params[1:] == [
        room,
        f"{ben.nick}!~{ben.nick}@127.0.0.1",
        "please",
    ]
    assert codes(ben.ask(f"KNOCK {room}")) == ["712"]


def test_conditions_of_list(connect: Connect, room: str) -> None:
    """M: Searching based on a mask. N: Searching based on a non-matching !mask. U: Searching based
    on user count within the channel. C: Searching based on channel creation time, via the "C<val"
    and "C>val" modifiers to search for a channel that was created either less than val minutes
    ago, or more than val minutes ago.

    https://modern.ircdocs.horse/#elist-parameter
    """
    ann, ben = connect("ann"), connect("ben")
    join(f"{room}-one", ann, ben)
    join(f"{room}-two", ann)

    def listed(conditions: str) -> set[str]:
        found = only(ben.ask(f"LIST {conditions}"), "322")
        return {line.params[1].removeprefix(f"{room}-") for line in found}

    assert listed(f"{room}-*") == {"one", "two"}
    assert listed(f"{room}-*,!*one") == {"two"}
    assert listed(f"{room}-* >1") == {"one"}
    assert listed(f"{room}-*,<2") == {"two"}
    assert listed(f"{room}-* C<5") == {"one", "two"}
    assert listed(f"{room}-* C>5") == set()
    assert listed(f"{room}-* T<5") == set()
    ann.ask(f"TOPIC {room}-two :x")
    assert listed(f"{room}-* T<5") == {"two"}
    assert listed(f"{room}-one,{room}-two") == {"one", "two"}
