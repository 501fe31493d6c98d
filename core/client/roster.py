"""Who is where: rooms, their members, and what is known of each user."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class User:
    """Someone who shares a room with us."""

    nick: str
    username: str = ""
    host: str = ""
    realname: str = ""
    account: str = ""  # "" if none, or unknown
    away: bool = False
    away_message: str = ""  # "" where it is not known


@dataclass(slots=True)
class Member:
    """A user's place in one room."""

    user: User
    prefixes: str = ""  # highest rank first: "@+"; "" for none


@dataclass(slots=True)
class Room:
    """A room that we are in."""

    key: str
    name: str
    members: dict[str, Member] = field(default_factory=dict)  # by folded nick
    topic: str = ""  # "" for none
    topic_by: str = ""  # "" if not told
    topic_time: float = 0.0  # 0.0 if not told
    modes: dict[str, str] = field(default_factory=dict)  # letter: argument, "" for none
    created: float = 0.0  # 0.0 if not told
    joined: bool = True  # False while the connection is broken
    listed: bool = False  # True once NAMES is complete
