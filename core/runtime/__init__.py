"""The processes, and all sockets and clocks of the server."""
