"""The checker has to see each kind of fault, and none where there is none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadtest import ledger as ledger_module
from loadtest.ledger import Counts, Ledger


def room(*listeners: int, hears_itself: bool = True) -> Ledger:
    ledger = Ledger()
    for index in listeners:
        ledger.entered("#r", index, hears_itself=hears_itself)
    return ledger


def send(ledger: Ledger, *numbers: int, sender: int = 0) -> None:
    for number in numbers:
        ledger.sent("#r", (sender, number))


def hear(ledger: Ledger, index: int, *numbers: int, sender: int = 0) -> None:
    for number in numbers:
        ledger.heard("#r", index, (sender, number))


def faults(counts: Counts) -> tuple[int, int, int]:
    return counts.lost, counts.doubled, counts.reordered


def test_all_is_well() -> None:
    ledger = room(0, 1, 2)
    send(ledger, 0, 1, 2)
    assert not ledger.settled()
    for index in (0, 1, 2):
        hear(ledger, index, 0, 1, 2)
    assert ledger.settled()
    counts = ledger.finish()
    assert counts == Counts(sent=3, deliveries=9)
    assert counts.clean


def test_lost_in_the_middle() -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1, 2)
    hear(ledger, 0, 0, 1, 2)
    hear(ledger, 1, 0, 2)
    assert not ledger.settled()
    counts = ledger.finish()
    assert faults(counts) == (1, 0, 0)
    assert not counts.clean


@pytest.mark.parametrize("heard", [(), (1,), (0,)])
def test_lost_at_an_end(heard: tuple[int, ...]) -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1)
    hear(ledger, 0, 0, 1)
    hear(ledger, 1, *heard)
    assert not ledger.settled()
    assert ledger.finish().lost == 2 - len(heard)


def test_seen_by_nobody() -> None:
    ledger = room(0, 1, 2)
    send(ledger, 0)
    assert not ledger.settled()
    assert ledger.finish().lost == 3


def test_seen_by_nobody_where_senders_do_not_hear_themselves() -> None:
    ledger = room(0, 1, 2, hears_itself=False)
    send(ledger, 0)
    assert ledger.finish().lost == 2


def test_refused_is_not_lost() -> None:
    ledger = room(0, 1)
    send(ledger, 0)
    ledger.not_sent("#r", (0, 0))
    assert ledger.settled()
    assert ledger.finish().clean


def test_doubled() -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1)
    hear(ledger, 0, 0, 1)
    hear(ledger, 1, 0, 0, 1, 0)
    assert faults(ledger.finish()) == (0, 2, 0)


def test_out_of_order() -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1, 2)
    hear(ledger, 0, 0, 1, 2)
    hear(ledger, 1, 0, 2, 1)
    assert ledger.settled()
    assert faults(ledger.finish()) == (0, 0, 1)


def test_two_listeners_disagree() -> None:
    ledger = room(2, 3)
    ledger.sent("#r", (0, 0))
    ledger.sent("#r", (1, 0))
    hear(ledger, 2, 0, sender=0)
    hear(ledger, 3, 0, sender=1)
    hear(ledger, 2, 0, sender=1)
    hear(ledger, 3, 0, sender=0)
    assert ledger.finish().reordered == 1


def test_own_messages_are_not_heard_where_there_is_no_echo() -> None:
    ledger = room(0, 1, hears_itself=False)
    send(ledger, 0, sender=0)
    send(ledger, 0, sender=1)
    hear(ledger, 1, 0, sender=0)
    hear(ledger, 0, 0, sender=1)
    assert ledger.settled()
    assert ledger.finish().clean


def test_who_comes_later_need_not_hear_what_was_sent_before() -> None:
    ledger = room(0)
    send(ledger, 0, 1)
    ledger.entered("#r", 1, hears_itself=True)
    hear(ledger, 0, 0, 1)
    hear(ledger, 1, 1)
    assert ledger.finish().clean


def test_who_comes_later_may_hear_what_was_sent_before_and_not_all_of_it() -> None:
    ledger = room(0, 2)
    send(ledger, 0, 1, 2)
    ledger.entered("#r", 1, hears_itself=True)
    hear(ledger, 1, 2)
    hear(ledger, 0, 0, 1, 2)
    hear(ledger, 2, 0, 1, 2)
    assert faults(ledger.finish()) == (0, 0, 0)


def test_senders_who_do_not_hear_themselves_do_not_confuse_the_order() -> None:
    """The order is x0 y0; x's sender only hears y0, and is the first to hear anything."""
    ledger = room(0, 1, 2, 3, hears_itself=False)
    send(ledger, 0, sender=0)
    send(ledger, 0, sender=1)
    hear(ledger, 0, 0, sender=1)
    for index in (2, 3):
        hear(ledger, index, 0, sender=0)
        hear(ledger, index, 0, sender=1)
    hear(ledger, 1, 0, sender=0)
    assert faults(ledger.finish()) == (0, 0, 0)


def test_disorder_around_an_own_message_is_seen() -> None:
    """The order is a x b, where x is the own message of a listener who hears b a."""
    ledger = room(0, 1, hears_itself=False)
    for sender in (2, 1, 3):
        send(ledger, 0, sender=sender)
    for sender in (2, 1, 3):
        hear(ledger, 0, 0, sender=sender)
    hear(ledger, 1, 0, sender=3)
    hear(ledger, 1, 0, sender=2)
    assert faults(ledger.finish()) == (0, 0, 1)


