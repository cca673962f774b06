"""Pages of residents' forms."""
