"""Messages of several lines, from client to client."""

from core.wire.message import Message
from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import codes, one, only, texts

CAPS = "batch draft/multiline echo-message labeled-response message-tags server-time"


def lines_of(room: str, reference: str = "1") -> list[str]:
    return [
        f"BATCH +{reference} draft/multiline {room}",
        f"@batch={reference} PRIVMSG {room} hello",
        f"@batch={reference} PRIVMSG {room} :",
        f"@batch={reference} privmsg {room} :how is ",
        f"@batch={reference};draft/multiline-concat PRIVMSG {room} :everyone?",
        f"BATCH -{reference}",
    ]


def combined(messages: list[Message]) -> str:
    """The combined message value of a batch."""
    text = ""
    for message in messages:
        joined = "draft/multiline-concat" in message.tags
        text += ("" if joined or message is messages[0] else "\n") + message.params[1]
    return text


def test_the_value_that_is_advertised(connect: Connect) -> None:
    """The capability MUST be advertised by servers with a REQUIRED value: a comma (`,`) (0x2C)
    separated list of tokens.  ... `max-bytes` ... *REQUIRED*

    https://ircv3.net/specs/extensions/multiline
    """
    replies = only(connect().ask("CAP LS 302"), "CAP")
    words = " ".join(message.params[-1] for message in replies).split()
    (value,) = [word for word in words if word.startswith("draft/multiline=")]
    keys = dict(token.split("=") for token in value.partition("=")[2].split(","))
    assert int(keys["max-bytes"]) > 0
    assert int(keys["max-lines"]) > 0


def test_a_batch(connect: Connect, room: str) -> None:
    """Line messages are joined by a single line feed (`\\n`) byte unless the
    `draft/multiline-concat` message tag is sent, in which case that line's message is directly
    joined with the previous line's message with no separation.

    https://ircv3.net/specs/extensions/multiline
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    echo = ann.ask(*lines_of(room))
    for start, *inside, end in (echo, ben.drain()):
        assert start.params[1:] == ["draft/multiline", room]
        assert start.source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
        assert start.tags["msgid"] == echo[0].tags["msgid"]
        assert start.tags["time"] == echo[0].tags["time"]
        assert end.params == [f"-{start.params[0][1:]}"]
        assert {m.tags["batch"] for m in inside} == {start.params[0][1:]}
        assert combined(inside) == "hello\n\nhow is everyone?"


def test_fall_back(connect: Connect, room: str) -> None:
    """When delivering multiline batches to clients that have not negotiated the multiline
    capability, servers MUST deliver the component messages without using a multiline BATCH.
    Servers MUST NOT send blank lines to clients that have not negotiated the multiline capability.
    Any tags that would have been added to the batch, e.g. message IDs, account tags etc MUST be
    included on the first message line to be sent.  Servers MUST only include a message ID on the
    first message of a batch when sending a fallback to non-supporting clients.

    https://ircv3.net/specs/extensions/multiline
    """
    ann = connect("ann", caps=CAPS)
    ben, cat = connect("ben", caps="message-tags server-time batch"), connect("cat")
    join(room, ann, ben, cat)
    start = one(ann.ask(*lines_of(room))[:1], "BATCH")
    seen = ben.drain()
    assert codes(seen) == ["PRIVMSG"] * 3
    assert texts(seen) == ["hello", "how is ", "everyone?"] == texts(cat.drain())
    assert [m.tags.get("msgid") for m in seen] == [start.tags["msgid"], None, None]
    assert {m.tags["time"] for m in seen} == {start.tags["time"]}
    assert not any("draft/multiline-concat" in m.tags for m in seen)


def test_history(connect: Connect, room: str) -> None:
    """When receiving a well-formed multiline message batch, implementations MUST collect the
    message content from each line in the batch and wait until the full batch has been received
    before processing the message.

    https://ircv3.net/specs/extensions/multiline
    """
    ann, ben = connect("ann", caps=f"{CAPS} draft/chathistory"), connect("ben")
    join(room, ann, ben)
    start = ann.ask(*lines_of(room))[0]
    outer, inner, *inside, inner_end, outer_end = ann.ask(f"CHATHISTORY LATEST {room} * 10")
    assert outer.params[1:] == ["chathistory", room]
    assert inner.params[1:] == ["draft/multiline", room]
    assert inner.tags["batch"] == inner_end.tags["batch"] == outer.params[0][1:]
    assert inner.tags["msgid"] == start.tags["msgid"]
    assert inner.tags["time"] == start.tags["time"]
    assert combined(inside) == "hello\n\nhow is everyone?"
    assert outer_end.params == [f"-{outer.params[0][1:]}"]


def test_the_label(connect: Connect, room: str) -> None:
    """Servers MUST only include the label tag on the opening BATCH command when replying to a
    client using `echo-message`.

    https://ircv3.net/specs/extensions/multiline
    """
    ann = connect("ann", caps=CAPS)
    join(room, ann)
    opening, *rest = lines_of(room)
    echo = ann.ask(f"@label=xyz {opening}", *rest)
    assert [message.tags.get("label") for message in echo] == ["xyz", *[None] * (len(echo) - 1)]
    assert codes(ann.ask(opening, *rest)) == ["BATCH", *["PRIVMSG"] * 4, "BATCH"]


def test_client_tags(connect: Connect, room: str) -> None:
    """All client-only tags associated with the message must be sent attached to the initial BATCH
    command.

    https://ircv3.net/specs/extensions/multiline
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    opening, *rest = lines_of(room)
    ann.ask(f"@+draft/reply=abc {opening}", *rest)
    start, *inside = ben.drain()
    assert start.tags["+draft/reply"] == "abc"
    assert not any("+draft/reply" in message.tags for message in inside)


