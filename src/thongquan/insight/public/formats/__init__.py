"""Papers of the public services."""
