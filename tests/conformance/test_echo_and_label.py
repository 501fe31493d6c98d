"""echo-message, labeled-response and batch."""

import re

import pytest

from core.session import handlers
from core.session.dispatch import COMMANDS
from core.wire.message import Message
from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import ALL_CAPS, Client, codes, one, only

LABELS = "batch labeled-response message-tags"


def labelled(client: Client, line: str, label: str = "abc") -> list[Message]:
    """The answers to a labelled command."""
    return client.ask(f"@label={label} {line}")


def unwrapped(messages: list[Message], label: str = "abc") -> list[Message]:
    """What is in the labelled batch that the messages must be."""
    start, *inner, end = messages
    assert start.command == "BATCH"
    assert start.tags.get("label") == label
    assert start.source == NAME
    reference = start.params[0].removeprefix("+")
    assert start.params == [f"+{reference}", "labeled-response"]
    assert re.fullmatch(r"[A-Za-z0-9-]+", reference)
    assert end.command == "BATCH"
    assert end.params == [f"-{reference}"]
    assert not {"batch", "label"} & set(end.tags)
    assert "batch" not in start.tags
    for message in inner:
        assert message.tags["batch"] == reference
        assert "label" not in message.tags
    return inner


# echo-message


@pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE"])
def test_echo(connect: Connect, room: str, command: str) -> None:
    """If enabled, servers MUST send PRIVMSG and NOTICE messages back to the client that sent
    them.

    https://ircv3.net/specs/extensions/echo-message
    """
    ann, ben = connect("ann", caps="echo-message"), connect("ben")
    join(room, ann, ben)
    for target in (room, ben.nick):
        echo = one(ann.ask(f"{command} {target} :back from lunch"), command)
        assert echo.source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
        assert echo.params == [target, "back from lunch"]
        assert codes(ben.drain()) == [command]


def test_echo_only_of_what_was_delivered(connect: Connect, room: str) -> None:
    """For clients, receiving a message with themselves as the sender acts as an acknowledgement
    that the message has been delivered to the server.

    https://ircv3.net/specs/extensions/echo-message
    """
    ann, ben = connect("ann", caps="echo-message"), connect("ben")
    join(room, ben)
    assert codes(ann.ask("PRIVMSG nobody_here :x")) == ["401"]
    assert codes(ann.ask(f"PRIVMSG {room} :x")) == ["404"]
    assert codes(ann.ask("NOTICE nobody_here :x")) == []


def test_echo_from_outside_a_room(connect: Connect, room: str) -> None:
    """If enabled, servers MUST send PRIVMSG and NOTICE messages back to the client that sent
    them.

    https://ircv3.net/specs/extensions/echo-message
    """
    ann, ben = connect("ann", caps="echo-message"), connect("ben")
    join(room, ben)
    ben.ask(f"MODE {room} -n")
    assert codes(ann.ask(f"PRIVMSG {room} :x")) == ["PRIVMSG"]


def test_echo_of_what_one_sends_to_oneself(connect: Connect) -> None:
    """When a client sends a private message to its own nick, echo-message will result in
    duplicate messages being sent by the server, as both sent and received messages.

    https://ircv3.net/specs/extensions/labeled-response#client-implementation-considerations
    """
    client = connect(caps="echo-message")
    assert codes(client.ask(f"PRIVMSG {client.nick} :x")) == ["PRIVMSG", "PRIVMSG"]


def test_echoes_keep_the_order_of_the_room(connect: Connect, room: str) -> None:
    """This allows all attached clients to display full conversation.

    https://ircv3.net/specs/extensions/echo-message#use-cases
    """
    ann, ben = connect("ann", caps="echo-message"), connect("ben", caps="echo-message")
    join(room, ann, ben)
    for client in (ann, ben):
        client.send(*(f"PRIVMSG {room} :{client.nick} {number}" for number in range(30)))
    for client in (ann, ben):
        client.send("PING first")
    seen = []
    for client in (ann, ben):
        answer = client.read_until(lambda m: m.command == "PONG") + client.drain()
        seen.append([message.params[-1] for message in only(answer, "PRIVMSG")])
    # The first one's PONG may come before the other's last messages, hence one more look.
    seen[0] += [m.params[-1] for m in only(ann.drain(), "PRIVMSG")]
    assert len(seen[0]) == 60
    assert seen[0] == seen[1]


