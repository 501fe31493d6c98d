"""ISUPPORT: https://modern.ircdocs.horse/#rplisupport-parameters"""

from hypothesis import given
from hypothesis import strategies as st

from core.client.isupport import ServerSupport
from core.wire.modes import ModeType


def supporting(*tokens: str) -> ServerSupport:
    support = ServerSupport()
    for token in tokens:
        support.apply(token)
    return support


def test_what_holds_where_nothing_is_told() -> None:
    support = ServerSupport()
    assert support.fold("A[") == "a{"
    assert support.prefixes == {"o": "@", "v": "+"}
    assert support.mode_types["b"] is ModeType.LIST
    assert support.mode_types["o"] is ModeType.PREFIX
    assert support.is_room("&x")
    assert not support.is_room("")
    assert support.page_size(50) == 50


def test_tokens() -> None:
    support = supporting(
        "CASEMAPPING=ascii", "CHANTYPES=#!", "PREFIX=(qaohv)~&@%+", "CHANMODES=beI,kfL,lj,imn",
        "NICKLEN=20", "NETWORK=A\\x20B", "CHATHISTORY=30", "STATUSMSG=@+", "NONSENSE", "SAFELIST=x",
    )  # fmt: skip
    assert support.fold("A[") == "a["
    assert support.is_room("!x")
    assert not support.is_room("&x")
    assert list(support.prefixes.values()) == list("~&@%+")
    assert support.mode_types["f"] is ModeType.ALWAYS
    assert support.mode_types["j"] is ModeType.WHEN_SET
    assert support.nick_length == 20
    assert support.network == "A B"
    assert support.page_size(50) == 30
    assert support.room_of("@#x") == "#x"
    assert support.room_of("bob") == ""
    assert supporting("STATUSMSG=").room_of("@#x") == ""


def test_a_token_can_be_taken_back() -> None:
    support = supporting("NICKLEN=20", "CASEMAPPING=ascii", "-NICKLEN", "-CASEMAPPING")
    assert support.nick_length == 9
    assert support.fold("[") == "{"


def test_no_prefixes_and_no_rooms_at_all() -> None:
    support = supporting("PREFIX=", "CHANTYPES=")
    assert support.prefixes == {}
    assert not support.is_room("#x")


def test_denied_tags() -> None:
    assert ServerSupport().allows_tag("typing")
    assert not supporting("CLIENTTAGDENY=typing,x").allows_tag("typing")
    all_but_one = supporting("CLIENTTAGDENY=*,-typing")
    assert all_but_one.allows_tag("typing")
    assert not all_but_one.allows_tag("draft/react")


@given(st.lists(st.text(max_size=30), max_size=10))
def test_nothing_breaks_it(tokens: list[str]) -> None:
    supporting(*tokens, "NICKLEN=x", "PREFIX=(ov", "CHANMODES=,,,,,,")


def test_bans_of_accounts_and_conditions_of_list() -> None:
    support = ServerSupport()
    assert support.account_ban == ""
    for token in ("EXTBAN=~,am", "ACCOUNTEXTBAN=a,account", "ELIST=CMNTU"):
        support.apply(token)
    assert support.account_ban == "~a"
    assert "M" in support.list_conditions
    support.apply("EXTBAN=,RU")
    support.apply("ACCOUNTEXTBAN=R")
    assert support.account_ban == "R"
