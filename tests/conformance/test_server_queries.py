"""ADMIN, HELP, INFO, LINKS, LUSERS, STATS, ISON, SUMMON, USERS; which server is asked."""

import pytest

from tests.conformance.setting import NAME, Connect, become_operator
from tests.fakes.irc import Client, codes, one, only


def test_admin(connect: Connect) -> None:
    """Upon receiving an ADMIN command, the given server SHOULD respond with the RPL_ADMINME,
    RPL_ADMINLOC1, RPL_ADMINLOC2, and RPL_ADMINEMAIL replies.

    https://modern.ircdocs.horse/#admin-message
    """
    ann = connect("ann")
    answer = ann.ask("ADMIN")
    assert [(m.command, m.params[1:]) for m in answer] == [
        ("256", [NAME, "Administrative info"]),
        ("257", ["A cellar, Berlin"]),
        ("258", ["Ada Admin"]),
        ("259", ["ada@parlor.example"]),
    ]


@pytest.mark.parametrize("command", ["ADMIN", "INFO", "MOTD", "TIME", "VERSION", "STATS u"])
def test_which_server_is_asked(connect: Connect, command: str) -> None:
    """If <target> is a client, the information for the server that client is connected to is
    requested. If <target> is given and a matching server cannot be found, the server will respond
    with the ERR_NOSUCHSERVER numeric and the command will fail.  Wildcards are allowed in the
    <target> parameter.

    https://modern.ircdocs.horse/#version-message
    """
    ann, ben = connect("ann"), connect("ben")
    usual = codes(ann.ask(command))
    for target in (NAME, "*.parlor.*", ben.nick):
        assert codes(ann.ask(f"{command} {target}")) == usual
    (answer,) = ann.ask(f"{command} other.example")
    assert (answer.command, answer.params[1]) == ("402", "other.example")


def test_info(connect: Connect) -> None:
    """Upon receiving an INFO command, the server will respond with zero or more RPL_INFO replies,
    followed by one RPL_ENDOFINFO numeric.

    https://modern.ircdocs.horse/#info-message
    """
    answer = connect().ask("INFO")
    assert set(codes(answer[:-1])) == {"371"}
    assert answer[-1].command == "374"


def test_links(connect: Connect) -> None:
    """In replying to the LINKS message, a server MUST send replies back using zero or more
    RPL_LINKS messages and mark the end of the list using a RPL_ENDOFLINKS message.  Servers
    MAY omit some or all servers on the network, including itself.

    https://modern.ircdocs.horse/#links-message
    """
    ann = connect("ann")
    (answer,) = ann.ask("LINKS")
    assert (answer.command, answer.params[1]) == ("365", "*")
    become_operator(ann)
    answers = ann.ask("LINKS")
    assert codes(answers) == ["364", "365"]
    assert answers[0].params[1:3] == [NAME, NAME]
    assert answers[0].params[3].startswith("0 ")


def test_lusers_counts_operators_and_the_unregistered(connect: Connect, raw: Client) -> None:
    """RPL_LUSEROP: <ops> represents the number of IRC operators connected to this server.
    RPL_LUSERUNKNOWN: <connections> represents the number of connections to this server that are
    currently in an unknown state.

    https://modern.ircdocs.horse/#rplluserop-252
    """
    raw.drain()
    ann = connect("ann")
    before = ann.ask("LUSERS")
    assert int(one(before, "253").params[1]) >= 1
    become_operator(ann)
    after = ann.ask("LUSERS")
    assert int(one(after, "252").params[1]) >= 1


@pytest.mark.parametrize("command", ["HELP", "HELPOP"])
@pytest.mark.parametrize("subject", ["", "PRIVMSG", "whois"])
def test_help(connect: Connect, command: str, subject: str) -> None:
    """Reply with a single RPL_HELPSTART message, then arbitrarily many RPL_HELPTXT messages, then a
    single RPL_ENDOFHELP.  The first RPL_HELPTXT message SHOULD be empty.

    https://modern.ircdocs.horse/#help-message
    """
    answer = connect().ask(f"{command} {subject}")
    assert codes(answer) == ["704", *["705"] * (len(answer) - 2), "706"]
    assert {m.params[1] for m in answer} == {subject.upper() or "*"}
    assert answer[1].params[2] == ""


