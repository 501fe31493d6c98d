"""Parlor's server and the client's protocol core."""

__version__ = "0.1.0"
