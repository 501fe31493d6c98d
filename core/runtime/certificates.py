"""Asking clients for a certificate without judging who made it.

On IRC certificates are self-made: whoever has shown one can log in with it again (SASL EXTERNAL),
for TLS proves that the client has its key.  Python's ``ssl`` asks only for certificates that an
authority has signed, and ends the connection at any other.  The OpenSSL behind it lets a callback
judge instead; nothing in Python reaches that, so it is set through ctypes, on the pointer that an
``SSLContext`` begins with.

That is no promise of Python's.  So before it is used ``works`` tries it, in a process of its own,
which a wrong guess can crash without harm.
"""

import _ssl
import contextlib
import ctypes
import os
import resource
import signal
import ssl
from pathlib import Path

# How long the trial may take: seconds.  It takes milliseconds.
TRIAL_SECONDS = 10
# Turns of a handshake in memory; a few are enough.
TURNS = 10

_Judge = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


# Every certificate will do.  This lives as long as the process: OpenSSL keeps a pointer to it.
_accept = _Judge(lambda store, argument: 1)


def ask(context: ssl.SSLContext) -> None:
    """Let a server's context ask for a certificate, and take any, or none.

    Raises AttributeError or OSError where Python's OpenSSL cannot be reached.
    """
    openssl = ctypes.CDLL(getattr(_ssl, "__file__", None))
    set_judge = openssl.SSL_CTX_set_cert_verify_callback
    set_judge.argtypes = [ctypes.c_void_p, _Judge, ctypes.c_void_p]
    set_judge.restype = None
    pointer = ctypes.c_void_p.from_address(id(context) + object.__basicsize__)
    set_judge(pointer, _accept, None)
    context.verify_mode = ssl.CERT_OPTIONAL


def works(certificate: Path, key: Path) -> bool:
    """True if clients with any certificate, and with none, can connect to one that asks.

    certificate, key: of a server; in the trial the client shows them as well.
    """
    child = os.fork()
    if not child:
        code = 1
        with contextlib.suppress(BaseException):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(TRIAL_SECONDS)
            code = 0 if _passes(certificate, key) else 1
        os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def _passes(certificate: Path, key: Path) -> bool:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    ask(server)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    if shown(server, client) is not None:
        return False
    client.load_cert_chain(certificate, key)
    return shown(server, client) is not None


def shown(server: ssl.SSLContext, client: ssl.SSLContext) -> bytes | None:
    """The certificate that the client has shown after a handshake in memory, DER.

    Raises SSLError where the handshake fails.
    """
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    at_server = server.wrap_bio(to_server, to_client, server_side=True)
    at_client = client.wrap_bio(to_client, to_server)
    waiting = [at_client, at_server]
    for _ in range(TURNS):
        for end in list(waiting):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
                waiting.remove(end)
    if waiting:
        raise ssl.SSLError("the handshake does not end")
    return at_server.getpeercert(binary_form=True)
