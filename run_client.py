"""Start the Parlor client; `python3 run_client.py --help` lists what can be set."""

if __name__ == "__main__":
    from core.prepare import ensure

    ensure("gui")

    from gui.app import main

    raise SystemExit(main())
