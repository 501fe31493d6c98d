"""Modes of rooms in words."""

import pytest

from core.client.isupport import ServerSupport
from gui.model import roommodes

TYPES = ServerSupport().mode_types


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("+i-t", ["ada opened the room to the invited only",
                  "ada let everybody change the topic"]),
        ("+b-b *!*@x e!*@*", ["ada banned *!*@x", "ada lifted the ban of e!*@*"]),
        ("+kl owl 9", ["ada set a key for the room", "ada limited the room to 9 members"]),
        ("-kl owl", ["ada removed the room's key", "ada removed the room's limit"]),
        ("+p-p", ["ada set +p", "ada set -p"]),
    ],
)  # fmt: skip
def test_what_somebody_did(changes: str, said: list[str]) -> None:
    assert roommodes.sentences("ada", changes, TYPES) == said


def test_what_is_set_then() -> None:
    known = roommodes.told({}, "+kn owl", "kn", TYPES)
    assert known == {"k": "owl", "n": ""}
    assert roommodes.told(known, "+l-n 5", "kl", TYPES) == {"k": "owl", "l": "5"}
    assert roommodes.told(known, "-k owl", "n", TYPES) == {"n": ""}