# labeled-response


def test_one_answer_carries_the_label(connect: Connect) -> None:
    """For any message received from a client that includes this tag, the server MUST include
    the same tag and value in any response produced from this message.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    client = connect(caps=LABELS)
    for line, code in (("TIME", "391"), ("NOSUCH", "421"), ("PRIVMSG nobody_here :x", "401")):
        seen = labelled(client, line)
        assert codes(seen) == [code]
        assert seen[0].tags["label"] == "abc"


def test_a_pong_carries_the_label(connect: Connect) -> None:
    """Servers MUST include the tag in exactly one logical message.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    client = connect(caps=LABELS)
    pong = one(labelled(client, "PING token"), "PONG")
    assert pong.tags["label"] == "abc"


def test_several_answers_are_a_batch(connect: Connect, room: str) -> None:
    """If a response consists of more than one message, a batch MUST be used to group them into a
    single logical response. The start of the batch MUST be tagged with the label tag.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    client = connect(caps=LABELS)
    whois = unwrapped(labelled(client, f"WHOIS {client.nick}"))
    assert (codes(whois)[0], codes(whois)[-1]) == ("311", "318")
    assert codes(unwrapped(labelled(client, f"JOIN {room}"))) == ["JOIN", "353", "366"]
    assert codes(unwrapped(labelled(client, f"MODE {room}"))) == ["324", "329"]
    assert codes(unwrapped(labelled(client, f"MODE {room} +Ym"))) == ["472", "MODE"]


def test_no_answer_is_an_ack(connect: Connect, room: str) -> None:
    """Servers MUST respond with a labeled ACK message when a client sends a labeled command that
    normally produces no response. It takes no additional parameters.

    https://ircv3.net/specs/extensions/labeled-response#the-ack-response
    """
    ann, ben = connect("ann", caps=LABELS), connect("ben")
    join(room, ann, ben)
    for line in (
        "PONG x",
        f"PRIVMSG {room} :x",
        f"PRIVMSG {ben.nick} :x",
        "NOTICE nobody_here :x",
        f"JOIN {room}",
        f"MODE {room} +n",
        f"NICK {ann.nick}",
        f"TAGMSG {room}",
    ):
        seen = labelled(ann, line)
        assert codes(seen) == ["ACK"], line
        assert seen[0].source == NAME
        assert seen[0].tags == {"label": "abc"}
        assert list(seen[0].params) == []


def test_the_echo_carries_the_label(connect: Connect, room: str) -> None:
    """The message is returned by the server with a msgid tag via labeled echo-message to the
    originating client and as normal to other clients in the channel.

    https://ircv3.net/specs/extensions/message-tags#examples
    """
    ann, ben = connect("ann", caps=ALL_CAPS), connect("ben", caps=ALL_CAPS)
    join(room, ann, ben)
    for command in (f"PRIVMSG {room} :x", f"NOTICE {ben.nick} :x", f"TAGMSG {room}"):
        seen = ann.ask(f"@label=123;+example=a {command}")
        assert len(seen) == 1
        assert seen[0].tags["label"] == "123"
        assert seen[0].tags["+example"] == "a"
        other = one(ben.drain(), command.split()[0])
        assert "label" not in other.tags
        assert other.tags["msgid"] == seen[0].tags["msgid"]


def test_several_targets_are_one_answer(connect: Connect) -> None:
    """Servers MUST include the tag in exactly one logical message.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    ann, ben, cat = (connect(name, caps=ALL_CAPS) for name in ("ann", "ben", "cat"))
    seen = unwrapped(labelled(ann, f"PRIVMSG {ben.nick},nobody_here,{cat.nick} :x"))
    assert codes(seen) == ["PRIVMSG", "401", "PRIVMSG"]


