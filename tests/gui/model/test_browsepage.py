"""The server's rooms, and which of them a text fits."""

import time

from core.client.events import ListedRoom
from gui.model.browsepage import Directory


def test_where_the_text_stands_decides_the_order() -> None:
    rooms = (("#a", 9, "tea"), ("#tea", 1, ""), ("#teapots", 5, ""), ("#green-tea", 7, ""))
    found = Directory([ListedRoom(*room) for room in rooms])
    assert [room.name for room in found.matching("TEA")] == ["#tea", "#teapots", "#green-tea", "#a"]
    assert [room.name for room in found.matching("teap")] == ["#teapots"]
    assert found.matching("a")[0].name == "#a"
    assert len(found.matching("")) == 4
    assert found.matching("#")[0].name == "#a"
    assert (found.holds("#TEA"), found.holds("tea")) == (True, False)


def test_thousands_of_rooms_are_found_while_typing() -> None:
    found = Directory([ListedRoom(f"#room{n}", n, f"about {n} things") for n in range(10_000)])
    began = time.perf_counter()
    for text in ("r", "ro", "room", "room9", "room99", "9", ""):
        found.matching(text)
    assert time.perf_counter() - began < 1.0
