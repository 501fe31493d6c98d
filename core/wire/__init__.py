"""The IRC protocol as text: pure functions and tables, no state, no I/O."""
