"""Papers of the room of risk."""