def test_errors(connect: Connect, room: str) -> None:
    """Servers MUST use `FAIL` messages from the standard replies framework to notify clients of
    errors with multiline batches.  The command is `BATCH` and the following codes are defined:
    `MULTILINE_MAX_BYTES <limit>`, `MULTILINE_MAX_LINES <limit>`, `MULTILINE_INVALID_TARGET
    <batch-target> <provided-target>`, `MULTILINE_INVALID`: any other error.

    https://ircv3.net/specs/extensions/multiline
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben")
    join(room, ann, ben)
    opening, first, blank, *_, closing = lines_of(room)
    concat = f"@batch=1;draft/multiline-concat PRIVMSG {room} :"
    notice = f"@batch=1 NOTICE {room} :x"
    elsewhere = "@batch=1 PRIVMSG #elsewhere :x"
    cases: tuple[tuple[list[str], list[str]], ...] = (
        ([first] * 101, ["MULTILINE_MAX_LINES", "100"]),
        ([f"@batch=1 PRIVMSG {room} :{'x' * 400}"] * 41, ["MULTILINE_MAX_BYTES", "16384"]),
        ([first, elsewhere], ["MULTILINE_INVALID_TARGET", room, "#elsewhere"]),
        ([first, concat], ["MULTILINE_INVALID"]),
        ([blank, blank], ["MULTILINE_INVALID"]),
        ([first, notice], ["MULTILINE_INVALID"]),
        ([], ["MULTILINE_INVALID"]),
    )
    for lines, words in cases:
        failure = one(ann.ask(opening, *lines, closing), "FAIL")
        assert failure.source == NAME
        assert failure.params[:-1] == ["BATCH", *words]
        assert ben.drain() == []


def test_nothing_else_while_a_batch_is_open(connect: Connect, room: str) -> None:
    """Once a client has opened a batch, it MUST NOT send any messages that are not part of the
    batch, until it is closed.  Clients MUST NOT send nested batches.

    https://ircv3.net/specs/extensions/client-batch
    """
    ann = connect("ann", caps=CAPS)
    join(room, ann)
    opening, first, *_, closing = lines_of(room)
    nested = f"@batch=1 BATCH +2 draft/multiline {room}"
    for line in (f"PRIVMSG {room} :x", nested, opening):
        failure = one(ann.ask(opening, first, line, closing), "FAIL")
        assert failure.params[:2] == ["BATCH", "MULTILINE_INVALID"]
    assert codes(ann.ask(*lines_of(room))) == ["BATCH", *["PRIVMSG"] * 4, "BATCH"]
