"""METADATA in both drafts, over the wire.

The sentences are those of draft/metadata-3 (https://github.com/ircv3/ircv3-specifications/pull/613)
unless an address says otherwise.
"""

import pytest

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import Client, codes, one, only
from tests.fakes.server import Server

THREE = "batch draft/metadata-3"
TWO = "batch draft/metadata-2"


def inside(client: Client, line: str) -> list[list[str]]:
    """The lines of the one batch that answers ``line``: command and parameters of each."""
    told = client.ask(line)
    reference = told[0].params[0][1:]
    assert (told[0].command, told[-1].params) == ("BATCH", [f"-{reference}"])
    assert all(message.tags["batch"] == reference for message in told[1:-1])
    return [[message.command, *message.params] for message in told[1:-1]]


def test_the_capability_tells_the_limits(raw: Client) -> None:
    """These are the defined tokens: before-connect, max-subs, max-keys, max-key-bytes,
    max-value-bytes.
    """
    answers = only(raw.ask("CAP LS 302"), "CAP")
    words = dict(w.partition("=")[::2] for m in answers for w in m.params[-1].split())
    for name in ("draft/metadata-2", "draft/metadata-3"):
        tokens = [token.partition("=")[0] for token in words[name].split(",")]
        assert tokens == [
            "before-connect",
            "max-subs",
            "max-keys",
            "max-key-bytes",
            "max-value-bytes",
        ]


def test_not_both_drafts(raw: Client) -> None:
    """Clients MUST NOT request more than one of metadata-notify, draft/metadata-2, and
    draft/metadata-3. Servers MUST NOT accept these requests either.
    """
    raw.ask("CAP LS 302")
    told = raw.ask("CAP REQ :draft/metadata-2 draft/metadata-3")
    assert one(told, "CAP").params[1] == "NAK"


def test_get_answers_in_order(connect: Connect) -> None:
    """The ordering of responses within the batch MUST match the order keys were specified by the
    client.
    """
    ada = connect("ada", caps=THREE)
    ada.ask("METADATA * SET status :here")
    nick = ada.nick
    assert inside(ada, "METADATA * GET url STATUS status") == [
        ["766", nick, nick, "url", "Key not set"],
        ["WARN", "METADATA", "INVALID_KEY", "STATUS", "This cannot be a key"],
        ["761", nick, nick, "status", "*", "here"],
    ]


def test_setting_is_idempotent(connect: Connect) -> None:
    """It is not an error if a client attempts to set a key to its current value or remove a
    nonexistent key; such attempts generate successful responses if there are no other issues with
    the request.
    """
    ada = connect("ada", caps=THREE)
    for _ in range(2):
        assert codes(ada.ask("METADATA * SET status :here")) == ["761"]
    for _ in range(2):
        assert codes(ada.ask("METADATA * SET status")) == ["766"]


def test_clear(connect: Connect) -> None:
    """If the request is successful, the server responds with a metadata batch containing one 766
    RPL_KEYNOTSET message per cleared key.
    """
    ada = connect("ada", caps=THREE)
    ada.ask("METADATA * SET status :here", "METADATA * SET color #c90076")
    cleared = inside(ada, "METADATA * CLEAR")
    assert [(words[0], words[3]) for words in cleared] == [("766", "status"), ("766", "color")]


@pytest.mark.parametrize("draft", [TWO, THREE])
def test_no_permission(connect: Connect, draft: str) -> None:
    """If the user cannot clear keys on the given target, the server responds with FAIL METADATA
    KEY_NO_PERMISSION with an asterisk (*) in the <Key> field and fails the request.
    """
    ada, bob = connect("ada", caps=draft), connect("bob")
    told = one(ada.ask(f"METADATA {bob.nick} CLEAR"), "FAIL")
    assert told.params[:4] == ["METADATA", "KEY_NO_PERMISSION", bob.nick, "*"]


