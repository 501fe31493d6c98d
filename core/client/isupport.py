"""What a server announces about itself (RPL_ISUPPORT)."""

from dataclasses import dataclass


@dataclass(slots=True)
class ServerSupport:
    """The tokens in use, with the values of RFC 1459 where the server tells none."""

    network: str = ""
    chantypes: str = "#&"
    nick_length: int = 9
    topic_length: int = 0  # 0: not told
    room_length: int = 0
    away_length: int = 0
    line_length: int = 512  # bytes, CR LF included
    history_limit: int = 0  # messages in one answer; 0: not told
    modes_per_command: int = 3
    statusmsg: str = ""
