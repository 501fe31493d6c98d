"""`python3 -m loadtest`: how many users does this machine hold, and is everything delivered?"""

import sys

if __name__ == "__main__":
    from core.prepare import ensure

    ensure("loadtest")

    from loadtest.launch import run

    raise SystemExit(run(sys.argv[1:]))