@pytest.mark.parametrize("draft", [TWO, THREE])
def test_an_invalid_target(connect: Connect, draft: str) -> None:
    """If the target is not valid, the server MUST reply with FAIL METADATA INVALID_TARGET instead
    of a batch.
    """
    ada = connect("ada", caps=draft)
    for subcommand in ("LIST", "GET status", "SYNC"):
        told = ada.ask(f"METADATA nobody {subcommand}")
        assert codes(told) == ["FAIL"]
        assert told[0].params[:3] == ["METADATA", "INVALID_TARGET", "nobody"]


@pytest.mark.parametrize(
    ("line", "parameter"),
    [
        ("METADATA", "*"),
        ("METADATA #chan GET", "GET"),
        ("METADATA #chan SNEEZE", "SNEEZE"),
        ("METADATA #chan :: hi!", "*"),
    ],
)
def test_invalid_commands(connect: Connect, line: str, parameter: str) -> None:
    """If the server receives a syntactically invalid METADATA command, e.g., an unknown subcommand,
    missing parameters, or excess parameters, the server SHOULD reply with FAIL METADATA
    INVALID_PARAMS.
    """
    told = one(connect("ada", caps=THREE).ask(line), "FAIL")
    assert told.params[:3] == ["METADATA", "INVALID_PARAMS", parameter]


def test_news(connect: Connect) -> None:
    """Servers MUST send notifications to subscribers the key is visible to for changes made to
    other clients in the channels that subscriber is joined to.
    """
    two, three, bob = connect("two", caps=TWO), connect("three", caps=THREE), connect("bob")
    join(f"#{bob.nick}", two, three, bob)
    two.ask("METADATA * SUB status")
    three.ask("METADATA * SUB status")
    bob.ask("METADATA * SET status :busy", "METADATA * SET url :x", "METADATA * SET status")
    told = [(m.source, m.command, *m.params) for m in three.drain()]
    assert told == [
        (NAME, "761", three.nick, bob.nick, "status", "*", "busy"),
        (NAME, "766", three.nick, bob.nick, "status", "Key not set"),
    ]
    # https://ircv3.net/specs/extensions/metadata#metadata-server-message
    told = [(m.source, m.command, *m.params) for m in two.drain()]
    assert told == [
        (NAME, "METADATA", bob.nick, "status", "*", "busy"),
        (NAME, "METADATA", bob.nick, "status", "*"),
    ]


def test_news_of_who_is_monitored(connect: Connect) -> None:
    """Servers MUST send notifications to subscribers the key is visible to for changes made to
    users that subscriber is currently monitoring.
    """
    ada, bob = connect("ada", caps=THREE), connect("bob")
    ada.ask("METADATA * SUB status", f"MONITOR + {bob.nick}")
    bob.ask("METADATA * SET status :busy")
    assert one(ada.drain(), "761").params[1:] == [bob.nick, "status", "*", "busy"]


def test_730_brings_the_metadata(connect: Connect) -> None:
    """When server sends 730 RPL_MONONLINE to a metadata-aware client, the server MUST additionally
    send either a metadata batch containing the monitored user's metadata to the client or a 774.
    """
    ada, bob = connect("ada", caps=THREE), connect("bob")
    bob.ask("METADATA * SET status :busy")
    ada.ask("METADATA * SUB status")
    told = ada.ask(f"MONITOR + {bob.nick}")
    assert codes(told) == ["730", "BATCH", "761", "BATCH"]
    assert told[1].params[1:] == ["metadata", bob.nick]


def test_joining_brings_the_metadata(connect: Connect) -> None:
    """When a metadata-aware client joins a channel, the server MUST send either a metadata batch
    containing the channel's metadata as well as the metadata for all users on the channel or a 774.
    If the server sends a batch, the batch MUST be identical to what would be returned if METADATA
    SYNC was issued against that channel.
    """
    ada, bob = connect("ada", caps=THREE), connect("bob")
    room = f"#{bob.nick}"
    join(room, bob)
    bob.ask("METADATA * SET status :busy", f"METADATA {room} SET status :quiet")
    ada.ask("METADATA * SUB status")
    told = ada.ask(f"JOIN {room}")
    assert codes(told)[-4:] == ["BATCH", "761", "761", "BATCH"]
    assert told[-4].params[1:] == ["metadata", room]
    joined = [[m.command, *m.params] for m in told[-3:-1]]
    assert joined == inside(ada, f"METADATA {room} SYNC")


