"""WHO, WHOIS, USERHOST, AWAY; LUSERS, MOTD, VERSION, TIME; ISUPPORT."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.wire.message import Message
from tests.conformance.setting import HISTORY, NAME, Connect, join
from tests.fakes.irc import Client, codes, one, only
from tests.fakes.server import Server


def test_who_of_a_room(connect: Connect, room: str) -> None:
    """A channel name, in which case the channel members are listed. RPL_WHOREPLY: "<client>
    <channel> <username> <host> <server> <nick> <flags> :<hopcount> <realname>"

    https://modern.ircdocs.horse/#who-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ben.ask("AWAY :gone")
    seen = ben.ask(f"WHO {room}")
    assert codes(seen) == ["352", "352", "315"]
    assert [m.params[1:] for m in only(seen, "352")] == [
        [room, f"~{ann.nick}", "127.0.0.1", NAME, ann.nick, "H@", "0 A person"],
        [room, f"~{ben.nick}", "127.0.0.1", NAME, ben.nick, "G", "0 A person"],
    ]
    assert seen[-1].params[1] == room


def test_who_of_a_nick(connect: Connect) -> None:
    """An exact nickname, in which case a single user is returned.

    https://modern.ircdocs.horse/#who-message
    """
    ann, ben = connect("ann"), connect("ben")
    seen = ann.ask(f"WHO {ben.nick.upper()}")
    assert codes(seen) == ["352", "315"]
    assert seen[0].params[5] == ben.nick
    assert codes(ann.ask("WHO nobody_here")) == ["315"]


def test_who_of_a_pattern(connect: Connect) -> None:
    """A mask pattern, in which case all visible users whose nickname matches are listed.
    Visible users are users who either aren't invisible or have a common channel with the
    requesting client.

    https://modern.ircdocs.horse/#who-message
    """
    ann, hidden = connect("patternann"), connect("patternhid")
    hidden.ask(f"MODE {hidden.nick} +i")
    seen = connect().ask("WHO pattern*")
    assert [m.params[5] for m in only(seen, "352")] == [ann.nick]
    assert codes(seen)[-1] == "315"


def test_who_hides_secret_rooms(connect: Connect, room: str) -> None:
    """A secret channel is not shown to those who are not in it.

    https://modern.ircdocs.horse/#secret-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +s")
    assert codes(ben.ask(f"WHO {room}")) == ["315"]
    assert one(ben.ask(f"WHO {ann.nick}"), "352").params[1] == "*"


def test_whois(connect: Connect, room: str) -> None:
    """The server SHOULD answer this command with numeric messages with information about the
    nick, ending with RPL_ENDOFWHOIS, even if they did not send any other numeric message.

    https://modern.ircdocs.horse/#whois-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask("AWAY :at lunch")
    seen = ben.ask(f"WHOIS {ann.nick.upper()}")
    assert one(seen, "311").params[1:] == [
        ann.nick, f"~{ann.nick}", "127.0.0.1", "*", "A person"
    ]  # fmt: skip
    assert one(seen, "319").params[1:] == [ann.nick, f"@{room}"]
    assert one(seen, "312").params[1:3] == [ann.nick, NAME]
    assert one(seen, "301").params[1:] == [ann.nick, "at lunch"]
    idle = one(seen, "317").params
    assert 0 <= int(idle[2]) < 60
    assert abs(int(idle[3]) - time.time()) < 60
    assert seen[-1].command == "318"
    assert seen[-1].params[1] == ann.nick
    assert codes(ben.ask(f"WHOIS {NAME} {ann.nick}"))[-1] == "318"
    assert codes(ben.ask(f"WHOIS {ann.nick} {ann.nick}"))[-1] == "318"


def test_whois_of_nobody(connect: Connect) -> None:
    """WHOIS numeric replies: ERR_NOSUCHNICK, ERR_NONICKNAMEGIVEN, RPL_ENDOFWHOIS

    https://modern.ircdocs.horse/#whois-message
    """
    client = connect()
    seen = client.ask("WHOIS nobody_here")
    assert codes(seen) == ["401", "318"]
    assert [message.params[1] for message in seen] == ["nobody_here", "nobody_here"]
    assert codes(client.ask("WHOIS")) in (["431"], ["461"])


