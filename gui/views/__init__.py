"""Everything that draws: tkinter, and nothing of the network or the session."""
