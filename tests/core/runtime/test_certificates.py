"""Clients' certificates: asked for, taken whoever made them, and never needed."""

import contextlib
import hashlib
import os
import signal
import ssl
from pathlib import Path

import pytest

from core.config import Config, ServerConfig, TlsConfig
from core.errors import OperatorError
from core.runtime import certificates, tls
from core.runtime.greeter import fingerprint_of

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


def settings(folder: Path) -> Config:
    return Config(server=ServerConfig(data=str(folder)))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A server's certificate and key."""
    return tls.prepare(settings(tmp_path_factory.mktemp("server")))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A client's, made by nobody that the server knows."""
    return tls.prepare(settings(tmp_path_factory.mktemp("client")))


def client_context(certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if certificate is not None:
        context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize("version", VERSIONS)
def test_a_certificate_of_ones_own(
    pair: tuple[Path, Path], own: tuple[Path, Path], version: ssl.TLSVersion
) -> None:
    contexts = tls.contexts(Config(), *pair)
    assert contexts.asks_for_certificates
    client = client_context(*own)
    client.maximum_version = version
    wanted = ssl.PEM_cert_to_DER_cert(own[0].read_text())
    for _ in range(3):
        assert certificates.shown(contexts.irc, client) == wanted
    assert certificates.shown(contexts.web, client) is None


@pytest.mark.parametrize("version", VERSIONS)
def test_a_session_that_is_resumed(
    pair: tuple[Path, Path], own: tuple[Path, Path], version: ssl.TLSVersion
) -> None:
    """The certificate is not shown again, and known all the same."""
    server = tls.contexts(Config(), *pair).irc
    client = client_context(*own)
    client.maximum_version = version
    session: ssl.SSLSession | None = None
    for resumed in (False, True, True):
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        at_server = server.wrap_bio(to_server, to_client, server_side=True)
        at_client = client.wrap_bio(to_client, to_server, session=session)
        for end in (at_client, at_server, at_client, at_server):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
        at_server.write(b"x")
        assert at_client.read(1) == b"x"  # the session's ticket comes before it
        assert at_client.session_reused == resumed
        assert at_server.getpeercert(binary_form=True) is not None
        session = at_client.session


@pytest.mark.parametrize("version", VERSIONS)
def test_none_is_needed(pair: tuple[Path, Path], version: ssl.TLSVersion) -> None:
    contexts = tls.contexts(Config(), *pair)
    client = client_context()
    client.maximum_version = version
    assert certificates.shown(contexts.irc, client) is None
    assert certificates.shown(contexts.web, client) is None


def test_the_key_is_needed(pair: tuple[Path, Path], own: tuple[Path, Path]) -> None:
    """A certificate is public: showing another's, without its key, must not do."""
    with pytest.raises(ssl.SSLError):
        client_context(own[0], pair[1])


def test_it_is_not_asked_for(pair: tuple[Path, Path], own: tuple[Path, Path]) -> None:
    config = Config(tls=TlsConfig(ask_certificate=False))
    contexts = tls.contexts(config, *pair)
    assert not contexts.asks_for_certificates
    assert certificates.shown(contexts.irc, client_context(*own)) is None


def _raises(context: ssl.SSLContext) -> None:
    raise AttributeError("no such function")


def _crashes(context: ssl.SSLContext) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _does_nothing(context: ssl.SSLContext) -> None:
    pass


def _refuses(context: ssl.SSLContext) -> None:
    context.verify_mode = ssl.CERT_OPTIONAL


def _demands(context: ssl.SSLContext) -> None:
    context.verify_mode = ssl.CERT_REQUIRED


@pytest.mark.parametrize("ask", [_raises, _crashes, _does_nothing, _refuses, _demands])
def test_where_it_does_not_work_it_is_left_alone(
    pair: tuple[Path, Path],
    own: tuple[Path, Path],
    ask: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(certificates, "ask", ask)
    contexts = tls.contexts(Config(), *pair)
    assert not contexts.asks_for_certificates
    assert certificates.shown(contexts.irc, client_context(*own)) is None
    assert "cannot ask clients for certificates" in caplog.text


def test_a_handshake_that_does_not_end(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "TURNS", 1)
    with pytest.raises(ssl.SSLError, match="does not end"):
        certificates.shown(tls.contexts(Config(), *pair).web, client_context())


def test_files_that_cannot_be_used(pair: tuple[Path, Path], own: tuple[Path, Path]) -> None:
    with pytest.raises(OperatorError, match="cannot be used"):
        tls.contexts(Config(), pair[0], own[1])


class _Tls:
    """As much of an SSLObject as is needed."""

    def __init__(self, certificate: bytes | None) -> None:
        self._certificate = certificate

    def getpeercert(self, binary_form: bool) -> bytes | None:
        assert binary_form
        return self._certificate


def test_fingerprints() -> None:
    assert fingerprint_of(_Tls(b"DER")) == hashlib.sha256(b"DER").hexdigest()  # type: ignore[arg-type]
    assert fingerprint_of(_Tls(None)) == ""  # type: ignore[arg-type]
