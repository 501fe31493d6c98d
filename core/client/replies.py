"""Lists, standard replies, errors, and every numeric that nobody else handles."""

from core.client import (
    history,
    outbound,
    profiles,
    registration,
    room_names,
    searching,
    typists,
)
from core.client.events import (
    ErrorReceived,
    JoinFailed,
    ListedRoom,
    RoomsListed,
    ServerNotice,
)
from core.client.reading import read_number
from core.client.room_events import forget_wanted
from core.client.sentences import sentence_for, sentence_for_fail, server_text
from core.client.state import ClientState, Handler
from core.wire.message import Message

# Lines of LIST that are kept.
_MOST_LISTED = 10_000
# Numerics that answer JOIN; 403 and 437 do among others.
_JOIN_ERRORS = {
    "403", "405", "437", "470", "471", "473", "474", "475", "476", "477", "479", "489", "520",
}  # fmt: skip
# Numerics that answer PRIVMSG and NOTICE, whose first parameter is the target.
_TARGET_ERRORS = {"401", "403", "404", "415", "442", "477", "482", "486", "531", "716"}
# The same, without a target.
_UNTARGETED_ERRORS = {"407", "411", "412", "417"}
# Numerics that answer TAGMSG.
_TYPING_ERRORS = {"401", "404"}
# The letters of labels that say which command was refused.
REACTING, REDACTING = "t", "r"
_LABELLED = {REACTING: "TAGMSG", REDACTING: "REDACT"}
# Replies that are of no interest: greetings, counts, ends of lists.
_SILENT = {
    "002", "003", "004", "042", "221", "250", "251", "252", "253", "254", "255", "265", "266",
    "321", "396",
}  # fmt: skip


def on_list(state: ClientState, message: Message, label: str) -> None:
    """322: a room; 323: the end."""
    collected = state.collected
    if message.command == "323":
        rooms = tuple(ListedRoom(*row) for row in collected.rooms)
        collected.rooms.clear()
        state.emit(RoomsListed(rooms))
    elif len(collected.rooms) < _MOST_LISTED:
        row = (message.param(1), read_number(message.param(2)), message.param(3))
        collected.rooms.append(row)


def on_inviting(state: ClientState, message: Message, label: str) -> None:
    """341: our invitation went out."""
    text = f"{message.param(1)} has been invited to {message.param(2)}."
    state.emit(ServerNotice(text, message.source, "341"))


def on_numeric(state: ClientState, message: Message, label: str) -> None:
    """Every numeric without a handler of its own."""
    code = message.command
    if "400" <= code <= "599" or code in ("263", "716", "723"):
        _on_error(state, message, label)
    elif code not in _SILENT:
        text = " ".join(message.params[1:])
        state.emit(ServerNotice(text, message.source, code))


def _on_error(state: ClientState, message: Message, label: str) -> None:
    code, target = message.command, message.param(1)
    if code == "421" and target.upper() == "CAP":
        return
    if code == "451" and state.phase == "registering":
        return  # an old server's answer to CAP
    sentence = sentence_for(message)
    if label and searching.refused(state, label, sentence, code):
        return
    if code in _JOIN_ERRORS and state.fold(target) in state.joining:
        forward = message.param(2) if code == "470" and len(message.params) > 3 else ""
        _join_failed(state, target, sentence, code, forward)
        return
    about_message = code in _TARGET_ERRORS or code in _UNTARGETED_ERRORS
    named = "" if code in _UNTARGETED_ERRORS else target
    if (label or about_message) and outbound.refused_by_server(state, label, named, sentence, code):
        return
    if not label and code in _TYPING_ERRORS and typists.refused(state, target):
        return
    command = target if code in ("263", "421", "461") else _LABELLED.get(label[:1], "")
    state.emit(ErrorReceived(sentence, code, command, tuple(message.params[1:-1])))


def _join_failed(
    state: ClientState, name: str, sentence: str, code: str, forward: str = ""
) -> None:
    key = state.fold(name)
    del state.joining[key]
    forget_wanted(state, key)
    state.roster.leave(key)
    state.emit(JoinFailed(key, name, sentence, code, forward))
    outbound.fail_all(state, key, sentence, code)


def on_unavailable(state: ClientState, message: Message, label: str) -> None:
    """437 is about a nick or a room."""
    if state.support.is_room(message.param(1)):
        _on_error(state, message, label)
    else:
        registration.on_nick_refused(state, message, label)


def on_fail(state: ClientState, message: Message, label: str) -> None:
    """FAIL: ``FAIL <command> <code> [<context>...] :<description>``.

    Source: https://ircv3.net/specs/extensions/standard-replies
    """
    command, code = message.param(0).upper(), message.param(1)
    context = tuple(message.params[2:-1])
    sentence = sentence_for_fail(message)
    if command == "CHATHISTORY":
        history.refused(state, label, context, sentence, code)
        return
    if _about_the_background(state, message, label):
        return
    if command == "BATCH" and outbound.refused_batch(state, label, sentence, code):
        return
    targets = context if command in ("PRIVMSG", "NOTICE") else ()
    for target in ("",) if label else targets:
        if outbound.refused_by_server(state, label, target, sentence, code):
            return
    for name in context:
        if command == "JOIN" and state.fold(name) in state.joining:
            _join_failed(state, name, sentence, code)
            return
    state.emit(ErrorReceived(sentence, code, "" if command == "*" else command, context))


def _about_the_background(state: ClientState, message: Message, label: str) -> bool:
    """A FAIL for what was not typed as a command; True if that is dealt with."""
    command, code = message.param(0).upper(), message.param(1)
    if command == "METADATA":
        profiles.refused(state, message)
    elif command == "SEARCH":
        searching.refused(state, label, server_text(message), code)
    elif command == "JOIN" and code == "CHANNEL_RENAMED":
        return room_names.redirected(state, message.param(2), message.param(3))
    else:
        return command == "MARKREAD"  # nobody waits for that
    return True


def on_note(state: ClientState, message: Message, label: str) -> None:
    """WARN and NOTE."""
    state.emit(ServerNotice(server_text(message), message.source, message.param(1)))


HANDLERS: dict[str, Handler] = {
    "322": on_list,
    "323": on_list,
    "341": on_inviting,
    "437": on_unavailable,
    "FAIL": on_fail,
    "WARN": on_note,
    "NOTE": on_note,
}