def test_whois_hides_secret_rooms(connect: Connect, room: str) -> None:
    """Secret channels will not show up in the RPL_WHOISCHANNELS numeric unless the user the
    numeric is being sent to is joined to that channel.

    https://modern.ircdocs.horse/#secret-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    ann.ask(f"MODE {room} +s")
    assert only(ben.ask(f"WHOIS {ann.nick}"), "319") == []
    ben.ask(f"JOIN {room}")
    assert one(ben.ask(f"WHOIS {ann.nick}"), "319").params[2] == f"@{room}"


def test_whois_of_the_invisible(connect: Connect, room: str) -> None:
    """The only channels that will show up in a WHOIS of an invisible user will be those they
    share with the user that submitted the command.

    https://modern.ircdocs.horse/#invisible-user-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    join(room + "2", ben, ann)
    ann.ask(f"MODE {ann.nick} +i")
    assert one(ben.ask(f"WHOIS {ann.nick}"), "319").params[2] == room + "2"


def test_whois_tells_of_tls(server: Server, nick: str, connect: Connect) -> None:
    """RPL_WHOISSECURE: "<client> <nick> :is using a secure connection"

    https://modern.ircdocs.horse/#rplwhoissecure-671
    """
    plain = connect()
    with server.client(nick, tls=True):
        assert one(plain.ask(f"WHOIS {nick}"), "671").params[1] == nick
        assert only(plain.ask(f"WHOIS {plain.nick}"), "671") == []


def test_userhost(connect: Connect) -> None:
    """The USERHOST command takes up to five nicknames, each a separate parameters. reply =
    nickname [ isop ] "=" isaway hostname; "+" represents that the user is not away, and "-"
    represents that the user is away.

    https://modern.ircdocs.horse/#userhost-message
    """
    ann, ben = connect("ann"), connect("ben")
    ben.ask("AWAY :gone")
    words = f"{ann.nick} nobody_here {ben.nick} a b {ann.nick}"
    assert one(ann.ask(f"USERHOST {words}"), "302").params[1].split() == [
        f"{ann.nick}=+~{ann.nick}@127.0.0.1",
        f"{ben.nick}=-~{ben.nick}@127.0.0.1",
    ]
    assert one(ann.ask("USERHOST nobody_here"), "302").params[1] == ""
    assert codes(ann.ask("USERHOST")) == ["461"]


def test_away(connect: Connect) -> None:
    """The server acknowledges the change in away status by returning the RPL_NOWAWAY and
    RPL_UNAWAY numerics.

    https://modern.ircdocs.horse/#away-message
    """
    client = connect()
    assert codes(client.ask("AWAY :at lunch")) == ["306"]
    assert codes(client.ask("AWAY :still at lunch")) == ["306"]
    assert codes(client.ask("AWAY")) == ["305"]
    assert codes(client.ask("AWAY :")) == ["305"]


def test_away_notify(connect: Connect, room: str) -> None:
    """When this capability is enabled, clients will be sent an AWAY message when a user sharing
    a channel with them sets, changes or removes their away state.

    https://ircv3.net/specs/extensions/away-notify
    """
    ann, ben = connect("ann", caps="away-notify"), connect("ben")
    old, stranger = connect("old"), connect("far", caps="away-notify")
    join(room, ann, ben, old)
    ben.ask("AWAY :at lunch", "AWAY :at lunch", "AWAY :asleep", "AWAY")
    seen = ann.drain()
    assert codes(seen) == ["AWAY"] * 3
    assert {message.source for message in seen} == {f"{ben.nick}!~{ben.nick}@127.0.0.1"}
    assert [list(message.params) for message in seen] == [["at lunch"], ["asleep"], []]
    assert old.drain() == []
    assert stranger.drain() == []


