"""Start a Parlor server; `python3 run_server.py --help` lists what can be set."""

if __name__ == "__main__":
    from core.prepare import ensure

    ensure("server")

    from core.runtime.supervisor import main

    raise SystemExit(main())
