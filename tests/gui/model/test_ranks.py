"""What a rank allows."""

import pytest

from core.client.isupport import ServerSupport
from gui.model import ranks
from gui.model.ranks import PersonAct

OPS = [PersonAct.OP, PersonAct.VOICE, PersonAct.KICK, PersonAct.BAN]


def support(*tokens: str) -> ServerSupport:
    made = ServerSupport()
    for token in tokens:
        made.apply(token)
    return made


@pytest.mark.parametrize(
    ("own", "theirs", "allowed"),
    [
        ("", "", []),
        ("+", "", []),
        ("%", "", OPS[1:]),
        ("%", "%", []),
        ("%", "@", []),
        ("@", "", OPS),
        ("@", "@", [PersonAct.DEOP, *OPS[1:]]),
        ("@", "+", [PersonAct.OP, PersonAct.DEVOICE, *OPS[2:]]),
        ("@", "~", []),
        ("~", "&", OPS),
        ("!", "", []),
    ],
)
def test_who_may_do_what(own: str, theirs: str, allowed: list[PersonAct]) -> None:
    assert ranks.acts(own, theirs, support("PREFIX=(qaohv)~&@%+")) == allowed


def test_only_ranks_that_the_server_has() -> None:
    assert ranks.acts("@", "", support()) == OPS
    assert ranks.acts("@", "", support("PREFIX=(o)@")) == [OPS[0], *OPS[2:]]
    assert ranks.acts("@", "", support("PREFIX=")) == []
    assert not ranks.rules("", support("PREFIX="))
    assert ranks.founds("~@", support())
    assert not ranks.founds("@", support())


def test_names() -> None:
    assert [ranks.name(one) for one in ("~@", "&", "@+", "%", "+", "", "!")] == [
        "founder", "admin", "operator", "helper", "voice", "", ""
    ]  # fmt: skip
