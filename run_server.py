"""Start a Parlor server; `python3 run_server.py --help` lists what can be set."""

if __name__ == "__main__":
    from core.prepare import ensure

    ensure("server")

    import sys

    if "--hash-password" in sys.argv[1:]:
        from core.runtime import passwords

        raise SystemExit(passwords.main())

    from core.runtime.supervisor import main

    raise SystemExit(main())