def test_away_notify_of_who_joins(connect: Connect, room: str) -> None:
    """[...] as well as when a user joins and has an away message set. (Note that AWAY will not
    be sent for joining users with no away message set.)

    https://ircv3.net/specs/extensions/away-notify
    """
    ann, ben, cat = connect("ann", caps="away-notify"), connect("ben"), connect("cat")
    join(room, ann)
    ben.ask("AWAY :gone", f"JOIN {room}")
    cat.ask(f"JOIN {room}")
    seen = ann.drain()
    assert codes(seen) == ["JOIN", "AWAY", "JOIN"]
    assert seen[1].params == ["gone"]


def test_lusers(connect: Connect) -> None:
    """Servers MUST reply with RPL_LUSERCLIENT and RPL_LUSERME, and SHOULD also include all those
    defined below.

    https://modern.ircdocs.horse/#lusers-message
    """
    client = connect()
    seen = client.ask("LUSERS")
    assert codes(seen) == ["251", "252", "253", "254", "255", "265", "266"]
    assert re.search(r"\d+ users and \d+ invisible on \d+ servers", seen[0].params[1])
    current, peak = one(seen, "266").params[1:3]
    assert 1 <= int(current) <= int(peak)


def test_motd_is_missing(connect: Connect) -> None:
    """If the MOTD does not exist or could not be found, the ERR_NOMOTD numeric is returned.
    If <target> is given and a matching server cannot be found, the server will respond with the
    ERR_NOSUCHSERVER numeric and the command will fail.

    https://modern.ircdocs.horse/#motd-message
    """
    client = connect()
    assert codes(client.ask("MOTD")) == ["422"]
    assert codes(client.ask(f"MOTD {NAME}")) == ["422"]
    assert one(client.ask("MOTD no.such.server"), "402").params[1] == "no.such.server"


def test_motd(tmp_path: Path) -> None:
    """If the MOTD can be found, one RPL_MOTDSTART numeric is returned, followed by one or more
    RPL_MOTD numeric, then one RPL_ENDOFMOTD numeric.

    https://modern.ircdocs.horse/#motd-message
    """
    config = '[server]\nmotd = """\nWelcome to the lab.\n\n  Be kind.\n"""\n'
    with (
        Server(tmp_path, workers=1, config=config) as server,
        server.connect() as client,
    ):
        for seen in (client.register("ada"), client.ask("MOTD")):
            motd = only(seen, "375", "372", "376")
            assert codes(motd) == ["375", "372", "372", "372", "376"]
            lines = [message.params[1].removeprefix("- ") for message in motd[1:-1]]
            assert lines == ["Welcome to the lab.", "", "  Be kind."]


def test_version(connect: Connect) -> None:
    """Upon receiving a VERSION command, the given server SHOULD respond with one RPL_VERSION
    reply and one or more RPL_ISUPPORT replies.

    https://modern.ircdocs.horse/#version-message
    """
    client = connect()
    for line in ("VERSION", f"VERSION {NAME}", "VERSION *.example", f"VERSION {client.nick}"):
        seen = client.ask(line)
        assert codes(seen[:2]) == ["351", "005"]
        assert set(codes(seen[1:])) == {"005"}
        assert seen[0].params[1].startswith("parlor-")
        assert seen[0].params[2] == NAME
    assert codes(client.ask("VERSION no.such.server")) == ["402"]


