"""What a worker and the acceptor tell each other, and how connections are counted."""

import asyncio
import selectors
import socket
from collections.abc import Callable
from multiprocessing import Pipe

from core.config import Config, OperatorConfig, ServerConfig, WebsocketConfig
from core.runtime import reports
from core.runtime.acceptor import Acceptor, Seat
from core.runtime.addresses import Networks
from core.runtime.reports import Reports

PROXY = "10.0.0.1"


def test_messages() -> None:
    message = reports.encode(reports.CLOSED, 1, 2, 1 << 31)
    assert message[:1] == reports.CLOSED
    assert reports.numbers_of(message) == [1, 2, 1 << 31]
    for address in ("192.0.2.1", "0::1", "fe80::1%eth0"):
        assert reports.decode_whose(reports.encode_whose(7, address)) == (7, address)


class Bench:
    """An acceptor with one worker, whose end of the pipe is real, and some sockets at it."""

    def __init__(self, limit: int, addresses: list[str]) -> None:
        self.selector = selectors.DefaultSelector()
        self.acceptor = Acceptor(self.selector, limit, Networks([PROXY]))
        ours, self.pipe = Pipe()
        theirs, self.sockets = Pipe()
        self.seat = Seat(1, theirs, ours, 0.0)
        self.acceptor.seat(1, self.seat)
        # As if the acceptor had handed them out.
        for number, address in enumerate(addresses, 1):
            self.seat.addresses[number] = address
            self.acceptor._held[address] = self.acceptor._held.get(address, 0) + 1

    def tell(self, *messages: bytes) -> list[bytes]:
        """Messages of the worker; the acceptor's answers."""
        for message in messages:
            self.pipe.send_bytes(message)
            for key, _ in self.selector.select(10):
                key.data()
        answers = []
        while self.pipe.poll():
            answers.append(self.pipe.recv_bytes())
        return answers

    @property
    def held(self) -> dict[str, int]:
        return self.acceptor._held

    def close(self) -> None:
        self.acceptor.unseat(1)
        for end in (self.pipe, self.sockets, self.selector):
            end.close()


def test_a_proxys_connections_count_as_their_clients() -> None:
    bench = Bench(2, [PROXY] * 4)
    asked = [reports.encode_whose(number, "192.0.2.1") for number in (1, 2, 3)]
    asked.append(reports.encode_whose(4, "192.0.2.2"))
    assert bench.tell(*asked) == [
        reports.encode(reports.ADMITTED, 1),
        reports.encode(reports.ADMITTED, 2),
        reports.encode(reports.REFUSED, 3),
        reports.encode(reports.ADMITTED, 4),
    ]
    assert bench.held == {"192.0.2.1": 2, "192.0.2.2": 1, PROXY: 1}
    # The refused one goes, another makes room, and one that is gone is not answered.
    assert bench.tell(reports.encode(reports.CLOSED, 3, 1), asked[0]) == []
    assert bench.held == {"192.0.2.1": 1, "192.0.2.2": 1}
    bench.close()
    assert bench.held == {}


def test_who_has_no_limit() -> None:
    for limit, address in ((1, "127.0.0.1"), (1, PROXY), (0, "192.0.2.1")):
        bench = Bench(limit, [PROXY] * 3)
        answers = bench.tell(*(reports.encode_whose(number, address) for number in (1, 2, 3)))
        assert {answer[:1] for answer in answers} == {reports.ADMITTED}
        bench.close()


def test_an_acceptor_that_cannot_answer_goes_on() -> None:
    """A worker that reads no verdicts, and one that has just died."""
    bench = Bench(2, [PROXY])
    with socket.socket(fileno=socket.dup(bench.seat.reports.fileno())) as end:
        end.setblocking(False)
        try:
            while True:
                end.send(bytes(1 << 16))
        except BlockingIOError:
            end.setblocking(True)
        bench.pipe.send_bytes(reports.encode_whose(1, "192.0.2.1"))
        for key, _ in bench.selector.select(10):
            key.data()
    assert bench.held == {"192.0.2.1": 1}
    bench.close()


def test_the_workers_end() -> None:
    ours, theirs = Pipe()
    decided: list[tuple[int, bool]] = []
    settings: list[Config] = []
    wanted = Config(
        server=ServerConfig(motd="new"),
        websocket=WebsocketConfig(("*",)),
        operators={"root": OperatorConfig("$argon2id$", ("kill",))},
    )

    def decide(number: int) -> Callable[[bool], None]:
        return lambda admitted: decided.append((number, admitted))

    async def run() -> None:
        loop = asyncio.get_running_loop()
        worker = Reports(loop, theirs, settings.append)
        worker.begin()
        for number in (1, 2, 3):
            worker.ask(number, "192.0.2.1", decide(number))
        worker.closed(3)
        worker.closed(9)
        await asyncio.sleep(0)  # what has closed is told at the end of the turn
        assert [ours.recv_bytes() for _ in range(5)] == [
            reports.READY,
            *(reports.encode_whose(number, "192.0.2.1") for number in (1, 2, 3)),
            reports.encode(reports.CLOSED, 3, 9),
        ]
        ours.send_bytes(reports.encode(reports.REFUSED, 2))
        ours.send_bytes(reports.encode(reports.ADMITTED, 1))
        ours.send_bytes(reports.encode(reports.ADMITTED, 3))  # it is gone
        ours.send_bytes(reports.encode_settings(wanted))
        while theirs.poll():
            await asyncio.sleep(0)
        assert decided == [(2, False), (1, True)]
        assert settings == [wanted]
        ours.close()
        assert loop.remove_reader(theirs.fileno())
        loop.add_reader(theirs.fileno(), worker._hear)
        for _ in range(3):
            await asyncio.sleep(0)
        assert not loop.remove_reader(theirs.fileno())
        worker.closed(1)  # nobody is told any more
        await asyncio.sleep(0)

    asyncio.run(run())
    theirs.close()
