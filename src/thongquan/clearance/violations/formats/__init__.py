"""Papers of violations."""
