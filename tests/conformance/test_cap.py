"""Capability negotiation (https://ircv3.net/specs/extensions/capability-negotiation)."""

from tests.conformance.setting import NAME, Connect
from tests.fakes.irc import Client, codes, one, only

OFFERED = {
    "away-notify",
    "batch",
    "cap-notify",
    "draft/chathistory",
    "echo-message",
    "labeled-response",
    "message-tags",
    "multi-prefix",
    "server-time",
}


def enabled(client: Client) -> set[str]:
    """What CAP LIST says."""
    return set(one(client.ask("CAP LIST"), "CAP").params[-1].split())


def test_ls_lists_what_the_server_offers(raw: Client) -> None:
    """The LS subcommand is used to list the capabilities supported by the server.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-ls-subcommand
    """
    for line in ("CAP LS", "CAP LS 302", "CAP LS 307"):
        answers = only(raw.ask(line), "CAP")
        assert {answer.source for answer in answers} == {NAME}
        assert {tuple(answer.params[:2]) for answer in answers} == {("*", "LS")}
        words = " ".join(answer.params[-1] for answer in answers).split()
        assert {word.partition("=")[0] for word in words} >= OFFERED


def test_a_list_in_several_lines(raw: Client) -> None:
    """The server MUST add a parameter containing only an asterisk (*) preceding the capability
    list on all lines except the last one; it MUST NOT do so for clients before version 302.

    https://ircv3.net/specs/extensions/capability-negotiation#multiline-replies-to-cap-ls-and-cap-list
    """
    *firsts, last = only(raw.ask("CAP LS 302"), "CAP")
    assert firsts
    assert all(answer.params[2] == "*" and len(answer.params) == 4 for answer in firsts)
    assert len(last.params) == 3


def test_ls_without_version_has_no_values(raw: Client) -> None:
    """If a client has not indicated support for CAP LS 302 features, the server MUST NOT send
    these new features to the client.

    https://ircv3.net/specs/extensions/capability-negotiation#cap-ls-version
    """
    answers = only(raw.ask("CAP LS"), "CAP")
    assert len(answers) == 1
    assert "=" not in answers[0].params[-1]


def test_ls_suspends_registration(raw: Client, nick: str) -> None:
    """If a server receives an LS subcommand while client registration is in progress, it MUST
    suspend registration until an END subcommand is received from the client.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-ls-subcommand
    """
    assert set(codes(raw.ask("CAP LS 302", f"NICK {nick}", "USER u 0 * :x"))) == {"CAP"}
    assert codes(raw.ask("CAP LIST")) == ["CAP"]
    assert one(raw.ask("CAP END"), "001").params[0] == nick


def test_ls_after_nick_and_user_comes_too_late(raw: Client, nick: str) -> None:
    """The server MUST accept the CAP command at any time, including after registration.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-command
    """
    raw.register(nick)
    for answer in only(raw.ask("CAP LS 302"), "CAP"):
        assert answer.params[:2] == [nick, "LS"]
    assert codes(raw.ask("CAP END")) == []
    assert codes(raw.ask("CAP REQ :multi-prefix")) == ["CAP"]
    assert codes(raw.ask("TIME")) == ["391"]


def test_req_alone_suspends_registration(raw: Client, nick: str) -> None:
    """If a server receives a REQ subcommand while client registration is in progress, it MUST
    suspend registration until an END subcommand is received.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-req-subcommand
    """
    answers = raw.ask("CAP REQ :multi-prefix", f"NICK {nick}", "USER u 0 * :x")
    assert codes(answers) == ["CAP"]
    assert answers[0].params == ["*", "ACK", "multi-prefix"]
    assert "001" in codes(raw.ask("CAP END"))


def test_req_is_acknowledged_and_takes_effect(connect: Connect) -> None:
    """The ACK subcommand is sent by the server to acknowledge a client-sent REQ, and let the
    client know that their requested capabilities have been enabled.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-ack-subcommand
    """
    client = connect()
    answer = one(client.ask("CAP REQ :server-time echo-message"), "CAP")
    assert answer.params[:2] == [client.nick, "ACK"]
    assert set(answer.params[2].split()) == {"server-time", "echo-message"}
    assert enabled(client) == {"server-time", "echo-message"}


def test_req_is_taken_whole_or_not_at_all(connect: Connect) -> None:
    """The capability identifier set must be accepted as a whole, or rejected entirely.
    [...] The server MUST NOT make any change to any capabilities if it replies with a NAK.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-req-subcommand
    """
    client = connect(caps="multi-prefix")
    before = enabled(client)
    answer = one(client.ask("CAP REQ :server-time no-such-thing -multi-prefix"), "CAP")
    assert answer.params[1:] == ["NAK", "server-time no-such-thing -multi-prefix"]
    assert enabled(client) == before


def test_req_with_a_dash_disables(connect: Connect) -> None:
    """Each capability identifier may be prefixed with a dash (-) to designate that the
    capability should be disabled.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-req-subcommand
    """
    client = connect(caps="multi-prefix server-time")
    answer = one(client.ask("CAP REQ :-server-time"), "CAP")
    assert answer.params[1:] == ["ACK", "-server-time"]
    assert enabled(client) & {"multi-prefix", "server-time"} == {"multi-prefix"}


