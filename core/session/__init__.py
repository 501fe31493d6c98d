"""The server's side of connections: bytes in, proposals out; the log in, bytes out.  No I/O."""

from core.session.node import Node  # first: the handlers build on it

from core.session import handlers  # isort: skip

__all__ = ["Node", "handlers"]
