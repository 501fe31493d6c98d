"""OPER, KILL, WALLOPS, REHASH; what they answer to those who may not."""

import pytest

from tests.conformance.setting import Connect, become_operator, join
from tests.fakes.irc import codes, one, only
from tests.fakes.operators import PASSWORD

NOT_AN_OPERATOR = "Permission Denied- You're not an IRC operator"


def test_oper(connect: Connect) -> None:
    """If the supplied name and password are both correct, and the user is connecting from a valid
    host, the RPL_YOUREOPER message is sent to the user. The user will also receive a MODE message
    indicating their new user modes.

    https://modern.ircdocs.horse/#oper-message
    """
    ann = connect("ann")
    answer = ann.ask(f"OPER root {PASSWORD}")
    assert codes(answer) == ["381", "MODE"]
    assert answer[0].params == [ann.nick, "You are now an IRC operator"]
    assert answer[1].params == [ann.nick, "+o"]


@pytest.mark.parametrize("name", ["root", "nobody"])
def test_oper_with_a_wrong_password(connect: Connect, name: str) -> None:
    """If the client does not send the correct password for the given name, the server replies with
    an ERR_PASSWDMISMATCH message and the request is not successful.

    https://modern.ircdocs.horse/#oper-message
    """
    ann = connect("ann")
    assert codes(ann.ask(f"OPER {name} wrong", f"MODE {ann.nick}")) == ["464", "221"]


def test_oper_needs_both(connect: Connect) -> None:
    """Both parameters are required for the command to be successful.

    https://modern.ircdocs.horse/#oper-message
    """
    assert codes(connect().ask("OPER root")) == ["461"]


def test_oper_is_given_up(connect: Connect) -> None:
    """If a user has this mode, this indicates that they are a network operator.

    https://modern.ircdocs.horse/#oper-user-mode
    """
    ann = connect("ann")
    become_operator(ann)
    assert one(ann.ask(f"MODE {ann.nick} -o"), "MODE").params == [ann.nick, "-o"]
    assert codes(ann.ask(f"MODE {ann.nick} +o", f"MODE {ann.nick}")) == ["221"]
    assert codes(ann.ask("WALLOPS :x")) == ["481"]


def test_kill(connect: Connect, room: str) -> None:
    """When a KILL command is used, the client being killed receives the KILL message, and the
    <source> of the message SHOULD be the operator who performed the command. The user being killed
    and every user sharing a channel with them receives a QUIT message. The <reason> on this QUIT
    message typically has the form: "Killed (<killer> (<reason>))". The user being killed then
    receives the ERROR message. After this, their connection is closed.

    https://modern.ircdocs.horse/#kill-message
    """
    root, ann, ben = connect("root"), connect("ann"), connect("ben")
    become_operator(root)
    join(room, ann, ben)
    assert root.ask(f"KILL {ann.nick} :too loud") == []
    last = ann.until_closed()
    assert codes(last) == ["KILL", "QUIT", "ERROR"]
    assert last[0].source == f"{root.nick}!~{root.nick.lower()}@127.0.0.1"
    assert last[0].params == [ann.nick, "too loud"]
    why = f"Killed ({root.nick} (too loud))"
    assert last[1].params == [why]
    assert last[2].params[0].endswith(f"({why})")
    seen = one(ben.drain(), "QUIT")
    assert (seen.source, seen.params) == (f"{ann.nick}!~{ann.nick.lower()}@127.0.0.1", [why])


def test_kill_is_for_operators(connect: Connect) -> None:
    """KILL is a privileged command and is available only to IRC Operators.  ERR_NOPRIVILEGES:
    "<client> :Permission Denied- You're not an IRC operator"

    https://modern.ircdocs.horse/#kill-message
    """
    ann, ben = connect("ann"), connect("ben")
    for victim in (ann, ben):
        (answer,) = ann.ask(f"KILL {victim.nick} :x")
        assert (answer.command, answer.params) == ("481", [ann.nick, NOT_AN_OPERATOR])
    assert ben.drain() == []


