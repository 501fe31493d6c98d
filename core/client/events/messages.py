"""Events about what is said, and what becomes of it."""

from collections.abc import Mapping
from typing import Literal

from core.client.events.base import NO_TAGS, Event, MessageKind, TypingState


class MessageReceived(Event, frozen=True):
    """A chat message, from anyone (with ``is_own``: from us, on this or another device).

    Where ``pending_id`` is not empty it confirms that message of ours: show it in the place of
    the pending one.
    """

    conversation: str
    nick: str  # the sender
    text: str  # without the CTCP marks of an action
    time: float
    kind: MessageKind = "privmsg"
    is_own: bool = False
    msgid: str = ""  # "" where the server gives none
    pending_id: str = ""
    from_history: bool = False
    mention: bool = False  # our nick is in the text, and it is not our own message
    reply_to: str = ""  # msgid of the message that it answers
    account: str = ""  # the sender's account, "" if unknown or none
    source: str = ""  # nick!user@host as received
    ranks: str = ""  # "@": only to members with that prefix or a higher one; "" to all
    tags: Mapping[str, str] = NO_TAGS  # all of its tags, unescaped


class HistoryReceived(Event, frozen=True):
    """Older messages, in the server's order, none of which was given before.

    ``where`` says where they belong: "before" everything that is known of the conversation, or
    "after" it (what was missed; the live messages that arrive meanwhile are held back until
    that is complete, so appending is right).
    """

    conversation: str
    messages: tuple[MessageReceived, ...]
    where: Literal["before", "after"]
    complete: bool  # before: the beginning is reached.  after: nothing is missing any more
    gap: bool = False  # after: something between what is known and these could not be had
    # What became of the messages of this conversation, in order: said in the same stretch.
    reactions: tuple["ReactionReceived", ...] = ()
    redactions: tuple["MessageRedacted", ...] = ()


class HistoryFailed(Event, frozen=True):
    """A request for history was refused or not answered."""

    conversation: str
    where: Literal["before", "after"]
    sentence: str
    code: str  # of the FAIL reply, "" if there was no answer in time


class SendFailed(Event, frozen=True):
    """A message of ours was not delivered (or may not have been: the sentence says so)."""

    conversation: str
    pending_id: str
    text: str
    sentence: str
    code: str  # the numeric or the FAIL code, "" if there is none
    kind: MessageKind = "privmsg"


class ReactionReceived(Event, frozen=True):
    """Someone reacted to a message (``+draft/react``), or took it back."""

    conversation: str
    nick: str
    msgid: str  # of the message reacted to
    reaction: str
    removed: bool
    time: float
    is_own: bool


class MessageRedacted(Event, frozen=True):
    """A message was taken back by its sender or removed by an operator (``REDACT``)."""

    conversation: str
    msgid: str
    by: str  # the nick of who removed it
    reason: str
    time: float


class ContextReceived(Event, frozen=True):
    """The answer to ``Session.request_context``: messages somewhere in the past, some of which
    may be known already.

    ``where``: "around" (``msgid`` is one of them), "before" or "after" it (without it).
    ``edge`` is True where nothing lies beyond them: before, the beginning; after, the newest.
    """

    conversation: str
    msgid: str
    where: Literal["around", "before", "after"]
    messages: tuple[MessageReceived, ...]
    reactions: tuple["ReactionReceived", ...]
    edge: bool


class ContextFailed(Event, frozen=True):
    """A request for such messages was refused or not answered."""

    conversation: str
    msgid: str
    where: Literal["around", "before", "after"]
    sentence: str
    code: str


class ReadMarkerChanged(Event, frozen=True):
    """Everything up to ``time`` was read, here or on another device (``MARKREAD``)."""

    conversation: str
    time: float  # 0.0: nothing yet


class SearchReceived(Event, frozen=True):
    """The answer to ``Session.search``: the newest first."""

    query: str  # the id that was given to ``search``
    messages: tuple[MessageReceived, ...]  # each with its conversation and msgid
    complete: bool  # there is nothing older


class SearchFailed(Event, frozen=True):
    """A search was refused or not answered."""

    query: str
    sentence: str
    code: str


class TypingChanged(Event, frozen=True):
    """Someone started, paused or stopped typing.  "done" also comes when they fall silent."""

    conversation: str
    nick: str
    state: TypingState


class ConversationOpened(Event, frozen=True):
    """A conversation is known from now on: a room joined or a person written with."""

    conversation: str
    name: str
    is_room: bool


class ConversationRenamed(Event, frozen=True):
    """The other person of a private conversation has another nick now, and so has its key."""

    old: str
    new: str
    name: str


class ConversationForgotten(Event, frozen=True):
    """``Session.forget_conversation`` was done: what is told from now on begins anew."""

    conversation: str
