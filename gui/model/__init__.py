"""What the window shows, as plain values: conversations, messages, members.  No tkinter."""
