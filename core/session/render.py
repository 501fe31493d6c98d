"""Values into lines.  A line is rendered once per class of receivers, never per receiver."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from core.state.facts import KIND_COMMANDS
from core.state.records import User
from core.wire.capabilities import ACCOUNT_TAG, MESSAGE_TAGS, SERVER_TIME
from core.wire.modes import ModeChange, format_modes
from core.wire.multiline import BATCH_TYPE, CONCAT, pieces

# Bytes of a line before CR LF.
BODY = 510
# Characters of client-only tags that are sent again with every line of a message.
REPEATED_TAGS = 256


def clip(text: str, limit: int) -> str:
    """``text`` cut to ``limit`` bytes of UTF-8, never inside a character."""
    raw = text.encode()
    return text if len(raw) <= limit else raw[:limit].decode(errors="ignore")


def line(body: str) -> bytes:
    """A whole line from its text; what is over the limit is cut off."""
    raw = body.encode()
    if len(raw) > BODY:
        raw = raw[:BODY].decode(errors="ignore").encode()
    return raw + b"\r\n"


def timestamp(milliseconds: int) -> str:
    """``2026-11-22T13:26:21.123Z`` (https://ircv3.net/specs/extensions/server-time)."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}{rest:03d}Z"


@lru_cache(maxsize=1024)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.")


def message_id(seq: int) -> str:
    """The msgid of the fact at ``seq``: unique as long as the database lives."""
    return f"{seq:x}"


def sequence(message_id: str) -> int | None:
    """The sequence number that a msgid stands for, or None if it is none of ours."""
    try:
        seq = int(message_id, 16)
    except ValueError:
        return None
    return seq if 0 < seq < 1 << 62 and f"{seq:x}" == message_id else None


def spoken(prefix: str, kind: int, target: str, text: str) -> bytes:
    """PRIVMSG, NOTICE or TAGMSG without tags."""
    if kind == 2:
        return f":{prefix} TAGMSG {target}\r\n".encode()
    return f":{prefix} {KIND_COMMANDS[kind]} {target} :{text}\r\n".encode()


def tag_section(
    render_class: int, time: str, id: str, client_tags: str, by: User | None = None
) -> bytes:
    """The tags of a message for a class of receivers, with '@' and the space; b"" for none.

    ``id``: "" for a line that is not the first of its message.  ``by``: the sender, whose account
    and being a bot are told.
    """
    tags = f"time={time};" if render_class & SERVER_TIME else ""
    if by is not None and render_class & ACCOUNT_TAG and by.account is not None:
        tags += f"account={by.account.name};"
    if render_class & MESSAGE_TAGS:
        if id:
            tags += f"msgid={id};"
        if by is not None and "B" in by.modes:
            tags += "bot;"
        if client_tags:
            tags += client_tags + ";"
    return f"@{tags[:-1]} ".encode() if tags else b""


def event_tags(render_class: int, time: str, by: User | None = None) -> bytes:
    """The tags of a line that is no message (JOIN, TOPIC ...), with '@' and the space."""
    tags = f"time={time};" if render_class & SERVER_TIME else ""
    if by is not None:
        if render_class & ACCOUNT_TAG and by.account is not None:
            tags += f"account={by.account.name};"
        if render_class & MESSAGE_TAGS and "B" in by.modes:
            tags += "bot;"
    return f"@{tags[:-1]} ".encode() if tags else b""


def spoken_lines(
    tags: bytes, later: bytes, prefix: str, kind: int, target: str, text: str, reference: str
) -> list[bytes]:
    """A PRIVMSG or NOTICE of several lines (https://ircv3.net/specs/extensions/multiline).

    A batch called ``reference``, or, where that is "", its lines alone, without the blank ones.
    ``tags``: the section of the whole message (see ``tag_section``); ``later``: the same without
    the msgid, for the further lines where there is no batch.
    """
    start = f":{prefix} {KIND_COMMANDS[kind]} {target} :"
    lines: list[bytes] = []
    if not reference:
        for piece in pieces(text):
            if piece.text:
                lines.append((later if lines else tags) + f"{start}{piece.text}\r\n".encode())
        return lines
    for piece in pieces(text):
        concat = f";{CONCAT}" if piece.joined else ""
        lines.append(f"@batch={reference}{concat} {start}{piece.text}\r\n".encode())
    return [
        tags + f":{prefix} BATCH +{reference} {BATCH_TYPE} {target}\r\n".encode(),
        *lines,
        f":{prefix} BATCH -{reference}\r\n".encode(),
    ]


def later_tags(client_tags: str) -> str:
    """The client-only tags for the further lines of a message: all, if they are short."""
    return client_tags if len(client_tags) <= REPEATED_TAGS else ""


def takes_tagmsg(render_class: int) -> bool:
    """TAGMSG is only for those who asked for tags."""
    return bool(render_class & MESSAGE_TAGS)


def wrapped(words: Iterable[str], room: int) -> list[str]:
    """``words`` joined by spaces into texts of at most ``room`` bytes each.

    A word that is longer stands alone.
    """
    text = " ".join(words)
    raw = text.encode()
    texts: list[str] = []
    start = 0
    while len(raw) - start > room:
        end = raw.rfind(b" ", start, start + room + 1)
        if end < 0:
            end = raw.find(b" ", start)
            if end < 0:
                break
        texts.append(raw[start:end].decode())
        start = end + 1
    if start < len(raw):
        texts.append(raw[start:].decode())
    return texts


def wrapped_modes(changes: Iterable[ModeChange], room: int) -> list[str]:
    """Mode changes as the words of MODE commands, in texts of at most ``room`` bytes each."""
    texts: list[str] = []
    current: list[ModeChange] = []
    for change in changes:
        if current and len(_mode_words([*current, change]).encode()) > room:
            texts.append(_mode_words(current))
            current = []
        current.append(change)
    if current:
        texts.append(_mode_words(current))
    return texts


def _mode_words(changes: Iterable[ModeChange]) -> str:
    return " ".join(format_modes(changes))