def test_who_comes_must_hear_all_from_then_on() -> None:
    ledger = room(0)
    ledger.entered("#r", 1, hears_itself=True)
    send(ledger, 0, 1)
    hear(ledger, 0, 0, 1)
    hear(ledger, 1, 1)
    assert ledger.finish().lost == 1


def test_who_leaves_must_have_heard_what_was_there() -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1, 2)
    hear(ledger, 0, 0, 1)
    hear(ledger, 1, 0)
    ledger.leaving("#r", 1)
    hear(ledger, 0, 2)
    assert not ledger.settled()
    ledger.left("#r", 1)
    assert ledger.settled()
    assert ledger.finish().lost == 1


def test_who_leaves_need_not_hear_what_came_after() -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1)
    hear(ledger, 0, 0)
    hear(ledger, 1, 0)
    ledger.leaving("#r", 1)
    hear(ledger, 0, 1)
    assert ledger.settled()
    assert ledger.finish().clean


def test_a_broken_connection_ends_a_stay_without_demands() -> None:
    ledger = room(0, 1)
    send(ledger, 0, 1)
    hear(ledger, 0, 0, 1)
    ledger.left("#r", 1)
    ledger.left("#r", 1)
    ledger.leaving("#r", 1)
    hear(ledger, 1, 0)
    assert ledger.finish().clean


def test_entering_again_is_a_new_stay() -> None:
    ledger = room(0, 1)
    send(ledger, 0)
    hear(ledger, 0, 0)
    ledger.entered("#r", 1, hears_itself=True)
    send(ledger, 9)
    hear(ledger, 0, 9)
    hear(ledger, 1, 9)
    assert ledger.finish().clean


def test_channels_are_apart() -> None:
    ledger = room(0)
    ledger.entered("#s", 1, hears_itself=True)
    send(ledger, 0)
    hear(ledger, 0, 0)
    assert ledger.settled()
    assert ledger.finish().clean


def test_memory_is_bounded_and_doubles_are_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "KEPT", 1000)
    ledger = room(0, 1)
    for number in range(10_000):
        send(ledger, number)
        hear(ledger, 0, number)
        hear(ledger, 1, number)
    assert len(ledger._channel("#r")._entries) < 6000
    hear(ledger, 1, 0)
    assert faults(ledger.finish()) == (0, 1, 0)


def test_neighbours_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "KEPT", 10)
    ledger = room(0, 1, hears_itself=False)
    send(ledger, 0)
    hear(ledger, 1, 0)
    send(ledger, 1)  # lost, so it is remembered
    for number in range(50):
        send(ledger, number, sender=1)
        hear(ledger, 0, number, sender=1)
    send(ledger, 2)
    hear(ledger, 1, 2)
    assert ledger.finish().lost == 1


def test_memory_waits_for_the_slowest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "KEPT", 1000)
    ledger = room(0, 1)
    for number in range(9000):
        send(ledger, number)
        hear(ledger, 0, number)
    hear(ledger, 1, *range(9000))
    assert ledger.finish().clean


def test_a_message_of_which_nothing_is_known() -> None:
    ledger = room(0)
    hear(ledger, 0, 5)
    assert ledger.finish() == Counts()


def test_who_leaves_while_others_still_wait() -> None:
    ledger = room(0, 1, 2)
    send(ledger, 0, 1)
    hear(ledger, 0, 0)
    ledger.leaving("#r", 1)
    ledger.left("#r", 1)
    hear(ledger, 0, 1)
    hear(ledger, 2, 0, 1)
    assert faults(ledger.finish()) == (1, 0, 0)


Order = list[tuple[int, int]]


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """A total order of messages from three senders."""
    numbers = [0, 0, 0]
    order = []
    for sender in draw(st.lists(st.integers(0, 2), min_size=4, max_size=30)):
        order.append((sender, numbers[sender]))
        numbers[sender] += 1
    return order


def play(order: Order, streams: list[Order], chance: random.Random) -> Counts:
    """All hear their streams, in any interleaving."""
    ledger = room(0, 1, 2)
    for message in order:
        ledger.sent("#r", message)
    waiting = [list(stream) for stream in streams]
    while any(waiting):
        index = chance.choice([each for each in range(3) if waiting[each]])
        message = waiting[index].pop(0)
        ledger.heard("#r", index, message)
    return ledger.finish()


@given(orders(), st.randoms(use_true_random=False))
def test_one_order_is_always_clean(order: Order, chance: random.Random) -> None:
    assert play(order, [order, order, order], chance).clean


@given(orders(), st.randoms(use_true_random=False), st.sampled_from(["lose", "double", "swap"]))
def test_any_fault_is_seen(order: Order, chance: random.Random, fault: str) -> None:
    faulty = list(order)
    at = chance.randrange(len(order) - 1)
    if fault == "lose":
        del faulty[at]
    elif fault == "double":
        faulty.insert(chance.randrange(at + 1, len(order) + 1), order[at])
    else:
        faulty[at], faulty[at + 1] = faulty[at + 1], faulty[at]
    streams = [order, order, order]
    streams[chance.randrange(3)] = faulty
    assert not play(order, streams, chance).clean
