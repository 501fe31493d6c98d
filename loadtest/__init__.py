"""How many users the machine holds: real connections, and a check that nothing is lost."""
