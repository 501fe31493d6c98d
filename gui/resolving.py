"""The network thread's event loop, whose name look-ups hold nobody up.

asyncio resolves names in a pool of threads that the interpreter waits for when it ends; a name
server that does not answer would keep the program alive for half a minute.  Here each look-up has
a daemon thread of its own.
"""

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

if sys.platform == "win32":
    _Base = asyncio.ProactorEventLoop
else:
    _Base = asyncio.SelectorEventLoop

Addresses = list[tuple[Any, ...]]


class Loop(_Base):
    """An event loop like any other, but for `getaddrinfo`."""

    async def getaddrinfo(
        self,
        host: Any,
        port: Any,
        *,
        family: int = 0,
        type: int = 0,
        proto: int = 0,
        flags: int = 0,
    ) -> Addresses:
        """As `socket.getaddrinfo`."""
        return await self._in_thread(
            lambda: socket.getaddrinfo(host, port, family, type, proto, flags)
        )

    async def _in_thread(self, look_up: Callable[[], Addresses]) -> Addresses:
        future: asyncio.Future[Addresses] = self.create_future()

        def settle(found: Addresses | None, error: Exception | None) -> None:
            if future.done():  # given up meanwhile
                return
            if error is not None:
                future.set_exception(error)
            elif found is not None:
                future.set_result(found)

        def work() -> None:
            found, failed = None, None
            try:
                found = look_up()
            except Exception as error:  # of any kind: it belongs to who asked
                failed = error
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants it
                self.call_soon_threadsafe(settle, found, failed)

        threading.Thread(target=work, name="name look-up", daemon=True).start()
        return await future
