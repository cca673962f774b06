"""Papers of residents' forms."""
