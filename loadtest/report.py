"""What a run measured, and the verdict in words."""

from dataclasses import dataclass, field

from loadtest.histogram import Histogram
from loadtest.ledger import Counts
from loadtest.scenarios import Plan

# Own scheduling lag (p99) from which the latencies are the harness's rather than the server's.
SUSPECT_LAG = 0.02


@dataclass(slots=True)
class Measured:
    """The numbers of a run, while it goes on."""

    connects: Histogram = field(default_factory=Histogram)  # until in place
    echoes: Histogram = field(default_factory=Histogram)  # until confirmed to the sender
    deliveries: Histogram = field(default_factory=Histogram)  # until heard by another user
    lag: Histogram = field(default_factory=Histogram)  # of the harness itself
    failed_connects: int = 0
    broken: int = 0  # connections that ended although nobody wanted it
    recovered: int = 0  # of those, how many came back
    breaks_expected: bool = False  # True where someone breaks them on purpose
    departures: int = 0  # users who left on purpose, to come back
    refused: int = 0  # messages that the server did not take
    first_delivery: float = 0.0  # monotonic seconds, 0.0 before
    end_of_talking: float = 0.0  # the same
    delivered_while_talking: int = 0

    def add_deliveries(self, fresh: Histogram, now: float) -> None:
        """Deliveries of about the last second."""
        self.first_delivery = self.first_delivery or now - 1.0
        self.deliveries.merge(fresh)
        if not self.end_of_talking:
            self.delivered_while_talking += fresh.count

    def end_talking(self, now: float) -> None:
        """Users fall silent."""
        self.end_of_talking = now

    @property
    def delivery_rate(self) -> float:
        """Deliveries a second while users talked."""
        seconds = self.end_of_talking - self.first_delivery
        talked = bool(self.first_delivery) and seconds > 0
        return self.delivered_while_talking / seconds if talked else 0.0


def passed(counts: Counts, measured: Measured, drained: bool) -> bool:
    """True if nothing is wrong, and there was something that could have been."""
    tolerable = measured.recovered if measured.breaks_expected else 0
    refused = measured.refused and not measured.breaks_expected
    troubled = measured.broken > tolerable or measured.failed_connects or refused
    return counts.clean and counts.deliveries > 0 and drained and not troubled


def introduction(plan: Plan) -> str:
    """What is about to happen."""
    text = (
        f"{plan.scenario}: {plan.users} users, each says {plan.rate:.3g} messages a second "
        f"({plan.message_bytes} bytes); about {plan.rate * plan.users * plan.listeners:,.0f} "
        "deliveries a second"
    )
    if plan.is_capped:
        text += (
            f"\n  {plan.wanted_rate:g} a second were wanted; kept lower so that this harness, on "
            f"one core, stays below {plan.delivery_cap:,.0f} deliveries a second (--delivery-cap)"
        )
    return text


def _milliseconds(histogram: Histogram) -> str:
    if not histogram.count:
        return f"{'-':>10}{'-':>10}{'-':>10}{'-':>10}"
    shares = [histogram.percentile(share) for share in (0.5, 0.95, 0.99)]
    return "".join(f"{1000 * value:>10.2f}" for value in [*shares, histogram.largest])


def table(measured: Measured) -> str:
    """Latencies in milliseconds."""
    rows = [
        ("connect, until in place", measured.connects),
        ("send, until confirmed", measured.echoes),
        ("delivery to another user", measured.deliveries),
        ("lag of the harness itself", measured.lag),
    ]
    lines = [f"{'milliseconds':<28}{'count':>10}{'p50':>10}{'p95':>10}{'p99':>10}{'max':>10}"]
    for name, histogram in rows:
        lines.append(f"{name:<28}{histogram.count:>10,}{_milliseconds(histogram)}")
    return "\n".join(lines)


def verdict(plan: Plan, counts: Counts, measured: Measured, drained: bool) -> str:
    """The whole report."""
    lines = [
        "",
        f"scenario {plan.scenario}, {plan.users} users",
        table(measured),
        f"messages sent {counts.sent:,}, received {counts.deliveries:,}; "
        f"{measured.delivery_rate:,.0f} deliveries to others a second",
        f"lost {counts.lost}, doubled {counts.doubled}, out of order {counts.reordered}; "
        f"refused {measured.refused}, broken connections {measured.broken}"
        f"{f' ({measured.recovered} came back)' if measured.broken else ''}, "
        f"failed connects {measured.failed_connects}",
    ]
    if measured.departures:
        lines.append(f"users left {measured.departures} times and came back")
    if measured.lag.percentile(0.99) > SUSPECT_LAG:
        lines.append(
            "note: the harness itself was late by more than "
            f"{1000 * SUSPECT_LAG:.0f} ms at times; the server is faster than these latencies say"
        )
    if not drained:
        lines.append("not everything arrived in the time allowed at the end (--drain)")
    if not counts.deliveries:
        lines.append("nothing was received, so nothing was tested")
    good = passed(counts, measured, drained)
    lines.append("PASS: every message reached everyone, once, in one order" if good else "FAIL")
    return "\n".join(lines)
