"""The numeric replies: code and text, in one table.

Sources: https://modern.ircdocs.horse/#numerics and RFC 2812, 5.  Templates are filled with
``str.format``; what goes into a middle parameter passes ``middle`` first.
"""

from typing import NamedTuple


class Numeric(NamedTuple):
    """A reply's code, and its parameters after the client's nick as a template."""

    code: str
    template: str

    def fill(self, **values: object) -> str:
        """The parameters of this reply, ready for the line."""
        return self.template.format(**values)


def middle(value: str) -> str:
    """``value`` as it may stand in the middle of a line: never empty, no space, no colon first."""
    word = value.partition(" ")[0]
    return word if word and word[0] != ":" else "*"


RPL_WELCOME = Numeric("001", ":Welcome to {network}, {prefix}")
RPL_YOURHOST = Numeric("002", ":Your host is {server}, running version {version}")
RPL_CREATED = Numeric("003", ":This server was started {started}")
RPL_MYINFO = Numeric("004", "{server} {version} {user_modes} {channel_modes} {with_parameter}")
RPL_ISUPPORT = Numeric("005", "{tokens} :are supported by this server")

RPL_UMODEIS = Numeric("221", "{modes}")
RPL_LUSERCLIENT = Numeric("251", ":There are {users} users and {invisible} invisible on 1 servers")
RPL_LUSEROP = Numeric("252", "{count} :operator(s) online")
RPL_LUSERUNKNOWN = Numeric("253", "{count} :unknown connection(s)")
RPL_LUSERCHANNELS = Numeric("254", "{count} :channels formed")
RPL_LUSERME = Numeric("255", ":I have {count} clients and 0 servers")
RPL_LOCALUSERS = Numeric("265", "{count} {peak} :Current local users {count}, max {peak}")
RPL_GLOBALUSERS = Numeric("266", "{count} {peak} :Current global users {count}, max {peak}")

RPL_AWAY = Numeric("301", "{nick} :{message}")
RPL_USERHOST = Numeric("302", ":{replies}")
RPL_UNAWAY = Numeric("305", ":You are no longer marked as being away")
RPL_NOWAWAY = Numeric("306", ":You have been marked as being away")
RPL_WHOISUSER = Numeric("311", "{nick} {user} {host} * :{realname}")
RPL_WHOISSERVER = Numeric("312", "{nick} {server} :{info}")
RPL_WHOISOPERATOR = Numeric("313", "{nick} :is an IRC operator")
RPL_ENDOFWHO = Numeric("315", "{mask} :End of WHO list")
RPL_WHOISIDLE = Numeric("317", "{nick} {idle} {signon} :seconds idle, signon time")
RPL_ENDOFWHOIS = Numeric("318", "{nick} :End of /WHOIS list")
RPL_WHOISCHANNELS = Numeric("319", "{nick} :{channels}")
RPL_LISTSTART = Numeric("321", "Channel :Users  Name")
RPL_LIST = Numeric("322", "{channel} {count} :{topic}")
RPL_LISTEND = Numeric("323", ":End of /LIST")
RPL_CHANNELMODEIS = Numeric("324", "{channel} {modes}")
RPL_CREATIONTIME = Numeric("329", "{channel} {created}")
RPL_NOTOPIC = Numeric("331", "{channel} :No topic is set")
RPL_TOPIC = Numeric("332", "{channel} :{topic}")
RPL_TOPICWHOTIME = Numeric("333", "{channel} {who} {when}")
RPL_INVITELIST = Numeric("336", "{channel}")
RPL_ENDOFINVITELIST = Numeric("337", ":End of /INVITE list")
RPL_INVITING = Numeric("341", "{nick} {channel}")
RPL_INVEXLIST = Numeric("346", "{channel} {mask} {who} {when}")
RPL_ENDOFINVEXLIST = Numeric("347", "{channel} :End of channel invite exception list")
RPL_EXCEPTLIST = Numeric("348", "{channel} {mask} {who} {when}")
RPL_ENDOFEXCEPTLIST = Numeric("349", "{channel} :End of channel exception list")
RPL_VERSION = Numeric("351", "{version} {server} :{comments}")
RPL_WHOREPLY = Numeric("352", "{channel} {user} {host} {server} {nick} {flags} :0 {realname}")
RPL_WHOSPCRPL = Numeric("354", "{fields}")
RPL_ENDOFNAMES = Numeric("366", "{channel} :End of /NAMES list")
RPL_BANLIST = Numeric("367", "{channel} {mask} {who} {when}")
RPL_ENDOFBANLIST = Numeric("368", "{channel} :End of channel ban list")
RPL_MOTD = Numeric("372", ":- {line}")
RPL_MOTDSTART = Numeric("375", ":- {server} Message of the day -")
RPL_ENDOFMOTD = Numeric("376", ":End of /MOTD command")
RPL_TIME = Numeric("391", "{server} :{time}")
RPL_WHOISSECURE = Numeric("671", "{nick} :is using a secure connection")

