"""Numeric errors and FAIL codes in words that help the person who reads them."""

from core.wire.message import Message

# {0} is the first parameter after our nick (a room or a nick), {1} the second.
SENTENCES = {
    "263": "The server is too busy for {0} now. Try again in a while.",
    "401": "There is nobody called {0}.",
    "402": "There is no server called {0}.",
    "403": "There is no room called {0}.",
    "404": "You cannot write to {0}.",
    "405": "You cannot join {0}: you are in too many rooms.",
    "406": "Nobody called {0} was here.",
    "412": "There is no text to send.",
    "417": "That is too long to send.",
    "421": "The server does not know the command {0}.",
    "431": "A nick is needed.",
    "432": "{0} cannot be used as a nick. Try a short one of letters and digits, no digit first.",
    "433": "The nick {0} is in use.",
    "436": "The nick {0} is in use.",
    "437": "{0} cannot be used at the moment.",
    "441": "{0} is not in {1}.",
    "442": "You are not in {0}.",
    "443": "{0} is already in {1}.",
    "461": "{0} needs more parameters.",
    "464": "The password is wrong.",
    "465": "You are banned from this server.",
    "470": "{0} sends everyone on to {1}.",
    "471": "{0} is full.",
    "472": "{0} is no mode that the server knows.",
    "473": "You can only join {0} if you are invited.",
    "474": "You are banned from {0}.",
    "475": "{0} needs a key, and this is not the right one.",
    "476": "{0} cannot be the name of a room.",
    "477": "{0} is only open to those who are logged in.",
    "478": "The list of {0} is full.",
    "479": "{0} cannot be the name of a room.",
    "481": "Only operators of the server may do that.",
    "482": "Only operators of {0} may do that.",
    "489": "{0} is only open to connections with TLS.",
    "491": "You cannot become an operator from here.",
    "501": "The server does not know that mode.",
    "502": "You can only change your own modes.",
    "902": "The account cannot be used at the moment.",
    "904": "The account or the password is wrong.",
    "905": "The account's name or its password is too long.",
    "906": "The login was broken off.",
    "907": "You are logged in already.",
    "525": "The key is not valid.",
}


# The same for FAIL: {0} is the first word of its context.
FAIL_SENTENCES = {
    ("REDACT", "INVALID_TARGET"): "You cannot delete messages in {0}.",
    ("REDACT", "REDACT_FORBIDDEN"): "You may not delete this message.",
    ("REDACT", "REDACT_WINDOW_EXPIRED"): "This message is too old to be deleted.",
    ("REDACT", "UNKNOWN_MSGID"): "This message is not there any more.",
    ("BATCH", "MULTILINE_MAX_BYTES"): "The message is too long for this server.",
    ("BATCH", "MULTILINE_MAX_LINES"): "The message has too many lines for this server.",
}


def server_text(message: Message) -> str:
    """What the server said itself, as a sentence."""
    text = message.params[-1].strip() if message.params else ""
    if not text:
        return f"The server answered {message.command}."
    return text if text[-1] in ".!?" else text + "."


def sentence_for(message: Message) -> str:
    """The sentence for a numeric error: ours where we have one, else the server's."""
    template = SENTENCES.get(message.command)
    context = message.params[1:-1]
    if template is None or template.count("{") > len(context):
        return server_text(message)
    return template.format(*context)


def sentence_for_fail(message: Message) -> str:
    """The sentence for ``FAIL <command> <code> [<context>...] :<description>``."""
    template = FAIL_SENTENCES.get((message.param(0).upper(), message.param(1)))
    if template is None or template.count("{") > len(message.params) - 3:
        return server_text(message)
    return template.format(*message.params[2:-1])
