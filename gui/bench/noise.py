"""How long this machine keeps a program waiting that only sleeps: `python3 -m gui.bench.noise S`.

It runs beside the flood: a stall of the window that is not longer is the machine's, not ours.
Prints the longest delay in milliseconds, after S seconds.
"""

import sys
import time


def longest(seconds: float) -> float:
    """The longest by which a sleep of a millisecond was late, in milliseconds."""
    end, worst = time.monotonic() + seconds, 0.0
    while (begun := time.monotonic()) < end:
        time.sleep(0.001)
        worst = max(worst, time.monotonic() - begun - 0.001)
    return worst * 1000


if __name__ == "__main__":
    print(longest(float(sys.argv[1])))
