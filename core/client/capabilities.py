"""CAP: agreeing with the server on what both understand.

Source: https://ircv3.net/specs/extensions/capability-negotiation (version 302)
"""

import re

from core.client import login, multiline, outbound, presence, profiles, read_markers, searching
from core.client.events import FeaturesChanged
from core.client.features import Features
from core.client.state import ClientState, Handler
from core.wire.message import Message

# What we understand, and ask for where it is offered.
WANTED = (
    "message-tags",
    "server-time",
    "echo-message",
    "labeled-response",
    "batch",
    "multi-prefix",
    "away-notify",
    "draft/chathistory",
    "userhost-in-names",
    "extended-join",
    "account-notify",
    "account-tag",
    "chghost",
    "setname",
    "invite-notify",
    "standard-replies",
    "draft/account-registration",
    "draft/channel-rename",
    "draft/event-playback",
    "draft/message-redaction",
    multiline.CAPABILITY,
    *searching.CAPABILITIES,
)
# The same, where the settings have us ask about people.
ABOUT_PEOPLE = (*presence.EXTENDED, profiles.CAPABILITY, read_markers.CAPABILITY)
# Asked for only where there is an account to log in to.
SASL = "sasl"
_SEARCH_NEEDS = {"batch", "server-time", "message-tags"}
_HISTORY_NEEDS = {"draft/chathistory", "batch", "server-time", "message-tags"}
# The echo is how our own redactions are told.
_REDACTION_NEEDS = {"draft/message-redaction", "message-tags", "echo-message"}
_MULTILINE_NEEDS = {multiline.CAPABILITY, "batch", "message-tags"}
# Bytes of names in one CAP REQ.
_REQUEST_LENGTH = 400


def begin(state: ClientState) -> None:
    """The first line of a connection."""
    state.send("CAP", "LS", "302")


def derive_features(state: ClientState) -> Features:
    """What the enabled capabilities, and the server's restrictions, allow."""
    enabled = state.negotiation.enabled
    tags = "message-tags" in enabled
    allows = state.support.allows_tag
    registration = state.negotiation.offered.get("draft/account-registration", "")
    history = enabled >= _HISTORY_NEEDS
    return Features(
        history=history,
        context=history and "msgid" in state.support.reference_types.split(","),
        typing=tags and allows("typing"),
        reactions=tags and allows("draft/react") and allows("draft/reply"),
        replies=tags and allows("draft/reply"),
        redaction=enabled >= _REDACTION_NEEDS,
        multiline=enabled >= _MULTILINE_NEEDS and _multiline_limits(state) is not None,
        echo="echo-message" in enabled,
        labels=enabled >= {"labeled-response", "batch", "message-tags"},
        read_marker=enabled >= {read_markers.CAPABILITY, "server-time"},
        search=enabled >= _SEARCH_NEEDS and not enabled.isdisjoint(searching.CAPABILITIES),
        profiles=enabled >= {profiles.CAPABILITY, "batch"},
        presence=state.support.monitors,
        room_rename="draft/channel-rename" in enabled,
        away_notify="away-notify" in enabled,
        server_time="server-time" in enabled,
        invite_notify="invite-notify" in enabled,
        setname="setname" in enabled,
        login=SASL in state.negotiation.offered,
        account_registration="draft/account-registration" in enabled,
        email_required="email-required" in re.split("[=,]", registration),
    )


def _multiline_limits(state: ClientState) -> multiline.Limits | None:
    return multiline.read_limits(state.negotiation.offered.get(multiline.CAPABILITY, ""))


def note_multiline(state: ClientState) -> None:
    """From now on messages are cut as this server wants them."""
    state.multiline = _multiline_limits(state) if state.features.multiline else None


def on_cap(state: ClientState, message: Message, label: str) -> None:
    """One line of the negotiation: ``CAP <nick> <subcommand> [*] :<names>``."""
    names = message.params[-1].split() if len(message.params) > 2 else []
    subcommand = message.param(1).upper()
    if subcommand == "LS":
        _offer(state, names)
        if message.param(2) == "*" and len(message.params) > 3:
            return  # more lines follow
        offered = state.negotiation.offered
        names = [name for name in _wanted(state) if name in offered]
        if SASL in offered and login.is_wanted(state):
            names.append(SASL)
        _request(state, names)
        if login.is_wanted(state):
            login.not_offered(state)
    elif subcommand == "NEW":
        _offer(state, names)
        new = {name.partition("=")[0] for name in names} - state.negotiation.enabled
        _request(state, [name for name in _wanted(state) if name in new])
    elif subcommand == "DEL":
        for name in names:
            state.negotiation.offered.pop(name, None)
            state.negotiation.enabled.discard(name)
        _changed(state)
    elif subcommand == "ACK":
        _acknowledged(state, names)
    elif subcommand == "NAK":
        _refused(state, names)
    login.end_negotiation(state)


def _wanted(state: ClientState) -> tuple[str, ...]:
    return WANTED + ABOUT_PEOPLE if state.settings.ask_about_people else WANTED


def _offer(state: ClientState, names: list[str]) -> None:
    for item in names:
        name, _, value = item.partition("=")
        state.negotiation.offered[name] = value


def _request(state: ClientState, names: list[str]) -> None:
    """Ask for ``names``, in as few lines as they fit."""
    line: list[str] = []
    for name in names:
        if line and len(" ".join([*line, name])) > _REQUEST_LENGTH:
            _request_line(state, line)
            line = []
        line.append(name)
    if line:
        _request_line(state, line)


def _request_line(state: ClientState, names: list[str]) -> None:
    state.send("CAP", "REQ", " ".join(names))
    state.negotiation.unanswered += 1
    if SASL in names:
        login.ask(state)


def _acknowledged(state: ClientState, names: list[str]) -> None:
    state.negotiation.unanswered = max(state.negotiation.unanswered - 1, 0)
    for name in names:
        if name.startswith("-"):
            state.negotiation.enabled.discard(name[1:])
        else:
            state.negotiation.enabled.add(name)
    _changed(state)
    if SASL in names and state.login.stage == "asked":
        login.begin(state)


def _refused(state: ClientState, names: list[str]) -> None:
    """All or nothing is the rule for one line: ask for each alone, once."""
    state.negotiation.unanswered = max(state.negotiation.unanswered - 1, 0)
    ours = [name for name in names if name in _wanted(state) or name == SASL]
    again = [name for name in ours if name not in state.negotiation.retried]
    if len(names) > 1:
        for name in again:
            state.negotiation.retried.add(name)
            _request_line(state, [name])
    elif names == [SASL] and state.login.stage == "asked":
        login.not_offered(state)


def log_in(state: ClientState) -> None:
    """Log in on a connection that is ready."""
    if SASL in state.negotiation.enabled:
        login.begin(state)
    elif SASL in state.negotiation.offered:
        _request_line(state, [SASL])
    else:
        login.not_offered(state)


def _changed(state: ClientState) -> None:
    """Recompute the features; tell, once the user interface has been told of them at all."""
    before = state.features
    state.features = derive_features(state)
    if state.phase == "ready":
        note_multiline(state)
    if before.echo and not state.features.echo:
        outbound.confirm_by_ping(state)
    if state.phase == "ready" and state.features != before:
        state.emit(FeaturesChanged(state.features))
        if state.features.profiles and not before.profiles:
            profiles.begin(state)


HANDLERS: dict[str, Handler] = {"CAP": on_cap}
