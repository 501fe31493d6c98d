"""What an application can ask of a session, by subject; `Session` is made of these."""
