"""The client's side of an IRC connection: bytes in, typed events out; no I/O, no clock."""
