"""For tests only: what the running program shows, told to whoever asks; see `door`."""
