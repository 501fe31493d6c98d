"""HELP: a line on every command there is.

Source: https://modern.ircdocs.horse/#help-message
"""

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.node import Node
from core.session.render import clip, wrapped
from core.wire import numerics
from core.wire.message import Message
from core.wire.numerics import middle

SUBJECT_BYTES = 100
LIST_BYTES = 300

# Command -> the parameters it takes, and what it does.
SUBJECTS: dict[str, tuple[str, str]] = {
    "ACCEPT": ("[[-]<nick>{,[-]<nick>}]", "lets somebody write to you in spite of +R or +g."),
    "ADMIN": ("[<server>]", "tells who runs the server."),
    "AUTHENTICATE": ("<mechanism or data>", "logs you in (SASL)."),
    "AWAY": ("[<text>]", "says that you are away and why; without a text, that you are back."),
    "BATCH": ("+<reference> <type> [<parameters>]", "sends several lines as one message."),
    "CAP": ("<subcommand> [<capabilities>]", "negotiates extensions of the protocol."),
    "CHATHISTORY": ("<subcommand> <target> ...", "asks for earlier messages."),
    "CHGHOST": ("<nick> [<user>] <host>", "changes how a user's address is seen (operators)."),
    "CONNECT": ("<server>", "links servers, of which there are no others (operators)."),
    "DIE": ("", "ends the server (operators)."),
    "DLINE": ("[<time>] <address> [<reason>]", "bans an address or network (operators)."),
    "ERROR": ("<reason>", "is what the server says before it closes a connection."),
    "HELP": ("[<command>]", "explains a command, or lists all."),
    "HELPOP": ("[<command>]", "is the same as HELP."),
    "INFO": ("[<server>]", "tells what the server is."),
    "INVITE": ("[<nick> <channel>]", "asks somebody to join; alone, lists your invitations."),
    "ISON": ("<nick>{ <nick>}", "tells which of these are here."),
    "JOIN": ("<channel>{,<channel>} [<key>{,<key>}]", "enters channels."),
    "KICK": ("<channel> <nick>{,<nick>} [<reason>]", "puts somebody out of a channel."),
    "KILL": ("<nick> [<reason>]", "puts somebody off the server (operators)."),
    "KLINE": ("[<time>] [<user>@]<host> [<reason>]", "bans users of a host (operators)."),
    "KNOCK": ("<channel> [<text>]", "asks to be invited to a channel."),
    "LINKS": ("", "lists the servers."),
    "LIST": ("[<channels or conditions>]", "lists channels with their topics."),
    "LUSERS": ("", "counts users and channels."),
    "MARKREAD": ("<target> [timestamp=<time>]", "keeps up to where you have read."),
    "METADATA": ("<target> <subcommand> ...", "keeps facts about you or a channel."),
    "MODE": ("<target> [<modes> [<parameters>]]", "shows or changes modes."),
    "MONITOR": ("<+|-|C|L|S> [<nick>{,<nick>}]", "tells you when somebody comes or goes."),
    "MOTD": ("[<server>]", "shows the message of the day."),
    "NAMES": ("[<channel>]", "lists who is in a channel."),
    "NICK": ("<nick>", "changes your nick."),
    "NICKSERV": ("<command>", "manages your account; NICKSERV HELP tells how."),
    "NOTICE": ("<target>{,<target>} <text>", "sends a message that nobody answers by itself."),
    "NS": ("<command>", "is the same as NICKSERV."),
    "OPER": ("<name> <password>", "makes you an operator of the server."),
    "PART": ("<channel>{,<channel>} [<reason>]", "leaves channels."),
    "PASS": ("<password>", "gives the server's password, before anything else."),
    "PERSISTENCE": ("<GET|SET> [<setting>]", "keeps you here while you are not connected, or not."),
    "PING": ("<token>", "is answered with PONG."),
    "PONG": ("<token>", "answers a PING."),
    "PRIVMSG": ("<target>{,<target>} <text>", "sends a message to channels or people."),
    "QUIT": ("[<reason>]", "ends your connection."),
    "REDACT": ("<target> <message> [<reason>]", "takes a message back."),
    "REGISTER": ("<account> <email> <password>", "makes an account."),
    "REHASH": ("", "reads the server's settings again (operators)."),
    "RENAME": ("<channel> <name> [<reason>]", "gives a channel another name."),
    "RESTART": ("", "starts the server anew (operators)."),
    "SEARCH": ("<conditions>", "finds messages."),
    "SETNAME": ("<real name>", "changes your real name."),
    "SILENCE": ("[[+|-]<mask>]", "keeps messages of somebody away from you."),
    "SQUIT": ("<server> <reason>", "unlinks servers, of which there are no others (operators)."),
    "STATS": ("<u|m|k|d|o>", "tells the time of running, commands used; bans, operators."),
    "SUMMON": ("<user>", "is not done here."),
    "TAGMSG": ("<target>{,<target>}", "sends tags without a message."),
    "TIME": ("[<server>]", "tells the server's time."),
    "TOPIC": ("<channel> [<topic>]", "shows or changes what a channel is about."),
    "UBAN": ("<ADD|DEL|LIST> [[<time>] <target> [<reason>]]", "bans or frees hosts, addresses"
             " and accounts (operators)."),
    "UNDLINE": ("<address>", "ends a DLINE (operators)."),
    "UNKLINE": ("[<user>@]<host>", "ends a KLINE (operators)."),
    "USER": ("<user> 0 * <real name>", "says who you are, when you connect."),
    "USERHOST": ("<nick>{ <nick>}", "tells hosts of up to five users."),
    "USERIP": ("<nick>{ <nick>}", "tells addresses, as far as you may know them."),
    "USERS": ("", "is not done here."),
    "VERIFY": ("<account> <code>", "completes the registration of an account."),
    "VERSION": ("[<server>]", "tells the server's version and what it supports."),
    "WALLOPS": ("<text>", "writes to everybody with +w (operators)."),
    "WHO": ("<mask or channel> [<fields>]", "lists users."),
    "WHOIS": ("[<server>] <nick>", "tells who somebody is."),
    "WHOWAS": ("<nick> [<count>]", "tells who had a nick."),
}  # fmt: skip


@command("HELP")
@command("HELPOP")
def help_(node: Node, connection: Connection, message: Message) -> None:
    """One line on a command; without a parameter, which commands there are."""
    wanted = message.param(0).strip()
    if not wanted:
        lines = ["", *wrapped(SUBJECTS, LIST_BYTES), "HELP <command> explains one of them."]
        _show(node, connection, "*", "Commands", lines)
        return
    name = wanted.upper()
    row = SUBJECTS.get(name)
    if row is None:
        subject = clip(wanted, SUBJECT_BYTES) if " " not in wanted else "*"
        node.reply(connection, numerics.ERR_HELPNOTFOUND, subject=middle(subject))
        return
    parameters, meaning = row
    _show(node, connection, name, f"{name} {parameters}".rstrip(), ["", f"{name} {meaning}"])


def _show(node: Node, connection: Connection, subject: str, title: str, lines: list[str]) -> None:
    node.reply(connection, numerics.RPL_HELPSTART, subject=subject, text=title)
    for line in lines[:-1]:
        node.reply(connection, numerics.RPL_HELPTXT, subject=subject, text=line)
    node.reply(connection, numerics.RPL_ENDOFHELP, subject=subject, text=lines[-1])
