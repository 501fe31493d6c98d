"""The harness's own arguments of locust's command line, and their environment variables."""

from argparse import ArgumentParser, Namespace

from loadtest.scenarios import DELIVERY_CAP, SCENARIOS, WANTED_RATE, Plan


def add_options(parser: ArgumentParser) -> None:
    """Add them to ``parser`` (locust's own is a ConfigArgParse one, which reads ``env_var``)."""
    group = parser.add_argument_group("Parlor", "What the users do")

    def add(flag: str, **settings: object) -> None:
        variable = "PARLOR_LOAD_" + flag.removeprefix("--").replace("-", "_").upper()
        group.add_argument(flag, env_var=variable, **settings)  # type: ignore[arg-type]

    add("--scenario", choices=SCENARIOS, default="lobby", help="who talks to whom")
    add("--room", default="#lobby", help="the room of lobby and churn")
    add("--rooms", type=int, default=0, help="how many in rooms; 0: one for ten users")
    add("--rate", type=float, default=WANTED_RATE, help="messages a second of each user")
    add(
        "--delivery-cap",
        type=float,
        default=DELIVERY_CAP,
        help="deliveries a second at most, so that the harness is not what is measured; 0: none",
    )
    add("--message-bytes", type=int, default=80, help="length of a message's text")
    add("--drain", type=float, default=20.0, help="seconds to wait at the end for what is missing")
    add(
        "--breaks-expected",
        action="store_true",
        help="broken connections are no failure if they come back and nothing is missing then",
    )
    add("--server-password", default="", help="password of the server (PASS)")


def plan_of(options: Namespace, run: str) -> Plan:
    """The plan that parsed arguments ask for."""
    return Plan(
        scenario=options.scenario,
        users=max(options.num_users or 1, 1),
        run=run,
        room=options.room,
        rooms=options.rooms,
        wanted_rate=options.rate,
        delivery_cap=options.delivery_cap,
        message_bytes=options.message_bytes,
    )