def test_kill_of_nobody_and_of_the_server(connect: Connect) -> None:
    """ERR_CANTKILLSERVER: Indicates that a KILL command failed because the user tried to kill a
    server.

    https://modern.ircdocs.horse/#errcantkillserver-483
    """
    root = connect("root")
    become_operator(root)
    assert codes(root.ask("KILL nobody_here :x", "KILL test.parlor.example :x")) == ["401", "483"]


def test_wallops(connect: Connect) -> None:
    """The WALLOPS command is used to send a message to all currently connected users who have set
    the 'w' user mode for themselves.

    https://modern.ircdocs.horse/#wallops-message
    """
    root, ann, ben = connect("root"), connect("ann"), connect("ben")
    become_operator(root)
    ann.ask(f"MODE {ann.nick} +w")
    assert root.ask("WALLOPS :hello all") == []
    seen = one(ann.drain(), "WALLOPS")
    assert seen.source == f"{root.nick}!~{root.nick.lower()}@127.0.0.1"
    assert seen.params == ["hello all"]
    assert ben.drain() == []


def test_wallops_is_for_operators(connect: Connect) -> None:
    """Numeric replies: ERR_NEEDMOREPARAMS, ERR_NOPRIVILEGES.

    https://modern.ircdocs.horse/#wallops-message
    """
    assert codes(connect().ask("WALLOPS", "WALLOPS :x")) == ["461", "481"]


def test_rehash(connect: Connect) -> None:
    """The REHASH command is an administrative command which can be used by an operator to force the
    local server to re-read and process its configuration file.  RPL_REHASHING: "<client> <config
    file> :Rehashing"

    https://modern.ircdocs.horse/#rehash-message
    """
    root = connect("root")
    assert codes(root.ask("REHASH")) == ["481"]
    become_operator(root)
    assert root.ask("REHASH")[0].params == [root.nick, "parlor.toml", "Rehashing"]


@pytest.mark.parametrize("command", ["CONNECT other.example", "SQUIT other.example :x"])
def test_links_between_servers(connect: Connect, command: str) -> None:
    """CONNECT is a privileged command and is available only to IRC Operators.  Numeric Replies:
    ERR_NOSUCHSERVER, ERR_NEEDMOREPARAMS, ERR_NOPRIVILEGES.

    https://modern.ircdocs.horse/#connect-message and #squit-message
    """
    root = connect("root")
    assert codes(root.ask(command)) == ["481"]
    become_operator(root)
    assert codes(root.ask(command, command.split()[0])) == ["402", "461"]


@pytest.mark.parametrize("command", ["DIE", "RESTART"])
def test_not_everybody_ends_the_server(connect: Connect, command: str) -> None:
    """RESTART: Numeric replies: ERR_NOPRIVILEGES.

    https://modern.ircdocs.horse/#restart-message
    """
    assert codes(connect().ask(command)) == ["481"]


def test_userhost_marks_operators(connect: Connect) -> None:
    """<isop> is included if the user with the nickname of <nickname> has registered as an operator.

    https://modern.ircdocs.horse/#rpluserhost-302
    """
    root = connect("root")
    become_operator(root)
    (answer,) = connect().ask(f"USERHOST {root.nick}")
    assert answer.params[1] == f"{root.nick}*=+~{root.nick.lower()}@127.0.0.1"


def test_whois_of_and_by_operators(connect: Connect) -> None:
    """Servers typically send some of these numerics only to the client itself and to servers
    operators, as they contain privacy-sensitive information that should not be revealed to other
    users.  RPL_WHOISOPERATOR: "<client> <nick> :is an IRC operator"

    https://modern.ircdocs.horse/#whois-message
    """
    root, ann = connect("root"), connect("ann")
    become_operator(root)
    seen = ann.ask(f"WHOIS {root.nick}")
    assert one(seen, "313").params == [ann.nick, root.nick, "is an IRC operator"]
    assert only(seen, "338", "379") == []
    for asker in (root, ann):
        seen = asker.ask(f"WHOIS {ann.nick}")
        assert one(seen, "338").params[1:3] == [ann.nick, "127.0.0.1"]
        assert one(seen, "379").params == [asker.nick, ann.nick, "is using modes +"]
