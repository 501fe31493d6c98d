"""Names of emoji: what stands between colons, and finding by words."""

import pytest

from gui.model.emoji_list import CATEGORIES
from gui.model.emoji_names import beginning, closed, find, name_of, shortcodes, title_of
from gui.model.shortcodes import COMMON

ALL = {emoji for category in CATEGORIES for emoji in category.emoji}


def test_every_emoji_has_a_name_that_leads_back_to_it() -> None:
    known = shortcodes()
    named = {emoji: name_of(emoji) for emoji in ALL}
    assert [emoji for emoji, name in named.items() if not name] == []
    assert [emoji for emoji, name in named.items() if known[name] != emoji] == []


def test_the_common_table_names_only_what_can_be_picked() -> None:
    entries = [one.split() for one in COMMON.replace("\n", "|").split("|") if one.strip()]
    assert len(entries) > 300
    assert [entry[0] for entry in entries if entry[0] not in ALL or len(entry) < 2] == []


@pytest.mark.parametrize(
    ("name", "emoji"),
    [
        ("smile", "😄"), ("+1", "👍"), ("thumbsup", "👍"), ("-1", "👎"), ("heart", "❤️"),
        ("tada", "🎉"), ("100", "💯"), ("joy", "😂"), ("fire", "🔥"), ("flag_de", "🇩🇪"),
        ("flag_scotland", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
        ("woman_technologist", "👩\u200d💻"), ("man_shrug", "🤷\u200d♂\ufe0f"),
        ("keycap_1", "1\ufe0f\u20e3"), ("keycap_hash", "#\ufe0f\u20e3"),
        ("rainbow_flag", "🏳\ufe0f\u200d🌈"), ("family_man_girl", "👨\u200d👧"),
    ],
)  # fmt: skip
def test_names_that_people_know(name: str, emoji: str) -> None:
    assert shortcodes()[name] == emoji


def test_beginnings() -> None:
    names = [name for name, _ in beginning("smi", 5)]
    assert names[0] == "smile"
    assert len(names) == 5
    assert all(name.startswith("smi") for name in names)
    assert beginning("tad", 3)[0] == ("tada", "🎉")
    assert beginning("zzzz", 3) == []
    emoji = [one for _, one in beginning("thumbs", 10)]
    assert len(set(emoji)) == len(emoji)


def test_finding_by_words() -> None:
    assert "🇩🇪" in find("german")
    assert find("+1") == ["👍"]
    assert "😻" in find("cat heart")
    assert "🚀" in find("ROCKET")
    assert find("no such thing") == []
    assert find("rocke")[0] == "🚀"
    assert find("rose")[0] == "🌹"
    assert "🌻" in find("flower")
    assert find("  ") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hi :smile:", (":smile:", "😄")),
        (":+1:", (":+1:", "👍")),
        (":SMILE:", (":SMILE:", "😄")),
        ("http:smile:", None),
        ("it is 10:30:", None),
        (":nothing_like_it:", None),
        (":smile", None),
    ],
)
def test_closed(text: str, found: tuple[str, str] | None) -> None:
    assert closed(text) == found


def test_titles() -> None:
    assert title_of("🇩🇪") == "Germany"
    assert title_of("🤷") == "shrug"
    assert title_of("x") == ""