def test_time(connect: Connect) -> None:
    """RPL_TIME: "<client> <server> [<timestamp> [<TS offset>]] :<human-readable time>"

    https://modern.ircdocs.horse/#time-message
    """
    client = connect()
    params = one(client.ask("TIME"), "391").params
    assert params[1] == NAME
    told = datetime.strptime(params[-1], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    assert abs(told.timestamp() - time.time()) < 60
    assert codes(client.ask("TIME no.such.server")) == ["402"]


@pytest.fixture
def isupport(connect: Connect) -> list[Message]:
    """The 005 lines."""
    return only(connect().ask("VERSION"), "005")


def tokens(isupport: list[Message]) -> dict[str, str]:
    """Parameter -> value of all 005 lines."""
    words = [word for message in isupport for word in message.params[1:-1]]
    return {word.partition("=")[0]: word.partition("=")[2] for word in words}


def test_isupport_lines(isupport: list[Message]) -> None:
    """ "<client> <1-13 tokens> :are supported by this server". As the maximum number of message
    parameters to any reply is 15, the maximum number of RPL_ISUPPORT tokens that can be
    advertised is 13. A single RPL_ISUPPORT reply MUST NOT contain the same parameter multiple
    times.

    https://modern.ircdocs.horse/#rplisupport-005
    """
    for message in isupport:
        assert 3 <= len(message.params) <= 15
        assert message.params[-1] == "are supported by this server"
    words = [word.partition("=")[0] for message in isupport for word in message.params[1:-1]]
    assert len(words) == len(set(words))
    assert all(re.fullmatch("[A-Z0-9]{1,20}", word) for word in words)


def test_isupport_tokens(isupport: list[Message]) -> None:
    """Servers SHOULD support at least the following parameters where appropriate.

    https://modern.ircdocs.horse/#rplisupport-parameters
    """
    told = tokens(isupport)
    assert told["CASEMAPPING"] == "ascii"
    assert told["CHANTYPES"] == "#"
    assert told["PREFIX"] == "(qaohv)~&@%+"
    assert told["CHANMODES"] == "Ibe,k,l,CMRimnst"
    assert told["CHANLIMIT"] == "#:20"
    assert told["MAXLIST"] == "beI:5"
    assert told["NETWORK"] == "Parlor"
    assert "UTF8ONLY" in told
    for name in ("NICKLEN", "USERLEN", "CHANNELLEN", "TOPICLEN", "KICKLEN", "AWAYLEN", "MODES"):
        assert int(told[name]) > 0
    limits = dict(entry.split(":") for entry in told["TARGMAX"].split(","))
    assert limits["PRIVMSG"] == limits["NOTICE"] == "4"


@pytest.mark.parametrize("line", ["PRIVMSG {} :hi", "TAGMSG {}", "WHOIS {}", "INVITE {} #room"])
def test_as_many_targets_as_targmax_tells(
    connect: Connect, isupport: list[Message], line: str
) -> None:
    """Certain client commands MAY contain multiple targets, delimited by a comma. The TARGMAX
    parameter defines the maximum number of targets allowed for commands which accept multiple
    targets.

    https://modern.ircdocs.horse/#targmax-parameter
    """
    limits = dict(entry.split(":") for entry in tokens(isupport)["TARGMAX"].split(","))
    most = int(limits[line.partition(" ")[0]])
    client = connect(caps="message-tags")
    nicks = [f"nobody-{number}" for number in range(most + 1)]
    assert "407" not in codes(client.ask(line.format(",".join(nicks[:-1]))))
    assert one(client.ask(line.format(",".join(nicks))), "407").params[1] == nicks[-1]


def test_isupport_of_history(isupport: list[Message]) -> None:
    """CHATHISTORY MUST be sent to the client to state the maximum number of messages a client
    can request in a single command. MSGREFTYPES SHOULD be sent, with a comma-separated list of
    types of message references they support.

    https://ircv3.net/specs/extensions/chathistory#isupport-tokens
    """
    told = tokens(isupport)
    assert told["CHATHISTORY"] == str(HISTORY)
    assert set(told["MSGREFTYPES"].split(",")) == {"msgid", "timestamp"}


def test_the_longest_nick(raw: Client, isupport: list[Message], nick: str) -> None:
    """The NICKLEN parameter indicates the maximum length of a nickname that a client may set.

    https://modern.ircdocs.horse/#nicklen-parameter
    """
    length = int(tokens(isupport)["NICKLEN"])
    assert codes(raw.ask(f"NICK {nick.ljust(length + 1, 'x')}")) == ["432"]
    assert "001" in codes(raw.register(nick.ljust(length, "x")))