ERR_NOSUCHNICK = Numeric("401", "{nick} :No such nick/channel")
ERR_NOSUCHSERVER = Numeric("402", "{server} :No such server")
ERR_NOSUCHCHANNEL = Numeric("403", "{channel} :No such channel")
ERR_NOSUCHNAME = Numeric("403", "{channel} :{why}")
ERR_CANNOTSENDTOCHAN = Numeric("404", "{channel} :Cannot send to channel{why}")
ERR_TOOMANYCHANNELS = Numeric("405", "{channel} :You have joined too many channels")
ERR_TOOMANYTARGETS = Numeric("407", "{target} :Too many targets; no more than {limit} at once")
ERR_INVALIDCAPCMD = Numeric("410", "{command} :Invalid CAP command")
ERR_NORECIPIENT = Numeric("411", ":No recipient given ({command})")
ERR_NOTEXTTOSEND = Numeric("412", ":No text to send")
ERR_INPUTTOOLONG = Numeric("417", ":Input line was too long")
ERR_UNKNOWNCOMMAND = Numeric("421", "{command} :Unknown command")
ERR_NOMOTD = Numeric("422", ":MOTD File is missing")
ERR_NONICKNAMEGIVEN = Numeric("431", ":No nickname given")
ERR_ERRONEUSNICKNAME = Numeric("432", "{nick} :Erroneous nickname")
ERR_NICKNAMEINUSE = Numeric("433", "{nick} :Nickname is already in use")
ERR_USERNOTINCHANNEL = Numeric("441", "{nick} {channel} :They aren't on that channel")
ERR_NOTONCHANNEL = Numeric("442", "{channel} :You're not on that channel")
ERR_USERONCHANNEL = Numeric("443", "{nick} {channel} :is already on channel")
ERR_NOTREGISTERED = Numeric("451", ":You have not registered")
ERR_NEEDMOREPARAMS = Numeric("461", "{command} :Not enough parameters")
ERR_ALREADYREGISTERED = Numeric("462", ":You may not reregister")
ERR_PASSWDMISMATCH = Numeric("464", ":Password incorrect")
ERR_YOUREBANNEDCREEP = Numeric("465", ":You are banned from this server: {reason}")
ERR_CHANNELISFULL = Numeric("471", "{channel} :Cannot join channel (+l)")
ERR_UNKNOWNMODE = Numeric("472", "{mode} :is unknown mode char to me")
ERR_INVITEONLYCHAN = Numeric("473", "{channel} :Cannot join channel (+i)")
ERR_BANNEDFROMCHAN = Numeric("474", "{channel} :Cannot join channel (+b)")
ERR_BADCHANNELKEY = Numeric("475", "{channel} :Cannot join channel (+k)")
ERR_BADCHANMASK = Numeric("476", "{channel} :Bad Channel Mask")
ERR_NEEDREGGEDNICK = Numeric("477", "{channel} :Cannot join channel (+R): log in first")
ERR_BANLISTFULL = Numeric("478", "{channel} {mode} :Channel list is full")
ERR_CHANOPRIVSNEEDED = Numeric("482", "{channel} :You're not channel operator")
ERR_RANKTOOLOW = Numeric("482", "{channel} :{why}")
ERR_UMODEUNKNOWNFLAG = Numeric("501", ":Unknown MODE flag")
ERR_USERSDONTMATCH = Numeric("502", ":Cannot change mode for other users")
ERR_INVALIDMODEPARAM = Numeric("696", "{target} {mode} {parameter} :{description}")
RPL_KNOCK = Numeric("710", "{channel} {prefix} :{text}")
RPL_KNOCKDLVR = Numeric("711", "{channel} :Your knock was delivered")
ERR_TOOMANYKNOCK = Numeric("712", "{channel} :You knocked there a moment ago")
ERR_CHANOPEN = Numeric("713", "{channel} :The channel is open: join it")
ERR_KNOCKONCHAN = Numeric("714", "{channel} :You are on that channel")
RPL_LOGGEDIN = Numeric("900", "{prefix} {account} :You are now logged in as {account}")
RPL_LOGGEDOUT = Numeric("901", "{prefix} :You are now logged out")
ERR_NICKLOCKED = Numeric("902", ":You must use a nick assigned to you")
RPL_SASLSUCCESS = Numeric("903", ":SASL authentication successful")
ERR_SASLFAIL = Numeric("904", ":SASL authentication failed")
ERR_SASLTOOLONG = Numeric("905", ":SASL message too long")
ERR_SASLABORTED = Numeric("906", ":SASL authentication aborted")
ERR_SASLALREADY = Numeric("907", ":You have already authenticated using SASL")
RPL_SASLMECHS = Numeric("908", "{mechanisms} :are available SASL mechanisms")
