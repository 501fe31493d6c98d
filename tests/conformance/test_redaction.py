"""draft/message-redaction."""

import pytest

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import codes, one, only, texts

CAPS = "batch draft/chathistory draft/message-redaction echo-message labeled-response message-tags"


def test_forwarded_to_those_who_negotiated_it(connect: Connect, room: str) -> None:
    """If the client is authorised to delete the message, the server SHOULD forward this `REDACT`,
    with an appropriate prefix, to the target recipients which negotiated the
    `draft/message-redaction` capability, in the same way as PRIVMSG messages; MUST not forward
    this `REDACT` to target recipients which did not negotiated this capability.

    https://ircv3.net/specs/extensions/message-redaction
    """
    ann, ben, cat = connect("ann", caps=CAPS), connect("ben", caps=CAPS), connect("cat")
    join(room, ann, ben, cat)
    said = one(ben.ask(f"PRIVMSG {room} :an example"), "PRIVMSG")
    id = said.tags["msgid"]
    echo = one(ben.ask(f"REDACT {room} {id} :bad example"), "REDACT")
    for client in (ann, cat):
        messages = client.drain()
        assert texts(messages) == ["an example"]
        seen = only(messages, "REDACT")
        assert len(seen) == (1 if client is ann else 0)
        for message in seen:
            assert message.source == said.source
            assert message.params == [room, id, "bad example"]
            assert message.tags["msgid"] == echo.tags["msgid"] != id


def test_operators_of_the_room(connect: Connect, room: str) -> None:
    """Deleting someone else's PRIVMSG ...  Allowing channel moderators or server admins to delete
    unwelcome messages from others.

    https://ircv3.net/specs/extensions/message-redaction
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    own = one(ann.ask(f"PRIVMSG {room} :mine"), "PRIVMSG").tags["msgid"]
    other = one(ben.ask(f"PRIVMSG {room} :cold hard chats")[1:], "PRIVMSG").tags["msgid"]
    assert one(ann.ask(f"REDACT {room} {other} spam"), "REDACT").params == [room, other, "spam"]
    ben.drain()
    failure = one(ben.ask(f"REDACT {room} {own}"), "FAIL")
    assert failure.source == NAME
    assert failure.params[:-1] == ["REDACT", "REDACT_FORBIDDEN", room, own]
    assert ann.drain() == []


def test_the_history_excludes_it(connect: Connect, room: str) -> None:
    """After a message is redacted, `chathistory` responses SHOULD either: exclude it entirely ...

    https://ircv3.net/specs/extensions/message-redaction
    """
    ann = connect("ann", caps=CAPS)
    join(room, ann)
    id = one(ann.ask(f"PRIVMSG {room} :first"), "PRIVMSG").tags["msgid"]
    ann.ask(f"PRIVMSG {room} :second", f"REDACT {room} {id}")
    assert texts(ann.ask(f"CHATHISTORY LATEST {room} * 10")) == ["second"]
    failure = one(ann.ask(f"REDACT {room} {id}"), "FAIL")
    assert failure.params[1] == "UNKNOWN_MSGID"


def test_between_two_users(connect: Connect) -> None:
    """To redact a message, a client MUST negotiate the `draft/message-redaction` capability and
    send a `REDACT` command to a target nickname or channel.

    https://ircv3.net/specs/extensions/message-redaction
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    id = one(ann.ask(f"PRIVMSG {ben.nick} :psst"), "PRIVMSG").tags["msgid"]
    assert one(ben.ask(f"REDACT {ann.nick} {id}"), "FAIL").params[1] == "REDACT_FORBIDDEN"
    assert one(ann.ask(f"REDACT {ben.nick} {id}"), "REDACT").params == [ben.nick, id]
    assert one(ben.drain(), "REDACT").params == [ben.nick, id]


@pytest.mark.parametrize("id", ["ffffffff", "nonexistent123"])
def test_nothing_is_leaked(connect: Connect, room: str, id: str) -> None:
    """If servers use predictable or guessable `msgid`s, they should considered whether errors
    returned on `REDACT` may leak a message's existence to users who did not receive it (in a
    channel they are/were not in or in private messages).

    https://ircv3.net/specs/extensions/message-redaction
    """
    ann, ben, cat = (connect(name, caps=CAPS) for name in ("ann", "ben", "cat"))
    join(room, ann)
    join(f"{room}-other", cat)
    there = one(ann.ask(f"PRIVMSG {room} :x"), "PRIVMSG").tags["msgid"]
    hidden = one(ann.ask(f"PRIVMSG {ben.nick} :x"), "PRIVMSG").tags["msgid"]
    for known in (there, hidden, id):
        for target in (f"{room}-other", ann.nick, ben.nick):
            failure = one(cat.ask(f"REDACT {target} {known}"), "FAIL")
            assert failure.params[:-1] == ["REDACT", "UNKNOWN_MSGID", target, known]
        failure = one(cat.ask(f"REDACT {room} {known}"), "FAIL")
        assert failure.params[:-1] == ["REDACT", "INVALID_TARGET", room]


def test_without_the_capability(connect: Connect, room: str) -> None:
    """To redact a message, a client MUST negotiate the `draft/message-redaction` capability.

    https://ircv3.net/specs/extensions/message-redaction
    """
    ann = connect("ann", caps="message-tags")
    join(room, ann)
    assert codes(ann.ask(f"REDACT {room} 1")) == ["421"]
