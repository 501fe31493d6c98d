"""What CAP LS offers, by the settings and to whom."""

from dataclasses import replace

from core.config import AccountsConfig, TlsConfig
from tests.fakes.bench import QUIET, Bench


def offered(bench: Bench, version: str = "302", secure: bool = False) -> list[str]:
    """The words of CAP LS."""
    lines = bench.connect(secure=secure).say(f"CAP LS {version}")
    return " ".join(line.split(" :", 1)[1] for line in lines).split(" ")


def test_values_are_for_version_302() -> None:
    assert "sasl=EXTERNAL,SCRAM-SHA-256,PLAIN" in offered(Bench())
    assert "sasl" in offered(Bench(), "301")


def test_what_is_not_offered_is_not_given() -> None:
    bench = Bench(replace(QUIET, accounts=AccountsConfig(registration="closed")))
    assert not [word for word in offered(bench) if word.startswith("draft/account-reg")]
    (told,) = bench.connect().say("CAP REQ draft/account-registration")
    assert told == ":srv CAP * NAK :draft/account-registration"


def test_strict_transport_security() -> None:
    tls = TlsConfig(sts_seconds=3600, sts_port=6697, sts_preload=True)
    bench = Bench(replace(QUIET, tls=tls))
    assert offered(bench)[-1] == "sts=port=6697"
    assert offered(bench, secure=True)[-1] == "sts=duration=3600,preload"
    assert not [word for word in offered(bench, "301") if word.startswith("sts")]
    assert bench.connect().say("CAP REQ sts") == [":srv CAP * NAK :sts"]
    assert not [word for word in offered(Bench()) if word.startswith("sts")]


def test_one_line_for_older_clients() -> None:
    offers = Bench().node.offers
    every = offers.line(510).split(" ")
    few = offers.line(100)
    assert len(few) <= 100
    assert every[: len(few.split(" "))] == few.split(" ")
    assert "sasl" in every
    assert every.index("server-time") < every.index("draft/chathistory")