def test_subscribing_is_followed_by_the_values_or_774(connect: Connect) -> None:
    """If the client has completed connection registration and has added new subscriptions, the
    server MUST then either send a metadata batch with *ALL as its parameter or a 774 message with
    *ALL as its <Target>.
    """
    ada = connect("ada", caps=THREE)
    told = ada.ask("METADATA * SUB status avatar")
    assert [m.params[1] for m in told] == ["status", "*ALL"]
    assert codes(told) == ["770", "774"]
    assert codes(ada.ask("METADATA * SUB avatar")) == ["770"]
    ada.ask("METADATA * SET status :here")
    assert inside(ada, "METADATA *ALL SYNC") == [["761", ada.nick, ada.nick, "status", "*", "here"]]


def test_subscriptions_are_listed_in_a_batch(connect: Connect) -> None:
    """The server responds with a metadata-subs batch containing zero or more 772 RPL_METADATASUBS
    messages.
    """
    ada = connect("ada", caps=THREE)
    assert inside(ada, "METADATA * SUBS") == []
    ada.ask("METADATA * SUB a b c", "METADATA * UNSUB b nothing")
    assert inside(ada, "METADATA * SUBS") == [["772", ada.nick, "a", "c"]]


def test_subscriptions_end_with_the_capability(connect: Connect) -> None:
    """If a client removes this capability or the batch capability from themselves, servers MUST
    clear that client's subscription list.
    """
    ada = connect("ada", caps=THREE)
    for capability in ("batch", "draft/metadata-3"):
        ada.ask("METADATA * SUB a", f"CAP REQ -{capability}", f"CAP REQ {capability}")
        assert inside(ada, "METADATA * SUBS") == []


@pytest.mark.parametrize("draft", [TWO, THREE])
def test_before_connect(raw: Client, nick: str, draft: str) -> None:
    """Servers MUST send clients a list of their current metadata (any metadata stored by the server
    or by services, plus any metadata set by the client during connection registration via
    before-connect) in a metadata batch with their own nick as target as part of the registration
    burst, i.e. before RPL_ENDOFMOTD or ERR_NOMOTD.
    """
    raw.ask("CAP LS 302", f"CAP REQ :{draft}")
    assert one(raw.ask("METADATA * SET status :here"), "761").params == [
        "*", "*", "status", "*", "here"
    ]  # fmt: skip
    assert codes(raw.ask("METADATA * SUB status")) == ["770"]
    burst = raw.ask(f"NICK {nick}", "USER u 0 * :x", "CAP END")
    start = codes(burst).index("BATCH")
    assert burst[start].params[1:] == ["metadata", nick]
    command = "METADATA" if draft is TWO else "761"
    assert burst[start + 1].command == command
    assert burst[start + 1].params[-4:] == [nick, "status", "*", "here"]
    assert "422" in codes(burst[start + 2 :])


def test_an_empty_batch_for_who_has_none(server: Server, nick: str) -> None:
    """The metadata batch type takes one parameter. This parameter contains the target for which the
    metadata was requested, allowing the client to correctly process empty batches.
    """
    with server.connect() as client:
        greeting = client.register(nick, THREE)
    batches = only(greeting, "BATCH")
    assert [m.params[1:] for m in batches] == [["metadata", nick], []]


def test_the_older_drafts_failures(connect: Connect) -> None:
    """FAIL METADATA KEY_NOT_SET, KEY_INVALID, VALUE_INVALID, SUBCOMMAND_INVALID

    https://ircv3.net/specs/extensions/metadata
    """
    ada = connect("ada", caps=TWO)
    for line, code in (
        ("METADATA * SET status", ["KEY_NOT_SET", ada.nick, "status"]),
        ("METADATA * SET Status :x", ["KEY_INVALID", "Status"]),
        ("METADATA * SET color :x", ["VALUE_INVALID"]),
        ("METADATA * SNEEZE", ["SUBCOMMAND_INVALID", "SNEEZE"]),
    ):
        assert one(ada.ask(line), "FAIL").params[1:-1] == code