def test_to_oneself_only_the_echo_carries_the_label(connect: Connect) -> None:
    """When a client sends a message to itself, the server MUST NOT include the label tag, except
    for any acknowledgment sent with the echo-message mechanism.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    client = connect(caps=ALL_CAPS)
    seen = only(labelled(client, f"PRIVMSG {client.nick} :x"), "PRIVMSG")
    assert len(seen) == 2
    assert sorted("label" in message.tags for message in seen) == [False, True]
    assert "batch" not in seen[0].tags
    quiet = connect(caps=LABELS)
    seen = labelled(quiet, f"PRIVMSG {quiet.nick} :x")
    assert sorted(codes(seen)) == ["ACK", "PRIVMSG"]
    assert "label" not in one(seen, "PRIVMSG").tags
    assert one(seen, "ACK").tags["label"] == "abc"


def test_a_private_message_to_somebody_away(connect: Connect) -> None:
    """If a response consists of more than one message, a batch MUST be used to group them.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    ann, ben = connect("ann", caps=ALL_CAPS), connect("ben")
    ben.ask("AWAY :gone")
    assert codes(unwrapped(labelled(ann, f"PRIVMSG {ben.nick} :x"))) == ["PRIVMSG", "301"]


def test_a_history_batch_carries_the_label_itself(connect: Connect, room: str) -> None:
    """The batch type MUST be one of: an existing type applicable to the entire response;
    labeled-response.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    client = connect(caps=ALL_CAPS)
    join(room, client)
    client.ask(f"PRIVMSG {room} :x")
    start, *inner, end = labelled(client, f"CHATHISTORY LATEST {room} * 10")
    assert start.tags["label"] == "abc"
    assert start.params[1:] == ["chathistory", room]
    assert codes(inner) == ["PRIVMSG"]
    assert inner[0].tags["batch"] == start.params[0][1:]
    assert end.params == ["-" + start.params[0][1:]]


def test_an_error_line_carries_the_label(connect: Connect) -> None:
    """Failed PRIVMSG with ERR_NOSUCHNICK: @label=dc11f13f11 :irc.example.com 401 * nick

    https://ircv3.net/specs/extensions/labeled-response#examples
    """
    client = connect(caps=ALL_CAPS)
    for line, code in (("JOIN", "461"), ("NICK 9", "432"), ("CHATHISTORY X", "FAIL")):
        seen = labelled(client, line)
        assert codes(seen) == [code]
        assert seen[0].tags["label"] == "abc"


def test_labels_on_ones_own_modes(connect: Connect) -> None:
    """For any message received from a client that includes this tag, the server MUST include
    the same tag and value in any response produced from this message.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    client = connect(caps=LABELS)
    for line, expected in (("+i", "MODE"), ("", "221"), ("+i", "ACK"), ("-i", "MODE")):
        seen = labelled(client, f"MODE {client.nick} {line}")
        assert codes(seen) == [expected]
        assert seen[0].tags["label"] == "abc"
    assert sorted(codes(unwrapped(labelled(client, f"MODE {client.nick} +Yi")))) == ["501", "MODE"]


def test_pipelined_labels(connect: Connect, room: str) -> None:
    """This specification adds a new message tag sent by clients and repeated by servers to
    correlate responses with a specific request.

    https://ircv3.net/specs/extensions/labeled-response#introduction
    """
    client = connect(caps=ALL_CAPS)
    lines = [f"JOIN {room}", f"PRIVMSG {room} :x", "TIME", f"TOPIC {room}", "PONG x", "NOSUCH"]
    seen = client.ask(*(f"@label={index} {line}" for index, line in enumerate(lines)))
    labels = [message.tags["label"] for message in seen if "label" in message.tags]
    assert labels == [str(index) for index in range(len(lines))]
    tagged = [message.command for message in seen if "label" in message.tags]
    assert tagged == ["BATCH", "PRIVMSG", "391", "331", "ACK", "421"]


