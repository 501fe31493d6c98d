"""What outlives the processes: the messages, in SQLite."""
