"""An index is found by the uid, wherever messages were put and however narrow a gap was."""

import random

import pytest

from gui.model import order
from gui.model.message import Delivery, Message
from gui.model.order import Order


def said(delivery: Delivery = Delivery.SENT) -> Message:
    return Message(sender="a", text="", time=1.0, delivery=delivery)


@pytest.mark.parametrize("apart", [1, 3, 1 << 20])
def test_the_index_of_everything(apart: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "_APART", apart)
    dice = random.Random(apart)
    messages: list[Message] = []
    made = Order(messages)
    for _ in range(300):
        at = dice.choice([0, len(messages), dice.randint(0, len(messages))])
        if messages and dice.random() < 0.2:
            at = dice.randrange(len(messages))
            uid = messages[at].uid
            assert made.remove(at).uid == uid
            assert made.index(uid) is None
        else:
            kind = dice.choice([Delivery.SENT, Delivery.PENDING])
            made.insert(at, [said(kind) for _ in range(dice.randint(0, 4))])
        assert [made.index(one.uid) for one in messages] == list(range(len(messages)))