def test_help_on_nothing_known(connect: Connect) -> None:
    """When receiving a HELP command, servers MUST either: reply with a single ERR_HELPNOTFOUND
    message; or reply with a single RPL_HELPSTART message ...

    https://modern.ircdocs.horse/#help-message
    """
    ann = connect("ann")
    (answer,) = ann.ask("HELP :unknown subject")
    assert answer.command == "524"
    assert answer.params[1] == "*"
    (answer,) = ann.ask("HELP NONSENSE")
    assert answer.params[1] == "NONSENSE"


def test_stats(connect: Connect) -> None:
    """`m` - returns a list of commands supported by the server and the usage count for each if the
    usage count is non zero; `u` - returns a string showing how long the server has been up.

    https://modern.ircdocs.horse/#stats-message
    """
    ann = connect("ann")
    answer = ann.ask("STATS u")
    assert codes(answer) == ["242", "219"]
    assert answer[0].params[1].startswith("Server Up 0 days 0:")
    assert answer[1].params[1:] == ["u", "End of /STATS report"]
    counts = {m.params[1]: int(m.params[2]) for m in only(ann.ask("STATS m"), "212")}
    assert counts["STATS"] >= 2
    assert codes(ann.ask("STATS")) == ["461"]
    assert codes(ann.ask("STATS k")) == ["481"]


def test_ison(connect: Connect) -> None:
    """RPL_ISON: this numeric lists the nicks that are present on the network.

    https://modern.ircdocs.horse/#rplison-303
    """
    ann, ben = connect("ann"), connect("ben")
    (answer,) = ann.ask(f"ISON nobody_here {ben.nick.upper()} {ann.nick}")
    assert (answer.command, answer.params[1]) == ("303", f"{ben.nick} {ann.nick}")
    (answer,) = ann.ask("ISON nobody_here")
    assert answer.params[1] == ""


def test_summon_and_users(connect: Connect) -> None:
    """ERR_SUMMONDISABLED and ERR_USERSDISABLED MUST be returned by any server which doesn't
    implement them.

    https://datatracker.ietf.org/doc/html/rfc2812#section-5.2
    """
    assert codes(connect().ask("SUMMON ann", "USERS")) == ["445", "446"]


def test_whowas(connect: Connect) -> None:
    """Servers MUST reply with either ERR_WASNOSUCHNICK or a non-empty list of WHOWAS entries, both
    followed with RPL_ENDOFWHOWAS.  The history is searched backward, returning the most recent
    entry first.

    https://modern.ircdocs.horse/#whowas-message
    """
    ann, ben = connect("ann"), connect("ben")
    nick = ben.nick
    ben.ask(f"NICK {nick}x", f"NICK {nick}")
    ben.send("QUIT")
    ben.until_closed()
    answer = ann.ask(f"WHOWAS {nick.upper()}")
    assert codes(answer) == ["314", "312", "314", "312", "369"]
    ident = f"~{nick.lower()}"
    assert answer[0].params == [ann.nick, nick, ident, "127.0.0.1", "*", "A person"]
    assert codes(ann.ask(f"WHOWAS {nick} 1")) == ["314", "312", "369"]
    assert codes(ann.ask(f"WHOWAS {nick} 0")) == ["314", "312", "314", "312", "369"]
    assert codes(ann.ask("WHOWAS nobody_here")) == ["406", "369"]
    assert codes(ann.ask("WHOWAS")) == ["431"]


def test_bot_mode(connect: Connect, room: str) -> None:
    """The value of the BOT token is the mode character which is used to enable bot mode and is also
    the flag used in WHO responses of bots.  RPL_WHOISBOT: ":<server> 335 <nick> <target>
    :<message>".  The bot tag SHOULD be added by the server to all commands sent by a bot.

    https://ircv3.net/specs/extensions/bot-mode
    """
    ann, bot = connect("ann", caps="message-tags"), connect("bot")
    assert any("BOT=B" in m.params for m in only(ann.ask("VERSION"), "005"))
    (answer,) = bot.ask(f"MODE {bot.nick} +B")
    assert (answer.command, answer.params) == ("MODE", [bot.nick, "+B"])
    assert one(ann.ask(f"WHOIS {bot.nick}"), "335").params[:2] == [ann.nick, bot.nick]
    assert "B" in one(ann.ask(f"WHO {bot.nick}"), "352").params[6]
    bot.ask(f"PRIVMSG {ann.nick} :beep")
    said = one(ann.drain(), "PRIVMSG")
    assert said.tags["bot"] == ""
    ann.ask(f"JOIN {room}")
    bot.ask(f"JOIN {room}")
    assert one(ann.drain(), "JOIN").tags["bot"] == ""