def test_req_of_what_is_so_already_succeeds(connect: Connect) -> None:
    """If a client requests a capability which is already enabled, or tries to disable a
    capability which is not enabled, the server MUST continue processing the REQ subcommand as
    though handling this capability was successful.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-req-subcommand
    """
    client = connect(caps="multi-prefix")
    for words in ("multi-prefix", "-batch", "multi-prefix -batch"):
        answer = one(client.ask(f"CAP REQ :{words}"), "CAP")
        assert answer.params[1:] == ["ACK", words]
    assert "multi-prefix" in enabled(client)


def test_req_is_read_from_left_to_right(connect: Connect) -> None:
    """The list of capabilities MUST be parsed and processed from left to right.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-command
    """
    client = connect()
    client.ask("CAP REQ :batch -batch")
    assert "batch" not in enabled(client)
    client.ask("CAP REQ :-batch batch")
    assert "batch" in enabled(client)


def test_names_are_case_sensitive(connect: Connect) -> None:
    """Capability names are case-sensitive, and MUST NOT start with a hyphen.

    https://ircv3.net/specs/extensions/capability-negotiation#rules-for-naming-capabilities
    """
    client = connect()
    assert one(client.ask("CAP REQ :Server-Time"), "CAP").params[1] == "NAK"


def test_an_answer_to_a_long_req_is_one_line(connect: Connect) -> None:
    """Clients SHOULD ensure that their list of requested capabilities is not too long to be
    replied to with a single ACK or NAK message.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-req-subcommand
    """
    client = connect()
    client.send("CAP REQ :" + ("server-time " * 50)[:490])
    line = client.read_line()
    assert len(line) <= 512
    assert b" NAK :" in line
    assert "server-time" not in enabled(client)


def test_list_is_empty_at_first(raw: Client) -> None:
    """If no capabilities are enabled, an empty parameter must be sent.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-list-subcommand
    """
    assert one(raw.ask("CAP LIST"), "CAP").params == ["*", "LIST", ""]


def test_302_implies_cap_notify(raw: Client) -> None:
    """When CAP version 302 is enabled, the client also implicitly indicates support for the
    cap-notify capability.

    https://ircv3.net/specs/extensions/capability-negotiation#cap-ls-version
    """
    raw.ask("CAP LS")
    assert "cap-notify" not in enabled(raw)
    raw.ask("CAP LS 302")
    assert "cap-notify" in enabled(raw)


def test_cap_notify_cannot_be_taken_back_after_302(raw: Client) -> None:
    """Further, servers MUST NOT disable the cap-notify capability if the client requests CAP LS
    with a version of 302 or newer.

    https://ircv3.net/specs/extensions/capability-negotiation#cap-notify
    """
    raw.ask("CAP LS 302")
    assert one(raw.ask("CAP REQ :-cap-notify"), "CAP").params[1] == "NAK"
    raw.ask("CAP LS")  # a lower version later changes nothing
    assert one(raw.ask("CAP REQ :-cap-notify"), "CAP").params[1] == "NAK"
    assert "cap-notify" in enabled(raw)


def test_cap_notify_may_be_asked_for_with_302_too(raw: Client) -> None:
    """Clients MAY also request the capability with CAP REQ, and capable servers MUST accept and
    CAP ACK the request without side effects.

    https://ircv3.net/specs/extensions/capability-negotiation#cap-notify
    """
    raw.ask("CAP LS 302")
    assert one(raw.ask("CAP REQ :cap-notify"), "CAP").params[1] == "ACK"
    assert enabled(raw) == {"cap-notify"}


def test_cap_notify_may_be_asked_for_without_302(raw: Client) -> None:
    """Clients that do not support CAP version 302 MAY request the cap-notify capability
    explicitly. Such clients MAY explicitly disable the capability, and servers MUST allow these
    clients to do so.

    https://ircv3.net/specs/extensions/capability-negotiation#cap-notify
    """
    raw.ask("CAP LS")
    assert one(raw.ask("CAP REQ :cap-notify"), "CAP").params[1] == "ACK"
    assert one(raw.ask("CAP REQ :-cap-notify"), "CAP").params[1] == "ACK"
    assert enabled(raw) == set()


def test_end_after_registration_is_ignored(connect: Connect) -> None:
    """If the client is already registered, this command MUST be ignored by the server.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-end-subcommand
    """
    assert connect().ask("CAP END") == []


def test_unknown_subcommand(raw: Client, nick: str) -> None:
    """If a client sends a subcommand which is not in the list above or otherwise issues an
    invalid command, then numeric 410 (ERR_INVALIDCAPCMD) should be sent.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-command
    """
    assert one(raw.ask("CAP FOO"), "410").params[:2] == ["*", "FOO"]
    raw.register(nick)
    assert one(raw.ask("CAP FOO"), "410").params[:2] == [nick, "FOO"]
    assert one(raw.ask("CAP NEW :x"), "410").params[1] == "NEW"
