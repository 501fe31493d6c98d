"""The table of the window's parts in docs/architecture.md names every file."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
COLUMNS = {"presenter": 2, "views": 3, "model": 4}


def named(layer: str) -> set[str]:
    """What the table has in the column of this layer."""
    table = TEXT.partition("### What is where")[2].partition("\n\n")[0]
    cells = [row.split("|")[COLUMNS[layer]] for row in table.splitlines() if row.startswith("|")]
    return {word for cell in cells[2:] for word in cell.split("`")[1::2]}


@pytest.mark.parametrize("layer", COLUMNS)
def test_every_file_is_in_the_table(layer: str) -> None:
    folder = ROOT / "gui" / layer
    files = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    files |= {f"{path.parent.name}/" for path in folder.glob("*/__init__.py")}
    assert named(layer) == files


def test_every_other_file_is_told_of() -> None:
    words = set(TEXT.replace("gui/", "").split("`"))
    others = {path.name for path in (ROOT / "gui").glob("*.py")} - {"__init__.py"}
    assert {
        name for name in others if name not in words and name.removesuffix(".py") not in words
    } == set()
