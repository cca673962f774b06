"""Pages of the customs value."""