def test_the_label_is_opaque(connect: Connect) -> None:
    """The tag value is chosen by the client and MUST be treated as an opaque identifier. The
    value MUST NOT exceed 64 bytes.

    https://ircv3.net/specs/extensions/labeled-response#tag-value
    """
    client = connect(caps=LABELS)
    for label, value in (("a\\sb\\:c\\\\", "a b;c\\"), ("x" * 64, "x" * 64), ("ü", "ü")):
        assert one(labelled(client, "TIME", label), "391").tags["label"] == value


def test_no_label_without_the_capabilities(connect: Connect) -> None:
    """This specification depends on the batch capability which MUST be negotiated to use labeled
    responses.

    https://ircv3.net/specs/extensions/labeled-response#dependencies
    """
    for caps in ("message-tags", "batch message-tags"):
        client = connect(caps=caps)
        assert one(labelled(client, "TIME"), "391").tags == {}
        assert codes(labelled(client, "PONG x")) == []


def test_a_label_before_registration(raw: Client) -> None:
    """This tag MAY be sent by a client for any messages that need to be correlated with a
    response from the server.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    raw.ask(f"CAP REQ :{LABELS}")
    assert one(raw.ask("@label=a NICK 9"), "432").tags["label"] == "a"
    assert one(raw.ask("@label=b CAP LIST"), "CAP").tags["label"] == "b"
    assert one(raw.ask("@label=c JOIN #x"), "451").tags["label"] == "c"


# It ends the connection; it is answered when it is complete; it counts as an attempt to log in.
APART = {"QUIT", "BATCH", "OPER"}
MOST_CAPS = f"{ALL_CAPS} draft/message-redaction draft/metadata-2 draft/read-marker soju.im/search"


def logical(messages: list[Message]) -> list[Message]:
    """The messages that stand for themselves, after a look at whether all batches are whole."""
    open_: set[str] = set()
    for message in messages:
        within = message.tags.get("batch")
        assert within is None or within in open_
        if message.command == "BATCH":
            sign, reference = message.params[0][0], message.params[0][1:]
            assert (reference in open_) is (sign == "-")
            open_ ^= {reference}
    assert not open_
    alone = [m for m in messages if "batch" not in m.tags]
    return [m for m in alone if m.command != "BATCH" or m.params[0][0] == "+"]


@pytest.mark.parametrize(
    "rest", ["", " {nick}", " {room}", " {room} x", " {nick} {room} :", " * x y z"]
)
def test_every_command_has_one_labelled_answer(
    connect: Connect, raw: Client, room: str, rest: str
) -> None:
    """For any message received from a client that includes this tag, the server MUST include the
    same tag and value in any response required from this message. Servers MUST include the tag in
    exactly one logical message.

    https://ircv3.net/specs/extensions/labeled-response#tags
    """
    assert handlers
    client = connect("ann", caps=MOST_CAPS)
    join(room, client)
    raw.ask("CAP LS 302", f"CAP REQ :{MOST_CAPS}")
    for command in sorted({*COMMANDS, "NOSUCH"} - APART):
        for sender in (client, raw):
            line = command + rest.format(nick=client.nick, room=room)
            if sender is raw and command in ("CAP", "CONNECT", "NICK", "USER"):
                continue
            told = logical(sender.ask(f"@label=x-{command} {line}"))
            labels = [message.tags.get("label") for message in told]
            assert labels.count(f"x-{command}") == 1, (line, told)
            # What one sends to oneself arrives as well.
            assert set(labels) <= {f"x-{command}", None}
