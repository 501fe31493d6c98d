"""Links are shown for what they are, and those that must not be opened are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.model.links import examine
from gui.model.text import SpanKind, spans


@pytest.mark.parametrize(
    ("link", "host", "said"),
    [
        ("https://docs.example.org/a?b=1#c", "docs.example.org", []),
        ("HTTP://Example.org", "example.org", []),
        ("https://bank.example@evil.example/login", "evil.example", ["before the @"]),
        ("https://user:secret@evil.example/", "evil.example", ["evil.example"]),
        ("https://b\u00fccher.example/", "xn--bcher-kva.example", ["xn--bcher-kva.example"]),
        ("https://\u0430pple.example/", "xn--pple-43d.example", ["foreign letters"]),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", ["b\u00fccher.example"]),
        ("http://192.0.2.7/x", "192.0.2.7", ["without a name"]),
        ("http://[2001:db8::1]/", "2001:db8::1", ["without a name"]),
        ("http://2130706433/", "2130706433", ["without a name"]),
        ("http://0x7f.1/", "0x7f.1", ["without a name"]),
        ("https://fa\u00df.example/", "xn--fa-hia.example", ["xn--fa-hia.example"]),
        ("https://example\u3002org/", "example.org", ["example.org"]),
        ("https://my_host.example.org./", "my_host.example.org.", []),
        ("https://example.org:8443/", "example.org", ["8443"]),
        ("https://example.org:443/", "example.org", []),
    ],
)
def test_facts(link: str, host: str, said: list[str]) -> None:
    facts = examine(link)
    assert facts is not None
    assert facts.host == host
    assert len(facts.warnings) == len(said)
    for sentence, part in zip(facts.warnings, said, strict=True):
        assert part in sentence


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://a.example", "//a.example", "", "https://",
        "https:///path", "https://a.example:99999/", "https://[::1/", "https://a.example/\u202ecod",
        "https://a.example/\nx", "https://a .example", "https://" + "a" * 5000,
        "https://" + "\u00fc" * 80 + ".example",
        # Browsers go to the first of the two names; what is before an '@' is none elsewhere.
        "https://evil.example\\@good.example/", "https://evil.example\\.good.example/",
        "https://good.example%2f.evil.example/", "https://evil.example%00.good.example/",
        "https://a..example/", "https://\ud800.example/", "https://a.example/\ud800",
    ],
)  # fmt: skip
def test_refused(link: str) -> None:
    assert examine(link) is None


@given(st.text(max_size=80))
def test_any_link_of_a_text_can_be_examined(text: str) -> None:
    for span in spans("https://" + text):
        if span.kind is SpanKind.LINK:
            facts = examine(span.text)
            assert facts is None or facts.host.isascii()


def test_a_name_that_stands_for_nothing_is_shown_as_it_is() -> None:
    facts = examine("https://xn--a-9999999999.example/")
    assert facts is not None
    assert "xn--a-9999999999.example" in facts.warnings[0]
