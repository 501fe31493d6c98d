"""`python3 -m tests [pytest arguments]`: prepare the environment, then run the tests."""

if __name__ == "__main__":
    from core.prepare import ensure

    ensure("dev")

    import pytest

    raise SystemExit(pytest.main())
