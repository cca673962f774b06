"""Pages of violations."""
