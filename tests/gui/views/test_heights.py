"""Row heights, against a plain list that does the same slowly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.views.heights import BLOCK, Heights


def slow_find(heights: list[int], y: int) -> tuple[int, int]:
    y = max(0, min(y, sum(heights) - 1))
    for row, height in enumerate(heights):
        if y < height:
            return row, y
        y -= height
    raise AssertionError


@given(st.data())
def test_like_a_list(data: st.DataObject) -> None:
    model = data.draw(st.lists(st.integers(1, 300), max_size=40))
    heights = Heights(model)
    for _ in range(data.draw(st.integers(0, 12))):
        what = data.draw(st.sampled_from(("insert", "set", "delete")))
        if what == "insert" or not model:
            at = data.draw(st.integers(0, len(model)))
            added = data.draw(st.lists(st.integers(1, 300), max_size=3 * BLOCK))
            heights.insert(at, added)
            model[at:at] = added
            continue
        at = data.draw(st.integers(0, len(model) - 1))
        if what == "set":
            heights[at] = model[at] = data.draw(st.integers(1, 300))
        else:
            del heights[at], model[at]
    assert len(heights) == len(model)
    assert [heights[row] for row in range(len(model))] == model
    assert heights.total() == sum(model)
    if model:
        row = data.draw(st.integers(0, len(model)))
        assert heights.top(row) == sum(model[:row])
        y = data.draw(st.integers(-10, sum(model) + 10))
        assert heights.find(y) == slow_find(model, y)


def test_edges() -> None:
    heights = Heights()
    assert (heights.find(5), heights.total(), heights.top(0)) == ((0, 0), 0, 0)
    with pytest.raises(IndexError):
        heights[0]
    with pytest.raises(IndexError):
        heights.insert(1, [3])


def test_appending_one_by_one_keeps_blocks_full() -> None:
    heights = Heights()
    for row in range(3 * BLOCK):
        heights.insert(row, [row + 1])
    assert heights.find(heights.top(2 * BLOCK + 7) + 3) == (2 * BLOCK + 7, 3)
