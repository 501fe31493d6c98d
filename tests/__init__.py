"""Parlor's tests; `python3 -m tests` runs them all, and takes what pytest takes."""
