"""ACCEPT and SILENCE, and what ISUPPORT says of them."""

from tests.conformance.setting import Connect
from tests.fakes.irc import codes, only


def test_caller_id(connect: Connect) -> None:
    """The CALLERID parameter indicates that the server supports "caller ID": the value is the
    user mode.  (ACCEPT, 281, 282, 457, 458 and 716 to 718 as in Solanum's help.)

    https://modern.ircdocs.horse/#rplisupport-005
    """
    ann, ben = connect("ann"), connect("ben")
    tokens = [w for m in only(ann.ask("VERSION"), "005") for w in m.params]
    assert "CALLERID=g" in tokens
    ann.ask(f"MODE {ann.nick} +g")
    assert codes(ben.ask(f"PRIVMSG {ann.nick} :hi")) == ["716", "717"]
    (call,) = ann.drain()
    assert call.params[:3] == [ann.nick, ben.nick, f"~{ben.nick}@127.0.0.1"]
    assert ann.ask(f"ACCEPT {ben.nick}") == []
    assert codes(ann.ask(f"ACCEPT {ben.nick}", "ACCEPT -nobody")) == ["457", "458"]
    assert [m.params[1:-1] for m in ann.ask("ACCEPT *")] == [[], []]
    assert ben.ask(f"PRIVMSG {ann.nick} :hi") == []
    assert codes(ann.drain()) == ["PRIVMSG"]


def test_silence(connect: Connect) -> None:
    """The SILENCE parameter indicates the maximum number of entries a client can have in their
    silence list.  If no value is specified, the server does not support the SILENCE command.

    https://modern.ircdocs.horse/#silence-parameter
    """
    ann, ben = connect("ann"), connect("ben")
    tokens = [w for m in only(ann.ask("VERSION"), "005") for w in m.params]
    assert "SILENCE=50" in tokens
    assert codes(ann.ask(f"SILENCE +{ben.nick}!*@*")) == ["SILENCE"]
    shown, end = ann.ask("SILENCE")
    assert (shown.command, shown.params[1:]) == ("271", [ann.nick, f"{ben.nick}!*@*"])
    assert end.command == "272"
    assert ben.ask(f"PRIVMSG {ann.nick} :hi") == []
    assert ann.drain() == []
    ann.ask(f"SILENCE -{ben.nick}!*@*")
    ben.ask(f"PRIVMSG {ann.nick} :hi")
    assert codes(ann.drain()) == ["PRIVMSG"]
