"""What each command does, a file for each family.  Importing this fills the table."""

from core.session.handlers import greeting, history, operating, queries, rooms, speech

__all__ = ["greeting", "history", "operating", "queries", "rooms", "speech"]
